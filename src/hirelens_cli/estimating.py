"""Estimates for a notebook or the command line: this machine measured for some seconds, then any batch foretold."""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from hirelens_cli import __version__, app
from hirelens_cli.backends.embedders.factory import resolved
from hirelens_cli.config import RunConfig, here, to_toml
from hirelens_cli.documents.discover import discover
from hirelens_cli.engine.forecast import SPREADING, forecast
from hirelens_cli.engine.parts import Shelf
from hirelens_cli.engine.specimens import write_jobs, write_resumes
from hirelens_cli.engine.workspace import Workspace, write_atomically
from hirelens_cli.errors import InputError, UsageError
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.estimates import Estimate, Range, Rate, Rates, Shape
from hirelens_cli.objects import is_url
from hirelens_cli.ports import Fact, NoProgress, Progress, Queue

REST = "finding and writing"
FEW, MANY, JOBS = 16, 160, 2
"""Documents of the two batches that are measured, and jobs: their difference tells what grows and what does not."""

START = 1.0
"""CPU seconds that a process takes to begin, at least: libraries, skills, word vectors and the reader are one to two."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The file calibration.json."""

    key: str
    rates: Rates


def estimate(
    shape: Shape,
    config: RunConfig | None = None,
    *,
    price: float = 0.0,
    spot: float = 1.0,
    sample: Sequence[str] = (),
    again: bool = False,
    progress: Progress | None = None,
) -> Estimate:
    """What the batch would take on such machines as this one, from rates measured here.

    `sample` names documents to measure on instead of generated ones; `again` measures anew although the workspace holds
    a measurement. Raises UsageError for what cannot be meant, InputError where the sample is too small.
    """
    if min(shape.resumes, shape.jobs, shape.nodes, shape.cores) < 1:
        raise UsageError("resumes, jobs, nodes and cores must be 1 or more", "for example --resumes 10000 --jobs 5")
    if price < 0 or not 0 <= spot <= 1:
        raise UsageError("the price must be 0 or more, spot between 0 and 1", "for example --price 0.20 --spot 0.6")
    settings = config or RunConfig()
    rates = _rates(settings, sample, again=again, progress=progress or NoProgress())
    return forecast(rates, shape, price=price, spot=spot, chunk=settings.chunk)


def _rates(config: RunConfig, sample: Sequence[str], *, again: bool, progress: Progress) -> Rates:
    """Those that the workspace keeps for the same version, settings and sample, or new ones, which it then keeps."""
    workspace = Workspace.of(config)
    workspace.prepare()
    path = workspace.root / "calibration.json"
    asked = replace(here(config), as_of="2026-01-01", embedder=resolved(config.embedder))
    key = hashlib.sha256(encode(("CPU seconds", __version__, asked.hash(), tuple(sample), os.cpu_count()))).hexdigest()[
        :16
    ]
    if not again and path.is_file():
        try:
            kept = decode(path.read_bytes(), _Kept)
        except CodecError:
            kept = None
        if kept is not None and kept.key == key:
            return kept.rates
    with tempfile.TemporaryDirectory(prefix="hirelens-") as scratch:
        rates = calibrate(asked, Path(scratch), sample, progress)
    write_atomically(path, encode(_Kept(key, rates)))
    return rates


def calibrate(config: RunConfig, scratch: Path, sample: Sequence[str], progress: Progress) -> Rates:
    """Rates of one core: a few documents in a process of their own, twice, then few, many and few again in this one.

    CPU seconds all of them. The first few in this process only warm it up.
    """
    few, many = _documents(scratch, config, sample)
    write_jobs(scratch / "jobs", JOBS)
    progress.start("calibrating", 4)
    settings = replace(config, tenant="", region="", publish_to="", workers=1)
    began = time.monotonic()
    processes = [_process_seconds(settings, scratch, few, again) for again in range(2)]
    waited = time.monotonic() - began
    progress.advance()
    _measured(settings, scratch / "first", few)
    worker = _resident()
    progress.advance()
    large = _measured(settings, scratch / "large", many)
    progress.advance()
    small = _measured(settings, scratch / "small", few)
    progress.advance()
    gather = _gathering(large.workspace, scratch / "gathered")
    watch, crowding = large.ranking, large.preparing.crowding("understanding")
    cpu = sum(processes) + large.preparing.cpus["understanding"]
    shown = watch.busy("explaining") / max(1, watch.units["explaining"])
    preparing = tuple(_spreading(large.preparing, stage, crowding) for stage in SPREADING)
    alone = (
        _fitted(REST, watch, small.ranking, len(many), len(few)),
        _fitted("scoring", watch, small.ranking, JOBS * len(many), JOBS * len(few)),
        Rate("explaining", Range(shown, shown, shown)),
        _fitted("publishing", watch, small.ranking, len(many), len(few)),
    )
    worked = len(few) * sum(rate.seconds.likely for rate in preparing)
    worked += sum(small.ranking.busy(rate.stage) for rate in alone)
    return Rates(
        documents=len(many),
        embedder=config.embedder,
        start=max(START, min(processes) - worked),
        stages=(*preparing, *alone),
        gather=gather / len(many),
        worker_mb=worker,
        main_mb=_resident(),
        column_kb=_in_memory(large.workspace, "profiles", drop="record") / len(many) / 1024,
        vector_kb=2 * _in_memory(large.workspace, "vectors", drop="count") / len(many) / 1024,
        disk_kb=max(1.0, (_on_disk(large.workspace) - _on_disk(small.workspace)) / (len(many) - len(few)) / 1024),
        crowding=max(1.0, (waited + large.preparing.walls["understanding"]) / cpu),
    )


def _documents(scratch: Path, config: RunConfig, sample: Sequence[str]) -> tuple[list[str], list[str]]:
    """Paths of few and of many documents; raises InputError where a sample has too few."""
    if not sample:
        write_resumes(scratch / "resumes", MANY)
        paths = sorted(str(path) for path in (scratch / "resumes").iterdir())
    else:
        found = sorted(discover(sample, config.limits).sources, key=lambda source: source.doc_id)
        paths = [item.location for item in found if not item.member and not is_url(item.location)][:MANY]
    if len(paths) < 2 * FEW:
        raise InputError(
            f"a sample of {len(paths)} files is too small",
            f"give a folder with {2 * FEW} or more, or leave out --sample",
        )
    return paths[:FEW], paths


@dataclass(slots=True)
class _StopWatch(NoProgress):
    """Takes in how long stages and tasks are."""

    walls: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    cpus: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Of this process, all threads: without the reader's."""
    units: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    tasks: defaultdict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))
    _stage: str = ""
    _began: float = 0.0
    _cpu: float = 0.0

    def busy(self, stage: str) -> float:
        """Seconds that the stage would take on an idle machine: threads make it shorter than CPU, other load longer."""
        return min(self.walls[stage], self.cpus[stage])

    def crowding(self, stage: str) -> float:
        """Wall seconds for each CPU second of a stage that computes in one thread of this process and does nothing else."""
        return max(1.0, self.walls[stage] / max(self.cpus[stage], 1e-3))

    def start(self, stage: str, total: int, queue: Queue | None = None) -> None:  # noqa: ARG002
        """The stage before is over."""
        self._end()
        self._stage, self._began, self._cpu = stage, time.monotonic(), time.process_time()

    def advance(self, units: int = 1, failed: int = 0, seconds: float = 0.0) -> None:  # noqa: ARG002
        """Counted."""
        self.units[self._stage] += units
        if seconds and units:
            self.tasks[self._stage].append((seconds, units))

    def tell(self, fact: Fact, value: int = 1, label: str = "") -> None:  # noqa: ARG002
        """At the end the last stage is over."""
        if fact is Fact.DONE:
            self._end()

    def _end(self) -> None:
        if self._stage:
            self.walls[self._stage] += time.monotonic() - self._began
            self.cpus[self._stage] += time.process_time() - self._cpu
            self._stage = ""


@dataclass(frozen=True, slots=True)
class _Measured:
    """One batch, prepared and then ranked."""

    workspace: Path
    preparing: _StopWatch
    ranking: _StopWatch


def _measured(config: RunConfig, place: Path, documents: Sequence[str]) -> _Measured:
    """One batch in a workspace of its own, in this process alone."""
    preparing = _StopWatch()
    app.ingest(documents, replace(config, workspace=str(place)), progress=preparing)
    return _Measured(place, preparing, _ranked(config, place, documents))


def _process_seconds(config: RunConfig, scratch: Path, documents: Sequence[str], number: int) -> float:
    """CPU seconds of a whole process that prepares and ranks these documents, its reader's included."""
    file = scratch / "settings.toml"
    file.write_text(to_toml(replace(config, workspace=str(scratch / f"process {number}"))), encoding="utf-8")
    words = ["rank", *documents, "--job", str(scratch / "jobs"), "--config", str(file), "--quiet", "--allow-unscreened"]
    others = {key: value for key, value in os.environ.items() if not key.startswith("HIRELENS_")}
    models = {key: os.environ[key] for key in ("HIRELENS_MODELS",) if key in os.environ}  # all else is in the file
    command = [sys.executable, "-m", "hirelens_cli", *words]
    began = _spent_by_children()
    done = subprocess.run(command, env=others | models, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode:
        raise InputError("the sample could not be screened", "see what `hirelens rank` says of it")
    return _spent_by_children() - began


def _spent_by_children() -> float:
    """CPU seconds of the processes that this one began and that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _ranked(config: RunConfig, place: Path, documents: Sequence[str]) -> _StopWatch:
    """The ranking alone; REST is what no stage of it took: finding and hashing, jobs, the run's tables."""
    watch, began, cpu = _StopWatch(), time.monotonic(), time.process_time()
    app.rank(documents, [str(place.parent / "jobs")], replace(config, workspace=str(place)), progress=watch)
    told = ("scoring", "explaining", "publishing")
    watch.walls[REST] = time.monotonic() - began - sum(watch.walls[stage] for stage in told)
    watch.cpus[REST] = time.process_time() - cpu - sum(watch.cpus[stage] for stage in told)
    return watch


def _spreading(watch: _StopWatch, stage: str, crowding: float) -> Rate:
    """CPU seconds per document: over all tasks, and of the quickest and the slowest quarter of them.

    Reading is done by another process, whose CPU cannot be asked for while it lives: that is its wall over the crowding.
    """
    tasks = watch.tasks[stage]
    units = sum(count for _, count in tasks)
    if not units:
        return Rate(stage, Range(0, 0, 0))
    wall = sum(seconds for seconds, _ in tasks)
    slower = crowding if stage == "reading" else max(1.0, wall / max(watch.busy(stage), 1e-3))
    mean = wall / slower / units
    each = sorted(seconds / count / slower for seconds, count in tasks)
    quarter = len(each) // 4
    return Rate(stage, Range(min(mean, each[quarter]), mean, max(mean, each[-1 - quarter])))


def _fitted(stage: str, large: _StopWatch, small: _StopWatch, more: int, fewer: int) -> Rate:
    """The line through both sizes; at its high end all that the larger took grows. Noise must not make it fall."""
    likely = max(0.0, (large.busy(stage) - small.busy(stage)) / (more - fewer))
    fixed = max(0.0, small.busy(stage) - likely * fewer)
    return Rate(stage, Range(likely, likely, max(likely, large.busy(stage) / more)), fixed)


def _gathering(workspace: Path, into: Path) -> float:
    """CPU seconds to copy all parts into another workspace, as a merge does."""
    began = time.process_time()
    for folder in sorted((workspace / "parts").glob("*/*")):
        if folder.parent.name in ("documents", "profiles", "vectors"):
            shelf = Shelf(folder, folder.parent.name, folder.name)
            copy = Shelf(into / "parts" / folder.parent.name / folder.name, shelf.stage, shelf.fingerprint)
            for receipt in shelf.receipts():
                copy.adopt(shelf, receipt)
    return time.process_time() - began


def _in_memory(workspace: Path, stage: str, *, drop: str) -> int:
    """Bytes of the columns of a stage, but for one."""
    files = (workspace / "parts" / stage).glob("*/*.parquet")
    return sum(int(pl.read_parquet(path).drop(drop, strict=False).estimated_size()) for path in files)


def _on_disk(workspace: Path) -> int:
    """Bytes on disk, in whole blocks."""
    return sum(path.stat().st_blocks * 512 for path in workspace.rglob("*") if path.is_file())


def _resident() -> float:
    """The most memory that this process has had, and its largest child beside it, MB."""
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
