from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from hirelens_cli.cli.exits import Terminated
from hirelens_cli.errors import (
    ExitCode,
    GateError,
    IncompleteError,
    InputError,
    LockedError,
    MissingExtraError,
    OutputError,
    StoreError,
    UsageError,
)


def test_stdout_is_the_table_and_nothing_else(run, app):
    ended = run("rank", "resumes", "--job", "job.txt")
    assert ended.code == ExitCode.UNSCREENED
    assert "Amara Okonjo" in ended.out
    assert "image_only" in ended.out
    assert "next:" not in ended.out
    assert "next: hirelens explain amara.pdf --job job.txt" in ended.err
    assert "5 found: 3 scored, 1 not screened, 1 duplicates" in ended.err


def test_options_reach_the_library(run, app):
    run(
        *(
            "rank",
            "a",
            "b.zip",
            "--job",
            "j1",
            "--job",
            "j2",
            "--top",
            "0",
            "--weight",
            "skills=50",
            "--weight",
            "domain=0",
        ),
        *("--as-of", "2026-01-02", "--workers", "2", "--embedder", "minilm", "--blind", "--forensics", "all"),
        *("--workspace", "ws", "--manifest", "people.csv", "--device", "cuda"),
    )
    name, (resumes, jobs, config), more = app.calls[0]
    assert (name, resumes, jobs, more["manifest"]) == ("rank", ["a", "b.zip"], ["j1", "j2"], "people.csv")
    assert (config.top, config.weights.skills, config.weights.domain, config.weights.projects) == (0, 50, 0, 20)
    assert (config.as_of, config.workers, config.embedder, config.blind) == ("2026-01-02", 2, "minilm", True)
    assert (config.forensics, config.workspace, config.device) == ("all", "ws", "cuda")


def test_defaults_are_those_of_the_configuration(run, app):
    from hirelens_cli.config import RunConfig

    run("rank", "a", "--job", "j")
    assert app.calls[0][1][2] == RunConfig()


def test_auto_says_which_embedder_it_took_and_how_to_get_the_other(run, app):
    assert (
        "embedder auto: static; `hirelens models list` tells how to get minilm-int8" in run("rank", "a", "-j", "j").err
    )
    app.answers["rank"] = replace(app.shortlist, embedder="minilm-int8")
    assert "embedder auto: minilm-int8\n" in run("rank", "a", "-j", "j").err
    assert "embedder auto" not in run("rank", "a", "-j", "j", "--embedder", "static").err


def test_quiet_says_nothing_but_the_result(run, app):
    assert run("rank", "a", "--job", "j", "--quiet").err == ""


def test_allow_unscreened(run, app):
    assert run("rank", "a", "--job", "j", "--allow-unscreened").code == 0


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "md"])
def test_output_file_holds_what_stdout_would(run, app, form):
    shown = run("rank", "a", "--job", "j", "--format", form)
    written = run("rank", "a", "--job", "j", "--output", f"out.{form}")
    assert written.out == ""
    assert Path(f"out.{form}").read_bytes().decode() == shown.out
    assert list(Path().iterdir()) == [Path(f"out.{form}")]


def test_json_and_csv_are_readable(run, app):
    assert json.loads(run("rank", "a", "--job", "j", "-f", "json").out)["counts"]["found"] == 5
    rows = list(csv.DictReader(io.StringIO(run("rank", "a", "--job", "j", "-f", "csv").out)))
    assert [row["status"] for row in rows] == ["scored", "scored", "scored", "image_only"]


@pytest.mark.parametrize("place", ["missing/out.json", "folder"])
def test_an_impossible_output_is_said_before_the_work(run, app, place):
    run("--version")
    Path("folder").mkdir()
    ended = run("rank", "a", "--job", "j", "--output", place)
    assert ended.code == ExitCode.OUTPUT
    assert "hint:" in ended.err
    assert app.calls == []


def test_a_failed_write_leaves_the_old_file(run, app, monkeypatch):
    import os

    run("--version")
    Path("out.json").write_text("old")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    ended = run("rank", "a", "--job", "j", "--output", "out.json")
    assert (ended.code, Path("out.json").read_text()) == (ExitCode.OUTPUT, "old")
    assert list(Path().iterdir()) == [Path("out.json")]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (UsageError, 2),
        (InputError, 4),
        (OutputError, 5),
        (LockedError, 6),
        (StoreError, 7),
        (GateError, 8),
        (MissingExtraError, 9),
        (IncompleteError, 10),
    ],
)
def test_an_error_ends_with_its_code_and_its_hint(run, app, kind, code):
    app.failure = kind("what went wrong", "what to do")
    ended = run("rank", "a", "--job", "j")
    assert (ended.code, ended.out) == (code, "")
    assert ended.err == "error: what went wrong\n  hint: what to do\n"


@pytest.mark.parametrize(("stop", "code"), [(KeyboardInterrupt, 130), (Terminated, 143)])
def test_stopping_says_what_is_kept(run, app, stop, code):
    app.failure = stop()
    ended = run("rank", "a", "--job", "j", "--workspace", "ws")
    assert (ended.code, ended.out) == (code, "")
    assert "kept in ws" in ended.err


def test_a_bug_keeps_a_traceback_without_the_document(run, app, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    app.failure = ValueError("Jane Doe, born 1980")
    ended = run("rank", "a", "--job", "j")
    assert ended.code == ExitCode.BUG
    kept = next(tmp_path.glob("hirelens-bug-*.txt"))
    assert str(kept) in ended.err
    text = kept.read_text()
    assert "ValueError" in text
    assert "rank_command.py" in text
    assert "Jane" not in text + ended.err


def test_full_disk_is_no_bug(run, app):
    app.failure = OSError(28, "No space left on device")
    assert run("rank", "a", "--job", "j").code == ExitCode.OUTPUT


def test_a_closed_pipe_is_no_error(run, app):
    app.failure = BrokenPipeError()
    ended = run("rank", "a", "--job", "j")
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("rnk",), "did you mean rank?"),
        (("rank", "a", "--job", "j", "--fromat", "json"), "did you mean --format, --log-format?"),
        (("rank", "a", "--job", "j", "--weight", "skils=50"), "did you mean weights.skills?"),
        (("rank", "a", "--job", "j", "--weight", "skills"), "for example --weight skills=50"),
        (("rank", "a"), "`hirelens rank --help`"),
        (("rank", "a", "--job", "j", "--top", "-1"), ""),
        (("rank", "a", "--job", "j", "--weight", "skills=nan"), ""),
    ],
)
def test_usage_errors_help(run, app, arguments, hint):
    ended = run(*arguments)
    assert (ended.code, ended.out) == (ExitCode.USAGE, "")
    assert ended.err.startswith("error: ")
    assert hint in ended.err
    assert app.calls == []


@pytest.mark.parametrize("name", ["s.xlsx", "s.parquet", "s.arrow", "s.feather"])
def test_binary_formats_go_to_files(run, app, tmp_path, name):
    assert run("rank", "a", "--job", "j", "-o", name, "--allow-unscreened").code == 0
    data = (tmp_path / name).read_bytes()
    assert data[:4] == {"xlsx": b"PK\x03\x04", "parquet": b"PAR1"}.get(name.partition(".")[2], b"ARRO")


def test_parquet_without_the_ending_is_a_folder_by_tenant_and_job(run, app, tmp_path):
    line = ["rank", "a", "--job", "j", "--format", "parquet", "-o", "data", "--tenant", "acme", "--allow-unscreened"]
    for _ in range(2):
        assert run(*line).code == 0
    found = sorted(str(path.relative_to(tmp_path / "data")) for path in (tmp_path / "data").rglob("*.parquet"))
    run_id = app.shortlist.run
    assert found == [
        f"tenant=acme/job=__HIVE_DEFAULT_PARTITION__/{run_id}.parquet",
        f"tenant=acme/job=job.txt/{run_id}.parquet",
    ]
    (tmp_path / "file").touch()
    ended = run("rank", "a", "--job", "j", "--format", "parquet", "-o", "file")
    assert (ended.code, "end the name in .parquet" in ended.err) == (5, True)
