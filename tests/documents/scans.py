"""Scans made of lines that are set, drawn, and kept as a picture."""

from __future__ import annotations

import io
import math

from hirelens_cli.documents.pdfium import Pdf

Placed = tuple[float, float, str]
"""Left edge and height above the foot of the page, in points, and the text."""
POINTS = (595, 842)
DOTS = 150 / 72
"""Pixels per point."""


def drawn(lines: list[Placed], size: float = 11.0) -> bytes:
    """A page of A4 with these lines, as a PNG picture."""
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, POINTS, invariant=True)
    canvas.setFont("Helvetica", size)
    for left, height, text in lines:
        canvas.drawString(left, height, text)
    canvas.save()
    pdf = Pdf(buffer.getvalue())
    with pdf.page(0) as page:
        width, height = (math.ceil(side * DOTS) for side in POINTS)
        assert page is not None
        picture = Image.frombytes("L", (width, height), page.grey(0, 0, width, height, DOTS))
    pdf.close()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def scan_of(*pages: list[Placed], text: tuple[str, ...] = ()) -> bytes:
    """A PDF of pictures of such pages, after a page of text where there is `text`."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, POINTS, invariant=True)
    for row, line in enumerate(text):
        canvas.drawString(60, 780 - 14 * row, line)
    if text:
        canvas.showPage()
    for page in pages:
        canvas.drawImage(ImageReader(io.BytesIO(drawn(page))), 0, 0, *POINTS)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
