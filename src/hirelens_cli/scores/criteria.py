"""What can be told exactly of a candidate: skills, years, seniority, degree, title, languages. Values are 0 to 1."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.model.jobs import Job, Requirement, RequirementKind
from hirelens_cli.model.profiles import Known
from hirelens_cli.scores.rarity import rarity
from hirelens_cli.scores.rows import PoolRows

Values = NDArray[np.float64]

USED_LEAST = 0.65
STATED = 0.5
IMPLIED = 0.4
UNLISTED = 0.45
NAMED = 0.4
"""A skill that is not known, of which one passage holds every word; USED_LEAST where the passage is of a position."""
CERTIFIED = 0.8
"""A certificate of which one passage holds every word: it may be one that is only prepared for."""
PURSUED = 0.2
"""One that the resume says is still prepared for: less than counts as evidence."""
FAMILY, CLOSE = 0.8, 0.6
"""A title of the job's family that shares none of its words; a headline of a family that is close to it."""
_TOLD = {Known.STATED: STATED, Known.IMPLIED: IMPLIED, Known.PURSUED: PURSUED, Known.DENIED: 0.0, Known.EMPLOYER: 0.0}
FUZZY = 0.9
HALF_DEPTH, LEAST_DEPTH, MOST_DEPTH = 0.25, 6.0, 24.0
"""Half of what use can add is reached after this share of the months that the job asks, within these bounds."""
RECENT, HALF_WORTH = 24.0, 96.0
"""Months: use keeps its full worth for two years, and has lost half of what it adds eight years later."""
DEGREE_BELOW, OTHER_FIELD, EQUIVALENT = 0.4, 0.65, 0.8
EQUIVALENT_MONTHS = 48.0
_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "NATIVE")


def skill_names(job: Job) -> list[str]:
    """All skills that a job names, in lower case, sorted."""
    return sorted({name for asked in job.requirements for name in _names(asked)})


def _names(asked: Requirement) -> list[str]:
    return [name.lower() for name in asked.any_of or (asked.text,)]


def skill(rows: PoolRows, job: Job, asked: Requirement) -> tuple[Values, NDArray[np.bool_]]:
    """The best of the skills of which one is enough, and whether anything is known of them at all.

    Shown in dated work is worth USED_LEAST and more with months and recency, up to 1; a skill that is only listed never
    reaches USED_LEAST.
    """
    names = _names(asked)
    found = rows.skills.filter(pl.col("skill").is_in(names))
    as_of = rows.pool.candidates["as_of"].to_numpy()
    held = found["row"].to_numpy()
    months = found["months"].fill_null(0).to_numpy().astype(np.float64)
    last = found["last_used"].fill_null(0).to_numpy().astype(np.float64)
    how = found["how"].to_numpy()
    used = how == Known.USED.value
    ago = np.where(last > 0, np.maximum(as_of[held] - last, 0.0), 0.0)
    recency = _recency(ago)
    depth = np.minimum(months / asked.months, 1.0) if asked.months else months / (months + half_depth(job))
    shown = USED_LEAST + (1.0 - USED_LEAST) * depth * recency
    told = np.select([how == kind.value for kind in _TOLD], list(_TOLD.values()), UNLISTED)
    value = np.where(used, shown, told) * np.where(found["fuzzy"].fill_null(value=False).to_numpy(), FUZZY, 1.0)
    return _best(rows.count, held, value), _any(rows.count, held)


def certificate(rows: PoolRows, asked: Requirement) -> tuple[Values, NDArray[np.bool_]]:
    """1 for a certificate that is known to be held, PURSUED for one prepared for, and whether anything is known of it.

    How long and where it was used says nothing.
    """
    found = rows.skills.filter(pl.col("skill").is_in(_names(asked)))
    how, held = found["how"].to_numpy(), found["row"].to_numpy()
    less = (Known.PURSUED, Known.DENIED, Known.EMPLOYER)
    value = np.select([how == kind.value for kind in less], [_TOLD[kind] for kind in less], 1.0)
    return _best(rows.count, held, value), _any(rows.count, held)


def half_depth(job: Job) -> float:
    """Months of use that reach half of what use can add: less where a beginner is sought than where an expert is."""
    asked = max((item.minimum for item in job.requirements if item.kind is RequirementKind.YEARS), default=0)
    return min(max(HALF_DEPTH * asked, LEAST_DEPTH), MOST_DEPTH)


def years(rows: PoolRows, job: Job, asked: Requirement) -> Values:
    """Months worked over months asked, up to 1; work under a title of another family counts half."""
    return np.minimum(effective_months(rows, job) / max(asked.minimum, 1), 1.0)


def effective_months(rows: PoolRows, job: Job) -> Values:
    """All months, less half of those in positions whose title belongs to another family than the job's."""
    total = rows.pool.candidates["months_total"].to_numpy().astype(np.float64)
    if not job.title_family:
        return total
    elsewhere = (pl.col("family") != job.title_family) & (pl.col("family") != "")
    summed = rows.positions.group_by("row").agg(
        pl.col("months").sum().alias("all"), pl.col("months").filter(elsewhere).sum().alias("other")
    )
    share = np.zeros(rows.count)
    share[summed["row"].to_numpy()] = (summed["other"] / summed["all"].clip(1)).to_numpy()
    return total * (1.0 - 0.5 * share)


def levels(rows: PoolRows) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """(seniority, whether a title says so): the highest level of any title, else what the years suggest."""
    level = rows.pool.candidates["seniority"].fill_null(0).to_numpy().astype(np.int64)
    best = rows.positions.group_by("row").agg(pl.col("seniority").max())
    level[best["row"].to_numpy()] = np.maximum(level[best["row"].to_numpy()], best["seniority"].fill_null(0).to_numpy())
    months = rows.pool.candidates["months_total"].to_numpy()
    guess = np.select([months < 6, months < 24, months < 72], [1, 2, 3], 4)
    return np.where(level > 0, level, guess), level > 0


def seniority(rows: PoolRows, asked: Requirement) -> Values:
    """1 at or above the level asked, .6 one below, .25 two below; a level that only the years suggest counts .8.

    Being above it is no fault here: over-qualification is shown apart.
    """
    level, said = levels(rows)
    below = np.maximum(asked.minimum - level, 0)
    value = np.select([below == 0, below == 1, below == 2], [1.0, 0.6, 0.25], 0.0)
    return value * np.where(said, 1.0, 0.8)


def degree(rows: PoolRows, asked: Requirement) -> Values:
    """1 for the level asked in a field asked, less for another field or one level below."""
    table = rows.education
    level = table["level"].fill_null(0).to_numpy().astype(np.int64)
    wanted = max(1, asked.minimum)
    in_field = _in_field(table["field"].fill_null(""), table["degree"].fill_null(""), asked.fields)
    value = np.where(level >= wanted, np.where(in_field, 1.0, OTHER_FIELD), 0.0)
    value = np.where((level == wanted - 1) & (level > 0), np.where(in_field, DEGREE_BELOW, DEGREE_BELOW / 2), value)
    result = _best(rows.count, table["row"].to_numpy(), value)
    if asked.or_equivalent:
        months = rows.pool.candidates["months_total"].to_numpy().astype(np.float64)
        result = np.maximum(result, EQUIVALENT * np.minimum(months / EQUIVALENT_MONTHS, 1.0))
    return result


def _in_field(field: pl.Series, title: pl.Series, asked: Sequence[str]) -> NDArray[np.bool_]:
    if not asked:
        return np.ones(len(field), dtype=np.bool_)
    said = (field + " " + title).str.to_lowercase()
    match = np.zeros(len(field), dtype=np.bool_)
    for name in asked:
        match |= said.str.contains(name.lower(), literal=True).to_numpy()
    return match


def language(rows: PoolRows, asked: Requirement) -> Values:
    """1 at the level asked, .6 one below, .3 two below; a language named without a level counts .7 where one is asked."""
    names = _names(asked)
    found = rows.languages.filter(pl.col("language").str.to_lowercase().is_in(names))
    if not asked.level:
        return _best(rows.count, found["row"].to_numpy(), np.ones(found.height))
    rank = {level: index for index, level in enumerate(_LEVELS)}
    wanted = rank.get(asked.level.upper(), 3)
    have = [rank.get(level.upper(), -1) for level in found["level"].fill_null("").unique(maintain_order=True)]
    names_of = dict(zip(found["level"].fill_null("").unique(maintain_order=True), have, strict=True))
    level = found["level"].fill_null("").replace_strict(names_of, default=-1, return_dtype=pl.Int64).to_numpy()
    below = np.maximum(wanted - level, 0)
    value = np.select([level < 0, below == 0, below == 1, below == 2], [0.7, 1.0, 0.6, 0.3], 0.0)
    return _best(rows.count, found["row"].to_numpy(), value)


def title(rows: PoolRows, job: Job, title_terms: Sequence[str]) -> Values:
    """The best position: how alike its title is, with its months and recency; the headline alone counts as what is STATED."""
    people, table = rows.pool.candidates, rows.positions
    families = people["headline_families"]
    close = CLOSE * families.list.contains(job.title_family).to_numpy() if job.title_family else 0.0
    headline = np.maximum(_alike(people["headline"], families.list.first(), job, title_terms), close)
    alike = _alike(table["title"], table["family"], job, title_terms)
    months = table["months"].fill_null(0).to_numpy().astype(np.float64)
    end = table["end_month"].fill_null(0).to_numpy().astype(np.float64)
    as_of = rows.pool.candidates["as_of"].to_numpy()[table["row"].to_numpy()]
    ago = np.where(end > 0, np.maximum(as_of - end, 0.0), HALF_WORTH)
    weight = 0.6 + 0.4 * months / (months + half_depth(job)) * _recency(ago)
    return np.maximum(_best(rows.count, table["row"].to_numpy(), alike * weight), STATED * headline)


def _alike(titles: pl.Series, families: pl.Series, job: Job, title_terms: Sequence[str]) -> Values:
    """How alike each title is to the job's: the same family, or the share of its words by rarity."""
    said = titles.fill_null("").str.to_lowercase()
    alike = np.zeros(len(titles))
    for term in title_terms:
        # Terms are stems: they begin the words that they stand for.
        alike += rarity(term) * said.str.contains(rf"(?:^|[^\pL\pN]){re.escape(term)}").to_numpy()
    alike = alike / max(sum(rarity(term) for term in title_terms), 1)
    if not job.title_family:
        return alike
    result: Values = np.maximum(alike, FAMILY * (families.fill_null("") == job.title_family).to_numpy())
    return result


def _recency(ago: Values) -> Values:
    """1 down towards 0 with the months since. Plain fractions: powers may differ between CPUs in their last bit."""
    return 1.0 / (1.0 + np.maximum(ago - RECENT, 0.0) / HALF_WORTH)


def _any(count: int, owners: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(count,) whether it owns anything."""
    result = np.zeros(count, dtype=np.bool_)
    result[owners] = True
    return result


def _best(count: int, owners: NDArray[np.int64], values: Values) -> Values:
    """(count,) the greatest of each owner's values; 0 for those that have none."""
    result = np.zeros(count)
    np.maximum.at(result, owners, values)
    return result
