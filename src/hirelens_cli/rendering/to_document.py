"""What was read of one file, as JSON (schema hirelens.document/1)."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model import codec
from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.issues import Issue, Outcome

SCHEMA = "hirelens.document/1"


@dataclass(frozen=True, slots=True)
class _DocumentRecord:
    schema: str
    status: str
    """`read`, or the Status that says why it was not."""
    format: str
    pages: int
    language: str
    text: str
    blocks: tuple[Block, ...]
    hidden: tuple[str, ...]
    issues: tuple[Issue, ...]


def document_json(outcome: Outcome[Document]) -> bytes:
    """One indented JSON object, UTF-8, with a newline at its end; without blocks where nothing could be read."""
    document = outcome.value
    if document is None:
        status = outcome.status.value if outcome.status else ""
        record = _DocumentRecord(SCHEMA, status, "", 0, "", "", (), (), outcome.issues)
    else:
        issues = tuple(dict.fromkeys((*document.issues, *outcome.issues)))
        record = _DocumentRecord(
            SCHEMA,
            "read",
            document.format,
            document.pages,
            document.language,
            document.text,
            document.blocks,
            document.hidden,
            issues,
        )
    return codec.indented(codec.encode(record)) + b"\n"
