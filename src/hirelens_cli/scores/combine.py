"""Every candidate of a pool scored for one job: columns in, scaled integers out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.config import Weights
from hirelens_cli.model.jobs import Job, RequirementKind
from hirelens_cli.model.shortlists import MILLI
from hirelens_cli.model.tables import JobVectors, Pool, ScoredJob
from hirelens_cli.scores import criteria
from hirelens_cli.scores.copied import without_copied
from hirelens_cli.scores.intervals import intervals
from hirelens_cli.scores.lexical import TermMatrix
from hirelens_cli.scores.rarity import RARE, rarity
from hirelens_cli.scores.rows import PoolRows, pool_rows
from hirelens_cli.scores.semantic import alike, calibration
from hirelens_cli.scores.weights import applied, suggested

PASSAGE_HIGH, TITLE_HIGH, TEXT_HIGH = 0.6, 0.5, 0.9
"""Where a very good resume lies, for the best passages and for whole resumes against title and text: the share of the way
from an ordinary line to a perfect match."""
GUESS, LEAST_GUESS = 0.25, 0.1
"""The most that a skill gets for a passage of like meaning that does not name it; what would get less is about something
else (`B.Tech` for feature engineering), and gets nothing."""
LEAST_LETTERS = 6
DOUBT = 0.4
"""Likeness up to which a passage says nothing of a skill that it does not name."""
WORDS, ALL_WORDS = 0.4, 0.5
"""Share of the words in a value that is made of meaning and words: those of a duty, those of the whole job."""
ROLE = 0.5
"""Share of the positions' titles in the value of the role; the rest is how far the whole resume is about it."""
SATURATED = 0.35
"""No resume holds all of a job's words in many lines: this share of the most that BM25 could give is as good as all."""


@dataclass(frozen=True, slots=True)
class _Matter:
    """What the values of one job are made from, computed once."""

    rows: PoolRows
    job: Job
    vectors: JobVectors
    terms: TermMatrix
    passages: NDArray[np.float64]
    """(candidates, requirements) calibrated likeness of the best passages, 0 to 1."""
    best: NDArray[np.int32]
    """(candidates, requirements) row of the best passage."""
    whole: NDArray[np.float64]
    """(candidates, 2) calibrated likeness of the whole resume to the job's title and to its text."""

    lines: NDArray[np.float64]
    """(candidates,) how far the sentences of the job are each met by passages, 0 to 1."""

    def words(self, index: int) -> tuple[str, ...]:
        return self.vectors.requirement_terms[index] if self.vectors.requirement_terms else ()


def score_job(
    pool: Pool,
    job: Job,
    vectors: JobVectors,
    weights: Weights,
    rows: PoolRows | None = None,
    *,
    evidence: bool = True,
) -> ScoredJob:
    """Score a pool for a job. `rows` is `pool_rows(pool)`, where it is at hand from another job.

    A candidate's scores depend neither on the other candidates nor on their order. Without `evidence` the passages stay
    -1: finding them again for the few who are explained is cheaper than for all.
    """
    rows = without_copied(pool_rows(pool) if rows is None else rows, vectors.shingles, vectors.title_terms)
    rows = replace(rows, skills=rows.skills.filter(pl.col("skill").is_in(criteria.skill_names(job))))
    share = applied(job, weights, vectors.requirement_terms)
    matter = _matter(rows, job, vectors, evidence)
    thousandths = np.zeros((rows.count, len(job.requirements)), dtype=np.int16)
    passages = np.full(thousandths.shape, -1, dtype=np.int32)
    for index in np.flatnonzero(share):
        value, by_meaning = _value(matter, int(index))
        thousandths[:, index] = np.clip(np.floor(value * MILLI + 0.5), 0, MILLI)
        passages[:, index] = np.where(by_meaning & (thousandths[:, index] > 0), matter.best[:, index], -1)
    points = ((share.astype(np.int64) * thousandths + MILLI // 2) // MILLI).astype(np.int32)
    scores = points.sum(axis=1, dtype=np.int32)
    return ScoredJob(
        job=job,
        weights=share,
        suggested=suggested(job, weights, vectors.requirement_terms),
        values=thousandths,
        points=points,
        scores=scores,
        passages=passages,
        intervals=intervals(thousandths, share, job.requirements, scores),
    )


def _matter(rows: PoolRows, job: Job, vectors: JobVectors, evidence: bool) -> _Matter:
    wanted = {term for terms in vectors.requirement_terms for term in terms} | {term for term, _ in vectors.terms}
    count = len(vectors.requirements)
    queries = vectors.requirements if vectors.lines is None else np.concatenate([vectors.requirements, vectors.lines])
    said = queries.any(axis=1)
    likeness, best = np.zeros((rows.count, len(queries))), np.full((rows.count, len(queries)), -1, dtype=np.int32)
    about = np.stack([vectors.title, vectors.whole])
    found = alike(rows, queries[said], about, rows.pool.passages["tells"].to_numpy(), places=evidence)
    best[:, said] = found.places
    likeness[:, said] = calibration(vectors.background, queries[said], PASSAGE_HIGH).value(found.best)
    title = calibration(vectors.background, about[:1], TITLE_HIGH).value(found.whole[:, :1])
    text = calibration(vectors.background, about[1:], TEXT_HIGH).value(found.whole[:, 1:])
    return _Matter(
        rows=rows,
        job=job,
        vectors=vectors,
        terms=TermMatrix(rows, sorted(wanted | set(vectors.title_terms))),
        passages=likeness[:, :count],
        best=best[:, :count],
        whole=np.where(about.any(axis=1), np.concatenate([title, text], axis=1), 0.0),
        lines=_average(likeness[:, count:]),
    )


def _average(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of the columns, added in a fixed order; noughts where there are none."""
    total = np.zeros(len(columns))
    for column in columns.T:
        total += column
    result: NDArray[np.float64] = total / max(columns.shape[1], 1)
    return result


def _value(matter: _Matter, index: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(candidates,) the value of one requirement, 0 to 1, and whether a passage of like meaning is its best evidence."""
    rows, job, asked = matter.rows, matter.job, matter.job.requirements[index]
    match asked.kind:
        case RequirementKind.SKILL:
            # What is known of the skill says more than its words or a passage of like meaning.
            value, known = criteria.skill(rows, job, asked)
            named = _named(matter, matter.words(index))
            guess = GUESS * (matter.passages[:, index] - DOUBT) / (1.0 - DOUBT)
            guess = np.where(guess < LEAST_GUESS, 0.0, guess)
            return np.where(known, value, np.maximum(named, guess)), ~known & (guess > named)
        case RequirementKind.CERTIFICATE:
            value, known = criteria.certificate(rows, asked)
            named = np.where(matter.terms.together(matter.words(index))[0], criteria.CERTIFIED, 0.0)
            return np.where(known, value, named), ~_always(rows)
        case RequirementKind.TITLE:
            exact = criteria.title(rows, job, matter.vectors.title_terms)
            return ROLE * exact + (1.0 - ROLE) * matter.whole[:, 0], exact == 0
        case RequirementKind.RESPONSIBILITY:
            words = matter.terms.coverage(matter.words(index))
            return (1.0 - WORDS) * matter.passages[:, index] + WORDS * words, _always(rows)
        case RequirementKind.DOMAIN:
            title = tuple((term, 1) for term in matter.vectors.title_terms)
            words = np.minimum(matter.terms.relevance((*matter.vectors.terms, *title)) / SATURATED, 1.0)
            meaning = (matter.whole[:, 0] + matter.whole[:, 1] + matter.lines) / 3.0
            return (1.0 - ALL_WORDS) * meaning + ALL_WORDS * words, _always(rows)
        case RequirementKind.YEARS:
            return criteria.years(rows, job, asked), ~_always(rows)
        case RequirementKind.SENIORITY:
            return criteria.seniority(rows, asked), ~_always(rows)
        case RequirementKind.DEGREE:
            return criteria.degree(rows, asked), ~_always(rows)
        case RequirementKind.LANGUAGE:
            return criteria.language(rows, asked), ~_always(rows)
        case _:
            return np.zeros(rows.count), ~_always(rows)


def _named(matter: _Matter, words: tuple[str, ...]) -> NDArray[np.float64]:
    """(candidates,) what it is worth that a passage holds all words of a skill that is not known to be held.

    One word alone (`spring`, `go`) may mean anything: it counts little, and not at all where it is short or common.
    """
    anywhere, at_work = matter.terms.together(words)
    if len(words) > 1:
        return np.select([at_work, anywhere], [criteria.USED_LEAST, criteria.NAMED], 0.0)
    telling = all(len(word) >= LEAST_LETTERS and rarity(word) == RARE for word in words)
    return np.where(anywhere & telling, criteria.NAMED, 0.0)


def _always(rows: PoolRows) -> NDArray[np.bool_]:
    return np.ones(rows.count, dtype=np.bool_)
