"""The tables that a run leaves behind: what is published to DuckDB is these rows and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from hirelens_cli.model.shortlists import Counts


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run was: nothing in it depends on when, where or how fast it ran."""

    run: str
    as_of: str
    config: str
    embedder: str
    embedder_fingerprint: str
    scores_fingerprint: str
    version: str
    top: int
    counts: Counts
    jobs: tuple[str, ...]
    """job_ids in the order given."""
    digest: str = ""
    """SHA-256 over the de-identified tables; the same work has the same digest."""
    erased: int = 0
    """Documents that were taken out of the tables since; `counts` and places stay as they were."""
    tenant: str = ""
    region: str = ""


STRING, INT, SMALL, FLOAT, BOOL = pl.String(), pl.Int32(), pl.Int16(), pl.Float64(), pl.Boolean()
TEXTS = pl.List(pl.String())

RESULTS: dict[str, dict[str, pl.DataType]] = {
    "documents": {
        "doc_id": STRING,
        "candidate": STRING,
        "status": STRING,
        "message": STRING,
        "hint": STRING,
        "as_of": STRING,
        "bytes": pl.Int64(),
        "copies": INT,
        "profile": STRING,
    },
    "candidates": {
        "doc_id": STRING,
        "language": STRING,
        "months_total": INT,
        "seniority": SMALL,
        "degree_level": SMALL,
        "confidence": STRING,
    },
    "skills": {
        "doc_id": STRING,
        "skill": STRING,
        "how": STRING,
        "months": INT,
        "last_used": STRING,
        "fuzzy": BOOL,
    },
    "positions": {
        "doc_id": STRING,
        "position": SMALL,
        "title": STRING,
        "family": STRING,
        "employer": STRING,
        "start_month": STRING,
        "end_month": STRING,
        "current": BOOL,
        "months": INT,
    },
    "education": {
        "doc_id": STRING,
        "degree": STRING,
        "level": SMALL,
        "field": STRING,
        "institution": STRING,
        "year": INT,
    },
    "jobs": {"job_id": STRING, "job": STRING, "title": STRING, "pool": INT},
    "requirements": {
        "job_id": STRING,
        "requirement": SMALL,
        "criterion": STRING,
        "kind": STRING,
        "text": STRING,
        "must": BOOL,
        "knockout": BOOL,
        "weight": INT,
    },
    "scores": {
        "job_id": STRING,
        "doc_id": STRING,
        "rank": INT,
        "score": INT,
        "percentile": FLOAT,
        "low": INT,
        "high": INT,
        "first_place": INT,
        "last_place": INT,
        "knocked_out": BOOL,
        "stage": SMALL,
    },
    "parts": {"job_id": STRING, "doc_id": STRING, "requirement": SMALL, "value": SMALL, "points": INT},
    "explanations": {
        "job_id": STRING,
        "doc_id": STRING,
        "confidence": STRING,
        "summary": STRING,
        "strengths": TEXTS,
        "gaps": TEXTS,
        "recommendations": TEXTS,
        "flags": TEXTS,
        "knockouts": TEXTS,
    },
    "evidence": {
        "job_id": STRING,
        "doc_id": STRING,
        "requirement": SMALL,
        "reason": STRING,
        "page": INT,
        "start": INT,
        "end": INT,
        "text": STRING,
    },
    "issues": {"doc_id": STRING, "code": STRING, "severity": STRING, "message": STRING},
}
"""The de-identified tables of one run; weights, scores and points are integers in hundredths, values in thousandths."""

IDENTITIES: dict[str, pl.DataType] = {
    "doc_id": STRING,
    "name": STRING,
    "emails": TEXTS,
    "phones": TEXTS,
    "links": TEXTS,
    "resume": STRING,
    "also": TEXTS,
    "applicant_id": STRING,
    "manifest": STRING,
}
"""Who the candidates of one run are; kept in a file of its own. `manifest` holds further columns as JSON."""
