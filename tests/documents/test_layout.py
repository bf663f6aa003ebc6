import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.documents.layout import Line, blocks_of, in_order, is_displaced, line_spans, on_one_line, union
from hirelens_cli.model.documents import BlockKind

SOFT = "\ufffe"


def line(text, x=60, top=100, *, width=None, size=10.0, bold=False, page=1):
    return Line(text, page, (x, top, x + (width or 5 * len(text)), top + size), size, bold, 842)


def texts(lines):
    return [item.text for item in lines]


def blocks(*given):
    return blocks_of([line(text, top=100 + 12 * at) for at, text in enumerate(given)], 1)


@given(st.text(alphabet="ab \r\n\t\x02\ufffe", max_size=60))
def test_lines_hold_all_that_is_not_blank_in_order(text):
    spans = list(line_spans(text))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b and not text[a].isspace() and not text[b - 1].isspace() for a, b in spans)


def test_a_soft_hyphen_ends_its_line():
    text = f"inte{SOFT}gration of\r\n  tests "
    assert [text[a:b] for a, b in line_spans(text)] == [f"inte{SOFT}", "gration of", "tests"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((f"inte{SOFT}", "gration of tests"), ["integration", "of tests"]),
        ((f"state-of-the{SOFT}", "art tools"), ["state-of-the-art", "tools"]),
        ((f"Baker{SOFT}", "Hughes"), ["Baker-Hughes"]),
        ((f"front{SOFT}", "end", "front-end work"), ["front-end", "front-end work"]),
        ((f"front{SOFT}", "end", "frontend work"), ["frontend", "frontend work"]),
        (
            (f"full{SOFT}", "stack", "full time, full speed, stack and stack"),
            ["full-stack", "full time, full speed, stack and stack"],
        ),
        ((f"one{SOFT}", f"two{SOFT}", "three"), ["onetwothree"]),
        ((f"2010{SOFT}", "2012"), ["2010-", "2012"]),
        ((f"last{SOFT}",), ["last-"]),
    ],
)
def test_divided_words(lines, expected):
    assert [block.text for block in blocks(*lines)] == expected


def test_kinds():
    lines = [
        line("Ordinary text that sets the common size of the page", size=10),
        line("A larger line", size=14),
        line("A larger line that goes on, with a full stop.", size=14),
        line("SKILLS", bold=True),
        line("Bold but not capitals", bold=True),
        line("▪ An item"),
    ]
    assert [block.kind for block in blocks_of(lines, 1)] == [
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
    ]


def test_running_heads_and_feet():
    lines = []
    for page in range(1, 5):
        lines += [line("Ada Example", top=20, page=page), line("Body", top=400, page=page)]
        lines.append(line(f"Page {page} of 4", top=815, page=page))
    kinds = [block.kind for block in blocks_of(lines, 4)]
    assert kinds[:3] == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.FOOTER]
    assert kinds[3:] == [BlockKind.HEADER, BlockKind.PARAGRAPH, BlockKind.FOOTER] * 3


def test_order_of_painting_is_kept_where_columns_do_not_cross():
    left = [line(f"left {row}", 60, 100 + 12 * row) for row in range(9)]
    right = [line(f"right {row}", 320, 100 + 12 * row) for row in range(9)]
    foot = [line("A foot as wide as both of the columns above it, and painted before the second", top=700)]
    rows = [item for pair in zip(left, right, strict=True) for item in pair]
    for painted in (left + right, right + left, rows):
        assert in_order(painted) == painted
    assert in_order(left + foot + right) == left + right + foot


def test_what_is_painted_late_goes_where_it_stands():
    body = [line(f"body {row}", top=130 + 12 * row) for row in range(4)]
    more = [line(f"more {row}", top=230 + 12 * row) for row in range(4)]
    heads = [line("First", top=116), line("Second", top=216)]
    name = [line("The name", top=30)]
    aside = [line(f"aside {row}", 320, 116 + 12 * row) for row in range(6)]
    expected = ["The name", "First", *texts(body), "Second", *texts(more), *texts(aside)]
    assert texts(in_order([*body, *more, *aside, *heads, *name])) == expected


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 800), st.integers(1, 300), st.integers(4, 30)), max_size=40)
)
def test_no_line_is_lost_by_ordering(places):
    lines = [Line(str(at), 1, (x, y, x + wide, y + high)) for at, (x, y, wide, high) in enumerate(places)]
    ordered = in_order(lines)
    assert sorted(texts(ordered)) == sorted(texts(lines))
    if not is_displaced([item.bbox for item in lines]):
        assert ordered == lines


def test_a_page_of_very_many_runs_is_left_as_painted():
    lines = [line(str(row), top=3000 - 30 * row) for row in range(400)]
    assert in_order(lines) == lines


def test_on_one_line():
    letter = (60, 100, 66, 110)
    assert on_one_line(letter, (200, 101, 206, 111))
    assert on_one_line(letter, (200, 98, 204, 104))  # a superscript
    assert not on_one_line(letter, (200, 120, 206, 130))
    assert not on_one_line(letter, (200, 90, 230, 130))


def test_union():
    assert union((1, 2, 3, 4), (0, 3, 2, 9)) == (0, 2, 3, 9)
