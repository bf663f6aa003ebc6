"""One contract for every executor."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from joblib.externals.loky import get_reusable_executor

from hirelens_cli.backends.executors import JoblibExecutor, SerialExecutor, local_executor
from hirelens_cli.ports import Executor

EXECUTORS = [SerialExecutor(), JoblibExecutor(2)]


@pytest.mark.parametrize("executor", EXECUTORS, ids=lambda item: type(item).__name__)
class TestContract:
    def test_each_item_gives_one_result(self, executor: Executor) -> None:
        assert sorted(executor.map(abs, range(-20, 0))) == list(range(1, 21))

    def test_nothing_in_nothing_out(self, executor: Executor) -> None:
        assert list(executor.map(abs, [])) == []

    def test_an_error_of_the_task_comes_through(self, executor: Executor) -> None:
        with pytest.raises(ValueError, match="three"):
            list(executor.map(int, ["1", "2", "three", "4"]))


DEADLY = """
import os, signal

def die_in_a_worker(item):
    number, parent = item
    if number == 3 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return number
"""


@pytest.mark.slow
def test_a_killed_worker_costs_no_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deadly_task.py").write_text(DEADLY)
    monkeypatch.syspath_prepend(tmp_path)
    get_reusable_executor().shutdown(wait=True)  # so that the new workers know the path
    task = importlib.import_module("deadly_task").die_in_a_worker
    assert sorted(JoblibExecutor(2).map(task, [(number, os.getpid()) for number in range(8)])) == list(range(8))


def test_one_worker_is_this_process() -> None:
    assert isinstance(local_executor(1), SerialExecutor)


ORPHANS = """
import os, sys, time
sys.path.insert(0, {folder!r})
from test_orphans_task import busy
from hirelens_cli.backends.executors import JoblibExecutor
list(JoblibExecutor(2).map(busy, [{mark!r}] * 8))
"""


@pytest.mark.slow
def test_no_worker_outlives_a_killed_parent(tmp_path: Path) -> None:
    mark = tmp_path / "pids"
    task = "import os, time\ndef busy(mark):\n    open(mark, 'a').write(f'{os.getpid()}\\n')\n    time.sleep(60)\n"
    (tmp_path / "test_orphans_task.py").write_text(task)
    code = ORPHANS.format(folder=str(tmp_path), mark=str(mark))
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    with subprocess.Popen([sys.executable, "-c", code], env=environment) as parent:
        pids = await_lines(mark, 2)
        parent.kill()
        parent.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def await_lines(path: Path, count: int) -> list[str]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        lines = path.read_text().split() if path.exists() else []
        if len(lines) >= count:
            return lines
        time.sleep(0.05)
    raise AssertionError("the workers did not start")
