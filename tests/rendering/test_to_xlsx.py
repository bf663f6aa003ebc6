"""Workbooks, opened again as the archives of XML that they are."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from hirelens_cli.errors import UsageError
from hirelens_cli.rendering import to_xlsx
from hirelens_cli.rendering.to_xlsx import CELL, Sheet, shortlist_xlsx, workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1}",
    "\t=1",
    "http://evil.test",
    "mailto:a@b",
    "internal:A1",
    "123",
    "true",
    "_x0041_",
)


class Opened:
    """Names of the sheets, and of each the cells as (type, value)."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        strings = self.xml("xl/sharedStrings.xml")
        self.strings = ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in strings]
        self.names = [sheet.get("name") for sheet in self.xml("xl/workbook.xml").iter(f"{MAIN}sheet")]

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.archive.read(name))

    def sheet(self, number: int) -> list[list[tuple[str, str]]]:
        page = self.xml(f"xl/worksheets/sheet{number}.xml")
        return [[self._cell(cell) for cell in row.iter(f"{MAIN}c")] for row in page.iter(f"{MAIN}row")]

    def _cell(self, cell: etree._Element) -> tuple[str, str]:
        assert cell.find(f"{MAIN}f") is None, "a formula"
        kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v", "")
        return (kind, self.strings[int(value)]) if kind == "s" else (kind, value)


def test_one_sheet_per_job_with_typed_cells(shortlist):
    opened = Opened(shortlist_xlsx(replace(shortlist, jobs=shortlist.jobs * 2)))
    assert opened.names == ["Senior Backend Engineer", "Senior Backend Engineer (2)", "Points", "Not screened", "Run"]
    head, first, *_ = opened.sheet(1)
    row = dict(zip((text for _, text in head), first, strict=True))
    best = shortlist.jobs[0].candidates[0]
    assert row["Rank"] == ("n", "1")
    assert (row["Score"][0], float(row["Score"][1])) == ("n", best.score / 100)
    assert row["Resume"] == ("s", "amara.pdf\ncopy/amara.pdf")
    points = [dict(zip((text for _, text in opened.sheet(3)[0]), line, strict=True)) for line in opened.sheet(3)[1:]]
    of_best = [item for item in points if item["Candidate"][1] == "amara.pdf"]
    assert round(sum(float(item["Points"][1]) for item in of_best), 6) == 2 * best.score / 100
    assert {item["Must"][0] for item in points} == {"b"}


def test_the_head_stays_in_sight_and_scores_have_bars(shortlist):
    page = Opened(shortlist_xlsx(shortlist)).archive.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<pane ySplit="1" topLeftCell="A2"[^>]*state="frozen"', page)
    assert '<cfRule type="dataBar"' in page
    assert "<autoFilter" in page


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text):
    opened = Opened(workbook([Sheet(text, (text,), [(text,)])]))
    assert not [name for name in opened.archive.namelist() if "rels" in name and "worksheets" in name], "a link"
    (head,), (cell,) = opened.sheet(1)
    assert head[0] == cell[0] == "s"
    shown = text.replace("\t", "\\x09").replace("_x0041_", "_x005F_x0041_")
    assert cell[1] == shown


def test_control_characters_surrogates_and_overlong_texts_are_taken():
    text = "a\x00\x1b[2J\u202e\ud800\nb"
    opened = Opened(workbook([Sheet("s", ("a", "b"), [(text, "x" * (CELL + 1))])]))
    (_, shown), (_, cut) = opened.sheet(1)[1]
    assert shown == "a\\x00\\x1b[2J\\u202e\\ud800\nb"
    assert len(cut) == CELL
    assert cut.endswith("(cut)")


def test_what_a_double_cannot_hold_is_text():
    moment = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
    values = [1, 2**53 + 1, Decimal("78.25"), float("nan"), float("inf"), True, None, datetime.date(2026, 1, 2), moment]
    values += [datetime.date(1066, 10, 14), datetime.datetime(2026, 1, 2, 3), 0.1]  # noqa: DTZ001
    cells = Opened(workbook([Sheet("s", ("n",) * len(values), [values])])).sheet(1)[1]
    kinds = [kind for kind, _ in cells]
    assert kinds == ["n", "s", "n", "s", "s", "b", "n", "n", "s", "s", "n", "n"]
    assert (cells[1][1], cells[2][1], float(cells[11][1])) == ("9007199254740993", "78.25", 0.1)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (["a", "A", "a"], ["a", "A (2)", "a (3)"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 26 + " (2)"]),
        (["[a]:*?/\\b", "", "'", "History"], ["a      b", "Sheet", "Sheet (2)", "History (2)"]),
    ],
)
def test_sheets_have_names_that_excel_takes(wanted, expected):
    assert Opened(workbook([Sheet(name, ("a",), [("b",)]) for name in wanted])).names == expected


def test_the_same_tables_give_the_same_file(shortlist):
    assert shortlist_xlsx(shortlist) == shortlist_xlsx(shortlist)


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(to_xlsx, "ROWS", 3)
    with pytest.raises(UsageError, match="more than a sheet can hold"):
        workbook([Sheet("s", ("a",), [(1,), (2,), (3,)])])
