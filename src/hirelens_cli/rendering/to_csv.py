"""A shortlist as CSV: one row per job and candidate, then one per document that could not be screened."""

from __future__ import annotations

import csv
import io

from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.shortlists import CENTI, MILLI, JobShortlist, Part, Ranked, Shortlist, Unscreened
from hirelens_cli.rendering.records import criterion_points
from hirelens_cli.rendering.safe import safe_cell

COLUMNS = (
    "job",
    "title",
    "status",
    "rank",
    "candidate",
    "resume",
    "also",
    "applicant_id",
    "score",
    "percentile",
    "interval_low",
    "interval_high",
    "first_place",
    "last_place",
    "stage",
    "confidence",
    *(criterion.value for criterion in Criterion),
    "summary",
    "strengths",
    "gaps",
    "recommendations",
    "flags",
    "knockouts",
    "knocked_out_by",
    "parts",
    "message",
    "run",
    "as_of",
    "config",
    "embedder",
    "regions",
)


def shortlist_csv(shortlist: Shortlist) -> bytes:
    """UTF-8 with a header and CRLF (RFC 4180); lists are joined by ` | `, and no cell can be read as a formula."""
    run = {
        "run": shortlist.run,
        "as_of": shortlist.as_of,
        "config": shortlist.config,
        "embedder": shortlist.embedder,
    }
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for job in shortlist.jobs:
        for ranked in job.candidates:
            writer.writerow(_candidate_row(job, ranked) | run)
    for item in shortlist.unscreened:
        writer.writerow(_unscreened_row(item) | run)
    return out.getvalue().encode()


def rows_csv(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    """Any table of texts as CSV under the same rules."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe_cell(column) for column in columns])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _candidate_row(job: JobShortlist, ranked: Ranked) -> dict[str, str]:
    words = ranked.explanation
    points = criterion_points(ranked)
    texts = {
        "job": job.job,
        "title": job.title,
        "candidate": ranked.candidate,
        "resume": ranked.resume,
        "also": _joined(ranked.also),
        "applicant_id": ranked.applicant_id,
        "confidence": ranked.confidence,
        "summary": words.summary,
        "strengths": _joined(words.strengths),
        "gaps": _joined(words.gaps),
        "recommendations": _joined(words.recommendations),
        "flags": _joined(ranked.flags),
        "knockouts": _joined(ranked.knockouts),
        "knocked_out_by": _joined(ranked.knocked_out_by),
        "regions": _joined(ranked.regions),
        "parts": _joined(tuple(_part_text(part) for part in ranked.parts)),
    }
    numbers = {
        "status": "scored",
        "rank": str(ranked.rank),
        "score": f"{ranked.score / CENTI:.2f}",
        "percentile": f"{ranked.percentile:.1f}",
        "interval_low": f"{ranked.interval[0] / CENTI:.2f}",
        "interval_high": f"{ranked.interval[1] / CENTI:.2f}",
        "first_place": str(ranked.places[0]),
        "last_place": str(ranked.places[1]),
        "stage": str(ranked.stage),
    } | {criterion.value: f"{points[criterion] / CENTI:.2f}" for criterion in Criterion}
    return {key: safe_cell(text) for key, text in texts.items()} | numbers


def _unscreened_row(item: Unscreened) -> dict[str, str]:
    message = f"{item.message} ({item.hint})" if item.hint else item.message
    texts = {"status": item.status.value, "candidate": item.candidate, "resume": item.resume, "message": message}
    return {key: safe_cell(text) for key, text in texts.items()}


def _part_text(part: Part) -> str:
    """`skills: Python (must) 8.00 of 8.00, value 1.000 [p.1 102-140: the line]`."""
    quotes = "".join(f" [p.{proof.page} {proof.start}-{proof.end}: {proof.text}]" for proof in part.evidence)
    must = " (must)" if part.must else ""
    reason = f", {part.reason}" if part.reason else ""
    points = f"{part.points / CENTI:.2f} of {part.weight / CENTI:.2f}, value {part.value / MILLI:.3f}{reason}"
    return f"{part.criterion}: {part.requirement}{must} {points}{quotes}"


def _joined(texts: tuple[str, ...]) -> str:
    return " | ".join(text.replace("|", "/") for text in texts)
