"""What the store promises, asked of an empty one in memory: so the types are those that DuckDB answers with."""

from __future__ import annotations

import duckdb

from hirelens_cli.backends.duckdb.create import create_results
from hirelens_cli.backends.duckdb.schema import MACROS, VIEWS, Macro, View
from hirelens_cli.model.store import Column, Relation


def described() -> tuple[Relation, ...]:
    """The stable views and then the macros, in their order."""
    with duckdb.connect(":memory:") as con:
        create_results(con, "")
        views = [_relation(con, view, view.name, view.name, "view") for view in VIEWS]
        macros = [_relation(con, macro, macro.signature, macro.example, "macro") for macro in MACROS]
    return (*views, *macros)


def _relation(con: duckdb.DuckDBPyConnection, item: View | Macro, name: str, source: str, kind: str) -> Relation:
    comments = dict(item.columns)
    rows = con.execute(f"DESCRIBE FROM {source}").fetchall()
    return Relation(
        name, kind, item.comment, tuple(Column(column, typed, comments[column]) for column, typed, *_ in rows)
    )
