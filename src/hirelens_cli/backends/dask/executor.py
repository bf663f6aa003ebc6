"""The same tasks on the workers of a Dask cluster: one in flight per slot, a lost worker's done again elsewhere."""

from __future__ import annotations

import contextlib
import os
import queue as queues
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from typing import Any, TypeVar

from hirelens_cli.backends.dask.address import require_hidden, require_safe
from hirelens_cli.backends.dask.library import distributed
from hirelens_cli.config import Cluster
from hirelens_cli.errors import IncompleteError, InputError
from hirelens_cli.ports import Progress, Queue

T = TypeVar("T")
R = TypeVar("R")

CONNECT_SECONDS = 15
_TICK = 1.0
"""Seconds between two looks at the cluster while nothing finishes."""
_URGENT = 1_000_000
_KEPT = "What was done is kept; the same command again does only the rest."


class DaskExecutor:
    """Tasks on a cluster that exists already. Connects with the first task; raises UsageError at once for an unsafe address."""

    def __init__(self, cluster: Cluster, progress: Progress) -> None:
        require_safe(cluster)
        distributed()
        self._cluster = cluster
        self._progress = progress
        self._connected: Any = None

    def map(self, task: Callable[[T], R], items: Sequence[T], queue: Queue = Queue.READING) -> Iterator[R]:
        """Results as they finish. Raises IncompleteError where the scheduler or all workers are lost, else what a task raises."""
        if not items:
            return
        try:
            with _said_plainly(self._cluster.scheduler):
                yield from _Batch(self._client(), self._cluster, self._progress, task, items, queue).results()
        except _TaskFailed as failure:
            raise failure.error from None

    def require(self, paths: Sequence[str]) -> None:
        """Raises InputError where a worker does not see one of these paths."""
        with _said_plainly(self._cluster.scheduler):
            client = self._client()
            asked = {
                worker: client.submit(_unseen, list(paths), workers=[worker], pure=False, priority=_URGENT)
                for worker in client.scheduler_info()["workers"]
            }
            deadline = time.monotonic() + self._cluster.patience
            for worker, future in sorted(asked.items()):
                try:
                    unseen = future.result(timeout=max(0.1, deadline - time.monotonic()))
                except TimeoutError:  # busy, or to be given up later
                    continue
                if not unseen:
                    continue
                raise InputError(
                    f"the worker {worker} does not see {unseen[0]}",
                    "resumes and workspace must lie in folders that all machines share, under the same paths",
                )

    def _client(self) -> Any:
        if self._connected is None:
            client = distributed().Client(
                self._cluster.scheduler,
                security=_security(self._cluster),
                timeout=CONNECT_SECONDS,
                set_as_default=False,
            )
            weakref.finalize(self, client.close)
            info = client.scheduler_info()
            if not self._cluster.scheduler.startswith("tls:"):
                require_hidden([info["address"], *info["workers"]])
            if not info["workers"]:
                raise IncompleteError(
                    f"{self._cluster.scheduler} has no workers", "start some: dask worker SCHEDULER --nthreads 1"
                )
            self._connected = client
        return self._connected


class _Batch:
    """The items of one call of map, on their way."""

    def __init__(
        self,
        client: Any,
        cluster: Cluster,
        progress: Progress,
        task: Callable[[Any], Any],
        items: Sequence[Any],
        queue: Queue,
    ) -> None:
        self._client = client
        self._killed = distributed().KilledWorker
        self._patience = cluster.patience
        self._priority = cluster.priority
        self._progress = progress
        self._task = task
        self._items = items
        self._queue = queue
        self._known: dict[str, Any] = {}
        """What the scheduler last said of each worker."""
        self._running: dict[Any, int] = {}
        self._finished: queues.SimpleQueue[Any] = queues.SimpleQueue()
        self._seen: dict[str, tuple[float, float]] = {}
        """Worker -> its last sign of life by the scheduler's clock, and when by ours that was news."""
        self._without_workers: float | None = None

    def results(self) -> Iterator[Any]:
        """Each item's result once; what ended its worker is done again at the end, alone."""
        try:
            suspects: list[int] = []
            for index, outcome in self._flow(deque(range(len(self._items))), self._slots):
                if isinstance(outcome, self._killed):
                    suspects.append(index)
                else:
                    yield outcome
            for _, outcome in self._flow(deque(suspects), lambda: 1):
                if isinstance(outcome, self._killed):
                    raise IncompleteError(
                        "a task ended every worker that it was given to, also alone",
                        f"give the workers more memory (dask worker --memory-limit). {_KEPT}",
                    )
                yield outcome
        finally:
            if self._running:
                with contextlib.suppress(Exception):  # the scheduler may be gone
                    self._client.cancel(list(self._running), force=True)

    def _flow(self, waiting: deque[int], slots: Callable[[], int]) -> Iterator[tuple[int, Any]]:
        """(item, result or KilledWorker) as they finish, never more of them in flight than there are slots."""
        room = slots() if waiting else 0
        while waiting or self._running:
            while waiting and len(self._running) < room:
                self._submit(waiting.popleft())
            try:
                future = self._finished.get(timeout=_TICK)
            except queues.Empty:
                self._look()
                room = slots()
                continue
            index = self._running.pop(future)
            failure = future.exception() if future.status == "error" else None
            if failure is not None and not isinstance(failure, self._killed):
                raise _TaskFailed(failure)
            yield index, failure or future.result()
            future.release()

    def _submit(self, index: int) -> None:
        future = self._client.submit(
            _in_worker,
            self._task,
            self._items[index],
            pure=False,
            priority=self._priority,
            resources={str(self._queue): 1} if self._is_offered() else None,
        )
        self._running[future] = index
        future.add_done_callback(self._finished.put)

    def _slots(self) -> int:
        """How many tasks are under way: one for each worker, or each unit of the queue's resource.

        An urgent run has a second one waiting for each: a run behind it would take every slot as it becomes free.
        """
        workers = self._workers().values()
        offered = sum(worker["resources"].get(self._queue, 0) for worker in workers)
        slots = max(1, int(offered) if self._is_offered() else len(workers))
        return 2 * slots if self._priority > 0 else slots

    def _is_offered(self) -> bool:
        """Whether some worker was started with `--resources QUEUE=1`; otherwise every worker does everything."""
        return any(self._queue in worker["resources"] for worker in self._known.values())

    def _workers(self) -> dict[str, Any]:
        identity = self._client.scheduler.identity
        self._known = self._client.sync(identity, n_workers=-1, callback_timeout=self._patience)["workers"]
        return self._known

    def _look(self) -> None:
        """Nothing finished for a while: give up workers that are silent; raises IncompleteError where none is left."""
        if self._client.status in ("closed", "closing"):
            raise ConnectionError
        now = time.monotonic()
        workers = self._workers()
        self._seen = {name: self._seen.get(name, (0.0, now)) for name in workers}
        for name, worker in workers.items():
            if worker["last_seen"] != self._seen[name][0]:
                self._seen[name] = (worker["last_seen"], now)
            elif now - self._seen[name][1] > self._patience:
                self._progress.note(
                    f"the worker {name} gave no sign of life for {self._patience} s; others do its work"
                )
                self._client.sync(self._client.scheduler.unregister, address=name, stimulus_id=f"hirelens-silent-{now}")
        able = [name for name in workers if not self._is_offered() or self._queue in workers[name]["resources"]]
        if able:
            self._without_workers = None
        elif self._without_workers is None:
            self._without_workers = now
        elif now - self._without_workers > self._patience:
            raise IncompleteError(f"no worker of the cluster has been left for {self._patience} s", _KEPT)


class _TaskFailed(Exception):  # noqa: N818 - never seen outside
    """What a task raised, apart from what the connection raises."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def _security(cluster: Cluster) -> Any:
    if not cluster.scheduler.startswith("tls:"):
        return None
    return distributed().Security(
        tls_ca_file=cluster.tls_ca,
        tls_client_cert=cluster.tls_cert,
        tls_client_key=cluster.tls_key,
        require_encryption=True,
    )


@contextlib.contextmanager
def _said_plainly(scheduler: str) -> Iterator[None]:
    """What distributed raises when a connection fails or ends, as an IncompleteError."""
    try:
        yield
    except (CancelledError, OSError, TimeoutError) as error:
        raise IncompleteError(
            f"the scheduler {scheduler} cannot be reached, or is gone ({type(error).__name__})", f"check it. {_KEPT}"
        ) from error


_one_at_a_time = threading.Lock()
"""A worker may have several threads; the sandbox and the models are for one."""


def _in_worker(task: Callable[[T], R], item: T) -> R:
    with _one_at_a_time:
        return task(item)


def _unseen(paths: list[str]) -> list[str]:
    return [path for path in paths if not os.access(path, os.R_OK)]
