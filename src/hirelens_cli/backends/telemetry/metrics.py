"""A run as a file of Prometheus metrics: replaced whole every few seconds, for node_exporter's textfile collector."""

from __future__ import annotations

import contextlib
import math
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hirelens_cli import __version__
from hirelens_cli.errors import OutputError
from hirelens_cli.ports import Fact, NoProgress, Queue

EVERY = 5.0
"""Seconds between two writes while tasks finish."""

QUANTILES = (0.5, 0.95, 0.99)

METRICS: Mapping[str, tuple[str, str]] = {
    "hirelens_run_info": ("gauge", "1, with the version and, once it is known, the run's id."),
    "hirelens_run_running": ("gauge", "1 while the command works, 0 once it has ended, well or not."),
    "hirelens_run_done": ("gauge", "1 once all the work was done."),
    "hirelens_run_seconds": ("gauge", "Seconds since the command began."),
    "hirelens_updated_timestamp_seconds": ("gauge", "When this file was written, in Unix time."),
    "hirelens_stage_units_planned": ("gauge", "Units that the stage set out to do: documents, pairs, queries."),
    "hirelens_stage_units_total": ("counter", "Units that the stage has done, failed ones included."),
    "hirelens_stage_failed_total": ("counter", "Units of the stage that ended without a result."),
    "hirelens_stage_wall_seconds": ("gauge", "Seconds since the stage began, or that it took."),
    "hirelens_stage_worker_seconds_total": ("counter", "Seconds that workers spent on the stage, summed over them."),
    "hirelens_stage_units_per_second": ("gauge", "Units of the stage per second of wall time."),
    "hirelens_task_seconds": ("summary", "Seconds of one task (a chunk of documents, a slice of pairs, a query)."),
    "hirelens_unit_seconds": ("summary", "Seconds per unit: those of its task, shared evenly."),
    "hirelens_queue_depth": ("gauge", "Units that wait in a queue or are under way."),
    "hirelens_cache_hits_total": ("counter", "Units of a stage that were there already."),
    "hirelens_cache_misses_total": ("counter", "Units of a stage that had to be made."),
    "hirelens_documents": ("gauge", "Documents by outcome: found, scored, duplicates."),
    "hirelens_unscreened_documents": ("gauge", "Documents without a score, by the reason's status."),
}
"""Every metric: its type and what it says. The dashboard and the alert rules in deploy/ may name these alone."""


@dataclass(slots=True)
class _Stage:
    began: float
    queue: Queue | None
    planned: int = 0
    done: int = 0
    failed: int = 0
    ended: float | None = None
    before: float = 0.0
    """Wall seconds of earlier rounds of the same stage."""
    tasks: list[tuple[float, int]] = field(default_factory=list)
    """(seconds, units) of each task that was measured."""

    def wall(self, now: float) -> float:
        return self.before + (now if self.ended is None else self.ended) - self.began


class MetricsFile(NoProgress):
    """Writes the file at the beginning, while the work goes on, and at the end."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Raises OutputError where the file cannot be written."""
        self._path = path
        self._clock = clock
        self._began = self._written = clock()
        self._stages: dict[str, _Stage] = {}
        self._current: _Stage | None = None
        self._facts: defaultdict[Fact, dict[str, int]] = defaultdict(dict)
        self._running = True
        try:
            self._write()
        except OSError as error:
            raise OutputError(
                f"cannot write the metrics file {path}: {error.strerror}", "name another place with --metrics-file"
            ) from error

    def start(self, stage: str, total: int, queue: Queue | None = None) -> None:
        """The stage before is over; a stage that is repeated goes on counting."""
        now = self._clock()
        self._end_stage(now)
        again = self._stages.get(stage)
        if again is None:
            again = self._stages[stage] = _Stage(now, queue)
        else:
            again.before, again.began, again.ended = again.wall(now), now, None
        again.planned += total
        self._current = again
        self._refresh()

    def advance(self, units: int = 1, failed: int = 0, seconds: float = 0.0) -> None:
        """Counted; written where the last time is long enough ago."""
        stage = self._current
        if stage is None:
            return
        stage.done += units
        stage.failed += failed
        if seconds:
            stage.tasks.append((seconds, units))
        if self._clock() - self._written >= EVERY:
            self._refresh()

    def tell(self, fact: Fact, value: int = 1, label: str = "") -> None:
        """Kept; of a fact that is told twice the second counts. With the last of all the last stage is over."""
        self._facts[fact][label] = value
        if fact is Fact.DONE:
            self._end_stage(self._clock())

    def close(self) -> None:
        """Written for the last time."""
        self._end_stage(self._clock())
        self._running = False
        self._refresh()

    def _end_stage(self, now: float) -> None:
        if self._current is not None and self._current.ended is None:
            self._current.ended = now
        self._current = None

    def _refresh(self) -> None:
        # A disk that is full now must not end a run that is nearly done; the file's age tells.
        with contextlib.suppress(OSError):
            self._write()

    def _write(self) -> None:
        self._written = self._clock()
        temporary = self._path.with_name(f".{self._path.name}.{os.getpid()}.tmp")
        try:
            temporary.write_text(self._text(), encoding="utf-8")
            temporary.replace(self._path)
        finally:
            temporary.unlink(missing_ok=True)

    def _text(self) -> str:
        samples: defaultdict[str, list[str]] = defaultdict(list)
        for name, labels, value in self._samples(self._clock()):
            base = name if name in METRICS else name.rpartition("_")[0]
            samples[base].append(f"{name}{_labels(labels)} {value:.12g}")
        lines = []
        for name, (kind, words) in METRICS.items():
            if samples[name]:
                lines += [f"# HELP {name} {words}", f"# TYPE {name} {kind}", *samples[name]]
        return "\n".join(lines) + "\n"

    def _samples(self, now: float) -> Iterator[tuple[str, dict[str, str], float]]:
        """(metric, labels, value), by metric and then by stage."""
        run = next(iter(self._facts[Fact.RUN]), "")
        yield "hirelens_run_info", {"version": __version__, "run": run}, 1
        yield "hirelens_run_running", {}, int(self._running)
        yield "hirelens_run_done", {}, int(bool(self._facts[Fact.DONE]))
        yield "hirelens_run_seconds", {}, now - self._began
        yield "hirelens_updated_timestamp_seconds", {}, time.time()
        for name, stage in self._stages.items():
            yield from _of_stage({"stage": name}, stage, now)
        yield from self._queues()
        for fact, metric in ((Fact.KEPT, "hirelens_cache_hits_total"), (Fact.MADE, "hirelens_cache_misses_total")):
            for label, value in self._facts[fact].items():
                yield metric, {"stage": label}, value
        for fact in (Fact.FOUND, Fact.SCORED, Fact.DUPLICATES):
            for value in self._facts[fact].values():
                yield "hirelens_documents", {"outcome": fact.value}, value
        for status, value in self._facts[Fact.UNSCREENED].items():
            yield "hirelens_unscreened_documents", {"status": status}, value

    def _queues(self) -> Iterator[tuple[str, dict[str, str], float]]:
        for queue in Queue:
            waiting = (
                stage.planned - stage.done
                for stage in self._stages.values()
                if stage.queue is queue and stage is self._current
            )
            yield "hirelens_queue_depth", {"queue": queue.value}, sum(waiting)


def _of_stage(label: dict[str, str], stage: _Stage, now: float) -> Iterator[tuple[str, dict[str, str], float]]:
    wall = stage.wall(now)
    yield "hirelens_stage_units_planned", label, stage.planned
    yield "hirelens_stage_units_total", label, stage.done
    yield "hirelens_stage_failed_total", label, stage.failed
    yield "hirelens_stage_wall_seconds", label, wall
    yield "hirelens_stage_worker_seconds_total", label, sum(seconds for seconds, _ in stage.tasks)
    yield "hirelens_stage_units_per_second", label, stage.done / wall if wall > 0 else 0
    tasks = [(seconds, 1) for seconds, _ in stage.tasks]
    units = [(seconds / count, count) for seconds, count in stage.tasks if count]
    for name, weighed in (("hirelens_task_seconds", tasks), ("hirelens_unit_seconds", units)):
        if weighed:
            for quantile, value in zip(QUANTILES, quantiles(weighed), strict=True):
                yield name, {**label, "quantile": str(quantile)}, value
            yield f"{name}_sum", label, sum(value * count for value, count in weighed)
            yield f"{name}_count", label, sum(count for _, count in weighed)


def quantiles(weighed: Sequence[tuple[float, int]]) -> list[float]:
    """For each of QUANTILES the smallest value that so many of the (value, how often) do not exceed."""
    ordered = sorted(weighed)
    total = sum(count for _, count in ordered)
    found, seen, place = [], ordered[0][1], 0
    for quantile in QUANTILES:
        while seen < math.ceil(quantile * total):
            place += 1
            seen += ordered[place][1]
        found.append(ordered[place][0])
    return found


def _labels(labels: Mapping[str, str]) -> str:
    """Values come from our own words, ids and statuses: none holds a quote, a backslash or a line end."""
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}" if labels else ""
