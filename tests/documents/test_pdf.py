import io
import random
from dataclasses import replace

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from hirelens_cli.config import Limits
from hirelens_cli.documents.lines import View
from hirelens_cli.documents.pdf import read_pdf
from hirelens_cli.model.documents import BlockKind
from hirelens_cli.model.issues import Severity, Status

LIMITS = Limits()


def canvas(**options):
    buffer = io.BytesIO()
    return Canvas(buffer, pagesize=(595, 842), invariant=1, **options), buffer


def pdf_of(*pages, **options):
    """A PDF with these lines on each page."""
    page, buffer = canvas(**options)
    for lines in pages:
        for row, line in enumerate(lines):
            page.setFont("Helvetica", 10)
            page.drawString(60, 780 - 14 * row, line)
        page.showPage()
    page.save()
    return buffer.getvalue()


def read(data, limits=LIMITS, forensics="auto"):
    return read_pdf(data, "id", limits, forensics)


def codes(outcome):
    return [issue.code for issue in (outcome.value.issues if outcome.value else outcome.issues)]


def test_one_block_per_line_with_place_size_and_weight():
    page, buffer = canvas()
    page.setFont("Helvetica-Bold", 18)
    page.drawString(60, 780, "Imke Brandt")
    page.setFont("Helvetica", 10)
    for row in range(4):
        page.drawString(60, 750 - 12 * row, f"Ran the night shift of a bakery, year {row}")
    page.showPage()
    page.setFont("Times-Bold", 10)
    page.drawString(100, 100, "EDUCATION")
    page.save()
    document = read(buffer.getvalue()).value
    name, first, *_, last = document.blocks
    assert document.pages == 2
    assert (name.text, name.size, name.bold, name.page) == ("Imke Brandt", 18.0, True, 1)
    assert name.kind is BlockKind.HEADING
    assert (first.text, first.size, first.bold) == ("Ran the night shift of a bakery, year 0", 10.0, False)
    assert first.kind is BlockKind.PARAGRAPH
    assert (last.text, last.page, last.kind) == ("EDUCATION", 2, BlockKind.HEADING)
    x0, top, x1, bottom = first.bbox
    assert x0 == pytest.approx(60, abs=1)
    assert x1 == pytest.approx(60 + stringWidth(first.text, "Helvetica", 10), abs=1)
    assert top < 842 - 750 < bottom
    assert bottom - top == pytest.approx(11, abs=2)


@pytest.mark.parametrize(("rotate", "upright"), [(90, (0, 1, -1, 0, 842, 0)), (270, (0, -1, 1, 0, 0, 595))])
def test_boxes_are_those_of_the_page_as_displayed(rotate, upright):
    page, buffer = canvas()
    page.setPageRotation(rotate)
    page.transform(*upright)
    page.setFont("Helvetica", 10)
    page.drawString(60, 750, "Sideways in the file and upright on the screen")
    page.save()
    (block,) = read(buffer.getvalue()).value.blocks
    assert block.bbox[0] == pytest.approx(60, abs=1)
    assert block.bbox[1] < 842 - 750 < block.bbox[3]
    assert block.size == 10.0


def test_a_word_divided_at_the_end_of_a_line_is_made_whole():
    text = pdf_of(["She led the develop-", "ment of the full-", "text search for Baker-", "Hughes and oth-", "ers."])
    assert [block.text for block in read(text).value.blocks] == [
        "She led the development",
        "of the fulltext",
        "search for Baker-Hughes",
        "and others.",
    ]


SENTENCE = "Established schedules and workloads of different offices with useful staff".split()


def test_spaces_that_pdfium_misses_are_put_in():
    page, buffer = canvas()
    dice = random.Random(3)
    page.setFont("Times-Roman", 10)
    for row in range(30):
        gaps = [1.8, 2.6]
        words = SENTENCE[row % 5 :] + SENTENCE[: row % 5]
        x = 60.0
        for word in words:
            page.drawString(x, 760 - 14 * row, word)
            x += stringWidth(word, "Times-Roman", 10) + dice.choice(gaps)
    page.save()
    outcome = read(buffer.getvalue())
    assert outcome.value.text.split() == [w for row in range(30) for w in SENTENCE[row % 5 :] + SENTENCE[: row % 5]]
    (issue,) = outcome.value.issues
    assert (issue.code, issue.severity) == ("glued_words", Severity.INFO)


def test_letter_spaced_headings_are_made_whole():
    page, buffer = canvas()
    for row, heading in enumerate(["WORK EXPERIENCE", "EDUCATION", "SKILLS"]):
        line = page.beginText(60, 780 - 40 * row)
        line.setFont("Helvetica", 12)
        line.setCharSpace(4)
        line.textOut(heading)
        page.drawText(line)
    page.save()
    assert read(buffer.getvalue()).value.text == "WORK EXPERIENCE\nEDUCATION\nSKILLS"


def test_columns_keep_apart_and_late_headings_go_where_they_stand():
    page, buffer = canvas()
    page.setFont("Helvetica", 10)
    for x, word in ((60, "left"), (320, "right")):
        for row in range(1, 10):
            page.drawString(x, 700 - 14 * row, f"{word} {row}")
    for x, word in ((60, "Left heading"), (320, "Right heading")):
        page.drawString(x, 700, word)
    page.drawString(60, 780, "Name of the person, wider than one of the columns below it")
    page.save()
    assert [block.text for block in read(buffer.getvalue()).value.blocks] == [
        "Name of the person, wider than one of the columns below it",
        "Left heading",
        *(f"left {row}" for row in range(1, 10)),
        "Right heading",
        *(f"right {row}" for row in range(1, 10)),
    ]


def test_small_print_beside_a_large_name_is_a_line_of_its_own():
    page, buffer = canvas()
    page.setFont("Helvetica", 7)
    page.drawString(400, 790, "Updated in May")
    page.setFont("Helvetica", 36)
    page.drawString(100, 765, "Odo Lindqvist")
    page.save()
    assert {block.text for block in read(buffer.getvalue()).value.blocks} == {"Updated in May", "Odo Lindqvist"}


def test_running_heads_are_marked():
    pages = [
        [f"Resume of Ada Example, page {number}", "", "", "", *(f"Fact {number} {row}" for row in range(8))]
        for number in range(4)
    ]
    document = read(pdf_of(*pages)).value
    heads = [block for block in document.blocks if block.text.startswith("Resume of")]
    assert [block.kind for block in heads] == [BlockKind.PARAGRAPH, *[BlockKind.HEADER] * 3]
    assert all(block.kind is BlockKind.PARAGRAPH for block in document.blocks if block.text.startswith("Fact"))


def test_filled_in_form_fields_are_text():
    page, buffer = canvas()
    page.drawString(60, 780, "Name:")
    page.acroForm.textfield(name="name", value="Hilda Vestergaard", x=100, y=770, width=200, height=20, fontSize=10)
    page.save()
    assert "Hilda Vestergaard" in read(buffer.getvalue()).value.text


def encrypted(user, owner="owner"):
    from reportlab.lib.pdfencrypt import StandardEncryption

    return pdf_of(["Kept safe from everybody"], encrypt=StandardEncryption(user, owner, strength=128))


def test_an_empty_password_is_no_password():
    assert read(encrypted("")).value.text == "Kept safe from everybody"


def test_a_password_is_said():
    assert read(encrypted("secret")).status is Status.ENCRYPTED


def scan(page, share=1.0):
    from PIL import Image

    page.drawImage(ImageReader(Image.effect_noise((60, 80), 90)), 0, 0, 595, 842 * share)


def test_a_scan_is_image_only():
    page, buffer = canvas()
    scan(page)
    page.drawString(60, 20, "Scanned with a phone")
    page.save()
    assert read(buffer.getvalue()).status is Status.IMAGE_ONLY


def test_a_scanned_page_among_others_is_a_warning():
    page, buffer = canvas()
    for row in range(20):
        page.drawString(60, 780 - 14 * row, f"Wrote the manual of machine number {row}")
    page.showPage()
    scan(page)
    page.save()
    outcome = read(buffer.getvalue())
    assert codes(outcome) == ["image_pages"]
    assert outcome.value.pages == 2


def test_a_photograph_is_no_scan():
    page, buffer = canvas()
    scan(page, 0.2)
    page.drawString(60, 780, "Portrait above")
    page.save()
    assert read(buffer.getvalue()).value.text == "Portrait above"


def test_nothing_on_the_page():
    page, buffer = canvas()
    page.rect(100, 100, 50, 50)
    page.save()
    assert read(buffer.getvalue()).status is Status.EMPTY


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no pdf at all", b"%PDF-1.4\n" + b"\0" * 5000])
def test_what_is_no_pdf_is_malformed(data):
    outcome = read(data)
    assert outcome.status is Status.MALFORMED
    assert outcome.issues[0].hint


def test_a_file_cut_at_the_end_is_mended():
    data = pdf_of([f"Line {row} of a file that lost its tail" for row in range(20)], pageCompression=0)
    cut = data[: data.rindex(b"xref")]
    assert "Line 19 of a file" in read(cut).value.text


def test_junk_before_the_header():
    assert read(b"junk\n" * 50 + pdf_of(["After the junk"])).value.text == "After the junk"


def test_more_pages_than_allowed_are_not_read_and_said():
    outcome = read(pdf_of(*[[f"Page {number}"] for number in range(5)]), replace(LIMITS, max_pages=3))
    assert outcome.value.text == "Page 0\nPage 1\nPage 2"
    assert outcome.value.pages == 3
    assert codes(outcome) == ["page_limit"]


@pytest.mark.parametrize("limit", ["max_bytes", "max_chars", "max_objects"])
def test_too_large(limit):
    data = pdf_of([f"Some words on line {row}" for row in range(30)])
    outcome = read(data, replace(LIMITS, **{limit: 20}))
    assert outcome.status is Status.TOO_LARGE
    assert limit in outcome.issues[0].message


def assembled(objects):
    """A PDF of these objects; the first is the catalog."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    return (
        data + head + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(data))
    )


def test_glyphs_without_letters_are_unreadable():
    glyphs = b"BT /F 12 Tf 60 700 Td <%s> Tj ET" % b"".join(b"%04x" % (200 + code) for code in range(60))
    data = assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(glyphs), glyphs),
            b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+X/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
            (
                b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+X/FontDescriptor 7 0 R/DW 500"
                b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
            ),
            (
                b"<</Type/FontDescriptor/FontName/ABCDEF+X/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0"
                b"/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"
            ),
        ]
    )
    assert read(data).status is Status.UNREADABLE


def test_padding_with_zero_width_characters_is_said(monkeypatch):
    data = pdf_of(["Ran the night shift of a bakery with a team of nine people"])
    assert "zero_width" not in codes(read(data))
    text = View.shown
    monkeypatch.setattr(View, "shown", lambda *args: "\u200b".join(text(*args)))
    assert "zero_width" in codes(read(data))
    assert "zero_width" not in codes(read(data, forensics="off"))


def test_messages_quote_nothing_of_the_document():
    for data in (b"%PDF-1.4 Zacharias", encrypted("Zacharias"), pdf_of([])):
        assert not any("Zacharias" in issue.message + issue.hint for issue in read(data).issues)


def test_the_same_bytes_give_the_same_document():
    data = pdf_of([f"Some words on line {row}" for row in range(30)])
    assert read(data) == read(data)


def mutants(data, count):
    dice = random.Random(11)
    for _ in range(count):
        broken = bytearray(data)
        for _ in range(dice.randint(1, 20)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        yield bytes(broken[: dice.randrange(len(broken) // 2, len(broken))] if dice.random() < 0.3 else broken)


def test_no_mutant_raises():
    data = pdf_of([f"Some words on line {row}" for row in range(8)], ["And one more page"], pageCompression=0)
    for mutant in mutants(data, 60):
        outcome = read(mutant)
        assert outcome.value is not None or outcome.status is not None
