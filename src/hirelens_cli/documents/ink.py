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
Words off the page, under TINY points or squeezed upon one another are found always. Neither finds text of visible colour that lies exactly over or
under other visible text, nor words beyond European letters whose font is not in the file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from hirelens_cli.documents.boxes import Area, Box
from hirelens_cli.documents.clean import clean
from hirelens_cli.documents.layout import union
from hirelens_cli.documents.pdfium import FORM, IMAGE, PATH, SHADING, Page

SAMPLE = 24
"""One character in so many is looked at, and the last of each line."""
TINY = 2.2
"""Points below which print cannot be read."""
CONTRAST = 12
"""Grey levels of 255 between the lightest and the darkest pixel of a word's box, below which it is not seen."""
HIDDEN_WORDS = 3
"""Different hidden words from which a document is flagged; page numbers cut off by a printer's margin are fewer."""

_NOWHERE = (0.0, 0.0, 0.0, 0.0)
"""The box of a character of which pdfium knows no place."""
_FEW = 3
_CROWDED = 0.08
"""Room for each of at least _FEW characters of a line, as a share of its height, below which it cannot be read."""
_PAPER = 255
_CLOSE = 65
"""Difference in luminance, of 255, below which text may not stand out from its ground."""
_LIGHT = _PAPER - _CLOSE
_MOST_PIXELS = 4_000_000
_BEYOND_EUROPE = "\u0530"
_LEAST_BAND = 100
_MOST_BANDS = 100
"""Pages larger than _MOST_PIXELS square points are rendered in bands of at least _LEAST_BAND points; posters end there."""
_MANY = 60
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
    """Words off the page, too small to read, or squeezed, in the lines of which an end is."""
    found: list[Span] = []
    for (start, end), (first, last) in zip(lines, ends, strict=True):
        if _is_squeezed(end - start, first, last):
            found += [
                (a, b)
                for a, b in _words(page.text, [(start, end)])
                if _is_squeezed(b - a, page.box(a), page.box(b - 1))
            ]
        elif _is_misplaced(page, start, first) or _is_misplaced(page, end - 1, last):
            found += [
                (a, b)
                for a, b in _words(page.text, [(start, end)])
                if _is_misplaced(page, a, page.box(a)) and _is_misplaced(page, b - 1, page.box(b - 1))
            ]
    return found


def _is_squeezed(count: int, first: Box, last: Box) -> bool:
    """Whether so many characters stand in so little room that they lie upon one another."""
    room = max(abs(last[0] - first[0]), abs(last[1] - first[1]))
    return count >= _FEW and room < _CROWDED * count * (first[3] - first[1])


def _is_misplaced(page: Page, at: int, box: Box) -> bool:
    x0, top, x1, bottom = box
    if bottom - top < 2 * TINY and x1 - x0 < 2 * TINY:
        return box != _NOWHERE and page.size(at) < TINY
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
    colours = {handle: page.luminance(handle) for _, handle in samples}
    if not areas:
        return any(colour >= _LIGHT for colour in colours.values())
    order = dict(zip(handles, indexes, strict=True))
    between = _ENDS if skipped else -1  # unknown: among those skipped, or inside a form
    return any(
        _may_hide(areas, page.char_centre(at), order.get(handle, between), colours[handle]) for at, handle in samples
    )


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
    words = [(span, union(page.box(span[0]), page.box(span[1] - 1))) for span in _words(page.text, lines)]
    found = []
    band = max(_LEAST_BAND, _MOST_PIXELS // max(1, math.ceil(page.width)))
    for first in range(0, min(math.ceil(page.height), _MOST_BANDS * band), band):
        here = [(span, box) for span, box in words if first <= box[1] < first + band or box[1] < 0 == first]
        if here:
            pixels, width = page.grey(first, min(math.ceil(page.height), first + band + _LEAST_BAND))
            found += [span for span, box in here if span not in known and not _has_ink(pixels, width, first, box)]
    return [span for span in found if _is_drawable(page, span)]


def _is_drawable(page: Page, span: Span) -> bool:
    """Whether pdfium can draw the word anywhere: it brings fonts for European letters, others must be in the file."""
    return page.has_font(span[0]) or all(char < _BEYOND_EUROPE for char in page.text[span[0] : span[1]])


def _has_ink(pixels: bytes, width: int, first: int, box: Box) -> bool:
    """Whether `box` shows contrast on a picture of a page, one byte a point, whose first row is `first` points down."""
    left, right = max(0, math.floor(box[0])), min(width, math.ceil(box[2]))
    top = max(0, math.floor(box[1]) - first)
    bottom = min(len(pixels) // max(1, width), math.ceil(box[3]) - first)
    if left >= right or top >= bottom:
        return False
    low, high = _PAPER, 0
    for y in ((top + bottom) // 2, *range(top, bottom)):  # the middle of a word nearly always tells
        row = pixels[y * width + left : y * width + right]
        low, high = min(low, min(row)), max(high, max(row))
        if high - low >= CONTRAST:
            return True
    return False
