"""all-MiniLM-L6-v2, or any other sentence-transformers model, through torch (extra `transformers`)."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.backends.embedders.devices import chosen
from hirelens_cli.backends.embedders.weights import PINNED, WEIGHTS, package_is_there, packaged_folder
from hirelens_cli.errors import MissingExtraError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

INSTALL = "pip install 'hirelens[transformers]'"


class MiniLmEmbedder:
    """One text per call: padding to a longer neighbour would change a vector."""

    def __init__(self, model: str = "", device: str = "cpu") -> None:
        self._source, self._digest = _resolve(model)
        self._model: SentenceTransformer = _load(self._source, device)
        self._dimensions = int(self._model.encode(["a"], show_progress_bar=False).shape[1])

    @property
    def name(self) -> str:
        """`minilm`."""
        return "minilm"

    @property
    def made_of(self) -> Mapping[str, str]:
        """The weights; for a name on the hub, which is not pinned, the name."""
        return {WEIGHTS: self._digest}

    @property
    def fingerprint(self) -> str:
        """Of the weights, the libraries and the processor's kernels, all of which the last bits of a vector depend on."""
        import torch

        libraries = (f"{name}={version(name)}" for name in ("torch", "transformers", "sentence-transformers"))
        processor = f"{platform.machine()} {torch.backends.cpu.get_cpu_capability()}"
        if self._model.device.type == "cuda":
            processor = f"cuda {torch.version.cuda} {torch.cuda.get_device_name(self._model.device)}"
        return hashlib.sha256("\n".join(("minilm/1", self._digest, *libraries, processor)).encode()).hexdigest()

    @property
    def dimensions(self) -> int:
        """384 for all-MiniLM-L6-v2."""
        return self._dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows; zeros for a text without a letter or digit."""
        result = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            if any(map(str.isalnum, text)):
                result[row] = self._model.encode(
                    [text], batch_size=1, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
                )[0]
        return result


def _load(source: str, device: str) -> SentenceTransformer:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise MissingExtraError("the minilm embedder needs torch and sentence-transformers", INSTALL) from error
    disable_progress_bar()
    torch.set_num_threads(1)
    place = chosen(device, there=torch.cuda.is_available(), remedy="install a build of torch for CUDA")
    try:
        return SentenceTransformer(source, device=place, local_files_only=Path(source).is_dir())
    except (OSError, ValueError) as error:
        raise MissingExtraError(
            f"cannot load the model {source}", "name a folder that holds one with --model"
        ) from error


def _resolve(model: str) -> tuple[str, str]:
    """Where the model is, and a digest of what it is."""
    if model:
        folder = Path(model)
        return (str(folder), _digest(folder)) if folder.is_dir() else (model, f"hub:{model}")
    folder = packaged_folder(INSTALL)
    digest = _digest(folder)
    if digest != PINNED[WEIGHTS]:
        raise MissingExtraError("the installed weights of all-MiniLM-L6-v2 are not the pinned ones", INSTALL)
    return str(folder), digest


def _digest(folder: Path) -> str:
    for name in (WEIGHTS, "pytorch_model.bin"):
        if (folder / name).is_file():
            with (folder / name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    raise MissingExtraError(f"no weights in {folder}", "name a folder with a model.safetensors")


def installed() -> bool:
    """Whether the default model could be loaded, judged without importing anything heavy."""
    try:
        version("sentence-transformers")
    except PackageNotFoundError:
        return False
    return package_is_there()
