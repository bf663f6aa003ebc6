"""The main job, end to end, on files written here."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from hirelens_cli import app, assembly, history
from hirelens_cli.backends.embedders.static import StaticEmbedder
from hirelens_cli.config import RunConfig, Weights
from hirelens_cli.engine import tasks
from hirelens_cli.errors import InputError, LockedError, UsageError
from hirelens_cli.governance import ledger
from hirelens_cli.model.comparisons import Result
from hirelens_cli.model.issues import Status, failed
from hirelens_cli.model.shortlists import Shortlist
from hirelens_cli.ports import NoProgress
from hirelens_cli.rendering.to_json import shortlist_json

NURSE = """Maren Okafor
maren.okafor@mail.example | +44 20 7946 0958
Registered Nurse

Summary
Registered nurse with a focus on emergency care and triage.

Experience
Senior Staff Nurse, Northgate Hospital
March 2018 - Present
- Led triage in a 30-bed emergency department and trained new nurses in BLS
- Administered medication and kept patient records in Epic
Staff Nurse, Lakeside Clinic
June 2014 - February 2018
- Cared for patients before and after surgery, wound care, IV therapy

Education
Bachelor of Science in Nursing, Westport University, 2014

Skills
Triage, Patient care, Medication administration, BLS, ACLS, Epic
"""

ENGINEER = """Tomas Lindqvist
tomas@lindqvist.example

Experience
Backend Engineer, Harbour Software
01/2019 - Present
- Built payment services in Python and Django on PostgreSQL
- Ran them on Kubernetes in AWS, with Terraform and GitHub Actions
Junior Developer, Pixelforge
06/2016 - 12/2018
- Wrote REST APIs in Python with Flask

Education
MSc Computer Science, Lund University, 2016

Skills
Python, Django, PostgreSQL, Docker, Kubernetes, AWS, Terraform
"""

COOK = """Ines Carvalho
ines.c@mail.example

Experience
Sous Chef, Taverna Azul
2017 - 2024
- Ran the kitchen of a 120-seat restaurant, food safety and menu planning
Line Cook, Bistro Nord
2013 - 2017
- Prepared sauces and grilled dishes

Skills
Menu planning, Food safety, HACCP, Inventory
"""

NURSE_JOB = """Registered Nurse - Emergency Department

We are looking for a registered nurse for our emergency department.

Responsibilities
- Triage patients on arrival and give emergency care
- Administer medication and keep patient records
- Train junior nurses

Requirements
- Bachelor's degree in nursing
- At least 3 years of experience as a nurse
- Triage and patient care
- BLS certification

Nice to have
- ACLS
- Epic
"""

ENGINEER_JOB = """Backend Engineer

What you will do
- Design and build backend services and REST APIs
- Operate services on Kubernetes in the cloud

Requirements
- 4+ years of experience in backend development
- Strong Python and PostgreSQL
- Experience with Docker or Kubernetes

Nice to have
- Terraform
- Django
"""

Make = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    resumes = tmp_path / "resumes"
    (resumes / "team").mkdir(parents=True)
    (resumes / "nurse.txt").write_text(NURSE)
    (resumes / "team" / "engineer.txt").write_text(ENGINEER)
    (resumes / "cook.txt").write_text(COOK)
    (resumes / "nurse copy.txt").write_text(NURSE)
    (resumes / "broken.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type")
    (resumes / "empty.docx").write_bytes(b"")
    jobs = tmp_path / "jobs"
    jobs.mkdir()
    (jobs / "nurse.txt").write_text(NURSE_JOB)
    (jobs / "engineer.txt").write_text(ENGINEER_JOB)
    return tmp_path


def settings(folder: Path, workspace: str = "w") -> RunConfig:
    return RunConfig(workspace=str(folder / workspace), as_of="2026-11-23", workers=1, top=0)


def run(folder: Path, config: RunConfig | None = None, **more: str) -> Shortlist:
    return app.rank([str(folder / "resumes")], [str(folder / "jobs")], config or settings(folder), **more)


def last_run(folder: Path) -> dict[str, object]:
    return dict(ledger.read(folder / "w" / "ledger.jsonl")[-1].body)


def test_every_document_is_accounted_for_and_the_right_person_leads(folder: Path) -> None:
    shortlist = run(folder)
    counts = shortlist.counts
    assert (counts.found, counts.scored, counts.unscreened, counts.duplicates) == (6, 3, 2, 1)
    assert {(item.resume, item.status.value) for item in shortlist.unscreened} == {
        ("broken.pdf", "malformed"),
        ("empty.docx", "empty"),
    }
    for job in shortlist.jobs:
        for item in job.candidates:
            assert item.interval[0] <= item.score <= item.interval[1]
            assert item.places[0] <= item.rank <= item.places[1]
    leaders = {job.job: job.candidates[0].resume for job in shortlist.jobs}
    assert leaders == {"engineer.txt": "team/engineer.txt", "nurse.txt": "nurse copy.txt"}
    assert shortlist.jobs[1].candidates[0].also == ("nurse.txt",)


@pytest.mark.slow
def test_scores_are_sums_and_evidence_is_in_the_redacted_text(folder: Path) -> None:
    for job in run(folder).jobs:
        assert sum(job.weights) == 10_000
        for ranked in job.candidates:
            assert ranked.score == sum(part.points for part in ranked.parts)
            profile = app.profile_file(str(folder / "resumes" / ranked.resume), settings(folder)).value
            assert profile is not None
            for part in ranked.parts:
                assert part.points == (part.weight * part.value + 500) // 1000
                for line in part.evidence:
                    assert profile.text[line.start : line.end] == line.text
                    assert not {"Maren", "Okafor", "Lindqvist", "Carvalho"} & set(line.text.split())


@pytest.mark.slow
def test_workers_order_and_interruption_change_no_byte(folder: Path) -> None:
    first = shortlist_json(run(folder))
    parallel = replace(settings(folder, "parallel"), workers=2, chunk=1)
    assert shortlist_json(run(folder, parallel)) == first
    paths = [str(path) for path in sorted((folder / "resumes").iterdir(), reverse=True)]
    config = settings(folder, "listed")
    listed = app.rank(paths, [str(folder / "jobs" / name) for name in ("nurse.txt", "engineer.txt")], config)
    assert [job.candidates[0].score for job in listed.jobs] == [
        job["candidates"][0]["score"] * 100 for job in json.loads(first)["jobs"]
    ]
    for part in (folder / "w" / "parts" / "profiles").rglob("*.json"):
        part.unlink()
    assert shortlist_json(run(folder)) == first


@pytest.mark.slow
def test_a_second_run_makes_only_what_is_new(folder: Path) -> None:
    run(folder)
    assert last_run(folder)["documents_made"] == 5
    run(folder)
    assert {last_run(folder)[f"{stage}_made"] for stage in ("documents", "profiles", "vectors")} == {0}
    (folder / "resumes" / "new.txt").write_text(COOK.replace("Sous Chef", "Head Chef"))
    run(folder)
    assert (last_run(folder)["documents_made"], last_run(folder)["documents_cached"]) == (1, 5)
    run(folder, replace(settings(folder), weights=Weights(skills=50)))
    assert last_run(folder)["documents_made"] == 0


@pytest.mark.slow
def test_another_version_that_scores_otherwise_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Heard(NoProgress):
        def __init__(self) -> None:
            self.notes: list[str] = []

        def note(self, message: str) -> None:
            self.notes.append(message)

    def rank_again() -> tuple[Shortlist, list[str]]:
        heard = Heard()
        inputs = ([str(folder / "resumes")], [str(folder / "jobs")])
        return app.rank(*inputs, settings(folder), progress=heard), heard.notes

    first, _ = rank_again()
    again, silent = rank_again()
    assert (again.run, again.scoring) == (first.run, first.scoring) != (first.run, "")
    assert not any("scores otherwise" in note for note in silent)
    before = assembly.fingerprints
    monkeypatch.setattr(assembly, "fingerprints", lambda *given: replace(before(*given), scores="another"))
    later, notes = rank_again()
    assert later.scoring == "another"
    (note,) = [note for note in notes if "scores otherwise" in note]
    assert f"runs diff {first.run} {later.run}" in note


@pytest.mark.slow
def test_a_damaged_cache_is_mended_and_changes_nothing(folder: Path) -> None:
    first = shortlist_json(run(folder))
    for path in (folder / "w" / "parts").rglob("*.parquet"):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(data)
    assert shortlist_json(run(folder)) == first


@pytest.mark.slow
def test_scores_do_not_depend_on_who_else_applied(folder: Path) -> None:
    together = {item.resume: (item.score, item.interval) for item in run(folder).jobs[0].candidates}
    (folder / "resumes" / "cook.txt").unlink()
    alone = {item.resume: (item.score, item.interval) for item in run(folder).jobs[0].candidates}
    assert alone == {name: score for name, score in together.items() if name != "cook.txt"}


@pytest.mark.slow
def test_identities_change_no_score(folder: Path) -> None:
    before = run(folder)
    for path in (folder / "resumes").rglob("*.txt"):
        text = path.read_text().replace("Maren Okafor", "Gregory Featherstonehaugh")
        path.write_text(
            text.replace("maren.okafor@mail.example", "g.f@post.example").replace("20 7946 0958", "161 496 0000")
        )
    after = run(folder)
    scores = [[(item.score, item.explanation, item.parts) for item in job.candidates] for job in before.jobs]
    assert scores == [[(item.score, item.explanation, item.parts) for item in job.candidates] for job in after.jobs]


@pytest.mark.slow
def test_explain_shows_what_rank_showed(folder: Path) -> None:
    ranked = run(folder).jobs[1].candidates[1]
    for name in (ranked.resume, ranked.candidate[:8], str(folder / "resumes" / ranked.resume)):
        job, again = app.explain(name, str(folder / "jobs" / "nurse.txt"), settings(folder))
        assert again == ranked
        assert job.pool == 3
    with pytest.raises(InputError, match="not screened: malformed"):
        app.explain("broken.pdf", "nurse", settings(folder))
    with pytest.raises(InputError, match="no run with the job"):
        app.explain("nurse.txt", "pilot", settings(folder))


HIDDEN = ("display:none", "font-size:0", "color:#ffffff", "visibility:hidden")


@pytest.mark.slow
@pytest.mark.parametrize("style", HIDDEN)
def test_hidden_words_gain_nothing(folder: Path, style: str) -> None:
    shutil.rmtree(folder / "resumes")
    (folder / "resumes").mkdir()
    lines = "".join(f"<p>{line}</p>" for line in COOK.splitlines() if line)
    words = "Python Django PostgreSQL Docker Kubernetes AWS Terraform triage emergency care registered nurse"
    for name, more in (("plain", ""), ("hidden", f'<p style="{style}">{words}</p>')):
        html = f"<html><body style='background:#ffffff'>{lines}{more}</body></html>"
        (folder / "resumes" / f"{name}.html").write_text(html)
    for job in run(folder).jobs:
        scores = {item.resume: item.score for item in job.candidates}
        assert scores["hidden.html"] == scores["plain.html"]
        assert {item.resume: item.flags for item in job.candidates}["hidden.html"] == ("hidden_text",)


@pytest.mark.slow
def test_a_manifest_ties_files_to_ids_jobs_and_dates(folder: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "m.csv"
    manifest.write_text(
        "file,applicant_id,job,received_on\n"
        "nurse.txt,A-1,nurse.txt,2020-03-01\n"
        "team/engineer.txt,A-2,engineer,\n"
        "cook.txt,A-3,,\n"
    )
    shortlist = run(folder, manifest=str(manifest))
    who = {job.job: {item.applicant_id for item in job.candidates} for job in shortlist.jobs}
    assert who == {"engineer.txt": {"A-2", "A-3"}, "nurse.txt": {"A-1", "A-3"}}
    dates = app.query("SELECT as_of, count(*) FROM v1_documents GROUP BY 1 ORDER BY 1", settings(folder)).rows
    assert dates == (("2020-03-01", 1), ("2026-11-23", 2))


@pytest.mark.slow
def test_an_archive_gives_what_its_folder_gives(folder: Path) -> None:
    archive = folder / "resumes.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted((folder / "resumes").rglob("*.*")):
            packed.write(path, path.relative_to(folder / "resumes"))
    expected = run(folder)
    shortlist = app.rank([str(archive)], [str(folder / "jobs")], settings(folder, "zipped"))
    assert shortlist.jobs == expected.jobs
    assert shortlist.counts == expected.counts


@pytest.mark.slow
def test_the_store_holds_the_run_without_identities(folder: Path) -> None:
    shortlist = run(folder)
    rows = app.query("SELECT candidate, score FROM v1_shortlist('nurse.txt', 10)", settings(folder)).rows
    assert [(name, round(float(score) * 100)) for name, score in rows] == [  # type: ignore[arg-type]
        (item.candidate, item.score) for item in shortlist.jobs[1].candidates
    ]
    total = (
        "SELECT max(abs(s.score - p.points)) FROM v1_scores s JOIN (SELECT run, job, candidate, sum(points) AS points"
    )
    assert (
        app.query(total + " FROM v1_parts GROUP BY ALL) p USING (run, job, candidate)", settings(folder)).rows[0][0]
        == 0
    )
    folder_of_run = folder / "w" / "parts" / "runs" / shortlist.run
    published = "".join(
        pl.read_parquet(path).write_ndjson() for path in folder_of_run.glob("*.parquet") if path.stem != "identities"
    )
    for secret in ("Okafor", "maren", "7946", "resumes", "nurse copy"):
        assert secret not in published


@pytest.mark.slow
def test_blind_shows_ids_alone(folder: Path) -> None:
    text = shortlist_json(run(folder, replace(settings(folder), blind=True))).decode()
    for secret in ("Okafor", "nurse copy", "cook.txt", "broken.pdf"):
        assert secret not in text


@pytest.mark.slow
def test_ingest_prepares_what_rank_then_only_scores(folder: Path) -> None:
    ingested = app.ingest([str(folder / "resumes")], settings(folder))
    assert (ingested.counts.scored, len(ingested.unscreened)) == (3, 2)
    run(folder)
    assert last_run(folder)["documents_made"] == 0


def test_what_cannot_be_run_says_why(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        app.rank([str(tmp_path / "nowhere")], [str(folder / "jobs")], settings(folder))
    with pytest.raises(InputError, match="job"):
        app.rank([str(folder / "resumes")], [str(folder / "resumes" / "broken.pdf")], settings(folder))
    with pytest.raises(UsageError, match="embedder"):
        run(folder, replace(settings(folder), embedder="statik"))
    empty = tmp_path / "void"
    empty.mkdir()
    with pytest.raises(InputError, match="no documents"):
        app.rank([str(empty)], [str(folder / "jobs")], settings(folder))


@pytest.mark.slow
def test_what_auto_stands_for_is_what_is_kept(folder: Path) -> None:
    assert settings(folder).embedder == "auto"
    shortlist = run(folder)
    named = run(folder, replace(settings(folder), embedder="static"))
    assert (shortlist.embedder, shortlist.run, shortlist.config) == ("static", named.run, named.config)
    assert last_run(folder)["models"] == [f"{name} {digest}" for name, digest in StaticEmbedder().made_of.items()]


def test_a_workspace_in_use_is_refused(folder: Path) -> None:
    from hirelens_cli.engine.workspace import Workspace

    workspace = Workspace(folder / "w")
    workspace.prepare()
    with workspace.locked(), pytest.raises(LockedError):
        run(folder)


@pytest.mark.slow
def test_a_workspace_can_be_moved(folder: Path) -> None:
    first = shortlist_json(run(folder))
    shutil.move(folder / "w", folder / "elsewhere")
    assert shortlist_json(run(folder, settings(folder, "elsewhere"))) == first
    body = ledger.read(folder / "elsewhere" / "ledger.jsonl")[-1].body
    assert body["documents_made"] == 0


@pytest.mark.slow
def test_retry_reads_only_what_was_not_screened(folder: Path) -> None:
    tight = replace(settings(folder), limits=replace(RunConfig().limits, max_bytes=len(NURSE) - 10))
    first = run(folder, tight)
    assert {item.resume for item in first.unscreened if item.status.value == "too_large"}
    again = app.retry(settings(folder))
    assert {item.resume for item in again.unscreened} == {"broken.pdf", "empty.docx"}
    assert shortlist_json(again) == shortlist_json(run(folder, settings(folder, "fresh")))
    made = [item.body["documents_made"] for item in ledger.read(folder / "w" / "ledger.jsonl") if item.kind == "run"]
    assert made[1] < made[0]  # type: ignore[operator]


@pytest.mark.slow
def test_files_of_one_person_are_shown_and_never_merged(folder: Path) -> None:
    older = NURSE.replace("March 2018 - Present", "June 2018 - Present").replace("ACLS, Epic", "ACLS")
    (folder / "resumes" / "nurse older.txt").write_text(older)
    shortlist = run(folder)
    assert [same.resumes for same in shortlist.same_person] == [("nurse copy.txt", "nurse older.txt")] or [
        same.resumes for same in shortlist.same_person
    ] == [("nurse older.txt", "nurse copy.txt")]
    assert "same e-mail" in shortlist.same_person[0].reasons
    assert "dates at" in shortlist.same_person[0].contradictions[0]
    assert len(shortlist.jobs[0].candidates) == 4
    assert run(folder, replace(settings(folder), blind=True)).same_person[0].resumes == ()


@pytest.mark.slow
def test_a_file_that_could_not_be_opened_is_tried_again_the_next_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        gone = failed(Status.UNREADABLE, "cook.txt", "Stale file handle")
        opened = tasks.open_source
        patch.setattr(
            tasks, "open_source", lambda source, limits: gone if source.name == "cook.txt" else opened(source, limits)
        )
        first = run(folder)
    assert ("cook.txt", "unreadable") in {(item.resume, item.status.value) for item in first.unscreened}
    assert shortlist_json(run(folder)) == shortlist_json(run(folder, settings(folder, "fresh")))


@pytest.mark.slow
def test_a_path_that_is_no_utf8_is_taken_like_any_other(folder: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/100%\xff"))
    (folder / "resumes").rename(odd)
    shortlist = app.rank([str(odd)], [str(folder / "jobs")], settings(folder))
    assert shortlist.counts.scored == 3
    assert app.retry(settings(folder)).counts.scored == 3


@pytest.mark.slow
def test_a_cache_restored_under_another_path_is_used(folder: Path) -> None:
    expected = run(folder)
    elsewhere = folder / "restored" / "deeper"
    elsewhere.mkdir(parents=True)
    for name in ("resumes", "jobs"):
        shutil.copytree(folder / name, elsewhere / name)
    shutil.copytree(folder / "w" / "parts", elsewhere / "w" / "parts")
    shutil.rmtree(elsewhere / "w" / "parts" / "runs")
    shutil.rmtree(folder / "w")
    assert run(elsewhere) == expected
    entry = last_run(elsewhere)
    hits = {name: (entry[f"{name}_cached"], entry[f"{name}_made"]) for name in ("documents", "profiles", "vectors")}
    assert all(cached and not made for cached, made in hits.values()), hits


@pytest.mark.slow
def test_one_folder_may_hold_resumes_jobs_and_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "nurse.txt").write_text(NURSE)
    (tmp_path / "cook.txt").write_text(COOK)
    (tmp_path / "job.txt").write_text("Registered Nurse\n\nRequirements\n- Triage\n")
    config = RunConfig(workspace=str(tmp_path / "kept"), as_of="2026-11-23", workers=1)

    class Heard(NoProgress):
        def __init__(self) -> None:
            self.notes: list[str] = []

        def note(self, message: str, name: str = "") -> None:
            self.notes.append(message.replace("{}", name))

    heard = Heard()
    for _ in range(2):
        shortlist = app.rank([str(tmp_path)], [str(tmp_path / "job.txt")], config, progress=heard)
        assert [one.resume for one in shortlist.jobs[0].candidates] == ["nurse.txt", "cook.txt"]
        assert (shortlist.counts.found, shortlist.counts.scored) == (2, 2)
    assert heard.notes[0] == "job.txt is a job description of this run, and was left out of the resumes"
    assert {check.result for check in history.verify_run(shortlist.run, config).checks} == {Result.EQUAL}
