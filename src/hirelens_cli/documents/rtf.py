"""Rich text: what a word processor shows of an RTF file, block by block.

striprtf, which we began with, loses text boxes, headers, footers and notes, and cannot tell what is hidden.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import Hidden, Refused, assembled, laid_out
from hirelens_cli.documents.contrast import SMALLEST, WHITE, Colour, Ground, is_seen_on
from hirelens_cli.documents.rtf_words import BREAKS, CHARSETS, PLACES, READ_THOUGH_STARRED, SKIPPED, SPOKEN, SYMBOLS
from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Outcome, Status

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)|\\"
)
_TOKENS_PER_OBJECT = 10
_DEEPEST = 2_000
"""Groups within groups."""


def read_rtf(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """The visible text of an RTF file in reading order: boxes after their paragraph, headers first, footers and notes last.

    Statuses: `malformed`, `too_large`, `empty`, `image_only`.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"{\\rtf"):
        return Refused(Status.MALFORMED, "it does not begin as rich text does").outcome(doc_id)
    reader = _Reader(data.decode("latin-1"), forensics != "off")
    try:
        blocks = reader.read(limits.max_objects * _TOKENS_PER_OBJECT)
    except Refused as refused:
        return refused.outcome(doc_id)
    pictures = b"\\pict" in data
    return assembled(doc_id, "rtf", blocks, limits, pages=reader.page, hidden=reader.hidden.text, pictures=pictures)


@dataclass(slots=True)
class _State:
    """What a group inherits and may change without its surroundings knowing."""

    is_skipped: bool = False
    is_starred: bool = False
    table: str = ""
    """`colortbl`, `fonttbl` or `stylesheet` while inside one."""
    place: BlockKind | None = None
    """Set on the group that opens a header, note or box."""
    hidden: bool = False
    deleted: bool = False
    bold: bool = False
    size: int = 24
    """Half points."""
    colour: int = 0
    behind: int = 0
    font: int = 0
    fallback: int = 1
    """Characters that follow a Unicode one for programs that know none."""


@dataclass(slots=True)
class _Flow:
    """A run of paragraphs: the body, or one header, note or box."""

    kind: BlockKind
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)
    sizes: dict[int, int] = field(default_factory=dict)
    bold: int = 0
    chars: int = 0
    is_table: bool = False
    is_list: bool = False
    is_heading: bool = False
    shade: int = 0
    fills: list[int] = field(default_factory=list)


class _Reader:
    """One pass over the tokens of one file."""

    def __init__(self, text: str, forensic: bool) -> None:
        self._text, self._forensic = text, forensic
        self.hidden = Hidden()
        self.page = 1
        self._state = _State()
        self._flow = _Flow(BlockKind.PARAGRAPH)
        self._flows: list[tuple[int, _Flow]] = []
        self._codec = "cp1252"
        self._codecs: dict[int, str] = {}
        self._bytes = bytearray()
        self._skip = 0
        self._fill = 0
        self._colours: list[Colour | None] = []
        self._mixing: dict[str, int] = {}
        self._headings: set[int] = set()
        self._style = (0, "")
        self._around: dict[BlockKind, dict[str, list[Block]]] = {
            kind: {} for kind in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.NOTE)
        }

    def read(self, most: int) -> list[Block]:
        """All blocks; raises Refused for more than `most` tokens."""
        stack: list[_State] = []
        position, end, count = 0, len(self._text), 0
        match_at = _TOKEN.match
        while position < end and (match := match_at(self._text, position)) is not None:
            position = match.end()
            count += 1
            word, number, code, symbol, brace, plain = match.groups()
            if plain is not None:
                self._plain(plain)
            elif word is not None:
                if word == "bin":
                    position += max(int(number or 0), 0)
                else:
                    self._word(word, None if number is None else int(number))
            elif code is not None:
                self._plain(chr(int(code, 16)))
            elif symbol is not None:
                self._symbol(symbol)
            elif brace == "{":
                self._decode()
                stack.append(self._state)
                self._state = replace(self._state, is_starred=False, place=None)
            elif brace == "}":
                if not stack:
                    break
                self._close(stack.pop())
            if count > most or len(stack) > _DEEPEST:
                raise Refused(Status.TOO_LARGE, "it has too many parts", "raise limits.max_objects")
        self._decode()
        self._paragraph()
        while self._flows:
            self._leave()
        return self._in_order()

    def _in_order(self) -> list[Block]:
        self._row()
        around = {
            kind: [block for blocks in found.values() for block in blocks] for kind, found in self._around.items()
        }
        return around[BlockKind.HEADER] + self._flow.blocks + around[BlockKind.FOOTER] + around[BlockKind.NOTE]

    def _close(self, outer: _State) -> None:
        self._decode()
        self._skip = 0
        inner, self._state = self._state, outer
        if inner.place is not None and self._flows:
            self._paragraph()
            self._leave()
        if inner.table == "stylesheet":
            self._name_style()

    def _leave(self) -> None:
        """The end of a header, note or box: its blocks go where they belong."""
        self._row()
        inner = self._flow
        self.page, self._flow = self._flows.pop()
        if inner.kind is BlockKind.TEXT_BOX:
            self._flow.boxes += inner.blocks
        else:
            # The same header for first, left and right pages counts once.
            self._around[inner.kind].setdefault("\n".join(block.text for block in inner.blocks), inner.blocks)

    def _plain(self, text: str) -> None:
        """Characters, each still one byte of the font's encoding."""
        if self._skip:
            dropped = min(self._skip, len(text))
            self._skip -= dropped
            text = text[dropped:]
        state = self._state
        if state.table:
            self._table_text(text)
        elif text and not state.is_skipped:
            self._bytes += text.encode("latin-1")

    def _decode(self) -> None:
        """Gathered bytes become characters, before anything changes how they look."""
        if self._bytes:
            name = self._codecs.get(self._state.font, self._codec)
            raw, self._bytes = bytes(self._bytes), bytearray()
            self._say(raw.decode("ascii") if raw.isascii() else raw.decode(name, "replace"))

    def _say(self, text: str) -> None:
        state, flow = self._state, self._flow
        if state.is_skipped or state.deleted or not text:
            return
        if self._forensic and not self._is_seen():
            self.hidden.add(text)
            return
        self.hidden.gap()
        flow.parts.append(text)
        flow.chars += len(text)
        flow.bold += len(text) if state.bold else 0
        flow.sizes[state.size] = flow.sizes.get(state.size, 0) + len(text)

    def _is_seen(self) -> bool:
        state, flow = self._state, self._flow
        if state.hidden or state.size < 2 * SMALLEST:
            return False
        if not state.colour or flow.kind is BlockKind.TEXT_BOX:
            return True  # automatic, or on a shape whose fill we do not read
        fill = flow.fills[len(flow.cells)] if len(flow.cells) < len(flow.fills) and flow.is_table else 0
        behind = state.behind or flow.shade or fill
        ground: Ground = self._colour(behind) if behind else WHITE
        return is_seen_on(self._colour(state.colour), ground)

    def _colour(self, index: int) -> Colour | None:
        return self._colours[index] if 0 <= index < len(self._colours) else None

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._state.is_starred = True
        elif symbol in "\r\n":
            self._word("par", None)
        elif self._skip:
            self._skip -= 1
        elif symbol in SYMBOLS and not self._state.table:
            self._decode()
            self._say(SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "u":
            self._decode()
            self._say(_character(number or 0))
            self._skip = state.fallback
            return
        self._decode()
        self._skip = 0
        if word in ("colortbl", "fonttbl", "stylesheet"):
            state.table = word
        elif state.table:
            self._table_word(word, number)
        elif state.is_starred and word not in READ_THOUGH_STARRED and word not in PLACES:
            state.is_starred, state.is_skipped = False, True
        elif state.is_starred and word in READ_THOUGH_STARRED:
            state.is_starred = False
        elif word in SKIPPED:
            self._flow.is_list = self._flow.is_list or (word in ("listtext", "pntext") and not state.is_skipped)
            state.is_skipped = True
        elif state.is_skipped:
            return
        elif word in PLACES:
            self._enter(PLACES[word])
        elif word in SPOKEN and word != "cell":
            self._say(SPOKEN[word])
        elif word in BREAKS:
            self._break(word)
        elif not self._character_word(word, number):
            self._paragraph_word(word, number)

    def _enter(self, kind: BlockKind) -> None:
        self._flows.append((self.page, self._flow))
        self._flow = _Flow(kind)
        self._state.place = kind
        self._state.is_starred = False

    def _break(self, word: str) -> None:
        self._paragraph()
        if word in ("page", "sect"):
            self.page += bool(self._flow.blocks)
        elif word == "line":
            self._flow.is_list = False

    def _character_word(self, word: str, number: int | None) -> bool:
        """Whether the word says how letters look; if so, it is now in force."""
        state = self._state
        value = 1 if number is None else number
        match word:
            case "v":
                state.hidden = bool(value)
            case "deleted":
                state.deleted = bool(value)
            case "b":
                state.bold = bool(value)
            case "fs":
                state.size = value
            case "cf":
                state.colour = 0 if number is None else number
            case "highlight" | "cb" | "chcbpat":
                state.behind = 0 if number is None else number
            case "f":
                state.font = value
            case "uc":
                state.fallback = max(value, 0)
            case "plain":
                state.hidden = state.deleted = state.bold = False
                state.size, state.colour, state.behind = 24, 0, 0
            case "ansicpg":
                self._codec = _known_codec(f"cp{value}", self._codec)
            case "mac":
                self._codec = "mac_roman"
            case _:
                return False
        return True

    def _paragraph_word(self, word: str, number: int | None) -> None:
        flow = self._flow
        match word:
            case "pard":
                flow.is_table = flow.is_list = flow.is_heading = False
                flow.shade = 0
            case "intbl":
                flow.is_table = True
            case "ls":
                flow.is_list = True
            case "outlinelevel":
                flow.is_heading = number is not None and number < 9
            case "s":
                flow.is_heading = flow.is_heading or number in self._headings
            case "cbpat":
                flow.shade = number or 0
            case "cell":
                self._paragraph()
                flow.cells.append(flow.cell)
                flow.cell = []
            case "row":
                self._row()
            case "trowd":
                flow.fills = []
                self._fill = 0
            case "clcbpat":
                self._fill = number or 0
            case "cellx":
                flow.fills.append(self._fill)
                self._fill = 0

    def _paragraph(self) -> None:
        """What was gathered becomes a block, and the boxes anchored in it follow."""
        flow = self._flow
        self.hidden.gap()
        if flow.chars:
            kind = flow.kind
            if kind in (BlockKind.PARAGRAPH, BlockKind.TEXT_BOX):
                kind = BlockKind.HEADING if flow.is_heading else BlockKind.LIST_ITEM if flow.is_list else kind
            size = max(flow.sizes, key=lambda size: (flow.sizes[size], size))
            block = Block("".join(flow.parts), self.page, None, kind, size / 2, flow.bold * 2 > flow.chars)
            (flow.cell if flow.is_table else flow.blocks).append(block)
        flow.parts.clear()
        flow.sizes.clear()
        flow.chars = flow.bold = 0
        if not flow.is_table:
            flow.blocks += flow.boxes
            flow.boxes = []

    def _row(self) -> None:
        """The end of a table row, or of the flow that it stands in."""
        flow = self._flow
        cells = [cell for cell in (*flow.cells, flow.cell) if any(block.text.strip() for block in cell)]
        flow.blocks += laid_out(cells, flow.kind)
        flow.blocks += flow.boxes
        flow.boxes, flow.cells, flow.cell = [], [], []

    def _table_word(self, word: str, number: int | None) -> None:
        """Control words within the tables of colours, fonts and styles."""
        match self._state.table, word:
            case "colortbl", "red" | "green" | "blue":
                self._mixing[word] = min(max(number or 0, 0), 255)
            case "fonttbl", "f":
                self._state.font = number or 0
            case "fonttbl", "fcharset":
                if number in CHARSETS:
                    self._codecs[self._state.font] = CHARSETS[number]
            case "stylesheet", "s":
                self._style = (number or 0, "")
            case "stylesheet", "cs" | "ts" | "ds":
                self._style = (-1, "")
            case _:
                return

    def _table_text(self, text: str) -> None:
        if self._state.table == "colortbl":
            for _ in range(text.count(";")):
                mixed = self._mixing
                self._colours.append(
                    (mixed.get("red", 0), mixed.get("green", 0), mixed.get("blue", 0)) if mixed else None
                )
                self._mixing = {}
        elif self._state.table == "stylesheet":
            self._style = (self._style[0], (self._style[1] + text)[:80])

    def _name_style(self) -> None:
        number, name = self._style
        if number >= 0 and name.strip().casefold().startswith(("heading", "title")):
            self._headings.add(number)
        self._style = (-1, "")


def _character(number: int) -> str:
    r"""The character of a \\u word, whose number is signed 16 bits; halves of pairs are joined by `clean` as unknown."""
    code = number + 0x10000 if number < 0 else number
    return chr(code) if 0 < code < 0x110000 else ""


def _known_codec(name: str, default: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return default
