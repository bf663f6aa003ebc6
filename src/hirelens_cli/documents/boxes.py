"""Rectangles on a page, and what fills them."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, origin top left of the page as displayed, unless something else is said."""


@dataclass(frozen=True, slots=True)
class Area:
    """An image, a shading, a form or a filled path on a page."""

    kind: int
    bounds: Box
    """left, bottom, right, top in the page's own coordinates."""
    luminance: int = 0
    """Of a path's fill colour, 0 to 255."""
    plain: bool = False
    """A path that fills all of its bounds."""


def share_inside(box: Box, clip: Box) -> float:
    """Share of `box` that lies in `clip`, along the side of which least is left."""
    wide, high = box[2] - box[0], box[3] - box[1]
    across = min(box[2], clip[2]) - max(box[0], clip[0])
    down = min(box[3], clip[3]) - max(box[1], clip[1])
    return min(across / wide if wide > 0 else 1.0, down / high if high > 0 else 1.0)


def intersection(a: Box, b: Box) -> Box:
    """What two boxes share, in coordinates that grow to the right and upwards; empty where x0 > x1 or y0 > y1."""
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
