"""The command line over a library that answers from memory."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

import hirelens_cli
from hirelens_cli.cli.main import main
from hirelens_cli.model.shortlists import Shortlist
from hirelens_cli.model.store import Answer


@dataclass
class FakeApp:
    """Stands for hirelens_cli.app: says what it was asked, answers or raises what it was given."""

    shortlist: Shortlist
    failure: BaseException | None = None
    calls: list[tuple[str, tuple[object, ...], dict[str, object]]] = field(default_factory=list)
    answers: dict[str, object] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Callable[..., object]:
        if name.startswith("_"):
            raise AttributeError(name)

        def call(*args: object, **kwargs: object) -> object:
            self.calls.append((name, args, kwargs))
            if self.failure is not None:
                raise self.failure
            return self.answers[name]

        return call


@dataclass(frozen=True)
class Ended:
    """How a command line ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def app(shortlist: Shortlist, monkeypatch: pytest.MonkeyPatch) -> FakeApp:
    """The library's doors, replaced."""
    fake = FakeApp(shortlist)
    job = shortlist.jobs[0]
    fake.answers = {
        "rank": shortlist,
        "ingest": SimpleNamespace(unscreened=shortlist.unscreened, counts=shortlist.counts),
        "explain": (job, job.candidates[0]),
        "lifts": (),
        "damaged": (),
        "query": Answer(("skill", "n"), (("Python", 3), ("=1+1", None)), ("VARCHAR", "INTEGER")),
    }
    for door in ("app", "audits", "history", "reporting", "rights"):
        monkeypatch.setitem(sys.modules, f"hirelens_cli.{door}", fake)
        monkeypatch.setattr(hirelens_cli, door, fake, raising=False)
    return fake


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], tmp_path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Ended]]:
    """Run a command line in an empty folder, off a terminal."""
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def run_command(*arguments: str) -> Ended:
        code = main(arguments)
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return run_command
