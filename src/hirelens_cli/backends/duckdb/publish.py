"""The published snapshot: built from the runs' parts in a new file, checkpointed, closed, renamed.

Readers keep the file they opened and never block a run; a stale write-ahead log cannot lie beside a file that was
closed before it got its name. The snapshot holds nothing that the parts do not, so it can always be built again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from hirelens_cli.backends.duckdb.schema import MACROS, SCHEMA_VERSION, VIEWS
from hirelens_cli.errors import OutputError, StoreError
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.decisions import Decision
from hirelens_cli.model.results import IDENTITIES, RESULTS, RunRecord

RUN_COLUMNS = """run VARCHAR, as_of VARCHAR, config VARCHAR, embedder VARCHAR, embedder_fingerprint VARCHAR,
    scores_fingerprint VARCHAR, version VARCHAR, top INTEGER, found INTEGER, scored INTEGER, unscreened INTEGER,
    duplicates INTEGER, digest VARCHAR, tenant VARCHAR, region VARCHAR, sequence INTEGER"""

DECISION_COLUMNS = """sequence INTEGER, decided_at VARCHAR, who VARCHAR, run VARCHAR, job VARCHAR, candidate VARCHAR, decision VARCHAR,
    reason VARCHAR, rank INTEGER, score INTEGER, digest VARCHAR"""

CHECKS = {
    "scores": "CHECK (score BETWEEN 0 AND 10000 AND isfinite(percentile))",
    "parts": "CHECK (value BETWEEN 0 AND 1000 AND points BETWEEN 0 AND 10000)",
}


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
    """Build both files from runs and decisions and put them in place; raises OutputError where the disk takes no more."""
    snapshot = snapshot_of(runs, decisions)
    try:
        _replace(identities, lambda con: _fill_identities(con, runs, snapshot))
        _replace(database, lambda con: _fill_results(con, runs, decisions, snapshot))
    except (OSError, duckdb.Error) as error:
        raise OutputError(
            f"cannot publish the results to {database.parent}: {type(error).__name__}", "is the disk full?"
        ) from error


def published_snapshot(path: Path) -> str:
    """The snapshot id of a published file, empty where there is none.

    Raises StoreError where the file is damaged or was written by a newer version.
    """
    if not path.is_file():
        return ""
    try:
        with duckdb.connect(path, read_only=True, config=LOCKED_DOWN) as con:
            version, snapshot = con.execute("SELECT version, snapshot FROM meta").fetchone() or (0, "")
    except duckdb.Error as error:
        raise StoreError(f"{path.name} is damaged", "remove it and run again: it is rebuilt from the parts") from error
    if version > SCHEMA_VERSION:
        raise StoreError(f"{path.name} was written by a newer version of hirelens", "upgrade hirelens")
    return str(snapshot)


def snapshot_of(runs: Sequence[FinishedRun], decisions: Sequence[Decision] = ()) -> str:
    """The id of the snapshot that `publish` would make."""
    text = "".join(item.record.run + item.record.digest for item in runs).encode()
    return hashlib.sha256(text + (encode(decisions) if decisions else b"")).hexdigest()[:16]


LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "lock_configuration": "true",
}
"""For every connection that reads: SQL can reach this file and nothing else."""


def _replace(path: Path, fill: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    """Fill a new file and rename it to `path`; nothing half-made stays behind."""
    temporary = path.with_name(f".{path.name}.tmp")
    log = temporary.with_name(temporary.name + ".wal")
    temporary.unlink(missing_ok=True)
    log.unlink(missing_ok=True)
    try:
        with duckdb.connect(temporary) as con:
            temporary.chmod(0o600)
            fill(con)
            con.execute("CHECKPOINT")
        path.with_name(path.name + ".wal").unlink(missing_ok=True)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
        log.unlink(missing_ok=True)


def _fill_results(
    con: duckdb.DuckDBPyConnection, runs: Sequence[FinishedRun], decisions: Sequence[Decision], snapshot: str
) -> None:
    con.execute("CREATE TABLE meta (version INTEGER, snapshot VARCHAR)")
    con.execute("INSERT INTO meta VALUES (?, ?)", [SCHEMA_VERSION, snapshot])
    con.execute(f"CREATE TABLE runs ({RUN_COLUMNS})")
    for sequence, item in enumerate(runs):
        record, counts = item.record, item.record.counts
        con.execute(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                record.run,
                record.as_of,
                record.config,
                record.embedder,
                record.embedder_fingerprint,
                record.scores_fingerprint,
                record.version,
                record.top,
                counts.found,
                counts.scored,
                counts.unscreened,
                counts.duplicates,
                record.digest,
                record.tenant,
                record.region,
                sequence,
            ],
        )
    for table, columns in RESULTS.items():
        _load(con, table, list(columns), runs, CHECKS.get(table, ""))
    con.execute(f"CREATE TABLE decisions ({DECISION_COLUMNS})")
    for decision in decisions:
        con.execute("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _decision_row(decision))
    con.execute(
        "CREATE VIEW latest_runs AS SELECT job, arg_max(run, sequence) AS run FROM jobs JOIN runs USING (run) GROUP BY job"
    )
    for view in VIEWS:
        con.execute(f"CREATE VIEW {view.name} AS {view.query}")
        con.execute(f"COMMENT ON VIEW {view.name} IS {_literal(view.comment)}")
        for column, comment in view.columns:
            con.execute(f"COMMENT ON COLUMN {view.name}.{_quoted(column)} IS {_literal(comment)}")
    for signature, comment, query in MACROS:
        con.execute(f"CREATE MACRO {signature} AS TABLE {query}")
        con.execute(f"COMMENT ON MACRO TABLE {signature.partition('(')[0]} IS {_literal(comment)}")


def _decision_row(item: Decision) -> list[str | int | None]:
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


def _fill_identities(con: duckdb.DuckDBPyConnection, runs: Sequence[FinishedRun], snapshot: str) -> None:
    con.execute("CREATE TABLE meta (version INTEGER, snapshot VARCHAR)")
    con.execute("INSERT INTO meta VALUES (?, ?)", [SCHEMA_VERSION, snapshot])
    _load(con, "identities", list(IDENTITIES), runs, "")


def _load(
    con: duckdb.DuckDBPyConnection, table: str, columns: list[str], runs: Sequence[FinishedRun], check: str
) -> None:
    """One table from the runs' Parquet files, the run's id in front; constraints guard what no score may be."""
    query = " UNION ALL ".join(_select(con, item, table, columns) for item in runs)
    if check:
        kinds = con.sql(f"DESCRIBE {query}").fetchall()
        declared = ", ".join(f"{_quoted(name)} {kind}" for name, kind, *_ in kinds)
        con.execute(f"CREATE TABLE {table} ({declared}, {check})")
        con.execute(f"INSERT INTO {table} {query}")
    else:
        con.execute(f"CREATE TABLE {table} AS {query}")


def _select(con: duckdb.DuckDBPyConnection, item: FinishedRun, table: str, columns: list[str]) -> str:
    """The rows of one run; what a run of an earlier version did not keep yet is NULL."""
    path = str(item.folder / table) + ".parquet"
    held = {name for (name,) in con.execute("SELECT name FROM parquet_schema(?)", [path]).fetchall()}
    names = ", ".join(_quoted(name) if name in held else f"NULL AS {_quoted(name)}" for name in columns)
    # Names and literals are quoted here; read_parquet takes no bound parameter inside CREATE TABLE.
    return f"SELECT {_literal(item.record.run)} AS run, {names} FROM read_parquet({_literal(path)})"  # noqa: S608


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
