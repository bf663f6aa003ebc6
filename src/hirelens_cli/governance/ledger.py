"""The append-only record of what was done with a workspace. Each line holds the hash of the line before it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

START = "0" * 64
"""What the first line has before it."""

Value = str | int | float | bool | None | list[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger."""

    sequence: int
    at: str
    """UTC, ISO 8601."""
    kind: str
    body: Mapping[str, Value]
    previous: str
    hash: str
    """SHA-256 over all the rest."""


def append(path: Path, kind: str, body: Mapping[str, Value], at: str) -> Entry:
    """Add a line and have it on disk before returning; a line torn by a crash before it is cut off first."""
    entries = read(path)
    last = entries[-1] if entries else None
    sequence, previous = (last.sequence + 1, last.hash) if last else (0, START)
    entry = Entry(sequence, at, kind, body, previous, _hash(sequence, at, kind, body, previous))
    kept = "".join(_line(item) for item in entries)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if os.fstat(descriptor).st_size != len(kept.encode()):
            os.ftruncate(descriptor, len(kept.encode()))
        os.lseek(descriptor, 0, os.SEEK_END)
        os.write(descriptor, _line(entry).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return entry


def read(path: Path) -> tuple[Entry, ...]:
    """The whole lines of the ledger, in order; what follows a line that is not whole is not read."""
    if not path.is_file():
        return ()
    entries = []
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        try:
            raw = json.loads(line)
            entry = Entry(raw["sequence"], raw["at"], raw["kind"], raw["body"], raw["previous"], raw["hash"])
        except (ValueError, KeyError, TypeError):
            break
        if not line.endswith("\n"):
            break
        entries.append(entry)
    return tuple(entries)


def broken_at(entries: tuple[Entry, ...]) -> int | None:
    """The sequence number of the first line that does not follow from those before it, or None."""
    previous = START
    for number, entry in enumerate(entries):
        expected = _hash(entry.sequence, entry.at, entry.kind, entry.body, entry.previous)
        if entry.sequence != number or entry.previous != previous or entry.hash != expected:
            return number
        previous = entry.hash
    return None


def _hash(sequence: int, at: str, kind: str, body: Mapping[str, Value], previous: str) -> str:
    text = json.dumps([sequence, at, kind, body, previous], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _line(entry: Entry) -> str:
    fields = {
        "sequence": entry.sequence,
        "at": entry.at,
        "kind": entry.kind,
        "body": entry.body,
        "previous": entry.previous,
        "hash": entry.hash,
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":")) + "\n"
