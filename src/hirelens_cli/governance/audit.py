"""One job's outcomes by category: who was selected, whose score is above the median, and what other cuts would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from hirelens_cli.governance.demographics import Demographics, Row, category
from hirelens_cli.governance.impact import Tally, categories, median
from hirelens_cli.model.audits import Cut, Impact, JobAudit, Measure, Rule
from hirelens_cli.model.shortlists import CENTI

STEP = 5 * CENTI
"""Between the cuts of a sweep, in hundredths of a point."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the candidates of one job."""

    job: str
    title: str
    scores: Mapping[str, int]
    """By doc_id, hundredths of a point."""
    selected: frozenset[str] | None
    """None where nothing says who was selected: then only scores can be audited."""
    selection: str
    """What counted as selected, in words."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How to audit."""

    rule: Rule
    exclude_small: bool = False
    sweep: bool = False


def audit_job(outcome: Outcome, demographics: Demographics, known: Mapping[str, Row], terms: Terms) -> JobAudit:
    """The tables of one job; `known` has the row of each candidate by doc_id.

    Under LL144 whoever's sex or race and ethnicity is unknown is left out of every table and counted, as in the example of
    6 RCNY 5-301(b); under the four-fifths rule each table leaves out only those who are unknown to it.
    """
    unknown = [doc_id for doc_id in outcome.scores if not demographics.complete(known.get(doc_id))]
    used = set(known) - set(unknown) if terms.rule is Rule.LL144 else set(known)
    rows = {doc_id: known[doc_id] for doc_id in outcome.scores if doc_id in used}
    middle = median(list(outcome.scores.values()))
    above = {doc_id for doc_id, score in outcome.scores.items() if score > middle}

    def tables(measure: Measure, favoured: Collection[str]) -> tuple[Impact, ...]:
        return tuple(
            Impact(measure, name, categories(_tallies(rows, by, favoured), exclude_small=terms.exclude_small))
            for name, by in demographics.tables().items()
        )

    impacts = tables(Measure.SELECTION, outcome.selected) if outcome.selected is not None else ()
    if terms.rule is Rule.LL144:
        impacts += tables(Measure.SCORING, above)
    return JobAudit(
        outcome.job,
        outcome.title,
        len(outcome.scores),
        len(unknown),
        middle,
        outcome.selection,
        len(outcome.selected or ()),
        impacts,
        _sweep(outcome.scores, tables) if terms.sweep else (),
    )


def _tallies(rows: Mapping[str, Row], by: tuple[bool, bool], favoured: Collection[str]) -> list[Tally]:
    applicants: Counter[str] = Counter()
    chosen: Counter[str] = Counter()
    for doc_id, row in rows.items():
        name = category(row, by)
        if name:
            applicants[name] += 1
            chosen[name] += doc_id in favoured
    return [Tally(name, count, chosen[name]) for name, count in applicants.items()]


def _sweep(
    scores: Mapping[str, int], tables: Callable[[Measure, Collection[str]], tuple[Impact, ...]]
) -> tuple[Cut, ...]:
    """Every fifth point that selects some but not all, and others than the cut before it."""
    cuts: list[Cut] = []
    for least in range(0, 100 * CENTI + 1, STEP):
        chosen = {doc_id for doc_id, score in scores.items() if score >= least}
        if 0 < len(chosen) < (cuts[-1].selected if cuts else len(scores)):
            cuts.append(Cut(least, len(chosen), tables(Measure.SELECTION, chosen)))
    return tuple(cuts)
