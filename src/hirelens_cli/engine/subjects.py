"""Whose documents a workspace holds, under which names, and in which runs."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from hirelens_cli.engine.parts import Shelf
from hirelens_cli.engine.past import PastRun
from hirelens_cli.engine.results import candidate_id
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import InputError
from hirelens_cli.model.codec import decode
from hirelens_cli.model.profiles import Identity

STAGES = ("documents", "profiles", "vectors")
LEAST_DIGITS = 4
PHONE_DIGITS = 7
"""Of a telephone number, from the end, that are compared: country codes and zeros come and go."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One document and who it says that it is about, as runs have kept it, or else the caches."""

    doc_id: str
    files: tuple[str, ...] = ()
    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    applicant_id: str = ""
    runs: tuple[str, ...] = ()
    """Oldest first; empty for a document that was only read."""

    @property
    def candidate(self) -> str:
        """The id under which it is shown."""
        return candidate_id(self.doc_id)


def stage_shelves(workspace: Workspace) -> Iterator[Shelf]:
    """Every shelf of the workspace, whatever the version that filled it."""
    for stage in STAGES:
        for folder in sorted((workspace.parts / stage).glob("*")):
            if folder.is_dir():
                yield Shelf(folder, stage, folder.name)


def subjects_of(workspace: Workspace, runs: Sequence[PastRun]) -> dict[str, Subject]:
    """Every document of a person by doc_id: those of the runs, oldest first, and those that were only read."""
    jobs = {job.job_id for past in runs for job in past.terms.jobs}
    found = {
        key: Subject(key)
        for shelf in stage_shelves(workspace)
        if shelf.stage == "documents"
        for receipt in shelf.receipts()
        for key in receipt.keys
        if key not in jobs
    }
    for past in runs:
        for row in past.table("identities").iter_rows(named=True):
            old = found.get(row["doc_id"], Subject(row["doc_id"]))
            found[old.doc_id] = Subject(
                old.doc_id,
                _joined(old.files, (row["resume"], *row["also"])),
                row["name"] or old.name,
                _joined(old.emails, row["emails"]),
                _joined(old.phones, row["phones"]),
                row["applicant_id"] or old.applicant_id,
                (*old.runs, past.record.run),
            )
    for doc_id, identity in _identities(workspace, {key for key, item in found.items() if not item.runs}):
        found[doc_id] = replace(found[doc_id], name=identity.name, emails=identity.emails, phones=identity.phones)
    return found


def _identities(workspace: Workspace, doc_ids: Set[str]) -> Iterator[tuple[str, Identity]]:
    """Whom documents that no readable run has are about, as the caches have it."""
    for shelf in stage_shelves(workspace):
        for receipt in shelf.receipts() if shelf.stage == "profiles" and doc_ids else ():
            if not doc_ids.isdisjoint(key.partition("@")[0] for key in receipt.keys):
                part = shelf.read(receipt.shard, ["doc_id", "identity"])
                for doc_id, blob in part.iter_rows() if part is not None else ():
                    if doc_id in doc_ids and blob:
                        yield doc_id, decode(blob, Identity)


def read_at(workspace: Workspace) -> dict[str, str]:
    """When each document was last read (UTC, ISO 8601), by the age of its parts."""
    found: dict[str, str] = {}
    for shelf in stage_shelves(workspace):
        for receipt in shelf.receipts() if shelf.stage == "documents" else ():
            part = shelf.part(receipt.shard)
            assert isinstance(part, Path), "a workspace lies on this machine"
            written = part.stat().st_mtime
            at = datetime.datetime.fromtimestamp(written, datetime.UTC).isoformat(timespec="seconds")
            for key in receipt.keys:
                found[key] = max(at, found.get(key, ""))
    return found


def find_subject(subjects: Mapping[str, Subject], wanted: str) -> Subject:
    """The document that `wanted` names: a beginning of its id, a path or a file name, an applicant's id, a file's bytes.

    Raises InputError where none or several fit.
    """
    base = wanted.rsplit("/", 1)[-1]
    everyone = subjects.values()
    lowered = wanted.lower()
    for fits in (
        [item for item in everyone if wanted in item.files],
        [item for item in everyone if any(wanted.endswith(f"/{file}") for file in item.files)],
        [item for item in everyone if item.applicant_id == wanted],
        [item for item in everyone if len(wanted) >= LEAST_DIGITS and item.doc_id.startswith(lowered)],
        [item for item in everyone if item.doc_id == _content(wanted)],
        [item for item in everyone if any(file.rsplit("/", 1)[-1] == base for file in item.files)],
    ):
        if len(fits) == 1:
            return fits[0]
        if len(fits) > 1:
            names = ", ".join(f"{item.candidate} ({item.files[0] if item.files else 'read only'})" for item in fits[:5])
            raise InputError(f"{wanted} fits {len(fits)} documents: {names}", "give the path or more of the id")
    raise InputError(f"nothing is kept about {wanted}", "`hirelens sql 'FROM v1_documents'` lists what is kept")


def same_person(subjects: Mapping[str, Subject], one: Subject) -> tuple[tuple[Subject, str], ...]:
    """Further documents that seem to be of the same person, each with the reason: same e-mail, telephone or full name."""
    found = []
    for other in subjects.values():
        reasons = [
            reason
            for reason, ours, theirs in (
                ("same e-mail", _folded(one.emails), _folded(other.emails)),
                ("same telephone", _digits(one.phones), _digits(other.phones)),
                ("same name", _names(one), _names(other)),
            )
            if ours & theirs
        ]
        if reasons and other.doc_id != one.doc_id:
            found.append((other, ", ".join(reasons)))
    return tuple(sorted(found, key=lambda pair: pair[0].doc_id))


def _joined(old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))


def _content(path: str) -> str:
    """The doc_id of the file at `path`; empty where there is none."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest() if Path(path).is_file() else ""
    except OSError:
        return ""


def _folded(texts: Iterable[str]) -> set[str]:
    return {text.casefold() for text in texts}


def _digits(phones: Iterable[str]) -> set[str]:
    numbers = (re.sub(r"\D", "", phone) for phone in phones)
    return {number[-PHONE_DIGITS:] for number in numbers if len(number) >= PHONE_DIGITS}


def _names(subject: Subject) -> set[str]:
    """The name as a set of one, whatever its case and spacing; nothing for a single word, which many share."""
    words = subject.name.casefold().split()
    return {" ".join(sorted(words))} if len(words) > 1 else set()
