from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from hirelens_cli.cli.tables import bar, draw_rows, draw_shortlist, drawn, folded
from hirelens_cli.cli.waterfall import draw_explanation

SNAPSHOTS = Path(__file__).parent / "snapshots"
HOSTILE = (
    "[link=https://evil.test]x[/link].pdf",
    "[bold red]HIRED[/].pdf",
    "bad[/red].pdf",
    "\x1b[2J\x1b]8;;https://evil.test\x07clear.pdf",
    "\x9b31mc1.pdf",
    "two\nlines\r.pdf",
    "\u202efdp.exe",
    "zero\u200bwidth.pdf",
    "raw\udcffbyte.pdf",
    ":smile:.pdf",
)


def check_snapshot(name: str, text: str) -> None:
    """Compare with the file of that name; HIRELENS_UPDATE=1 writes it."""
    path = SNAPSHOTS / name
    if os.environ.get("HIRELENS_UPDATE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def at(width: int, draw, *, terminal: bool = False) -> str:
    """What `draw` shows on a terminal of that width."""
    out = io.StringIO()
    draw(Console(file=out, width=width, color_system="standard" if terminal else None, force_terminal=terminal))
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 120, 200])
def test_shortlist_looks_like_this(shortlist, width):
    text = drawn(lambda console: draw_shortlist(console, shortlist), to_file=True, width=width).decode()
    check_snapshot(f"shortlist-{width}.txt", text)
    assert max(map(cell_len, text.split("\n"))) <= width


@pytest.mark.parametrize("width", [80, 200])
def test_explanation_looks_like_this(shortlist, width):
    job = shortlist.jobs[0]
    text = drawn(lambda console: draw_explanation(console, job, job.candidates[0]), to_file=True, width=width).decode()
    check_snapshot(f"explanation-{width}.txt", text)
    assert max(map(cell_len, text.split("\n"))) <= width


@pytest.mark.parametrize("width", [60, 80, 200])
def test_long_names_are_folded_never_cut(shortlist, width):
    job = shortlist.jobs[0]
    stem = "applications/2026/a-very-long-folder-name/and-a-file-whose-name-goes-on-and-on-and-on-"
    people = tuple(replace(job.candidates[0], resume=f"{stem}{number}.pdf") for number in (1, 2))
    long = replace(shortlist, jobs=(replace(job, candidates=people),))
    text = at(width, lambda console: draw_shortlist(console, long))
    packed = re.sub(
        r"[\s▉▊▋▌▍▎▏█]|Meets most of what is asked\.|\bMeets|\bmost\b|\bof\b|\bwhat\b|\bis\b|\basked\.", "", text
    )
    assert "…" not in text
    for number in (1, 2):
        assert f"on-{number}.pdf" in packed


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text_and_nothing_else(shortlist, name):
    job = shortlist.jobs[0]
    person = replace(job.candidates[0], resume=name, name=name, also=(name,), flags=(name,), confidence=name)
    words = replace(person.explanation, summary=name, strengths=(name,))
    person = replace(person, explanation=words)
    unscreened = (replace(shortlist.unscreened[0], resume=name, message=name, hint=name),)
    hostile = replace(
        shortlist, jobs=(replace(job, title=name, job=name, candidates=(person,)),), unscreened=unscreened
    )
    text = at(200, lambda console: draw_shortlist(console, hostile), terminal=True)
    text += at(200, lambda console: draw_explanation(console, hostile.jobs[0], person), terminal=True)
    text += at(200, lambda console: draw_rows(console, (name,), [(name,)]), terminal=True)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)  # the colours that we set
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e\ud800-\udfff]", plain)
    assert "\x1b]8" not in text
    visible = name.encode("unicode_escape").decode().replace("\\n", "\\x0a").replace("\\r", "\\x0d")
    assert visible in plain


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("daniel-fitzwilliam-shah.pdf", 22, ["daniel-fitzwilliam-", "shah.pdf"]),
        ("a/b c.pdf", 20, ["a/b c.pdf"]),
        ("Amara Okonjo", 6, ["Amara", "Okonjo"]),
        ("x" * 7, 3, ["xxx", "xxx", "x"]),
        ("王小明王小明", 6, ["王小明", "王小明"]),
        ("", 5, [""]),
    ],
)
def test_folding(text, width, expected):
    assert folded(text, width) == expected


@pytest.mark.slow
@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=60), st.integers(2, 30))
def test_folding_loses_nothing_but_blanks(text, width):
    pieces = folded(text, width)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(piece) <= width for piece in pieces)


def test_no_candidates(shortlist):
    empty = replace(shortlist, jobs=(replace(shortlist.jobs[0], candidates=(), pool=0),), unscreened=())
    text = at(80, lambda console: draw_shortlist(console, empty))
    assert "No candidate was scored" in text
    assert "Not screened" not in text


@pytest.mark.parametrize(("share", "expected"), [(0.0, ""), (1.0, "████"), (0.5, "██"), (2.0, "████"), (0.2, "▊")])
def test_bar(share, expected):
    assert bar(share, 4) == expected
