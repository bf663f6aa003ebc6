"""Answers from the published store: read-only, and with nothing but that file in reach."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from hirelens_cli.backends.duckdb.publish import LOCKED_DOWN, published_snapshot
from hirelens_cli.errors import InputError, StoreError, UsageError


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of plain values, each as wide as `columns`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def query(database: Path, sql: str) -> Answer:
    """The answer of one SQL statement.

    Raises InputError where nothing was published yet, UsageError where the SQL is wrong or reaches for anything outside
    the store, StoreError where the store is damaged or from a newer version.
    """
    if not database.is_file():
        raise InputError(f"no results yet in {database.parent}", "run `hirelens rank RESUMES --job JD` first")
    published_snapshot(database)
    try:
        with duckdb.connect(database, read_only=True, config=LOCKED_DOWN) as con:
            result = con.execute(sql)
            names = tuple(column[0] for column in result.description or ())
            return Answer(names, tuple(result.fetchall()))
    except (duckdb.IOException, duckdb.FatalException, duckdb.SerializationException) as error:
        raise StoreError(
            f"{database.name} is damaged", "remove it and run again: it is rebuilt from the parts"
        ) from error
    except duckdb.Error as error:
        raise UsageError(f"SQL: {_first_lines(error)}", '`hirelens sql "SHOW TABLES"` lists what is there') from error


def _first_lines(error: duckdb.Error) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return " ".join(lines[:2])
