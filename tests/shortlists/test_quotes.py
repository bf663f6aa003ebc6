from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.model.documents import Span
from hirelens_cli.model.profiles import Identity, Passage, Profile, Quality, SectionKind
from hirelens_cli.shortlists.quotes import LONGEST, around, line_around, passage, quotes

EMPTY = Profile("d", "", (0,), "", Identity(), (), (), (), (), (), (), (), (), (), 0, Quality("high"))


def profile(text: str) -> Profile:
    return replace(EMPTY, text=text)


def test_the_whole_line_is_quoted() -> None:
    text = "first\n  - used Python daily  \nlast"
    at = text.index("Python")
    found = line_around(profile(text), Span(at, at + 6))
    assert found is not None
    assert found.text == "- used Python daily"


def test_a_mention_over_two_lines_quotes_both() -> None:
    text = "we used machine\nlearning here\nand more"
    found = line_around(profile(text), Span(text.index("machine"), text.index("learning") + 8))
    assert found is not None
    assert found.text == "we used machine\nlearning here"


def test_blank_lines_are_no_evidence() -> None:
    assert line_around(profile("a\n   \nb"), Span(3, 4)) is None
    assert passage(profile("   "), Span(0, 3)) is None


def test_a_mention_inside_a_passage_quotes_the_passage_and_what_it_runs_on_into() -> None:
    text = "Skills\n- Own the close under US\nGAAP since 2020\nMore"
    whole, cut = (Span(text.index("- Own"), text.index(end)) for end in ("\nMore", "\nGAAP"))
    mention = Span(text.index("US"), text.index("GAAP") + 4)
    for home in (whole, cut):
        made = replace(profile(text), passages=(Passage(home.of(text), home, SectionKind.EXPERIENCE),))
        found = around(made, mention)
        assert found is not None
        assert found.text == "- Own the close under US\nGAAP since 2020"


def test_lines_are_quoted_once(case: Any) -> None:
    text = "Python and SQL\nSQL again\nPython"
    spans = [Span(0, 6), Span(11, 14), Span(15, 18), Span(25, 31)]
    assert [item.text for item in quotes(profile(text), spans)] == ["Python and SQL", "SQL again"]


@given(st.text(alphabet="ab  \n", max_size=900), st.data())
def test_quotes_are_short_true_and_hold_the_mention(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, min(len(text), start + 40))))
    for found in (line_around(profile(text), span), passage(profile(text), span)):
        if found is not None:
            assert found.text == text[found.start : found.end] == found.text.strip()
            assert len(found.text) <= LONGEST + 80
    found = line_around(profile(text), span)
    if found is not None and text[span.start : span.end].strip() == text[span.start : span.end] != "":
        assert found.start <= span.start
        assert found.end >= min(span.end, found.start + LONGEST)
