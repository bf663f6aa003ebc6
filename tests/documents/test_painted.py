import io

import pytest
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from hirelens_cli.documents.painted import MOST_LISTED
from hirelens_cli.documents.pdfium import Pdf
from hirelens_cli.documents.pdfium_calls import PATH, TEXT


def painted(draw):
    """The objects of a page that `draw` paints, while the page is open."""
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=(400, 400), invariant=1)
    draw(page)
    page.save()
    pdf = Pdf(buffer.getvalue())
    with pdf.page(0) as shown:
        yield shown.painted
    pdf.close()


def test_objects_are_listed_in_the_order_of_painting():
    def draw(page):
        page.rect(10, 20, 30, 40, fill=1)
        page.drawString(10, 100, "Ada Example")

    for found in painted(draw):
        handles, kinds = found.all
        assert list(kinds) == [PATH, TEXT]
        assert found.bounds(handles[0]) == pytest.approx((10, 20, 40, 60), abs=2)  # half the width of the outline more
        assert found.area(handles[0], PATH).plain
        assert found.luminance(handles[1]) == 0


def test_very_many_objects_are_not_listed():
    def draw(page):
        for at in range(MOST_LISTED + 1):
            page.drawString(at % 300, at // 3, "x")

    for found in painted(draw):
        assert found.count == MOST_LISTED + 1
        assert found.all is None


def test_text_that_its_clip_cuts_off_is_odd():
    def draw(page):
        page.drawString(10, 300, "wholly seen")
        page.saveState()
        clip = page.beginPath()
        clip.rect(0, 0, 30, 400)
        page.clipPath(clip, stroke=0)
        page.drawString(10, 200, "cut off after a few letters")
        page.restoreState()
        page.setFillColor(Color(0, 0, 0, alpha=0.3))
        page.drawString(10, 100, "see-through")

    for found in painted(draw):
        assert [found.is_odd(handle) for handle in found.all[0]] == [False, True, True]
