from __future__ import annotations

from hirelens_cli.governance.audit import Outcome, Terms, audit_job
from hirelens_cli.governance.demographics import Demographics, Row
from hirelens_cli.model.audits import Measure, Rule

SCORES = {"a": 9000, "b": 8000, "c": 7000, "d": 3000, "e": 2000, "f": 1000}
KNOWN = {
    "a": Row(2, "a", "M", "X"),
    "b": Row(3, "b", "F", "X"),
    "c": Row(4, "c", "M", "Y"),
    "d": Row(5, "d", "F", ""),
    "e": Row(6, "e", "F", "Y"),
}
PEOPLE = Demographics("people.csv", tuple(KNOWN.values()), has_sex=True, has_race=True)
OUTCOME = Outcome("job.txt", "Job", SCORES, frozenset("ab"), "the first 2 by rank")


def counts(rule: Rule, measure: Measure, by: str) -> dict[str, tuple[int, int]]:
    job = audit_job(OUTCOME, PEOPLE, KNOWN, Terms(rule))
    (impact,) = [item for item in job.impacts if (item.measure, item.by) == (measure, by)]
    return {item.name: (item.applicants, item.favoured) for item in impact.categories}


def test_under_ll144_whoever_is_unknown_in_any_way_is_in_no_table() -> None:
    assert counts(Rule.LL144, Measure.SELECTION, "sex") == {"F": (2, 1), "M": (2, 1)}
    assert audit_job(OUTCOME, PEOPLE, KNOWN, Terms(Rule.LL144)).unknown == 2


def test_under_the_four_fifths_rule_each_table_has_all_it_knows() -> None:
    assert counts(Rule.EEOC, Measure.SELECTION, "sex") == {"F": (3, 1), "M": (2, 1)}
    assert counts(Rule.EEOC, Measure.SELECTION, "race/ethnicity") == {"X": (2, 2), "Y": (2, 0)}


def test_the_scoring_rate_is_above_the_median_of_the_whole_sample() -> None:
    """6 RCNY 5-301(c)(1): unknown people count for the median, 50 here, though they are in no table."""
    job = audit_job(OUTCOME, PEOPLE, KNOWN, Terms(Rule.LL144))
    assert job.median == 5000
    assert counts(Rule.LL144, Measure.SCORING, "sex") == {"F": (2, 1), "M": (2, 2)}
    assert counts(Rule.LL144, Measure.SCORING, "sex and race/ethnicity") == {
        "F, X": (1, 1),
        "F, Y": (1, 0),
        "M, X": (1, 1),
        "M, Y": (1, 1),
    }


def test_a_score_at_the_median_is_not_above_it() -> None:
    outcome = Outcome("job.txt", "Job", {"a": 5000, "b": 5000, "c": 5000}, None, "")
    job = audit_job(outcome, PEOPLE, KNOWN, Terms(Rule.LL144))
    assert {item.favoured for impact in job.impacts for item in impact.categories} == {0}
    assert {impact.measure for impact in job.impacts} == {Measure.SCORING}


def test_a_sweep_tries_every_cut_that_selects_others() -> None:
    job = audit_job(OUTCOME, PEOPLE, KNOWN, Terms(Rule.EEOC, sweep=True))
    assert [(cut.score, cut.selected) for cut in job.sweep] == [(1500, 5), (2500, 4), (3500, 3), (7500, 2), (8500, 1)]
    by_sex = {item.name: item.ratio for item in job.sweep[-1].impacts[0].categories}
    assert by_sex == {"F": 0.0, "M": 1.0}
