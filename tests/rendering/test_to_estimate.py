"""An estimate in words."""

from __future__ import annotations

import json

import pytest

from hirelens_cli.engine.forecast import SPREADING, forecast
from hirelens_cli.model.estimates import Range, Rate, Rates, Shape
from hirelens_cli.rendering.to_estimate import duration, estimate_json, estimate_panels, megabytes, money

ALONE = ("finding and writing", "scoring", "explaining", "publishing")
RATES = Rates(
    160, "static", 2.0, tuple(Rate(stage, Range(0.01, 0.02, 0.03)) for stage in (*SPREADING, *ALONE)),
    0.001, 250, 300, 4, 40, 16,
)  # fmt: skip


def test_panels_name_the_bottleneck_and_what_it_costs() -> None:
    needs, stages = estimate_panels(forecast(RATES, Shape(1_000, 1, 4, 2), price=0.2, spot=0.5))
    assert needs.heading == "1,000 resumes, 1 job, 4 nodes of 2 cores, embedder static"
    assert [row[0] for row in needs.rows][-2:] == ["cost", "cost on spot machines"]
    assert "bottleneck: finding and writing; more nodes do not shorten it" in needs.notes
    assert any(note.startswith("break-even: 1 node;") for note in needs.notes)
    assert "as: hirelens shard plan --shards 4, 2 workers on each node" in needs.notes
    assert ("reading", "all nodes") in [(row[0], row[-1]) for row in stages.rows]
    assert ("scoring", "one node") in [(row[0], row[-1]) for row in stages.rows]
    assert "CPU time" in [row[0] for row in needs.rows]
    assert any(note.startswith("a CPU second took 1.0 s by the clock") for note in needs.notes)
    free = estimate_panels(forecast(RATES, Shape(1_000, 1)))[0]
    assert "cost" not in [row[0] for row in free.rows]
    assert "as: hirelens rank, 1 worker on each node" in free.notes


def test_json_holds_the_rates_it_rests_on() -> None:
    record = json.loads(estimate_json(forecast(RATES, Shape(10, 1))))
    assert record["schema"] == "hirelens.estimate/1"
    assert record["estimate"]["rates"]["start"] == 2.0
    assert set(record["estimate"]["seconds"]) == {"low", "likely", "high"}


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.44, "0.4 s"), (200, "3 min 20 s"), (3599.9, "1 h 00 min"), (18_420, "5 h 07 min")]
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_sizes_and_money() -> None:
    assert (megabytes(310.4), megabytes(4300)) == ("310 MB", "4.2 GB")
    assert (money(12.345), money(0.0123)) == ("12.35", "0.0123")
