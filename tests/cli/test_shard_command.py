from __future__ import annotations

import json

import pytest

from hirelens_cli import sharding
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.plan import Fingerprints
from hirelens_cli.engine.results import Inputs
from hirelens_cli.engine.shards import Plan, Share
from hirelens_cli.errors import ExitCode, IncompleteError
from hirelens_cli.model.documents import SourceFile


@pytest.fixture
def calls(shortlist, monkeypatch):
    """What the library was asked; it answers from memory."""
    made: list[tuple[str, tuple[object, ...], dict[str, object]]] = []
    prints = Fingerprints("d", "p", "v", "j", "s")
    config = RunConfig(as_of="2026-11-23")
    shares = tuple(Share(count, "0") for count in (4, 6, 5))
    plan = Plan(
        "0.1", config, "c", prints, "/r", Inputs((), (), None, "d"), (SourceFile("j", "job.txt", ""),), (), 0, shares
    )
    answers = {
        "plan": plan,
        "run": sharding.ShardReport(3, 8, shortlist.unscreened, shortlist.counts),
        "merge": shortlist,
    }

    def answer(name):
        def call(*args, **kwargs):
            made.append((name, args, kwargs))
            return answers[name]

        return call

    for name in answers:
        monkeypatch.setattr(sharding, name, answer(name))
    return made


def test_plan_says_what_it_made_and_what_comes_next(run, calls):
    ended = run(
        "shard", "plan", "resumes", "--job", "job.txt", "--shards", "3", "--out", "my plan", "--as-of", "2026-11-23"
    )
    assert ended.code == ExitCode.DONE
    assert ended.out.splitlines() == [
        "15 documents in 3 shards of 4 to 6, 1 jobs",
        "hirelens shard run 'my plan' --shard 1/3",
        "hirelens shard merge 'my plan'",
    ]
    assert calls[0][1][:4] == (["resumes"], ["job.txt"], "my plan", 3)


def test_plan_as_json(run, calls):
    record = json.loads(run("shard", "plan", "a", "--job", "b", "--shards", "3", "--out", "p", "--format", "json").out)
    assert record["schema"] == "hirelens.shard-plan/1"
    assert (record["shards"], record["documents"], record["jobs"]) == ([4, 6, 5], 15, ["job.txt"])


@pytest.mark.parametrize(
    ("words", "number", "of"),
    [(("--shard", "3/8"), 3, 8), (("--shard", "3"), 3, None), (("--index", "2"), 3, None)],
)
def test_a_shard_is_named_from_one_or_from_zero(run, calls, words, number, of):
    ended = run("shard", "run", "plan", *words, "--root", "/mnt")
    assert ended.code == ExitCode.UNSCREENED
    assert "shard 3/8: 5 found: 3 read, 1 not screened, 1 duplicates" in ended.out
    (_, args, kwargs) = calls[0]
    assert (args[:2], kwargs["of"], kwargs["root"]) == (("plan", number), of, "/mnt")
    assert run("shard", "run", "plan", *words, "--allow-unscreened").code == ExitCode.DONE


@pytest.mark.parametrize(
    "words", [(), ("--shard", "1/2", "--index", "0"), ("--shard", "a/b"), ("--shard", "1/2/3"), ("--shard", "4-2/8")]
)
def test_a_shard_that_cannot_be_meant(run, calls, words):
    ended = run("shard", "run", "plan", *words)
    assert ended.code == ExitCode.USAGE
    assert "3/8" in ended.err


def test_several_shards_are_run_one_after_the_other(run, calls):
    ended = run("shard", "run", "plan", "--shard", "2-4/8", "--format", "json", "--allow-unscreened")
    assert [args[1] for _, args, _ in calls] == [2, 3, 4]
    record = json.loads(ended.out)
    assert (record["counts"]["found"], len(record["unscreened"])) == (15, 3)
    assert ended.code == ExitCode.DONE


def test_merge_answers_as_rank_does(run, calls, tmp_path):
    ended = run("shard", "merge", "plan", "--top", "5", "--format", "json", "--workspace", "w")
    assert ended.code == ExitCode.UNSCREENED
    assert json.loads(ended.out)["counts"]["found"] == 5
    (_, args, kwargs) = calls[0]
    assert (args[0], args[1].workspace, kwargs["top"], kwargs["partial"]) == ("plan", "w", 5, False)


def test_missing_shards_have_their_own_exit_status(run, monkeypatch):
    def merge(*_args, **_kwargs):
        raise IncompleteError("1 of 8 shards are not there", "hirelens shard run plan --shard 2/8")

    monkeypatch.setattr(sharding, "merge", merge)
    ended = run("shard", "merge", "plan")
    assert (ended.code, ended.out) == (ExitCode.INCOMPLETE, "")
    assert "hint: hirelens shard run plan --shard 2/8" in ended.err


def test_all_shards_one_after_the_other(run, calls, monkeypatch):
    monkeypatch.setattr(sharding, "count", lambda folder: 3)
    assert run("shard", "run", "plan", "--shard", "all", "--allow-unscreened").code == ExitCode.DONE
    assert [made[1][1] for made in calls] == [1, 2, 3]
