"""The tables under the views: columns as the runs keep them, with what each means. They may change; views do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from hirelens_cli.backends.duckdb.schema import VIEWS, View
from hirelens_cli.model.results import IDENTITIES, INT, RESULTS, STRING


@dataclass(frozen=True, slots=True)
class Table:
    """A table and what is in it."""

    name: str
    comment: str
    types: Mapping[str, pl.DataType]
    comments: Mapping[str, str]
    """One for each column."""


RUN_COLUMNS: dict[str, pl.DataType] = {
    **dict.fromkeys(
        ("run", "as_of", "config", "embedder", "embedder_fingerprint", "scores_fingerprint", "version"), STRING
    ),
    **dict.fromkeys(("top", "found", "scored", "unscreened", "duplicates"), INT),
    **dict.fromkeys(("digest", "tenant", "region"), STRING),
    "sequence": INT,
}

DECISION_COLUMNS: dict[str, pl.DataType] = {
    "sequence": INT,
    **dict.fromkeys(("decided_at", "who", "run", "job", "candidate", "decision", "reason"), STRING),
    "rank": INT,
    "score": INT,
    "digest": STRING,
}

CHECKS: dict[str, tuple[str, ...]] = {
    "scores": ("score BETWEEN 0 AND 10000", "percentile BETWEEN 0 AND 100"),
    "parts": ("value BETWEEN 0 AND 1000", "points BETWEEN 0 AND 10000"),
}
"""What no score may be."""

_COMMENTS: dict[str, str] = {
    "doc_id": "SHA-256 of the document's bytes",
    "job_id": "SHA-256 of the job's file",
    "embedder_fingerprint": "changes whenever the vectors may",
    "scores_fingerprint": "changes whenever the scores may",
    "top": "candidates shown per job; 0 for all",
    "sequence": "order in which the runs were finished",
    "profile": "key of the cached profile that was scored; empty where there is none",
    "decisions.sequence": "line of the ledger, from 0",
    "decisions.score": "the score that was seen, in hundredths of a point; NULL once erased",
    "requirements.weight": "applied weight in hundredths of a point; a job's weights sum to 10000",
    "scores.score": "0 to 10000: hundredths of a point",
    "scores.low": "lowest that the score is taken to be, in hundredths of a point",
    "scores.high": "highest that the score is taken to be, in hundredths of a point",
    "parts.value": "how far it is met, 0 to 1000",
    "parts.points": "hundredths of a point",
    "version": "of the schema; a file with a higher one is refused",
    "runs.version": "version of hirelens",
    "snapshot": "hash of the runs and decisions in this file; both files of one publication have the same",
    "name": "of the candidate, as found",
    "emails": "as found",
    "phones": "as found",
    "links": "as found",
    "resume": "path below the folder that was given",
    "also": "further paths of the same bytes",
    "applicant_id": "from the manifest",
    "manifest": "further columns of the manifest, as JSON",
}
"""By column, or by table and column where it means something else there than in the view of the table's name."""


def _table(name: str, comment: str, types: Mapping[str, pl.DataType], view: View | None = None) -> Table:
    shown = dict(view.columns) if view else {}
    comments = {column: _COMMENTS.get(f"{name}.{column}") or shown.get(column) or _COMMENTS[column] for column in types}
    return Table(name, comment, types, comments)


def _under(view: View, types: Mapping[str, pl.DataType]) -> Table:
    """The table that a view of the same name shows."""
    return _table(view.name.removeprefix("v1_"), f"what {view.name} shows: {view.comment}", types, view)


_COLUMNS = {
    "runs": RUN_COLUMNS,
    **{name: {"run": STRING, **types} for name, types in RESULTS.items()},
    "decisions": DECISION_COLUMNS,
}

TABLES: tuple[Table, ...] = tuple(_under(view, _COLUMNS[view.name.removeprefix("v1_")]) for view in VIEWS)
"""One under each view."""

META = _table("meta", "one row: what this file is", {"version": INT, "snapshot": STRING})

WHO = _table("identities", "who the candidates of each run are", {"run": STRING, **IDENTITIES}, VIEWS[0])

LATEST = View(
    "latest_runs",
    "the run that was finished last with each job",
    "SELECT job, arg_max(run, sequence) AS run FROM jobs JOIN runs USING (run) GROUP BY job",
    (("job", "name of the job's file"), ("run", "the run")),
)
