"""Exports of several regions in one order: the one that a single workspace with all resumes would give."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import pairwise

import numpy as np
import polars as pl

from hirelens_cli.engine.exports import Entrant, Export, JobPart, Made, export_digest
from hirelens_cli.engine.results import Standing
from hirelens_cli.engine.run import job_shortlist
from hirelens_cli.engine.scoring import Columns, standing_of
from hirelens_cli.engine.shards import differences
from hirelens_cli.errors import InputError
from hirelens_cli.model.shortlists import Counts, JobShortlist, Ranked, Shortlist, Unscreened

_TERMS = {
    "tenant": "tenant",
    "as_of": "as-of date",
    "config": "configuration",
    "version": "version of hirelens",
    "embedder": "embedder",
}


def across(exports: Sequence[Export], top: int | None) -> Shortlist:
    """The `top` best of each job (0: all; None: as many as every region explains), blind, each with its regions.

    Ranks, percentiles and tie bands count everybody. What a region could not screen is listed by id and status. Raises
    InputError where the exports are not of the same work, where two are of one region, or where one explains too few.
    """
    ordered = sorted(exports, key=lambda item: item.region)
    for before, after in pairwise(ordered):
        _require_same(before, after)
    first = ordered[0]
    least = min((item.top for item in ordered if item.top), default=0)
    jobs = tuple(_job(ordered, part.job.job_id, least if top is None else top) for part in first.jobs)
    run = hashlib.sha256("\n".join(map(export_digest, ordered)).encode()).hexdigest()[:16]
    unscreened, counts = _accounted(ordered)
    made = first.made
    return Shortlist(run, made.as_of, made.config, made.embedder, jobs, unscreened, counts, scoring=made.prints.scores)


def _require_same(one: Export, other: Export) -> None:
    """Raises InputError naming all that must be alike and is not."""
    if one.region == other.region:
        raise InputError(f"two exports are of the region {one.region}", "name one export of each region")
    differ = _differing(one.made, other.made) + _differing_jobs(one, other)
    if differ:
        raise InputError(
            f"{one.region} and {other.region} are not of the same work: {'; '.join(differ)}",
            "rank in both regions with the same jobs, settings, --as-of date, version, libraries and model",
        )


def _differing(one: Made, other: Made) -> list[str]:
    found = [
        f"{word} {mine or '(none)'} and {theirs or '(none)'}"
        for key, word in _TERMS.items()
        if (mine := getattr(one, key)) != (theirs := getattr(other, key))
    ]
    found += [
        f"{name} {one.libraries.get(name, '(none)')} and {other.libraries.get(name, '(none)')}"
        for name in sorted({*one.libraries, *other.libraries})
        if one.libraries.get(name) != other.libraries.get(name)
    ]
    if one.model != other.model:
        found.append(f"model {one.model[:16]} and {other.model[:16]}")
    before, after = asdict(one.prints), asdict(other.prints)
    return found + [f"code or data of {word}" for word in differences(one.prints, other.prints) if before != after]


def _differing_jobs(one: Export, other: Export) -> list[str]:
    mine, theirs = ({part.job.job_id: part for part in item.jobs} for item in (one, other))
    found = [f"job {mine[job_id].job.name} is in {one.region} alone" for job_id in mine if job_id not in theirs]
    found += [f"job {theirs[job_id].job.name} is in {other.region} alone" for job_id in theirs if job_id not in mine]
    for job_id in mine:
        if job_id in theirs and not _alike(mine[job_id], theirs[job_id]):
            found.append(f"job {mine[job_id].job.name} is understood or weighed otherwise")
    return found


def _alike(one: JobPart, other: JobPart) -> bool:
    """A region in which nobody was scored for the job has no weights."""
    weighed = not (one.entrants and other.entrants) or one.weights == other.weights
    return weighed and replace(one.job, name="") == replace(other.job, name="")


def _job(exports: Sequence[Export], job_id: str, top: int) -> JobShortlist:
    parts = {item.region: part for item in exports for part in item.jobs if part.job.job_id == job_id}
    regions: defaultdict[str, list[str]] = defaultdict(list)
    entrants: dict[str, Entrant] = {}
    for region, part in parts.items():
        for entrant in part.entrants:
            regions[entrant.candidate].append(region)
            if entrants.setdefault(entrant.candidate, entrant) != entrant:
                raise InputError(
                    f"{entrant.candidate} is not scored alike in {' and '.join(regions[entrant.candidate])}",
                    "correct it in both regions, or give its application the same date, and rank again",
                )
    weighed = next((part for part in parts.values() if part.entrants), next(iter(parts.values())))
    standing = _standing(weighed, list(entrants.values()))
    explained = {ranked.candidate: ranked for part in parts.values() for ranked in part.shortlisted}
    best = standing.doc_ids[: top or None]
    for candidate in best:
        if candidate not in explained:
            raise InputError(
                f"{regions[candidate][0]} explains too few of its candidates for {weighed.job.name}",
                f"export it again with --top {top}, or merge fewer: --top",
            )
    shown = tuple(_placed(explained[item], standing, row, tuple(regions[item])) for row, item in enumerate(best))
    return job_shortlist(standing, shown)


def _standing(part: JobPart, entrants: Sequence[Entrant]) -> Standing:
    """Everyone's place by the code that places the candidates of one run."""
    count = len(part.weights)
    values = np.array([item.values for item in entrants], np.int16).reshape(-1, count)
    points = np.array([part.points(item.values) for item in entrants], np.int32).reshape(-1, count)
    intervals = np.array([item.interval for item in entrants], np.int32).reshape(-1, 2)
    ids = [item.candidate for item in entrants]
    who = pl.DataFrame(
        {"key": ids, "doc_id": ids, "profile_hash": [item.profile for item in entrants]},
        schema=dict.fromkeys(("key", "doc_id", "profile_hash"), pl.String()),
    )
    columns = Columns(points.sum(axis=1, dtype=np.int32), values, points, intervals)
    return standing_of(part.job, (part.weights, part.suggested), who, columns)


def _placed(ranked: Ranked, standing: Standing, row: int, regions: tuple[str, ...]) -> Ranked:
    first, last = standing.places[row].tolist()
    return replace(
        ranked, rank=row + 1, percentile=float(standing.percentiles[row]), places=(first, last), regions=regions
    )


def _accounted(exports: Sequence[Export]) -> tuple[tuple[Unscreened, ...], Counts]:
    """Every document once: what is in several regions is scored where any could, and its copies are duplicates."""
    scored = {candidate for item in exports for candidate in item.scored}
    lost: dict[str, list[Unscreened]] = defaultdict(list)
    for item in exports:
        for candidate, status in item.unscreened:
            told = Unscreened("", candidate, status, f"not screened in {item.region}", "the region knows why")
            lost[candidate].append(told)
    kept = _once(lost, scored)
    total = sum(len(item.scored) + len(item.unscreened) + item.duplicates for item in exports)
    counts = Counts(total, len(scored), len(kept), total - len(scored) - len(kept))
    return kept, counts


def _once(lost: Mapping[str, Sequence[Unscreened]], scored: set[str]) -> tuple[Unscreened, ...]:
    """Files that could not even be opened have no id, so that each counts."""
    found = [*lost.get("", ())]
    found += [items[0] for candidate, items in lost.items() if candidate and candidate not in scored]
    return tuple(sorted(found, key=lambda item: (item.candidate, item.status, item.message)))
