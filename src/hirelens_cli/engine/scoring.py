"""Everyone scored for every job, in batches that memory can hold; then the shortlisted explained.

A score does not depend on the pool, so batches change nothing, and the few who are explained are scored again beside
each other alone: what is shown is made by the code that ranked.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.config import Weights
from hirelens_cli.engine.past import Place
from hirelens_cli.engine.results import Standing, candidate_id
from hirelens_cli.engine.stages import Bench, Prepared, Slice, load_pool, load_slice, slice_of
from hirelens_cli.model.codec import decode
from hirelens_cli.model.jobs import Job
from hirelens_cli.model.profiles import Profile
from hirelens_cli.model.shortlists import Ranked
from hirelens_cli.model.tables import JobVectors, Pool, ScoredJob
from hirelens_cli.ports import Queue
from hirelens_cli.scores.combine import score_job
from hirelens_cli.scores.rows import pool_rows
from hirelens_cli.shortlists.bands import bands
from hirelens_cli.shortlists.explain import confidence_of, explain
from hirelens_cli.shortlists.parts import knocked_out_by, knockouts_of, parts_of
from hirelens_cli.shortlists.rank import knocked_out, order, percentiles

BATCH = 4_000
"""Candidates scored at a time: about 150 MB of vectors and terms. With 2,000 each candidate takes a tenth longer."""

_WHO = pl.Schema({"key": pl.String(), "doc_id": pl.String(), "profile_hash": pl.String()})

EXPLAIN_BATCH = 500
"""Candidates explained at a time, whole profiles in memory."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A job, its vectors, and who applied."""

    job: Job
    vectors: JobVectors
    keys: frozenset[str] | None
    """Profile keys of those who applied; None for everyone."""


def score_all(bench: Bench, prepared: Prepared, openings: Sequence[Opening]) -> tuple[Standing, ...]:
    """Every ready candidate's place for every job that the candidate applied for."""
    bench.progress.start("scoring", len(prepared.profiles) * len(openings), Queue.MATCHING)
    matched: list[Matched] = []
    for item in bench.executor.map(match, _tasks(bench, prepared, openings), Queue.MATCHING):
        matched.append(item)
        bench.progress.advance(item.count * len(openings), seconds=item.seconds)
    matched.sort(key=lambda item: item.number)
    slices = [[item.scored[index] for item in matched] for index in range(len(openings))]
    matched.clear()  # so that each job's slices go as soon as they are put together
    return tuple(_standing(opening.job, slices.pop(0)) for opening in openings)


@dataclass(frozen=True, slots=True)
class MatchTask:
    """Score one slice of the applicants for every job."""

    number: int
    part: Slice
    openings: tuple[Opening, ...]
    weights: Weights


@dataclass(frozen=True, slots=True)
class Matched:
    """The slice's points for each job, in the order of the jobs, and whose they are."""

    number: int
    count: int
    scored: tuple[tuple[ScoredJob, pl.DataFrame], ...]
    seconds: float


def match(task: MatchTask) -> Matched:
    """Do one task, in whichever process this is; raises DamagedPartError."""
    started = time.monotonic()
    pool, profiles = load_slice(task.part)
    who = profiles.select("key", "doc_id", "profile_hash")
    rows = pool_rows(pool)
    scored = tuple(
        _only(score_job(pool, opening.job, opening.vectors, task.weights, rows, evidence=False), who, opening.keys)
        for opening in task.openings
    )
    return Matched(task.number, len(who), scored, time.monotonic() - started)


def _tasks(bench: Bench, prepared: Prepared, openings: Sequence[Opening]) -> list[MatchTask]:
    """Slices of whole parts where that is possible: by key alone each slice would read every part."""
    keys = sorted(prepared.profiles, key=lambda key: (prepared.profiles[key], key))
    slices = (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
    return [
        MatchTask(
            number,
            slice_of(bench, prepared, part),
            tuple(_asked(item, part) for item in openings),
            bench.config.weights,
        )
        for number, part in enumerate(slices)
    ]


def _asked(opening: Opening, keys: Sequence[str]) -> Opening:
    """The opening with as many of its applicants as are among `keys`."""
    return opening if opening.keys is None else replace(opening, keys=opening.keys.intersection(keys))


def explain_top(
    bench: Bench,
    prepared: Prepared,
    openings: Sequence[Opening],
    standings: Sequence[Standing],
    top: int,
    *,
    stage: int = 0,
) -> dict[tuple[str, str], Ranked]:
    """(job_id, doc_id) -> the candidate with parts and words, for those of the `top` of each job (0: all) at this stage."""
    wanted: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, standing in enumerate(standings):
        for place, doc_id in enumerate(standing.doc_ids[: top or None]):
            if standing.stages[place] == stage:
                wanted[doc_id].append((number, place))
    keys = sorted(prepared.keys[doc_id] for doc_id in wanted)
    explained: dict[tuple[str, str], Ranked] = {}
    bench.progress.start("explaining", sum(map(len, wanted.values())))
    for start in range(0, len(keys), EXPLAIN_BATCH):
        pool, profiles = load_pool(bench, prepared, keys[start : start + EXPLAIN_BATCH], records=True)
        rows = pool_rows(pool)
        scored = {
            number: score_job(pool, openings[number].job, openings[number].vectors, bench.config.weights, rows)
            for number in {number for doc_id in profiles["doc_id"] for number, _ in wanted[doc_id]}
        }
        for row, (doc_id, record) in enumerate(profiles.select("doc_id", "record").iter_rows()):
            profile = decode(record, Profile)
            for number, place in wanted[doc_id]:
                standing = standings[number]
                ranked = _explained(profile, scored[number], row, pool, _stand(standing, place))
                assert ranked.score == standing.scores[place], "a score does not depend on the pool"
                explained[standing.job.job_id, doc_id] = ranked
                bench.progress.advance()
    return explained


def explain_places(bench: Bench, prepared: Prepared, opening: Opening, places: Sequence[Place]) -> tuple[Ranked, ...]:
    """Candidates explained at the places that a run gave, in that order; blind where the bench is."""
    explained: dict[str, Ranked] = {}
    for start in range(0, len(places), EXPLAIN_BATCH):
        some = {place.doc_id: place for place in places[start : start + EXPLAIN_BATCH]}
        pool, profiles = load_pool(bench, prepared, [prepared.keys[doc_id] for doc_id in some], records=True)
        scored = score_job(pool, opening.job, opening.vectors, bench.config.weights)
        for row, (doc_id, record) in enumerate(profiles.select("doc_id", "record").iter_rows()):
            place = some[doc_id]
            stand = _Stand(place.rank, place.percentile, place.places, place.stage)
            ranked = _explained(decode(record, Profile), scored, row, pool, stand)
            explained[doc_id] = _identified(ranked, place, blind=bench.config.blind)
            bench.progress.advance()
    return tuple(explained[place.doc_id] for place in places)


def _identified(ranked: Ranked, place: Place, *, blind: bool) -> Ranked:
    if blind:
        return replace(ranked, applicant_id=place.applicant_id)
    return replace(ranked, resume=place.resume, also=place.also, name=place.name, applicant_id=place.applicant_id)


@dataclass(frozen=True, slots=True)
class _Stand:
    """What depends on who else is in the pool."""

    rank: int
    percentile: float
    places: tuple[int, int]
    stage: int


def _stand(standing: Standing, place: int) -> _Stand:
    first, last = standing.places[place].tolist()
    return _Stand(place + 1, float(standing.percentiles[place]), (first, last), int(standing.stages[place]))


def _explained(profile: Profile, scored: ScoredJob, row: int, pool: Pool, stand: _Stand) -> Ranked:
    parts = parts_of(profile, scored, row, pool)
    low, high = scored.intervals[row].tolist()
    return Ranked(
        rank=stand.rank,
        candidate=candidate_id(profile.doc_id),
        resume="",
        also=(),
        score=sum(part.points for part in parts),
        percentile=stand.percentile,
        confidence=confidence_of(parts, profile),
        parts=parts,
        explanation=explain(parts, profile, scored.job),
        flags=tuple(dict.fromkeys(issue.code for issue in profile.flags)),
        knockouts=knockouts_of(parts),
        interval=(low, high),
        places=stand.places,
        knocked_out_by=knocked_out_by(parts, scored.job),
        stage=stand.stage,
    )


def _only(scored: ScoredJob, who: pl.DataFrame, keys: frozenset[str] | None) -> tuple[ScoredJob, pl.DataFrame]:
    """The rows of those who applied, without places of passages, which nobody has looked for."""
    scored = replace(scored, passages=np.zeros((0, scored.passages.shape[1]), np.int32))
    if keys is None:
        return scored, who
    rows = np.flatnonzero(who["key"].is_in(keys).to_numpy())
    kept = replace(
        scored,
        values=scored.values[rows],
        points=scored.points[rows],
        scores=scored.scores[rows],
        intervals=scored.intervals[rows],
    )
    return kept, who[rows]


def _standing(job: Job, slices: Sequence[tuple[ScoredJob, pl.DataFrame]]) -> Standing:
    count = len(job.requirements)
    weights = tuple(slices[0][0].weights.tolist()) if slices else (0,) * count
    who = pl.concat([frame for _, frame in slices]) if slices else pl.DataFrame(schema=_WHO)
    scores = np.concatenate([scored.scores for scored, _ in slices]) if slices else np.zeros(0, np.int32)
    values = np.concatenate([scored.values for scored, _ in slices]) if slices else np.zeros((0, count), np.int16)
    points = np.concatenate([scored.points for scored, _ in slices]) if slices else np.zeros((0, count), np.int32)
    spans = np.concatenate([scored.intervals for scored, _ in slices]) if slices else np.zeros((0, 2), np.int32)
    ours = tuple(slices[0][0].suggested.tolist()) if slices else ()
    return standing_of(job, (weights, ours), who, Columns(scores, values, points, spans))


@dataclass(frozen=True, slots=True)
class Columns:
    """What a job's candidates were given, row by row; nothing of it depends on who else is in the pool."""

    scores: NDArray[np.int32]
    values: NDArray[np.int16]
    points: NDArray[np.int32]
    intervals: NDArray[np.int32]

    def gather(self, rows: NDArray[np.int64]) -> Columns:
        """These rows, in this order."""
        return Columns(self.scores[rows], self.values[rows], self.points[rows], self.intervals[rows])


def standing_of(
    job: Job, weights: tuple[tuple[int, ...], tuple[int, ...]], who: pl.DataFrame, columns: Columns
) -> Standing:
    """Everyone's place for a job. `weights` as applied and as suggested; `who` has key, doc_id and profile_hash of each row."""
    by_key = who["key"].arg_sort().to_numpy().astype(np.int64)  # what ties to the end stays in the order of the keys
    who, columns = who[by_key], columns.gather(by_key)
    below = knocked_out(job.requirements, np.array(weights[0], dtype=np.int64), columns.values)
    rows = order(columns.scores, who["profile_hash"], below)
    above, best = len(rows) - int(below.sum()), columns.gather(rows)
    return Standing(
        job,
        weights[0],
        tuple(map(sys.intern, who["doc_id"].gather(rows))),  # one text per candidate, however many jobs there are
        best.scores,
        percentiles(best.scores),
        best.intervals,
        bands(best.intervals, (above,)),
        above,
        best.values,
        best.points,
        np.zeros(len(rows), np.int16),
        weights[1],
    )
