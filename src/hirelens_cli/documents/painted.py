"""What a PDF page paints, object by object in the order of painting: kinds, bounds, fills, and what may leave nothing to see."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import repeat
from typing import Any

from hirelens_cli.documents.boxes import Area, Box, intersection, share_inside
from hirelens_cli.documents.pdfium_calls import FORM, HANDLE, IMAGE, INT, PATH, bare, prototype, reference

_count = bare("FPDFPage_CountObjects", INT)
_object = bare("FPDFPage_GetObject", HANDLE)
_kind = prototype("FPDFPageObj_GetType", INT, HANDLE)
_bounds = bare("FPDFPageObj_GetBounds", INT)
_fill = bare("FPDFPageObj_GetFillColor", INT)
_is_transparent = bare("FPDFPageObj_HasTransparency", INT)
_clip = bare("FPDFPageObj_GetClipPath", HANDLE)
_marks = bare("FPDFPageObj_CountMarks", INT)
_mark = bare("FPDFPageObj_GetMark", HANDLE)
_mark_name = prototype("FPDFPageObjMark_GetName", INT, HANDLE, HANDLE, ctypes.c_ulong, HANDLE)
_text_mode = bare("FPDFTextObj_GetTextRenderMode", INT)
_path_mode = prototype("FPDFPath_GetDrawMode", INT, HANDLE, HANDLE, HANDLE)
_path_segments = prototype("FPDFPath_CountSegments", INT, HANDLE)
_clip_paths = bare("FPDFClipPath_CountPaths", INT)
_clip_segments = bare("FPDFClipPath_CountPathSegments", INT)
_clip_segment = bare("FPDFClipPath_GetPathSegment", HANDLE)
_segment_point = prototype("FPDFPathSegment_GetPoint", INT, HANDLE, HANDLE, HANDLE)
_form_count = bare("FPDFFormObj_CountObjects", INT)
_form_object = prototype("FPDFFormObj_GetObject", HANDLE, HANDLE, ctypes.c_ulong)

_FILLED = (0, 2)
_RECTANGLE = (4, 5)
_UNCUT = 0.8
"""Share of a text that its clip must leave; the boxes of slanted and swash letters pass it a little anyway."""
_OPTIONAL = "OC\0".encode("utf-16-le")
_four_floats: Callable[[Any], Box] = struct.Struct("4f").unpack_from
_four_numbers: Callable[[Any], tuple[int, int, int, int]] = struct.Struct("4I").unpack_from
MOST_LISTED = 1000
"""Objects up to which all of a page are listed; some programs paint every letter as one."""


class Painted:
    """The objects of one page; a form counts once. Valid while the page is."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.count: int = max(0, int(_count(page)))
        self._floats = (ctypes.c_float * 4)()
        self._sides = [ctypes.byref(self._floats, 4 * at) for at in range(4)]
        self._numbers = (ctypes.c_uint * 4)()
        self._channels = [ctypes.byref(self._numbers, 4 * at) for at in range(4)]
        self._name = ctypes.create_string_buffer(16)
        self._clips: dict[tuple[int, int], Box | None] = {}
        self._layers: dict[int | None, bool] = {}

    def handles(self, places: Iterable[int]) -> list[int]:
        """Handles of the objects at these places in the order of painting."""
        return list(map(_object, repeat(self._page), places))

    def kinds(self, handles: Sequence[int]) -> list[int]:
        """Type of each object."""
        return list(map(_kind, handles))

    @cached_property
    def all(self) -> tuple[Sequence[int], Sequence[int]] | None:
        """Handle and type of every object; None where they are more than MOST_LISTED."""
        if self.count > MOST_LISTED:
            return None
        handles = self.handles(range(self.count))
        return handles, self.kinds(handles)

    def images(self, limit: int) -> Iterator[float]:
        """Square points that each image covers, for the first `limit` objects, forms looked into."""
        stack = self.handles(range(min(limit, self.count) - 1, -1, -1))
        seen = 0
        while stack and seen < limit:
            item = stack.pop()
            seen += 1
            kind = _kind(item) if item else 0
            if kind == IMAGE:
                left, bottom, right, top = self.bounds(item)
                yield abs((right - left) * (top - bottom))
            elif kind == FORM:
                count = max(0, _form_count(reference(item)))
                stack.extend(_form_object(item, index) for index in range(min(limit, count)))

    def bounds(self, item: int) -> Box:
        """left, bottom, right, top of an object in the coordinates of what holds it."""
        _bounds(reference(item), *self._sides)
        return _four_floats(self._floats)

    def luminance(self, item: int) -> int:
        """Of an object's fill colour, 0 black to 255 white (Rec. 601); 255 where it has no plain one."""
        if not _fill(reference(item), *self._channels):
            return 255
        red, green, blue, _ = _four_numbers(self._numbers)
        return (299 * red + 587 * green + 114 * blue) // 1000

    def area(self, item: int, kind: int) -> Area | None:
        """Box and fill of a painted area; None for a path that is not filled."""
        if kind != PATH:
            return Area(kind, self.bounds(item))
        at = ctypes.addressof(self._numbers)
        if not _path_mode(item, at, at + 4) or self._numbers[0] == 0:
            return None
        handle = reference(item)
        plain = not _is_transparent(handle) and _path_segments(item) in _RECTANGLE and self._is_uncut(handle, 0.98)
        return Area(kind, self.bounds(item), self.luminance(item), plain)

    def is_odd(self, item: int) -> bool:
        """Whether a text object is painted in a way that may leave nothing to see.

        That is: see-through, blended or masked; not filled; in a layer; or with a part of it cut off by its clip.
        """
        handle = reference(item)
        if _text_mode(handle) not in _FILLED or _is_transparent(handle):
            return True
        marks = _marks(handle)
        if marks > 0 and any(self._is_layer(_mark(handle, at)) for at in range(min(8, marks))):
            return True
        return not self._is_uncut(handle, _UNCUT)

    def _is_layer(self, mark: int | None) -> bool:
        """Whether a mark of an object, which others may share, says that a layer holds it."""
        if mark not in self._layers:
            length = ctypes.byref(self._numbers)
            named = bool(mark) and _mark_name(mark, self._name, 16, length)
            self._layers[mark] = named and self._name.raw[:6] == _OPTIONAL
        return self._layers[mark]

    def _is_uncut(self, handle: Any, least: float) -> bool:
        """Whether at least this share of an object, given by reference, lies within its clip."""
        clip = self._clip(handle)
        if clip is None:
            return True
        _bounds(handle, *self._sides)
        box = _four_floats(self._floats)
        is_inside = clip[0] <= box[0] and clip[1] <= box[1] and box[2] <= clip[2] and box[3] <= clip[3]
        return is_inside or share_inside(box, clip) >= least

    def _clip(self, handle: Any) -> Box | None:
        """Bounds of the intersection of the clip paths of an object, given by reference."""
        clip = _clip(handle)
        if not clip:
            return None
        paths = reference(clip)
        count = _clip_paths(paths)
        if count <= 0:
            return None
        # Objects painted under one clip share its points in memory, so that each clip is measured once.
        key = (count, _clip_segment(paths, count - 1, 0) or 0)
        if key not in self._clips:
            self._clips[key] = self._measured(paths, count)
        return self._clips[key]

    def _measured(self, clip: Any, count: int) -> Box | None:
        floats, at = self._floats, ctypes.addressof(self._floats)
        box = None
        for path in range(min(count, 16)):
            xs, ys = [], []
            for index in range(min(200, _clip_segments(clip, path))):
                segment = _clip_segment(clip, path, index)
                if segment and _segment_point(segment, at, at + 4):
                    xs.append(floats[0])
                    ys.append(floats[1])
            if xs:
                here = min(xs), min(ys), max(xs), max(ys)
                box = here if box is None else intersection(box, here)
        return box
