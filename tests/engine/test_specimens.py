"""Generated resumes: the same every time, all different, and readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from hirelens_cli import app
from hirelens_cli.engine.specimens import write_jobs, write_resumes


def test_the_same_every_time_and_each_another(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_resumes(tmp_path / name, 8, seed=seed)
    a, b, c = ([path.read_bytes() for path in sorted((tmp_path / name).iterdir())] for name in "abc")
    assert a == b
    assert not set(a) & set(c)
    assert len(set(a)) == 8


@pytest.mark.slow
def test_the_pdf_says_what_the_text_says(tmp_path: Path) -> None:
    write_resumes(tmp_path, 2)
    profile = app.profile_file(str(tmp_path / "1.pdf")).value
    assert profile is not None
    assert len(profile.positions) == 4
    assert len(profile.skills) >= 5


def test_jobs_differ(tmp_path: Path) -> None:
    write_jobs(tmp_path, 3)
    assert len({path.read_text() for path in tmp_path.iterdir()}) == 3
