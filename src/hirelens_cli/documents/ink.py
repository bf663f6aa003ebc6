"""Hidden text: words that a person who looks at the page cannot see.

The test is ink: the page is rendered, and a word whose box shows no contrast is not seen, whatever the trick (white on
white, rendering mode 3, alpha 0, behind an image, clipped, a hidden layer). Rendering costs about as much as reading,
so that with `forensics = auto` a page is rendered only where a sign asks for it; the signs look at one character in
SAMPLE and at what lies over or under it:

- the fill colour is close to that of the ground: white paper, or the last filled rectangle under the text;
- the text is see-through, masked or blended, not filled, in an optional layer, or cut off in part;
- something is painted over it, or an image or a shading is under it.

`auto` misses hidden words of fewer than SAMPLE characters between visible words of their own line, grounds whose shape
is no rectangle, and on pages of more than _MANY_OBJECTS objects what is painted over text in between; `all` finds these.
Words off the page or under TINY points are found always. Neither finds text of visible colour that lies exactly over or
under other visible text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from hirelens_cli.documents.clean import clean
from hirelens_cli.documents.layout import union
from hirelens_cli.documents.pdfium import FORM, IMAGE, PATH, SHADING, Area, Box, Page

SAMPLE = 24
"""One character in so many is looked at, and the last of each line."""
TINY = 2.2
"""Points below which print cannot be read."""
CONTRAST = 12
"""Grey levels of 255 between the lightest and the darkest pixel of a word's box, below which it is not seen."""
HIDDEN_WORDS = 3
"""Different hidden words from which a document is flagged; page numbers cut off by a printer's margin are fewer."""

_PAPER = 255
_CLOSE = 65
"""Difference in luminance, of 255, below which text may not stand out from its ground."""
_LIGHT = _PAPER - _CLOSE
_MOST_PIXELS = 4_000_000
_LEAST_SCALE = 0.4
_MANY = 150
"""Large painted areas from which rendering is cheaper than comparing."""
_LARGE = 40.0
"""Square points from which an area can hide a word."""
_MANY_OBJECTS = 1000
"""Objects up to which all of a page are looked at; of more, only the first and the last _ENDS."""
_ENDS = 200
_WORD = re.compile(r"\S+")
_ALNUM = re.compile(r"[^\W_]")
_TOKEN = re.compile(r"[^\W_]+")

Span = tuple[int, int]


def hidden_words(page: Page, lines: Sequence[Span], ends: Sequence[tuple[Box, Box]], forensics: str) -> list[Span]:
    """Spans of the page's text that a person cannot see, in order, word by word.

    `lines` are the spans of its lines and `ends` the boxes of the first and last character of each; `forensics` is one
    of auto, all, off.
    """
    found = _misplaced(page, lines, ends)
    if forensics == "all" or (forensics == "auto" and asks_for_ink(page, lines)):
        found = sorted({*found, *_inkless(page, lines, set(found))})
    return found


def unseen_words(hidden: Iterable[str], text: str) -> tuple[str, ...]:
    """The words of `hidden` that stand nowhere in the visible `text`, clean, in order."""
    words = [word for piece in hidden for word in clean(piece).split() if len(_ALNUM.findall(word)) > 1]
    if not words:
        return ()
    seen = set(_TOKEN.findall(text.casefold()))
    return tuple(word for word in words if not seen.issuperset(_TOKEN.findall(word.casefold())))


def _words(text: str, lines: Iterable[Span]) -> list[Span]:
    return [match.span() for start, end in lines for match in _WORD.finditer(text, start, end)]


def _misplaced(page: Page, lines: Sequence[Span], ends: Sequence[tuple[Box, Box]]) -> list[Span]:
    """Words off the page or too small to read, in the lines of which an end is."""
    suspects = [
        span
        for span, (first, last) in zip(lines, ends, strict=True)
        if _is_misplaced(page, span[0], first) or _is_misplaced(page, span[1] - 1, last)
    ]
    return [
        (start, end)
        for start, end in _words(page.text, suspects)
        if _is_misplaced(page, start, page.box(start)) and _is_misplaced(page, end - 1, page.box(end - 1))
    ]


def _is_misplaced(page: Page, at: int, box: Box) -> bool:
    x0, top, x1, bottom = box
    if bottom - top < 2 * TINY and x1 - x0 < 2 * TINY and (x0 != x1 or top != bottom):
        return page.size(at) < TINY
    return x1 <= 0 or bottom <= 0 or x0 >= page.width or top >= page.height


def asks_for_ink(page: Page, lines: Sequence[Span]) -> bool:
    """Whether a cheap sign says that the page may hide text."""
    samples = []
    for start, end in lines:
        for at in (*range(start, end - 1, SAMPLE), end - 1):
            handle = page.char_object(at)
            if handle:
                samples.append((at, handle))
    return any(map(page.is_odd, {handle for _, handle in samples})) or _is_lost(page, samples)


def _is_lost(page: Page, samples: Sequence[tuple[int, int]]) -> bool:
    """Whether some text may be lost in what is painted over it or under it.

    `samples` are offsets of characters and the objects that paint them.
    """
    count = page.object_count
    skipped = count > _MANY_OBJECTS
    indexes = [*range(_ENDS), *range(count - _ENDS, count)] if skipped else range(count)
    handles = page.objects(indexes)
    areas = []
    for index, handle, kind in zip(indexes, handles, page.kinds(handles), strict=True):
        if kind in (PATH, IMAGE, SHADING, FORM):
            area = page.area(handle, kind)
            if area and _is_large(area):
                areas.append((index, area))
    if len(areas) > _MANY:
        return True
    order = dict(zip(handles, indexes, strict=True)) if areas else {}
    between = _ENDS if skipped else -1  # unknown: among those skipped, or inside a form
    for at, handle in samples:
        colour = page.luminance(handle)
        if (areas or colour >= _LIGHT) and _may_hide(areas, page.char_centre(at), order.get(handle, between), colour):
            return True
    return False


def _may_hide(areas: Sequence[tuple[int, Area]], point: tuple[float, float], painted: int, colour: int) -> bool:
    """Whether text of this colour, painted at `point` as the object `painted`, may not stand out."""
    x, y = point
    ground = _PAPER
    for index, area in areas:
        left, bottom, right, top = area.bounds
        if not (left <= x <= right and bottom <= y <= top):
            continue
        if index > painted or area.kind in (IMAGE, SHADING):
            return True
        if area.kind == PATH and (area.plain or abs(area.luminance - colour) < _CLOSE):
            ground = area.luminance
    return abs(ground - colour) < _CLOSE


def _is_large(area: Area) -> bool:
    wide, high = area.bounds[2] - area.bounds[0], area.bounds[3] - area.bounds[1]
    return wide * high >= _LARGE and min(wide, high) > TINY


def _inkless(page: Page, lines: Sequence[Span], known: set[Span]) -> list[Span]:
    """Words whose box shows no contrast on the rendered page."""
    scale = min(1.0, math.sqrt(_MOST_PIXELS / max(1.0, page.width * page.height)))
    if scale < _LEAST_SCALE:
        return []
    pixels, width = page.grey(scale)
    if not width:
        return []
    height = len(pixels) // width
    return [
        (start, end)
        for start, end in _words(page.text, lines)
        if (start, end) not in known and not _has_ink(pixels, width, height, _area(page, start, end), scale)
    ]


def _area(page: Page, start: int, end: int) -> Box:
    return union(page.box(start), page.box(end - 1))


def _has_ink(pixels: bytes, width: int, height: int, box: Box, scale: float) -> bool:
    left, right = max(0, math.floor(box[0] * scale)), min(width, math.ceil(box[2] * scale))
    top, bottom = max(0, math.floor(box[1] * scale)), min(height, math.ceil(box[3] * scale))
    if left >= right or top >= bottom:
        return False
    middle = (top + bottom) // 2
    row = pixels[middle * width + left : middle * width + right]
    low, high = min(row), max(row)
    if high - low >= CONTRAST:
        return True
    for y in range(top, bottom):
        row = pixels[y * width + left : y * width + right]
        low, high = min(low, min(row)), max(high, max(row))
        if high - low >= CONTRAST:
            return True
    return False
