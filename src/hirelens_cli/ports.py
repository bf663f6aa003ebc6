"""What the engine needs of the outside world, as Protocols; backends/ and cli/ hold the implementations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
R = TypeVar("R")


class Embedder(Protocol):
    """Turns passages into vectors."""

    @property
    def name(self) -> str:
        """`static`, `minilm`, ...: what the user asked for and what every output names."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors may: model hash, library versions, and for MiniLM CPU features."""

    @property
    def made_of(self) -> Mapping[str, str]:
        """The files of the model and their SHA-256, for the ledger."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), dimensions) float32, rows of unit length; an empty or wordless text gives a row of zeros.

        A row depends on its own text alone, never on its neighbours or their number.
        """


EmbedderFactory = Callable[[], Embedder]
"""Picklable; gives the same embedder however often it is called in one process, so that a model is loaded once."""


class Queue(StrEnum):
    """Which kind of machine a task wants, where a cluster has several kinds."""

    READING = "resume_processing"
    """Reading and understanding: many cores."""
    EMBEDDING = "ai_inference"
    """Models: a GPU, or cores with large vectors."""
    MATCHING = "matching"
    """Scores over columns: memory."""


class Executor(Protocol):
    """Runs independent tasks, here or elsewhere."""

    def map(self, task: Callable[[T], R], items: Sequence[T], queue: Queue = Queue.READING) -> Iterator[R]:
        """Results as they finish, in any order; each item exactly once. Task and items are picklable."""

    def require(self, paths: Sequence[str]) -> None:
        """Raises InputError where a worker does not see one of these absolute paths."""


class Fact(StrEnum):
    """What a run can tell of itself beside how far it is: numbers, and never text of a document."""

    KEPT = "kept"
    """So many of a stage (the label) were there already."""
    MADE = "made"
    """So many of a stage (the label) were made."""
    FOUND = "found"
    SCORED = "scored"
    DUPLICATES = "duplicates"
    UNSCREENED = "unscreened"
    """So many documents ended with a status (the label) instead of a score."""
    RUN = "run"
    """The run's id is the label."""
    DONE = "done"
    """All of it was done."""


class Progress(Protocol):
    """Where the engine reports how far it is. It may be called from the main process alone."""

    def start(self, stage: str, total: int, queue: Queue | None = None) -> None:
        """A stage begins, with `total` units ahead, all of which wait in `queue`; the stage before it is over."""

    def advance(self, units: int = 1, failed: int = 0, seconds: float = 0.0) -> None:
        """One more task is done: `units`, `failed` of them without a result, in `seconds` of its worker (0: not measured)."""

    def note(self, message: str, name: str = "") -> None:
        """Something a person should know now; `name` is somebody else's text that stands for {} in it and stays out of logs."""

    def tell(self, fact: Fact, value: int = 1, label: str = "") -> None:
        """A number that the run found out, and what it is of."""

    def close(self) -> None:
        """No more reports."""


class NoProgress:
    """A Progress for libraries and tests: says nothing. Also the base of those that take in some of it."""

    def start(self, stage: str, total: int, queue: Queue | None = None) -> None:
        """Ignored."""

    def advance(self, units: int = 1, failed: int = 0, seconds: float = 0.0) -> None:
        """Ignored."""

    def note(self, message: str, name: str = "") -> None:
        """Ignored."""

    def tell(self, fact: Fact, value: int = 1, label: str = "") -> None:
        """Ignored."""

    def close(self) -> None:
        """Ignored."""
