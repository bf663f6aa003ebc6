"""This machine measured, and the measurement kept."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from hirelens_cli import estimating
from hirelens_cli.cli.main import main
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.specimens import write_resumes
from hirelens_cli.errors import ExitCode, InputError, UsageError
from hirelens_cli.model.estimates import Range, Shape
from hirelens_cli.ports import Fact


@pytest.mark.slow
def test_a_calibration_measures_every_stage_and_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HIRELENS_WORKSPACE", str(tmp_path / "w"))
    write_resumes(tmp_path / "sample", 2 * estimating.FEW, seed=3)
    words = ["estimate", "--resumes", "1000", "--jobs", "2", "--price", "0.2", "--sample", str(tmp_path / "sample")]
    assert main([*words, "--quiet"]) == ExitCode.DONE
    shown = capsys.readouterr().out
    assert "1,000 resumes, 2 jobs, 1 node of" in shown
    assert "bottleneck: " in shown
    settings = RunConfig(workspace=str(tmp_path / "w"))
    assert [path.name for path in (tmp_path / "w").iterdir() if path.is_file()] == ["calibration.json"]

    def never(*given: object) -> None:
        raise AssertionError("measured again")

    monkeypatch.setattr(estimating, "calibrate", never)
    found = estimating.estimate(Shape(1000, 2), settings, sample=[str(tmp_path / "sample")])
    rates = found.rates
    assert rates.documents == 2 * estimating.FEW
    assert all(
        rate.seconds.likely > 0 for rate in rates.stages if rate.stage in ("reading", "understanding", "embedding")
    )
    assert rates.start >= estimating.START
    assert rates.gather > 0
    assert rates.crowding >= 1
    assert 50 < rates.worker_mb <= rates.main_mb < 4000
    assert 1 < rates.disk_kb < 1000
    for more in ({"again": True}, {"sample": []}):
        with pytest.raises(AssertionError, match="measured again"):
            estimating.estimate(Shape(1, 1), settings, **{"sample": [str(tmp_path / "sample")], **more})  # type: ignore[arg-type]


def test_a_stage_counts_what_it_computed_and_not_what_it_waited() -> None:
    watch = estimating._StopWatch()
    watch.start("understanding", 2)
    time.sleep(0.05)
    sum(range(200_000))
    watch.advance(2, seconds=0.1)
    watch.tell(Fact.DONE)
    assert watch.busy("understanding") < watch.walls["understanding"]
    assert watch.crowding("understanding") > 1
    rate = estimating._spreading(watch, "understanding", 1.0)
    assert rate.seconds.likely == pytest.approx(watch.busy("understanding") / 2)
    assert estimating._spreading(watch, "embedding", 1.0).seconds == Range(0, 0, 0)


def test_what_is_fixed_and_what_grows_are_told_apart_by_two_sizes() -> None:
    large, small = estimating._StopWatch(), estimating._StopWatch()
    for watch, seconds in ((large, 3.0), (small, 1.2)):
        watch.walls["publishing"], watch.cpus["publishing"] = seconds, seconds + 5
    rate = estimating._fitted("publishing", large, small, 100, 10)
    assert rate.seconds.likely == pytest.approx(0.02)
    assert rate.fixed == pytest.approx(1.0)
    assert rate.seconds.high == pytest.approx(0.03)
    assert estimating._fitted("publishing", small, large, 100, 10).seconds.likely == 0


def test_what_cannot_be_meant_is_said(tmp_path: Path) -> None:
    settings = RunConfig(workspace=str(tmp_path / "w"))
    with pytest.raises(UsageError, match="1 or more"):
        estimating.estimate(Shape(0, 1), settings)
    with pytest.raises(UsageError, match="spot between 0 and 1"):
        estimating.estimate(Shape(1, 1), settings, spot=1.5)
    write_resumes(tmp_path / "few", 3)
    with pytest.raises(InputError, match="a sample of 3 files is too small"):
        estimating.estimate(Shape(1, 1), settings, sample=[str(tmp_path / "few")])
