"""The model of `estimate`: linear where it says so, and ranges that are ranges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hirelens_cli.engine.forecast import LIGHT, SPREADING, forecast, shards_of
from hirelens_cli.model.estimates import Range, Rate, Rates, Shape


def even(seconds: float) -> Range:
    return Range(seconds, seconds, seconds)


RATES = Rates(
    documents=160,
    embedder="static",
    start=2.0,
    stages=(
        *(Rate(stage, Range(0.01, 0.02, 0.03)) for stage in SPREADING),
        Rate("finding and writing", even(0.001), fixed=0.5),
        Rate("scoring", even(0.0001)),
        Rate("explaining", even(0.02)),
        Rate("publishing", Range(0.0, 0.001, 0.002), fixed=1.0),
    ),
    gather=0.001,
    worker_mb=250,
    main_mb=300,
    column_kb=4,
    vector_kb=40,
    disk_kb=16,
)
BATCH = Shape(10_000, 2)


def test_one_core_does_everything_one_after_the_other() -> None:
    found = forecast(RATES, BATCH)
    stages = {stage.stage: stage.seconds.likely for stage in found.stages}
    assert stages["starting"] == 2
    assert [stages[stage] for stage in SPREADING] == pytest.approx([200, 200, 200])
    assert found.cpu.likely == pytest.approx(found.seconds.likely)
    assert stages["scoring"] == pytest.approx(2)
    assert stages["explaining"] == pytest.approx(20 * 2 * 0.02)
    assert stages["publishing"] == pytest.approx(11)
    assert "gathering" not in stages
    assert found.seconds.likely == pytest.approx(sum(stages.values()))
    assert found.seconds.low < found.seconds.likely < found.seconds.high
    assert found.disk_mb.likely == pytest.approx(10_000 * 16 / 1024)
    assert (found.shards, found.bottleneck) == (1, "reading")


def test_cores_and_nodes_shorten_what_spreads_and_nothing_else() -> None:
    one, cores, nodes = (forecast(RATES, replace(BATCH, nodes=n, cores=c)) for n, c in ((1, 1), (1, 8), (8, 1)))
    for faster in (cores, nodes):
        before = {stage.stage: stage.seconds.likely for stage in one.stages}
        for stage in faster.stages:
            if stage.stage in SPREADING:
                assert before[stage.stage] / 8 <= stage.seconds.likely < before[stage.stage] / 5
            elif stage.stage in ("scoring", "publishing"):
                assert stage.seconds.likely == before[stage.stage]
    assert any(stage.stage == "gathering" for stage in nodes.stages)


def test_other_load_makes_the_wall_longer_and_not_the_cpu_nor_the_best_case() -> None:
    quiet, crowded = forecast(RATES, BATCH), forecast(replace(RATES, crowding=2.5), BATCH)
    assert crowded.cpu == quiet.cpu
    assert crowded.seconds.likely == pytest.approx(2.5 * quiet.seconds.likely)
    assert crowded.seconds.high == pytest.approx(2.5 * quiet.seconds.high)
    assert crowded.seconds.low == quiet.seconds.low


def test_every_process_that_begins_is_cpu_that_more_cores_and_nodes_cost() -> None:
    one, cores, nodes = (forecast(RATES, replace(BATCH, nodes=n, cores=c)) for n, c in ((1, 1), (1, 8), (8, 1)))
    assert cores.cpu.likely - one.cpu.likely == pytest.approx(8 * LIGHT * RATES.start)
    begun = (nodes.shards - 1 + 2 * LIGHT) * RATES.start
    assert nodes.cpu.likely - one.cpu.likely == pytest.approx(begun + RATES.gather * BATCH.resumes)
    assert nodes.seconds.likely < one.seconds.likely


def test_the_cost_is_that_of_all_nodes_for_the_whole_time() -> None:
    found = forecast(RATES, replace(BATCH, nodes=4), price=0.2, spot=0.6)
    assert found.cost.likely == pytest.approx(4 * found.seconds.likely / 3600 * 0.2)
    assert found.spot_cost.high == pytest.approx(found.cost.high * 0.6)
    assert forecast(RATES, BATCH).cost.high == 0


def test_at_the_break_even_the_spread_work_takes_as_long_as_the_rest() -> None:
    count = forecast(RATES, BATCH).break_even
    assert count == int(600 / (2 + 10.5 + 2 + 0.8 + 11 + 10))
    slow = replace(RATES, gather=1.0)
    assert forecast(slow, BATCH).break_even == 1


def test_the_bottleneck_can_be_what_nodes_do_not_shorten() -> None:
    found = forecast(RATES, replace(BATCH, jobs=5_000, nodes=8, cores=8))
    assert found.bottleneck == "explaining" or found.bottleneck == "scoring"
    assert not next(stage for stage in found.stages if stage.stage == found.bottleneck).spreads


@pytest.mark.parametrize(
    ("resumes", "nodes", "shards"),
    [(1_000_000, 1, 1), (1_000_000, 8, 500), (20_000, 8, 32), (4_000, 8, 16), (100, 8, 8), (3, 8, 3)],
)
def test_shards_are_neither_many_nor_large(resumes: int, nodes: int, shards: int) -> None:
    assert shards_of(Shape(resumes, 1, nodes)) == shards


def test_memory_is_that_of_the_node_that_needs_most() -> None:
    assert forecast(RATES, replace(BATCH, cores=16)).memory_mb.likely == 16 * 250 + 300
    million = forecast(RATES, Shape(1_000_000, 1)).memory_mb.likely
    assert million == pytest.approx(300 + (1_000_000 * 4 + 5_000 * 40) / 1024)
