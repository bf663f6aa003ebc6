from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from hirelens_cli.cli.watch_command import Looked, _Watch
from hirelens_cli.documents.arrivals import Seen
from hirelens_cli.errors import ExitCode, InputError, LockedError
from hirelens_cli.model.comparisons import Placed


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "amara.pdf").write_text("x")
    return folder


def looked(shortlist):
    """What a run with this shortlist left."""
    rows = [
        Placed(job.job_id, job.job, one.candidate, one.resume, one.rank, job.pool, one.score, one.flags)
        for job in shortlist.jobs
        for one in job.candidates
    ]
    return Looked(rows, shortlist.unscreened)


def watching(folder, looks, answers):
    """A watch over these looks; each screening takes the next answer."""
    asked = []
    seen = iter(looks)
    given = iter(answers)

    def screen(resumes):
        asked.append(resumes)
        answer = next(given)
        if isinstance(answer, BaseException):
            raise answer
        return looked(answer)

    return _Watch(folder, lambda: next(seen), screen), asked


NONE, ONE, TWO = {}, {"in/a": (1, 1)}, {"in/a": (1, 1), "in/b": (1, 1)}


def test_only_news_are_told_and_screened(shortlist, inbox):
    job = shortlist.jobs[0]
    fewer = replace(shortlist, jobs=(replace(job, candidates=job.candidates[1:]),), unscreened=())
    looks = [Seen(NONE, 1), Seen(ONE, 0), Seen(ONE, 0), Seen(TWO, 0), Seen(TWO, 0)]
    watched, asked = watching(inbox, looks, [fewer, shortlist])
    passes = watched.passes(5, once=False, wait=lambda _: None)
    told = [[item.resume for item in watched.news(next(passes))] for _ in range(2)]
    assert asked == [[str(inbox)]] * 2
    assert told[0] == [item.resume for item in job.candidates[1:]]
    assert told[1] == [job.candidates[0].resume, *(item.resume for item in shortlist.unscreened)]


def test_while_files_still_move_the_settled_ones_are_taken(shortlist, inbox):
    watched, asked = watching(inbox, [Seen(NONE, 2), Seen(ONE, 1), Seen(TWO, 0)], [shortlist] * 2)
    passes = watched.passes(5, once=False, wait=lambda _: None)
    next(passes)
    next(passes)
    assert asked == [["in/a"], [str(inbox)]]


def test_what_is_in_the_way_is_waited_for(shortlist, inbox, capsys):
    answers = [LockedError("held by 12"), shortlist, InputError("gone"), shortlist]
    looks = [Seen(NONE, 1), Seen(ONE, 0), Seen(ONE, 0), Seen(TWO, 0), Seen(TWO, 0)]
    watched, asked = watching(inbox, looks, answers)
    passes = watched.passes(5, once=False, wait=lambda _: None)
    next(passes)
    next(passes)
    assert len(asked) == 4
    assert capsys.readouterr().err == "waiting: held by 12; trying again\nwaiting: gone; trying again\n"


def test_a_job_that_cannot_be_used_ends_it_at_once(inbox):
    watched, _ = watching(inbox, [Seen(NONE, 1), Seen(ONE, 0)], [InputError("no such job")])
    with pytest.raises(InputError):
        next(watched.passes(5, once=False, wait=lambda _: None))


def test_once(run, app, inbox):
    app.answers["placed"] = looked(app.shortlist).placed
    ended = run("watch", str(inbox), "--job", "job.txt", "--once", "--interval", "0.1", "--format", "jsonl")
    assert ended.code == ExitCode.UNSCREENED
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert [row["status"] for row in rows] == ["scored", "scored", "scored", "image_only"]
    assert rows[0]["rank"] == 1
    assert rows[0]["of"] == app.shortlist.jobs[0].pool
    assert app.calls[0][1][0] == [str(inbox)]


def test_once_over_an_empty_folder_ends(run, app, tmp_path):
    assert run("watch", str(tmp_path), "--job", "job.txt", "--once", "--interval", "0.1").code == ExitCode.DONE
    assert app.calls == []


def test_a_look_can_be_measured(run, app, inbox):
    app.answers["placed"] = ()
    ended = run(
        "watch",
        str(inbox),
        "--job",
        "job.txt",
        "--once",
        "--interval",
        "0.1",
        "--metrics-file",
        "m.prom",
        "--log-format",
        "json",
    )
    assert "watching" not in ended.err
    assert "hirelens_run_running 0" in Path("m.prom").read_text()
    assert app.calls[0][1][2].telemetry.metrics_file == "m.prom"


def test_a_line_for_people(run, app, inbox):
    app.answers["placed"] = looked(app.shortlist).placed
    ended = run("watch", str(inbox), "--job", "job.txt", "--once", "--interval", "0.1")
    best = app.shortlist.jobs[0].candidates[0]
    assert ended.out.splitlines()[0].split()[:5] == ["1", "of", "3", f"{best.score / 100:.2f}", best.resume]
    assert "not screened  ruth.pdf  image_only" in ended.out


@pytest.mark.slow
def test_arrivals_are_screened_and_sigterm_ends_it(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    text = "Person {0}\nperson{0}@mail.example\n\nExperience\nWelder, Company {0}\n01/2012 - Present\n- Welded pipes\n"
    (folder / "1.txt").write_text(text.format(1))
    (tmp_path / "job.txt").write_text("Welder\n\nRequirements\n- 3 years of experience as a welder\n")
    line = ["watch", str(folder), "--job", str(tmp_path / "job.txt"), "--interval", "0.3", "--workers", "1"]
    command = [sys.executable, "-m", "hirelens_cli", *line, "--workspace", str(tmp_path / "kept")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert "1 of 1" in process.stdout.readline()
            (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
            assert "broken.pdf  malformed" in process.stdout.readline()
            (folder / "2.txt").write_text(text.format(2))
            assert "2.txt" in process.stdout.readline()
            time.sleep(0.5)
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert out == ""
    assert process.returncode == ExitCode.TERMINATED
    assert "the same command continues" in err
    assert (tmp_path / "kept" / "hirelens.duckdb").is_file()
