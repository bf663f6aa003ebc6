"""What a person had put right of what was understood of a resume."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What can be put right."""

    YEARS = "years"
    """Years of experience in all, as 7 or 2.5."""
    SKILL = "skill"
    """A skill that is there, or with a minus in front, one that is not."""
    DEGREE = "degree"
    """A degree, as a resume would write it: `MSc in Physics, 2015`."""
    LANGUAGE = "language"
    """A human language with its level: `German C1`."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One field and its value."""

    field: Field
    value: str

    def __str__(self) -> str:
        """As it was given."""
        return f"{self.field.value}={self.value}"
