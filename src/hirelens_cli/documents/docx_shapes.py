"""What drawings put behind the text of a Word document, as far as that can be told without laying it out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hirelens_cli.documents.contrast import Ground, colour_of
from hirelens_cli.documents.docx_look import page_ground
from hirelens_cli.documents.package import Element

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
WSP = _WPS + "wsp"
VML_SHAPES = frozenset({V + name for name in ("shape", "rect", "roundrect", "oval")})

_SHAPE_PROPERTIES = _WPS + "spPr"
_PAINTED = (A + "blip", A + "solidFill", A + "gradFill", A + "pattFill")
_BANNER = 2.4e12
"""Square EMU: 3% of a page. A name stands on a banner of at least that size; a logo or a rule is smaller."""
_HAIR, _LEFT_OF_PAGES, _WIDEST_PAGE, _LONGEST_PAGE = 25_000.0, -1_400_000.0, 15_500_000.0, 15_500_000.0
"""EMU (12,700 to the point): two points; further left than a margin is wide; the long side of A3."""
_BEHIND = re.compile(r"z-index:\s{0,3}-")


class Grounds:
    """What lies behind text that stands on no shape, and behind that of a box without a fill.

    A picture or shape behind the text is the ground of some of it, and which, only a layout engine knows: then the ground
    is None, and all of it counts as seen. That is also how white text could slip through, behind a banner.
    """

    def __init__(self, body: Element, margins: Iterable[Element]) -> None:
        roots = [body, *margins]
        self.page: Ground = None if any(map(_has_backdrop, roots)) else page_ground(body)
        painted = any(True for root in roots for _ in root.iter(*_PAINTED, V + "imagedata"))
        self.bare_box: Ground = None if painted else self.page

    def of_shape(self, shape: Element) -> Ground:
        """What lies behind the text of a shape: its fill, or what lies behind the shape where it has none."""
        return self._of_vml(shape) if shape.tag != WSP else self._of_drawing(shape)

    def _of_vml(self, shape: Element) -> Ground:
        if shape.get("filled") in ("f", "false"):
            return self.bare_box
        if shape.find(V + "fill") is not None:
            return None
        words = shape.get("fillcolor", "#ffffff").split()
        return colour_of(words[0].lstrip("#")) if words else None

    def _of_drawing(self, shape: Element) -> Ground:
        properties = shape.find(_SHAPE_PROPERTIES)
        if properties is None:
            return None
        solid = properties.find(A + "solidFill")
        if solid is not None:
            named = solid.find(A + "srgbClr")
            return None if named is None else colour_of(named.get("val"))
        return self.bare_box if properties.find(A + "noFill") is not None else None


def _has_backdrop(root: Element) -> bool:
    """Whether a painted shape or picture of some size lies behind the text."""
    for anchor in root.iter(WP + "anchor"):
        if (
            anchor.get("behindDoc") in ("1", "true")
            and _area(anchor) >= _BANNER
            and any(True for _ in anchor.iter(*_PAINTED))
        ):
            return True
    for shape in root.iter(*sorted(VML_SHAPES)):
        if _BEHIND.search(shape.get("style", "")) and shape.get("filled") not in ("f", "false"):
            return True
    return False


def is_out_of_sight(anchor: Element) -> bool:
    """Whether a drawing is thinner than a hair or lies beside every page.

    Heights are relative to a paragraph that may stand anywhere on its page, so they tell only beyond a page's length.
    """
    width, height = _extent(anchor)
    if width < _HAIR or height < _HAIR:
        return True
    across, down = (_offset(anchor, name) for name in ("positionH", "positionV"))
    return across + width < _LEFT_OF_PAGES or across > _WIDEST_PAGE or abs(down) > _LONGEST_PAGE


def _offset(anchor: Element, name: str) -> float:
    """How far a drawing is moved from the column, margin or page; 0 where it is aligned or moved from elsewhere."""
    position = anchor.find(WP + name)
    if position is None or position.get("relativeFrom") not in ("column", "margin", "page", "paragraph", "line"):
        return 0.0
    return _emu(position.findtext(WP + "posOffset"), 0.0)


def _area(anchor: Element) -> float:
    width, height = _extent(anchor)
    return width * height


def _extent(anchor: Element) -> tuple[float, float]:
    """Width and height; those of a banner where they are not said."""
    extent = anchor.find(WP + "extent")
    if extent is None:
        return _BANNER**0.5, _BANNER**0.5
    return _emu(extent.get("cx"), 0.0), _emu(extent.get("cy"), 0.0)


def _emu(value: str | None, default: float) -> float:
    try:
        return float(value) if value else default
    except ValueError:
        return default
