import pytest

from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.issues import Issue, Severity
from hirelens_cli.profiles.quality import has_columns

BODY = "Planned the work of six bakers and kept the books of a village bakery with two vans and one market stall. "
TEXT = f"""Ada Bloom
Profile
{BODY * 2}
Experience
Baker
Oven & Sons Ltd
May 2014 - June 2018
{BODY}
"""


def boxed(rows):
    return tuple(Block(text, bbox=(x0, top, x1, top + 10)) for text, x0, top, x1 in rows)


@pytest.mark.parametrize(
    ("text", "confidence", "reasons"),
    [
        (TEXT, "high", ()),
        ("Ada Bloom\nBaker", "low", ("very little text", "no section headings found", "no positions found")),
        (f"Ada Bloom\n{BODY * 4}", "low", ("no section headings found", "no positions found")),
        (TEXT.replace("May 2014 - June 2018", "Leeds"), "medium", ("no dates found",)),
        (TEXT.replace("May 2014 - June 2018", "2014 - 2018"), "high", ("dates are years only",)),
    ],
)
def test_what_is_missing_is_said(profiled, text, confidence, reasons):
    quality = profiled(text).quality
    assert (quality.confidence, quality.reasons) == (confidence, reasons)


def test_issues_of_the_file_are_reasons(document, profiled):
    whole = document(TEXT)
    issues = tuple(Issue(code, Severity.WARNING, "a", "x") for code in ("glued_words", "page_limit"))
    quality = profiled(Document(whole.doc_id, "pdf", whole.blocks, issues=issues)).quality
    assert quality.confidence == "medium"
    assert quality.reasons == ("words run together in the file", "only a part of the file was read")


def test_what_was_read_by_ocr_is_trusted_less(document, profiled):
    whole = document(TEXT)
    read = Issue("ocr", Severity.WARNING, "a", "1 page read by OCR, mean confidence 0.97")
    quality = profiled(Document(whole.doc_id, "pdf", whole.blocks, issues=(read,))).quality
    assert (quality.confidence, quality.reasons) == ("medium", ("read by OCR",))


def test_columns_are_lines_beside_lines():
    left = [("a line of text", 40, 100 + 14 * at, 200) for at in range(12)]
    right = [("another line of text", 260, 102 + 14 * at, 500) for at in range(12)]
    dates = [("June 2018", 450, 100 + 14 * at, 500) for at in range(12)]
    assert has_columns(boxed(left + right))
    assert not has_columns(boxed(left + dates))
    assert not has_columns(boxed(left))
