"""What the ledger says about erasures: how many documents went and what became of each run, and nobody's name.

It holds a commitment: the hash of a random salt and the documents' ids. Whoever has the receipt, with the salt, can show that
a line is about a certain file; nobody else can.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hirelens_cli.governance.ledger import Entry, Value

KIND = "erasure"


@dataclass(frozen=True, slots=True)
class Change:
    """A run's digest before and after, and how many documents left it."""

    run: str
    before: str
    after: str
    documents: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What a run's record must say."""

    digest: str
    erased: int


def commitment(doc_ids: Sequence[str], salt: str) -> str:
    """The SHA-256 of `salt:id,id,...`, the ids sorted."""
    return hashlib.sha256(f"{salt}:{','.join(sorted(doc_ids))}".encode()).hexdigest()


def entry_body(who: str, status: str, documents: int, sealed: str, changes: Sequence[Change]) -> Mapping[str, Value]:
    """What the ledger keeps of an erasure."""
    runs = [f"{item.run} {item.before} {item.after} {item.documents}" for item in changes]
    return {"who": who, "status": status, "documents": documents, "commitment": sealed, "runs": runs}


def noted(entries: Sequence[Entry], sealed: str) -> Entry | None:
    """The line with this commitment."""
    return next((item for item in entries if item.kind == KIND and item.body.get("commitment") == sealed), None)


def expected(entries: Sequence[Entry], run: str) -> Expected | None:
    """The digest that the ledger last gave a run, and how many documents were erased from it; None where it has none."""
    found: Expected | None = None
    for entry in entries:
        if entry.kind == "run" and entry.body.get("run") == run:
            digest = str(entry.body.get("digest"))
            found = found if found and found.digest == digest else Expected(digest, 0)
        elif entry.kind == KIND and found is not None:
            for change in _changes(entry):
                if (change.run, change.before) == (run, found.digest):
                    found = Expected(change.after, found.erased + change.documents)
    return found


def _changes(entry: Entry) -> list[Change]:
    runs = entry.body.get("runs")
    parts = [item.split(" ") for item in runs] if isinstance(runs, list) else []
    return [Change(run, before, after, int(count)) for run, before, after, count in parts]
