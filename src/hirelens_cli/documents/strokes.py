"""The straight strokes of a PDF page, level and upright, and whether they make a grid."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hirelens_cli.documents.boxes import Box
from hirelens_cli.documents.painted import Painted
from hirelens_cli.documents.pdfium import Page
from hirelens_cli.documents.pdfium_calls import FLOAT as _F
from hirelens_cli.documents.pdfium_calls import HANDLE as _H
from hirelens_cli.documents.pdfium_calls import INT as _I
from hirelens_cli.documents.pdfium_calls import PATH, prototype

_path_mode = prototype("FPDFPath_GetDrawMode", _I, _H, _H, _H)
_path_segments = prototype("FPDFPath_CountSegments", _I, _H)
_path_segment = prototype("FPDFPath_GetPathSegment", _H, _H, _I)
_segment_kind = prototype("FPDFPathSegment_GetType", _I, _H)
_segment_closes = prototype("FPDFPathSegment_GetClose", _I, _H)
_segment_point = prototype("FPDFPathSegment_GetPoint", _I, _H, _H, _H)
_matrix = prototype("FPDFPageObj_GetMatrix", _I, _H, _H)

_LINE, _CURVE, _MOVE = 0, 1, 2
_MOST_OBJECTS = 10_000
"""Objects of a page that are looked at; forms are not looked into."""
_STEP = 5
"""Of very many objects only one in so many is looked at, until one of them is in a run of paths: some programs paint
every letter as an object of its own, and looking at one costs a third of a microsecond."""
_RUN = 3
"""Paths painted one after the other, as the strokes of a table are."""
_MOST_SEGMENTS = 3000
"""Segments of paths that are looked at on one page."""
_MOST_MEETINGS = 20_000
"""Places at which strokes could meet; charts have more, tables of resumes have not."""
_THIN = 3.0
_LEVEL_LEAST, _UPRIGHT_LEAST = 8.0, 5.0
"""Points: how thick a stroke may be, and how long it must be. The sides of a row in small print are 8 points long."""
NEAR = 3.0
"""Points between strokes that count as one, or as meeting."""
_MOST_SLANT = 0.5

Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight stroke, level or upright, in points from the top left of the page as displayed."""

    upright: bool
    at: float
    """How far to the right an upright one stands, how far down a level one lies."""
    start: float
    end: float


def strokes(page: Page) -> list[Stroke]:
    """The strokes of a page, in the order of painting: lines, the sides of outlined shapes, thin filled rectangles."""
    found: list[Stroke] = []
    left = _MOST_SEGMENTS
    for path in _paths(page.painted):
        bounds = page.painted.bounds(path)
        wide, high = bounds[2] - bounds[0], bounds[3] - bounds[1]
        if min(wide, high) > _THIN and left > 0:
            count = min(left, _path_segments(path))
            left -= count
            found += _sides(page, path, count)
        else:
            found += _stroke(page.shown(*bounds))
    return found


def _paths(painted: Painted) -> list[int]:
    listed = painted.all
    if listed is None:
        count = min(painted.count, _MOST_OBJECTS)
        if not any(_is_in_run(painted, at, count) for at in _probed(painted, count)):
            return []
        handles = painted.handles(range(count))
        listed = handles, painted.kinds(handles)
    return [handle for handle, kind in zip(*listed, strict=True) if kind == PATH]


def _probed(painted: Painted, count: int) -> list[int]:
    """Places of paths among one object in _STEP."""
    places = range(0, count, _STEP)
    return [at for at, kind in zip(places, painted.kinds(painted.handles(places)), strict=True) if kind == PATH]


def _is_in_run(painted: Painted, at: int, count: int) -> bool:
    around = painted.kinds(painted.handles(range(max(0, at - _RUN + 1), min(count, at + _RUN))))
    return any(around[first : first + _RUN] == [PATH] * _RUN for first in range(len(around) - _RUN + 1))


def _stroke(box: Box) -> Iterator[Stroke]:
    x0, top, x1, bottom = box
    if bottom - top <= _THIN and x1 - x0 >= _LEVEL_LEAST:
        yield Stroke(False, (top + bottom) / 2, x0, x1)
    elif x1 - x0 <= _THIN and bottom - top >= _UPRIGHT_LEAST:
        yield Stroke(True, (x0 + x1) / 2, top, bottom)


def _sides(page: Page, path: int, count: int) -> Iterator[Stroke]:
    """Of a path with an extent both ways: the sides of what it outlines, the thin rectangles that it fills."""
    modes = (ctypes.c_int * 2)()
    if not _path_mode(path, ctypes.addressof(modes), ctypes.addressof(modes) + 4):
        return
    is_outlined = modes[1] != 0
    if not is_outlined and (count <= 5 or _is_drawing(path, count)):  # a filled ground, or an icon
        return
    for points in _figures(path, count):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
            yield from _stroke(page.shown(min(xs), min(ys), max(xs), max(ys)))
        elif is_outlined:
            for (x, y), (to_x, to_y) in pairwise(points):
                if min(abs(x - to_x), abs(y - to_y)) <= _MOST_SLANT:
                    yield from _stroke(page.shown(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)))


def _is_drawing(path: int, count: int) -> bool:
    """Whether one of the first segments of a path is a curve."""
    return any(_segment_kind(_path_segment(path, index)) == _CURVE for index in range(min(8, count)))


def _figures(path: int, count: int) -> Iterator[Points]:
    """The corners of each figure of a path in the page's own coordinates; curves end a figure."""
    floats = (_F * 6)()
    at = ctypes.addressof(floats)
    if not _matrix(path, at):
        return
    a, b, c, d, e, f = floats
    points: Points = []
    for index in range(count):
        segment = _path_segment(path, index)
        kind = _segment_kind(segment) if segment else -1
        if kind != _LINE and points:
            yield points
            points = []
        if segment and kind in (_LINE, _MOVE) and _segment_point(segment, at, at + 4):
            x, y = floats[0], floats[1]
            points.append((a * x + c * y + e, b * x + d * y + f))
            if points and _segment_closes(segment):
                points.append(points[0])
    if points:
        yield points


def is_grid(found: Sequence[Stroke]) -> bool:
    """Whether strokes meet as those of two rows of two cells do: three level places that meet three upright ones each."""
    level, upright = (_places([stroke for stroke in found if stroke.upright is side]) for side in (False, True))
    if min(len(level), len(upright)) < 3 or len(level) * len(upright) > _MOST_MEETINGS:
        return False
    crossed = 0
    for across in level:
        met = 0
        for down in upright:
            met += _reaches(across, down[0].at) and _reaches(down, across[0].at)
            if met == 3:
                crossed += 1
                break
    return crossed >= 3


def _places(found: list[Stroke]) -> list[list[Stroke]]:
    """Strokes that lie on one line."""
    places: list[list[Stroke]] = []
    for stroke in sorted(found, key=lambda stroke: stroke.at):
        if places and stroke.at - places[-1][-1].at <= NEAR:
            places[-1].append(stroke)
        else:
            places.append([stroke])
    return places


def _reaches(pieces: Sequence[Stroke], place: float) -> bool:
    return any(piece.start - NEAR <= place <= piece.end + NEAR for piece in pieces)
