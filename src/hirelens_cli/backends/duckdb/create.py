"""An empty store: tables, views and macros with their comments, in whichever database is open."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import polars as pl

from hirelens_cli.backends.duckdb.schema import MACROS, SCHEMA_VERSION, VIEWS
from hirelens_cli.backends.duckdb.tables import CHECKS, LATEST, META, TABLES, WHO, Table

_TYPES: dict[pl.DataType, str] = {
    pl.String(): "VARCHAR",
    pl.Int16(): "SMALLINT",
    pl.Int32(): "INTEGER",
    pl.Int64(): "BIGINT",
    pl.Float64(): "DOUBLE",
    pl.Boolean(): "BOOLEAN",
    pl.List(pl.String()): "VARCHAR[]",
}


def create_results(con: duckdb.DuckDBPyConnection, snapshot: str) -> None:
    """The de-identified store without a row."""
    _create_meta(con, snapshot)
    for table in TABLES:
        _create(con, table)
    con.execute(f"CREATE VIEW {LATEST.name} AS {LATEST.query}")
    for view in VIEWS:
        con.execute(f"CREATE VIEW {view.name} AS {view.query}")
    for view in (LATEST, *VIEWS):
        _comment(con, "VIEW", view.name, view.comment, dict(view.columns))
    for macro in MACROS:
        con.execute(f"CREATE MACRO {macro.signature} AS TABLE {macro.query}")
        con.execute(f"COMMENT ON MACRO TABLE {macro.name} IS {literal(macro.comment)}")


def create_identities(con: duckdb.DuckDBPyConnection, snapshot: str) -> None:
    """The store of who the candidates are, without a row."""
    _create_meta(con, snapshot)
    _create(con, WHO)


def quoted(name: str) -> str:
    """A name as SQL reads it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL reads it, whatever it holds; for statements that take no bound parameters."""
    return "'" + text.replace("'", "''") + "'"


def _create_meta(con: duckdb.DuckDBPyConnection, snapshot: str) -> None:
    _create(con, META)
    con.execute(f"INSERT INTO {META.name} VALUES (?, ?)", [SCHEMA_VERSION, snapshot])  # noqa: S608 - our own name


def _create(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    declared = [f"{quoted(name)} {_TYPES[kind]}" for name, kind in table.types.items()]
    # NULL is what an earlier version did not keep; NaN would come first in every descending order.
    finite = [f"CHECK (isfinite({quoted(name)}))" for name, kind in table.types.items() if kind == pl.Float64()]
    checks = [f"CHECK ({check})" for check in CHECKS.get(table.name, ())]
    con.execute(f"CREATE TABLE {quoted(table.name)} ({', '.join(declared + finite + checks)})")
    _comment(con, "TABLE", table.name, table.comment, table.comments)


def _comment(con: duckdb.DuckDBPyConnection, kind: str, name: str, comment: str, columns: Mapping[str, str]) -> None:
    con.execute(f"COMMENT ON {kind} {quoted(name)} IS {literal(comment)}")
    for column, text in columns.items():
        con.execute(f"COMMENT ON COLUMN {quoted(name)}.{quoted(column)} IS {literal(text)}")
