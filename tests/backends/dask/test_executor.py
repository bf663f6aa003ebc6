"""The contract of executors on a cluster, and what becomes of workers and schedulers that die, hang or lie."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hirelens_cli.backends.dask import local
from hirelens_cli.backends.dask.executor import DaskExecutor
from hirelens_cli.config import Cluster
from hirelens_cli.errors import ExitCode, IncompleteError, InputError, MissingExtraError
from hirelens_cli.ports import NoProgress, Queue

pytestmark = pytest.mark.extras
PATIENCE = 4


class Notes(NoProgress):
    def __init__(self) -> None:
        self.said: list[str] = []

    def note(self, message: str, name: str = "") -> None:
        self.said.append(message)


@pytest.fixture(scope="module", autouse=True)
def _by_value() -> None:
    """The workers cannot import this module."""
    import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])


@pytest.fixture(scope="module")
def reach() -> Iterator[Cluster]:
    with local.local_cluster(2, tls=False) as cluster:
        yield cluster


@pytest.fixture
def executor(reach: Cluster) -> DaskExecutor:
    return DaskExecutor(reach, NoProgress())


def test_each_item_gives_one_result(executor: DaskExecutor) -> None:
    assert sorted(executor.map(abs, range(-20, 0))) == list(range(1, 21))


def test_nothing_in_nothing_out(executor: DaskExecutor) -> None:
    assert list(executor.map(abs, [])) == []


def test_an_error_of_the_task_comes_through(executor: DaskExecutor) -> None:
    with pytest.raises(ValueError, match="three"):
        list(executor.map(int, ["1", "2", "three", "4"]))
    with pytest.raises(FileNotFoundError, match="not a matter of the connection"):
        list(executor.map(missing, [1]))


def missing(_: int) -> None:
    raise FileNotFoundError(2, "not a matter of the connection")


def test_our_errors_cross_with_their_hint(executor: DaskExecutor) -> None:
    with pytest.raises(InputError) as raised:
        list(executor.map(refuse, [1]))
    assert (raised.value.message, raised.value.hint) == ("what", "do this")


def refuse(_: int) -> None:
    raise InputError("what", "do this")


def test_no_more_are_in_flight_than_there_are_workers(executor: DaskExecutor) -> None:
    spans = list(executor.map(timed, range(12)))
    most = max(sum(begin <= moment < end for begin, end in spans) for moment, _ in spans)
    assert most == 2


def timed(_: int) -> tuple[float, float]:
    begin = time.time()
    time.sleep(0.05)
    return begin, time.time()


def slow(_: int) -> None:
    """Long beside the time that a client on a busy machine takes to hand over the next."""
    time.sleep(0.3)


def test_what_a_worker_cannot_see_is_named(executor: DaskExecutor, tmp_path: Path) -> None:
    executor.require([str(tmp_path)])
    with pytest.raises(InputError, match=f"does not see {tmp_path}/gone"):
        executor.require([str(tmp_path), str(tmp_path / "gone")])


def once(marker: Path) -> bool:
    """Whether this is the first call with the marker, on any worker."""
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def test_a_killed_worker_costs_no_result(executor: DaskExecutor, tmp_path: Path) -> None:
    items = [(number, tmp_path / "killed") for number in range(8)]
    assert sorted(executor.map(die_once, items)) == list(range(8))


def die_once(item: tuple[int, Path]) -> int:
    number, marker = item
    if number == 3 and once(marker):
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_worker_that_stops_answering_is_given_up(reach: Cluster, tmp_path: Path) -> None:
    notes = Notes()
    executor = DaskExecutor(Cluster(scheduler=reach.scheduler, patience=PATIENCE), notes)
    items = [(number, tmp_path / "stopped", tmp_path / "pid") for number in range(6)]
    try:
        assert sorted(executor.map(stop_once, items)) == list(range(6))
    finally:
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
    assert any("no sign of life" in note for note in notes.said)


def stop_once(item: tuple[int, Path, Path]) -> int:
    number, marker, pid = item
    if number == 2 and once(marker):
        pid.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGSTOP)
    return number


def test_a_poisonous_item_costs_no_other_its_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(local.SETTINGS, "distributed.scheduler.allowed-failures", 0)
    done: list[int] = []
    with local.local_cluster(2, tls=True) as reach, pytest.raises(IncompleteError, match="also alone"):
        done.extend(DaskExecutor(reach, NoProgress()).map(die_always, range(10)))
    assert sorted(done) == [0, 1, 2, 4, 5, 6, 7, 8, 9]


def die_always(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_scheduler_that_dies_ends_the_run_with_a_clear_message() -> None:
    command = [sys.executable, "-m", "hirelens_cli", "cluster", "local", "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().split("--scheduler ")[1].strip()
        executor = DaskExecutor(Cluster(scheduler=address), NoProgress())
        results = executor.map(timed, range(1000))
        next(results)
        process.kill()
        began = time.monotonic()
        with pytest.raises(IncompleteError, match=r"is gone") as raised:
            list(results)
        assert time.monotonic() - began < 60
        assert raised.value.exit_code is ExitCode.INCOMPLETE
        assert "does only the rest" in raised.value.hint
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_scheduler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hirelens_cli.backends.dask.executor.CONNECT_SECONDS", 1)
    with pytest.raises(IncompleteError, match=r"tcp://127\.0\.0\.1:1 cannot be reached"):
        list(DaskExecutor(Cluster(scheduler="tcp://127.0.0.1:1"), NoProgress()).map(abs, [1]))


def test_urgent_work_goes_first(reach: Cluster) -> None:
    order: list[str] = []

    def go(name: str, priority: int) -> None:
        executor = DaskExecutor(Cluster(scheduler=reach.scheduler, priority=priority), NoProgress())
        for _ in executor.map(slow, range(10), Queue.MATCHING):
            order.append(name)  # noqa: PERF401 - two threads write to it

    usual = threading.Thread(target=go, args=("usual", 0))
    usual.start()
    while len(order) < 2:
        time.sleep(0.01)
    go("urgent", 10)
    usual.join()
    left = order[::-1].index("urgent")
    assert left >= 2, "the run that began later ends first; with equal shares it would end last"
    assert len(order) == 20


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match="distributed") as raised:
        DaskExecutor(Cluster(scheduler="tcp://127.0.0.1:1"), NoProgress())
    assert "hirelens[cluster]" in raised.value.hint
