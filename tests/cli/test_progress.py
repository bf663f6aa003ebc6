from __future__ import annotations

import io

import pytest

from hirelens_cli.cli.progress import BarProgress, LineProgress, progress_for, stage_line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def work(progress) -> None:
    progress.start("reading", 3)
    progress.advance(2)
    progress.note("[red]a note\x1b[2J")
    progress.advance(1, failed=1)
    progress.start("scoring", 1)
    progress.advance()
    progress.close()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"quiet": True, "verbose": False}, []),
        ({"quiet": False, "verbose": False}, ["[red]a note\\x1b[2J"]),
        ({"quiet": False, "verbose": True}, ["[red]a note\\x1b[2J", "reading: 3 of 3, 1 failed", "scoring: 1 of 1"]),
    ],
)
def test_lines_off_a_terminal(monkeypatch, options, expected):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    progress = progress_for(**options)
    assert isinstance(progress, LineProgress)
    work(progress)
    lines = stream.getvalue().splitlines()
    assert len(lines) == len(expected)
    assert all(line.startswith(start) for line, start in zip(lines, expected, strict=True))


def test_a_bar_on_a_terminal_that_goes_away(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    progress = progress_for(quiet=False, verbose=False)
    assert isinstance(progress, BarProgress)
    work(progress)
    text = stream.getvalue()
    assert "reading" in text
    assert "[red]a note\\x1b[2J" in text
    assert "\x1b[2K" in text  # the bar's line is erased at the end


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_no_bar_where_the_cursor_cannot_move(monkeypatch, term):
    monkeypatch.setattr("sys.stderr", Terminal())
    monkeypatch.setenv("TERM", term)
    assert isinstance(progress_for(quiet=False, verbose=False), LineProgress)


def test_stage_line():
    assert stage_line("read", 240, 240, 3, 12.0) == "read: 240 of 240, 3 failed, 12.0 s, 20.0/s"
    assert stage_line("read", 0, 0, 0, 0.0) == "read: 0 of 0, 0.0 s"
