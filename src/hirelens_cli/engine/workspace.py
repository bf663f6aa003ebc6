"""The folder in which a run keeps what it learned: where things lie, who may read them, who is writing."""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hirelens_cli.config import RunConfig
from hirelens_cli.errors import LockedError, OutputError
from hirelens_cli.objects import ObjectPath, Place

SCRATCH = ".scratch-"
"""How the names of folders begin that live as long as one command."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Paths inside one workspace. Each tenant and region has one of its own, whole, below the folder that was named."""

    folder: Path
    tenant: str = ""
    region: str = ""

    @classmethod
    def of(cls, config: RunConfig) -> Workspace:
        """The workspace that a configuration names."""
        return cls(Path(config.workspace), config.tenant, config.region)

    @property
    def levels(self) -> tuple[str, ...]:
        """`tenant=acme`, `region=eu`; without a tenant or a region that level is left out."""
        return tuple(f"{level}={name}" for level, name in (("tenant", self.tenant), ("region", self.region)) if name)

    @property
    def root(self) -> Path:
        """`folder` and the levels below it."""
        return self.folder.joinpath(*self.levels)

    @property
    def database(self) -> Path:
        """The published, de-identified store."""
        return self.root / "hirelens.duckdb"

    @property
    def identities(self) -> Path:
        """Who the candidates are; published together with `database`."""
        return self.root / "identities.duckdb"

    @property
    def ledger(self) -> Path:
        """The hash-chained record of what was done."""
        return self.root / "ledger.jsonl"

    @property
    def parts(self) -> Path:
        """Parquet parts and receipts, by stage and fingerprint."""
        return self.root / "parts"

    @property
    def decisions(self) -> Path:
        """What can be erased of the decisions in the ledger."""
        return self.root / "decisions"

    @property
    def corrections(self) -> Path:
        """What people had put right in their profiles, one file per document."""
        return self.root / "corrections"

    @property
    def tombstones(self) -> Path:
        """Which documents are not to be taken in again, as salted hashes."""
        return self.root / "tombstones.json"

    @property
    def erasing(self) -> Path:
        """The erasure that is under way; not there when none is."""
        return self.root / "erasing.json"

    @property
    def reports(self) -> Path:
        """Pages that can be written again at any time; an erasure removes them all."""
        return self.root / "reports"

    def run_folder(self, run: str) -> Path:
        """Where the results of one run lie."""
        return self.parts / "runs" / run

    def prepare(self) -> None:
        """Make the folder, readable by its owner alone; raises OutputError where that cannot be done."""
        try:
            for folder in itertools.accumulate(self.levels, Path.joinpath, initial=self.folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.parts.mkdir(exist_ok=True)
            self.root.chmod(0o700)
            probe = self.root / f".write-{os.getpid()}"
            probe.touch(0o600)
            probe.unlink(missing_ok=True)  # another host may be at it under the same process id
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else "unknown reason"
            raise OutputError(
                f"cannot write the workspace {self.root}: {reason}", "name another folder with --workspace"
            ) from error

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the workspace for writing; raises LockedError at once, naming the process that holds it.

        The kernel releases the lock when the holder ends, however it ends, so no stale lock can stay behind.
        """
        path = self.root / "lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                holder = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
                raise LockedError(
                    f"another run (process {holder}) is using the workspace {self.root}",
                    "wait for it to end, or name another folder with --workspace",
                ) from error
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
            yield
        finally:
            os.close(descriptor)


def clear_leftovers(workspace: Workspace) -> None:
    """Remove what a killed process left half-written in a workspace that the caller has locked.

    Workspaces of tenants lie below the folder and have locks of their own: they are left alone.
    """
    inside = (workspace.parts, workspace.decisions, workspace.corrections)
    left = [path for pattern in (".*.tmp", ".write-*", "*.wal") for path in workspace.root.glob(pattern)]
    for folder in workspace.root.glob(f"{SCRATCH}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for path in (*left, *(path for folder in inside for path in folder.rglob(".*.tmp"))):
        path.unlink(missing_ok=True)


def write_atomically(path: Place, data: bytes) -> None:
    """Put `data` at `path`, whole or not at all, readable by its owner alone; raises OutputError where that fails."""
    if isinstance(path, ObjectPath):
        path.write_bytes(data)
        return
    # In containers process ids are alike, and several may write to one shared folder.
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        with temporary_file(temporary) as descriptor:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
            temporary.replace(path)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "unknown reason"
        raise OutputError(
            f"cannot write {path} ({len(data):,} bytes): {reason}",
            "what was finished before is kept; mend the cause, then run the same command again",
        ) from error


@contextlib.contextmanager
def temporary_file(path: Path) -> Iterator[int]:
    """A descriptor of a new 0600 file at `path`, removed again unless it was renamed."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
        path.unlink(missing_ok=True)
