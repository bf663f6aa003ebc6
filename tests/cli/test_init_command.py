from __future__ import annotations

from pathlib import Path

import pytest

from hirelens_cli.cli.init_command import STARTER
from hirelens_cli.config import RunConfig, load
from hirelens_cli.errors import ExitCode

ROOT = Path(__file__).resolve().parents[2]


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_settings_a_job_and_the_next_step(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ended = run("init")
    assert ended.code == ExitCode.DONE
    assert files(tmp_path) == ["hirelens.toml", "jobs/senior-backend-engineer.txt"]
    assert "put resumes into resumes, then:" in ended.err
    assert ended.err.splitlines()[-1] == "next: hirelens rank resumes --job jobs/senior-backend-engineer.txt"


def test_the_settings_are_the_defaults_until_they_are_edited(run, tmp_path):
    run("init", str(tmp_path))
    path = tmp_path / "hirelens.toml"
    assert load(path, environment={})[0] == RunConfig()
    path.write_text(path.read_text().replace("#top = 20", "top = 7").replace("#skills = 40.0", "skills = 50.0"))
    changed = load(path, environment={})[0]
    assert (changed.top, changed.weights.skills) == (7, 50.0)


def test_examples_are_the_ones_of_the_repository(run, tmp_path):
    ended = run("init", str(tmp_path / "trial"), "--example")
    assert f"cd {tmp_path / 'trial'} && hirelens rank" in ended.err
    assert "put resumes" not in ended.err
    made = files(tmp_path / "trial" / "resumes")
    assert made == files(STARTER / "resumes")
    assert len(made) >= 8
    for name in made:
        assert (tmp_path / "trial/resumes" / name).read_bytes() == (ROOT / "examples/resumes" / name).read_bytes()


def test_nothing_is_overwritten(run, tmp_path):
    (tmp_path / "hirelens.toml").write_text("top = 3\n")
    ended = run("init", str(tmp_path), "--example")
    assert ended.code == ExitCode.DONE
    assert (tmp_path / "hirelens.toml").read_text() == "top = 3\n"
    assert "kept, was there:" in ended.err
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in files(tmp_path)}
    run("init", str(tmp_path), "--example")
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in files(tmp_path)} == before


def test_where_nothing_can_be_written(run, tmp_path):
    (tmp_path / "file").write_text("")
    assert run("init", str(tmp_path / "file")).code == ExitCode.OUTPUT


@pytest.mark.slow
def test_what_it_writes_can_be_ranked(tmp_path):
    from hirelens_cli import app
    from hirelens_cli.cli.main import main

    main(["init", str(tmp_path), "--example"])
    settings = RunConfig(workspace=str(tmp_path / "kept"), as_of="2026-11-23", workers=1)
    shortlist = app.rank([str(tmp_path / "resumes")], [str(tmp_path / "jobs")], settings)
    assert shortlist.counts.scored == 8
    assert sorted(item.status.value for item in shortlist.unscreened) == ["image_only", "malformed"]
    assert shortlist.jobs[0].candidates[0].resume == "amara-okonjo-reyes.pdf"
