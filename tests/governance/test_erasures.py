from __future__ import annotations

from pathlib import Path

from hirelens_cli.governance import ledger
from hirelens_cli.governance.erasures import KIND, Change, commitment, entry_body, expected, noted

AT = "2026-11-27T10:00:00+00:00"


def test_each_erasure_takes_a_run_from_digest_to_digest(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    ledger.append(path, "run", {"run": "r", "digest": "d0"}, AT)
    ledger.append(path, "run", {"run": "other", "digest": "x"}, AT)
    for change in (Change("r", "d0", "d1", 1), Change("r", "d1", "d2", 2)):
        ledger.append(path, KIND, entry_body("kim", "erased", 1, change.after, [change]), AT)
    found = expected(ledger.read(path), "r")
    assert found is not None
    assert (found.digest, found.erased) == ("d2", 3)
    assert expected(ledger.read(path), "none") is None


def test_an_erasure_that_does_not_follow_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    ledger.append(path, "run", {"run": "r", "digest": "d0"}, AT)
    ledger.append(path, KIND, entry_body("kim", "erased", 1, "c", [Change("r", "elsewhere", "d1", 1)]), AT)
    found = expected(ledger.read(path), "r")
    assert found is not None
    assert (found.digest, found.erased) == ("d0", 0)


def test_the_commitment_depends_on_salt_and_ids_not_on_their_order(tmp_path: Path) -> None:
    assert commitment(["a", "b"], "s") == commitment(["b", "a"], "s") != commitment(["a", "b"], "t")
    entry = ledger.append(tmp_path / "l", KIND, entry_body("kim", "erased", 2, commitment(["a"], "s"), []), AT)
    assert noted([entry], commitment(["a"], "s")) == entry
    assert noted([entry], commitment(["a"], "t")) is None
