"""A shortlist as Markdown that can be pasted into a mail or an applicant tracking system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.shortlists import CENTI, MILLI, JobShortlist, Part, Ranked, Shortlist
from hirelens_cli.rendering.records import (
    criterion_points,
    criterion_weights,
    interval_text,
    rank_text,
    regions_text,
    remarks,
    same_person_text,
    score_text,
    stages_text,
    ties_text,
)
from hirelens_cli.rendering.safe import safe_markdown


def shortlist_markdown(shortlist: Shortlist) -> bytes:
    """UTF-8: per job an overview table, then each candidate with its parts and quotes; then what was not screened."""
    lines: list[str] = []
    for job in shortlist.jobs:
        lines += _job(job)
    if shortlist.same_person:
        items = [f"- {safe_markdown(same_person_text(same))}" for same in shortlist.same_person]
        lines += ["## Possibly the same person", "", *items, ""]
    if shortlist.unscreened:
        rows = [
            (item.resume or item.candidate, item.status.value, item.message, item.hint) for item in shortlist.unscreened
        ]
        lines += ["## Not screened", "", *table_lines(("File", "Why", "What happened", "What to do"), rows), ""]
    counts = shortlist.counts
    lines.append(
        f"{counts.found} found: {counts.scored} scored, {counts.unscreened} not screened, {counts.duplicates} duplicates. "
        f"As of {shortlist.as_of}; run `{shortlist.run}`, configuration `{shortlist.config}`, "
        f"embedder {safe_markdown(shortlist.embedder)}."
    )
    return ("\n".join(lines) + "\n").encode()


def table_lines(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table; cells are escaped."""
    return [
        "| " + " | ".join(safe_markdown(column) for column in columns) + " |",
        "|" + " --- |" * len(columns),
        *("| " + " | ".join(safe_markdown(cell) for cell in row) + " |" for row in rows),
    ]


def _job(job: JobShortlist) -> Iterator[str]:
    weights = criterion_weights(job)
    columns = (
        "#",
        "Score",
        "Candidate",
        *(f"{item.value} /{weights[item] / CENTI:g}" for item in Criterion),
        "Confidence",
    )
    rows = []
    for ranked in job.candidates:
        points = criterion_points(ranked)
        shares = (f"{points[item] / CENTI:.2f}" for item in Criterion)
        rows.append((rank_text(ranked), score_text(ranked), _who(ranked), *shares, ranked.confidence))
    yield from (f"# {safe_markdown(job.title)}", "", f"{safe_markdown(job.job)}, {job.pool} candidates scored.", "")
    yield from table_lines(columns, rows)
    yield ""
    for note in filter(None, (ties_text(job), stages_text(job))):
        yield from (safe_markdown(note), "")
    for ranked in job.candidates:
        yield from _candidate(ranked)


def _candidate(ranked: Ranked) -> Iterator[str]:
    words = ranked.explanation
    yield from (f"## {ranked.rank}. {safe_markdown(_who(ranked))}: {ranked.score / CENTI:.2f}", "")
    facts = [
        f"candidate `{ranked.candidate}`",
        f"interval {interval_text(ranked)}",
        f"percentile {ranked.percentile:.1f}",
        f"confidence {ranked.confidence}",
    ]
    if ranked.applicant_id:
        facts.append(f"applicant {safe_markdown(ranked.applicant_id)}")
    if ranked.also:
        facts.append("also " + ", ".join(safe_markdown(path) for path in ranked.also))
    if ranked.regions:
        facts.append(safe_markdown(regions_text(ranked)))
    if told := remarks(ranked):
        facts.append("to look at: " + safe_markdown(told))
    yield from (safe_markdown(words.summary), "", "; ".join(facts) + ".", "")
    for heading, texts in (
        ("Strengths", words.strengths),
        ("Gaps", words.gaps),
        ("To ask or check", words.recommendations),
        ("Must-haves without evidence", ranked.knockouts),
    ):
        if texts:
            yield from (f"**{heading}**", "", *(f"- {safe_markdown(text)}" for text in texts), "")
    columns = ("Criterion", "Requirement", "Points", "of", "Value", "Why")
    yield from table_lines(columns, [_part(part) for part in ranked.parts])
    yield ""


def _part(part: Part) -> tuple[str, ...]:
    quotes = "; ".join(f"p.{proof.page} {proof.start}-{proof.end} “{proof.text}”" for proof in part.evidence)
    return (
        part.criterion.value,
        part.requirement + (" (must)" if part.must else ""),
        f"{part.points / CENTI:.2f}",
        f"{part.weight / CENTI:.2f}",
        f"{part.value / MILLI:.3f}",
        "; ".join(text for text in (part.reason, quotes) if text),
    )


def _who(ranked: Ranked) -> str:
    return ranked.resume or ranked.candidate
