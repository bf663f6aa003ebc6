"""Old runs go, with what only they refer to; the rest is as it was, and the ledger says what happened."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from hirelens_cli import app, history
from hirelens_cli.cli.main import main
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.subjects import stage_shelves
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import ExitCode, InputError
from hirelens_cli.governance import ledger
from hirelens_cli.model.comparisons import Result
from hirelens_cli.pruning import prune

pytestmark = pytest.mark.slow
"""Each test ranks a folder of its own, a second or so."""

RESUMES = ("old", "both", "new")


class KilledError(BaseException):
    """Stands for a SIGKILL."""


def settings(root: Path) -> RunConfig:
    return RunConfig(workspace=str(root / "w"), as_of="2026-11-23", workers=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs that share one resume and no job."""
    root = tmp_path_factory.mktemp("pruning")
    for name in RESUMES:
        (root / f"{name}.txt").write_text(
            f"{name.title()} Person\n{name}@mail.example\n\nExperience\nWelder, {name.title()} Works\n01/2015 - Present\n"
            f"- MIG welding of {name} frames\n\nSkills\nMIG welding\n"
        )
    for job, names in (("first", ("old", "both")), ("second", ("both", "new"))):
        (root / f"{job}.txt").write_text(f"Welder\n\nRequirements\n- MIG welding\n- {len(job)} years of experience\n")
        app.rank([str(root / f"{name}.txt") for name in names], [str(root / f"{job}.txt")], settings(root))
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of one's own; the resumes lie where the runs found them."""
    shutil.copytree(made / "w", tmp_path / "w", symlinks=True)
    return tmp_path


def state(root: Path) -> dict[str, object]:
    """All that a pruning may change: what each shelf answers, the jobs, the runs, the published rows."""
    workspace = Workspace.of(settings(root))
    held: dict[str, object] = {
        stage: sorted(key for shelf in stage_shelves(workspace) if shelf.stage == stage
                      for receipt in shelf.receipts() for key in receipt.keys)
        for stage in ("documents", "profiles", "vectors")
    }  # fmt: skip
    held["jobs"] = sorted(path.name for path in (workspace.parts / "jobs").glob("*/*"))
    held["runs"] = sorted(path.name for path in (workspace.parts / "runs").iterdir())
    held["published"] = app.query("SELECT run, candidate, score FROM v1_scores ORDER BY ALL", settings(root)).rows
    return held


def test_what_only_old_runs_refer_to_goes_and_the_rest_is_as_it_was(root: Path, made: Path) -> None:
    old, new = (item.record for item in history.list_runs(settings(root)))
    pages = root / "w" / "reports"
    pages.mkdir()
    for run in (old.run, new.run):
        (pages / f"{run}.html").write_text("page")
    before = state(root)
    seen = prune(settings(root), keep=1, dry_run=True)
    assert state(root) == before
    done = prune(settings(root), keep=1, who="kim")
    assert [(run.record.run, size > 0) for run, size in done.runs] == [(old.run, True)]
    assert (seen.runs, seen.caches, done.staying) == (done.runs, done.caches, 1)
    # Of the old run its own resume and its job (documents), its profile and that profile's passages.
    assert [(item.stage, item.entries) for item in done.caches] == [("documents", 2), ("profiles", 1), ("vectors", 1)]
    after = state(root)
    assert {key: len(value) for key, value in after.items()} == {
        "documents": 3, "profiles": 2, "vectors": 2, "jobs": 1, "runs": 1, "published": 2,
    }  # fmt: skip
    assert [path.name for path in pages.iterdir()] == [f"{new.run}.html"]
    entries = ledger.read(root / "w" / "ledger.jsonl")
    assert ledger.broken_at(entries) is None
    assert (entries[-1].kind, entries[-1].body) == ("pruned", {"who": "kim", "runs": [f"{old.run} {old.digest}"]})
    assert {check.result for check in history.verify_run("latest", settings(root)).checks} == {Result.EQUAL}
    app.explain("both.txt", "second.txt", settings(root))
    for ask in (history.verify_run, history.show_run):
        with pytest.raises(InputError, match=f"run {old.run} was pruned at .* by kim"):
            ask(old.run[:6], settings(root))
    again = app.rank([str(made / "both.txt"), str(made / "new.txt")], [str(made / "second.txt")], settings(root))
    assert again.run == new.run
    assert ledger.read(root / "w" / "ledger.jsonl")[-1].body["documents_made"] == 0, "what the run refers to was kept"


def test_a_pruned_run_that_is_carried_out_again_is_a_run_again(root: Path, made: Path) -> None:
    old = history.list_runs(settings(root))[0].record
    assert prune(settings(root), keep=0).staying == 0
    assert app.query("FROM v1_runs", settings(root)).rows == ()
    assert [len(value) for value in state(root).values()] == [0] * 6
    again = app.rank([str(made / "old.txt"), str(made / "both.txt")], [str(made / "first.txt")], settings(root))
    assert again.run == old.run
    assert history.verify_run(old.run, settings(root)).holds
    assert prune(settings(root), keep=1).runs == ()
    assert len(history.list_runs(settings(root))) == 1


def test_only_runs_older_than_an_age_go(root: Path) -> None:
    """They were carried out today, by the ledger, whatever their as-of date."""
    later = RunConfig(workspace=str(root / "w"), as_of="2999-01-01")
    assert prune(settings(root), older_than=90).runs == ()
    assert len(prune(later, older_than=90, dry_run=True).runs) == 2
    assert len(prune(later, older_than=90, keep=1, dry_run=True).runs) == 1


def test_killed_anywhere_it_is_finished_by_the_next(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(root / "w", tmp_path / "expected" / "w")
    prune(settings(tmp_path / "expected"), keep=1)
    expected = state(tmp_path / "expected")
    for moment in range(0, 400, 5):
        place = tmp_path / str(moment)
        shutil.copytree(root / "w", place / "w")
        if not _killed(place, moment, monkeypatch):
            break
        app.explain("both.txt", "second.txt", settings(place))
        prune(settings(place), keep=1)
        assert state(place) == expected, moment
        entries = ledger.read(place / "w" / "ledger.jsonl")
        assert (ledger.broken_at(entries), [line.kind for line in entries].count("pruned")) == (None, 1), moment
    assert moment > 20


def _killed(root: Path, moment: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Prune, and stop dead at so many calls that change a file; whether it came to that."""
    count = 0

    def stopping(real):  # type: ignore[no-untyped-def]
        def call(*args: object, **named: object) -> object:
            nonlocal count
            count += 1
            if count > moment:
                raise KilledError
            return real(*args, **named)

        return call

    with monkeypatch.context() as patch:
        for name in ("unlink", "replace", "rmdir"):
            patch.setattr(os, name, stopping(getattr(os, name)))
        try:
            prune(settings(root), keep=1)
        except KilledError:
            return True
    return False


def test_the_command_asks_first(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--workspace", str(root / "w")]
    assert main(["runs", "prune", "--keep", "1", *where]) == ExitCode.USAGE
    told = capsys.readouterr()
    assert "To be removed: 1 run; 1 run stays" in told.out
    assert "kB" in told.out
    assert "--yes" in told.err
    assert main(["runs", "prune", "--dry-run", *where]) == ExitCode.DONE
    assert "To be removed: 0 runs; 2 runs stay" in capsys.readouterr().out
    assert main(["runs", "prune", "--keep", "1", "--yes", "--format", "json", *where]) == ExitCode.DONE
    assert '"schema": "hirelens.pruning/1"' in capsys.readouterr().out
    assert len(history.list_runs(settings(root))) == 1


def test_a_run_with_a_damaged_record_is_left_out_and_said_to_be(
    root: Path, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = history.list_runs(settings(root))[0].record.run
    (root / "w" / "parts" / "runs" / old / "run.json").write_text("{")
    note = f"note: run {old} is damaged and left out"
    for line in (["runs", "list"], ["sql", "FROM v1_runs"]):
        assert main([*line, "--workspace", str(root / "w")]) == ExitCode.DONE
        assert note in capsys.readouterr().err
    line = ["rank", str(made / "new.txt"), "--job", str(made / "first.txt"), "--as-of", "2026-11-23"]
    assert main([*line, "--workspace", str(root / "w")]) == ExitCode.DONE
    assert f"run {old} is damaged and left out" in capsys.readouterr().err
