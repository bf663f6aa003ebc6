from __future__ import annotations

import json
import math

import pytest

from hirelens_cli.model.evaluations import Estimate, Evaluation, Gate, LabelCounts, Measured
from hirelens_cli.rendering.to_eval import evaluation_json, notes, sheets

NAN = math.nan
EVALUATION = Evaluation(
    run="r" * 16,
    embedder="static",
    jobs=("job.txt",),
    pairs=30,
    labels=LabelCounts(34, 30, 3, 1),
    resampled="candidates",
    metrics=("map", "kendall"),
    systems=("hirelens", "bm25"),
    measured=(
        Measured("hirelens", "map", Estimate(0.91234567, 0.8, 1.0), None),
        Measured("hirelens", "kendall", Estimate(-0.0381, -0.4, 0.3), None),
        Measured("bm25", "map", Estimate(0.8, NAN, NAN), Estimate(0.1123, 0.01, 0.2)),
        Measured("bm25", "kendall", Estimate(NAN, NAN, NAN), Estimate(-0.1, -0.3, 0.1)),
    ),
    gates=(Gate("map", 0.95, 0.9123, False), Gate("p@5", 0.1, NAN, False)),
)


def test_numbers_are_short_and_what_is_not_defined_is_a_dash() -> None:
    means, leads = sheets(EVALUATION)
    assert means.columns == ("", "map", "kendall")
    assert means.rows == (("hirelens", ".912 [.800,1.000]", "-.038 [-.400,.300]"), ("bm25", ".800", "-"))
    assert leads.rows == (("bm25", "+.112* [+.010,+.200]", "-.100 [-.300,+.100]"),)


def test_notes_say_what_must_be_known() -> None:
    text = "\n".join(notes(EVALUATION))
    assert "30 of 34 labels used; left out: 3 of documents without a score, 1 of jobs or resumes" in text
    assert "Too few jobs" in text
    assert "FAILED: map is 0.9123, at least 0.95 wanted" in text
    assert "FAILED: p@5 is not defined" in text


def test_json_has_null_for_what_is_not_defined() -> None:
    record = json.loads(evaluation_json(EVALUATION))
    assert record["schema"] == "hirelens.eval/1"
    ours, bm25 = record["systems"]
    assert ours["metrics"][0] == {"metric": "map", "mean": {"value": 0.912346, "low": 0.8, "high": 1.0}, "lead": None}
    assert bm25["metrics"][1]["mean"] == {"value": None, "low": None, "high": None}
    assert bm25["metrics"][0]["lead"]["value"] == pytest.approx(0.1123)
    assert record["gates"][1] == {"metric": "p@5", "least": 0.1, "value": None, "passed": False}
