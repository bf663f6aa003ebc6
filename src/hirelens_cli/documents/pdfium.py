"""The one home of pdfium: an open PDF and its pages as numbers and strings.

A page needs hundreds of calls, so that what a call costs matters: 0.5 us through pypdfium2's own prototypes, 0.25 us
where handles go as integers, 0.15 us where nothing is converted at all.
"""

from __future__ import annotations

import ctypes
import math
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import repeat
from typing import Any

import pypdfium2 as _pypdfium2  # importing it starts the library
import pypdfium2.raw as _raw

from hirelens_cli.documents.boxes import Area, Box, intersection, share_inside

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
"""Types of page objects."""

_H, _I, _F, _D = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double


def prototype(name: str, result: Any, *arguments: Any) -> Any:
    """The C function `name` of pdfium, called without releasing the interpreter's lock."""
    return ctypes.cast(getattr(_raw, name), ctypes.PYFUNCTYPE(result, *arguments))


def _bare(name: str, result: Any) -> Any:
    """The C function `name`, its arguments passed as they are: handles and pointers must be ctypes objects."""
    function = prototype(name, result)
    function.argtypes = None
    return function


_load_document = prototype("FPDF_LoadMemDocument64", _H, _H, ctypes.c_size_t, _H)
_close_document = prototype("FPDF_CloseDocument", None, _H)
_page_count = prototype("FPDF_GetPageCount", _I, _H)
_form_type = prototype("FPDF_GetFormType", _I, _H)
_load_page = prototype("FPDF_LoadPage", _H, _H, _I)
_close_page = prototype("FPDF_ClosePage", None, _H)
_page_box = prototype("FPDF_GetPageBoundingBox", _I, _H, _H)
_rotation = prototype("FPDFPage_GetRotation", _I, _H)
_flatten = prototype("FPDFPage_Flatten", _I, _H, _I)
_annotation_count = prototype("FPDFPage_GetAnnotCount", _I, _H)
_annotation = prototype("FPDFPage_GetAnnot", _H, _H, _I)
_annotation_kind = prototype("FPDFAnnot_GetSubtype", _I, _H)
_close_annotation = prototype("FPDFPage_CloseAnnot", None, _H)
_load_text = prototype("FPDFText_LoadPage", _H, _H)
_close_text = prototype("FPDFText_ClosePage", None, _H)
_char_count = prototype("FPDFText_CountChars", _I, _H)
_get_text = prototype("FPDFText_GetText", _I, _H, _I, _I, _H)
_char_at = prototype("FPDFText_GetCharIndexFromTextIndex", _I, _H, _I)
_char_box = _bare("FPDFText_GetLooseCharBox", _I)
_char_size = _bare("FPDFText_GetFontSize", _D)
_char_matrix = _bare("FPDFText_GetMatrix", _I)
_char_object = _bare("FPDFText_GetTextObject", _H)
_unmapped = prototype("FPDFText_HasUnicodeMapError", _I, _H, _I)
_object_font = prototype("FPDFTextObj_GetFont", _H, _H)
_font_name = prototype("FPDFFont_GetBaseFontName", ctypes.c_size_t, _H, _H, ctypes.c_size_t)
_font_weight = prototype("FPDFFont_GetWeight", _I, _H)
_font_embedded = prototype("FPDFFont_GetIsEmbedded", _I, _H)
_object_count = prototype("FPDFPage_CountObjects", _I, _H)
_object = _bare("FPDFPage_GetObject", _H)
_object_type = prototype("FPDFPageObj_GetType", _I, _H)
_object_bounds = prototype("FPDFPageObj_GetBounds", _I, _H, _H, _H, _H, _H)
_object_colour = prototype("FPDFPageObj_GetFillColor", _I, _H, _H, _H, _H, _H)
_object_transparent = prototype("FPDFPageObj_HasTransparency", _I, _H)
_object_clip = prototype("FPDFPageObj_GetClipPath", _H, _H)
_object_marks = prototype("FPDFPageObj_CountMarks", _I, _H)
_object_mark = prototype("FPDFPageObj_GetMark", _H, _H, ctypes.c_ulong)
_mark_name = prototype("FPDFPageObjMark_GetName", _I, _H, _H, ctypes.c_ulong, _H)
_text_mode = prototype("FPDFTextObj_GetTextRenderMode", _I, _H)
_path_mode = prototype("FPDFPath_GetDrawMode", _I, _H, _H, _H)
_path_segments = prototype("FPDFPath_CountSegments", _I, _H)
_clip_paths = prototype("FPDFClipPath_CountPaths", _I, _H)
_clip_segments = prototype("FPDFClipPath_CountPathSegments", _I, _H, _I)
_clip_segment = prototype("FPDFClipPath_GetPathSegment", _H, _H, _I, _I)
_segment_point = prototype("FPDFPathSegment_GetPoint", _I, _H, _H, _H)
_new_bitmap = prototype("FPDFBitmap_CreateEx", _H, _I, _I, _I, _H, _I)
_free_bitmap = prototype("FPDFBitmap_Destroy", None, _H)
_render = prototype("FPDF_RenderPageBitmap", None, _H, _H, _I, _I, _I, _I, _I, _I)
_form_count = prototype("FPDFFormObj_CountObjects", _I, _H)
_form_object = prototype("FPDFFormObj_GetObject", _H, _H, ctypes.c_ulong)

_PASSWORD = 4
_WIDGET, _FREE_TEXT = 20, 3
_FLATTENED = 1
_GREY = 1
_FILLED = (0, 2)
_RECTANGLE = (4, 5)
_UNCUT = 0.8
"""Share of a text that its clip must leave; the boxes of slanted and swash letters pass it a little anyway."""
_OPTIONAL = "OC\0".encode("utf-16-le")
_WITH_NOTES = 1


class PdfError(Exception):
    """pdfium cannot open the file; `password` says that it asks for one."""

    def __init__(self, password: bool) -> None:
        super().__init__("pdfium cannot open the file")
        self.password = password


class Page:
    """One loaded page; valid inside the `with` that gave it."""

    def __init__(self, handle: int) -> None:
        self._handle = _H(handle)
        text = _load_text(handle)
        self._text = _H(text) if text else None
        self._floats = (_F * 6)()
        self._at = ctypes.addressof(self._floats)
        self._here = ctypes.byref(self._floats)
        self._numbers = (ctypes.c_uint * 6)()
        self._numbers_at = ctypes.addressof(self._numbers)
        self._name = ctypes.create_string_buffer(16)
        self._name_at = ctypes.addressof(self._name)
        self._fonts: dict[int, tuple[str, int]] = {}
        self._clips: dict[tuple[int, int], Box | None] = {}
        floats = self._floats
        _page_box(handle, self._at)
        self._left, self._top, self._right, self._bottom = floats[0], floats[1], floats[2], floats[3]
        self._turn = _rotation(handle)
        across, down = self._right - self._left, self._top - self._bottom
        self.width, self.height = (down, across) if self._turn % 2 else (across, down)
        """Points, as displayed."""

    def close(self) -> None:
        """Free the page."""
        if self._text:
            _close_text(self._text)
        _close_page(self._handle)

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own coordinates, as displayed."""
        if self._turn == 0:
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        if self._turn == 1:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if self._turn == 2:
            return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
        return self._top - top, self._right - right, self._top - bottom, self._right - left

    @cached_property
    def char_count(self) -> int:
        """Characters of the text layer, those that pdfium adds (spaces, line ends) included."""
        return max(0, _char_count(self._text)) if self._text else 0

    @cached_property
    def text(self) -> str:
        """The text layer in content order; lines end in CR LF, a soft hyphen at a line's end is U+FFFE or U+0002."""
        if not self.char_count:
            return ""
        units = array("H", bytes(4 * self.char_count + 4))
        written = _get_text(self._text, 0, self.char_count, units.buffer_info()[0])
        return units[: max(0, written - 1)].tobytes().decode("utf-16-le", "replace")

    @cached_property
    def chars(self) -> Sequence[int]:
        """For each character of `text` its index in the text layer; -1 where pdfium has none."""
        if len(self.text) == self.char_count:
            return range(self.char_count)
        return list(map(_char_at, repeat(self._text), range(len(self.text))))

    def box(self, at: int) -> Box:
        """Box of the character at offset `at` of `text`: advance width by ascent and descent."""
        if not _char_box(self._text, self.chars[at], self._here):
            return 0.0, 0.0, 0.0, 0.0
        left, top, right, bottom, _, _ = self._floats
        if self._turn == 0:
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        return self.shown(left, bottom, right, top)

    def boxes(self) -> array[float]:
        """left, top, right, bottom of each character of `text` in the page's own coordinates (origin bottom left)."""
        count = len(self.text)
        floats = (_F * (4 * count))()
        each = map(ctypes.byref, repeat(floats), range(0, 16 * count, 16))
        deque(map(_char_box, repeat(self._text), self.chars, each), maxlen=0)
        return array("f", bytes(floats))

    def runs(self) -> tuple[Sequence[float], Sequence[float], Sequence[float], Sequence[float]]:
        """Where each character of `text` begins and ends from left to right as displayed, and its edges across."""
        floats = self.boxes()
        left, top, right, bottom = floats[0::4], floats[1::4], floats[2::4], floats[3::4]
        if self._turn == 0:
            return left, right, top, bottom
        if self._turn == 1:
            return bottom, top, left, right
        if self._turn == 2:
            return _negative(right), _negative(left), top, bottom
        return _negative(top), _negative(bottom), left, right

    def unmapped(self) -> float:
        """Share of glyphs whose letters the font does not tell, 0 to 1, from a sample."""
        step = max(1, len(self.text) // 50)
        sample = [at for at in range(0, len(self.text), step) if not self.text[at].isspace()]
        return sum(_unmapped(self._text, self.chars[at]) == 1 for at in sample) / len(sample) if sample else 0.0

    def size(self, at: int) -> float:
        """Font size in points, as displayed, of the character at offset `at` of `text`."""
        char, floats = self.chars[at], self._floats
        size = float(_char_size(self._text, char))
        if _char_matrix(self._text, char, self._here):
            size *= math.hypot(floats[2], floats[3]) or 1.0
        return size

    def font(self, at: int) -> tuple[str, int]:
        """Name and weight (400 normal, 700 bold, -1 or 0 unknown) of the font at offset `at` of `text`."""
        owner = _char_object(self._text, self.chars[at])
        font = _object_font(owner) if owner else None
        if not font:
            return "", 0
        known = self._fonts.get(font)
        if known is None:
            name = ctypes.create_string_buffer(128)
            _font_name(font, ctypes.addressof(name), 128)
            known = self._fonts[font] = (name.value.decode("latin-1"), _font_weight(font))
        return known

    def has_font(self, at: int) -> bool:
        """Whether the font at offset `at` of `text` is part of the file; another is drawn with what the system has."""
        owner = _char_object(self._text, self.chars[at])
        font = _object_font(owner) if owner else None
        return bool(font and _font_embedded(font) == 1)

    @cached_property
    def object_count(self) -> int:
        """Objects painted on the page; a form counts once."""
        return max(0, int(_object_count(self._handle)))

    def images(self, limit: int) -> Iterator[float]:
        """Share of the page that each image covers, for the first `limit` objects, forms looked into."""
        area = self.width * self.height or 1.0
        stack = [_object(self._handle, index) for index in range(min(limit, self.object_count) - 1, -1, -1)]
        seen = 0
        while stack and seen < limit:
            item = stack.pop()
            seen += 1
            kind = _object_type(item) if item else 0
            if kind == IMAGE:
                left, bottom, right, top = self.bounds(item)
                yield min(1.0, abs((right - left) * (top - bottom)) / area)
            elif kind == FORM:
                stack.extend(_form_object(item, index) for index in range(min(limit, max(0, _form_count(item)))))

    def char_object(self, at: int) -> int:
        """Handle of the text object that paints the character at offset `at`; 0 for one that pdfium added."""
        return _char_object(self._text, self.chars[at]) or 0

    def char_centre(self, at: int) -> tuple[float, float]:
        """Middle of the character at offset `at`, in the page's own coordinates."""
        floats = self._floats
        _char_box(self._text, self.chars[at], self._here)
        return (floats[0] + floats[2]) / 2, (floats[1] + floats[3]) / 2

    def objects(self, indexes: Iterable[int]) -> list[int]:
        """Handles of the objects at these places in the order of painting."""
        return list(map(_object, repeat(self._handle), indexes))

    def kinds(self, handles: Sequence[int]) -> list[int]:
        """Type of each object."""
        return list(map(_object_type, handles))

    def is_odd(self, handle: int) -> bool:
        """Whether a text object is painted in a way that may leave nothing to see.

        That is: see-through, blended or masked; not filled; in a layer; or with a part of it cut off by its clip.
        """
        if _text_mode(handle) not in _FILLED or _object_transparent(handle):
            return True
        if _object_marks(handle) > 0 and self._is_optional(handle):
            return True
        return not self._is_uncut(handle, _UNCUT)

    def _is_uncut(self, handle: int, least: float) -> bool:
        clip = self._clip(handle)
        return clip is None or share_inside(self.bounds(handle), clip) >= least

    def luminance(self, handle: int) -> int:
        """Of an object's fill colour, 0 black to 255 white (Rec. 601); 255 where it has no plain one."""
        at, numbers = self._numbers_at, self._numbers
        if not _object_colour(handle, at, at + 4, at + 8, at + 12):
            return 255
        return (299 * numbers[0] + 587 * numbers[1] + 114 * numbers[2]) // 1000

    def area(self, handle: int, kind: int) -> Area | None:
        """Box and fill of a painted area; None for a path that is not filled."""
        at = self._numbers_at
        if kind == PATH and (not _path_mode(handle, at + 16, at + 20) or self._numbers[4] == 0):
            return None
        if kind != PATH:
            return Area(kind, self.bounds(handle))
        plain = (
            not _object_transparent(handle) and _path_segments(handle) in _RECTANGLE and self._is_uncut(handle, 0.98)
        )
        return Area(kind, self.bounds(handle), self.luminance(handle), plain)

    def _is_optional(self, handle: int) -> bool:
        for index in range(min(8, _object_marks(handle))):
            mark = _object_mark(handle, index)
            if mark and _mark_name(mark, self._name_at, 16, self._at) and self._name.raw[:6] == _OPTIONAL:
                return True
        return False

    def _clip(self, handle: int) -> Box | None:
        """Bounds of the intersection of the object's clip paths."""
        clip = _object_clip(handle)
        count = _clip_paths(clip) if clip else 0
        if count <= 0:
            return None
        # Objects painted under one clip share its points in memory, so that each clip is measured once.
        key = (count, _clip_segment(clip, count - 1, 0) or 0)
        if key not in self._clips:
            self._clips[key] = self._measured(clip, count)
        return self._clips[key]

    def _measured(self, clip: int, count: int) -> Box | None:
        floats, at = self._floats, self._at
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

    def grey(self, top: int, bottom: int, scale: float = 1.0) -> tuple[bytes, int]:
        """The page between two heights in points, one byte of grey per pixel, row by row, and the length of a row.

        `scale` is in pixels per point.
        """
        width, height = max(1, math.ceil(self.width * scale)), max(1, math.ceil((bottom - top) * scale))
        pixels = ctypes.create_string_buffer(b"\xff" * (width * height), width * height)
        bitmap = _new_bitmap(width, height, _GREY, ctypes.addressof(pixels), width)
        if not bitmap:
            return b"", 0
        try:
            whole = max(1, math.ceil(self.height * scale))
            _render(bitmap, self._handle, 0, -round(top * scale), width, whole, 0, _WITH_NOTES)
        finally:
            _free_bitmap(bitmap)
        return pixels.raw, width

    def bounds(self, item: int) -> Box:
        """left, bottom, right, top of an object in the coordinates of what holds it."""
        at = self._at
        _object_bounds(item, at, at + 4, at + 8, at + 12)
        floats = self._floats
        return floats[0], floats[1], floats[2], floats[3]


def _negative(values: array[float]) -> list[float]:
    return [-value for value in values]


class Pdf:
    """An open PDF."""

    def __init__(self, data: bytes) -> None:
        """Open `data`, with the empty password where it asks for one. Raises PdfError."""
        self._data = data  # pdfium reads from it until the document is closed
        self._handle = _load_document(ctypes.cast(ctypes.c_char_p(data), _H), len(data), None)
        if not self._handle:
            raise PdfError(_raw.FPDF_GetLastError() == _PASSWORD)
        self.pages: int = max(0, _page_count(self._handle))
        self._has_form = _form_type(self._handle) > 0

    def close(self) -> None:
        """Free the document."""
        _close_document(self._handle)

    @contextmanager
    def page(self, index: int) -> Iterator[Page | None]:
        """The page at `index` (from 0), filled-in form fields and typed notes made part of it; None where it is broken."""
        handle = _load_page(self._handle, index)
        if not handle:
            yield None
            return
        if self._has_typed(handle) and _flatten(handle, 0) == _FLATTENED:
            _close_page(handle)
            handle = _load_page(self._handle, index)
            if not handle:
                yield None
                return
        page = Page(handle)
        try:
            yield page
        finally:
            page.close()

    def _has_typed(self, page: int) -> bool:
        """Whether the page shows text outside its content: form fields, or a note typed on the page."""
        wanted = (_WIDGET, _FREE_TEXT) if self._has_form else (_FREE_TEXT,)
        for index in range(min(200, _annotation_count(page))):
            annotation = _annotation(page, index)
            if annotation:
                kind = _annotation_kind(annotation)
                _close_annotation(annotation)
                if kind in wanted:
                    return True
        return False


VERSION = str(_pypdfium2.PYPDFIUM_INFO)
"""For `doctor` and the ledger."""
