"""A document's text as lines that remember how they were set."""

from __future__ import annotations

from typing import NamedTuple

from hirelens_cli.model.documents import BlockKind, Document, Span


class Line(NamedTuple):
    """One line of text, without its line break. A tuple, since a resume makes three hundred of them."""

    text: str
    start: int
    """Offset of the line in the whole text."""
    page: int = 1
    kind: BlockKind = BlockKind.PARAGRAPH
    size: float = 0.0
    """Commonest font size in points; 0 where unknown."""
    bold: bool = False

    @property
    def end(self) -> int:
        """Offset just behind the line's last character."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """The line's place in the whole text."""
        return Span(self.start, self.end)


def lines_of(document: Document) -> tuple[Line, ...]:
    """Every line of `document.text`, empty ones too; the offsets count in that text."""
    lines, offset = [], 0
    for block in document.blocks:
        for text in block.text.split("\n"):
            lines.append(Line(text, offset, block.page, block.kind, block.size, block.bold))
            offset += len(text) + 1
    return tuple(lines)
