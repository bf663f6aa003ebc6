"""The embedders by name."""

from __future__ import annotations

import difflib
from functools import lru_cache, partial

from hirelens_cli.backends.embedders.built import INT8, ready
from hirelens_cli.errors import UsageError
from hirelens_cli.ports import Embedder, EmbedderFactory

AUTO, CASCADE = "auto", "cascade"
NAMES = ("static", INT8, "minilm")
STAGES = ("static", INT8)
"""The embedders of a cascade: for everyone, and for the best of each job."""


def resolved(name: str) -> str:
    """The embedder that `auto` stands for on this machine: minilm-int8 where it is built, static where not."""
    if name != AUTO:
        return name
    return INT8 if ready(INT8) else "static"


def embedder_factory(name: str, model: str = "", device: str = "cpu") -> EmbedderFactory:
    """A picklable factory for the embedder `name`; `model` is a local folder or hub name for minilm.

    Nothing is loaded until it is called. Raises UsageError for a name that is not in NAMES, or for what it cannot take.
    """
    if name not in NAMES:
        known = (AUTO, *NAMES, CASCADE)
        nearest = difflib.get_close_matches(name, known, 1, 0.5)
        hint = f"did you mean {nearest[0]}?" if nearest else f"one of: {', '.join(known)}"
        raise UsageError(f"unknown embedder {name!r}", hint)
    if model and name != "minilm":
        raise UsageError(f"a model cannot be named for the embedder {name}", "leave --model out, or take minilm")
    if device == "cuda" and name == "static":
        raise UsageError("the embedder static computes on the CPU", "leave --device out, or take minilm")
    return partial(_make, name, model, device)


@lru_cache(maxsize=4)
def _make(name: str, model: str, device: str) -> Embedder:
    """One per process, whoever asks: jobs and resumes are embedded by the same."""
    # Each implementation imports libraries that take a tenth of a second to several seconds to load.
    if name == "minilm":
        from hirelens_cli.backends.embedders.minilm import MiniLmEmbedder

        return MiniLmEmbedder(model, device)
    if name == INT8:
        from hirelens_cli.backends.embedders.minilm_int8 import Int8Embedder

        return Int8Embedder(device)
    from hirelens_cli.backends.embedders.static import StaticEmbedder

    return StaticEmbedder()
