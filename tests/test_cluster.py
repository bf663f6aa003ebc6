"""One engine from the laptop to the cluster: however and wherever the work is done, the same bytes come out."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from hirelens_cli import app, sharding
from hirelens_cli.config import RunConfig
from hirelens_cli.errors import ExitCode
from hirelens_cli.rendering.to_json import shortlist_json

pytestmark = pytest.mark.extras

TRADES = ("nurse", "welder", "teacher", "accountant", "driver")
RESUMES, SHARDS = 36, 8
AS_OF = "2026-11-23"
START_SECONDS = 60


def resume(number: int) -> str:
    trade = TRADES[number % len(TRADES)]
    lines = "".join(f"- Worked as a {trade} for {number + line} customers every week\n" for line in range(1, 20))
    return (
        f"Person Number{number}\nnumber{number}@mail.example\n\nExperience\n"
        f"{trade.title()}, Company {number}\n01/20{number % 10 + 10} - Present\n{lines}"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "resumes").mkdir()
    for number in range(RESUMES):
        (folder / "resumes" / f"{number}.txt").write_text(resume(number))
    (folder / "resumes" / "again.txt").write_text(resume(1))
    (folder / "resumes" / "broken.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type")
    (folder / "job.txt").write_text(
        "Welder\n\nRequirements\n- 3 years of experience as a welder\n- MIG and TIG welding\n"
    )
    return folder


@pytest.fixture(scope="module")
def expected(folder: Path) -> bytes:
    """What one process makes of it, one document after the other."""
    return shortlist_json(app.rank(*inputs(folder), config(folder, "serial")))


def inputs(folder: Path) -> tuple[list[str], list[str]]:
    return [str(folder / "resumes")], [str(folder / "job.txt")]


def config(folder: Path, workspace: str, workers: int = 1) -> RunConfig:
    return RunConfig(workspace=str(folder / workspace), as_of=AS_OF, workers=workers, chunk=3)


def rank_words(folder: Path, workspace: str, *more: str) -> list[str]:
    words = ["rank", str(folder / "resumes"), "--job", str(folder / "job.txt"), "--as-of", AS_OF]
    return [sys.executable, "-m", "hirelens_cli", *words, "-w", str(folder / workspace), "-f", "json", *more]


def start(words: list[str]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "HIRELENS_CHUNK": "3", "HIRELENS_CLUSTER_PATIENCE": "5"}
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, start_new_session=True
    )


def finish(process: subprocess.Popen[bytes]) -> tuple[int, bytes, str]:
    try:
        out, err = process.communicate(timeout=100)
    finally:
        end(process)
    return process.returncode, out, err.decode()


def end(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGKILL) -> None:
    """All that the process started goes with it."""
    try:
        os.killpg(process.pid, how)
    except ProcessLookupError:
        return
    if how is signal.SIGKILL:
        process.wait()


def resumes_answered(folder: Path, workspace: str) -> list[str]:
    """The ids in all parts of resumes, as often as they are there; jobs are read under other terms, in a folder of their own."""
    by_print = [path for path in (folder / workspace / "parts" / "documents").iterdir() if path.is_dir()]
    largest = max(
        by_print, key=lambda path: sum(len(json.loads(item.read_bytes())["keys"]) for item in path.glob("*.json"))
    )
    return sorted(key for item in largest.glob("*.json") for key in json.loads(item.read_bytes())["keys"])


@dataclass(frozen=True, slots=True)
class Host:
    """Where a process of the cluster runs: an address, and what goes before its command line."""

    address: str
    prefix: tuple[str, ...] = ()


LOOPBACK = Host("127.0.0.1")


class Machines:
    """A scheduler and workers as an administrator would start them, each in a process of its own."""

    def __init__(self, folder: Path, *, tls: bool) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.flags = self._certificates() if tls else []
        self.protocol = "tls" if tls else "tcp"
        self.address = ""

    def _certificates(self) -> list[str]:
        from distributed import Security

        security = Security.temporary()
        texts = {"ca": security.tls_ca_file, "cert": security.tls_client_cert, "key": security.tls_client_key}
        for name, text in texts.items():
            (self.folder / f"{name}.pem").write_text(text)
        return [word for name in texts for word in (f"--tls-{name}", str(self.folder / f"{name}.pem"))]

    def _dask(self, host: Host, program: str, *words: str) -> subprocess.Popen[bytes]:
        flags = ["--tls-ca-file" if flag == "--tls-ca" else flag for flag in self.flags]
        command = [*host.prefix, sys.executable, "-m", f"distributed.cli.dask_{program}", *words, *flags]
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
        process = subprocess.Popen(command, start_new_session=True, cwd="/", **silent)  # type: ignore[call-overload]
        self.processes.append(process)
        return process

    def scheduler(self, host: Host = LOOPBACK) -> subprocess.Popen[bytes]:
        where = self.folder / "scheduler.json"
        words = ("--host", host.address, "--port", "0", "--protocol", self.protocol, "--no-dashboard")
        process = self._dask(host, "scheduler", *words, "--scheduler-file", str(where))
        deadline = time.monotonic() + START_SECONDS
        while not where.exists() or not where.read_text().rstrip().endswith("}"):
            assert time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.05)
        self.address = json.loads(where.read_text())["address"]
        return process

    def worker(self, host: Host = LOOPBACK, *more: str) -> subprocess.Popen[bytes]:
        words = ("--nthreads", "1", "--no-dashboard", "--host", host.address, "--local-directory", str(self.folder))
        return self._dask(host, "worker", self.address, *words, *more)

    def rank(self, folder: Path, workspace: str, host: Host = LOOPBACK) -> subprocess.Popen[bytes]:
        words = rank_words(folder, workspace, "--scheduler", self.address, *self.flags)
        return start([*host.prefix, *words])

    def stop(self) -> None:
        for process in self.processes:
            end(process)


@contextmanager
def machines(folder: Path, *, tls: bool = False) -> Iterator[Machines]:
    place = Machines(folder, tls=tls)
    try:
        yield place
    finally:
        place.stop()


@contextmanager
def three_hosts() -> Iterator[tuple[Host, ...]]:
    """Three network namespaces joined by a bridge; where that is not permitted, three loopback addresses."""
    names = [f"hl{os.getpid() % 100_000}{letter}" for letter in "abc"]
    with ExitStack() as stack:
        if not _bridged(names, stack):
            yield tuple(Host(f"127.0.0.{number}") for number in (2, 3, 4))
            return
        yield tuple(Host(f"10.77.0.{n}", ("ip", "netns", "exec", name)) for n, name in enumerate(names, 2))


def _bridged(names: list[str], stack: ExitStack) -> bool:
    """The first namespace holds a bridge; the others are cabled to it."""
    hub, *others = names

    def ip(*words: str) -> bool:
        return (
            shutil.which("ip") is not None
            and not subprocess.run(["ip", *words], capture_output=True, check=False).returncode
        )

    for name in names:
        if not ip("netns", "add", name):
            return False
        stack.callback(ip, "netns", "del", name)
    done = [ip("-n", hub, "link", "add", "bridge0", "type", "bridge")]
    done += [
        ip("-n", hub, "addr", "add", "10.77.0.2/24", "dev", "bridge0"),
        ip("-n", hub, "link", "set", "bridge0", "up"),
    ]
    for number, name in enumerate(others, 3):
        plug = f"to{number}"
        done.append(ip("-n", hub, "link", "add", plug, "type", "veth", "peer", "name", "eth0", "netns", name))
        done += [ip("-n", hub, "link", "set", plug, "master", "bridge0"), ip("-n", hub, "link", "set", plug, "up")]
        done += [
            ip("-n", name, "addr", "add", f"10.77.0.{number}/24", "dev", "eth0"),
            ip("-n", name, "link", "set", "eth0", "up"),
        ]
    done += [ip("-n", name, "link", "set", "lo", "up") for name in names]
    return all(done)


def test_workers_on_this_machine_change_nothing(folder: Path, expected: bytes) -> None:
    assert shortlist_json(app.rank(*inputs(folder), config(folder, "joblib", workers=2))) == expected


def test_shards_in_random_order_change_nothing(folder: Path, expected: bytes) -> None:
    sharding.plan(*inputs(folder), str(folder / "plan"), SHARDS, config(folder, "unused"))
    shards = list(range(1, SHARDS + 1))
    random.Random(7).shuffle(shards)
    for shard in shards:
        sharding.run(str(folder / "plan"), shard, RunConfig(workers=1))
    assert shortlist_json(sharding.merge(str(folder / "plan"), config(folder, "merged"))) == expected
    assert resumes_answered(folder, "merged") == resumes_answered(folder, "serial")


def test_a_run_that_was_killed_is_resumed_to_the_same_bytes(folder: Path, expected: bytes) -> None:
    chance = random.Random(2026)
    for _ in range(2):
        process = start(rank_words(folder, "killed", "--workers", "2"))
        time.sleep(chance.uniform(1.5, 4.0))
        end(process)
        process.communicate()
    code, out, _ = finish(start(rank_words(folder, "killed", "--workers", "2")))
    assert (code, out) == (ExitCode.UNSCREENED, expected)
    assert resumes_answered(folder, "killed") == resumes_answered(folder, "serial")


def test_a_cluster_with_a_worker_killed_changes_nothing(folder: Path, expected: bytes, tmp_path: Path) -> None:
    with machines(tmp_path) as cluster:
        cluster.scheduler()
        victim = cluster.worker()
        cluster.worker()
        run = cluster.rank(folder, "dask")
        _until_parts(folder / "dask", 2, run)
        end(victim)
        code, out, err = finish(run)
    assert (code, out) == (ExitCode.UNSCREENED, expected), err
    assert resumes_answered(folder, "dask") == resumes_answered(folder, "serial")


def test_a_cluster_over_tls_on_three_hosts_changes_nothing(folder: Path, expected: bytes, tmp_path: Path) -> None:
    with three_hosts() as hosts, machines(tmp_path, tls=True) as cluster:
        cluster.scheduler(hosts[0])
        cluster.worker(hosts[1], "--resources", "resume_processing=1")
        cluster.worker(hosts[2], "--resources", "ai_inference=1 matching=1")
        code, out, err = finish(cluster.rank(folder, "tls", hosts[0]))
    assert cluster.address.startswith("tls://")
    assert (code, out) == (ExitCode.UNSCREENED, expected), err
    assert resumes_answered(folder, "tls") == resumes_answered(folder, "serial")


def test_a_host_that_vanishes_and_a_scheduler_that_dies_leave_only_the_rest_to_do(
    folder: Path, expected: bytes, tmp_path: Path
) -> None:
    with machines(tmp_path) as cluster:
        scheduler = cluster.scheduler()
        worker = cluster.worker()
        run = cluster.rank(folder, "lost")
        _until_parts(folder / "lost", 2, run)
        end(worker)
        code, out, err = finish(run)
        assert (code, out) == (ExitCode.INCOMPLETE, b"")
        assert "no worker of the cluster has been left" in err
        assert "does only the rest" in err
        done = len(resumes_answered(folder, "lost"))
        assert 0 < done < RESUMES
        cluster.worker()
        run = cluster.rank(folder, "lost")
        _until_parts(folder / "lost", done // 3 + 2, run)
        end(scheduler)
        code, out, err = finish(run)
        assert (code, out) == (ExitCode.INCOMPLETE, b"")
        assert f"the scheduler {cluster.address} cannot be reached, or is gone" in err
    before = {path.name: path.stat().st_mtime_ns for path in (folder / "lost" / "parts").rglob("*.parquet")}
    again = app.rank(*inputs(folder), config(folder, "lost"))
    assert shortlist_json(again) == expected
    after = {path.name: path.stat().st_mtime_ns for path in (folder / "lost" / "parts").rglob("*.parquet")}
    assert before.items() <= after.items(), "what was done is not done again"
    assert resumes_answered(folder, "lost") == resumes_answered(folder, "serial")


def _until_parts(workspace: Path, count: int, run: subprocess.Popen[bytes]) -> None:
    """Wait until so many parts of documents are there, besides the job's."""
    deadline = time.monotonic() + START_SECONDS
    while len(list((workspace / "parts").glob("documents/*/*.json"))) < count + 1:
        assert run.poll() is None, run.communicate()[1].decode()
        assert time.monotonic() < deadline, "the cluster makes nothing"
        time.sleep(0.02)
