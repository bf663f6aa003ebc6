from __future__ import annotations

import json

import pytest

from hirelens_cli.errors import ExitCode
from hirelens_cli.model.issues import Status
from hirelens_cli.model.rights import Forgetting, Held, Receipt, Retention

ONE = Held("a" * 16, ("\x1b[2Jzoe.pdf",), ("r" * 16,))
OTHER = Held("b" * 16, ("zoe-new.pdf",), (), "same e-mail")
RECEIPT = Receipt("2026-11-27T10:00:00+00:00", "kim", Status.ERASED, (ONE,), 2, "c" * 64, "5" * 32, 7)


@pytest.fixture
def rights(app):
    """The rights, replaced."""
    app.answers |= {"forgetting": Forgetting((ONE,), (OTHER,)), "forget": RECEIPT}
    return app


def test_without_yes_it_only_says_what_would_go(run, rights):
    ended = run("forget", "zoe.pdf")
    assert ended.code == ExitCode.USAGE
    assert [name for name, _, _ in rights.calls] == ["forgetting"]
    for text in ("\\x1b[2Jzoe.pdf", "zoe-new.pdf", "same e-mail", "--all-files"):
        assert text in ended.out
    assert "nothing was erased yet" in ended.err


def test_a_receipt_is_printed_and_written(run, rights, tmp_path):
    ended = run("forget", "zoe.pdf", "--yes", "--all-files", "--by", "kim")
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert rights.calls[0][2] == {"all_files": True, "who": "kim"}
    for text in ("1 document taken out", "5" * 32, "refused unread", "not legal advice", "Not reached"):
        assert text in " ".join(ended.out.split())
    assert run("forget", "zoe.pdf", "--yes", "-o", "receipt.json").out == ""
    record = json.loads((tmp_path / "receipt.json").read_text())
    assert (record["schema"], record["status"], record["sequence"]) == ("hirelens.receipt/1", "erased", 7)


def test_retention_takes_an_age_and_shows_what_is_older(run, app):
    app.answers["retain"] = Retention("2026-05-31", (ONE,), None)
    ended = run("retain", "--older-than", "26w", "--dry-run")
    assert ended.code == ExitCode.DONE
    assert "Last screened before 2026-05-31: 1 document" in ended.out
    assert (app.calls[0][1][0], app.calls[0][2]) == (182, {"dry_run": True, "who": ""})
    app.answers["retain"] = Retention("2026-05-31", (ONE,), RECEIPT)
    assert json.loads(run("retain", "--older-than", "180d", "-f", "json").out)["receipt"]["commitment"] == "c" * 64
    for age in ("soon", "-1d", "1y"):
        assert run("retain", "--older-than", age).code == ExitCode.USAGE
