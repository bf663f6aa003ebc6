"""`hirelens cluster`: a Dask cluster on this machine, to try `--engine dask` with."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from hirelens_cli.config import Cluster

EXAMPLES = """\b
Examples:
  hirelens cluster local --workers 2
  hirelens cluster local --workers 4 --tls
"""


def local(
    workers: options.Workers = None,
    tls: Annotated[bool, typer.Option("--tls", help="Encrypt, with certificates made for this cluster.")] = False,
) -> int:
    """Start a scheduler and workers on this machine, say how to use them, and stop them with Ctrl-C.

    They listen on the loopback interface alone, and there is no dashboard.
    """
    from hirelens_cli.backends.dask.local import local_cluster
    from hirelens_cli.cli.console import say
    from hirelens_cli.cli.output import write_result

    if workers is not None and workers < 0:
        raise UsageError("--workers must be 0 or more")
    with local_cluster(workers or 0, tls=tls) as cluster:
        say("the cluster runs until Ctrl-C; in another terminal:")
        write_result(f"hirelens rank RESUMES --job JD {_flags(cluster)}\n".encode(), None)
        try:
            signal.pause()
        except KeyboardInterrupt:  # Ctrl-C or SIGTERM is how it is meant to end
            say("stopping")
    return ExitCode.DONE


def _flags(cluster: Cluster) -> str:
    from shlex import quote

    flags = {
        "scheduler": cluster.scheduler,
        "tls-ca": cluster.tls_ca,
        "tls-cert": cluster.tls_cert,
        "tls-key": cluster.tls_key,
    }
    return " ".join(f"--{name} {quote(value)}" for name, value in flags.items() if value)
