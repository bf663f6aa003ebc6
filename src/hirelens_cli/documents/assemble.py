"""The last step of every reader: raw pieces become a Document, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from hirelens_cli.config import Limits
from hirelens_cli.documents.clean import clean
from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Issue, Outcome, Severity, Status, failed

_WORD = re.compile(r"[^\W_]+")
_MARKED = re.compile(r"\u2022 ?")

_WIDEST_CELL = 120
"""Characters. A row with more in one cell is a layout, not a row of data."""


class Refused(Exception):  # noqa: N818 - it is an answer about a document, not an error of the program
    """A reader gives a document up; the reader's border turns it into an Outcome."""

    def __init__(self, status: Status, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.hint = status, message, hint

    def outcome(self, doc_id: str) -> Outcome[Document]:
        """The refusal as a value."""
        return failed(self.status, doc_id, self.message, self.hint)


class Hidden:
    """Gathers what a person cannot see, run by run: a word may begin in one run and end in the next."""

    __slots__ = ("_parts",)

    def __init__(self) -> None:
        self._parts: list[str] = []

    def add(self, text: str) -> None:
        """The next hidden run."""
        self._parts.append(text)

    def gap(self) -> None:
        """Something visible, or the end of a paragraph, comes between."""
        if self._parts and self._parts[-1] != " ":
            self._parts.append(" ")

    def add_blocks(self, cells: Iterable[Iterable[Block]]) -> None:
        """Blocks that turned out to stand where nobody sees them."""
        for cell in cells:
            for block in cell:
                self._parts += (" ", block.text, " ")

    @property
    def text(self) -> str:
        """All of it, words separated."""
        return "".join(self._parts)


def assembled(
    doc_id: str,
    format_name: str,
    blocks: Iterable[Block],
    limits: Limits,
    *,
    pages: int = 1,
    hidden: str = "",
    issues: tuple[Issue, ...] = (),
    pictures: bool = False,
) -> Outcome[Document]:
    """A Document of `blocks`, whose texts may still be raw: they are cleaned, empty ones dropped, bullets taken off.

    `hidden` is the text that a person cannot see; those of its words that are visible elsewhere are no offence. Without
    any text the status is `image_only` where there are `pictures`, else `empty`; above a limit it is `too_large`.
    """
    kept = [done for block in blocks if (done := _finished(block)) is not None]
    if len(kept) > limits.max_objects or sum(len(block.text) for block in kept) > limits.max_chars:
        return failed(
            Status.TOO_LARGE,
            doc_id,
            "it holds more text than a resume can",
            "raise limits.max_chars or limits.max_objects",
        )
    words = _unseen(hidden, kept) if hidden else ()
    if words:
        issues = (*issues, hidden_issue(doc_id, len(words)))
    if not kept:
        status = Status.IMAGE_ONLY if pictures else Status.EMPTY
        message = "its pages are pictures without text" if pictures else "it holds no text that a person could see"
        outcome: Outcome[Document] = failed(status, doc_id, message)
        return replace(outcome, issues=(*outcome.issues, *issues))
    return Outcome(Document(doc_id, format_name, tuple(kept), max(pages, 1), hidden=words, issues=issues), issues)


def laid_out(cells: list[list[Block]], kind: BlockKind) -> list[Block]:
    """One block for a row of short cells; else every paragraph as it stands, cell by cell."""
    filled = [block for cell in cells for block in cell]
    is_data = len(cells) > 1 and all(
        len(cell) == 1
        and len(cell[0].text) <= _WIDEST_CELL
        and cell[0].kind not in (BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
        for cell in cells
    )
    if not is_data:
        return filled
    row_kind = BlockKind.TABLE_ROW if kind in (BlockKind.PARAGRAPH, BlockKind.TEXT_BOX) else kind
    text = " | ".join(block.text for block in filled)
    return [replace(filled[0], text=text, kind=row_kind, bold=all(block.bold for block in filled))]


def hidden_issue(doc_id: str, count: int) -> Issue:
    """The warning for `count` words that a person cannot see."""
    return Issue(
        "hidden_text",
        Severity.WARNING,
        doc_id,
        f"{count} {'word' if count == 1 else 'words'} that a person cannot see, left out",
        "`hirelens read FILE` lists them",
    )


def _finished(block: Block) -> Block | None:
    """The block with clean text, and as a list item without its bullet; None where nothing is left."""
    text = clean(block.text)
    kind = block.kind
    if text.startswith("\u2022"):
        text = _MARKED.sub("", text, count=1)
        kind = BlockKind.LIST_ITEM if kind is not BlockKind.TABLE_ROW else kind
    if not text or text == "|":
        return None
    if text is block.text and kind is block.kind:
        return block
    return replace(block, text=text, kind=kind)


def _unseen(hidden: str, blocks: list[Block]) -> tuple[str, ...]:
    """The words of `hidden` that no block shows, in order, without single characters."""
    visible = {word.casefold() for block in blocks for word in _WORD.findall(block.text)}
    return tuple(word for word in _WORD.findall(clean(hidden)) if len(word) > 1 and word.casefold() not in visible)
