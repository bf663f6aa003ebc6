"""Whatever a document does to its reader, it is that document's status and nobody else's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.confine import landlock_version
from hirelens_cli.documents.reader_helper import SandboxError
from hirelens_cli.documents.reader_process import HELPERS
from hirelens_cli.documents.sandbox import Readers, Sandbox, protections
from hirelens_cli.errors import ExitCode
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Outcome, Status

T = TypeVar("T")
HERE = Path(__file__).parent
LIMITS = replace(Limits(), cpu_seconds=1, wall_seconds=2, memory_mb=512)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with pytest.MonkeyPatch.context() as patch, Sandbox(LIMITS, readers=Readers("mock_reader:read")) as made:
        patch.syspath_prepend(str(HERE))
        yield made


def item(text: str) -> tuple[str, str, bytes]:
    data = text.encode()
    return sha256(data).hexdigest(), "name", data


def text_of(outcome: Outcome[Document]) -> str:
    return outcome.value.text if outcome.value else ""


def neighbours_of(text: str) -> list[tuple[str, str, bytes]]:
    return [item("first"), item("second"), item(text), item("third"), item("fourth")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("segv", Status.CRASHED),
        ("abort", Status.CRASHED),
        ("exit 3", Status.CRASHED),
        ("exit 0", Status.CRASHED),
        ("exit 71", Status.CRASHED),  # the code of a reader that retires, without an answer
        ("raise", Status.MALFORMED),
        ("system_exit", Status.MALFORMED),
        ("deep", Status.MALFORMED),
        ("surrogate", Status.MALFORMED),
        pytest.param("memory", Status.MEMORY, marks=pytest.mark.slow),
        pytest.param("busy", Status.TIMEOUT, marks=pytest.mark.slow),
        ("flood", Status.TOO_LARGE),
        ("zeros", Status.CRASHED),
        ("garbage", Status.CRASHED),
        ("long", Status.TOO_LARGE),
        ("other", Status.CRASHED),
        ("pages", Status.CRASHED),
    ],
)
def test_a_failure_is_that_documents_status_and_the_neighbours_are_read(
    sandbox: Sandbox, text: str, status: Status
) -> None:
    items = neighbours_of(text)
    results = list(sandbox.read_many(items))
    assert [doc_id for doc_id, _ in results] == [doc_id for doc_id, _, _ in items]
    assert [text_of(outcome) for _, outcome in results] == ["first", "second", "", "third", "fourth"]
    assert results[2][1].status is status
    assert "secret" not in results[2][1].issues[0].message


@pytest.mark.slow
def test_a_reader_that_neither_works_nor_ends_is_stopped_by_the_wall_clock(sandbox: Sandbox) -> None:
    results = list(sandbox.read_many(neighbours_of("sleep")))
    assert [outcome.status for _, outcome in results] == [None, None, Status.TIMEOUT, None, None]


def test_only_bad_documents_still_give_one_outcome_each(sandbox: Sandbox) -> None:
    items = [item(text) for text in ("segv", "abort", "exit 1", "raise", "segv 2")]
    statuses = [outcome.status for _, outcome in sandbox.read_many(items)]
    assert statuses == [Status.CRASHED, Status.CRASHED, Status.CRASHED, Status.MALFORMED, Status.CRASHED]
    assert list(sandbox.read_many([])) == []


def test_a_failure_that_depends_on_neighbours_is_not_believed(sandbox: Sandbox) -> None:
    items = [item("a"), item("neighbours"), item("b"), item("crash_neighbours"), item("c")]
    assert [text_of(outcome) for _, outcome in sandbox.read_many(items)] == [data.decode() for _, _, data in items]


@pytest.mark.slow
def test_a_reader_that_has_grown_takes_no_further_document(sandbox: Sandbox) -> None:
    before = sandbox.usage.readers
    items = [item("a"), item("grow"), item("modules"), item("b")]
    results = [text_of(outcome) for _, outcome in sandbox.read_many(items)]
    assert results[2].split("|")[1] == "1"  # the first document of its reader
    assert sandbox.usage.readers == before + 2
    assert sandbox.usage.peak_bytes > 200_000_000


@pytest.mark.skipif(landlock_version() < 1, reason="no Landlock here")
def test_a_helper_may_use_its_model_threads_and_memory_and_nothing_else(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(HELPERS, b"M", "mock_reader:grant")
    results = [text_of(outcome) for _, outcome in sandbox.read_many([item("a"), item("model"), item("b")])]
    assert results == ["a", "model, thread, memory, folder", "b"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists threads")
def test_a_helper_that_leaves_a_thread_before_it_is_confined_reads_nothing(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(HELPERS, b"T", "mock_reader:grant_with_a_thread")
    with pytest.raises(SandboxError, match="confined"):
        list(sandbox.read_many([item("threads")]))
    assert [text_of(outcome) for _, outcome in sandbox.read_many([item("a")])] == ["a"]


def test_nothing_that_starts_threads_is_imported_in_readers(sandbox: Sandbox) -> None:
    ((_, outcome),) = sandbox.read_many([item("modules")])
    imported = text_of(outcome).split("|")[2].split(",")
    assert not {"numpy", "polars", "duckdb", "torch"} & set(imported)


@pytest.mark.slow
def test_results_do_not_depend_on_the_chunks() -> None:
    data = [f"John Example\nSkills: Python, SQL number {number}".encode() for number in range(7)]
    items = [(sha256(each).hexdigest(), "", each) for each in data]
    with Sandbox(Limits(), accept_any=True) as sandbox:
        together = list(sandbox.read_many(items))
        apart = [result for entry in items for result in sandbox.read_many([entry])]
    assert together == apart
    assert all(outcome.value for _, outcome in together)


@pytest.mark.slow
def test_a_sandbox_whose_helper_was_killed_goes_on(sandbox: Sandbox) -> None:
    list(sandbox.read_many([item("a")]))
    assert sandbox._readers._helper is not None
    sandbox._readers._helper._process.kill()
    assert [text_of(outcome) for _, outcome in sandbox.read_many([item("a"), item("b")])] == ["a", "b"]


@pytest.mark.slow
def test_a_reader_that_cannot_be_imported_is_an_error_of_the_run() -> None:
    with Sandbox(LIMITS, readers=Readers("no_such_module:read")) as sandbox, pytest.raises(SandboxError) as raised:
        list(sandbox.read_many([item("a")]))
    assert raised.value.exit_code is ExitCode.USAGE
    assert "hirelens doctor" in raised.value.hint


@pytest.mark.slow
def test_an_interrupt_leaves_a_sandbox_that_works(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    list(sandbox.read_many([item("a")]))
    monkeypatch.setattr(sandbox._readers._helper, "_collect", interrupt)
    with pytest.raises(KeyboardInterrupt):
        list(sandbox.read_many([item("b")]))
    assert [text_of(outcome) for _, outcome in sandbox.read_many([item("c")])] == ["c"]


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


PARENT = """
import os, sys
sys.path.insert(0, {here!r})
from dataclasses import replace
from hirelens_cli.config import Limits
from hirelens_cli.documents.confine import landlock_version
from hirelens_cli.documents.reader_process import HELPERS
from hirelens_cli.documents.sandbox import Readers, Sandbox
sandbox = Sandbox(replace(Limits(), cpu_seconds=60), readers=Readers("mock_reader:read"))
list(sandbox.read_many([("a", "", b"a")]))
print(sandbox._readers._helper._process.pid, flush=True)
list(sandbox.read_many([("a", "", b"busy")]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["parent", "helper"])
def test_no_reader_outlives_its_parent(victim: str) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT.format(here=str(HERE))], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    helper = int(parent.stdout.readline())
    readers = wait_for(lambda: children_of(helper))
    try:
        os.kill(parent.pid if victim == "parent" else helper, signal.SIGKILL)
        assert wait_for(lambda: not any(map(is_running, readers)))
        if victim == "parent":
            assert wait_for(lambda: not is_running(helper))
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()


def wait_for(condition: Callable[[], T]) -> T:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.01)
    return condition()


def children_of(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def test_protections_say_what_there_is() -> None:
    names = [name for name, _, _ in protections()]
    assert names == ["process", "limits", "landlock", "seccomp", "parent"]
    assert all(detail for _, _, detail in protections())


def test_without_fork_documents_are_read_here_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hirelens_cli.documents.sandbox._can_fork", lambda: False)
    with Sandbox(Limits(), accept_any=True) as sandbox:
        ((_, outcome),) = sandbox.read_many([item("Skills: Python")])
    assert outcome.value
    assert sandbox.usage.readers == 0
    ((name, active, _),) = protections()
    assert (name, active) == ("process", False)
