"""The metrics file: what a run tells ends up in it, in the form that Prometheus reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hirelens_cli.backends.telemetry.metrics import EVERY, METRICS, MetricsFile, quantiles
from hirelens_cli.backends.telemetry.several import Several
from hirelens_cli.errors import OutputError
from hirelens_cli.ports import Fact, Queue

SAMPLE = re.compile(r'([a-z_]+)(\{[a-z]+="[^"\\\n]*"(?:,[a-z]+="[^"\\\n]*")*\})? ([0-9.e+-]+)')


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def read(path: Path) -> dict[str, float]:
    """Sample -> value; fails on a line that the exposition format does not know, or a sample without its TYPE before."""
    samples: dict[str, float] = {}
    typed: dict[str, str] = {}
    for line in path.read_text().splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split()
            assert name not in typed
            typed[name] = kind
        elif not line.startswith("# HELP "):
            match = SAMPLE.fullmatch(line)
            assert match, line
            name = match[1]
            assert name in typed or typed[name.rpartition("_")[0]] == "summary", line
            assert name + (match[2] or "") not in samples
            samples[name + (match[2] or "")] = float(match[3])
    return samples


def test_a_run_in_numbers(tmp_path: Path) -> None:
    path, clock = tmp_path / "hirelens.prom", Clock()
    metrics = MetricsFile(path, clock)
    assert read(path)["hirelens_run_running"] == 1
    metrics.start("reading", 40, Queue.READING)
    for seconds, failed in ((1.6, 1), (3.2, 0)):
        clock.now += EVERY
        metrics.advance(16, failed, seconds)
    during = read(path)
    assert during['hirelens_queue_depth{queue="resume_processing"}'] == 8
    assert during['hirelens_queue_depth{queue="matching"}'] == 0
    assert during["hirelens_run_done"] == 0
    metrics.advance(8, 0, 8.0)
    metrics.start("scoring", 39, Queue.MATCHING)
    clock.now += 2
    metrics.advance(39, seconds=0.5)
    metrics.tell(Fact.KEPT, 200, "documents")
    metrics.tell(Fact.MADE, 40, "documents")
    metrics.tell(Fact.UNSCREENED, 1, "encrypted")
    metrics.tell(Fact.RUN, label="ab12")
    metrics.tell(Fact.DONE)
    metrics.close()
    after = read(path)
    assert after['hirelens_stage_units_total{stage="reading"}'] == 40
    assert after['hirelens_stage_failed_total{stage="reading"}'] == 1
    assert after['hirelens_stage_wall_seconds{stage="reading"}'] == 2 * EVERY
    assert after['hirelens_stage_units_per_second{stage="reading"}'] == 40 / (2 * EVERY)
    assert after['hirelens_stage_worker_seconds_total{stage="reading"}'] == pytest.approx(12.8)
    assert after['hirelens_task_seconds{stage="reading",quantile="0.5"}'] == 3.2
    assert after['hirelens_unit_seconds{stage="reading",quantile="0.5"}'] == 0.2
    assert after['hirelens_unit_seconds{stage="reading",quantile="0.99"}'] == 1
    assert after['hirelens_unit_seconds_count{stage="reading"}'] == 40
    assert after['hirelens_cache_hits_total{stage="documents"}'] == 200
    assert after['hirelens_unscreened_documents{status="encrypted"}'] == 1
    assert after["hirelens_run_running"] == 0
    assert after["hirelens_run_done"] == 1
    assert 'run="ab12"' in path.read_text()
    assert set(METRICS) - {re.match("[a-z_]+", name)[0] for name in after} == {"hirelens_documents"}  # type: ignore[index]
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_the_same_stage_again_goes_on(tmp_path: Path) -> None:
    clock = Clock()
    metrics = MetricsFile(tmp_path / "m", clock)
    for _ in range(2):
        metrics.start("querying", 1)
        clock.now += 1
        metrics.advance(seconds=1.0)
        metrics.start("resting", 0)
        clock.now += 10
    metrics.close()
    found = read(tmp_path / "m")
    assert found['hirelens_stage_units_total{stage="querying"}'] == 2
    assert found['hirelens_stage_wall_seconds{stage="querying"}'] == 2
    assert found['hirelens_stage_wall_seconds{stage="resting"}'] == 20


def test_quantiles_are_the_nearest_rank() -> None:
    assert quantiles([(float(value), 1) for value in range(100, 0, -1)]) == [50, 95, 99]
    assert quantiles([(7.0, 1)]) == [7, 7, 7]
    assert quantiles([(1.0, 98), (9.0, 2)]) == [1, 1, 9]


def test_a_file_that_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write the metrics file"):
        MetricsFile(tmp_path / "nowhere" / "m")


def test_a_folder_that_goes_away_ends_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    metrics = MetricsFile(folder / "m")
    (folder / "m").unlink()
    folder.rmdir()
    metrics.start("reading", 1)
    metrics.close()
    assert not folder.exists()


def test_several_are_all_told(tmp_path: Path) -> None:
    watcher = Several(MetricsFile(tmp_path / "a"), MetricsFile(tmp_path / "b"))
    watcher.start("reading", 3, Queue.READING)
    watcher.advance(3, 1, 0.5)
    watcher.note("said")
    watcher.tell(Fact.DONE)
    watcher.close()
    for name in "ab":
        found = read(tmp_path / name)
        assert found['hirelens_stage_failed_total{stage="reading"}'] == 1
        assert found["hirelens_run_done"] == 1
