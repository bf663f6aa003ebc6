"""The published store: whole snapshots, read-only answers, nothing else in reach."""

from __future__ import annotations

import shutil
import stat
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from hirelens_cli.backends.duckdb.publish import finished_runs, publish, published_snapshot, snapshot_of
from hirelens_cli.backends.duckdb.queries import query
from hirelens_cli.backends.duckdb.schema import MACROS, SCHEMA_VERSION, VIEWS
from hirelens_cli.errors import ExitCode, InputError, StoreError, UsageError
from hirelens_cli.model.codec import encode
from hirelens_cli.model.results import IDENTITIES, RESULTS, RunRecord
from hirelens_cli.model.shortlists import Counts

DOC = "ab" * 32


def make_run(runs: Path, run: str, score: int = 7825, job: str = "nurse.txt") -> None:
    """A finished run with one candidate, one job and one requirement."""
    folder = runs / run
    folder.mkdir(parents=True)
    rows: dict[str, list[tuple[object, ...]]] = {
        "documents": [(DOC, DOC[:16], "scored", "", "", "2026-11-23", 10, 1, "")],
        "jobs": [("j1", job, "Nurse", 1)],
        "requirements": [("j1", 0, "skills", "skill", "Triage", True, False, 10000)],
        "scores": [("j1", DOC, 1, score, 100.0, score - 50, score, 1, 1, False, 0)],
        "parts": [("j1", DOC, 0, 782, score)],
    }
    for name, schema in RESULTS.items():
        frame = pl.DataFrame(rows.get(name, []), schema=schema, orient="row")
        frame.write_parquet(folder / f"{name}.parquet")
    pl.DataFrame([], schema=IDENTITIES).write_parquet(folder / "identities.parquet")
    counts = Counts(1, 1, 0, 0)
    record = RunRecord(run, "2026-11-23", "c", "static", "e", "s", "0", 20, counts, ("j1",), digest=f"d{score}")
    (folder / "run.json").write_bytes(encode(record))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run, published once: publishing takes a third of a second."""
    folder = tmp_path_factory.mktemp("published")
    make_run(folder / "runs", "r1")
    publish(finished_runs(folder / "runs"), folder / "hirelens.duckdb", folder / "identities.duckdb")
    return folder


@pytest.fixture
def store(published: Path, tmp_path: Path) -> Path:
    """A copy of it, to read or to break."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    return tmp_path / "hirelens.duckdb"


@pytest.mark.slow
def test_the_views_answer_with_the_columns_they_promise(store: Path) -> None:
    for view in VIEWS:
        assert query(store, f"SELECT * FROM {view.name}").columns == tuple(name for name, _ in view.columns)


def test_every_view_column_and_macro_is_commented(store: Path) -> None:
    comments = query(store, "SELECT count(*) FROM duckdb_columns() WHERE table_name LIKE 'v1_%' AND comment IS NULL")
    assert comments.rows == ((0,),)
    macros = query(store, "SELECT count(DISTINCT function_name) FROM duckdb_functions() WHERE comment IS NOT NULL")
    assert macros.rows == ((len(MACROS),),)


def test_the_macros_answer_for_the_latest_run(store: Path) -> None:
    assert query(store, "SELECT rank, score FROM v1_shortlist('nurse.txt', 5)").rows == ((1, Decimal("78.25")),)
    assert len(query(store, f"FROM v1_explain('{DOC[:6]}', 'nurse.txt')").rows) == 1


def test_both_files_are_private_and_of_one_snapshot(store: Path) -> None:
    identities = store.with_name("identities.duckdb")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (store, identities)} == {0o600}
    assert published_snapshot(store) == published_snapshot(identities) != ""
    assert not list(store.parent.glob("*.wal")) + list(store.parent.glob(".*.tmp*"))


@pytest.mark.slow
def test_a_reader_keeps_its_snapshot_while_a_new_one_is_published(store: Path) -> None:
    with duckdb.connect(store, read_only=True) as reader:
        make_run(store.parent / "runs", "r2", score=5000)
        runs = finished_runs(store.parent / "runs")
        publish(runs, store, store.with_name("identities.duckdb"))
        assert reader.execute("SELECT count(*) FROM v1_runs").fetchall() == [(1,)]
    assert published_snapshot(store) == snapshot_of(runs)
    assert query(store, "SELECT count(*) FROM v1_runs").rows == ((2,),)


@pytest.mark.slow
def test_what_an_earlier_version_did_not_keep_is_null(store: Path) -> None:
    make_run(store.parent / "runs", "r0")
    table = store.parent / "runs" / "r0" / "scores.parquet"
    pl.read_parquet(table).drop("low", "high", "first_place", "last_place", "knocked_out", "stage").write_parquet(table)
    publish(finished_runs(store.parent / "runs"), store, store.with_name("identities.duckdb"))
    rows = query(store, "SELECT run, score, low, last_place FROM v1_scores ORDER BY run").rows
    assert rows == (("r0", Decimal("78.25"), None, None), ("r1", Decimal("78.25"), Decimal("77.75"), 1))


@pytest.mark.slow
def test_a_score_that_is_none_is_refused(store: Path) -> None:
    make_run(store.parent / "runs", "r3", score=-1)
    with pytest.raises(Exception, match="publish"):
        publish(finished_runs(store.parent / "runs"), store, store.with_name("identities.duckdb"))
    assert query(store, "SELECT count(*) FROM v1_runs").rows == ((1,),)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY (SELECT 1) TO '{folder}/stolen.csv'",
        "ATTACH '{folder}/other.duckdb'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM '/etc/passwd'",
        "EXPORT DATABASE '{folder}/dump'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT getenv('HOME')",
        "CREATE TABLE mine AS SELECT 1",
        "SELECT 1; SELECT 2",
        "",
        "DROP TABLE scores",
        "INSERT INTO scores SELECT * FROM scores",
    ],
)
def test_sql_reaches_nothing_else_and_changes_nothing(store: Path, sql: str) -> None:
    before = sorted(path.name for path in store.parent.iterdir())
    with pytest.raises(UsageError):
        query(store, sql.format(folder=store.parent))
    assert sorted(path.name for path in store.parent.iterdir()) == before


def test_a_store_that_somebody_else_made_reads_no_file_either(store: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    hostile = tmp_path / "hostile.duckdb"
    with duckdb.connect(hostile) as con:
        con.execute(f"CREATE TABLE meta AS SELECT {SCHEMA_VERSION} AS version, 'x' AS snapshot")
        con.execute(f"CREATE VIEW v1_runs AS SELECT content FROM read_text('{secret}')")
    with duckdb.connect(hostile, read_only=True) as con:
        assert con.execute("FROM v1_runs").fetchall() == [("the secret",)], "read-only alone protects nothing"
    with pytest.raises(UsageError, match="disabled by configuration"):
        query(hostile, "FROM v1_runs")


@pytest.mark.parametrize(
    ("sql", "hint"),
    [
        ("FROM v1_score", "v1_scores"),
        ("SELECT scor FROM v1_scores", "score, scoring"),
        ("SELECT s.candiate FROM v1_scores s", "candidate"),
        ("FROM v1_shortlst('x', 1)", "v1_shortlist"),
        ("FROM v1_shortlist('x')", "v1_shortlist(job_name, k)"),
        ("SELECT lenght(job) FROM v1_jobs", "length"),
        ("SELECT now()", "::VARCHAR"),
        ("SELEC 1", "hirelens schema"),
    ],
)
def test_a_mistake_is_met_with_what_was_probably_meant(store: Path, sql: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        query(store, sql)
    assert hint in caught.value.hint


def test_a_store_that_is_not_there_a_damaged_one_and_a_newer_one(store: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no results yet"):
        query(tmp_path / "none" / "hirelens.duckdb", "SELECT 1")
    newer = tmp_path / "newer.duckdb"
    with duckdb.connect(newer) as con:
        con.execute("CREATE TABLE meta AS SELECT 999 AS version, 'x' AS snapshot")
    with pytest.raises(StoreError, match="newer version") as caught:
        published_snapshot(newer)
    assert caught.value.exit_code is ExitCode.CORRUPT
    data = bytearray(store.read_bytes())
    for position in range(0, len(data), 512):
        data[position] ^= 0xFF
    store.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        published_snapshot(store)


@pytest.mark.slow
def test_a_hostile_job_name_is_only_a_name(tmp_path: Path) -> None:
    name = "x'); DROP TABLE runs; --.txt"
    make_run(tmp_path / "runs", "r1", job=name)
    publish(finished_runs(tmp_path / "runs"), tmp_path / "h.duckdb", tmp_path / "i.duckdb")
    assert query(tmp_path / "h.duckdb", "SELECT job FROM v1_jobs").rows == ((name,),)
