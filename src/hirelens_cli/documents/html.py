"""Web pages: the text that a browser would show, block by block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import Hidden, Refused, assembled, laid_out
from hirelens_cli.documents.contrast import SMALLEST, WHITE, Colour, Ground, is_seen_on
from hirelens_cli.documents.css import (
    Declarations,
    Sheet,
    colour,
    declarations,
    ground_of,
    is_hiding,
    is_transparent,
    length,
    parsed_sheet,
)
from hirelens_cli.documents.encodings import decoded
from hirelens_cli.documents.package import Element
from hirelens_cli.documents.signs import invisible_issue
from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Outcome, Status

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"^\s{0,100}<\?xml[^>]{0,300}>")
_UNSHOWN = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "title",
        "meta",
        "link",
        "object",
        "applet",
        "iframe",
        "svg",
        "canvas",
        "audio",
        "video",
        "select",
        "datalist",
        "map",
        "noframes",
    ]
)
"""Elements whose text no browser puts on the page: leaving it out hides nothing."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_BOLD = frozenset(("b", "strong", "th")) | _HEADINGS


def read_html(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """The visible text of a web page; what styles hide is left out and reported.

    Understands style attributes and rules for one element, class or id. Statuses: `malformed`, `too_large`, `empty`,
    `image_only`.
    """
    try:
        declared = next((name for found in _CHARSET.findall(data[:4096]) for name in found if name), b"")
        return read_html_text(decoded(data, declared.decode("ascii")), doc_id, limits, forensics)
    except Refused as refused:
        return refused.outcome(doc_id)


def read_html_text(
    text: str, doc_id: str, limits: Limits, forensics: str, format_name: str = "html"
) -> Outcome[Document]:
    """The same for a page already decoded, such as the body of a message; raises Refused."""
    if text.count("<") - text.count("</") > limits.max_objects:
        raise Refused(Status.TOO_LARGE, "it has too many elements", "raise limits.max_objects")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    source = _DECLARATION.sub("", text.replace("\0", "")).encode("utf-8", "replace")
    try:
        root = etree.fromstring(source, parser) if source.strip() else None
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Refused(Status.MALFORMED, "it is no web page that can be followed") from error
    walker = _Walker(root, forensics != "off")
    if root is not None:
        walker.walk(root)
    issues = invisible_issue(text, doc_id) if forensics != "off" else ()
    pictures = "<img" in text or "<IMG" in text
    return assembled(
        doc_id, format_name, walker.blocks, limits, hidden=walker.hidden.text, issues=issues, pictures=pictures
    )


class _Style(NamedTuple):
    """What an element inherits."""

    colour: Colour | None = None
    ground: Ground = WHITE
    is_hidden: bool = False
    bold: bool = False
    kind: BlockKind = BlockKind.PARAGRAPH
    is_pre: bool = False


@dataclass(slots=True)
class _Row:
    """A table row while it is read: the blocks before it, and its cells so far."""

    before: list[Block]
    cells: list[list[Block]] = field(default_factory=list)


class _Walker:
    """Gathers blocks and hidden words; without recursion, however deep the page."""

    def __init__(self, root: Element | None, forensic: bool) -> None:
        self.blocks: list[Block] = []
        self.hidden = Hidden()
        self._forensic = forensic
        self._parts: list[str] = []
        self._bold = self._chars = 0
        self._kind = BlockKind.PARAGRAPH
        self._rows: list[_Row] = []
        sheets = "\n".join(sheet.text or "" for sheet in root.iter("style")) if root is not None else ""
        self._sheet: Sheet = parsed_sheet(sheets[:200_000])
        linked = root is not None and any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link"))
        self._page_ground: Ground = None if linked or self._sheet.paints else WHITE

    def walk(self, root: Element) -> None:
        """Reads the whole page."""
        stack = [_Style(ground=self._page_ground)]
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "end":
                stack.pop()
                self._close(tag)
                self._text(element.tail, stack[-1])
                continue
            if tag in _UNSHOWN or not tag:
                walker.skip_subtree()
                stack.append(stack[-1])
                continue
            style = self._styled(element, tag, stack[-1])
            stack.append(style)
            self._open(tag)
            self._text(element.text, style)
        self._flush()

    def _styled(self, element: Element, tag: str, parent: _Style) -> _Style:
        said = self._sheet.of(tag, (element.get("class") or "").lower().split(), (element.get("id") or "").lower())
        if style := element.get("style"):
            said |= declarations(style)
        if tag == "font" or element.get("bgcolor"):
            said = _old_attributes(element) | said
        kind = BlockKind.HEADING if tag in _HEADINGS else BlockKind.LIST_ITEM if tag == "li" else parent.kind
        bold = parent.bold or tag in _BOLD
        is_pre = parent.is_pre or tag == "pre"
        if not said:
            is_hidden = parent.is_hidden or element.get("hidden") is not None
            if (
                is_hidden is parent.is_hidden
                and bold is parent.bold
                and kind is parent.kind
                and is_pre is parent.is_pre
            ):
                return parent
            return _Style(parent.colour, parent.ground, is_hidden, bold, kind, is_pre)
        is_hidden = parent.is_hidden or element.get("hidden") is not None or is_hiding(said) or _is_tiny(said)
        ink = parent.colour
        if value := said.get("color"):
            is_hidden = is_hidden or is_transparent(value)
            ink = colour(value)
        if said.get("display") in ("block", "flex", "grid", "table-row", "list-item"):
            self._flush()
        bold = bold or said.get("font-weight", "") in ("bold", "bolder", "600", "700", "800", "900")
        return _Style(
            ink,
            ground_of(said, parent.ground),
            is_hidden,
            bold,
            kind,
            is_pre or said.get("white-space", "").startswith("pre"),
        )

    def _text(self, text: str | None, style: _Style) -> None:
        if not text:
            return
        if self._forensic and (style.is_hidden or not is_seen_on(style.colour, style.ground)):
            self.hidden.add(text)
            return
        self.hidden.gap()
        for number, line in enumerate(text.split("\n") if style.is_pre else (text,)):
            if number:
                self._flush()
            length_ = len(line.strip())
            if length_ and not self._chars:
                self._kind = style.kind
            self._parts.append(line)
            self._chars += length_
            self._bold += length_ if style.bold else 0

    def _flush(self) -> None:
        if self._chars:
            self.blocks.append(Block("".join(self._parts), kind=self._kind, bold=self._bold * 2 > self._chars))
        self.hidden.gap()
        self._parts.clear()
        self._bold = self._chars = 0

    def _open(self, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag == "tr":
            self._rows.append(_Row(self.blocks))
            self.blocks = []
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append(self.blocks)
            self.blocks = []

    def _close(self, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append(self.blocks)
            self.blocks = []
        elif tag == "tr" and self._rows:
            row = self._rows.pop()
            cells = [cell for cell in (*row.cells, self.blocks) if cell]
            self.blocks = row.before + laid_out(cells, BlockKind.PARAGRAPH)


def _old_attributes(element: Element) -> Declarations:
    """`<font color size>` and bgcolor as declarations."""
    said: Declarations = {}
    if value := element.get("bgcolor"):
        said["background-color"] = value.lower()
    if element.tag == "font" and (value := element.get("color")):
        said["color"] = value.lower()
    return said


def _is_tiny(said: Declarations) -> bool:
    size = said.get("font-size")
    return size is not None and size[:1] in "0123456789." and length(size) < SMALLEST
