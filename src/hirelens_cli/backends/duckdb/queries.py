"""Answers from the published store: read-only, and with nothing but that file in reach."""

from __future__ import annotations

from pathlib import Path

import duckdb

from hirelens_cli.backends.duckdb.mistakes import LOOK, is_damage, mistake
from hirelens_cli.backends.duckdb.publish import LOCKED_DOWN, published_snapshot
from hirelens_cli.errors import InputError, StoreError, UsageError
from hirelens_cli.model.store import Answer


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
            statements = con.extract_statements(sql)
            if len(statements) != 1:
                raise UsageError(f"SQL: {len(statements)} statements instead of one", LOOK)
            result = con.execute(statements[0])
            described = result.description or ()
            names, types = (tuple(str(column[part]) for column in described) for part in (0, 1))
            return Answer(names, tuple(result.fetchall()), types)
    except duckdb.Error as error:
        if is_damage(error):
            raise StoreError(
                f"{database.name} is damaged", "remove it and run again: it is rebuilt from the parts"
            ) from error
        raise mistake(error) from error
