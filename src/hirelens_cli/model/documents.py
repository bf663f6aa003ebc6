"""What was read from a file: the source, its visible blocks in reading order, and what a person could not see."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from hirelens_cli.model.issues import Issue


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One distinct content found in the input; the same bytes under two paths are one source."""

    doc_id: str
    """SHA-256 of the bytes, 64 hex digits."""
    name: str
    """Path below the input folder (bytewise smallest of all paths), printable: odd characters are escaped."""
    location: str
    """Where to open it: a path as `os.fsdecode` gives it, or an object-store URL."""
    member: str = ""
    """Member of the archive at `location`; empty for a plain file."""
    size: int = 0
    """Bytes."""
    also: tuple[str, ...] = ()
    """Further names under which the same bytes were found."""


class BlockKind(StrEnum):
    """The role a block of text plays in its document, as far as the format says."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    TEXT_BOX = "text_box"
    HEADER = "header"
    FOOTER = "footer"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of visible text; for a PDF one line, for other formats one paragraph, list item or table row."""

    text: str
    """Clean text (see `documents/clean.py`), never empty, without line breaks at either end."""
    page: int = 1
    """1-based; formats without pages say 1."""
    bbox: tuple[float, float, float, float] | None = None
    """x0, top, x1, bottom in points, origin top left of the page as displayed; None where the format has no layout."""
    kind: BlockKind = BlockKind.PARAGRAPH
    size: float = 0.0
    """Commonest font size in points; 0 where unknown."""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """All visible text of one file, in reading order."""

    doc_id: str
    format: str
    """pdf, docx, odt, rtf, html, md, txt, doc, eml, msg, json_resume, ..."""
    blocks: tuple[Block, ...]
    pages: int = 1
    language: str = ""
    """ISO 639-1 code, empty where undecided."""
    hidden: tuple[str, ...] = ()
    """Words that a person cannot see, in order; left out of `blocks`."""
    issues: tuple[Issue, ...] = ()
    flagged: tuple[Span, ...] = ()
    """Whole lines of `text` that are stuffed, pasted from an advertisement or addressed to a machine: they earn nothing."""

    @property
    def text(self) -> str:
        """The blocks' texts joined by one newline each; spans count in this string."""
        return "\n".join(block.text for block in self.blocks)

    def block_starts(self) -> tuple[int, ...]:
        """Offset in `text` at which each block begins."""
        starts, offset = [], 0
        for block in self.blocks:
            starts.append(offset)
            offset += len(block.text) + 1
        return tuple(starts)

    def page_starts(self) -> tuple[int, ...]:
        """For pages 1..n the offset in `text` at which the page begins (an empty page begins where the next does)."""
        starts = self.block_starts()
        end = len(self.text)
        first: dict[int, int] = {}
        for start, block in zip(starts, self.blocks, strict=True):
            first[block.page] = min(start, first.get(block.page, start))
        result = []
        following = end
        for page in range(self.pages, 0, -1):
            following = min(following, first.get(page, following))
            result.append(following)
        return tuple(reversed(result))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters [start, end) in the text that the owner of the span names."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text under the span."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """The same length, `by` characters further on."""
        return Span(self.start + by, self.end + by)


def page_at(page_starts: tuple[int, ...], offset: int) -> int:
    """1-based page on which `offset` lies."""
    return max(1, bisect_right(page_starts, offset))
