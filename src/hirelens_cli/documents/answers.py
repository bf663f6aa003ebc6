"""What a reader answers, taken only where it makes sense and is about what was asked: a document may have taken it over."""

from __future__ import annotations

from typing import Any

from hirelens_cli.documents.reader_process import Item
from hirelens_cli.model.codec import CodecError, decode
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Outcome
from hirelens_cli.model.pictures import Drawing

_MOST_PAGES = 1_000_000
"""Page numbers above this are nonsense, and would cost time by themselves."""


def accepted(answer: bytes, item: Item) -> Outcome[Any] | None:
    """The outcome in an answer, unless it is none or not about this document."""
    return _drawing(answer, item) if item.pages else _document(answer, item)


def _drawing(answer: bytes, item: Item) -> Outcome[Drawing] | None:
    try:
        outcome = decode(answer, Outcome[Drawing])
    except CodecError:
        return None
    drawing = outcome.value
    if drawing is None:
        return outcome if outcome.issues else None
    sound = drawing.doc_id == item.doc_id and {picture.page for picture in drawing.pictures} <= {*item.pages}
    return outcome if sound else None


def _document(answer: bytes, item: Item) -> Outcome[Document] | None:
    try:
        outcome = decode(answer, Outcome[Document])
    except CodecError:
        return None
    document = outcome.value
    if document is None:
        return outcome if outcome.issues else None
    sound = document.doc_id == item.doc_id and 0 < document.pages <= _MOST_PAGES
    return outcome if sound and all(0 < block.page <= _MOST_PAGES for block in document.blocks) else None
