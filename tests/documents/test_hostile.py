"""Files made to hurt: the run ends, each has a status, and the files beside them are read as ever."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.sandbox import Entry, Sandbox
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Outcome, Status

spec = importlib.util.spec_from_file_location("hostile_files", Path(__file__).with_name("hostile_files.py"))
assert spec is not None
assert spec.loader is not None
hostile_files = importlib.util.module_from_spec(spec)
spec.loader.exec_module(hostile_files)

LIMITS = replace(Limits(), cpu_seconds=3, memory_mb=512)
SECRET = "the content of a file that nobody gave"

# What may become of each attack; a file that is not listed may also be read, or have any status.
EXPECTED = {
    "billion laughs.docx": {Status.MALFORMED},
    "xxe.docx": {Status.MALFORMED},
    "xxe.xml": {Status.MALFORMED},
    "bomb.docx": {Status.TOO_LARGE},
    "media bomb.docx": {Status.TOO_LARGE, None},  # None: the part is never unpacked
    "entries.docx": {Status.TOO_LARGE},
    "many paragraphs.docx": {Status.TOO_LARGE},
    "truncated.docx": {Status.MALFORMED},
    "header.pdf": {Status.MALFORMED, Status.EMPTY},
    "locked.pdf": {Status.ENCRYPTED},
    "forms.pdf": {Status.MEMORY, Status.TIMEOUT, Status.CRASHED, Status.TOO_LARGE, Status.EMPTY},
    "spaces.pdf": {Status.MEMORY, Status.EMPTY, Status.TOO_LARGE},
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS, accept_any=True) as made:
        yield made


def entry(name: str, data: bytes) -> Entry:
    return sha256(data).hexdigest(), name, data


def harmless() -> list[Entry]:
    return [entry(name, make()) for name, make in sorted(hostile_files.HARMLESS.items())]


def read(sandbox: Sandbox, entries: list[Entry], chunk: int) -> list[Outcome[Document]]:
    outcomes = []
    for start in range(0, len(entries), chunk):
        part = entries[start : start + chunk]
        results = list(sandbox.read_many(part))
        assert [doc_id for doc_id, _ in results] == [doc_id for doc_id, _, _ in part]
        outcomes += [outcome for _, outcome in results]
    return outcomes


def among(entries: list[Entry], neighbours: list[Entry]) -> tuple[list[Entry], list[int]]:
    """The entries with a harmless neighbour after every third, and the places of the neighbours."""
    mixed: list[Entry] = []
    places: list[int] = []
    for number, each in enumerate(entries):
        mixed.append(each)
        if number % 3 == 2:
            places.append(len(mixed))
            mixed.append(neighbours[number // 3 % len(neighbours)])
    return mixed, places


def survive(sandbox: Sandbox, attacks: list[Entry], chunk: int) -> list[Outcome[Document]]:
    """The outcomes of the attacks, after checking that their neighbours were read as if alone."""
    neighbours = harmless()
    alone = dict(sandbox.read_many(neighbours))
    mixed, places = among(attacks, neighbours)
    outcomes = read(sandbox, mixed, chunk)
    assert len(outcomes) == len(mixed)
    assert all(outcomes[place] == alone[mixed[place][0]] for place in places)
    assert sandbox.usage.peak_bytes <= LIMITS.memory_mb * 1024 * 1024
    if sys.platform == "linux":
        assert children(sandbox) == []
    return [outcome for place, outcome in enumerate(outcomes) if place not in set(places)]


def children(sandbox: Sandbox) -> list[str]:
    assert sandbox._readers._helper is not None
    pid = sandbox._readers._helper._process.pid
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_the_harmless_files_are_read(sandbox: Sandbox) -> None:
    for doc_id, outcome in sandbox.read_many(harmless()):
        assert outcome.value is not None, doc_id
        assert "Terraform" in outcome.value.text


@pytest.mark.slow
def test_attacks_end_as_a_status_of_their_own(sandbox: Sandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    attacks = [entry(name, data) for name, data in hostile_files.bombs(str(secret))]
    outcomes = survive(sandbox, attacks, 8)
    for (_, name, _), outcome in zip(attacks, outcomes, strict=True):
        assert outcome.status in EXPECTED.get(name, {outcome.status}), name
        assert outcome.value is None or SECRET not in outcome.value.text
        assert all(SECRET not in issue.message for issue in outcome.issues)


@pytest.mark.slow
def test_empty_password_is_no_password(sandbox: Sandbox) -> None:
    ((_, outcome),) = sandbox.read_many([entry("open.pdf", hostile_files.encrypted(""))])
    assert outcome.value is not None


@pytest.mark.slow
def test_some_mutants_in_chunks_of_any_size(sandbox: Sandbox) -> None:
    attacks = [entry(name, data) for name, data in hostile_files.mutants(60, seed=1)]
    assert survive(sandbox, attacks, 16) == survive(sandbox, attacks, 5)


@pytest.mark.slow
def test_a_thousand_mutants(sandbox: Sandbox) -> None:
    attacks = [entry(name, data) for name, data in hostile_files.mutants(1200)]
    outcomes = survive(sandbox, attacks, 16)
    counts = Counter(str(outcome.status) for outcome in outcomes)
    print(counts, sandbox.usage)
    assert counts["None"] > 100
    assert counts["None"] < 1200
