"""The figures of the report as numbers: where each bar begins and how long it is, in percent, for templates to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.reports import Held
from hirelens_cli.model.shortlists import CENTI, Part, Ranked
from hirelens_cli.rendering.records import criterion_points

BINS = 20
"""Of the histogram: five points each."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a row that is 100 wide."""

    start: float
    length: float
    kind: str = ""
    """What it stands for, as a class of the style sheet."""


@dataclass(frozen=True, slots=True)
class Step:
    """One requirement in the waterfall: what it gave, beginning where the one before ended, and what it did not give."""

    part: Part
    given: Bar
    lost: Bar


@dataclass(frozen=True, slots=True)
class Stage:
    """One criterion with its steps."""

    criterion: Criterion
    points: int
    weight: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """How many scores lie from `low` up to five points above."""

    low: int
    start: float
    length: float
    height: float
    """Percent of the fullest bin."""
    count: int
    shown: int
    """So many of them are in the shortlist."""


@dataclass(frozen=True, slots=True)
class Row:
    """One position on the axis of years; without a bar where it has no dates."""

    held: Held
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The positions, latest first, and the years under them."""

    rows: tuple[Row, ...]
    years: tuple[tuple[int, float], ...]
    """(year, where it begins)"""


def score_bars(ranked: Ranked) -> tuple[Bar, ...]:
    """The criteria's points one after the other: together as long as the score."""
    bars, at = [], 0
    for criterion, points in criterion_points(ranked).items():
        bars.append(Bar(at / CENTI, points / CENTI, criterion.value))
        at += points
    return tuple(bars)


def stages(ranked: Ranked) -> tuple[Stage, ...]:
    """The waterfall: criteria in their order, in each the heaviest requirement first; it ends at the score."""
    found, at = [], 0
    for criterion in Criterion:
        steps = []
        for part in sorted(_of(ranked, criterion), key=lambda part: (-part.weight, part.index)):
            given = Bar(at / CENTI, part.points / CENTI, criterion.value)
            steps.append(
                Step(part, given, Bar(given.start + given.length, (part.weight - part.points) / CENTI, "lost"))
            )
            at += part.points
        if steps:
            points, weight = sum(step.part.points for step in steps), sum(step.part.weight for step in steps)
            found.append(Stage(criterion, points, weight, tuple(steps)))
    return tuple(found)


def _of(ranked: Ranked, criterion: Criterion) -> list[Part]:
    return [part for part in ranked.parts if part.criterion is criterion]


def histogram(scores: Sequence[int], shown: int) -> tuple[Bin, ...]:
    """The spread of all scores; `scores` come best first and the first `shown` of them are in the shortlist."""
    counts, chosen = [0] * BINS, [0] * BINS
    for place, score in enumerate(scores):
        at = min(BINS - 1, score * BINS // (100 * CENTI))
        counts[at] += 1
        chosen[at] += place < shown
    most, width = max(counts, default=0) or 1, 100 / BINS
    return tuple(
        Bin(at * 100 // BINS, at * width, width, 100 * count / most, count, in_list)
        for at, (count, in_list) in enumerate(zip(counts, chosen, strict=True))
    )


def timeline(positions: Sequence[Held]) -> Timeline:
    """The positions on one axis, from the January of the first year to the December of the last."""
    dated = [(_month(item.start), _month(item.end)) for item in positions if item.start and item.end]
    if not dated:
        return Timeline(tuple(Row(item, None) for item in positions), ())
    first = min(start for start, _ in dated) // 12
    last = max(end for _, end in dated) // 12 + 1
    whole = 12 * max(1, last - first)
    rows = []
    for item in sorted(positions, key=lambda item: (item.end, item.start), reverse=True):
        bar = None
        if item.start and item.end:
            start = _month(item.start)
            bar = Bar(100 * (start - 12 * first) / whole, 100 * max(1, _month(item.end) + 1 - start) / whole)
        rows.append(Row(item, bar))
    step = next(step for step in (1, 2, 5, 10, 20, 100) if (last - first) / step <= 8)
    years = range(first + -first % step, last, step)
    return Timeline(tuple(rows), tuple((year, 100 * 12 * (year - first) / whole) for year in years))


def _month(text: str) -> int:
    year, _, month = text.partition("-")
    return 12 * int(year) + int(month) - 1
