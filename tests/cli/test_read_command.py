from __future__ import annotations

import json

from hirelens_cli.errors import ExitCode
from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Outcome, Status, failed

DOCUMENT = Document(
    "d" * 64,
    "pdf",
    (Block("Jane [red]Doe", kind=BlockKind.HEADING), Block("second\x1b[2J page", page=2)),
    pages=2,
    hidden=("python", "expert"),
)


def test_text_on_stdout_and_hidden_words_on_stderr(run, app):
    app.answers["read_file"] = Outcome(DOCUMENT)
    ended = run("read", "a.pdf")
    assert ended.code == ExitCode.DONE
    assert ended.out == "--- page 1 of 2 ---\nJane [red]Doe\n--- page 2 of 2 ---\nsecond\\x1b[2J page\n"
    assert ended.err == "hidden words, not scored: python expert\n"


def test_json(run, app):
    app.answers["read_file"] = Outcome(DOCUMENT)
    record = json.loads(run("read", "a.pdf", "--format", "json").out)
    assert (record["schema"], record["status"]) == ("hirelens.document/1", "read")
    assert [block["page"] for block in record["blocks"]] == [1, 2]
    assert record["text"] == DOCUMENT.text


def test_json_of_what_cannot_be_read(run, app):
    app.answers["read_file"] = failed(Status.ENCRYPTED, "d", "needs a password")
    ended = run("read", "a.pdf", "--format", "json")
    record = json.loads(ended.out)
    assert (ended.code, record["status"], record["blocks"]) == (ExitCode.INPUT, "encrypted", [])
    assert record["issues"][0]["message"] == "needs a password"


def test_what_cannot_be_read_says_why(run, app):
    app.answers["read_file"] = failed(Status.ENCRYPTED, "d", "needs a password", "remove the password")
    ended = run("read", "a.pdf")
    assert (ended.code, ended.out) == (ExitCode.INPUT, "")
    assert ended.err == "error: a.pdf: encrypted: needs a password\n  hint: remove the password\n"
