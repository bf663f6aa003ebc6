"""Lines for the ledger: who did what when, that a run began, and that work stopped before its end."""

from __future__ import annotations

import contextlib
import datetime
import getpass
from collections.abc import Iterator, Mapping

from hirelens_cli import __version__
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import ExitCode, HirelensError
from hirelens_cli.governance import ledger


def now() -> str:
    """The present moment in UTC, ISO 8601, as lines of the ledger have it."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def user_name() -> str:
    """The account that the process runs under; empty where it has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run under an id without a name
        return ""


def note(workspace: Workspace, kind: str, body: Mapping[str, ledger.Value], at: str = "") -> ledger.Entry:
    """Add a line to the ledger of a workspace that the caller has locked."""
    return ledger.append(workspace.ledger, kind, body, at or now())


@contextlib.contextmanager
def run_noted(command: str, config: RunConfig) -> Iterator[None]:
    """A line that a run begins, before any work is done; then as `stops_noted`.

    A process that is killed outright writes nothing more: a `started` line that neither a `run` nor a `stopped` line
    follows is its trace.
    """
    note(Workspace.of(config), "started", _about(command, config))
    with stops_noted(command, config):
        yield


@contextlib.contextmanager
def stops_noted(command: str, config: RunConfig) -> Iterator[None]:
    """Where the work inside does not come to its end, a line says so, with the exit status that it will have."""
    try:
        yield
    except BaseException as error:
        stopped = ExitCode.INTERRUPTED if isinstance(error, KeyboardInterrupt) else ExitCode.BUG
        status = error.exit_code if isinstance(error, HirelensError) else stopped
        with contextlib.suppress(OSError):  # a disk that takes nothing more
            body = {**_about(command, config), "exit": int(status), "state": status.name.lower()}
            note(Workspace.of(config), "stopped", body)
        raise


def _about(command: str, config: RunConfig) -> dict[str, ledger.Value]:
    return {
        "command": command,
        "who": user_name(),
        "tenant": config.tenant,
        "region": config.region,
        "version": __version__,
        "config": config.hash(),
        "as_of": config.as_of,
    }
