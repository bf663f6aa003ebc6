"""What former versions of the store left behind: small workspaces as they were written then."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.model.codec import encode
from hirelens_cli.model.results import IDENTITIES, RESULTS

DOC = "cd" * 32
RUN = "0123456789abcdef"
ABSENT = {
    1: {
        "documents": {"profile"},
        "requirements": {"knockout"},
        "scores": {"low", "high", "first_place", "last_place", "knocked_out", "stage"},
    },
    2: {"scores": {"stage"}},
    3: {"scores": {"stage"}},
    4: {},
}
"""Version -> columns that its runs did not keep."""

_ROWS: dict[str, dict[str, object]] = {
    "documents": {
        "doc_id": DOC,
        "candidate": DOC[:16],
        "status": "scored",
        "as_of": "2026-11-23",
        "bytes": 10,
        "copies": 1,
    },
    "candidates": {"doc_id": DOC, "language": "en", "months_total": 60, "confidence": "high"},
    "jobs": {"job_id": "j1", "job": "nurse.txt", "title": "Nurse", "pool": 1},
    "requirements": {
        "job_id": "j1",
        "requirement": 0,
        "criterion": "skills",
        "kind": "skill",
        "text": "Triage",
        "must": True,
        "weight": 10_000,
    },
    "scores": {"job_id": "j1", "doc_id": DOC, "rank": 1, "score": 7825, "percentile": 100.0},
    "parts": {"job_id": "j1", "doc_id": DOC, "requirement": 0, "value": 782, "points": 7825},
}


def make(version: int, root: Path) -> Workspace:
    """A workspace with one run, as that version of the store left it."""
    workspace = Workspace(root)
    folder = workspace.run_folder(RUN)
    folder.mkdir(parents=True)
    for name, schema in {**RESULTS, "identities": IDENTITIES}.items():
        held = {column: kind for column, kind in schema.items() if column not in ABSENT[version].get(name, set())}
        rows = [{column: _ROWS[name].get(column) for column in held}] if name in _ROWS else []
        pl.DataFrame(rows, schema=held).write_parquet(folder / f"{name}.parquet")
    record = {
        **dict.fromkeys(("embedder", "embedder_fingerprint", "scores_fingerprint", "config"), "x"),
        "run": RUN,
        "as_of": "2026-11-23",
        "version": "0.1.0",
        "top": 20,
        "jobs": ["j1"],
        "digest": "d",
        "counts": {"found": 1, "scored": 1, "unscreened": 0, "duplicates": 0},
    }
    (folder / "run.json").write_bytes(encode(record))
    _publish(version, workspace, folder)
    return workspace


def _publish(version: int, workspace: Workspace, folder: Path) -> None:
    """The published file by the statements of that version."""
    with duckdb.connect(workspace.database) as con:
        con.execute("CREATE TABLE meta (version INTEGER, snapshot VARCHAR)")
        con.execute("INSERT INTO meta VALUES (?, 'former')", [version])
        con.execute(
            "CREATE TABLE runs (run VARCHAR, as_of VARCHAR, config VARCHAR, embedder VARCHAR, embedder_fingerprint VARCHAR,"
            " scores_fingerprint VARCHAR, version VARCHAR, top INTEGER, found INTEGER, scored INTEGER,"
            " unscreened INTEGER, duplicates INTEGER, digest VARCHAR, sequence INTEGER)"
        )
        con.execute(
            "INSERT INTO runs VALUES (?, '2026-11-23', 'x', 'x', 'x', 'x', '0.1.0', 20, 1, 1, 0, 0, 'd', 0)", [RUN]
        )
        for name in RESULTS:
            con.execute(f"CREATE TABLE {name} AS SELECT '{RUN}' AS run, * FROM read_parquet('{folder / name}.parquet')")
        if version > 1:
            con.execute(
                "CREATE TABLE decisions (sequence INTEGER, decided_at VARCHAR, who VARCHAR, run VARCHAR, job VARCHAR,"
                " candidate VARCHAR, decision VARCHAR, reason VARCHAR, rank INTEGER, score INTEGER, digest VARCHAR)"
            )
        con.execute("CREATE VIEW v1_runs AS SELECT run, as_of, config, embedder, version, found, scored FROM runs")
