"""How the runs of a Word document look: size, weight, and whether a person can see them."""

from __future__ import annotations

import contextlib
import re
from html import unescape
from typing import NamedTuple

from hirelens_cli.documents.assemble import Refused
from hirelens_cli.documents.contrast import SMALLEST, WHITE, Colour, Ground, colour_of, is_seen_on
from hirelens_cli.documents.package import Element, check_xml, parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
VAL = W + "val"
PPR, RPR, SHD, COLOR = W + "pPr", W + "rPr", W + "shd", W + "color"

_NAMED: dict[str, Colour] = {
    "black": (0, 0, 0),
    "blue": (0, 0, 255),
    "cyan": (0, 255, 255),
    "darkBlue": (0, 0, 128),
    "darkCyan": (0, 128, 128),
    "darkGray": (128, 128, 128),
    "darkGreen": (0, 128, 0),
    "darkMagenta": (128, 0, 128),
    "darkRed": (128, 0, 0),
    "darkYellow": (128, 128, 0),
    "green": (0, 255, 0),
    "lightGray": (192, 192, 192),
    "magenta": (255, 0, 255),
    "red": (255, 0, 0),
    "white": WHITE,
    "yellow": (255, 255, 0),
}
_DRAWN = frozenset(
    {W + name for name in ("outline", "shadow", "emboss", "imprint")}
    | {W14 + name for name in ("textOutline", "textFill", "glow", "shadow")}
)
"""Effects that show letters whatever their colour."""


_ROOT = re.compile(rb"<w:styles\b[^>]{0,8000}>")
_ID = re.compile(rb'\sw:styleId="([^"]{1,300})"')


class Look(NamedTuple):
    """Resolved run properties. None: not said, so the next style up the chain decides."""

    size: float | None = None
    bold: bool | None = None
    colour: Colour | None = None
    """None is automatic: black or white, whichever can be read."""
    vanish: bool = False
    behind: Ground | bool = False
    """Colour of a highlight or of the run's shading; False where it has none, None where it is unknown."""
    drawn: bool = False
    squeezed: bool = False
    """Letters are scaled to nothing."""

    def is_seen(self, ground: Ground) -> bool:
        """Whether a person sees text of this look on `ground`."""
        if self.vanish or self.squeezed or (self.size is not None and self.size < SMALLEST):
            return False
        behind = ground if self.behind is False else self.behind
        return self.drawn or is_seen_on(self.colour, behind if isinstance(behind, tuple) else None)


class Style(NamedTuple):
    """What a paragraph style says, its ancestors included."""

    look: Look
    is_heading: bool
    is_list: bool
    ground: Ground | bool
    """Shading; False where it has none."""


def shading(shd: Element) -> Ground | bool:
    """The colour of a w:shd; False where it shows nothing, None where only the theme or a pattern knows it."""
    pattern, fill = shd.get(VAL), shd.get(W + "fill")
    if pattern == "solid":
        return colour_of(shd.get(COLOR))
    if pattern not in (None, "clear", "nil"):
        return None
    if fill in (None, "auto"):
        return None if shd.get(W + "themeFill") else False
    return colour_of(fill)


def _ink(color: Element) -> Colour | None:
    """The colour of a w:color. The theme's paper wins over the value beside it, as in Word; other names go by the value."""
    if color.get(W + "themeColor") not in ("background1", "light1"):
        return colour_of(color.get(VAL))
    try:
        shade = int(color.get(W + "themeShade", "FF"), 16)
    except ValueError:
        shade = 255
    return (shade, shade, shade)


def is_on(toggle: Element) -> bool:
    """The value of an on/off property: present means on."""
    return toggle.get(VAL) not in ("0", "false", "off", "none")


def overlay(base: Look, rpr: Element) -> Look:
    """`base` with what a w:rPr says itself; a character style it names is not looked at here."""
    size, bold, colour, vanish, behind, drawn, squeezed = base
    highlighted = False
    for child in rpr:
        tag = child.tag
        if tag == _SZ:
            size = _half(child.get(VAL), size)
        elif tag == _B:
            bold = is_on(child)
        elif tag == COLOR:
            colour = _ink(child)
        elif tag == _VANISH:
            vanish = is_on(child)
        elif tag == _HIGHLIGHT:
            behind = _NAMED.get(child.get(VAL, ""), False)
            highlighted = behind is not False
        elif tag == SHD and not highlighted:
            behind = shading(child)
        elif tag == _SCALE:
            squeezed = _number(child.get(VAL)) < 10
        elif tag in _DRAWN:
            drawn = tag.startswith(W14) or is_on(child)
    return Look(size, bold, colour, vanish, behind, drawn, squeezed)


_SZ, _B, _VANISH, _HIGHLIGHT, _SCALE, _RSTYLE = (W + name for name in ("sz", "b", "vanish", "highlight", "w", "rStyle"))


def _half(value: str | None, default: float | None) -> float | None:
    try:
        return float(value) / 2 if value else default
    except ValueError:
        return default


def _number(value: str | None) -> float:
    try:
        return float((value or "").rstrip("%"))
    except ValueError:
        return 100.0


class Styles:
    """styles.xml, resolved on demand. Toggle properties of nested styles override instead of cancelling each other.

    Only the styles in use are parsed: a document uses a dozen of the 160 that Word and its templates write down, and the
    whole file takes longer to parse than the document itself.
    """

    def __init__(self, data: bytes, max_objects: int) -> None:
        self._max_objects = max_objects
        self._sources: dict[str, bytes] = {}
        self._elements: dict[str, Element] = {}
        self._paragraphs: dict[str, Style] = {}
        self._characters: dict[str, tuple[Element, ...]] = {}
        self._tables: dict[str, bool] = {}
        self._default = ""
        self._base = Look()
        if data:
            check_xml(data, max_objects)
            self._split(data)

    def _split(self, data: bytes) -> None:
        """Finds the styles by their tags; a file with another prefix than `w` is parsed whole."""
        opening = _ROOT.search(data)
        if opening is None:
            root = parse_xml(data, self._max_objects)
            styles = [(style.get(W + "styleId", ""), style) for style in root.iter(W + "style")]
            self._elements = dict(styles)
            self._default = next((name for name, style in styles if _is_default(style)), "")
            defaults = root.find(W + "docDefaults")
        else:
            self._opening = opening[0]
            for piece in data.split(b"</w:style>")[:-1]:
                source = piece[piece.rfind(b"<w:style ") :]
                tag = source[: source.find(b">")]
                if name := _ID.search(tag):
                    style_id = unescape(name[1].decode("utf-8", "replace"))
                    self._sources[style_id] = source + b"</w:style>"
                    if b'w:default="1"' in tag and b'"paragraph"' in tag:
                        self._default = style_id
            start, end = data.find(b"<w:docDefaults>"), data.find(b"</w:docDefaults>")
            defaults = self._parsed(data[start : end + 16]) if 0 <= start < end else None
        if defaults is not None and (rpr := defaults.find(f"{W}rPrDefault/{RPR}")) is not None:
            self._base = overlay(self._base, rpr)

    def _parsed(self, source: bytes) -> Element:
        return parse_xml(self._opening + source + b"</w:styles>", self._max_objects)[0]

    def _style(self, style_id: str) -> Element | None:
        known = self._elements.get(style_id)
        if known is None and (source := self._sources.pop(style_id, None)) is not None:
            with contextlib.suppress(Refused):  # a damaged style is one that says nothing
                known = self._elements[style_id] = self._parsed(source)
        return known

    def paragraph(self, style_id: str | None) -> Style:
        """The style of a paragraph; the default one where it names none or an unknown one."""
        key = style_id or ""
        if key not in self._sources and key not in self._elements:
            key = self._default
        style = self._paragraphs.get(key)
        if style is None:
            style = self._paragraphs[key] = self._resolved(key)
        return style

    def run(self, base: Look, rpr: Element) -> Look:
        """`base` with a run's own properties, those of its character style first."""
        for child in rpr:
            if child.tag == _RSTYLE:
                for ancestor in self._character(child.get(VAL, "")):
                    base = overlay(base, ancestor)
            break  # the schema puts it first
        return overlay(base, rpr)

    def table_is_shaded(self, style_id: str) -> bool:
        """Whether a table style shades any of its cells: which of them, only Word knows."""
        known = self._tables.get(style_id)
        if known is None:
            shades = (shd for style in self._chain(style_id) for shd in style.iter(SHD))
            known = self._tables[style_id] = any(shading(shd) is not False for shd in shades)
        return known

    def _chain(self, style_id: str) -> list[Element]:
        """The style and its ancestors, the root of the family first; a loop ends it."""
        chain: list[Element] = []
        while len(chain) < 20 and (style := self._style(style_id)) is not None:
            chain.append(style)
            based = style.find(W + "basedOn")
            style_id = "" if based is None else based.get(VAL, "")
        return chain[::-1]

    def _character(self, style_id: str) -> tuple[Element, ...]:
        known = self._characters.get(style_id)
        if known is None:
            properties = (style.find(RPR) for style in self._chain(style_id))
            known = self._characters[style_id] = tuple(rpr for rpr in properties if rpr is not None)
        return known

    def _resolved(self, style_id: str) -> Style:
        look, is_heading, is_list = self._base, False, False
        ground: Ground | bool = False
        for style in self._chain(style_id):
            name = style.find(W + "name")
            words = "" if name is None else name.get(VAL, "").casefold()
            is_heading = is_heading or words.startswith(("heading", "title")) or words.endswith("heading")
            is_list = is_list or words.startswith(("list bullet", "list number"))
            rpr, ppr = style.find(RPR), style.find(PPR)
            look = look if rpr is None else overlay(look, rpr)
            if ppr is not None:
                shd, level, numbering = ppr.find(SHD), ppr.find(W + "outlineLvl"), ppr.find(W + "numPr")
                ground = ground if shd is None else shading(shd)
                is_heading = is_heading or (level is not None and level.get(VAL, "9") < "9")
                is_list = is_list or (numbering is not None and is_numbered(numbering))
        return Style(look, is_heading, is_list, ground)


def _is_default(style: Element) -> bool:
    return style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on")


def is_numbered(numbering: Element) -> bool:
    """Whether a w:numPr gives a number or bullet: id 0 takes an inherited one away."""
    number = numbering.find(W + "numId")
    return number is None or number.get(VAL) != "0"


def leading(element: Element, tag: str) -> Element | None:
    """The properties of an element, which come first where it has any; `find` takes five times as long."""
    for child in element:
        return child if child.tag == tag else None
    return None


def cell_look(cell: Element) -> tuple[Ground | bool, bool]:
    """The shading of a cell (False: none), and whether it is covered by the one above, which it continues."""
    ground: Ground | bool = False
    is_merged_away = False
    properties = leading(cell, W + "tcPr")
    for child in properties if properties is not None else ():
        if child.tag == SHD:
            ground = shading(child)
        elif child.tag == W + "vMerge":
            is_merged_away = child.get(VAL) != "restart"
    return ground, is_merged_away


def page_ground(root: Element) -> Ground:
    """The colour of the page."""
    background = root.find(W + "background")
    if background is None:
        return WHITE
    return colour_of(background.get(W + "color")) or WHITE


def settled(ground: Ground | bool) -> Ground:
    """The colour of a shading that shows something."""
    return ground if isinstance(ground, tuple) else None
