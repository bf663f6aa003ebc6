"""What `ingest` answers: which documents were read and which were not."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model import codec
from hirelens_cli.model.shortlists import Unscreened
from hirelens_cli.rendering.records import UnscreenedRecord, unscreened_records

SCHEMA = "hirelens.ingest/1"


@dataclass(frozen=True, slots=True)
class ReadCounts:
    """found == read + unscreened + duplicates, in documents."""

    found: int
    read: int
    unscreened: int
    duplicates: int


@dataclass(frozen=True, slots=True)
class _IngestRecord:
    schema: str
    unscreened: tuple[UnscreenedRecord, ...]
    counts: ReadCounts


def ingest_json(unscreened: tuple[Unscreened, ...], counts: ReadCounts) -> bytes:
    """One indented JSON object, UTF-8, with a newline at its end."""
    record = _IngestRecord(SCHEMA, unscreened_records(unscreened), counts)
    return codec.indented(codec.encode(record)) + b"\n"
