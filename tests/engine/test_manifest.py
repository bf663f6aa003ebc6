"""The manifest of an applicant tracking system."""

from __future__ import annotations

from pathlib import Path

import pytest

from hirelens_cli.engine.manifest import applies, read_manifest
from hirelens_cli.errors import InputError


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_are_read_and_further_ones_kept(tmp_path: Path) -> None:
    text = "File,applicant_id,job,received_on,source\nteam/a.pdf,A-1,nurse.txt,2026-03-01T10:00,fair\nb.pdf,A-2,,,\n"
    manifest = read_manifest(written(tmp_path / "m.csv", "\ufeff" + text))
    first, second = manifest.applications
    assert (first.applicant_id, first.job, first.received_on) == ("A-1", "nurse.txt", "2026-03-01")
    assert first.extra == (("source", "fair"),)
    assert second.received_on == ""


def test_a_file_is_found_by_path_or_by_its_own_name(tmp_path: Path) -> None:
    manifest = read_manifest(written(tmp_path / "m.csv", "file,applicant_id\nteam/a.pdf,1\nb.pdf,2\n"))
    assert [item.applicant_id for item in manifest.of(("team/a.pdf",))] == ["1"]
    assert [item.applicant_id for item in manifest.of(("deep/b.pdf",))] == ["2"]
    assert manifest.of(("other/a.pdf",)) == ()
    assert manifest.missing(["deep/b.pdf"]) == ("team/a.pdf",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,job\na.pdf,x\n", "no column named file"),
        ("file,received_on\na.pdf,yesterday\n", "line 2"),
        ("file,job\n,x\n", "line 2"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_manifest(written(tmp_path / "m.csv", text))


@pytest.mark.parametrize(
    ("asked", "job", "expected"),
    [
        ("nurse.txt", "jobs/nurse.txt", True),
        ("nurse", "jobs/nurse.txt", True),
        ("", "anything.pdf", True),
        ("cook", "nurse.txt", False),
    ],
)
def test_which_job_an_application_is_for(tmp_path: Path, asked: str, job: str, expected: bool) -> None:
    manifest = read_manifest(written(tmp_path / "m.csv", f"file,job\na.pdf,{asked}\n"))
    assert applies(manifest.applications[0], job) is expected
