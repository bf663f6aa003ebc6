"""A second way to read Word documents, by python-docx: for what the first one cannot follow."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import Refused, assembled, laid_out
from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Issue, Outcome, Severity, Status


def read_by_python_docx(data: bytes, doc_id: str, limits: Limits) -> Outcome[Document]:
    """Paragraphs and table rows in order, without text boxes, notes and headers, which the issue `partly_read` says.

    The package must have passed its checks, because python-docx has none. Raises Refused where it fails too.
    """
    import docx

    try:
        blocks = list(_blocks(docx.Document(BytesIO(data))))
    except Exception as error:  # python-docx raises KeyError, ValueError, its own and others on damaged packages
        raise Refused(Status.MALFORMED, f"its parts do not fit together ({type(error).__name__})") from error
    message = "read in a simpler way: text boxes, headers and notes are missing"
    partly = Issue("partly_read", Severity.WARNING, doc_id, message, "save it again from a word processor")
    return assembled(doc_id, "docx", blocks, limits, issues=(partly,))


def _blocks(container: object) -> Iterator[Block]:
    """The blocks of a document or a cell, each merged cell once."""
    from docx.table import Table

    for item in container.iter_inner_content():  # type: ignore[attr-defined]
        if not isinstance(item, Table):
            style = (item.style.name or "").casefold() if item.style is not None else ""
            kind = BlockKind.HEADING if style.startswith(("heading", "title")) else BlockKind.PARAGRAPH
            yield Block(item.text, kind=kind)
            continue
        for row in item.rows:
            cells = {cell._tc: list(_blocks(cell)) for cell in row.cells}
            filled = [[block for block in cell if block.text.strip()] for cell in cells.values()]
            yield from laid_out([cell for cell in filled if cell], BlockKind.PARAGRAPH)
