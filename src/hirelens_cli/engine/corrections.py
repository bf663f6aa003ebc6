"""Corrections of a workspace: kept beside the caches, one file per document, and part of what a run is told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hirelens_cli.engine.plan import Applicant
from hirelens_cli.engine.results import candidate_id
from hirelens_cli.engine.run import Batch
from hirelens_cli.engine.workspace import Workspace, write_atomically
from hirelens_cli.errors import StoreError
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.corrections import Correction


@dataclass(frozen=True, slots=True)
class Kept:
    """The file: its bytes are what the ledger commits to."""

    salt: str
    doc_id: str
    corrections: tuple[Correction, ...]
    former: tuple[tuple[Correction, ...], ...] = ()
    """What held before, for runs of then."""


def corrections_of(workspace: Workspace, doc_id: str) -> tuple[Correction, ...]:
    """What was put right of a document; raises StoreError where that cannot be read."""
    return _kept(workspace, doc_id).corrections


def ever_corrected(workspace: Workspace, doc_id: str) -> tuple[Correction, ...]:
    """All that was ever put right of a document, oldest first, also what was taken back."""
    kept = _kept(workspace, doc_id)
    return tuple(dict.fromkeys(item for made in (*kept.former, kept.corrections) for item in made))


def _kept(workspace: Workspace, doc_id: str) -> Kept:
    path = workspace.corrections / f"{candidate_id(doc_id)}.json"
    try:
        return decode(path.read_bytes(), Kept)
    except FileNotFoundError:
        return Kept("", doc_id, ())
    except (OSError, CodecError) as error:
        raise StoreError(f"{path} is damaged", "remove it, and correct the candidate again") from error


def keep_corrections(workspace: Workspace, doc_id: str, corrections: Sequence[Correction], salt: str) -> str:
    """Keep them in place of those before; the SHA-256 of what was written, to commit to."""
    old = _kept(workspace, doc_id)
    workspace.corrections.mkdir(mode=0o700, exist_ok=True)
    data = encode(Kept(salt, doc_id, tuple(corrections), (*old.former, old.corrections)))
    write_atomically(workspace.corrections / f"{candidate_id(doc_id)}.json", data)
    return hashlib.sha256(data).hexdigest()


def corrected(batch: Batch, workspace: Workspace) -> Batch:
    """The batch with what was put right in this workspace."""
    if not workspace.corrections.is_dir():
        return batch
    people = tuple(
        replace(person, corrections=corrections_of(workspace, person.source.doc_id)) for person in batch.people
    )
    return replace(batch, people=people)


def as_then(workspace: Workspace, person: Applicant, key: str) -> Applicant:
    """The applicant as a run saw it that scored the profile of this key: with what had been put right by then."""
    kept = _kept(workspace, person.source.doc_id)
    known = (replace(person, corrections=corrections) for corrections in (kept.corrections, *kept.former))
    then = (item for item in known if item.mark and key.endswith(item.mark))
    return next(then, replace(person, corrections=()))
