"""What people are told who ask what is kept about them, or to be forgotten."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model.comparisons import RunDiff
from hirelens_cli.model.decisions import Decision
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Status
from hirelens_cli.model.profiles import Identity, Profile


@dataclass(frozen=True, slots=True)
class Held:
    """One document of a person, as it is shown."""

    candidate: str
    files: tuple[str, ...]
    runs: tuple[str, ...]
    note: str = ""
    """Why it is listed, or when it was last screened."""


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What an erasure would take out, and what it would not though it seems to be of the same person."""

    documents: tuple[Held, ...]
    others: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was taken out."""

    at: str
    """UTC, ISO 8601."""
    who: str
    status: Status
    """What these documents are from now on, should they be found again: erased or expired."""
    documents: tuple[Held, ...]
    decisions: int
    commitment: str
    """The SHA-256 of `salt`, a colon, and the full ids of the documents, joined by commas; the ledger holds it."""
    salt: str
    sequence: int
    """Line of the ledger, from 0."""
    resumed: bool = False
    """It had been begun before, and was finished now."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was put right of a document, and what that changed."""

    held: Held
    corrections: tuple[str, ...]
    """All that hold now, as `field=value`."""
    diff: RunDiff
    """From the latest run with the document to the same run done once more."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Which documents were last screened before a day."""

    before: str
    """ISO date."""
    documents: tuple[Held, ...]
    receipt: Receipt | None
    """None where nothing was taken out."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table that are about a person."""

    run: str
    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that a workspace holds about one document and the person in it."""

    held: Held
    identity: Identity
    applicant_id: str
    documents: tuple[Document, ...]
    """As read; several where versions read it differently."""
    profiles: tuple[Profile, ...]
    """As understood, without their identity; several where it was understood as of several days."""
    rows: tuple[Rows, ...]
    decisions: tuple[Decision, ...]
    corrections: tuple[str, ...]
    """`field=value`, as the person had them put right, also what was taken back."""
    others: tuple[Held, ...]
    """Further documents that seem to be of the same person."""
