"""Word documents: one walk over the XML, in reading order, each text once, and only what a person sees.

python-docx gives paragraphs and tables alone: text boxes, content controls, notes and headers are lost to it and merged
cells repeat (recall .857 to .987 over 300 resumes), at twice the time. It is the second way, for what this one cannot
follow: see `docx_second.py`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import Hidden, Refused, assembled, laid_out
from hirelens_cli.documents.contrast import Ground
from hirelens_cli.documents.docx_chunks import read_chunk
from hirelens_cli.documents.docx_look import (
    PPR,
    RPR,
    SHD,
    VAL,
    Look,
    Style,
    Styles,
    W,
    cell_look,
    is_numbered,
    is_on,
    leading,
    settled,
    shading,
)
from hirelens_cli.documents.docx_parts import Parts, main_part
from hirelens_cli.documents.docx_second import read_by_python_docx
from hirelens_cli.documents.docx_shapes import VML_SHAPES, WP, WSP, A, Grounds, is_out_of_sight
from hirelens_cli.documents.package import Element, Package
from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Outcome, Status

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_P, _RUN, _T, _TBL, _TR, _TC, _BR = (W + name for name in ("p", "r", "t", "tbl", "tr", "tc", "br"))
_PSTYLE, _BREAK_BEFORE = W + "pStyle", W + "pageBreakBefore"
_ANCHOR = WP + "anchor"
_TXBX = W + "txbxContent"
_NUMBERING, _OUTLINE = W + "numPr", W + "outlineLvl"
_SECTION, _RENDERED_BREAK = W + "sectPr", W + "lastRenderedPageBreak"
_SYMBOL = W + "sym"
_MARKS = {W + "tab": " ", W + "ptab": " ", W + "noBreakHyphen": "-", W + "softHyphen": ""}
_LINES = frozenset({_BR, W + "cr"})
_SKIPPED = frozenset(
    {
        W + name
        for name in (
            "del",
            "moveFrom",
            "delText",
            "instrText",
            "delInstrText",
            "sdtPr",
            "sdtEndPr",
            "tblPr",
            "tblGrid",
            "tcPr",
        )
    }
    | {
        W + name
        for name in ("trPr", "fldChar", "footnoteReference", "endnoteReference", "commentReference", "proofErr")
    }
    | {W + name for name in ("bookmarkStart", "bookmarkEnd", "rubyPr", "smartTagPr", "customXmlPr", "annotationRef")}
    | {PPR, RPR, WP + "docPr", A + "blip"}
)
"""Properties, field codes, and what was deleted or moved away."""


def read_docx(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """The visible text of a DOCX (DOCM, DOTX) in reading order.

    Statuses: `encrypted`, `malformed`, `too_large`, `empty`, `image_only`. With `forensics` other than `off`, text that
    is tiny, vanished, or of the colour of what lies behind it is left out and reported.
    """
    try:
        package = Package(data, limits)
        try:
            return _read(package, doc_id, limits, forensics)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            return read_by_python_docx(data, doc_id, limits)
    except Refused as refused:
        return refused.outcome(doc_id)
    except RecursionError:
        return Refused(Status.MALFORMED, "its parts are nested too deeply").outcome(doc_id)


def _read(package: Package, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    main = main_part(package)
    folder, name = posixpath.split(main)
    root = package.xml(main)
    parts = Parts(package, folder, name)
    headers = parts.referenced(root, W + "headerReference")
    footers = parts.referenced(root, W + "footerReference")
    walker = _Walker(parts.styles(), Grounds(root, [*headers, *footers]), forensics != "off")
    walker.parts(headers, BlockKind.HEADER)
    walker.body(root)
    for chunk in parts.chunks(root):
        walker.chunk(read_chunk(chunk, doc_id, limits, forensics))
    walker.parts(parts.diagrams(root), BlockKind.TEXT_BOX)
    walker.parts(footers, BlockKind.FOOTER)
    walker.notes(parts.named("footnotes.xml"))
    walker.notes(parts.named("endnotes.xml"))
    return assembled(
        doc_id,
        "docx",
        walker.blocks,
        limits,
        pages=walker.page,
        hidden=walker.hidden.text,
        issues=parts.issues(doc_id),
        pictures=any("/media/" in part for part in package.names),
    )


class _Place(NamedTuple):
    """Where a paragraph stands."""

    ground: Ground
    kind: BlockKind


class _Paragraph:
    """The text of one paragraph while it is gathered."""

    __slots__ = ("bold", "boxes", "chars", "ground", "kind", "look", "page", "parts", "sizes")

    def __init__(self, kind: BlockKind, look: Look, ground: Ground) -> None:
        self.kind, self.look, self.ground = kind, look, ground
        self.boxes: list[tuple[Element, Ground]] = []
        self.clear()

    def clear(self) -> None:
        self.parts: list[str] = []
        self.sizes: dict[float, int] = {}
        self.bold = self.chars = self.page = 0

    def add(self, text: str, look: Look, page: int) -> None:
        self.parts.append(text)
        length = len(text)
        self.chars += length
        self.page = self.page or page
        if look.bold:
            self.bold += length
        size = look.size or 0.0
        self.sizes[size] = self.sizes.get(size, 0) + length

    def block(self) -> Block:
        size = max(self.sizes, key=lambda size: (self.sizes[size], size))
        return Block("".join(self.parts), self.page, None, self.kind, size, self.bold * 2 > self.chars)


class _Walker:
    """Gathers blocks and hidden words; one for all parts of a document."""

    def __init__(self, styles: Styles, grounds: Grounds, forensic: bool) -> None:
        self.blocks: list[Block] = []
        self.hidden = Hidden()
        self.page = 1
        self._styles, self._grounds, self._forensic = styles, grounds, forensic
        self._is_broken = False

    def body(self, root: Element) -> None:
        """The main text."""
        self._container(root, _Place(self._grounds.page, BlockKind.PARAGRAPH))

    def parts(self, roots: list[Element], kind: BlockKind) -> None:
        """Headers, footers or diagrams."""
        page = self.page
        for root in roots:
            self._container(root, _Place(self._grounds.page, kind))
        self.page = page

    def chunk(self, document: Document | None) -> None:
        """A foreign document, which follows the main text."""
        if document is not None:
            self.blocks += document.blocks
            self.hidden.add(" ".join(("", *document.hidden, "")))

    def notes(self, root: Element | None) -> None:
        """Footnotes or endnotes, without the lines that separate them."""
        for note in root if root is not None else ():
            if note.get(W + "type") in (None, "normal"):
                self._container(note, _Place(self._grounds.page, BlockKind.NOTE))

    def _container(self, element: Element, place: _Place) -> None:
        for child in element:
            tag = child.tag
            if tag == _P:
                self._paragraph(child, place)
            elif tag == _TBL:
                self._table(child, place)
            elif tag == A + "t":
                self.blocks.append(Block(child.text or "", self.page, kind=place.kind))
            elif tag == _MC + "AlternateContent":
                self._container(_chosen(child), place)
            elif tag == _SECTION:
                continue
            elif tag in (_RUN, _T):
                self._paragraph(element, place)
                return
            elif tag not in _SKIPPED:
                self._container(child, place)

    def _paragraph(self, element: Element, place: _Place) -> None:
        ppr = leading(element, PPR)
        style = self._styles.paragraph(_style_id(ppr))
        kind, ground, begins_page, ends_section = _described(ppr, style, place)
        if begins_page:
            self._break_page()
        paragraph = _Paragraph(kind, style.look, ground)
        self._inline(element, paragraph)
        self._flush(paragraph)
        for box, behind in paragraph.boxes:
            box_kind = BlockKind.TEXT_BOX if place.kind is BlockKind.PARAGRAPH else place.kind
            self._container(box, _Place(behind, box_kind))
        if ends_section:
            self._break_page()

    def _flush(self, paragraph: _Paragraph) -> None:
        if paragraph.parts and paragraph.sizes:
            self.blocks.append(paragraph.block())
        self.hidden.gap()
        paragraph.clear()

    def _inline(self, element: Element, paragraph: _Paragraph, ground: Ground = None) -> None:
        """What stands in a paragraph; `ground` is that of the shape around it, for boxes."""
        for child in element:
            tag = child.tag
            if tag == _RUN:
                self._run(child, paragraph)
            elif tag in _SKIPPED:
                continue
            elif tag == _TXBX:
                paragraph.boxes.append((child, ground))
            elif tag == _MC + "AlternateContent":
                self._inline(_chosen(child), paragraph, ground)
            elif tag == _ANCHOR and self._forensic and is_out_of_sight(child):
                self.hidden.add_blocks([[Block(text.text or "") for text in child.iter(_T)]])
            elif tag == WSP or tag in VML_SHAPES:
                self._inline(child, paragraph, self._grounds.of_shape(child))
            elif tag == _M + "t":
                paragraph.add(child.text or "", paragraph.look, self.page)
            else:
                self._inline(child, paragraph, ground)

    def _run(self, run: Element, paragraph: _Paragraph) -> None:
        look = paragraph.look
        is_seen: bool | None = None
        for child in run:
            tag = child.tag
            if tag == _T:
                if is_seen is None:
                    is_seen = not self._forensic or look.is_seen(paragraph.ground)
                text = child.text or ""
                if not is_seen:
                    self.hidden.add(text)
                elif text:
                    self._is_broken = False
                    self.hidden.gap()
                    paragraph.add(text, look, self.page)
            elif tag == RPR:
                look = self._styles.run(look, child)
            elif tag in _MARKS:
                paragraph.parts.append(_MARKS[tag])
            elif tag in _LINES:
                self._break_line(child, paragraph)
            elif tag == _RENDERED_BREAK:
                self._break_page()
            elif tag == _SYMBOL:
                paragraph.parts.append(_symbol(child.get(W + "char", "")))
            elif tag not in _SKIPPED:
                self._inline_in_run(child, paragraph)

    def _inline_in_run(self, child: Element, paragraph: _Paragraph) -> None:
        """Drawings and alternate content: runs hold boxes, and now and then further text of their own."""
        if child.tag == _MC + "AlternateContent":
            child = _chosen(child)
            if child.find(_T) is not None:
                self._run(child, paragraph)
                return
        self._inline(child, paragraph, self._grounds.bare_box)

    def _break_line(self, line: Element, paragraph: _Paragraph) -> None:
        """What follows is a block of its own, and no list item once more."""
        self._flush(paragraph)
        if line.get(W + "type") == "page":
            self._break_page()
        elif paragraph.kind is BlockKind.LIST_ITEM and self.blocks:
            paragraph.kind = BlockKind.PARAGRAPH

    def _break_page(self) -> None:
        """A new page, unless nothing was written since the last one: Word marks the same break in several ways."""
        if not self._is_broken and self.blocks:
            self.page += 1
        self._is_broken = True

    def _table(self, table: Element, place: _Place) -> None:
        style = table.find(f"{W}tblPr/{W}tblStyle")
        if style is not None and self._styles.table_is_shaded(style.get(VAL, "")):
            place = place._replace(ground=None)
        for row in _descend(table, _TR):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            self._row(row, place, properties)

    def _row(self, row: Element, place: _Place, properties: Element | None) -> None:
        before, self.blocks = self.blocks, []
        cells: list[list[Block]] = []
        for cell in _descend(row, _TC):
            ground, is_merged_away = cell_look(cell)
            self._container(cell, place if ground is False else place._replace(ground=settled(ground)))
            if self._forensic and is_merged_away:
                self.hidden.add_blocks([self.blocks])
            elif self.blocks:
                cells.append(self.blocks)
            self.blocks = []
        self.blocks = before
        hidden = properties.find(W + "hidden") if properties is not None and self._forensic else None
        if hidden is not None and is_on(hidden):
            self.hidden.add_blocks(cells)
        else:
            self.blocks += laid_out(cells, place.kind)


def _described(ppr: Element | None, style: Style, place: _Place) -> tuple[BlockKind, Ground, bool, bool]:
    """Kind and ground of a paragraph, whether a page begins with it, and whether a section (and its page) ends with it."""
    is_heading, is_list = style.is_heading, style.is_list
    shade, begins_page, ends_section = style.ground, False, False
    for child in ppr if ppr is not None else ():
        tag = child.tag
        if tag == _NUMBERING:
            is_list = is_numbered(child)
        elif tag == _OUTLINE:
            is_heading = child.get(VAL, "9") < "9"
        elif tag == SHD:
            shade = shading(child)
        elif tag == _BREAK_BEFORE:
            begins_page = is_on(child)
        elif tag == _SECTION:
            type_ = child.find(W + "type")
            ends_section = type_ is None or type_.get(VAL) not in ("continuous", "nextColumn")
    kind = place.kind
    if kind in (BlockKind.PARAGRAPH, BlockKind.TEXT_BOX):
        kind = BlockKind.HEADING if is_heading else BlockKind.LIST_ITEM if is_list else kind
    return kind, place.ground if shade is False else settled(shade), begins_page, ends_section


def _style_id(ppr: Element | None) -> str | None:
    style = None if ppr is None else leading(ppr, _PSTYLE)
    return None if style is None else style.get(VAL)


def _chosen(alternate: Element) -> Element:
    """The one of several renderings that counts: the first choice, or else the fallback."""
    choice = alternate.find(_MC + "Choice")
    if choice is None:
        choice = alternate.find(_MC + "Fallback")
    return alternate if choice is None else choice


def _descend(element: Element, tag: str) -> Iterator[Element]:
    """The nearest descendants of that tag, through content controls and the like."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == _MC + "AlternateContent":
            yield from _descend(_chosen(child), tag)
        elif child.tag not in _SKIPPED:
            yield from _descend(child, tag)


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
