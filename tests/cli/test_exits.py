from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from hirelens_cli.cli.exits import explain
from hirelens_cli.errors import PRECEDENCE, ExitCode

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exit-codes.md").read_text(encoding="utf-8")


def test_every_code_is_documented():
    assert [int(number) for number in re.findall(r"^\| (\d+) \|", PAGE, re.M)] == [int(code) for code in ExitCode]
    assert ", ".join(str(int(code)) for code in PRECEDENCE) in PAGE


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (typer.Exit(7), 7),
        (SystemExit(3), 3),
        (SystemExit(None), 0),
        (BrokenPipeError(), 0),
        (KeyboardInterrupt(), 130),
        (OSError(28, "No space left on device"), 5),
    ],
)
def test_codes(error, code, capsys):
    assert int(explain(error)) == code


def test_debug_shows_everything_and_keeps_nothing(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("HIRELENS_DEBUG", "1")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert explain(ValueError("details")) == ExitCode.BUG
    assert "ValueError: details" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_chain_of_errors_is_kept_in_whole(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    try:
        try:
            raise KeyError("secret")
        except KeyError as inner:
            raise RuntimeError("secret") from inner
    except RuntimeError as error:
        explain(error)
    text = next(tmp_path.iterdir()).read_text()
    assert "builtins.RuntimeError" in text
    assert "builtins.KeyError" in text
    assert 'raise KeyError("secret")' in text  # the program's own line; the message is gone
    assert text.count("secret") == text.count('Error("secret")')
