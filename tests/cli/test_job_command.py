from __future__ import annotations

import json
from pathlib import Path

import pytest

from hirelens_cli.errors import ExitCode
from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.issues import Outcome, Status, failed

LINES = ("Backend Engineer", "Requirements", "3+ years of experience", "Python", "We seek a native English speaker.")


@pytest.fixture(autouse=True)
def answer(app):
    app.answers["read_file"] = Outcome(Document("d" * 64, "txt", tuple(Block(line) for line in LINES), language="en"))


@pytest.mark.slow
def test_a_job_as_toml_and_back(run):
    ended = run("job", "parse", "job.txt", "-o", "job.toml")
    assert (ended.code, ended.out) == (0, "")
    text = Path("job.toml").read_text()
    assert 'schema = "hirelens.job/1"' in text
    assert "Python" in text
    again = run("job", "parse", "job.toml")
    assert again.code == 0
    assert 'any_of = ["Python"]' in again.out


@pytest.mark.slow
def test_lint_is_a_gate(run):
    ended = run("job", "lint", "job.txt", "--format", "json")
    findings = json.loads(ended.out)
    assert ended.code == (ExitCode.GATE if any(item["severity"] == "error" for item in findings) else 0)
    assert any("native" in item["words"] for item in findings)
    table = run("job", "lint", "job.txt")
    assert "native English speaker" in table.out
    assert table.code == ended.code


def test_what_cannot_be_read(run, app):
    app.answers["read_file"] = failed(Status.EMPTY, "d", "nothing in it")
    ended = run("job", "lint", "job.txt")
    assert (ended.code, ended.out) == (ExitCode.INPUT, "")
    assert "empty: nothing in it" in ended.err
