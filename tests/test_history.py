"""Finished runs looked back on, on files written here."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from hirelens_cli import app, history
from hirelens_cli.cli.job_command import understood
from hirelens_cli.config import RunConfig, Weights
from hirelens_cli.engine.results import digest_of
from hirelens_cli.engine.seals import seal
from hirelens_cli.errors import InputError, UsageError
from hirelens_cli.governance import ledger
from hirelens_cli.model.codec import encode
from hirelens_cli.model.comparisons import Result
from hirelens_cli.model.decisions import Choice
from hirelens_cli.model.results import RESULTS
from hirelens_cli.model.shortlists import JobShortlist, Shortlist
from hirelens_cli.profiles.job_toml import to_toml

pytestmark = pytest.mark.slow
"""Each test ranks a folder of its own, a second or so."""

PEOPLE = {
    "ada.txt": ("Ada Bright", "Data Engineer", "01/2018", "Python, SQL, Airflow", "Built pipelines in Python and SQL"),
    "ben.txt": ("Ben Hollow", "Data Analyst", "03/2021", "SQL, Excel", "Wrote reports in SQL and Excel"),
    "cleo.txt": ("Cleo Marsh", "Gardener", "05/2015", "Pruning", "Kept the beds of a public park"),
    "dan.txt": ("Dan Fell", "Software Engineer", "02/2019", "Python, Docker", "Ran services in Python on Docker"),
}
JOB = """Data Engineer

Responsibilities
- Build data pipelines

Requirements
- 3+ years of experience
- Python
- SQL

Nice to have
- Docker
"""


def resume(name: str, title: str, start: str, skills: str, work: str) -> str:
    return (
        f"{name}\n{name.split()[0].lower()}@mail.example\n\nExperience\n{title}, Larkfield Works\n{start} - Present\n"
        f"- {work}\n\nEducation\nBSc, Marlow University, 2014\n\nSkills\n{skills}\n"
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Shortlist, Shortlist]:
    """A workspace with two runs: the second with other weights, one resume changed, one gone, one new."""
    root = tmp_path_factory.mktemp("history")
    resumes = root / "resumes"
    resumes.mkdir()
    for name in ("ada.txt", "ben.txt", "cleo.txt"):
        (resumes / name).write_text(resume(*PEOPLE[name]))
    (root / "job.txt").write_text(JOB)
    first = app.rank([str(resumes)], [str(root / "job.txt")], settings(root))
    shutil.copytree(resumes, root / "kept")
    (resumes / "cleo.txt").unlink()
    (resumes / "ben.txt").write_text(resume(*PEOPLE["ben.txt"]).replace("Excel", "Python"))
    (resumes / "dan.txt").write_text(resume(*PEOPLE["dan.txt"]))
    second = app.rank([str(resumes)], [str(root / "job.txt")], replace(settings(root), weights=Weights(skills=80)))
    shutil.copytree(resumes, root / "changed")
    return root, first, second


def settings(root: Path) -> RunConfig:
    return RunConfig(workspace=str(root / "w"), as_of="2026-11-23", workers=1, top=0)


def restore(root: Path, state: str) -> None:
    shutil.rmtree(root / "resumes")
    shutil.copytree(root / state, root / "resumes")


@pytest.fixture
def copy(made: tuple[Path, Shortlist, Shortlist], tmp_path: Path) -> Path:
    """A workspace of one's own to damage."""
    shutil.copytree(made[0] / "w", tmp_path / "w")
    return tmp_path


def results(config: RunConfig, run: str) -> dict[str, Result]:
    return {check.name: check.result for check in history.verify_run(run, config).checks}


def only(shortlist: Shortlist) -> JobShortlist:
    return shortlist.jobs[0]


def test_runs_are_listed_oldest_first(made):
    root, first, second = made
    runs = history.list_runs(settings(root))
    assert [run.record.run for run in runs] == [first.run, second.run]
    assert [(len(run.short), run.jobs, len(run.executions)) for run in runs] == [(8, ("job.txt",), 1)] * 2
    assert runs[0].executions[0].seconds > 0


def test_a_run_is_shown_with_its_terms(made):
    root, first, second = made
    shown = history.show_run("latest", settings(root))
    assert shown.summary.record.run == second.run
    assert shown.settings == (("weights.skills", "80.0"), ("top", "0"), ("workers", "1"))
    assert shown.jobs[0].best == only(second).candidates[0].score
    assert history.show_run(first.run[:6], settings(root)).summary.record.run == first.run
    with pytest.raises(InputError, match="no run 0000"):
        history.show_run("0000", settings(root))
    with pytest.raises(InputError, match="fits 2 runs"):
        history.show_run("", settings(root))
    with pytest.raises(InputError, match="no runs in this workspace"):
        history.show_run("latest", replace(settings(root), workspace=str(root / "empty")))


def test_a_diff_says_who_moved_and_its_parts_add_up(made):
    root, first, second = made
    diff = history.diff_runs(first.run, second.run, settings(root))
    assert not diff.equal
    assert [(item.key, item.before, item.after) for item in diff.settings] == [("weights.skills", "40.0", "80.0")]
    (job,) = diff.jobs
    assert (job.moved, job.came, job.went, job.unchanged) == (4, 1, 1, 0)
    moves = {move.resume: move for move in job.moves}
    assert (moves["cleo.txt"].after, moves["dan.txt"].before) == (None, None)
    assert (moves["ben.txt"].rewritten, moves["ada.txt"].rewritten) == (True, False)
    before = {item.resume: item for item in only(first).candidates}
    after = {item.resume: item for item in only(second).candidates}
    for name in ("ada.txt", "ben.txt"):
        move = moves[name]
        assert move.before is not None
        assert move.after is not None
        assert (move.before.rank, move.before.score) == (before[name].rank, before[name].score)
        assert (move.after.rank, move.after.score) == (after[name].rank, after[name].score)
        assert move.change == sum(part.change for part in move.parts)
        assert [abs(part.change) for part in move.parts] == sorted((abs(p.change) for p in move.parts), reverse=True)
    gained = {part.requirement for part in moves["ben.txt"].parts if part.change > 0}
    assert "Python" in gained
    assert len(history.diff_runs(first.run, second.run, replace(settings(root), top=1)).jobs[0].moves) == 1


def test_an_edited_job_is_the_same_job_with_other_requirements(made, tmp_path):
    root, _, _ = made
    config = settings(tmp_path)
    for text in (JOB, JOB.replace("- Docker", "- Terraform")):
        (tmp_path / "job.txt").write_text(text)
        app.rank([str(root / "resumes")], [str(tmp_path / "job.txt")], config)
    runs = history.list_runs(config)
    diff = history.diff_runs(runs[0].short, "latest", config)
    assert (diff.only_before, diff.only_after) == ((), ())
    changed = {item.requirement: (item.before is None, item.after is None) for item in diff.jobs[0].requirements}
    assert (changed["Docker"], changed["Terraform"]) == ((False, True), (True, False))
    for move in diff.jobs[0].moves:
        assert move.change == sum(part.change for part in move.parts)


def test_a_run_is_equal_to_itself(made):
    root, first, _ = made
    diff = history.diff_runs(first.run, first.run, settings(root))
    assert diff.equal
    assert [(job.moved, job.unchanged) for job in diff.jobs] == [(0, 3)]


def test_a_replay_proves_a_run(made):
    root, first, second = made
    database = (root / "w" / "hirelens.duckdb").read_bytes()
    written = (root / "w" / "ledger.jsonl").read_bytes()
    restore(root, "changed")
    assert set(results(settings(root), second.run).values()) == {Result.EQUAL}
    restore(root, "kept")
    assert set(results(settings(root), first.run).values()) == {Result.EQUAL}
    assert (root / "w" / "hirelens.duckdb").read_bytes() == database
    assert (root / "w" / "ledger.jsonl").read_bytes() == written


def test_a_replay_without_some_or_all_sources(made):
    root, first, _ = made
    restore(root, "kept")
    (root / "resumes" / "cleo.txt").unlink()
    (root / "resumes" / "more.txt").write_text(resume(*PEOPLE["dan.txt"]))
    verdict = history.verify_run(first.run, settings(root))
    assert verdict.holds
    assert verdict.checks[-1].message == "equal except for 1 document that is no longer there"
    shutil.rmtree(root / "resumes")
    (root / "resumes").mkdir()
    assert results(settings(root), first.run)["replay"] is Result.SKIPPED
    restore(root, "changed")


def test_changed_tables_are_noticed(copy, made):
    _, first, _ = made
    path = copy / "w" / "parts" / "runs" / first.run / "scores.parquet"
    scores = pl.read_parquet(path)
    scores.with_columns(score=pl.col("score") + 1).write_parquet(path)
    found = results(settings(copy), first.run)
    assert found["tables"] is Result.DIFFERS
    assert found["ledger entry"] is Result.EQUAL
    path.write_bytes(b"PAR1")
    assert results(settings(copy), first.run)["tables"] is Result.DIFFERS


def test_a_forged_result_is_found_by_the_replay(copy, made):
    root, first, _ = made
    restore(root, "kept")
    folder = copy / "w" / "parts" / "runs" / first.run
    record = history.show_run(first.run, settings(copy)).summary.record
    parts = pl.read_parquet(folder / "parts.parquet")
    parts.with_columns(points=pl.lit(0, pl.Int32)).write_parquet(folder / "parts.parquet")
    scores = pl.read_parquet(folder / "scores.parquet")
    scores.with_columns(score=pl.lit(0, pl.Int32)).write_parquet(folder / "scores.parquet")
    seal(folder, record)
    verdict = history.verify_run(first.run, settings(copy))
    restore(root, "changed")
    assert not verdict.holds
    assert "different on disk: scores, parts" in verdict.checks[-1].message
    assert verdict.jobs[0].moved == 3


def test_a_changed_store_is_noticed(copy, made):
    _, first, second = made
    database = copy / "w" / "hirelens.duckdb"
    assert results(settings(copy), first.run)["published"] is Result.EQUAL
    with duckdb.connect(database) as con:
        con.execute("UPDATE evidence SET text = text || '!' WHERE run = ? AND requirement = 0", [first.run])
        con.execute("DELETE FROM issues")
    (check,) = [item for item in history.verify_run(first.run, settings(copy)).checks if item.name == "published"]
    assert (check.result, check.message) == (Result.DIFFERS, "hirelens.duckdb has other rows: evidence")
    assert results(settings(copy), second.run)["published"] is Result.EQUAL
    database.unlink()
    assert results(settings(copy), second.run)["published"] is Result.SKIPPED


def test_a_forged_ledger_is_noticed(copy, made):
    _, first, second = made
    path = copy / "w" / "ledger.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if json.loads(line)["kind"] == "run")
    record = json.loads(lines[at])
    record["body"]["digest"] = "0" * 64
    path.write_text("".join([*lines[:at], json.dumps(record) + "\n", *lines[at + 1 :]]))
    found = results(settings(copy), first.run)
    assert (found["ledger"], found["ledger entry"]) == (Result.DIFFERS, Result.DIFFERS)
    path.write_text(lines[0] + "garbage\n")
    found = results(settings(copy), second.run)
    assert (found["ledger"], found["ledger entry"]) == (Result.DIFFERS, Result.DIFFERS)
    path.write_text("".join(lines) + lines[1][:40])
    found = results(settings(copy), second.run)
    assert (found["ledger"], found["ledger entry"]) == (Result.EQUAL, Result.EQUAL)
    path.unlink()
    assert results(settings(copy), second.run)["ledger"] is Result.DIFFERS
    assert ledger.read(path) == ()


def test_what_if_gives_what_a_run_with_these_weights_gives(made, tmp_path):
    root, first, _ = made
    restore(root, "kept")
    weights = {"skills": 10.0, "experience": 70.0}
    found = history.what_if("job.txt", weights, (), settings(root), run=first.run)
    config = replace(settings(tmp_path), weights=replace(Weights(), **weights))
    real = only(app.rank([str(root / "resumes")], [str(root / "job.txt")], config))
    restore(root, "changed")
    assert [(move.resume, move.after.rank, move.after.score) for move in found.moves] == [
        (item.resume, item.rank, item.score) for item in real.candidates
    ]
    old = {item.resume: (item.rank, item.score) for item in only(first).candidates}
    assert {move.resume: (move.before.rank, move.before.score) for move in found.moves} == old
    assert all(move.change == sum(part.change for part in move.parts) for move in found.moves)
    assert sum((item.after or 0) - (item.before or 0) for item in found.requirements) == 0


def test_what_if_without_a_requirement(made):
    root, first, _ = made
    found = history.what_if("job", {}, ("sql",), settings(root), run=first.run)
    dropped = next(item for item in found.requirements if item.requirement == "SQL")
    assert (dropped.after, found.pool) == (0, 3)
    same = history.what_if("job.txt", {"skills": 40.0}, (), settings(root), run=first.run)
    assert (same.moved, same.requirements, [move.parts for move in same.moves]) == (0, (), [(), (), ()])


def test_what_cannot_be_known_without_a_run_is_said(made, tmp_path):
    root, first, _ = made
    with pytest.raises(UsageError, match="asks no 'Pyhton'") as caught:
        history.what_if("job.txt", {}, ("Pyhton",), settings(root))
    assert "Python" in caught.value.hint
    with pytest.raises(UsageError, match="hold 'e'"):
        history.what_if("job.txt", {}, ("e",), settings(root))
    with pytest.raises(InputError, match="no run with the job"):
        history.what_if("pilot", {}, ("e",), settings(root))
    with pytest.raises(InputError, match="has no job pilot"):
        history.what_if("pilot", {}, ("e",), settings(root), run=first.run)
    config = replace(settings(tmp_path), weights=Weights(domain=0))
    app.rank([str(root / "resumes")], [str(root / "job.txt")], config)
    with pytest.raises(UsageError, match="no values"):
        history.what_if("job.txt", {"domain": 10.0}, (), settings(tmp_path))
    with pytest.raises(UsageError, match="nothing"):
        history.what_if("job.txt", {"skills": 0.0, "experience": 0.0, "projects": 0.0}, (), settings(tmp_path))


def test_lifts_are_the_fewest_requirements_that_suffice(made):
    root, first, _ = made
    candidates = only(first).candidates
    assert history.lifts(candidates[0].resume, "job.txt", settings(root), run=first.run) == ()
    last = candidates[-1]
    lifts = history.lifts(last.resume, "job.txt", settings(root), run=first.run)
    assert [lift.goal for lift in lifts] == [f"rank {len(candidates) - 1}, the better half,", "the best quarter"][
        : len(lifts)
    ]
    lost = {part.requirement: part.weight - part.points for part in last.parts}
    for lift in lifts:
        assert lift.needed == candidates[lift.rank - 1].score + 1 - last.score
        if lift.steps:
            assert sum(step.gain for step in lift.steps) == lift.needed
            assert all(0 < step.gain <= step.lost == lost[step.requirement] for step in lift.steps)
            fewer = sorted(lost.values(), reverse=True)[: len(lift.steps) - 1]
            assert sum(fewer) < lift.needed
    assert any(lift.steps for lift in lifts)


def test_the_cost_of_a_must_is_whom_it_knocks_out(made):
    root, first, _ = made
    people = only(first).candidates
    cost = history.job_cost("job.txt", settings(root), run=first.run)
    assert cost.pool == 3
    musts = [item for item in cost.costs if item.must]
    assert [item.must for item in cost.costs] == sorted((item.must for item in cost.costs), reverse=True)
    assert {item.requirement for item in musts} >= {"Python", "SQL"}
    for number, item in enumerate(musts):
        above = {other.requirement for other in musts[: number + 1]}
        assert item.without == sum(item.requirement in person.knockouts for person in people)
        assert item.alone == sum(person.knockouts == (item.requirement,) for person in people)
        assert item.who == tuple(person.resume for person in people if person.knockouts == (item.requirement,))
        assert item.left == sum(not above & set(person.knockouts) for person in people)
    assert musts[0].without == max(item.without for item in musts) > 0
    for item in cost.costs:
        given = [part.points for person in people for part in person.parts if part.requirement == item.requirement]
        assert abs(item.mean - sum(given) / len(given)) <= 0.5


def test_a_decision_is_kept_with_the_shortlist_that_was_seen(copy, made):
    _, first, second = made
    config = settings(copy)
    kept = history.decide("ada", "job.txt", Choice.ADVANCE, "Ada knows SQL", config, run=first.run, who="kim")
    best = next(item for item in only(first).candidates if item.resume == "ada.txt")
    digest = history.show_run(first.run, config).summary.record.digest
    assert (kept.candidate, kept.rank, kept.score, kept.digest) == (best.candidate, best.rank, best.score, digest)
    history.decide("dan.txt", "job.txt", Choice.REJECT, "no SQL", config)
    rows = app.query("SELECT who, run, candidate, decision, reason FROM v1_decisions ORDER BY decision", config).rows
    assert rows[0] == ("kim", first.run, best.candidate, "advance", "[name] knows SQL")
    assert rows[1][1:] == (second.run, candidate_of(second, "dan.txt"), "reject", "no SQL")
    for path in (copy / "w" / "decisions").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
        path.unlink()
    history.decide("dan.txt", "job.txt", Choice.HOLD, "ask again", config)
    erased = app.query("SELECT candidate, reason, score FROM v1_decisions WHERE decision <> 'hold'", config).rows
    assert erased == ((None, None, None), (None, None, None))
    assert results(config, second.run)["ledger"] is Result.EQUAL


def candidate_of(shortlist: Shortlist, resume: str) -> str:
    return next(item.candidate for item in only(shortlist).candidates if item.resume == resume)


def test_a_decision_needs_a_reason_and_a_candidate(copy):
    with pytest.raises(UsageError, match="reason"):
        history.decide("dan.txt", "job.txt", Choice.HOLD, " ", settings(copy))
    with pytest.raises(InputError, match="no candidate"):
        history.decide("eve.txt", "job.txt", Choice.HOLD, "late", settings(copy))
    assert not (copy / "w" / "decisions").exists()


def test_who_was_knocked_out_needs_evidence_first(made, tmp_path):
    root, _, _ = made
    restore(root, "kept")
    job = understood(str(root / "job.txt"), None)
    marked = tuple(
        replace(item, must=item.must or item.text == "Docker", knockout=item.text == "Docker")
        for item in job.requirements
    )
    (tmp_path / "job.toml").write_text(to_toml(replace(job, requirements=marked)))
    (root / "resumes" / "dan.txt").write_text(resume(*PEOPLE["dan.txt"]))
    ranked = only(app.rank([str(root / "resumes")], [str(tmp_path / "job.toml")], settings(tmp_path))).candidates
    restore(root, "changed")
    assert [item.resume for item in ranked[:2]] == ["dan.txt", "ada.txt"]
    (lift, *_) = history.lifts("ada.txt", "job", settings(tmp_path))
    assert [step.requirement for step in lift.steps][:1] == ["Docker"]
    found = history.what_if("job", {"skills": 1.0}, (), settings(tmp_path))
    assert found.moves[0].resume == "dan.txt"
    free = history.what_if("job", {}, ("Docker",), settings(tmp_path))
    assert free.moves[0].resume == "ada.txt"


def test_a_run_of_an_earlier_version_is_what_it_was(copy, made):
    """A later version adds columns; neither the digest nor what is published may then look forged."""
    root, first, _ = made
    restore(root, "kept")
    folder = copy / "w" / "parts" / "runs" / first.run
    (folder / "seal.json").unlink()
    scores = pl.read_parquet(folder / "scores.parquet").drop("low", "high")
    scores.write_parquet(folder / "scores.parquet")
    past = history.show_run(first.run, settings(copy)).summary.record
    tables = {name: pl.read_parquet(folder / f"{name}.parquet") for name in RESULTS}
    old = replace(past, digest=digest_of(tables))
    (folder / "run.json").write_bytes(encode(old))
    checks = history.verify_run(first.run, settings(copy)).checks
    restore(root, "changed")
    found = {check.name: check.result for check in checks}
    assert (found["tables"], found["published"], found["replay"]) == (Result.EQUAL,) * 3
    assert "keeps more" in checks[-1].message


def test_places_are_those_of_the_shortlist_without_anybody_being_explained(
    made: tuple[Path, Shortlist, Shortlist],
) -> None:
    root, _, second = made
    told = [
        (one.candidate, one.resume, one.rank, one.of, one.score, one.flags)
        for one in history.placed(second.run, settings(root))
    ]
    job = only(second)
    assert told == [(one.candidate, one.resume, one.rank, job.pool, one.score, one.flags) for one in job.candidates]
    assert {one.resume for one in history.placed(second.run, replace(settings(root), blind=True))} == {""}
