"""The examples of docs/ci.md are true."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_test_in_the_page_passes(tmp_path, monkeypatch):
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(compile(code, "docs/ci.md", "exec"), names)
    names["test_the_shortlist_of_our_sample_stays_as_it_is"](tmp_path)


def test_the_steps_of_the_job_are_commands(monkeypatch, tmp_path):
    import typer

    from hirelens_cli.cli.main import app

    (job,) = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)
    lines = re.findall(r"run: (hirelens .*)", job)
    assert len(lines) == 3
    command = typer.main.get_command(app)
    for line in lines:
        name, *rest = shlex.split(line)[1:]
        command.commands[name].make_context(name, rest)
