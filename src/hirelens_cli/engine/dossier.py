"""Everything that a workspace holds about one document: what was read, understood, scored and written down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import polars as pl

from hirelens_cli.engine.past import PastRun
from hirelens_cli.engine.subjects import stage_shelves
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.model.codec import decode
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Outcome
from hirelens_cli.model.profiles import Identity, Profile
from hirelens_cli.model.results import IDENTITIES, RESULTS
from hirelens_cli.model.rights import Rows

R = TypeVar("R", Document, Profile)


def read_of(workspace: Workspace, doc_id: str) -> tuple[Document, ...]:
    """The document as read, once for each way in which versions and settings read it."""
    found = []
    for blob in _blobs(workspace, "documents", doc_id, "record"):
        document = decode(blob, Outcome[Document]).value
        if document is not None:
            found.append(document)
    return _distinct(found)


def understood_of(workspace: Workspace, doc_id: str) -> tuple[tuple[Profile, ...], Identity]:
    """The profiles without identity, once for each way in which they were understood, and the latest identity."""
    profiles = [decode(blob, Profile) for blob in _blobs(workspace, "profiles", doc_id, "record")]
    identities = [decode(blob, Identity) for blob in _blobs(workspace, "profiles", doc_id, "identity")]
    named = [item for item in identities if item.name]
    return _distinct(profiles), (named or identities or [Identity()])[-1]


def rows_of(runs: Sequence[PastRun], doc_id: str) -> tuple[Rows, ...]:
    """The rows of every table of every run that are about the document; a run that has none is left out."""
    found = []
    for past in runs:
        for name in (*(table for table in RESULTS if "doc_id" in RESULTS[table]), "identities"):
            if not (past.folder / f"{name}.parquet").is_file():
                continue
            schema = RESULTS.get(name, IDENTITIES)
            rows = (
                past.table(name).filter(pl.col("doc_id") == doc_id).select([key for key in schema if key != "doc_id"])
            )
            if len(rows):
                found.append(Rows(past.record.run, name, tuple(rows.columns), tuple(rows.rows())))
    return tuple(found)


def _blobs(workspace: Workspace, stage: str, doc_id: str, column: str) -> list[bytes]:
    found = []
    for shelf in stage_shelves(workspace):
        for receipt in shelf.receipts() if shelf.stage == stage else ():
            if any(key.partition("@")[0] == doc_id for key in receipt.keys):
                part = shelf.read(receipt.shard, ["doc_id", column])
                if part is not None:
                    found += part.filter(pl.col("doc_id") == doc_id)[column].drop_nulls().to_list()
    return found


def _distinct(records: Sequence[R]) -> tuple[R, ...]:
    kept: list[R] = []
    for record in records:
        if record not in kept:
            kept.append(record)
    return tuple(kept)
