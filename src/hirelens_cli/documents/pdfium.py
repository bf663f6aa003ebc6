"""PDFs as pdfium opens them: pages, and the characters on them as strings and numbers."""

from __future__ import annotations

import ctypes
import math
import struct
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import repeat
from typing import Any

from hirelens_cli.documents.boxes import Box
from hirelens_cli.documents.painted import Painted
from hirelens_cli.documents.pdfium_calls import DOUBLE as _D
from hirelens_cli.documents.pdfium_calls import FLOAT as _F
from hirelens_cli.documents.pdfium_calls import HANDLE as _H
from hirelens_cli.documents.pdfium_calls import INT as _I
from hirelens_cli.documents.pdfium_calls import asks_for_password, bare, prototype, reference

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
_char_box = bare("FPDFText_GetLooseCharBox", _I)
_char_size = bare("FPDFText_GetFontSize", _D)
_char_matrix = bare("FPDFText_GetMatrix", _I)
_char_object = bare("FPDFText_GetTextObject", _H)
_unmapped = prototype("FPDFText_HasUnicodeMapError", _I, _H, _I)
_object_font = prototype("FPDFTextObj_GetFont", _H, _H)
_font_name = prototype("FPDFFont_GetBaseFontName", ctypes.c_size_t, _H, _H, ctypes.c_size_t)
_font_weight = prototype("FPDFFont_GetWeight", _I, _H)
_font_embedded = prototype("FPDFFont_GetIsEmbedded", _I, _H)
_new_bitmap = prototype("FPDFBitmap_CreateEx", _H, _I, _I, _I, _H, _I)
_free_bitmap = prototype("FPDFBitmap_Destroy", None, _H)
_render = prototype("FPDF_RenderPageBitmap", None, _H, _H, _I, _I, _I, _I, _I, _I)

_WIDGET, _FREE_TEXT = 20, 3
_FLATTENED = 1
_GREY = 1
_WITH_NOTES = 1
_four_floats: Callable[[Any], Box] = struct.Struct(
    "4f"
).unpack_from  # unpacking the array itself takes four times as long
_ROOM = 4096
_BOXES = (_F * (4 * _ROOM))()
"""Where pdfium writes the boxes of so many characters at once; to make a reference to each anew would cost as much as the call."""
_WRITTEN = memoryview(_BOXES).cast("B")
_PLACES = [ctypes.byref(_BOXES, 16 * at) for at in range(_ROOM)]


class PdfError(Exception):
    """pdfium cannot open the file; `password` says that it asks for one."""

    def __init__(self, password: bool) -> None:
        super().__init__("pdfium cannot open the file")
        self.password = password


class Page:
    """One loaded page; valid inside the `with` that gave it."""

    def __init__(self, handle: int) -> None:
        self._handle = reference(handle)
        text = _load_text(handle)
        self._text = reference(text) if text else None
        self._floats = (_F * 6)()
        self._here = ctypes.byref(self._floats)
        self._fonts: dict[int, tuple[str, int]] = {}
        self.painted = Painted(self._handle)
        _page_box(handle, self._here)
        self._left, self._top, self._right, self._bottom = _four_floats(self._floats)
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
        left, top, right, bottom = _four_floats(self._floats)
        if self._turn == 0:
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        return self.shown(left, bottom, right, top)

    def boxes(self) -> array[float]:
        """left, top, right, bottom of each character of `text` in the page's own coordinates (origin bottom left)."""
        found = array("f")
        for start in range(0, len(self.text), _ROOM):
            chars = self.chars[start : start + _ROOM]
            deque(map(_char_box, repeat(self._text), chars, _PLACES), maxlen=0)
            found.frombytes(_WRITTEN[: 16 * len(chars)])
        return found

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

    def char_objects(self, places: Iterable[int]) -> list[int]:
        """Handles of the text objects that paint the characters at these offsets; 0 for one that pdfium added."""
        chars = map(self.chars.__getitem__, places)
        return [handle or 0 for handle in map(_char_object, repeat(self._text), chars)]

    def char_centre(self, at: int) -> tuple[float, float]:
        """Middle of the character at offset `at`, in the page's own coordinates."""
        _char_box(self._text, self.chars[at], self._here)
        left, top, right, bottom = _four_floats(self._floats)
        return (left + right) / 2, (top + bottom) / 2

    def grey(self, left: int, top: int, right: int, bottom: int, scale: float = 1.0) -> bytes:
        """A part of the page as displayed, one byte of grey per pixel, row by row; empty where there is no memory.

        The sides are in pixels, of which `scale` lie along a point.
        """
        width, height = right - left, bottom - top
        pixels = ctypes.create_string_buffer(b"\xff" * (width * height), width * height)
        bitmap = _new_bitmap(width, height, _GREY, ctypes.addressof(pixels), width)
        if not bitmap:
            return b""
        across, down = max(1, math.ceil(self.width * scale)), max(1, math.ceil(self.height * scale))
        try:
            _render(bitmap, self._handle, -left, -top, across, down, 0, _WITH_NOTES)
        finally:
            _free_bitmap(bitmap)
        return pixels.raw


def _negative(values: array[float]) -> list[float]:
    return [-value for value in values]


class Pdf:
    """An open PDF."""

    def __init__(self, data: bytes) -> None:
        """Open `data`, with the empty password where it asks for one. Raises PdfError."""
        self._data = data  # pdfium reads from it until the document is closed
        self._handle = _load_document(ctypes.cast(ctypes.c_char_p(data), _H), len(data), None)
        if not self._handle:
            raise PdfError(asks_for_password())
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
