"""What went wrong with a document is a value, not an exception: one bad file never costs another anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How much an issue weighs: an error leaves the document unscreened."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Status(StrEnum):
    """Why a document could not be screened. Public: these words are in the JSON and in the store."""

    ENCRYPTED = "encrypted"
    MALFORMED = "malformed"
    EMPTY = "empty"
    IMAGE_ONLY = "image_only"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    UNSUPPORTED = "unsupported"
    NOT_A_RESUME = "not_a_resume"
    ERASED = "erased"
    EXPIRED = "expired"


FLAGS = frozenset(["hidden_text", "stuffing", "pasted_job", "addressed_to_machine", "homoglyphs", "zero_width", "ocr"])
"""Codes that are shown with a candidate: somebody may have meant to mislead, or letters may be wrong."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding about one document. Messages never quote the document: they reach logs."""

    code: str
    """A Status value for an error; otherwise a stable word such as `hidden_text`, `glued_words`, `stuffing`."""
    severity: Severity
    subject: str
    """doc_id, or the name of the file where it has none."""
    message: str
    hint: str = ""
    """What the user can do about it."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A value, or the reasons why there is none; issues may accompany a value too."""

    value: T | None
    issues: tuple[Issue, ...] = ()

    @property
    def status(self) -> Status | None:
        """Why there is no value; None where there is one."""
        if self.value is not None:
            return None
        for issue in self.issues:
            if issue.severity is Severity.ERROR and issue.code in Status.__members__.values():
                return Status(issue.code)
        return Status.UNREADABLE


def failed(status: Status, subject: str, message: str, hint: str = "") -> Outcome[T]:
    """An Outcome without a value, for one reason."""
    return Outcome(None, (Issue(status.value, Severity.ERROR, subject, message, hint),))
