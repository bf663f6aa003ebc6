from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from hashlib import sha256

import pytest
from reportlab.pdfgen.canvas import Canvas

from hirelens_cli.config import Limits
from hirelens_cli.documents.pictures import MOST_PIXELS, SIGNATURE, draw_pages
from hirelens_cli.documents.sandbox import Sandbox
from hirelens_cli.model.issues import Status


def pdf(*, pages: int = 2, size: tuple[float, float] = (200, 100)) -> bytes:
    """Pages with a black square in the upper left quarter."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for _ in range(pages):
        canvas.rect(0, size[1] / 2, size[0] / 2, size[1] / 2, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pixels(png: bytes) -> tuple[int, int, list[list[int]]]:
    """Width, height, and the greys from 0 to 15, row by row."""
    assert png.startswith(SIGNATURE)
    width, height, bits, kind, *_ = struct.unpack(">IIBBBBB", png[16:29])
    assert (bits, kind) == (4, 0)
    length = struct.unpack(">I", png[33:37])[0]
    data = zlib.decompress(png[41 : 41 + length])
    step = 1 + (width + 1) // 2
    assert len(data) == step * height
    rows = []
    for start in range(0, len(data), step):
        assert data[start] == 0
        row = data[start + 1 : start + step]
        rows.append([nibble for byte in row for nibble in (byte >> 4, byte & 15)][:width])
    return width, height, rows


def test_pages_are_drawn_as_they_are_seen():
    drawing = draw_pages(pdf(), "d", (2, 1, 2), Limits()).value
    assert [(item.page, item.width, item.height) for item in drawing.pictures] == [(1, 200, 100), (2, 200, 100)]
    width, height, rows = pixels(drawing.pictures[0].png)
    assert (width, height) == (320, 160)
    assert (rows[10][10], rows[10][300], rows[150][10]) == (0, 15, 15)


def test_an_odd_width_is_drawn_whole():
    width, _, rows = pixels(draw_pages(pdf(size=(20.5, 20)), "d", (1,), Limits()).value.pictures[0].png)
    assert width % 2 == 1
    assert rows[0][-1] == 15


def test_a_huge_page_is_drawn_smaller():
    picture = draw_pages(pdf(pages=1, size=(14_000, 10_000)), "d", (1,), Limits()).value.pictures[0]
    width, height = struct.unpack(">II", picture.png[16:24])
    assert width * height <= MOST_PIXELS * 1.01
    assert (picture.width, picture.height) == (14_000, 10_000)


def test_pages_that_are_not_there_are_left_out():
    drawn = draw_pages(pdf(), "d", (0, 2, 3, 99), Limits()).value
    assert [item.page for item in drawn.pictures] == [2]
    assert draw_pages(pdf(), "d", (1, 2), replace(Limits(), max_pages=1)).value.pictures[-1].page == 1


@pytest.mark.parametrize(
    ("data", "status"), [(b"plain words", Status.UNSUPPORTED), (b"%PDF-1.7 nothing", Status.MALFORMED)]
)
def test_what_cannot_be_drawn_says_why(data, status):
    outcome = draw_pages(data, "d", (1,), Limits())
    assert outcome.value is None
    assert outcome.status is status


def test_a_confined_reader_draws_the_same(monkeypatch):
    data = pdf()
    doc_id = sha256(data).hexdigest()
    with Sandbox(Limits()) as sandbox:
        outcome = sandbox.draw(doc_id, data, (1,))
        assert outcome == draw_pages(data, doc_id, (1,), Limits())
        assert sandbox.usage.readers == 1
        broken = sandbox.draw(doc_id, b"%PDF-1.7 nothing", (1,))
    assert broken.status is Status.MALFORMED
