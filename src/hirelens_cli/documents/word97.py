"""Word documents of 1997 to 2003 (DOC), read from their bytes: text in order, fields resolved, hidden text left out.

A reader of our own, because one that starts a program cannot work in a sandbox that starts none. After [MS-DOC].
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from typing import NamedTuple

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import Refused, assembled, laid_out
from hirelens_cli.documents.compound import streams
from hirelens_cli.documents.contrast import SMALLEST
from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Outcome, Status

_FIRST_WITH_PIECES = 0xC1
"""Version of Word 97. Before it a text lies in one run, unless it was saved in haste."""
_VANISH, _SIZE = 0x083C, 0x4A43
_OPERAND_BYTES = (1, 1, 2, 4, 2, 2, 0, 3)
_DAMAGED = "its document stream is damaged"
_MOST_PIECES = 100_000


class _Head(NamedTuple):
    """What the file information block says."""

    version: int
    is_encrypted: bool
    is_hasty: bool
    table: str
    start: int
    end: int
    counts: tuple[int, ...]
    """Characters of text, footnotes, headers, macros, remarks, endnotes, boxes, boxes in headers."""
    pieces: tuple[int, int]
    looks: tuple[int, int]


class _Piece(NamedTuple):
    """A run of text and where in the stream it begins."""

    text: str
    start: int
    width: int
    """Bytes per character."""


def read_word97(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """The text of a DOC: headers, body with table rows, text boxes, notes; without deleted remarks and field codes.

    Of hidden text it knows what is marked as hidden and what is under 2.2 points, not colours. Raises Refused.
    """
    found = streams(data, ("WordDocument", "0Table", "1Table").__contains__, limits.package_bytes)
    main = found.get("WordDocument", b"")
    try:
        head = _head(main)
        if head.is_encrypted:
            raise Refused(Status.ENCRYPTED, "it is protected by a password", "save it without a password")
        table = found.get(head.table, b"")
        if head.version < _FIRST_WITH_PIECES:
            if head.is_hasty:
                raise Refused(Status.UNSUPPORTED, "a Word document of before 1997, saved in haste")
            pieces = [_Piece(main[head.start : head.end].decode("cp1252", "replace"), head.start, 1)]
        else:
            pieces = _pieces(main, table, head)
        hidden = _hidden_ranges(main, table, head) if forensics != "off" and table else []
    except (struct.error, IndexError) as error:
        raise Refused(Status.MALFORMED, _DAMAGED) from error
    if sum(len(piece.text) for piece in pieces) > 4 * limits.max_chars:
        raise Refused(Status.TOO_LARGE, "it holds more text than a resume can", "raise limits.max_chars")
    text, unseen = _shown(pieces, hidden)
    blocks, pages = _laid(text, head.counts)
    return assembled(doc_id, "doc", blocks, limits, pages=pages, hidden=unseen, pictures="\x01" in text)


def _head(main: bytes) -> _Head:
    if len(main) < 0x200 or main[0] not in (0xEC, 0xDC) or main[1] != 0xA5:
        raise Refused(Status.MALFORMED, "its container holds no Word document")
    version = struct.unpack_from("<H", main, 2)[0]
    flags = struct.unpack_from("<H", main, 10)[0]
    start, end = struct.unpack_from("<II", main, 0x18)
    if version < _FIRST_WITH_PIECES:
        counts: tuple[int, ...] = struct.unpack_from("<8i", main, 0x34)
        return _Head(version, bool(flags & 0x100), bool(flags & 4), "", start, end, counts, (0, 0), (0, 0))
    return _Head(
        version,
        bool(flags & 0x100),
        is_hasty=False,
        table="1Table" if flags & 0x200 else "0Table",
        start=start,
        end=end,
        counts=struct.unpack_from("<8i", main, 0x4C),
        pieces=struct.unpack_from("<II", main, 0x1A2),
        looks=struct.unpack_from("<II", main, 0xFA),
    )


def _pieces(main: bytes, table: bytes, head: _Head) -> list[_Piece]:
    """The runs of text in reading order, each in one or two bytes per character."""
    start, length = head.pieces
    place, end = start, min(start + length, len(table))
    while place < end and table[place] == 1:  # what was changed in a fast save
        place += 3 + struct.unpack_from("<H", table, place + 1)[0]
    if place >= end or table[place] != 2:
        raise Refused(Status.MALFORMED, _DAMAGED)
    size = struct.unpack_from("<I", table, place + 1)[0]
    count = (min(size, end - place - 5) - 4) // 12
    if not 0 < count < _MOST_PIECES:
        raise Refused(Status.MALFORMED, _DAMAGED)
    bounds = struct.unpack_from(f"<{count + 1}I", table, place + 5)
    found: list[_Piece] = []
    for index in range(count):
        where = struct.unpack_from("<I", table, place + 5 + 4 * (count + 1) + 8 * index + 2)[0]
        chars = max(bounds[index + 1] - bounds[index], 0)
        if where & 0x40000000:
            offset = (where & 0x3FFFFFFF) // 2
            found.append(_Piece(main[offset : offset + chars].decode("cp1252", "replace"), offset, 1))
        else:
            found.append(_Piece(main[where : where + 2 * chars].decode("utf-16-le", "replace"), where, 2))
    return found


def _hidden_ranges(main: bytes, table: bytes, head: _Head) -> list[tuple[int, int]]:
    """Byte ranges of the document stream whose characters are marked as hidden or are dust; sorted."""
    start, length = head.looks
    count = (min(length, len(table) - start) - 4) // 8
    found: list[tuple[int, int]] = []
    for index in range(max(count, 0)):
        page = struct.unpack_from("<I", table, start + 4 * (count + 1) + 4 * index)[0] * 512
        sheet = main[page : page + 512]
        if len(sheet) < 512:
            continue
        runs = min(sheet[511], 101)
        bounds = struct.unpack_from(f"<{runs + 1}I", sheet, 0)
        for run in range(runs):
            place = sheet[4 * (runs + 1) + run] * 2
            if place and _is_hiding(sheet[place + 1 : place + 1 + sheet[place]]):
                found.append((bounds[run], bounds[run + 1]))
    return sorted(found)


def _is_hiding(properties: bytes) -> bool:
    """Whether a list of changes to the look of letters makes them vanish or shrinks them to dust."""
    place, hidden = 0, False
    while place + 3 <= len(properties):
        code = struct.unpack_from("<H", properties, place)[0]
        operand = properties[place + 2 :]
        if code == _VANISH:
            hidden = operand[0] == 1
        elif code == _SIZE and len(operand) >= 2:
            hidden = hidden or struct.unpack_from("<H", operand)[0] < 2 * SMALLEST
        kind = code >> 13
        place += 2 + (_OPERAND_BYTES[kind] if kind != 6 else 1 + operand[0])
    return hidden


def _shown(pieces: list[_Piece], hidden: list[tuple[int, int]]) -> tuple[str, str]:
    """The whole text with hidden characters replaced by U+200B, so that places keep their count; and what was hidden."""
    if not hidden:
        return "".join(piece.text for piece in pieces), ""
    starts = [start for start, _ in hidden]
    shown: list[str] = []
    unseen: list[str] = []
    for piece in pieces:
        end = piece.start + len(piece.text) * piece.width
        done, text = 0, piece.text
        for start, stop in hidden[max(bisect_right(starts, piece.start) - 1, 0) : bisect_right(starts, end)]:
            first = max((start - piece.start) // piece.width, done)
            last = min(max((stop - piece.start) // piece.width, first), len(text))
            shown += (text[done:first], "\u200b" * (last - first))
            unseen += (" " if first > done else "", text[first:last])
            done = max(last, done)
        if done < len(text):
            shown.append(text[done:])
            unseen.append(" ")
    return "".join(shown), "".join(unseen)


def _laid(text: str, counts: tuple[int, ...]) -> tuple[list[Block], int]:
    """The parts of the text, each in its place, and the number of pages known of."""
    parts: list[str] = []
    place = 0
    for count in counts:
        parts.append(text[place : place + max(count, 0)])
        place += max(count, 0)
    body, notes, margins, _, _, endnotes, boxes, _ = parts
    if not body and not any(parts):
        body = text
    flow = _Flow(BlockKind.PARAGRAPH)
    main = flow.read(body)
    found = list({block.text: block for block in _Flow(BlockKind.HEADER).read(margins)}.values())
    found += main
    found += _Flow(BlockKind.TEXT_BOX).read(boxes)
    found += _Flow(BlockKind.NOTE).read(notes + endnotes)
    return found, flow.page


class _Flow:
    """Marks within a text become blocks, rows and pages."""

    def __init__(self, kind: BlockKind) -> None:
        self.page = 1
        self._kind = kind
        self._blocks: list[Block] = []
        self._cells: list[list[Block]] = []
        self._cell: list[Block] = []
        self._parts: list[str] = []
        self._fields: list[bool] = []
        """For each field that is open, whether its code is over and its result has begun."""

    def read(self, text: str) -> list[Block]:
        """The blocks of a part."""
        for char in text:
            if char >= " ":
                if not self._fields or all(self._fields):
                    self._parts.append(char)
            else:
                self._mark(char)
        self._paragraph()
        self._row()
        return self._blocks

    def _mark(self, mark: str) -> None:
        if mark == "\x13":
            self._fields.append(False)
        elif mark == "\x14" and self._fields:
            self._fields[-1] = True
        elif mark == "\x15" and self._fields:
            self._fields.pop()
        elif mark == "\x07":
            self._end_cell()
        elif mark in "\r\x0b\x0c\x0e":
            self._paragraph()
            self.page += mark == "\x0c" and bool(self._blocks)
        elif mark == "\t":
            self._parts.append(" ")
        elif mark == "\x1e":
            self._parts.append("-")

    def _paragraph(self) -> None:
        if self._parts:
            # Paragraphs before the first mark of a cell cannot be told from those before the table.
            (self._cell if self._cells else self._blocks).append(
                Block("".join(self._parts), self.page, kind=self._kind)
            )
            self._parts = []

    def _end_cell(self) -> None:
        """A mark ends each cell, and one more the row."""
        if not self._parts and not self._cell and self._cells:
            self._row()
            return
        if self._parts:
            self._cell.append(Block("".join(self._parts), self.page, kind=self._kind))
            self._parts = []
        self._cells.append(self._cell)
        self._cell = []

    def _row(self) -> None:
        self._blocks += laid_out([cell for cell in (*self._cells, self._cell) if cell], self._kind)
        self._cells, self._cell = [], []
