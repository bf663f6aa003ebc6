from __future__ import annotations

import numpy as np
import pytest

from hirelens_cli.errors import UsageError
from hirelens_cli.evaluation.baselines import Corpus
from hirelens_cli.evaluation.compare import OURS, beside
from hirelens_cli.evaluation.judge import chosen, judge
from hirelens_cli.evaluation.metrics import METRICS, Judged
from hirelens_cli.model.evaluations import LabelCounts
from hirelens_cli.model.results import RunRecord
from hirelens_cli.model.shortlists import Counts

RECORD = RunRecord("r1", "2026-11-23", "c", "static", "e", "s", "0", 20, Counts(4, 4, 0, 0), ("j",))
LABELS = LabelCounts(4, 4, 0, 0)


def judged(ours: list[float], relevance: list[float], jobs: int = 1) -> list[Judged]:
    other = np.array(relevance)[::-1].copy()
    return [
        Judged(f"job{number}", np.array(relevance), {OURS: np.array(ours), "other": other}) for number in range(jobs)
    ]


def test_metrics_are_chosen_by_name_and_gates_bring_theirs() -> None:
    assert list(chosen((), {})) == list(METRICS)
    assert list(chosen(("map",), {"ndcg@3": 0.5, "map": 0.1})) == ["map", "ndcg@3"]
    with pytest.raises(UsageError, match="f1"):
        chosen(("f1",), {})
    with pytest.raises(UsageError, match="p@0"):
        chosen((), {"p@0": 0.5})


def test_a_gate_holds_at_its_value_and_fails_below_or_where_undefined() -> None:
    good = judged([4, 3, 2, 1], [1, 1, 0, 0])
    metrics = chosen(("map",), {})
    assert judge(good, RECORD, LABELS, metrics, {"map": 1.0}, 30).failed == ()
    bad = judged([1, 2, 3, 4], [1, 1, 0, 0])
    assert [gate.metric for gate in judge(bad, RECORD, LABELS, metrics, {"map": 0.9}, 30).failed] == ["map"]
    nobody = judged([1, 2, 3, 4], [0, 0, 0, 0])
    assert [gate.passed for gate in judge(nobody, RECORD, LABELS, metrics, {"map": -1.0}, 30).gates] == [False]


@pytest.mark.parametrize(("jobs", "resampled"), [(1, "candidates"), (4, "candidates"), (5, "jobs")])
def test_leads_are_ours_minus_theirs(jobs: int, resampled: str) -> None:
    told = judge(judged([4, 3, 2, 1], [1, 1, 0, 0], jobs), RECORD, LABELS, chosen(("map",), {}), {}, 40)
    by_system = {item.system: item for item in told.measured}
    assert by_system[OURS].lead is None
    lead = by_system["other"].lead
    assert lead is not None
    assert lead.value == pytest.approx(by_system[OURS].mean.value - by_system["other"].mean.value)
    assert (told.resampled, told.pairs, told.run) == (resampled, 4 * jobs, "r1")


def test_one_job_can_hold_some_of_the_corpus() -> None:
    corpus = Corpus([{"cook": 2}, {"clerk": 1}, {"cook": 1, "menu": 1}])
    rows = np.array([0, 2])
    found = beside(
        "cook.txt",
        0,
        np.array([1.0, 0.0]),
        np.array([80.0, 20.0]),
        corpus,
        counts={"cook": 1},
        likeness=np.array([0.9, 0.1, 0.5]),
        rows=rows,
    )
    assert {scores.shape for scores in found.scores.values()} == {(2,)}
    assert found.scores["embedding"].tolist() == [0.9, 0.5]
    assert found.scores["bm25"].tolist() == corpus.bm25({"cook": 1})[rows].tolist()
