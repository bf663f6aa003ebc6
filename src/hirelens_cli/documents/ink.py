"""Hidden text: words that a person who looks at the page cannot see.

The test is ink: the page is rendered, and a word whose box shows no contrast is not seen, whatever the trick (white on
white, rendering mode 3, alpha 0, behind an image, clipped, a hidden layer). Rendering costs about as much as reading,
so that with `forensics = auto` only those lines of a page are rendered for which a sign asks, and the rest of it where
they do hide something; the signs look at one character in SAMPLE and at what lies over or under it:

- the fill colour is close to that of the ground: white paper, or the last filled rectangle under the text;
- the text is see-through, masked or blended, not filled, in an optional layer, or cut off in part;
- something is painted over it, or an image or a shading is under it.

`auto` misses hidden words of fewer than SAMPLE characters between visible words of their own line, grounds whose shape
is no rectangle, and on pages of more than painted.MOST_LISTED objects what is painted over text in between; `all` finds
these. Words off the page, under TINY points or squeezed upon one another are found always. Neither finds text of visible
colour that lies exactly over or under other visible text, nor words beyond European letters whose font is not in the file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import compress, repeat
from operator import ne

from hirelens_cli.documents.boxes import Area, Box
from hirelens_cli.documents.clean import clean
from hirelens_cli.documents.layout import union
from hirelens_cli.documents.painted import Painted
from hirelens_cli.documents.pdfium import Page
from hirelens_cli.documents.pdfium_calls import IMAGE, PATH, SHADING, TEXT

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
_LEAST_PART = 100
_MOST_PARTS = 100
"""Posters of more than _MOST_PIXELS square points are rendered in so many parts, at least _LEAST_PART points high."""
_MANY = 60
"""Large painted areas from which rendering is cheaper than comparing."""
_LARGE = 40.0
"""Square points from which an area can hide a word."""
_ENDS = 200
"""Of more objects than painted.MOST_LISTED only the first and the last so many are looked at."""
_WORD = re.compile(r"\S+")
_ALNUM = re.compile(r"[^\W_]")
_TOKEN = re.compile(r"[^\W_]+")

Span = tuple[int, int]
Pixels = tuple[int, int, int, int]
"""left, top, right, bottom on the rendered page, the ends left out."""


def hidden_words(page: Page, lines: Sequence[Span], ends: Sequence[tuple[Box, Box]], forensics: str) -> list[Span]:
    """Spans of the page's text that a person cannot see, in order, word by word.

    `lines` are the spans of its lines and `ends` the boxes of the first and last character of each; `forensics` is one
    of auto, all, off.
    """
    found = _misplaced(page, lines, ends)
    if forensics == "off":
        return found
    doubtful = doubtful_lines(page, lines) if forensics == "auto" else lines
    inkless = _inkless(page, doubtful, set(found))
    if inkless and len(doubtful) < len(lines):  # where words are hidden there may be more of them
        inkless = _inkless(page, lines, set(found))
    return sorted({*found, *inkless}) if inkless else found


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


def doubtful_lines(page: Page, lines: Sequence[Span]) -> list[Span]:
    """The lines for which a cheap sign says that they may hide text, in order."""
    places = [
        (number, at) for number, (start, end) in enumerate(lines) for at in (*range(start, end - 1, SAMPLE), end - 1)
    ]
    handles = page.char_objects([at for _, at in places])
    samples = [(*place, handle) for place, handle in zip(places, handles, strict=True) if handle]
    odd = set(filter(page.painted.is_odd, {*handles} - {0}))
    doubtful = {number for number, _, handle in samples if handle in odd}
    doubtful |= _lost(page, [sample for sample in samples if sample[0] not in doubtful])
    return [lines[number] for number in sorted(doubtful)]


def _lost(page: Page, samples: Sequence[tuple[int, int, int]]) -> set[int]:
    """The lines of which some text may be lost in what is painted over it or under it.

    `samples` are numbers of lines, offsets of characters in them, and the objects that paint these.
    """
    places, handles, kinds = _listed(page.painted)
    areas = _areas(page.painted, places, handles, kinds)
    if len(areas) > _MANY:
        return {number for number, _, _ in samples}
    colours = {handle: page.painted.luminance(handle) for handle in {handle for _, _, handle in samples}}
    if not areas:
        return {number for number, _, handle in samples if colours[handle] >= _LIGHT}
    order = dict(zip(handles, places, strict=True))
    between = -1 if page.painted.all else _ENDS  # unknown: inside a form, or among those that are passed over
    return {
        number
        for number, at, handle in samples
        if _may_hide(areas, page.char_centre(at), order.get(handle, between), colours[handle])
    }


def _listed(painted: Painted) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    """Places in the order of painting, handles and types of the objects that are looked at."""
    if painted.all:
        return range(painted.count), *painted.all
    places = [*range(_ENDS), *range(painted.count - _ENDS, painted.count)]
    handles = painted.handles(places)
    return places, handles, painted.kinds(handles)


def _areas(
    painted: Painted, places: Sequence[int], handles: Sequence[int], kinds: Sequence[int]
) -> list[tuple[int, Area]]:
    """The areas among some objects that are large enough to hide a word, with their places."""
    areas = []
    for at in compress(range(len(kinds)), map(ne, kinds, repeat(TEXT))):
        area = painted.area(handles[at], kinds[at])
        if area and _is_large(area):
            areas.append((places[at], area))
    return areas


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
    """Words, beside the `known` ones, whose box shows no contrast on the rendered page."""
    words = [(span, _pixels(page, span)) for span in _words(page.text, lines) if span not in known]
    found = [span for span, box in words if not _is_some(box)]
    for part in _parts([(span, box) for span, box in words if _is_some(box)]):
        bounds = reduce(_around, (box for _, box in part))
        picture = page.grey(*bounds)
        found += [span for span, box in part if not _has_ink(picture, bounds, box)]
    return [span for span in sorted(found) if _is_drawable(page, span)]


def _pixels(page: Page, span: Span) -> Pixels:
    """Where a word stands on the page when each point is a pixel; empty where it is beside the page."""
    x0, top, x1, bottom = union(page.box(span[0]), page.box(span[1] - 1))
    left, right = max(0, math.floor(x0)), min(math.ceil(page.width), math.ceil(x1))
    first, end = max(0, math.floor(top)), min(math.ceil(page.height), math.ceil(bottom))
    return left, first, right, min(end, first + max(_LEAST_PART, _MOST_PIXELS // max(1, right - left)))


def _is_some(box: Pixels) -> bool:
    return box[0] < box[2] and box[1] < box[3]


def _around(a: Pixels, b: Pixels) -> Pixels:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _parts(words: Iterable[tuple[Span, Pixels]]) -> list[list[tuple[Span, Pixels]]]:
    """The words in groups that are rendered at once, from the top of the page down, the first _MOST_PARTS."""
    parts: list[list[tuple[Span, Pixels]]] = []
    around = (0, 0, 0, 0)
    for word in sorted(words, key=lambda word: word[1][1]):
        left, top, right, bottom = wider = _around(around, word[1])
        if parts and (right - left) * (bottom - top) <= _MOST_PIXELS:
            parts[-1].append(word)
            around = wider
        else:
            parts.append([word])
            around = word[1]
    return parts[:_MOST_PARTS]


def _is_drawable(page: Page, span: Span) -> bool:
    """Whether pdfium can draw the word anywhere: it brings fonts for European letters, others must be in the file."""
    return page.has_font(span[0]) or all(char < _BEYOND_EUROPE for char in page.text[span[0] : span[1]])


def _has_ink(picture: bytes, bounds: Pixels, box: Pixels) -> bool:
    """Whether `box` shows contrast on a picture of the part of a page within `bounds`, one byte a pixel."""
    if not picture:  # there was no memory for one
        return True
    width, left, right = bounds[2] - bounds[0], box[0] - bounds[0], box[2] - bounds[0]
    top, bottom = box[1] - bounds[1], box[3] - bounds[1]
    low, high = _PAPER, 0
    for y in ((top + bottom) // 2, *range(top, bottom)):  # the middle of a word nearly always tells
        row = picture[y * width + left : y * width + right]
        low, high = min(low, min(row)), max(high, max(row))
        if high - low >= CONTRAST:
            return True
    return False
