"""The report of real runs, from files to the page."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from hirelens_cli import app, reporting, rights
from hirelens_cli.config import RunConfig
from hirelens_cli.engine import pages
from hirelens_cli.engine.results import read_record
from hirelens_cli.engine.seals import seal
from hirelens_cli.errors import InputError, StoreError
from hirelens_cli.rendering.report.page import report_html

pytestmark = pytest.mark.slow
"""Each test ranks a folder of its own, a second or so."""

LINES = (
    "Rosalind Vexley",
    "rosalind.vexley@example.com",
    "Senior Backend Engineer",
    "Experience",
    "Senior Backend Engineer, Tidewater Freight",
    "March 2019 - Present",
    "Designed services in Python and PostgreSQL for 40,000 shipments a day",
    "Skills",
    "Python, PostgreSQL, Kafka, Docker",
)
TEXT = """Ignatius Thorncastle
ignatius.thorncastle@example.com
Backend Developer
Experience
Backend Developer, Larkspur Payments
June 2018 - February 2022
Built a ledger in Python
Skills
Python, Docker
"""
JOB = """Senior Backend Engineer
Requirements
- Python
- PostgreSQL
- Kafka
- 5+ years of experience
Responsibilities
- Design services that book shipments
"""


def pdf(lines: tuple[str, ...]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for number, line in enumerate(lines):
        canvas.drawString(72, 770 - 20 * number, line)
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> RunConfig:
    """A workspace with one run: two candidates, one file that is none, one that cannot be opened."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "resumes").mkdir()
    (folder / "resumes" / "rosalind.pdf").write_bytes(pdf(LINES))
    (folder / "resumes" / "ignatius.txt").write_text(TEXT)
    (folder / "resumes" / "empty.txt").write_text("")
    (folder / "resumes" / "loose-link.pdf").symlink_to("/etc/hostname")
    (folder / "job.txt").write_text(JOB)
    made = RunConfig(as_of="2026-11-23", workspace=str(folder / "ws"), workers=1)
    app.rank([str(folder / "resumes")], [str(folder / "job.txt")], made)
    return made


def test_a_report_is_the_shortlist_and_its_pool(settings):
    report = reporting.report(settings)
    (job,) = report.jobs
    assert [item.ranked.rank for item in job.dossiers] == [1, 2]
    assert job.scores == tuple(item.ranked.score for item in job.dossiers)
    assert all(item.ranked.score == sum(part.points for part in item.ranked.parts) for item in job.dossiers)
    best = job.dossiers[0]
    assert (best.ranked.resume, best.ranked.name) == ("rosalind.pdf", "Rosalind Vexley")
    assert [(item.title, item.start, item.current) for item in best.positions] == [
        ("Senior Backend Engineer", "2019-03", True)
    ]
    assert job.cost.pool == 2
    assert [item.resume for item in report.unscreened] == ["empty.txt", "loose-link.pdf"]
    assert report.record.counts.unscreened == 2


def test_a_page_has_its_marks_on_the_lines_that_are_quoted(settings):
    best, other = reporting.report(settings).jobs[0].dossiers
    (page,) = best.pages
    assert (page.picture.page, round(page.picture.width), round(page.picture.height)) == (1, 595, 842)
    python = next(mark for mark in page.marks if "Python" in mark.requirements)
    assert python.box[1] < 842 - (770 - 20 * LINES.index(LINES[6])) < python.box[3] + 3
    tops = [mark.box[1] for mark in page.marks]
    assert tops == sorted(tops)
    assert other.pages == ()


def test_a_blind_report_holds_no_identity_and_no_page(settings):
    report = reporting.report(replace(settings, blind=True))
    assert all(item.pages == () and item.ranked.name == item.ranked.resume == "" for item in report.jobs[0].dossiers)
    page = report_html(report).decode()
    for word in ("Rosalind", "Vexley", "Thorncastle", "rosalind.pdf", "ignatius.txt", "empty.txt", "loose-link"):
        assert word not in page, word
    assert "data:image" not in page
    named = report_html(reporting.report(settings)).decode()
    assert "Rosalind Vexley" in named
    assert "data:image/png;base64," in named


def test_the_same_run_gives_the_same_bytes(settings, monkeypatch):
    first = report_html(reporting.report(settings))
    monkeypatch.chdir("/")
    assert report_html(reporting.report(settings)) == first


def test_only_so_many_bytes_of_pages(settings, monkeypatch):
    monkeypatch.setattr(pages, "MOST_BYTES", 0)
    assert reporting.report(settings).jobs[0].dossiers[0].no_pages == pages.FULL
    assert reporting.report(settings, pages=False).jobs[0].dossiers[0].no_pages == ""


def test_files_that_are_gone_leave_the_report_without_pages(settings, tmp_path):
    folder = tmp_path / "moved"
    shutil.copytree(Path(settings.workspace).parent, folder, symlinks=True)
    again = replace(settings, workspace=str(folder / "ws"))
    resumes = folder / "resumes"
    app.rank([str(resumes)], [str(folder / "job.txt")], again)
    (resumes / "rosalind.pdf").unlink()
    best, _ = reporting.report(again).jobs[0].dossiers
    assert (best.pages, best.no_pages) == ((), pages.GONE)
    shutil.rmtree(resumes)
    assert reporting.report(again).jobs[0].dossiers[0].no_pages == pages.GONE


def test_fewer_candidates_and_one_job_can_be_asked(settings):
    (job,) = reporting.report(settings, job="job.txt", top=1, pages=False).jobs
    assert len(job.dossiers) == 1
    assert len(job.scores) == 2
    with pytest.raises(InputError, match="no run with the job nurse"):
        reporting.report(settings, job="nurse")
    with pytest.raises(InputError, match="no run 00"):
        reporting.report(settings, run="00")


def test_forgetting_somebody_removes_every_page_and_the_name_of_a_file_that_could_not_be_opened(settings, tmp_path):
    folder = tmp_path / "ws"
    shutil.copytree(settings.workspace, folder)
    again = replace(settings, workspace=str(folder))
    (folder / "reports").mkdir()
    (folder / "reports" / "page-identities.html").write_bytes(report_html(reporting.report(again)))
    kept = run_folder(folder)
    terms = kept / "terms.json"
    terms.write_bytes(terms.read_bytes().replace(b"loose-link.pdf", b"rosalind.pdf"))
    record = read_record(kept)
    assert record is not None
    seal(kept, record)
    rights.forget("rosalind.pdf", again)
    assert not (folder / "reports").exists()
    report = reporting.report(again)
    assert [item.resume for item in report.unscreened] == ["", "empty.txt"]
    assert "osalind" not in report_html(report).decode()


def run_folder(workspace: Path) -> Path:
    return next((workspace / "parts" / "runs").iterdir())


def test_a_run_whose_parts_are_gone_says_so(settings, tmp_path):
    folder = tmp_path / "ws"
    shutil.copytree(settings.workspace, folder)
    shutil.rmtree(folder / "parts" / "profiles")
    with pytest.raises(StoreError, match="another version"):
        reporting.report(replace(settings, workspace=str(folder)))


def test_only_files_of_those_who_are_shown_are_opened(settings, monkeypatch):
    asked = []
    discover = reporting.discover
    monkeypatch.setattr(
        reporting, "discover", lambda paths, limits: asked.append(list(paths)) or discover(paths, limits)
    )
    best = reporting.report(settings, top=1).jobs[0].dossiers[0]
    assert best.pages
    assert [[Path(path).name for path in paths] for paths in asked] == [[best.ranked.resume]]
    there = Path(asked[0][0])
    away = there.rename(there.with_name("elsewhere.pdf"))
    assert reporting.report(settings, top=1).jobs[0].dossiers[0].pages
    assert asked[-1] == [str(there.parent)]  # nobody is where they were, so all is looked through
    away.rename(there)
