from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.rendering.safe import safe_cell, safe_markdown, safe_text


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_is_left_that_a_terminal_acts_on(text):
    shown = safe_text(text)
    assert all(unicodedata.category(character)[0] != "C" for character in shown)
    assert len(shown.splitlines()) <= 1


def test_plain_names_stay():
    for name in ("Zoë Ångström", "王小明.pdf", "O’Neill — CV", "naïve\u00a0space"):
        assert safe_text(name) == name


def test_what_is_taken_out_stays_visible():
    assert safe_text("a\x1b[2J\u202eb\U000e0001\udcff\n") == "a\\x1b[2J\\u202eb\\U000e0001\\udcff\\x0a"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\r=x", "  =1", "\n=1", "＝1", "=cmd|' /C calc'!A0"])
def test_cells_are_no_formulas(text):
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Python", "3 years", "a=b", "  "])
def test_other_cells_stay(text):
    assert safe_cell(text) == text


def test_markdown_stays_text():
    assert safe_markdown("[x](http://e.test) <b>|`*_#\nnext") == r"\[x\](http://e.test) \<b\>\|\`\*\_\# next"
