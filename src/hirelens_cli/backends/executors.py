"""Executors: the same tasks in this process, or on all cores of this machine through joblib."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from hirelens_cli.ports import Executor, Queue

T = TypeVar("T")
R = TypeVar("R")

FEW = 4
"""Items from which workers pay: starting them takes a second of CPU each, an item (16 documents) about half of one."""


class SerialExecutor:
    """One task after the other in this process: the specification of the others."""

    def map(self, task: Callable[[T], R], items: Sequence[T], queue: Queue = Queue.READING) -> Iterator[R]:  # noqa: ARG002
        """Results in the order of the items."""
        return map(task, items)

    def require(self, paths: Sequence[str]) -> None:
        """Holds: there is no other machine."""


class JoblibExecutor:
    """joblib's loky processes. A worker that dies takes nothing along: what was in flight is done again here."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(self, task: Callable[[T], R], items: Sequence[T], queue: Queue = Queue.READING) -> Iterator[R]:
        """Results as they finish; a few items are done in this process, and so is matching, in threads: it is numpy and Polars."""
        if queue is Queue.MATCHING:
            yield from _threaded(task, items, self.workers)
            return
        if len(items) < FEW:
            yield from SerialExecutor().map(task, items)
            return
        done: set[int] = set()
        try:
            for index, result in self._parallel(task, items):
                done.add(index)
                yield result
        except _worker_died():
            for index, item in enumerate(items):
                if index not in done:
                    yield task(item)

    def require(self, paths: Sequence[str]) -> None:
        """Holds: the workers are on this machine."""

    def _parallel(self, task: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[int, R]]:
        from joblib import Parallel, delayed

        parallel = Parallel(
            n_jobs=min(self.workers, len(items)), backend="loky", batch_size=1, return_as="generator_unordered"
        )
        calls = (delayed(_in_worker)(task, index, item) for index, item in enumerate(items))
        with _deaf_children():
            results: Iterator[tuple[int, R]] = parallel(calls)
        return results


def _threaded(task: Callable[[T], R], items: Sequence[T], workers: int) -> Iterator[R]:
    """Results in the order of the items; what has not begun is dropped when the caller stops."""
    pool = ThreadPoolExecutor(workers)
    try:
        yield from pool.map(task, items)
    finally:
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started inside ignore Ctrl-C, which a terminal sends to all: stopping them is this process's business.

    An ignored signal stays ignored in a new program, so they print no tracebacks while they are starting either.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _worker_died() -> type[Exception]:
    """What joblib raises when a worker ends before its task: memory, a signal."""
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    died: type[Exception] = TerminatedWorkerError
    return died


def _in_worker(task: Callable[[T], R], index: int, item: T) -> tuple[int, R]:
    _end_with_parent()
    return index, task(item)


@functools.lru_cache(maxsize=1)
def _end_with_parent() -> None:
    """A worker whose parent was killed ends within a second; PR_SET_PDEATHSIG would follow the thread that forked it."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="end-with-parent").start()


def local_executor(workers: int) -> Executor:
    """The executor for so many workers; 0 takes one per core that this process may use."""
    count = workers or len(os.sched_getaffinity(0))
    return SerialExecutor() if count == 1 else JoblibExecutor(count)
