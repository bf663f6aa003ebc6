from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.documents.names import display_name


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Ana Müller – CV.pdf", "Ana Müller – CV.pdf"),
        ("a\nb\x1b[2J.pdf", "a\\x0ab\\x1b[2J.pdf"),
        ("evil\u202efdp.exe", "evil\\u202efdp.exe"),
        ("line\u2028break", "line\\u2028break"),
        ("c1\x9b", "c1\\u009b"),
        (b"\xff.pdf", "\\xff.pdf"),
        ("back\\slash", "back\\\\slash"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("简历.pdf", "简历.pdf"),
    ],
)
def test_what_cannot_be_seen_is_written_out(raw: bytes | str, shown: str) -> None:
    assert display_name(raw) == shown


@given(st.text())
def test_names_are_one_plain_line_and_encodable(raw: str) -> None:
    shown = display_name(raw)
    assert not any(unicodedata.category(character)[0] == "C" or character in "\u2028\u2029" for character in shown)
    shown.encode()


@given(st.binary(max_size=12), st.binary(max_size=12))
def test_different_names_stay_different(one: bytes, other: bytes) -> None:
    assert (display_name(one) == display_name(other)) == (one == other)
