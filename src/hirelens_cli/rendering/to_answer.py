"""What `sql` answers: rows of any types, as JSON, text tables, workbooks and typed tables."""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from hirelens_cli.model.store import Answer

if TYPE_CHECKING:
    import polars as pl


def answer_json(answer: Answer) -> bytes:
    """An array with one object per row. JSON has no NaN and no infinity; they become null."""
    return ("[" + ",\n ".join(_objects(answer)) + "]\n").encode(errors="backslashreplace")


def answer_jsonl(answer: Answer) -> bytes:
    """One object per row and line."""
    return "".join(line + "\n" for line in _objects(answer)).encode(errors="backslashreplace")


def answer_texts(answer: Answer) -> list[tuple[str, ...]]:
    """The rows as texts, for tables of texts."""
    return [tuple(_text(value) for value in row) for row in answer.rows]


def answer_csv(answer: Answer) -> bytes:
    """UTF-8 with a header and CRLF; no cell can be read as a formula."""
    from hirelens_cli.rendering.to_csv import rows_csv

    return rows_csv(answer.columns, answer_texts(answer))


def answer_markdown(answer: Answer) -> bytes:
    """A table."""
    from hirelens_cli.rendering.to_markdown import table_lines

    return ("\n".join(table_lines(answer.columns, answer_texts(answer))) + "\n").encode()


def answer_xlsx(answer: Answer) -> bytes:
    """A workbook with one sheet of typed cells; raises UsageError where it cannot hold so many rows."""
    from hirelens_cli.rendering.to_xlsx import Sheet, workbook

    rows = [tuple(_cell(value) for value in row) for row in answer.rows]
    return workbook([Sheet("Answer", answer.columns, rows)])


def answer_parquet(answer: Answer) -> bytes:
    """Columns of the types that DuckDB answered with; what Parquet has no type for is text."""
    from hirelens_cli.rendering.to_frame import parquet

    return parquet(_frame(answer))


def answer_arrow(answer: Answer) -> bytes:
    """The same in Arrow's IPC file format."""
    from hirelens_cli.rendering.to_frame import arrow

    return arrow(_frame(answer))


RENDERERS: dict[str, Callable[[Answer], bytes]] = {
    "json": answer_json,
    "jsonl": answer_jsonl,
    "csv": answer_csv,
    "md": answer_markdown,
    "xlsx": answer_xlsx,
    "parquet": answer_parquet,
    "arrow": answer_arrow,
}
"""By the name of the format."""


def _objects(answer: Answer) -> list[str]:
    return [
        json.dumps(
            dict(zip(answer.columns, map(_plain, row), strict=True)), ensure_ascii=False, default=str, allow_nan=False
        )
        for row in answer.rows
    ]


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_text(item) for item in value)
    return str(value)


def _cell(value: object) -> object:
    plain = value is None or isinstance(value, bool | int | float | Decimal | datetime.date)
    return value if plain else _text(value)


def _frame(answer: Answer) -> pl.DataFrame:
    import polars as pl

    names = _distinct(answer.columns)
    schema = {name: _type(kind) for name, kind in zip(names, answer.types, strict=True)}
    columns = zip(*answer.rows, strict=True) if answer.rows else ((),) * len(names)
    return pl.DataFrame(
        [
            pl.Series(name, [_kept(value, kind == pl.String()) for value in column], dtype=kind)
            for (name, kind), column in zip(schema.items(), columns, strict=True)
        ]
    )


def _distinct(columns: tuple[str, ...]) -> list[str]:
    """Names that SQL may repeat and a table may not: the second `n` becomes `n_2`."""
    names: list[str] = []
    for column in columns:
        name, number = column, 1
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names


def _kept(value: object, as_text: bool) -> object:
    return _text(value) if as_text and value is not None else value


def _type(kind: str) -> pl.DataType:
    """Polars' type for one of DuckDB's; text for those that have no like."""
    import polars as pl

    if kind == "VARCHAR[]":
        return pl.List(pl.String())
    decimal = re.fullmatch(r"DECIMAL\((\d+),\s*(\d+)\)", kind)
    if decimal:
        return pl.Decimal(int(decimal[1]), int(decimal[2]))
    known: dict[str, pl.DataType] = {
        "BOOLEAN": pl.Boolean(),
        "TINYINT": pl.Int8(),
        "SMALLINT": pl.Int16(),
        "INTEGER": pl.Int32(),
        "BIGINT": pl.Int64(),
        "UTINYINT": pl.UInt8(),
        "USMALLINT": pl.UInt16(),
        "UINTEGER": pl.UInt32(),
        "UBIGINT": pl.UInt64(),
        "HUGEINT": pl.Decimal(38, 0),  # what sum() answers
        "FLOAT": pl.Float32(),
        "DOUBLE": pl.Float64(),
        "DATE": pl.Date(),
        "TIMESTAMP": pl.Datetime("us"),
        "BLOB": pl.Binary(),
    }
    return known.get(kind, pl.String())
