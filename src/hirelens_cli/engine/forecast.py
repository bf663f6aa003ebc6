"""From measured rates to a range of wall time, memory, disk and cost, for any number of documents, jobs and machines.

    T = start + waves * shard + tail + merge,   waves = ceil(shards / nodes)

On one machine there is one shard, and no merge. The model is linear in documents and in pairs. Its rates are CPU seconds, which other people's load does not change;
what a CPU second takes by the clock is measured apart (Rates.crowding). What the model leaves out (the network, a disk
that many share, load that comes and goes) is what the ends of the range are for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from hirelens_cli.model.estimates import Estimate, Range, Rate, Rates, Shape, StageEstimate

SPREADING = ("reading", "understanding", "embedding")
"""The stages that run on all cores and nodes; what follows runs on one."""

EFFICIENCY = Range(1.0, 0.8, 0.55)
"""What each further core is worth beside the first, at best, likely and at worst: two workers do 1.4 to 2 times the work."""

MARGIN = Range(0.75, 1.0, 2.0)
"""Beside all that was measured. The low end is for an idle machine, the others for one as crowded as when it was measured.

With 0.85 to 1.6 two of nine real runs were quicker than the range, and two slower where load came after the measurement.
"""

LIGHT = 0.7
"""What beginning costs a process that does not do everything (a worker, a plan, a merge), beside one that does: 1.4 to 1.6 s of 2.2."""

SHARD = 2_000
"""Documents of a shard, at most."""

SHARDS_PER_NODE = 4
"""So that slow ones even out, but none below SMALL_SHARD: each begins with a process of its own."""

SMALL_SHARD = 250

BATCH = 5_000
"""Vectors that the scoring holds at a time; see engine/scoring.py."""


def forecast(rates: Rates, shape: Shape, *, price: float = 0.0, spot: float = 1.0, chunk: int = 16) -> Estimate:
    """What the batch would take; `price` is that of a node for an hour, `spot` the share of it that spot machines cost."""
    by_stage = {rate.stage: rate for rate in rates.stages}
    shards = shards_of(shape)
    stages = [
        StageEstimate("starting", _wall(rates, _starting(rates, shape, shards, chunk)), shape.nodes > 1),
        *(StageEstimate(stage, _wall(rates, _spread(by_stage[stage], shape, shards)), True) for stage in SPREADING),
        *(StageEstimate(stage, _wall(rates, busy), False) for stage, busy in _alone(rates, by_stage, shape)),
    ]
    seconds = sum((stage.seconds for stage in stages), Range(0, 0, 0))
    hours = seconds.times(shape.nodes / 3600)
    return Estimate(
        shape,
        rates,
        shards,
        tuple(stages),
        seconds,
        _cpu(rates, by_stage, shape, shards),
        _memory(rates, shape),
        Range(0.8, 1.0, 1.3).times(shape.resumes * rates.disk_kb / 1024 * (2 if shards > 1 else 1)),
        hours.times(price),
        hours.times(price * spot),
        max(stages, key=lambda stage: stage.seconds.likely).stage,
        _break_even(rates, by_stage, shape),
    )


def shards_of(shape: Shape) -> int:
    """How many shards a batch of this shape is best dealt into."""
    if shape.nodes == 1:
        return 1
    even = min(SHARDS_PER_NODE * shape.nodes, shape.resumes // SMALL_SHARD)
    return min(shape.resumes, max(shape.nodes, even, math.ceil(shape.resumes / SHARD)))


def _busiest(shape: Shape, shards: int) -> int:
    """Documents of the node that has most."""
    return min(shape.resumes, math.ceil(shape.resumes / shards) * math.ceil(shards / shape.nodes))


def _spread(rate: Rate, shape: Shape, shards: int) -> Range:
    """Wall seconds of a stage on the node that has most of it."""
    shares = (EFFICIENCY.low, EFFICIENCY.likely, EFFICIENCY.high)
    slower = Range(*(1 / (1 + (shape.cores - 1) * share) for share in shares))
    return slower.within(rate.seconds.times(_busiest(shape, shards)))


def _wall(rates: Rates, busy: Range) -> Range:
    """What so many CPU seconds of a process take by the clock."""
    return MARGIN.within(Range(1.0, rates.crowding, rates.crowding)).within(busy)


def _cpu(rates: Rates, by_stage: Mapping[str, Rate], shape: Shape, shards: int) -> Range:
    """CPU seconds of all processes on all nodes."""
    workers = LIGHT * shape.cores if shape.cores > 1 else 0.0
    start = rates.start * (shards * (1 + workers) + (2 * LIGHT if shards > 1 else 0))
    spread = (by_stage[stage].seconds.times(shape.resumes) for stage in SPREADING)
    alone = (seconds for _, seconds in _alone(rates, by_stage, shape))
    return MARGIN.within(sum((*spread, *alone), Range(start, start, start)))


def _starting(rates: Rates, shape: Shape, shards: int, chunk: int) -> Range:
    """Processes that begin, and the last task of a stage, for which the other cores or nodes wait."""
    waves = math.ceil(shards / shape.nodes)
    begun = waves * (1 + LIGHT * (shape.cores > 1)) + (2 * LIGHT if shards > 1 else 0)
    last = sum(rate.seconds.likely for rate in rates.stages if rate.stage in SPREADING)
    if shards > 1:
        last *= shape.resumes / shards / shape.cores
    elif shape.cores > 1:
        last *= min(chunk, shape.resumes)
    else:
        last = 0.0
    start = rates.start * begun
    return Range(start, start + last / 2, start + last)


def _alone(rates: Rates, by_stage: Mapping[str, Rate], shape: Shape) -> list[tuple[str, Range]]:
    """What one machine does while the others have nothing to do, CPU seconds by stage."""
    units = {
        "finding and writing": shape.resumes,
        "scoring": shape.resumes * shape.jobs,
        "explaining": min(shape.top, shape.resumes) * shape.jobs,
        "publishing": shape.resumes,
    }
    gathering = Range(1, 1, 1).times(rates.gather * shape.resumes)
    stages = [("gathering", gathering)] if shape.nodes > 1 else []
    for name, count in units.items():
        fixed = by_stage[name].fixed
        stages.append((name, Range(fixed, fixed, fixed) + by_stage[name].seconds.times(count)))
    return stages


def _memory(rates: Rates, shape: Shape) -> Range:
    """A node that prepares, or the one that ranks, whichever needs more."""
    working = rates.worker_mb * shape.cores + (rates.main_mb if shape.cores > 1 else 0)
    ranking = rates.main_mb + (shape.resumes * rates.column_kb + min(shape.resumes, BATCH) * rates.vector_kb) / 1024
    return Range(0.8, 1.0, 1.5).times(max(working, ranking))


def _break_even(rates: Rates, by_stage: Mapping[str, Rate], shape: Shape) -> int:
    """Nodes at which the work that spreads takes as long as the rest."""
    one = Shape(shape.resumes, shape.jobs, 1, shape.cores, shape.top)
    spread = sum(_spread(by_stage[stage], one, 1).likely for stage in SPREADING)
    alone = rates.start + sum(seconds.likely for _, seconds in _alone(rates, by_stage, one))
    return max(1, int(spread / (alone + rates.gather * shape.resumes)))
