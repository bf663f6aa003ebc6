from __future__ import annotations

import csv
import io
import json
from types import SimpleNamespace

from hirelens_cli.errors import UsageError


def test_formats_hold_the_same_rows(run, app):
    expected = [{"skill": "Python", "n": 3}, {"skill": "=1+1", "n": None}]
    assert json.loads(run("sql", "select", "-f", "json").out) == expected
    assert [json.loads(line) for line in run("sql", "select", "-f", "jsonl").out.splitlines()] == expected
    rows = list(csv.reader(io.StringIO(run("sql", "select", "-f", "csv").out)))
    assert rows == [["skill", "n"], ["Python", "3"], ["'=1+1", ""]]
    assert "| Python | 3 |" in run("sql", "select", "-f", "md").out
    assert "Python" in run("sql", "select").out


def test_no_rows_are_valid_json(run, app):
    app.answers["query"] = SimpleNamespace(columns=("a",), rows=())
    assert json.loads(run("sql", "select", "-f", "json").out) == []


def test_numbers_that_json_lacks_are_null(run, app):
    app.answers["query"] = SimpleNamespace(columns=("a", "b"), rows=((float("nan"), float("inf")),))
    assert json.loads(run("sql", "select", "-f", "json").out) == [{"a": None, "b": None}]


def test_wrong_sql_is_a_usage_error(run, app):
    app.failure = UsageError("SQL: no such table", "look")
    assert run("sql", "select * from nowhere").code == 2
