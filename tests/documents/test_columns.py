from __future__ import annotations

from hirelens_cli.documents.columns import by_columns
from hirelens_cli.documents.layout import Line


def line(text, left, top, width=None):
    return Line(text, 1, (left, top, left + (width or 5.0 * len(text)), top + 12.0))


def order(*lines):
    return [item.text for item in by_columns(lines)]


def column(name, left, count, top=100, step=16):
    return [line(f"{name}{row}", left, top + step * row) for row in range(count)]


def test_one_column_from_above():
    lines = column("line ", 50, 6)
    assert order(*reversed(lines)) == [f"line {row}" for row in range(6)]


def test_a_sidebar_is_read_after_the_heading_and_before_the_main_column():
    head = line("A name that goes across the whole of the page from side to side", 50, 50, 480)
    found = order(*column("main ", 250, 8), *column("side ", 50, 6), head)
    assert found == [head.text, *(f"side {row}" for row in range(6)), *(f"main {row}" for row in range(8))]


def test_columns_end_at_a_line_across_the_page():
    foot = line("References from all of them are gladly given when you ask for any", 50, 400, 480)
    found = order(*column("a", 50, 5), foot, *column("b", 300, 5))
    assert found == ["a0", "a1", "a2", "a3", "a4", "b0", "b1", "b2", "b3", "b4", foot.text]


def test_dates_to_the_right_stay_with_what_they_date():
    lines = []
    for row in range(5):
        lines += [
            line(f"Engineer at Firm {row}", 50, 100 + 60 * row),
            line(f"20{row + 10} - 20{row + 11}", 480, 101 + 60 * row),
        ]
        lines += [line("Built services", 60, 116 + 60 * row), line("Ran them", 60, 132 + 60 * row)]
    assert order(*lines)[:3] == ["Engineer at Firm 0  2010 - 2011", "Built services", "Ran them"]


def test_the_box_of_a_row_goes_around_its_pieces():
    (row,) = by_columns([line("left", 50, 100), line("right", 300, 103)])
    assert row.bbox == (50, 100, 325, 115)


def test_nothing():
    assert by_columns([]) == []
