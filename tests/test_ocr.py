"""A scan on its way to a shortlist: not screened, read again by OCR, scored, and said to be."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hirelens_cli import app
from hirelens_cli.config import Limits, RunConfig
from hirelens_cli.errors import MissingExtraError
from hirelens_cli.ports import NoProgress

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SCAN = "ruth-ellery-vance-scan.pdf"


@pytest.fixture
def resumes(tmp_path):
    folder = tmp_path / "resumes"
    folder.mkdir()
    for name in (SCAN, "mei-tanaka-ross.html"):
        shutil.copy(EXAMPLES / "resumes" / name, folder)
    return str(folder)


@pytest.fixture
def settings(tmp_path):
    return RunConfig(workspace=str(tmp_path / "kept"), as_of="2026-11-23", workers=1)


@pytest.mark.extras
def test_retry_reads_what_was_an_image_and_nothing_else(resumes, settings):
    job = [str(EXAMPLES / "jobs" / "registered-nurse-icu.docx")]
    first = app.rank([resumes], job, settings)
    assert [item.status.value for item in first.unscreened] == ["image_only"]
    notes = []

    class Notes(NoProgress):
        def note(self, message):
            notes.append(message)

    with_ocr = replace(settings, limits=Limits(ocr_pages=10))
    second = app.retry(with_ocr, progress=Notes())
    assert "1 documents kept as they were read, 1 to be read again" in notes
    assert second.unscreened == ()
    best = second.jobs[0].candidates[0]
    assert best.resume == SCAN
    assert best.flags == ("ocr",)
    assert best.confidence != "high"
    assert best.explanation.recommendations[0].startswith("Compare with the original file: it is a scan")
    assert app.rank([resumes], job, with_ocr) == second


def test_ocr_without_the_extra_is_refused_before_any_work(resumes, settings, monkeypatch):
    monkeypatch.setattr("hirelens_cli.documents.ocr._LIBRARIES", ("no-such-library",))
    asked = replace(settings, limits=Limits(ocr_pages=10))
    with pytest.raises(MissingExtraError, match="OCR"):
        app.rank([resumes], [str(EXAMPLES / "jobs")], asked)
    with pytest.raises(MissingExtraError, match="OCR"):
        app.read_file(str(Path(resumes) / SCAN), asked)
