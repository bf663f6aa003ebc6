"""Answers of every type that DuckDB has, in every format."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal

import duckdb
import polars as pl

from hirelens_cli.model.store import Answer
from hirelens_cli.rendering.to_answer import RENDERERS, answer_arrow, answer_json, answer_parquet, answer_texts

SQL = """SELECT 1::SMALLINT a, 'x' b, 1.25::DECIMAL(6, 2) c, ['p', 'q'] d, DATE '2020-01-02' e, true f, NULL g,
    {'k': 1} h, sum(3) i, INTERVAL 3 DAY j, TIMESTAMP '2020-01-02 03:04:05' k, uuid() l, 'ab'::BLOB m, TIME '10:00' n,
    'nan'::DOUBLE o, [1, 2] p, [[1.5]] q, 1 r, 2 r, map {'u': 1} s, '=1+1' t"""


def answer(sql: str = SQL) -> Answer:
    with duckdb.connect() as con:
        result = con.execute(sql)
        described = result.description or ()
        return Answer(
            tuple(str(item[0]) for item in described),
            tuple(result.fetchall()),
            tuple(str(item[1]) for item in described),
        )


def test_every_format_takes_every_type():
    for name, render in RENDERERS.items():
        assert render(answer()), name
    assert len(answer_texts(answer())[0]) == 21


def test_types_are_kept_and_the_rest_is_text():
    found = answer()
    frame = pl.read_parquet(io.BytesIO(answer_parquet(found)))
    assert frame.columns[17:19] == ["r", "r_2"]
    row = frame.row(0, named=True)
    assert (row["a"], row["c"], row["d"], row["i"]) == (1, Decimal("1.25"), ["p", "q"], Decimal(3))
    assert (row["h"], row["p"]) == ("{'k': 1}", "1, 2")
    assert frame.schema["k"] == pl.Datetime("us")
    assert pl.read_ipc(io.BytesIO(answer_arrow(found))).equals(frame)


def test_no_rows_keep_their_columns_and_types():
    nothing = answer("SELECT 1::BIGINT a, 'x' b WHERE false")
    assert pl.read_parquet(io.BytesIO(answer_parquet(nothing))).schema == pl.Schema({"a": pl.Int64, "b": pl.String})
    for name, render in RENDERERS.items():
        assert render(nothing) or name == "jsonl"


def test_numbers_inside_lists_are_json_too():
    assert json.loads(answer_json(answer("SELECT [1.5::DECIMAL(3, 1), NULL] AS a, ['nan'::DOUBLE] AS b"))) == [
        {"a": [1.5, None], "b": [None]}
    ]


def test_the_workbook_has_no_formula():
    pages = zipfile.ZipFile(io.BytesIO(RENDERERS["xlsx"](answer())))
    assert b"<f>" not in pages.read("xl/worksheets/sheet1.xml")
