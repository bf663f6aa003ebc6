"""A Dask cluster on this machine, to try: scheduler and workers on loopback, without a dashboard."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from hirelens_cli.backends.dask.library import distributed
from hirelens_cli.config import Cluster
from hirelens_cli.engine.workspace import write_atomically

SETTINGS = {
    "distributed.worker.profile.enabled": False,  # a fifth of the CPU time of small tasks
    "distributed.admin.log-length": 0,
    # Looking at themselves, by default 50 times a second, idle processes took 5 % of a core.
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.worker.memory.monitor-interval": "500ms",
}
"""What Dask is told; deploy/kubernetes says the same to its pods."""


@contextlib.contextmanager
def local_cluster(workers: int, *, tls: bool) -> Iterator[Cluster]:
    """A cluster of so many worker processes and how to reach it; all of it ends with the context, or with this process.

    With `tls`, certificates made for this cluster alone lie in a private folder for as long.
    """
    library = distributed()
    import dask  # comes with it

    with contextlib.ExitStack() as stack:
        stack.enter_context(dask.config.set(SETTINGS))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hirelens-cluster-")))
        security = library.Security.temporary() if tls else None
        cluster = stack.enter_context(
            library.LocalCluster(
                n_workers=workers or len(os.sched_getaffinity(0)),
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                protocol="tls://" if tls else "tcp://",
                dashboard_address=None,
                worker_dashboard_address=None,
                security=security,
                local_directory=str(folder),
                silence_logs=logging.CRITICAL,
            )
        )
        reach = Cluster(scheduler=cluster.scheduler_address)
        yield reach if security is None else replace(reach, **_certificates(security, folder))


def _certificates(security: Any, folder: Path) -> dict[str, Any]:
    """What a client needs, as files for their owner alone."""
    texts = {
        "tls_ca": security.tls_ca_file,
        "tls_cert": security.tls_client_cert,
        "tls_key": security.tls_client_key,
    }
    for name, text in texts.items():
        write_atomically(folder / f"{name}.pem", text.encode())
    return {name: str(folder / f"{name}.pem") for name in texts}
