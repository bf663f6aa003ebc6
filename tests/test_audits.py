"""Outcomes of a real run by category, on files written here."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from hirelens_cli import app, audits, history
from hirelens_cli.config import RunConfig
from hirelens_cli.errors import InputError, UsageError
from hirelens_cli.model.audits import Audit, Measure, Rule
from hirelens_cli.model.decisions import Choice
from hirelens_cli.model.profiles import Identity
from hirelens_cli.profiles import resume
from hirelens_cli.profiles.swap import OTHERS

pytestmark = pytest.mark.slow

SKILLS = ("Python, SQL", "Python", "SQL", "Gardening", "Python, SQL, Kafka", "Cooking")
JOB = "Data Engineer\n\nRequirements\n- Python\n- SQL\n"
CANARY = "Zqx-Category"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("audits")
    (root / "resumes").mkdir()
    for number, skills in enumerate(SKILLS):
        (root / "resumes" / f"p{number}.txt").write_text(
            f"Person Number{number}\n\nExperience\nAnalyst, Larkfield {number} Ltd\n0{number + 1}/2019 - Present\n- Did {skills}\n\n"
            f"Skills\n{skills}\n"
        )
    (root / "job.txt").write_text(JOB)
    app.rank([str(root / "resumes")], [str(root / "job.txt")], config(root))
    rows = [f"p{number}.txt,{'F' if number % 2 else CANARY},{'X' if number < 3 else ''}" for number in range(6)]
    (root / "people.csv").write_text("\n".join(["resume,sex,race", *rows]))
    return root


def config(root: Path) -> RunConfig:
    return RunConfig(workspace=str(root / "w"), as_of="2026-11-23", workers=1)


def audit(root: Path, rule: Rule = Rule.LL144, **more: object) -> Audit:
    return audits.audit(str(root / "people.csv"), rule, config(root), **more)


def contents(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_an_audit_leaves_nothing_in_the_workspace(made: Path) -> None:
    before = contents(made / "w")
    found = audit(made, selection=audits.Selection(top=2), sweep=True)
    assert CANARY in {item.name for job in found.jobs for impact in job.impacts for item in impact.categories}
    assert contents(made / "w") == before
    assert not any(CANARY.encode() in path.read_bytes() for path in (made / "w").rglob("*") if path.is_file())


def test_what_the_report_says_of_the_run(made: Path) -> None:
    found = audit(made, in_use_since="2026-01-01")
    (job,) = found.jobs
    assert (found.date, found.as_of, found.rows, found.source) == ("2026-11-23", "2026-11-23", 6, "people.csv")
    assert (job.assessed, job.unknown, job.selection) == (6, 3, "")
    assert {impact.measure for impact in job.impacts} == {Measure.SCORING}
    assert found.findings == ()


def test_selection_by_rank_by_cut_and_by_decision(made: Path) -> None:
    first = audit(made, selection=audits.Selection(top=2)).jobs[0]
    assert (first.selected, first.selection) == (2, "the first 2 by rank")
    assert audit(made, selection=audits.Selection(cut=101)).jobs[0].selected == 0
    assert audit(made, selection=audits.Selection(cut=0)).jobs[0].selected == 6
    history.decide("p0.txt", "job.txt", Choice.ADVANCE, "fits", config(made), who="kim")
    history.decide("p1.txt", "job.txt", Choice.ADVANCE, "fits", config(made), who="kim")
    history.decide("p1.txt", "job.txt", Choice.REJECT, "on second thought", config(made), who="kim")
    by_hand = audit(made).jobs[0]
    assert by_hand.selected == 1
    assert "last decision" in by_hand.selection


def test_the_four_fifths_rule_needs_a_selection(made: Path, tmp_path: Path) -> None:
    bare = RunConfig(workspace=str(tmp_path / "w"), as_of="2026-11-23", workers=1)
    app.rank([str(made / "resumes")], [str(made / "job.txt")], bare)
    with pytest.raises(UsageError, match="nothing says who was"):
        audits.audit(str(made / "people.csv"), Rule.EEOC, bare)
    assert audits.audit(str(made / "people.csv"), Rule.EEOC, bare, selection=audits.Selection(top=3)).jobs[0].impacts


def test_rows_about_nobody_are_named_or_left_out(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("resume,sex\np0.txt,F\nzoe.txt,F\n")
    with pytest.raises(InputError, match=r"lines of more.csv name nobody of run \w+: 3 \(zoe.txt\)"):
        audits.audit(str(path), Rule.LL144, config(made))
    assert audits.audit(str(path), Rule.LL144, config(made), ignore_unmatched=True).unmatched == 1


def test_a_job_or_a_run_that_is_not_there(made: Path) -> None:
    with pytest.raises(InputError):
        audit(made, job="other.txt")
    with pytest.raises(InputError):
        audit(made, run="zzzz")


LEAKY = "Zoe Ferncastle\nzoe@ferncastle.example\n+44 20 7946 0958\n\nExperience\nData Engineer, Larkfield Ltd\n01/2018 - Present\n- She wrote Python\n\nSkills\nPython, SQL\n"


def leaky(folder: Path) -> tuple[list[str], list[str]]:
    (folder / "r").mkdir()
    (folder / "r" / "zoe.txt").write_text(LEAKY)
    (folder / "r" / "max.txt").write_text(
        LEAKY.replace("Zoe Ferncastle", "Max Underhill").replace("zoe@ferncastle", "max@underhill")
    )
    (folder / "job.txt").write_text(JOB)
    return [str(folder / "r")], [str(folder / "job.txt")]


def test_identities_are_swapped_and_results_are_the_same_bytes(tmp_path: Path) -> None:
    resumes, jobs = leaky(tmp_path)
    report = audits.leak_test(resumes, jobs, config(tmp_path))
    assert (report.equal, report.documents, report.unnamed, report.leaks) == (True, 2, 0, ())
    assert report.before == report.after
    left = [path for path in (tmp_path / "w").rglob("*") if path.is_file() and path.name != "lock"]
    assert left == []


def test_identity_that_is_not_taken_out_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resumes, jobs = leaky(tmp_path)
    whole = resume.redact
    monkeypatch.setattr(resume, "redact", lambda document, _who, _pieces, lines: whole(document, Identity(), [], lines))
    report = audits.leak_test(resumes, jobs, config(tmp_path))
    assert not report.equal
    leak = next(item for item in report.leaks if item.resume == "zoe.txt")
    assert leak.before == "Zoe Ferncastle"
    assert leak.after in OTHERS
