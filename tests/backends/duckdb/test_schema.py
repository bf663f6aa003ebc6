"""What the store promises: views that stay, comments on all of it, files of former versions brought forward."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from hirelens_cli import app
from hirelens_cli.assembly import bring_up_to_date
from hirelens_cli.backends.duckdb.create import create_identities, create_results
from hirelens_cli.backends.duckdb.describe import described
from hirelens_cli.backends.duckdb.publish import published_snapshot
from hirelens_cli.backends.duckdb.schema import SCHEMA_VERSION, VIEWS
from hirelens_cli.config import RunConfig
from hirelens_cli.errors import LockedError, StoreError, UsageError

spec = importlib.util.spec_from_file_location("former_stores", Path(__file__).with_name("former_stores.py"))
assert spec is not None
assert spec.loader is not None
former_stores = importlib.util.module_from_spec(spec)
spec.loader.exec_module(former_stores)

PROMISED = Path(__file__).parent / "v1.json"
ASKED = "runs documents candidates skills positions education jobs requirements scores parts evidence issues decisions"


def test_no_view_or_macro_has_changed():
    """`HIRELENS_UPDATE=1 pytest tests/backends/duckdb` accepts a change; only additions keep the promise of v1."""
    now = {item.name: {column.name: column.type for column in item.columns} for item in described()}
    if os.environ.get("HIRELENS_UPDATE"):
        PROMISED.write_text(json.dumps(now, indent=1) + "\n")
    promised = json.loads(PROMISED.read_text())
    assert list(now) == list(promised)
    for name, columns in promised.items():
        assert list(now[name].items()) == list(columns.items()), name


def test_every_promised_view_is_there():
    assert {f"v1_{name}" for name in ASKED.split()} <= {view.name for view in VIEWS}


@pytest.mark.parametrize("create", [create_results, create_identities])
def test_every_table_view_column_and_macro_says_what_it_is(create):
    with duckdb.connect() as con:
        create(con, "")
        for kind in ("tables", "views", "columns"):
            bare = con.execute(f"FROM duckdb_{kind}() WHERE NOT internal AND coalesce(comment, '') = ''").fetchall()
            assert bare == []
        bare = con.execute("FROM duckdb_functions() WHERE NOT internal AND coalesce(comment, '') = ''").fetchall()
        assert bare == []


def test_schema_by_name_and_the_nearest_name():
    assert [item.name for item in app.schema(["v1_explain", "v1_jobs"])] == [
        "v1_explain(candidate_id, job_name)",
        "v1_jobs",
    ]
    with pytest.raises(UsageError) as caught:
        app.schema(["v1_skill"])
    assert "v1_skills" in caught.value.hint


@pytest.mark.parametrize("table", ["scores"])
@pytest.mark.parametrize("value", ["'NaN'", "'inf'", "-1", "101"])
def test_what_is_no_number_never_gets_in(table, value):
    with duckdb.connect() as con:
        create_results(con, "")
        with pytest.raises(duckdb.ConstraintException):
            con.execute(f"INSERT INTO {table} (run, percentile) VALUES ('r', {value}::DOUBLE)")
        floats = con.execute("SELECT table_name FROM duckdb_columns() WHERE data_type = 'DOUBLE'").fetchall()
        assert {name for (name,) in floats} == {table, f"v1_{table}"}, "each has to be guarded"


@pytest.mark.slow
@pytest.mark.parametrize("version", sorted(former_stores.ABSENT))
def test_a_store_of_a_former_version_is_brought_forward_when_it_is_asked(tmp_path, version):
    workspace = former_stores.make(version, tmp_path)
    config = RunConfig(workspace=str(tmp_path))
    answer = app.query(
        "SELECT run, score, low, tenant, scoring FROM v1_scores JOIN v1_runs USING (run, scoring)", config
    )
    assert answer.rows == ((former_stores.RUN, Decimal("78.25"), None, "", "x"),)
    with duckdb.connect(workspace.database, read_only=True) as con:
        assert con.execute("SELECT version FROM meta").fetchall() == [(SCHEMA_VERSION,)]
    types = {(item.name, column.name): column.type for item in described() for column in item.columns}
    rows = app.query(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE table_name LIKE 'v1%'", config
    )
    assert {(name, column): kind for name, column, kind in rows.rows}.items() <= types.items()


def test_former_versions_are_all_tested():
    assert sorted(former_stores.ABSENT) == list(range(1, SCHEMA_VERSION))


def test_a_former_store_is_left_alone_where_it_alone_holds_a_run(tmp_path):
    workspace = former_stores.make(2, tmp_path)
    before = workspace.database.read_bytes()
    shutil.rmtree(workspace.run_folder(former_stores.RUN))
    with pytest.raises(StoreError, match="kept nowhere else"):
        app.query("SELECT 1", RunConfig(workspace=str(tmp_path)))
    assert workspace.database.read_bytes() == before


@pytest.mark.slow
def test_a_former_store_waits_for_the_run_that_is_at_work(tmp_path):
    workspace = former_stores.make(2, tmp_path)
    with workspace.locked(), pytest.raises(LockedError):
        bring_up_to_date(workspace)
    bring_up_to_date(workspace)
    assert published_snapshot(workspace.database)


def test_a_store_of_a_newer_version_is_refused(tmp_path):
    with duckdb.connect(tmp_path / "hirelens.duckdb") as con:
        con.execute(f"CREATE TABLE meta AS SELECT {SCHEMA_VERSION + 1} AS version, 'x' AS snapshot")
    with pytest.raises(StoreError, match="newer version") as caught:
        app.query("SELECT 1", RunConfig(workspace=str(tmp_path)))
    assert caught.value.exit_code == 7
