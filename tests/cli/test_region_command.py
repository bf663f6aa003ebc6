from __future__ import annotations

import json
import zipfile
from dataclasses import replace

import polars as pl
import pytest

from hirelens_cli import regions
from hirelens_cli.engine.exports import Export, Made
from hirelens_cli.engine.plan import Fingerprints
from hirelens_cli.errors import ExitCode


@pytest.fixture
def calls(shortlist, monkeypatch):
    """What the library was asked; it answers from memory."""
    made: list[tuple[tuple[object, ...], dict[str, object]]] = []
    terms = Made("", "2026-11-23", "c", "0.1", "static", "m", Fingerprints("d", "p", "v", "j", "s"), {})
    jobs = tuple(
        replace(job, candidates=tuple(replace(item, regions=("eu", "us")) for item in job.candidates))
        for job in shortlist.jobs
    )
    answers = {
        "export": Export("eu", "3fa94c", terms, 20, (), ("a" * 16,), (), 0),
        "merge": regions.Merged(replace(shortlist, jobs=jobs), "acme"),
    }

    def answer(name):
        def call(*args, **kwargs):
            made.append((args, kwargs))
            return answers[name]

        return call

    for name in answers:
        monkeypatch.setattr(regions, name, answer(name))
    return made


def test_export_writes_what_leaves_and_says_how_many(run, calls, tmp_path):
    path = tmp_path / "eu.json"
    ended = run("region", "export", "3fa", "--region", "eu", "--top", "5", "-w", "there", "-o", str(path))
    assert (ended.code, ended.out) == (ExitCode.DONE, "")
    assert "run 3fa94c of eu: 1 candidates, 0 of them with their parts" in ended.err
    assert json.loads(path.read_text())["schema"] == "hirelens.region/1"
    (settings,), asked = calls[0]
    assert (settings.region, settings.workspace, asked["run"], asked["top"]) == ("eu", "there", "3fa", 5)


def test_export_to_a_pipe(run, calls):
    assert json.loads(run("region", "export", "--region", "eu", "-q").out)["export"]["region"] == "eu"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "md"])
def test_merge_says_the_region_of_each_in_every_format(run, calls, form):
    ended = run("region", "merge", "eu.json", "us.json", "--top", "3", "--format", form)
    assert ended.code == ExitCode.UNSCREENED
    told = {"table": "in eu and us", "md": "in eu and us", "csv": "eu | us"}.get(form, '"regions":["eu","us"]')
    assert told in (ended.out if form != "json" else "".join(ended.out.split()))
    assert calls == [((["eu.json", "us.json"],), {"top": 3})]


def test_merge_as_parquet_and_xlsx(run, calls, tmp_path):
    assert run("region", "merge", "a", "-o", str(tmp_path / "m.parquet"), "--allow-unscreened").code == ExitCode.DONE
    frame = pl.read_parquet(tmp_path / "m.parquet").filter(pl.col("status") == "scored")
    assert set(frame["region"]) == {"eu | us"}
    assert set(frame["tenant"]) == {"acme"}
    assert run("region", "merge", "a", "-o", str(tmp_path / "m.xlsx"), "--allow-unscreened").code == ExitCode.DONE
    with zipfile.ZipFile(tmp_path / "m.xlsx") as book:
        assert b"eu\nus" in book.read("xl/sharedStrings.xml")
    assert "written to" in run("region", "merge", "a", "-o", str(tmp_path / "m.csv")).err


def test_a_page_is_refused_before_the_work(run, calls):
    ended = run("region", "merge", "a", "--format", "html")
    assert ended.code == ExitCode.USAGE
    assert "a report is made of a run" in ended.err
    assert calls == []
