"""Typed tables, read again by Polars and by DuckDB."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import duckdb
import polars as pl
import pytest

from hirelens_cli.config import RunConfig
from hirelens_cli.rendering.to_frame import COLUMNS, arrow, parquet, partitions, shortlist_frame

ACME = RunConfig(tenant="acme", region="eu")


def test_every_candidate_and_every_unscreened_document_is_a_row(shortlist):
    frame = shortlist_frame(shortlist, ACME)
    assert frame.schema == pl.Schema(COLUMNS)
    people = shortlist.jobs[0].candidates
    assert frame["status"].to_list() == ["scored"] * len(people) + [item.status.value for item in shortlist.unscreened]
    assert frame["score"].to_list()[: len(people)] == [Decimal(person.score) / 100 for person in people]
    for row, person in zip(frame.iter_rows(named=True), people, strict=False):
        assert sum(part["points"] for part in row["parts"]) == row["score"]
        assert (row["tenant"], row["region"], row["candidate"]) == ("acme", "eu", person.candidate)
    assert frame["job"].to_list()[-1] is None


@pytest.mark.parametrize("write", [parquet, arrow])
def test_bytes_are_the_same_again(shortlist, write):
    assert write(shortlist_frame(shortlist, ACME)) == write(shortlist_frame(shortlist, ACME))


def test_both_formats_hold_the_table(shortlist):
    frame = shortlist_frame(shortlist, RunConfig())
    assert pl.read_parquet(io.BytesIO(parquet(frame))).equals(frame)
    assert pl.read_ipc(io.BytesIO(arrow(frame))).equals(frame)
    assert frame["tenant"].null_count() == len(frame)


def test_a_folder_is_partitioned_by_tenant_and_job(shortlist, tmp_path):
    jobs = tuple(replace(shortlist.jobs[0], job=name) for name in ("a b/c=1.pdf", "50%.txt", "日本.txt", ".."))
    for config in (ACME, RunConfig()):
        for name, data in partitions(shortlist_frame(replace(shortlist, jobs=jobs), config), shortlist.run):
            path = tmp_path / name
            assert path.resolve().is_relative_to(tmp_path.resolve())
            path.parent.mkdir(parents=True)
            path.write_bytes(data)
    expected = {(tenant, job) for tenant in ("acme", None) for job in (*(item.job for item in jobs), None)}
    with duckdb.connect() as con:
        found = con.execute(
            "SELECT DISTINCT tenant, job FROM read_parquet(?, hive_partitioning = true)", [f"{tmp_path}/**/*.parquet"]
        ).fetchall()
    assert set(found) == expected
    scanned = pl.scan_parquet(tmp_path / "**" / "*.parquet", hive_partitioning=True).select("tenant", "job").unique()
    assert set(scanned.collect().iter_rows()) == expected
