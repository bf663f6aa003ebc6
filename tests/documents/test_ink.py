import io

import pytest
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from hirelens_cli.config import Limits
from hirelens_cli.documents.ink import unseen_words
from hirelens_cli.documents.pdf import read_pdf
from hirelens_cli.documents.pdfium import Page

KEYWORDS = "haskell quantum erlang fortran"
VISIBLE = "Planned the rollout of a new ledger across nine offices"
UPRIGHT = {0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, 842, 0), 180: (-1, 0, 0, -1, 595, 842), 270: (0, -1, 1, 0, 0, 595)}
WHITE, BLACK, BLUE = Color(1, 1, 1), Color(0, 0, 0), Color(0.1, 0.2, 0.5)


def pdf_of(draw, *, rotate=0, crop=None):
    """A page with ten lines of visible text and whatever `draw` adds, upright as displayed whatever its rotation."""
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=(595, 842), invariant=1)
    page.setPageRotation(rotate)  # reportlab turns the page's box as well
    page.transform(*UPRIGHT[rotate])
    if crop:
        page.setCropBox(crop)
    page.setFont("Helvetica", 10)
    for row in range(10):
        page.drawString(60, 700 - 14 * row, f"{VISIBLE} {row}")
    draw(page)
    page.save()
    return buffer.getvalue()


def picture(shade, width=20, height=20):
    from PIL import Image

    return ImageReader(Image.new("L", (width, height), shade))


def write(page, text=KEYWORDS, x=60, y=300, size=10, colour=BLACK, mode=0):
    line = page.beginText(x, y)
    line.setFont("Helvetica", size)
    line.setFillColor(colour)
    line.setTextRenderMode(mode)
    line.textOut(text)
    page.drawText(line)


def white(page):
    write(page, colour=WHITE)


def nearly_white(page):
    write(page, colour=Color(0.98, 0.98, 0.97))


def tiny(page):
    write(page, size=1)


def squeezed(page):
    line = page.beginText(60, 300)
    line.setFont("Helvetica", 10)
    line.setHorizScale(1)
    line.textOut(KEYWORDS)
    page.drawText(line)


def off_page(page):
    write(page, x=700)
    write(page, y=-50)


def not_painted(page):
    write(page, mode=3)


def see_through(page):
    write(page, colour=Color(0, 0, 0, alpha=0))


def clipped(page):
    page.saveState()
    path = page.beginPath()
    path.rect(10, 10, 5, 5)
    page.clipPath(path, stroke=0)
    write(page)
    page.restoreState()


def under_a_picture(page):
    write(page)
    page.drawImage(picture(255), 40, 290, 300, 30)


def under_a_box(page):
    write(page)
    page.setFillColor(WHITE)
    page.rect(40, 290, 300, 30, stroke=0, fill=1)


def blue_on_blue(page):
    page.setFillColor(BLUE)
    page.rect(40, 290, 300, 30, stroke=0, fill=1)
    write(page, colour=BLUE)


def behind_a_visible_line(page):
    write(page, "Seen by everybody", y=300)
    write(page, KEYWORDS, x=160, y=300, colour=WHITE)


def in_a_form(page):
    page.beginForm("hidden")
    write(page, colour=WHITE)
    page.endForm()
    page.doForm("hidden")


ATTACKS = [
    white,
    nearly_white,
    tiny,
    squeezed,
    off_page,
    not_painted,
    see_through,
    clipped,
    under_a_picture,
    under_a_box,
    blue_on_blue,
    behind_a_visible_line,
    in_a_form,
]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("forensics", ["auto", "all"])
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_hidden_words_are_left_out_and_reported(attack, forensics, rotate):
    document = read_pdf(pdf_of(attack, rotate=rotate), "id", Limits(), forensics).value
    assert set(KEYWORDS.split()) == set(document.hidden)
    assert not any(word in document.text for word in KEYWORDS.split())
    assert document.text.count("ledger") == 10
    assert [issue.code for issue in document.issues] == ["hidden_text"]


def test_a_poster_is_looked_at_in_bands():
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=(5000, 5000), invariant=1)
    for y in (4900, 4330, 2500, 20):
        write(page, VISIBLE, x=4000, y=y)
        write(page, x=200, y=y, colour=WHITE)
    page.save()
    document = read_pdf(buffer.getvalue(), "id", Limits(), "auto").value
    assert document.hidden == tuple(KEYWORDS.split()) * 4
    assert document.text == "\n".join([VISIBLE] * 4)


def in_a_layer_that_is_off(data):
    """The same file with the words put into an optional layer that viewers hide."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="layer"))
        settings = pikepdf.Dictionary(OFF=[layer], Order=[layer])
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=settings)
        page = pdf.pages[0]
        page.Resources.Properties = pikepdf.Dictionary(L=layer)
        content = pikepdf.parse_content_stream(page)
        words = next(at for at, item in enumerate(content) if KEYWORDS.encode() in str(item.operands).encode())
        begin = ([pikepdf.Name.OC, pikepdf.Name.L], pikepdf.Operator("BDC"))
        content = [*content[:words], begin, content[words], ([], pikepdf.Operator("EMC")), *content[words + 1 :]]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(content))
        saved = io.BytesIO()
        pdf.save(saved)
        return saved.getvalue()


def test_words_in_a_layer_that_is_off_are_hidden():
    document = read_pdf(in_a_layer_that_is_off(pdf_of(write)), "id", Limits(), "auto").value
    assert document.hidden == tuple(KEYWORDS.split())


def test_text_outside_the_crop_box_is_off_the_page():
    document = read_pdf(pdf_of(lambda page: write(page, y=100), crop=(0, 200, 595, 842)), "id", Limits(), "off").value
    assert document.hidden == tuple(KEYWORDS.split())


def dark_sidebar(page):
    page.setFillColor(BLUE)
    page.rect(40, 200, 300, 200, stroke=0, fill=1)
    write(page, colour=WHITE)


def over_a_picture(page):
    page.drawImage(picture(40), 40, 200, 300, 200)
    write(page, colour=WHITE)


def ocr_layer(page):
    """A scan: the words are in the picture, and once more as text that is not painted."""
    from PIL import Image, ImageDraw

    scan = Image.new("L", (600, 60), 255)
    ImageDraw.Draw(scan).text((20, 20), KEYWORDS, fill=0, font_size=28)
    page.drawImage(ImageReader(scan), 60, 290, 300, 30)
    write(page, x=70, y=300, size=13, mode=3)


def outlined(page):
    write(page, mode=1)


def light_grey(page):
    write(page, colour=Color(0.72, 0.72, 0.72))


@pytest.mark.parametrize("forensics", ["auto", "all"])
@pytest.mark.parametrize("control", [dark_sidebar, over_a_picture, ocr_layer, outlined, light_grey, write])
def test_what_can_be_seen_is_text(control, forensics):
    document = read_pdf(pdf_of(control), "id", Limits(), forensics).value
    assert document.hidden == ()
    assert document.issues == ()
    assert KEYWORDS in document.text


def test_letters_whose_font_is_not_in_the_file_are_not_judged():
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont

    def chinese(page):
        registerFont(UnicodeCIDFont("STSong-Light"))
        page.setFont("STSong-Light", 12)
        page.drawString(60, 300, "软件工程师 数据分析 项目管理")

    document = read_pdf(pdf_of(chinese), "id", Limits(), "all").value
    assert document.hidden == ()
    assert "软件工程师 数据分析 项目管理" in document.text


def test_hidden_copies_of_visible_words_are_no_offence():
    document = read_pdf(pdf_of(lambda page: write(page, VISIBLE, colour=WHITE)), "id", Limits(), "auto").value
    assert document.hidden == ()
    assert document.issues == ()
    assert document.text.count("ledger") == 10


def test_a_word_or_two_is_left_out_without_a_flag():
    document = read_pdf(pdf_of(lambda page: write(page, "Page seven", colour=WHITE)), "id", Limits(), "auto").value
    assert document.hidden == ("Page", "seven")
    assert document.issues == ()


def test_off_looks_at_places_and_sizes_alone():
    assert read_pdf(pdf_of(white), "id", Limits(), "off").value.hidden == ()
    assert read_pdf(pdf_of(tiny), "id", Limits(), "off").value.hidden == tuple(KEYWORDS.split())


def test_a_plain_page_is_not_rendered(monkeypatch):
    monkeypatch.setattr(Page, "grey", lambda *_: pytest.fail("rendered"))
    assert read_pdf(pdf_of(lambda page: None), "id", Limits(), "auto").value.hidden == ()
    assert read_pdf(pdf_of(dark_sidebar), "id", Limits(), "auto").value.hidden == ()


def test_of_an_honest_page_only_the_doubtful_lines_are_rendered(monkeypatch):
    rendered = []
    grey = Page.grey
    monkeypatch.setattr(Page, "grey", lambda page, *bounds: rendered.append(bounds) or grey(page, *bounds))

    def half_seen(page):
        write(page, "Half seen through, and yet to be read", colour=Color(0, 0, 0, alpha=0.5))

    document = read_pdf(pdf_of(half_seen), "id", Limits(), "auto").value
    assert document.hidden == ()
    ((left, top, right, bottom),) = rendered
    assert bottom - top < 20
    assert right - left < 250


def test_where_a_line_is_hidden_all_of_the_page_is_looked_at():
    """A hidden word in the middle of a visible line is too short to be sampled."""

    def twice(page):
        write(page, colour=WHITE)
        line = page.beginText(60, 250)
        line.setFont("Helvetica", 10)
        line.setFillColor(BLACK)
        line.textOut("Kept the books ")
        line.setFillColor(WHITE)
        line.textOut("prolog ")
        line.setFillColor(BLACK)
        line.textOut("of four shops")
        page.drawText(line)

    document = read_pdf(pdf_of(twice), "id", Limits(), "auto").value
    assert document.hidden == (*KEYWORDS.split(), "prolog")


def test_a_document_that_is_all_hidden_is_not_read_by_another_reader():
    buffer = io.BytesIO()
    page = Canvas(buffer, invariant=1)
    write(page, mode=3)
    page.save()
    assert read_pdf(buffer.getvalue(), "id", Limits(), "auto").status == "unreadable"


def test_unseen_words_ignore_case_and_punctuation():
    assert unseen_words(["Ledger,", "offices", "C", "Prolog"], "the ledger of all Offices") == ("Prolog",)
