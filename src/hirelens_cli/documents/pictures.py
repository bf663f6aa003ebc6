"""Pages of a PDF as pictures: small PNG files of sixteen greys, on which a coloured mark stands out."""

from __future__ import annotations

import math
import re
import struct
import zlib
from collections.abc import Iterator, Sequence

from hirelens_cli.config import Limits
from hirelens_cli.documents.formats import format_of
from hirelens_cli.documents.pdfium import Page, Pdf, PdfError
from hirelens_cli.model.issues import Outcome, Status, failed
from hirelens_cli.model.pictures import Drawing, Picture

SCALE = 1.6
"""Pixels per point: ten-point text can be read, and a page of text takes 50 to 90 kB."""
MOST_PIXELS = 4_000_000
"""A page that is larger is drawn smaller."""

SIGNATURE = b"\x89PNG\r\n\x1a\n"
FEW_LETTERS = 50
"""Letters and digits below which a page counts as without text."""
_PICTURE = 0.5
"""Share of the page that images must cover to be what the page says."""
_LETTER = re.compile(r"[^\W_]")
_GREY, _BITS = 0, 4
_NIBBLES = bytes(value >> 4 for value in range(256))


def is_scan(page: Page) -> bool:
    """Whether images cover most of the page, and there is hardly any text."""
    text = page.text
    if len(text) >= 20 * FEW_LETTERS or len(_LETTER.findall(text)) >= FEW_LETTERS:
        return False
    size = page.width * page.height or 1.0
    return sum(min(size, image) for image in page.painted.images(1000)) > _PICTURE * size


def netpbm(pixels: bytes, width: int) -> bytes:
    """Rows of one byte of grey per pixel as a PGM file."""
    return b"P5 %d %d 255\n" % (width, len(pixels) // width) + pixels


def draw_pages(data: bytes, doc_id: str, pages: Sequence[int], limits: Limits) -> Outcome[Drawing]:
    """These pages (from 1) of a PDF, without those that are not there or broken. Never raises."""
    try:
        if format_of(data) != "pdf":
            return failed(Status.UNSUPPORTED, doc_id, "pages are shown of PDF files alone")
        return Outcome(Drawing(doc_id, tuple(_pictures(data, sorted({*pages}), limits))))
    except (PdfError, MemoryError) as error:
        return failed(Status.MALFORMED, doc_id, f"its pages cannot be drawn ({type(error).__name__})")


def _pictures(data: bytes, pages: Sequence[int], limits: Limits) -> Iterator[Picture]:
    pdf = Pdf(data)
    try:
        for number in pages:
            if not 0 < number <= min(pdf.pages, limits.max_pages):
                continue
            with pdf.page(number - 1) as page:
                if page is not None and page.width > 0 and page.height > 0:
                    yield Picture(number, page.width, page.height, _png(page))
    finally:
        pdf.close()


def _png(page: Page) -> bytes:
    """After the PNG specification, third edition: one IDAT, every row unfiltered, which suits letters on paper."""
    scale = min(SCALE, math.sqrt(MOST_PIXELS / (page.width * page.height)))
    width, height = math.ceil(page.width * scale), math.ceil(page.height * scale)
    pixels = page.grey(0, 0, width, height, scale)
    if not pixels:
        raise MemoryError
    rows = [_packed(pixels[start : start + width]) for start in range(0, len(pixels), width)]
    head = struct.pack(">IIBBBBB", width, len(rows), _BITS, _GREY, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _packed(row: bytes) -> bytes:
    """A row of bytes as half as many, each of two pixels."""
    small = (row + b"\xff" * (len(row) % 2)).translate(_NIBBLES)
    left, right = int.from_bytes(small[0::2]), int.from_bytes(small[1::2])
    return (left << 4 | right).to_bytes(len(small) // 2)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
