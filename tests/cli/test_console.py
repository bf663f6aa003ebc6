from __future__ import annotations

import io

import pytest

from hirelens_cli.cli import console


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in ("NO_COLOR", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def shown(stream: io.StringIO) -> str:
    from rich.text import Text

    console.console_for(stream).print(Text("hello", style="bold red"))
    return stream.getvalue()


def test_colour_on_a_terminal():
    assert "\x1b[" in shown(Terminal())


def test_no_colour_off_a_terminal(monkeypatch):
    assert shown(io.StringIO()) == "hello\n"
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert shown(io.StringIO()) == "hello\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour_where_it_is_not_wanted(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert shown(Terminal()) == "hello\n"


def test_columns_count_off_a_terminal(monkeypatch):
    assert console.console_for(io.StringIO()).width == 80
    monkeypatch.setenv("COLUMNS", "132")
    assert console.console_for(io.StringIO()).width == 132
    monkeypatch.setenv("COLUMNS", "many")
    assert console.console_for(io.StringIO()).width == 80


def test_messages_are_safe_and_only_labels_are_styled(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    console.say("\x1b[2J[red]x[/]", label="error:", style="bold red")
    text = stream.getvalue()
    assert text.endswith(" \\x1b[2J[red]x[/]\n")
    assert text.startswith("\x1b[1;31merror:")
