"""OpenDocument text: one walk over the XML, in reading order, and only what a person sees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import Hidden, Refused, assembled, laid_out
from hirelens_cli.documents.contrast import SMALLEST, WHITE, Colour, Ground, colour_of, is_seen_on
from hirelens_cli.documents.css import length
from hirelens_cli.documents.package import Element, Package
from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Outcome, Status

_URN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _TABLE, _STYLE, _DRAW = (_URN % name for name in ("office", "text", "table", "style", "drawing"))
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

_P, _H, _ITEM, _HEADER_ITEM = _TEXT + "p", _TEXT + "h", _TEXT + "list-item", _TEXT + "list-header"
_ROW, _CELL = _TABLE + "table-row", _TABLE + "table-cell"
_BREAK, _SPACE, _TAB, _PAGE = _TEXT + "line-break", _TEXT + "s", _TEXT + "tab", _TEXT + "soft-page-break"
_BOX, _NOTE, _NOTE_BODY, _FRAME = _DRAW + "text-box", _TEXT + "note", _TEXT + "note-body", _DRAW + "frame"
_SKIPPED = frozenset(
    {
        _TEXT + name
        for name in ("tracked-changes", "sequence-decls", "note-citation", "hidden-text", "ruby-text", "bookmark")
    }
    | {
        _OFFICE + name
        for name in ("annotation", "annotation-end", "forms", "binary-data", "scripts", "event-listeners")
    }
    | {_TABLE + "covered-table-cell", "{http://www.w3.org/2000/svg}desc", "{http://www.w3.org/2000/svg}title"}
    | {
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
    }
)
_HEADERS = frozenset(_STYLE + name for name in ("header", "header-left", "header-first"))
_FOOTERS = frozenset(_STYLE + name for name in ("footer", "footer-left", "footer-first"))


def read_odt(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """The visible text of an ODT in reading order, headers first, footers and notes last.

    Statuses: `encrypted`, `malformed`, `too_large`, `empty`, `image_only`.
    """
    try:
        package = Package(data, limits)
        manifest = "META-INF/manifest.xml"
        if manifest in package.names and b"encryption-data" in package.read(manifest):
            raise Refused(Status.ENCRYPTED, "it is protected by a password", "save it without a password")
        content = package.xml("content.xml")
        styles = package.xml("styles.xml") if "styles.xml" in package.names else None
        pictures = any(name.startswith("Pictures/") for name in package.names)
        return _read(content, styles, doc_id, limits, forensics, pictures)
    except Refused as refused:
        return refused.outcome(doc_id)
    except RecursionError:
        return Refused(Status.MALFORMED, "its parts are nested too deeply").outcome(doc_id)


def read_flat_odt(root: Element, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """The same for an OpenDocument text in one XML file; raises Refused and RecursionError."""
    return _read(root, None, doc_id, limits, forensics, pictures=False)


def is_flat_odt(root: Element) -> bool:
    """Whether an XML text is an OpenDocument text in one file."""
    return bool(root.tag == _OFFICE + "document" and root.find(f"{_OFFICE}body/{_OFFICE}text") is not None)


def _read(
    content: Element, styles: Element | None, doc_id: str, limits: Limits, forensics: str, pictures: bool
) -> Outcome[Document]:
    roots = [root for root in (styles, content) if root is not None]
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise Refused(Status.MALFORMED, "it holds no text document")
    walker = _Walker(_Styles(roots), forensics != "off")
    walker.margins(roots, _HEADERS, BlockKind.HEADER)
    walker.container(body, _Place())
    walker.margins(roots, _FOOTERS, BlockKind.FOOTER)
    walker.blocks += walker.notes
    return assembled(
        doc_id, "odt", walker.blocks, limits, pages=walker.page, hidden=walker.hidden.text, pictures=pictures
    )


class _Look(NamedTuple):
    """How letters look; what a style does not say comes from around it."""

    size: float = 0.0
    bold: bool = False
    colour: Colour | None = None
    hidden: bool = False


class _Place(NamedTuple):
    """Where a paragraph stands."""

    kind: BlockKind = BlockKind.PARAGRAPH
    ground: Ground = WHITE
    in_list: bool = False


class _Styles:
    """Automatic and common styles by family and name, with their ancestors."""

    def __init__(self, roots: list[Element]) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._looks: dict[tuple[str, str, _Look], _Look] = {}
        self.base = _Look()
        for root in roots:
            for style in root.iter(_STYLE + "style"):
                self._elements[style.get(_STYLE + "family", ""), style.get(_STYLE + "name", "")] = style
            for default in root.iter(_STYLE + "default-style"):
                if default.get(_STYLE + "family") == "paragraph":
                    self.base = _over(self.base, default)

    def look(self, family: str, name: str, around: _Look) -> _Look:
        """`around` with what the style and its ancestors say."""
        key = (family, name, around)
        found = self._looks.get(key)
        if found is None:
            found = around
            for style in self._chain(family, name):
                found = _over(found, style)
            self._looks[key] = found
        return found

    def ground(self, family: str, name: str, around: Ground) -> Ground:
        """What lies behind the text of a paragraph, cell, span or box."""
        for style in self._chain(family, name):
            for properties in style:
                around = _ground(properties, around)
        return around

    def is_heading(self, name: str) -> bool:
        """Whether a paragraph style is made for headings."""
        return any(
            style.get(_STYLE + "default-outline-level", "") not in ("", "0")
            or style.get(_STYLE + "name", "").casefold().startswith(("heading", "title"))
            for style in self._chain("paragraph", name)
        )

    def breaks_page(self, name: str) -> bool:
        """Whether a paragraph begins a page."""
        return any(
            properties.get(_FO + "break-before") == "page"
            for style in self._chain("paragraph", name)
            for properties in style
        )

    def _chain(self, family: str, name: str) -> list[Element]:
        chain: list[Element] = []
        while (style := self._elements.get((family, name))) is not None and len(chain) < 20:
            chain.append(style)
            name = style.get(_STYLE + "parent-style-name", "")
        return chain[::-1]


def _over(look: _Look, style: Element) -> _Look:
    size, bold, colour, hidden = look
    for properties in style.iterchildren(_STYLE + "text-properties"):
        value = properties.get(_FO + "font-size", "")
        if value:
            size = size * length(value) / 12 if value.endswith("%") else length(value)
        weight = properties.get(_FO + "font-weight")
        bold = bold if weight is None else weight in ("bold", "600", "700", "800", "900")
        ink = properties.get(_FO + "color")
        colour = colour if ink is None else colour_of(ink.lstrip("#"))
        colour = None if properties.get(_STYLE + "use-window-font-color") == "true" else colour
        hidden = properties.get(_TEXT + "display", "true" if not hidden else "none") == "none"
    return _Look(size, bold, colour, hidden)


def _ground(properties: Element, around: Ground) -> Ground:
    fill = properties.get(_DRAW + "fill")
    if fill in ("gradient", "bitmap", "hatch"):
        return None
    if fill == "solid" and properties.get(_DRAW + "fill-color"):
        return colour_of(properties.get(_DRAW + "fill-color").lstrip("#"))
    value = properties.get(_FO + "background-color")
    if properties.find(_STYLE + "background-image") is not None and len(
        properties.find(_STYLE + "background-image").attrib
    ):
        return None
    return around if value in (None, "transparent") else colour_of(value.lstrip("#"))


class _Walker:
    """Gathers blocks, notes and hidden words."""

    def __init__(self, styles: _Styles, forensic: bool) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Block] = []
        self.hidden = Hidden()
        self.page = 1
        self._styles, self._forensic = styles, forensic

    def margins(self, roots: Iterable[Element], tags: frozenset[str], kind: BlockKind) -> None:
        """Headers or footers of all pages, those of equal text once."""
        found = [part for root in roots for part in root.iter(*sorted(tags)) if part.get(_STYLE + "display") != "false"]
        for part in {"".join(part.itertext()): part for part in reversed(found)}.values():
            self.container(part, _Place(kind))

    def container(self, element: Element, place: _Place) -> None:
        """Paragraphs, lists, tables and sections within an element."""
        for child in element:
            tag = child.tag
            if tag in (_P, _H):
                self._paragraph(child, place)
            elif tag == _ROW:
                self._row(child, place)
            elif tag == _FRAME or tag.startswith(_DRAW):
                self._drawing(child, place)
            elif tag in (_ITEM, _HEADER_ITEM):
                self.container(child, place._replace(in_list=True))
            elif tag == _PAGE:
                self.page += 1
            elif tag == _TEXT + "section" and child.get(_TEXT + "display") == "none" and self._forensic:
                self.hidden.add(" ".join(child.itertext()))
            elif tag not in _SKIPPED:
                self.container(child, place)

    def _drawing(self, element: Element, place: _Place) -> None:
        """The boxes of a frame or shape; the words of a shape stand in it as paragraphs."""
        name = element.get(_DRAW + "style-name", "")
        kind = BlockKind.TEXT_BOX if place.kind is BlockKind.PARAGRAPH else place.kind
        # What a frame without a fill of its own covers, only a layout engine knows; a box fills its frame.
        around = place.ground if element.tag == _BOX else None
        self.container(element, _Place(kind, self._styles.ground("graphic", name, around)))

    def _row(self, row: Element, place: _Place) -> None:
        before, cells = self.blocks, []
        for cell in row.iterchildren(_CELL):
            self.blocks = []
            name = cell.get(_TABLE + "style-name", "")
            self.container(cell, place._replace(ground=self._styles.ground("table-cell", name, place.ground)))
            if self.blocks:
                cells.append(self.blocks)
        is_hidden = row.get(_TABLE + "visibility") in ("collapse", "filter") and self._forensic
        if is_hidden:
            self.hidden.add_blocks(cells)
        self.blocks = before + ([] if is_hidden else laid_out(cells, place.kind))

    def _paragraph(self, element: Element, place: _Place) -> None:
        name = element.get(_TEXT + "style-name", "")
        if self.blocks and self._styles.breaks_page(name):
            self.page += 1
        kind = place.kind
        if kind in (BlockKind.PARAGRAPH, BlockKind.TEXT_BOX):
            is_heading = element.tag == _H or self._styles.is_heading(name)
            kind = BlockKind.HEADING if is_heading else BlockKind.LIST_ITEM if place.in_list else kind
        look = self._styles.look("paragraph", name, self._styles.base)
        ground = self._styles.ground("paragraph", name, place.ground)
        line = _Line(kind, self.page)
        boxes: list[Element] = []
        self._inline(element, look, ground, line, boxes)
        self.blocks += line.blocks()
        self.hidden.gap()
        for box in boxes:
            self._drawing(box, place)

    def _inline(self, element: Element, look: _Look, ground: Ground, line: _Line, boxes: list[Element]) -> None:
        self._say(element.text, look, ground, line)
        for child in element:
            tag = child.tag
            if tag == _TEXT + "span":
                name = child.get(_TEXT + "style-name", "")
                self._inline(
                    child, self._styles.look("text", name, look), self._styles.ground("text", name, ground), line, boxes
                )
            elif tag in (_SPACE, _TAB):
                line.parts.append(" ")
            elif tag == _BREAK:
                line.flush()
            elif tag == _PAGE:
                self.page += 1
            elif tag == _NOTE:
                self._note(child)
            elif tag.startswith(_DRAW) and tag != _DRAW + "a":
                boxes.append(child)
            elif tag == _TEXT + "hidden-paragraph":
                pass
            elif tag not in _SKIPPED:
                self._inline(child, look, ground, line, boxes)
            self._say(child.tail, look, ground, line)

    def _note(self, note: Element) -> None:
        before, self.blocks = self.blocks, []
        for body in note.iterchildren(_NOTE_BODY):
            self.container(body, _Place(BlockKind.NOTE))
        self.notes += self.blocks
        self.blocks = before

    def _say(self, text: str | None, look: _Look, ground: Ground, line: _Line) -> None:
        if not text:
            return
        is_tiny = 0 < look.size < SMALLEST
        if self._forensic and (look.hidden or is_tiny or not is_seen_on(look.colour, ground)):
            self.hidden.add(text)
        else:
            self.hidden.gap()
            line.say(text, look)


class _Line:
    """The text of one paragraph while it is gathered; a line break ends a block."""

    def __init__(self, kind: BlockKind, page: int) -> None:
        self.parts: list[str] = []
        self._kind, self._page = kind, page
        self._done: list[Block] = []
        self._sizes: dict[float, int] = {}
        self._bold = self._chars = 0

    def say(self, text: str, look: _Look) -> None:
        self.parts.append(text)
        self._chars += len(text)
        self._bold += len(text) if look.bold else 0
        self._sizes[look.size] = self._sizes.get(look.size, 0) + len(text)

    def flush(self) -> None:
        if self._sizes:
            size = max(self._sizes, key=lambda size: (self._sizes[size], size))
            self._done.append(
                Block("".join(self.parts), self._page, None, self._kind, size, self._bold * 2 > self._chars)
            )
            self._kind = BlockKind.PARAGRAPH if self._kind is BlockKind.LIST_ITEM else self._kind
        self.parts.clear()
        self._sizes.clear()
        self._bold = self._chars = 0

    def blocks(self) -> list[Block]:
        self.flush()
        return self._done
