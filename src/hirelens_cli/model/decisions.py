"""What people decide about candidates; hirelens itself decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    """What a person can decide about a candidate."""

    ADVANCE = "advance"
    HOLD = "hold"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, and the shortlist that the person saw. Erasure takes candidate, reason, rank and score."""

    sequence: int
    """Line of the ledger, from 0; -1 before it is written."""
    at: str
    """UTC, ISO 8601."""
    who: str
    run: str
    job: str
    job_id: str
    candidate: str
    decision: str
    reason: str
    rank: int | None
    score: int | None
    """Hundredths of a point."""
    digest: str
    """Of the run's tables."""
