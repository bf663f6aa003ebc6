from __future__ import annotations

import csv
import io
import json

import polars as pl
import pytest

from hirelens_cli.errors import UsageError
from hirelens_cli.model.store import Answer


def test_formats_hold_the_same_rows(run, app):
    expected = [{"skill": "Python", "n": 3}, {"skill": "=1+1", "n": None}]
    assert json.loads(run("sql", "select", "-f", "json").out) == expected
    assert [json.loads(line) for line in run("sql", "select", "-f", "jsonl").out.splitlines()] == expected
    rows = list(csv.reader(io.StringIO(run("sql", "select", "-f", "csv").out)))
    assert rows == [["skill", "n"], ["Python", "3"], ["'=1+1", ""]]
    assert "| Python | 3 |" in run("sql", "select", "-f", "md").out
    assert "Python" in run("sql", "select").out


def test_no_rows_are_valid_json(run, app):
    app.answers["query"] = Answer(("a",), (), ("INTEGER",))
    assert json.loads(run("sql", "select", "-f", "json").out) == []


def test_numbers_that_json_lacks_are_null(run, app):
    app.answers["query"] = Answer(("a", "b"), ((float("nan"), float("inf")),), ("DOUBLE", "DOUBLE"))
    assert json.loads(run("sql", "select", "-f", "json").out) == [{"a": None, "b": None}]


def test_wrong_sql_is_a_usage_error(run, app):
    app.failure = UsageError("SQL: no such table", "look")
    assert run("sql", "select * from nowhere").code == 2


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl", "a.md", "a.xlsx", "a.parquet", "a.arrow"])
def test_the_ending_of_the_file_picks_the_format(run, app, tmp_path, name):
    assert run("sql", "select", "-o", name).code == 0
    data = (tmp_path / name).read_bytes()
    form = name.partition(".")[2]
    if form in ("csv", "json", "jsonl", "md"):
        assert data.decode() == run("sql", "select", "-f", form).out.replace("\n", "\n")
    elif form == "xlsx":
        assert data[:2] == b"PK"
    else:
        frame = (pl.read_parquet if form == "parquet" else pl.read_ipc)(tmp_path / name)
        assert frame.rows() == [("Python", 3), ("=1+1", None)]


def test_the_statement_comes_from_a_file_or_from_stdin(run, app, tmp_path, monkeypatch):
    (tmp_path / "q.sql").write_text("SELECT 'ü'\n", encoding="utf-8-sig")
    run("sql", "--file", "q.sql")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"SELECT 2")))
    run("sql", "-")
    assert [arguments[0] for name, arguments, _ in app.calls if name == "query"] == ["SELECT 'ü'\n", "SELECT 2"]


@pytest.mark.parametrize("arguments", [[], ["SELECT 1", "--file", "q.sql"]])
def test_nothing_to_ask_or_two_things_are_usage_errors(run, app, arguments):
    ended = run("sql", *arguments)
    assert (ended.code, app.calls) == (2, [])
    assert "say what to ask" in ended.err


def test_a_file_that_is_not_there_or_no_text(run, app, tmp_path):
    assert run("sql", "--file", "nowhere.sql").code == 4
    (tmp_path / "q.sql").write_bytes(b"\xff\xfe")
    assert run("sql", "--file", "q.sql").code == 4


@pytest.mark.parametrize("form", ["xlsx", "parquet", "arrow"])
def test_no_terminal_is_sent_what_is_no_text(run, app, monkeypatch, form):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    ended = run("sql", "select", "--format", form)
    assert (ended.code, app.calls) == (2, [])
    assert f"--output result.{form}" in ended.err
