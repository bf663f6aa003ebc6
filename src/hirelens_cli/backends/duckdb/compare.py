"""Whether what is published is what a run left behind, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from hirelens_cli.backends.duckdb.publish import LOCKED_DOWN

ROWS = 50_000
"""Rows compared at a time."""


def differing_tables(database: Path, run: str, tables: Mapping[str, pl.DataFrame]) -> tuple[str, ...]:
    """Names of the `tables` of one run whose published rows are not the same; one that cannot be read differs."""
    try:
        with duckdb.connect(database, read_only=True, config=LOCKED_DOWN) as con:
            return tuple(name for name, frame in tables.items() if not _same(con, run, name, frame))
    except duckdb.Error:
        return tuple(tables)


def _same(con: duckdb.DuckDBPyConnection, run: str, table: str, frame: pl.DataFrame) -> bool:
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    try:
        # Names come from our own schema; rows are kept in the order in which they were inserted.
        result = con.execute(f'SELECT {columns} FROM "{table}" WHERE run = ?', [run])  # noqa: S608
        start = 0
        while rows := result.fetchmany(ROWS):
            published = pl.DataFrame(rows, schema=frame.schema, orient="row")
            if not published.equals(frame.slice(start, len(rows))):
                return False
            start += len(rows)
    except (duckdb.Error, pl.exceptions.PolarsError, TypeError):
        return False
    return start == len(frame)
