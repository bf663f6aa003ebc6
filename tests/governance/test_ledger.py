"""The ledger: append-only, chained, torn lines cut off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hirelens_cli.governance.ledger import append, broken_at, read

AT = "2026-11-23T10:00:00+00:00"


def test_lines_follow_from_each_other(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    for number in range(3):
        append(path, "run", {"run": f"r{number}"}, AT)
    entries = read(path)
    assert [entry.sequence for entry in entries] == [0, 1, 2]
    assert broken_at(entries) is None


def test_a_changed_line_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    append(path, "run", {"scored": 10}, AT)
    append(path, "run", {"scored": 11}, AT)
    path.write_text(path.read_text().replace('"scored":10', '"scored":12'))
    assert broken_at(read(path)) == 0


def test_a_missing_line_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    for number in range(3):
        append(path, "run", {"n": number}, AT)
    entries = read(path)
    assert broken_at((entries[0], entries[2])) == 1
    assert broken_at((entries[0], replace(entries[2], sequence=1))) == 1


def test_a_line_torn_by_a_crash_is_cut_off_before_the_next(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    append(path, "run", {"n": 0}, AT)
    with path.open("ab") as file:
        file.write(b'{"sequence": 1, "at": "20')
    append(path, "run", {"n": 1}, AT)
    entries = read(path)
    assert [entry.body for entry in entries] == [{"n": 0}, {"n": 1}]
    assert broken_at(entries) is None
