"""Word vectors from the files inside the wordllama wheel: no download, no torch, the same bytes on any CPU."""

from __future__ import annotations

import hashlib
import importlib.util
import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as load_tensors
from tokenizers import Tokenizer

from hirelens_cli.errors import MissingExtraError

WEIGHTS = "weights/l2_supercat_256.safetensors"
WEIGHTS_SHA256 = "64b47a2dc493cb8e85944076601189739852d7b64e0e1eedcb1937a251cd9fd5"
TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
TOKENIZER_SHA256 = "93248f2a9ec36c7b35f700a033d5f36228aae48db61aee31007fa49062cdeb68"
DIMENSIONS = 256

_INSTALL = "pip install --force-reinstall wordllama==0.4.0.post1"
_UNIT = 4096
"""Token vectors are kept as integers in units of 1/4096, half the half-precision's own step: sums of integers do not
depend on their order, so a vector is the same on any CPU."""
_MAX_WORDS = 50_000
"""Distinct words remembered before starting over: 50 MB."""
_BLANK = "\u2581"
"""What the tokenizer itself writes for a blank."""


class StaticEmbedder:
    """The mean of the token vectors of l2_supercat_256 (WordLlama, MIT licence), at unit length.

    The vectors carry their own weights (that of `the` is a tenth as long as that of `nurse`), so a plain mean is already
    weighted by rarity. Each distinct word is tokenised once: none of the tokenizer's merges joins a word to the
    blank after it, so words may be tokenised one by one.
    """

    def __init__(self) -> None:
        self._folder = _folder()
        self._row_of: dict[str, int] = {}
        self._rows = np.zeros((1024, DIMENSIONS), dtype=np.int32)

    @property
    def name(self) -> str:
        """`static`."""
        return "static"

    @property
    def made_of(self) -> Mapping[str, str]:
        """The two pinned files."""
        return {WEIGHTS: WEIGHTS_SHA256, TOKENIZER: TOKENIZER_SHA256}

    @property
    def fingerprint(self) -> str:
        """Of the two pinned files, the way of pooling, and the tokenizer library."""
        parts = ("static/1", WEIGHTS_SHA256, TOKENIZER_SHA256, version("tokenizers"))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @cached_property
    def _tokens(self) -> NDArray[np.float16]:
        """Read when the first text comes: a run with nothing new embeds nothing.

        Kept as they are stored: making integers of all 32,000 takes 0.12 s of CPU, and a shard needs a few hundred of them.
        """
        vectors: NDArray[np.float16] = load_tensors(_verified(self._folder / WEIGHTS, WEIGHTS_SHA256))[
            "embedding.weight"
        ]
        return vectors

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return Tokenizer.from_buffer(_verified(self._folder / TOKENIZER, TOKENIZER_SHA256))

    @property
    def dimensions(self) -> int:
        """256."""
        return DIMENSIONS

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows; zeros for a text without a letter or digit."""
        result = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            if not any(map(str.isalnum, text)):
                continue
            total = self._rows_of(text.replace(_BLANK, " ").split()).sum(axis=0, dtype=np.int64).astype(np.float64)
            length = math.sqrt(math.fsum((total * total).tolist()))
            if length > 0.0:
                result[row] = total / length
        return result

    def _rows_of(self, words: list[str]) -> NDArray[np.int32]:
        """The summed token vectors of each word, one row per word."""
        new = [word for word in dict.fromkeys(words) if word not in self._row_of]
        if len(self._row_of) + len(new) > _MAX_WORDS:
            self._row_of.clear()
            new = list(dict.fromkeys(words))
        while len(self._row_of) + len(new) > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        for word, encoded in zip(new, self._tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
            # Summed before the word counts as known: weights that cannot be read must leave no word without a vector.
            vectors = self._tokens[encoded.ids].astype(np.float32)
            total = np.rint(vectors * _UNIT).astype(np.int32).sum(axis=0)
            self._rows[self._row_of.setdefault(word, len(self._row_of))] = total
        return self._rows[[self._row_of[word] for word in words]]


def _folder() -> Path:
    """Where the wordllama package lies, found without importing it: its import tries the network."""
    spec = importlib.util.find_spec("wordllama")
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtraError("the word vectors of the static embedder are not installed", _INSTALL)
    return Path(spec.submodule_search_locations[0])


def _verified(path: Path, sha256: str) -> bytes:
    """The bytes of a file, if they are the ones that were pinned."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MissingExtraError(f"the static embedder's file {path.name} cannot be read", _INSTALL) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise MissingExtraError(f"the static embedder's file {path.name} is not the pinned one", _INSTALL)
    return data
