from __future__ import annotations

import json

import pytest

from hirelens_cli.cli.eval_command import beside_each_other, gates_of
from hirelens_cli.errors import UsageError
from hirelens_cli.model.evaluations import Estimate, Evaluation, Gate, LabelCounts, Measured
from hirelens_cli.rendering.to_eval import sheets

METRICS = ("ndcg@10", "map", "p@5")
ONE = Estimate(0.5, 0.4, 0.6)


def evaluation(*gates: Gate) -> Evaluation:
    measured = tuple(
        Measured(system, metric, ONE, lead)
        for system, lead in (("hirelens", None), ("bm25", ONE))
        for metric in METRICS
    )
    return Evaluation(
        "r1",
        "static",
        ("job.txt",),
        9,
        LabelCounts(9, 9, 0, 0),
        "candidates",
        METRICS,
        ("hirelens", "bm25"),
        measured,
        gates,
    )


def test_a_table_of_means_and_of_leads(app, run):
    app.answers["evaluate"] = evaluation()
    ended = run("eval", "labels.csv", "--metric", "map", "--run", "abc", "--labelled-only")
    assert ended.code == 0
    assert "Mean over 1 job, 9 candidates judged" in ended.out
    assert ended.out.count("bm25") >= 2
    (_, args, kwargs) = app.calls[-1]
    assert args[0] == "labels.csv"
    assert (kwargs["run"], kwargs["metrics"], kwargs["gates"], kwargs["labelled_only"]) == ("abc", ["map"], {}, True)


def test_a_failed_gate_shows_the_numbers_and_exits_with_8(app, run):
    app.answers["evaluate"] = evaluation(Gate("map", 0.6, 0.5, False), Gate("p@5", 0.1, 0.5, True))
    ended = run("eval", "labels.csv", "--fail-under", "map=0.6", "--fail-under", "p@5=.1", "--format", "json")
    assert ended.code == 8
    assert [gate["passed"] for gate in json.loads(ended.out)["gates"]] == [False, True]
    assert "below the gate: map" in ended.err
    assert app.calls[-1][2]["gates"] == {"map": 0.6, "p@5": 0.1}


@pytest.mark.parametrize("text", ["map", "map=", "map=high", "map=60", "map=nan"])
def test_a_gate_must_be_a_metric_and_a_number(text):
    with pytest.raises(UsageError, match="METRIC=N"):
        gates_of([text])


def test_tables_hold_as_many_metrics_as_there_is_room_for():
    sheet = sheets(evaluation())[0]
    assert beside_each_other(sheet, 200) == [[0, 1, 2, 3]]
    assert beside_each_other(sheet, 1) == [[0, 1], [0, 2], [0, 3]]
