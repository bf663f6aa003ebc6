"""The published snapshot: built from the runs' parts in a new file, checkpointed, closed, renamed.

Readers keep the file they opened and never block a run; a stale write-ahead log cannot lie beside a file that was
closed before it got its name. The snapshot holds nothing that the parts do not, so it can always be built again.

DuckDB is imported by the function that opens a file: a shard publishes nothing, and starts without it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hirelens_cli.backends.duckdb.schema import SCHEMA_VERSION
from hirelens_cli.backends.duckdb.tables import RUN_COLUMNS
from hirelens_cli.engine.seals import require_intact
from hirelens_cli.errors import OutputError, StoreError
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.decisions import Decision
from hirelens_cli.model.results import IDENTITIES, RESULTS, RunRecord

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """A run's folder and its record."""

    folder: Path
    record: RunRecord


def finished_runs(runs: Path) -> tuple[FinishedRun, ...]:
    """Every run whose record is whole, oldest first by the order in which they were finished."""
    found: list[tuple[float, FinishedRun]] = []
    for path in runs.glob("*/run.json"):
        try:
            found.append((path.stat().st_mtime, FinishedRun(path.parent, decode(path.read_bytes(), RunRecord))))
        except (OSError, CodecError):
            continue
    return tuple(item for _, item in sorted(found, key=lambda pair: (pair[0], pair[1].record.run)))


def publish(runs: Sequence[FinishedRun], database: Path, identities: Path, decisions: Sequence[Decision] = ()) -> None:
    """Build both files from runs and decisions and put them in place.

    Raises OutputError where the disk takes no more, StoreError where a run's files are not what was written.
    """
    import duckdb

    for item in runs:
        require_intact(item.folder)
    snapshot = snapshot_of(runs, decisions)
    try:
        _build(identities, lambda con: _fill_identities(con, runs, snapshot))
        _build(database, lambda con: _fill_results(con, runs, decisions, snapshot))
        for path in (identities, database):
            path.with_name(path.name + ".wal").unlink(missing_ok=True)
            _temporary(path).replace(path)
    except (OSError, duckdb.Error) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else type(error).__name__
        raise OutputError(
            f"cannot publish {database}: {reason}",
            "what was published before is as it was; is the disk full? Then run the same command again",
        ) from error
    finally:
        for path in (identities, database):
            _clear(path)


def published_snapshot(path: Path) -> str:
    """The snapshot id of a published file; empty where there is none, and for one of an earlier version.

    Raises StoreError where the file is damaged or was written by a newer version.
    """
    version, snapshot = _meta(path)
    return snapshot if version == SCHEMA_VERSION else ""


def runs_of_former(path: Path) -> frozenset[str]:
    """The runs in a published file of an earlier version; none where it is of this one, or not there.

    Raises StoreError as `published_snapshot`.
    """
    version, _ = _meta(path)
    if version in (0, SCHEMA_VERSION):
        return frozenset()
    import duckdb

    try:
        with duckdb.connect(path, read_only=True, config=LOCKED_DOWN) as con:
            return frozenset(run for (run,) in con.execute("SELECT run FROM runs").fetchall())
    except duckdb.Error as error:
        raise _damaged(path) from error


def _meta(path: Path) -> tuple[int, str]:
    """Schema version and snapshot id; (0, "") where there is no file."""
    if not path.is_file():
        return 0, ""
    import duckdb

    try:
        with duckdb.connect(path, read_only=True, config=LOCKED_DOWN) as con:
            version, snapshot = con.execute("SELECT version, snapshot FROM meta").fetchone() or (0, "")
    except duckdb.Error as error:
        raise _damaged(path) from error
    if version > SCHEMA_VERSION:
        raise StoreError(f"{path.name} was written by a newer version of hirelens", "upgrade hirelens")
    return int(version), str(snapshot)


def _damaged(path: Path) -> StoreError:
    return StoreError(f"{path.name} is damaged", "remove it and run again: it is rebuilt from the parts")


def snapshot_of(runs: Sequence[FinishedRun], decisions: Sequence[Decision] = ()) -> str:
    """The id of the snapshot that `publish` would make."""
    text = "".join(item.record.run + item.record.digest for item in runs).encode()
    return hashlib.sha256(text + (encode(decisions) if decisions else b"")).hexdigest()[:16]


READABLE_SINCE = "v1.0.0"
"""The oldest DuckDB that can read the files; by default DuckDB 2.0 writes what 1.5 refuses to open."""

LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "lock_configuration": "true",
}
"""For every connection that reads: SQL can reach this file and nothing else."""


def _build(path: Path, fill: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    """Fill a new file beside `path`, checkpoint and close it, so that no log belongs to it."""
    import duckdb

    _clear(path)
    temporary = _temporary(path)
    with duckdb.connect(temporary, config={"storage_compatibility_version": READABLE_SINCE}) as con:
        temporary.chmod(0o600)
        con.execute("BEGIN")  # a commit for each of a hundred statements would wait for the disk each time
        fill(con)
        con.execute("COMMIT")
        con.execute("CHECKPOINT")


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.tmp")


def _clear(path: Path) -> None:
    """Nothing half-made stays behind."""
    temporary = _temporary(path)
    temporary.unlink(missing_ok=True)
    temporary.with_name(temporary.name + ".wal").unlink(missing_ok=True)


def _fill_results(
    con: duckdb.DuckDBPyConnection, runs: Sequence[FinishedRun], decisions: Sequence[Decision], snapshot: str
) -> None:
    from hirelens_cli.backends.duckdb.create import create_results

    create_results(con, snapshot)
    _insert(con, "runs", [_run_row(item.record, sequence) for sequence, item in enumerate(runs)])
    for item in runs:
        for table, columns in RESULTS.items():
            _load(con, item, table, columns)
    _insert(con, "decisions", [_decision_row(item) for item in decisions])


def _fill_identities(con: duckdb.DuckDBPyConnection, runs: Sequence[FinishedRun], snapshot: str) -> None:
    from hirelens_cli.backends.duckdb.create import create_identities

    create_identities(con, snapshot)
    for item in runs:
        _load(con, item, "identities", IDENTITIES)


def _load(con: duckdb.DuckDBPyConnection, item: FinishedRun, table: str, columns: Iterable[str]) -> None:
    """The rows of one run; what a run of an earlier version did not keep yet is NULL, or no row."""
    from hirelens_cli.backends.duckdb.create import quoted

    path = item.folder / f"{table}.parquet"
    if not path.is_file():
        return
    held = {name for (name,) in con.execute("SELECT name FROM parquet_schema(?)", [str(path)]).fetchall()}
    names = ", ".join(quoted(name) for name in columns if name in held)
    # Names are our own and quoted; the path is bound.
    statement = f"INSERT INTO {table} (run, {names}) SELECT ?, {names} FROM read_parquet(?)"  # noqa: S608
    con.execute(statement, [item.record.run, str(path)])


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    for row in rows:
        con.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - our own name


def _run_row(record: RunRecord, sequence: int) -> list[object]:
    fields = {**asdict(record), **asdict(record.counts), "sequence": sequence}
    return [fields[name] for name in RUN_COLUMNS]


def _decision_row(item: Decision) -> list[object]:
    """What was erased is NULL."""
    return [
        item.sequence,
        item.at,
        item.who,
        item.run,
        item.job,
        item.candidate or None,
        item.decision,
        item.reason or None,
        item.rank,
        item.score,
        item.digest,
    ]
