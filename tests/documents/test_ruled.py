import io

import pikepdf
import pytest
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from hirelens_cli.config import Limits
from hirelens_cli.documents.pdf import read_pdf
from hirelens_cli.model.documents import BlockKind

STYLE = getSampleStyleSheet()["BodyText"]
SKILLS = [
    ["Skill", "Years", "Last used"],
    ["Sourdough and all breads that ask for patience", "8", "2024"],
    ["Oven maintenance", "3", "2019"],
]
TIMELINE = [
    ["2019 - 2022", "Night lead, Bakery Sonne", "Ran the night shift and the ovens of three shops with nine people"],
    ["2015 - 2019", "Baker, Bakery Mond", "Bread and rolls"],
]
COLUMNS = [
    ["Skills<br/>Bread<br/>Rolls<br/>Cakes<br/>Ovens<br/>Tarts", "Ran the night shift of a bakery. " * 12],
    ["German<br/>English<br/>" * 4, "Learned to bake bread and rolls. " * 12],
]


def page_with(rows, widths, ruled=True):
    buffer = io.BytesIO()
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
    cells = [[Paragraph(cell, STYLE) for cell in row] for row in rows]
    table = Table(cells, colWidths=widths, style=style)
    SimpleDocTemplate(buffer, invariant=1).build([Paragraph("Imke Brandt", STYLE), table, Paragraph("Courses", STYLE)])
    return buffer.getvalue()


def blocks(data):
    return read_pdf(data, "id", Limits(), "auto").value.blocks


@pytest.mark.parametrize(("rows", "widths"), [(SKILLS, (120, 60, 80)), (TIMELINE, (80, 100, 120))])
def test_the_rows_of_a_ruled_table_are_lines(rows, widths):
    first, *table, last = blocks(page_with(rows, widths))
    assert [block.text for block in table] == [" | ".join(row) for row in rows]
    assert {block.kind for block in table} == {BlockKind.TABLE_ROW}
    assert (first.text, last.text) == ("Imke Brandt", "Courses")


def test_a_page_laid_out_as_a_table_stays_as_it_is():
    with_rules, without = (blocks(page_with(COLUMNS, (150, 300), ruled)) for ruled in (True, False))
    assert with_rules == without


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_stays_as_it_is(turn):
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(page_with(SKILLS, (120, 60, 80)))) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(buffer)
    found = blocks(buffer.getvalue())
    assert BlockKind.TABLE_ROW not in {block.kind for block in found}


def test_hidden_words_of_a_cell_stay_hidden():
    rows = [*SKILLS, ["<font color='white'>Kubernetes wizardry forever</font> Tarts", "12", "2025"]]
    found = read_pdf(page_with(rows, (200, 60, 80)), "id", Limits(), "auto").value
    assert "Tarts | 12 | 2025" in found.text
    assert "Kubernetes" not in found.text
    assert "Kubernetes" in found.hidden


def test_underlines_and_boxes_are_no_tables():
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=(595, 842), invariant=1)
    page.rect(20, 20, 555, 802)
    for row in range(6):
        page.drawString(60, 780 - 120 * row, f"Section {row}")
        page.line(60, 776 - 120 * row, 500, 776 - 120 * row)
        page.rect(50, 700 - 120 * row, 200, 60)
        page.rect(300, 700 - 120 * row, 200, 60)
        page.drawString(60, 730 - 120 * row, "Ran the night shift")
        page.drawString(310, 730 - 120 * row, "Bread and rolls")
    page.save()
    assert BlockKind.TABLE_ROW not in {block.kind for block in blocks(buffer.getvalue())}
