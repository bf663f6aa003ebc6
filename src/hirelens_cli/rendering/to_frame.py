"""A shortlist as a typed table, for Parquet and Arrow: one row per job and candidate, then one per unscreened document."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import quote

import polars as pl

from hirelens_cli.config import RunConfig
from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.shortlists import CENTI, MILLI, JobShortlist, Part, Ranked, Shortlist
from hirelens_cli.rendering.records import criterion_points

_POINTS, _VALUE, _TEXT, _TEXTS, _NUMBER = (
    pl.Decimal(6, 2),
    pl.Decimal(4, 3),
    pl.String(),
    pl.List(pl.String()),
    pl.Int32(),
)

_EVIDENCE = pl.Struct({"page": _NUMBER, "start": _NUMBER, "end": _NUMBER, "text": _TEXT})
_PART = pl.Struct(
    {
        "criterion": _TEXT,
        "requirement": _TEXT,
        "must": pl.Boolean(),
        "weight": _POINTS,
        "value": _VALUE,
        "points": _POINTS,
        "reason": _TEXT,
        "evidence": pl.List(_EVIDENCE),
    }
)

COLUMNS: dict[str, pl.DataType] = {
    "tenant": _TEXT,
    "region": _TEXT,
    "run": _TEXT,
    "as_of": _TEXT,
    "config": _TEXT,
    "embedder": _TEXT,
    "job": _TEXT,
    "title": _TEXT,
    "status": _TEXT,
    "message": _TEXT,
    "candidate": _TEXT,
    "resume": _TEXT,
    "also": _TEXTS,
    "applicant_id": _TEXT,
    "rank": _NUMBER,
    "score": _POINTS,
    "low": _POINTS,
    "high": _POINTS,
    "percentile": pl.Float64(),
    "first_place": _NUMBER,
    "last_place": _NUMBER,
    **{criterion.value: _POINTS for criterion in Criterion},
    "confidence": _TEXT,
    "summary": _TEXT,
    "strengths": _TEXTS,
    "gaps": _TEXTS,
    "recommendations": _TEXTS,
    "flags": _TEXTS,
    "knockouts": _TEXTS,
    "knocked_out_by": _TEXTS,
    "parts": pl.List(_PART),
}
"""Points are exact decimals; what does not apply is NULL, as is a tenant or region that was not named. Across regions, `region` is the candidate's."""

PARTITION = ("tenant", "job")
"""Levels of a folder of Parquet files; documents that could not be screened belong to no job."""

_NONE = "__HIVE_DEFAULT_PARTITION__"


def shortlist_frame(shortlist: Shortlist, config: RunConfig) -> pl.DataFrame:
    """The table, in the order of the shortlist; `config` says whose it is."""
    common: dict[str, object] = {
        "tenant": config.tenant or None,
        "region": config.region or None,
        "run": shortlist.run,
        "as_of": shortlist.as_of,
        "config": shortlist.config,
        "embedder": shortlist.embedder,
    }
    rows = [common | _candidate(job, ranked) for job in shortlist.jobs for ranked in job.candidates]
    rows += [
        common
        | {
            "status": item.status.value,
            "message": f"{item.message} ({item.hint})" if item.hint else item.message,
            "candidate": item.candidate or None,
            "resume": item.resume or None,
        }
        for item in shortlist.unscreened
    ]
    return pl.DataFrame(rows, schema=COLUMNS)


def partitions(frame: pl.DataFrame, run: str) -> Iterator[tuple[str, bytes]]:
    """(`tenant=acme/job=welder.pdf/RUN.parquet`, its bytes) for each job: a Hive-partitioned data set that grows by runs."""
    for (tenant, job), rows in frame.group_by(*PARTITION, maintain_order=True):
        levels = [
            f"{level}={_folder(str(name)) if name is not None else _NONE}"
            for level, name in zip(PARTITION, (tenant, job), strict=True)
        ]
        yield f"{'/'.join(levels)}/{run}.parquet", parquet(rows.drop(PARTITION))


def parquet(frame: pl.DataFrame) -> bytes:
    """The same rows give the same bytes under the same version of Polars."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=3)
    return buffer.getvalue()


def arrow(frame: pl.DataFrame) -> bytes:
    """Arrow's IPC file format (Feather 2)."""
    buffer = io.BytesIO()
    frame.write_ipc(buffer)
    return buffer.getvalue()


def _folder(name: str) -> str:
    """As Hive writes it: what is neither letter, digit nor one of `. _-` is percent-encoded."""
    return re.sub(r"[^\w. -]", lambda found: quote(found[0], safe="", errors="surrogateescape"), name)


def _candidate(job: JobShortlist, ranked: Ranked) -> dict[str, object]:
    words = ranked.explanation
    return {
        "job": job.job,
        "title": job.title,
        "status": "scored",
        "candidate": ranked.candidate,
        "resume": ranked.resume or None,
        "also": list(ranked.also),
        "applicant_id": ranked.applicant_id or None,
        "rank": ranked.rank,
        "score": _points(ranked.score),
        "low": _points(ranked.interval[0]),
        "high": _points(ranked.interval[1]),
        "percentile": ranked.percentile,
        "first_place": ranked.places[0],
        "last_place": ranked.places[1],
        **{criterion.value: _points(points) for criterion, points in criterion_points(ranked).items()},
        "confidence": ranked.confidence,
        "summary": words.summary,
        "strengths": list(words.strengths),
        "gaps": list(words.gaps),
        "recommendations": list(words.recommendations),
        "flags": list(ranked.flags),
        "knockouts": list(ranked.knockouts),
        "knocked_out_by": list(ranked.knocked_out_by),
        "parts": [_part(part) for part in ranked.parts],
        **({"region": " | ".join(ranked.regions)} if ranked.regions else {}),
    }


def _part(part: Part) -> dict[str, object]:
    return {
        "criterion": part.criterion.value,
        "requirement": part.requirement,
        "must": part.must,
        "weight": _points(part.weight),
        "value": Decimal(part.value) / MILLI,
        "points": _points(part.points),
        "reason": part.reason,
        "evidence": [
            {"page": line.page, "start": line.start, "end": line.end, "text": line.text} for line in part.evidence
        ],
    }


def _points(hundredths: int) -> Decimal:
    return Decimal(hundredths) / CENTI
