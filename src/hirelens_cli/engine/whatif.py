"""What would be if: other weights, requirements met, requirements dropped. All from the values that a run stored."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.config import Weights
from hirelens_cli.engine.past import PastRun, Place
from hirelens_cli.engine.results import candidate_id
from hirelens_cli.errors import InputError, StoreError, UsageError
from hirelens_cli.model.comparisons import (
    Cost,
    JobCost,
    Lift,
    Move,
    PartChange,
    Reweighted,
    Share,
    Standing,
    Step,
    WhatIf,
)
from hirelens_cli.model.jobs import CRITERION_OF, Criterion, Job, Requirement, RequirementKind
from hirelens_cli.model.shortlists import MILLI
from hirelens_cli.scores.weights import applied
from hirelens_cli.shortlists.rank import knocked_out, least_evidence

Terms = tuple[tuple[str, ...], ...]
"""The lexical terms of each requirement, by which rare ones weigh more."""

_QUARTERS = ((2, "the better half"), (4, "the best quarter"))


def what_if(
    past: PastRun, job: Job, weights: Weights, without: Sequence[str], terms: Terms, *, top: int, blind: bool
) -> WhatIf:
    """The order under `weights` and without the requirements named in `without`, the `top` best (0: all).

    A requirement that is left out gives its weight to the others, as if the job did not ask it. Raises UsageError where
    a requirement is not asked or the run holds no values for one that would count, InputError where the pool was empty,
    StoreError where this version weighs differently from the one that made the run.
    """
    asked = past.table("requirements").filter(pl.col("job_id") == job.job_id).sort("requirement")
    if not asked["weight"].sum():
        raise InputError(f"nobody was scored for {job.name} in run {past.record.run}")
    old = np.asarray(asked["weight"], dtype=np.int64)
    if applied(job, past.terms.config.weights, terms).tolist() != old.tolist():
        raise StoreError(f"run {past.record.run} was made by another version of hirelens", "run `hirelens rank` again")
    new = applied(_without(job, without), weights, terms).astype(np.int64)
    if not new.any():
        raise UsageError("nothing that the job asks would count", "leave some weight on what it asks")
    unknown = [job.requirements[index].text for index in np.flatnonzero((new > 0) & (old == 0))]
    if unknown:
        raise UsageError(
            f"the run gave no weight to {unknown[0]}, so it holds no values for it",
            "run `hirelens rank` with these weights",
        )
    scores, values = stored_values(past, job, len(old))
    points = (new * values + MILLI // 2) // MILLI
    totals = points.sum(axis=1)
    ranked = scores.select("doc_id", "rank", "score", "stage").with_columns(
        total=pl.Series(totals), row=pl.int_range(pl.len())
    )
    ranked = ranked.with_columns(below=pl.Series(knocked_out(job.requirements, new, values)))
    # Who came to a cascade's second stage is not asked again: that would need everyone's vectors.
    ranked = ranked.sort(["below", "stage", "total", "rank"], descending=[False, True, True, False]).with_columns(
        now=pl.int_range(1, pl.len() + 1)
    )
    people = past.table("identities").select("doc_id", "resume", "name")
    shown = (ranked.head(top) if top else ranked).join(people, on="doc_id", how="left", maintain_order="left")
    moves = tuple(
        Move(
            candidate_id(row["doc_id"]),
            "" if blind else row["resume"] or "",
            "" if blind else row["name"] or "",
            Standing(row["rank"], row["score"]),
            Standing(row["now"], row["total"]),
            _changes(job, old, new, values[row["row"]]),
        )
        for row in shown.iter_rows(named=True)
    )
    return WhatIf(
        past.record.run,
        job.name,
        job.title,
        len(ranked),
        tuple(
            Reweighted(item.text, criterion, int(old[index]), int(new[index]))
            for index, item in enumerate(job.requirements)
            if old[index] != new[index] and (criterion := CRITERION_OF[item.kind])
        ),
        moves,
        moved=len(ranked.filter(pl.col("rank") != pl.col("now"))),
    )


def _without(job: Job, without: Sequence[str]) -> Job:
    gone = {_named(job, text) for text in without}
    kept = [replace(item, weight=0.0) if index in gone else item for index, item in enumerate(job.requirements)]
    return replace(job, requirements=tuple(kept))


def _named(job: Job, wanted: str) -> int:
    """The requirement with this text, or the only one that holds it; raises UsageError."""
    texts = {index: item.text.casefold() for index, item in enumerate(job.requirements) if CRITERION_OF[item.kind]}
    asked = wanted.casefold().strip()
    exact = [index for index, text in texts.items() if text == asked]
    holding = [index for index, text in texts.items() if asked and asked in text]
    if exact:
        return exact[0]
    if len(holding) == 1:
        return holding[0]
    names = [job.requirements[index].text for index in holding] or [item.text for item in job.requirements]
    near = names if holding else difflib.get_close_matches(wanted, names, 3, 0.4) or names
    what = f"{len(holding)} requirements of {job.name} hold {wanted!r}" if holding else f"{job.name} asks no {wanted!r}"
    raise UsageError(what, f"did you mean: {'; '.join(near[:5])}?")


def stored_values(past: PastRun, job: Job, count: int) -> tuple[pl.DataFrame, NDArray[np.int64]]:
    """The job's scores by rank, and the value of each requirement in thousandths, one row per candidate."""
    scores = past.table("scores").filter(pl.col("job_id") == job.job_id).sort("rank")
    parts = past.table("parts").filter(pl.col("job_id") == job.job_id)
    places = scores.select("doc_id", row=pl.int_range(pl.len()))
    rows = parts.join(places, on="doc_id")
    values = np.zeros((len(scores), count), dtype=np.int64)
    values[rows["row"].to_numpy(), rows["requirement"].to_numpy()] = rows["value"].to_numpy()
    return scores, values


def _changes(
    job: Job, old: NDArray[np.int64], new: NDArray[np.int64], values: NDArray[np.int64]
) -> tuple[PartChange, ...]:
    before, after = (old * values + MILLI // 2) // MILLI, (new * values + MILLI // 2) // MILLI
    rows = []
    for index in np.flatnonzero(before != after):
        asked, value = job.requirements[index], int(values[index])
        criterion = CRITERION_OF[asked.kind]
        assert criterion is not None
        rows.append(
            PartChange(
                asked.text,
                criterion,
                asked.must,
                Share(int(old[index]), value, int(before[index])),
                Share(int(new[index]), value, int(after[index])),
            )
        )
    return tuple(sorted(rows, key=lambda part: -abs(part.change)))


def lifts(past: PastRun, job: Job, place: Place) -> tuple[Lift, ...]:
    """What would bring a candidate to the place above and into the next quarter: the fewest requirements met in full.

    Not past another stage of a cascade, whose scores are by another embedder. The whole resume's likeness to the whole job is left out: nobody can add that. A score must be exceeded, since the
    order of equal scores is not the candidate's. Who was knocked out needs evidence of what it was for, first of all.
    """
    scores, values = stored_values(past, job, len(job.requirements))
    asked = past.table("requirements").filter(pl.col("job_id") == job.job_id).sort("requirement")
    weights = np.asarray(asked["weight"], dtype=np.int64)
    out = knocked_out(job.requirements, weights, values)
    mine = values[place.rank - 1]
    losses = weights - (weights * mine + MILLI // 2) // MILLI
    lost = [
        (int(losses[number]), int(number))
        for number in np.flatnonzero(losses)
        if job.requirements[number].kind is not RequirementKind.DOMAIN
    ]
    lost.sort(key=lambda item: (-item[0], item[1]))
    missed = [
        item for item in lost if (it := job.requirements[item[1]]).knockout and mine[item[1]] <= least_evidence(it.kind)
    ]
    goals = {place.rank - 1: f"rank {place.rank - 1}"} if place.rank > 1 else {}
    for divisor, name in _QUARTERS:
        last = -(-len(scores) // divisor)
        if place.rank > last:
            goals[last] = f"{goals[last]}, {name}," if last in goals else name
            break
    found = []
    for rank, goal in goals.items():
        if (scores["stage"][rank - 1] or 0) != place.stage:
            continue
        first = [] if out[rank - 1] else missed
        needed = max(int(scores["score"][rank - 1]) + 1 - place.score, sum(loss for loss, _ in first))
        found.append(Lift(goal, rank, needed, _path(job, first, [item for item in lost if item not in first], needed)))
    return tuple(found)


def _path(job: Job, first: Sequence[tuple[int, int]], lost: Sequence[tuple[int, int]], needed: int) -> tuple[Step, ...]:
    """The steps that cannot be left out, then the fewest others; empty where even all would not do."""
    given = tuple(_step(job.requirements[number], loss, loss) for loss, number in first)
    rest = needed - sum(loss for loss, _ in first)
    more = _steps(job, lost, rest) if rest > 0 else ()
    return given + more if more or rest <= 0 else ()


def _steps(job: Job, lost: Sequence[tuple[int, int]], needed: int) -> tuple[Step, ...]:
    """The largest losses until what is left is no more than one more loss; of those that do, the smallest."""
    rest = needed
    steps: list[Step] = []
    for at, (loss, number) in enumerate(lost):
        if loss >= rest:
            enough = [item for item in lost[at:] if item[0] >= rest]
            loss, number = enough[-1]
            return (*steps, _step(job.requirements[number], rest, loss))
        steps.append(_step(job.requirements[number], loss, loss))
        rest -= loss
    return ()


def _step(asked: Requirement, gain: int, lost: int) -> Step:
    criterion = CRITERION_OF[asked.kind]
    assert criterion is not None
    return Step(asked.text, criterion, asked.must, gain, lost)


def job_cost(past: PastRun, job: Job, *, top: int = 10, blind: bool = True) -> JobCost:
    """What each requirement does to the pool of a run: who lacks it, who lacks it alone, and what the musts leave.

    Evidence is what `knockouts` mean by it: for a skill more than a passage of merely like meaning. Of those who lack
    one must alone the `top` best (0: all) are named, by their resume or, where `blind`, by their id.
    """
    asked = past.table("requirements").filter(pl.col("job_id") == job.job_id).sort("requirement")
    weights = asked["weight"].to_list()
    scores, values = stored_values(past, job, len(weights))
    names = _names(past, scores["doc_id"].to_list(), blind=blind)
    least = np.array([least_evidence(item.kind) for item in job.requirements])
    shown = values > least
    scored = [index for index, weight in enumerate(weights) if weight > 0]
    musts = [index for index in scored if job.requirements[index].must]
    missing = (~shown).sum(axis=0)
    failing = (~shown[:, musts]).sum(axis=1)
    order = sorted(scored, key=lambda index: (index not in musts, -int(missing[index]), index))
    still = np.ones(len(values), dtype=bool)
    costs = []
    for index in order:
        item = job.requirements[index]
        must = index in musts
        still = still & shown[:, index] if must else still
        criterion = CRITERION_OF[item.kind] or Criterion.DOMAIN
        points = (weights[index] * values[:, index] + MILLI // 2) // MILLI
        alone = np.flatnonzero(~shown[:, index] & (failing == 1)).tolist() if must else []
        costs.append(
            Cost(
                item.text,
                criterion,
                must,
                weights[index],
                int(missing[index]),
                len(alone),
                int((2 * points.sum() + len(points)) // (2 * len(points))) if len(points) else 0,
                int(still.sum()) if must else None,
                tuple(names[row] for row in (alone[:top] if top else alone)),
            )
        )
    return JobCost(past.record.run, job.name, job.title, len(values), tuple(costs))


def _names(past: PastRun, doc_ids: Sequence[str], *, blind: bool) -> list[str]:
    """What each candidate is called."""
    resumes = {} if blind else dict(past.table("identities").select("doc_id", "resume").iter_rows())
    return [resumes.get(doc_id) or candidate_id(doc_id) for doc_id in doc_ids]
