"""How the hundred points are shared among a job's requirements."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.config import Weights
from hirelens_cli.model.documents import Span
from hirelens_cli.model.jobs import CRITERION_OF, Criterion, Job, Requirement, RequirementKind
from hirelens_cli.scores.rarity import RARE, rarity

TOTAL = 10_000
"""Hundredths of a point."""

_KIND = {
    RequirementKind.SKILL: 1.0,
    RequirementKind.CERTIFICATE: 1.0,
    RequirementKind.LANGUAGE: 0.8,
    RequirementKind.YEARS: 1.0,
    RequirementKind.SENIORITY: 0.5,
    RequirementKind.DEGREE: 0.7,
    RequirementKind.TITLE: 1.5,
    RequirementKind.RESPONSIBILITY: 1.0,
    RequirementKind.DOMAIN: 1.0,
}
"""Within a criterion: the role itself says most about experience, a seniority that is half told by the years least."""
_PREFERRED = 0.5
_IN_PASSING = 0.4
"""A skill that is named in no list of demands but in the sentence of a duty, which is matched as a whole anyway."""
_ENOUGH = {Criterion.SKILLS: 3.0, Criterion.EXPERIENCE: 1.5, Criterion.PROJECTS: 3.0, Criterion.DOMAIN: 1.0}
"""What a criterion's requirements must weigh together for it to get its full share: a job that names one skill in passing
does not hang 40 points on it."""


def own_weight(asked: Requirement, terms: tuple[str, ...] = ()) -> float:
    """A requirement's weight relative to the others of its criterion; 0 where it is not scored.

    No years at all are no demand. A must weighs twice a preference, and what tells people apart (rare words) up to twice what everyone writes. The
    user's own weight replaces ours.
    """
    if CRITERION_OF[asked.kind] is None or (asked.kind is RequirementKind.YEARS and asked.minimum <= 0):
        return 0.0
    if asked.weight is not None:
        return max(0.0, asked.weight)
    weight = _KIND[asked.kind] * (1.0 if asked.must or asked.kind in _WHOLE else _PREFERRED)
    if asked.kind in (RequirementKind.SKILL, RequirementKind.RESPONSIBILITY) and terms:
        weight *= 0.5 + 0.5 * max(rarity(term) for term in terms) / RARE
    return weight


_WHOLE = frozenset({RequirementKind.TITLE, RequirementKind.DOMAIN, RequirementKind.RESPONSIBILITY})
"""Kinds that are neither must nor preference: they are what the job is."""


def relative_weights(job: Job, terms: tuple[tuple[str, ...], ...] = ()) -> list[float]:
    """Each requirement's weight relative to the others of its criterion: the user's, else ours; 0 where it is not scored.

    Skills that one line lists weigh together the root of what they would apart: `libraries such as A, B, C and D` is
    one demand told by four examples.
    """
    terms = terms or ((),) * len(job.requirements)
    duties = [asked.span for asked in job.requirements if asked.kind is RequirementKind.RESPONSIBILITY and asked.span]
    lines = Counter(asked.span for asked in job.requirements if asked.kind is RequirementKind.SKILL)
    weights = []
    for asked, words in zip(job.requirements, terms, strict=True):
        weight = own_weight(asked, words)
        if asked.kind is RequirementKind.SKILL and asked.weight is None and asked.span:
            weight *= (_IN_PASSING if _inside(asked.span, duties) else 1.0) / math.sqrt(lines[asked.span])
        weights.append(weight)
    return weights


def applied(job: Job, weights: Weights, terms: tuple[tuple[str, ...], ...] = ()) -> NDArray[np.int32]:
    """Each requirement's weight in hundredths of a point, summing to exactly TOTAL; all 0 where nothing is asked.

    A criterion that the job does not ask gives its weight to the rest, one that it barely asks a part of it.
    """
    relative = relative_weights(job, terms)
    kinds = [CRITERION_OF[asked.kind] for asked in job.requirements]
    masses = {
        criterion: sum(weight for weight, kind in zip(relative, kinds, strict=True) if kind is criterion)
        for criterion in Criterion
    }
    heads = [getattr(weights, item.value) * min(1.0, masses[item] / _ENOUGH[item]) for item in Criterion]
    shares = np.zeros(len(relative), dtype=np.int32)
    for criterion, head in zip(Criterion, apportion(heads, TOTAL).tolist(), strict=True):
        inside = [weight if kind is criterion else 0.0 for weight, kind in zip(relative, kinds, strict=True)]
        shares += apportion(inside, head)
    return shares


def suggested(job: Job, weights: Weights, terms: tuple[tuple[str, ...], ...] = ()) -> NDArray[np.int32]:
    """As `applied`, had the user weighed no requirement: ours, from the job."""
    ours = tuple(replace(asked, weight=None) for asked in job.requirements)
    return applied(replace(job, requirements=ours), weights, terms)


def _inside(span: Span, duties: Sequence[Span]) -> bool:
    return any(duty.start <= span.start and span.end <= duty.end for duty in duties)


def apportion(shares: list[float], total: int) -> NDArray[np.int32]:
    """`total` split in proportion to `shares`, in whole numbers, by the largest remainder (Hamilton's method).

    Equal remainders go to the earlier; all 0 where no share is above 0.
    """
    whole = sum(shares)
    if whole <= 0.0:
        return np.zeros(len(shares), dtype=np.int32)
    quotas = [share * total / whole for share in shares]
    seats = [int(quota) for quota in quotas]
    order = sorted(range(len(shares)), key=lambda index: (seats[index] - quotas[index], index))
    for index in order[: total - sum(seats)]:
        seats[index] += 1
    return np.array(seats, dtype=np.int32)
