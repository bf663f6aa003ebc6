"""Models that were built on this machine: where they lie, what they were made of, and whether they are still that."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hirelens_cli.backends.embedders.bert import INSTALL, bert_graph, shape_of
from hirelens_cli.backends.embedders.weights import CONFIG, DOWNLOAD, PACKAGE, TOKENIZER, WEIGHTS, WHEEL, read_source
from hirelens_cli.errors import MissingExtraError, OutputError, UsageError
from hirelens_cli.model.codec import CodecError, decode, encode, indented

INT8 = "minilm-int8"
GRAPH, RECORD = ".onnx", "built.json"
"""The ending of a graph, whose name is its digest, and the record that says which files are in force."""
LONGEST = 256
"""Tokens of one passage, as all-MiniLM-L6-v2 was made for; what follows is not read."""

HOW = f"{INSTALL} && {DOWNLOAD} && hirelens models build {INT8} --from models/{WHEEL}"
"""The commands that build it: 84 MB are downloaded for it, and can go afterwards."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a model was made of, kept beside it."""

    name: str
    source: str
    """Where the published files were found."""
    sources: Mapping[str, str]
    """SHA-256 of each published file."""
    files: Mapping[str, str]
    """SHA-256 of each file that was built."""


def models_folder() -> Path:
    """Where built models lie: $HIRELENS_MODELS, else the folder that this platform keeps a user's data in."""
    named = os.environ.get("HIRELENS_MODELS")
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "hirelens" / "models"


def build(name: str, source: str = PACKAGE) -> Built:
    """Build a model and put it into `models_folder()`, whole or not at all; one that is there is replaced.

    `source` is as for `read_source`, which see for what is raised. Raises UsageError for a model that is not built but
    installed, MissingExtraError without onnx, OutputError where the folder cannot be written.
    """
    if name != INT8:
        raise UsageError(f"{name} is not a model that is built", f"hirelens models build {INT8}")
    from safetensors.numpy import load

    found = read_source(source)
    graph = bert_graph(load(found.files[WEIGHTS]), shape_of(found.files[CONFIG]), LONGEST, int8=True)
    files = {f"{hashlib.sha256(graph).hexdigest()[:16]}{GRAPH}": graph, TOKENIZER: found.files[TOKENIZER]}
    built = Built(name, found.name, _digests(found.files), _digests(files))
    folder = models_folder() / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, data in files.items():
            _put(folder / file, data)
        # The record is what makes a model: until it is there the one before it is in force.
        _put(folder / RECORD, indented(encode(built)) + b"\n")
        for path in folder.glob(f"*{GRAPH}"):
            if path.name not in files:
                path.unlink()
    except OSError as error:
        raise OutputError(
            f"cannot write the model to {folder}: {error.strerror}", "name another folder with HIRELENS_MODELS"
        ) from error
    return built


def ready(name: str) -> bool:
    """Whether a model of that name was built and can be run, judged without loading it."""
    return (models_folder() / name / RECORD).is_file() and importlib.util.find_spec("onnxruntime") is not None


def read_built(name: str) -> tuple[Built, dict[str, bytes]]:
    """A built model and its files; raises MissingExtraError where there is none, or its bytes are not those that were built."""
    folder = models_folder() / name
    try:
        built = decode((folder / RECORD).read_bytes(), Built)
        files = {file: (folder / file).read_bytes() for file in built.files}
    except FileNotFoundError as error:
        raise MissingExtraError(f"the model {name} has not been built", HOW) from error
    except (OSError, CodecError) as error:
        raise MissingExtraError(f"the model in {folder} is damaged", HOW) from error
    for file, digest in _digests(files).items():
        if digest != built.files[file]:
            raise MissingExtraError(f"{folder / file} is not the file that was built", HOW)
    return built, files


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}


def _put(path: Path, data: bytes) -> None:
    """The file, whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
