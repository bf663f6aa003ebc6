from __future__ import annotations

from pathlib import Path

import pytest

from hirelens_cli.governance import ledger
from hirelens_cli.governance.decisions import KIND, decisions_in, entry_body, nameless, seal
from hirelens_cli.model.decisions import Decision

DECISION = Decision(
    -1,
    "2026-11-23T10:00:00+00:00",
    "kim",
    "r" * 16,
    "job.txt",
    "j" * 64,
    "a" * 16,
    "hold",
    "asks for more",
    2,
    5100,
    "d",
)


def keep(folder: Path, salt: str = "salt") -> str:
    commitment, data = seal(DECISION, salt)
    (folder / f"{commitment}.json").write_bytes(data)
    ledger.append(folder / "ledger.jsonl", KIND, entry_body(DECISION, commitment), DECISION.at)
    return commitment


def test_the_ledger_holds_a_commitment_and_nothing_of_the_person(tmp_path: Path) -> None:
    keep(tmp_path)
    text = (tmp_path / "ledger.jsonl").read_text()
    assert DECISION.candidate not in text
    assert DECISION.reason not in text
    (found,) = decisions_in(ledger.read(tmp_path / "ledger.jsonl"), tmp_path)
    assert (found.sequence, found.candidate, found.reason, found.rank) == (0, "a" * 16, "asks for more", 2)
    assert keep(tmp_path, "other") != keep(tmp_path)


def test_an_erased_decision_leaves_the_chain_valid(tmp_path: Path) -> None:
    commitment = keep(tmp_path)
    (tmp_path / f"{commitment}.json").unlink()
    entries = ledger.read(tmp_path / "ledger.jsonl")
    (found,) = decisions_in(entries, tmp_path)
    assert (found.decision, found.candidate, found.reason, found.rank, found.score) == ("hold", "", "", None, None)
    assert ledger.broken_at(entries) is None


def test_a_changed_file_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / f"{keep(tmp_path)}.json"
    path.write_bytes(path.read_bytes().replace(b"asks", b"begs"))
    assert decisions_in(ledger.read(tmp_path / "ledger.jsonl"), tmp_path)[0].reason == ""


def test_a_commitment_is_no_path(tmp_path: Path) -> None:
    entry = ledger.append(tmp_path / "ledger.jsonl", KIND, entry_body(DECISION, "../secret"), DECISION.at)
    (tmp_path.parent / "secret.json").write_bytes(seal(DECISION, "s")[1])
    assert decisions_in([entry], tmp_path)[0].candidate == ""


@pytest.mark.parametrize(
    ("reason", "name", "expected"),
    [
        ("Ada Bright-Lee knows SQL", "Ada Bright-Lee", "[name] knows SQL"),
        ("ada's tests;\n BRIGHT work", "Ada Bright", "[name]'s tests; [name] work"),
        ("brightest of all", "Ada Bright", "brightest of all"),
        ("as Li said", "Li Wu", "as Li said"),
        ("Müller fits", "Jörg Müller", "[name] fits"),
        ("no name known", "", "no name known"),
        (" \n ", "Ada", ""),
    ],
)
def test_the_name_is_taken_out_of_the_reason(reason: str, name: str, expected: str) -> None:
    assert nameless(reason, name) == expected
