"""Impact ratios beside published worked examples; the numbers are those of the sources, not ours."""

from __future__ import annotations

import math

import pytest

from hirelens_cli.governance.impact import Tally, categories, fisher_exact, median
from hirelens_cli.model.audits import FOUR_FIFTHS

LL144_SEX = {"Male": (1390, 667, "48%", "1.00"), "Female": (1181, 555, "47%", "0.979")}
LL144_RACE = {
    "Hispanic or Latino": (408, 204, "50%", "0.97"),
    "White": (797, 412, "52%", "1.00"),
    "Black or African American": (390, 170, "44%", "0.84"),
    "Native Hawaiian or Pacific Islander": (119, 52, "44%", "0.85"),
    "Asian": (616, 302, "49%", "0.95"),
    "Native American or Alaska Native": (41, 18, "44%", "0.85"),
    "Two or More Races": (213, 96, "45%", "0.87"),
}
LL144_BOTH = {
    "Male, Hispanic or Latino": (205, 90, "43.9%", "0.841"),
    "Female, Hispanic or Latino": (190, 82, "43.2%", "0.827"),
    "Male, White": (412, 215, "52.2%", "1.000"),
    "Male, Black or African American": (226, 95, "42.0%", "0.806"),
    "Male, Native Hawaiian or Pacific Islander": (87, 37, "42.5%", "0.815"),
    "Male, Asian": (321, 167, "52.0%", "0.997"),
    "Male, Native American or Alaska Native": (24, 11, "45.8%", "0.878"),
    "Male, Two or More Races": (115, 52, "45.2%", "0.866"),
    "Female, White": (385, 197, "51.2%", "0.981"),
    "Female, Black or African American": (164, 75, "45.7%", "0.876"),
    "Female, Native Hawaiian or Pacific Islander": (32, 15, "46.9%", "0.898"),
    "Female, Asian": (295, 135, "45.8%", "0.877"),
    "Female, Native American or Alaska Native": (17, 7, "41.2%", "0.789"),
    "Female, Two or More Races": (98, 44, "44.9%", "0.860"),
}
"""Applicants, selected, selection rate, impact ratio: the example of 6 RCNY 5-301(b), New York City Department of Consumer and
Worker Protection, Notice of Adoption of Final Rule on Automated Employment Decision Tools, April 2023. It prints rates rounded
and its ratios agree with those of the exact rates in every row, to the digits that it prints."""

LL144_SCORES = {"Male": (92, 50, "54.3%", "1.00"), "Female": (76, 34, "44.7%", "0.82")}
LL144_SCORES_RACE = {
    "Hispanic or Latino": (28, 18, "0.643", "1.00"),
    "White": (40, 15, "37.5%", "0.58"),
    "Black or African American": (32, 16, "50.0%", "0.78"),
    "Native Hawaiian or Pacific Islander": (8, 5, "62.5%", "0.97"),
    "Asian": (24, 10, "41.7%", "0.65"),
    "Native American or Alaska Native": (16, 10, "62.5%", "0.97"),
    "Two or More Races": (20, 10, "50.0%", "0.78"),
}
"""The example of 6 RCNY 5-301(c), by scoring rate. It does not print how many scored above the median; the counts here are the only
ones that give its rates. It prints 64.2% where 18 of 28 are 64.29%, cut off instead of rounded."""

EEOC = {"White": (100, 60, "0.600", "1.00"), "American Indian": (100, 45, "0.450", "0.75"),
        "Hispanic": (100, 48, "0.480", "0.80"), "Black": (100, 51, "0.510", "0.85")}  # fmt: skip
"""Rates of 60%, 45%, 48% and 51% with ratios of 75%, 80% and 85%, "adverse impact is indicated for American Indians but not for
Hispanics or Blacks": Questions and Answers to Clarify and Provide a Common Interpretation of the Uniform Guidelines, 1979."""


def tallies(table: dict[str, tuple[int, int, str, str]]) -> list[Tally]:
    return [Tally(name, applicants, favoured) for name, (applicants, favoured, _, _) in table.items()]


def printed(number: float, like: str) -> str:
    """The number with as many digits as the source prints."""
    if like.endswith("%"):
        return f"{number:.{len(like.partition('.')[2].rstrip('%'))}%}"
    return f"{number:.{len(like.partition('.')[2])}f}"


@pytest.mark.parametrize("table", [LL144_SEX, LL144_RACE, LL144_BOTH, LL144_SCORES, LL144_SCORES_RACE, EEOC])
def test_rates_and_ratios_are_the_published_ones(table: dict[str, tuple[int, int, str, str]]) -> None:
    found = {item.name: item for item in categories(tallies(table))}
    assert found.keys() == table.keys()
    for name, (_, _, rate, ratio) in table.items():
        item = found[name]
        assert item.ratio is not None
        assert (printed(item.rate, rate), printed(item.ratio, ratio)) == (rate, ratio), name


def test_four_fifths_is_a_boundary_that_belongs_to_no_finding() -> None:
    below = {item.name for item in categories(tallies(EEOC)) if item.falls_below(FOUR_FIFTHS)}
    assert below == {"American Indian"}


def test_categories_under_two_percent_keep_their_rate_but_not_their_ratio_where_asked() -> None:
    """6 RCNY 5-301(d); in the example of 5-301(b) this is one category, 41 of 2,584 people."""
    found = {item.name: item for item in categories(tallies(LL144_RACE), exclude_small=True)}
    assert [item.name for item in found.values() if item.excluded] == ["Native American or Alaska Native"]
    small = found["Native American or Alaska Native"]
    assert (small.applicants, small.ratio, small.p) == (41, None, None)
    assert printed(small.rate, "44%") == "44%"
    assert found["Asian"] == next(item for item in categories(tallies(LL144_RACE)) if item.name == "Asian")


def test_an_excluded_category_is_not_what_others_are_compared_with() -> None:
    found = {item.name: item for item in categories([Tally("a", 99, 33), Tally("b", 1, 1)], exclude_small=True)}
    assert (found["a"].ratio, found["b"].ratio) == (1.0, None)


@pytest.mark.parametrize(
    ("table", "p"),
    [
        ((3, 4, 1, 4), 0.485714),  # Fisher's tea tasting, The Design of Experiments (1935): 34/70 two-sided
        ((8, 10, 1, 6), 0.034965),  # 280/8008
        ((0, 5, 5, 5), 0.007937),  # 2/252
        ((0, 3, 0, 7), 1.0),
        ((5, 5, 5, 5), 1.0),
    ],
)
def test_the_exact_test_gives_the_numbers_one_can_count(table: tuple[int, int, int, int], p: float) -> None:
    favoured, of, other, of_others = table
    assert fisher_exact(favoured, of, other, of_others) == pytest.approx(p, abs=1e-6)
    assert fisher_exact(other, of_others, favoured, of) == pytest.approx(p, abs=1e-6)


def test_the_exact_test_is_the_sum_over_tables_counted_one_by_one() -> None:
    a, n, b, m = 7, 31, 19, 44
    ways = {k: math.comb(n, k) * math.comb(m, a + b - k) for k in range(a + b + 1)}
    expected = sum(count for count in ways.values() if count <= ways[a]) / sum(ways.values())
    assert fisher_exact(a, n, b, m) == pytest.approx(expected, rel=1e-9)


def test_large_numbers_are_no_trouble() -> None:
    assert fisher_exact(30_000, 100_000, 30_500, 100_000) == pytest.approx(0.0149, abs=5e-4)


def test_one_person_may_turn_a_difference_round() -> None:
    few = {item.name: item for item in categories([Tally("a", 3, 2), Tally("b", 3, 1)])}
    many = {item.name: item for item in categories([Tally("a", 30, 20), Tally("b", 30, 10)])}
    assert (few["b"].one_person, many["b"].one_person) == (True, False)


def test_nobody_selected_leaves_no_ratio() -> None:
    assert [item.ratio for item in categories([Tally("a", 3, 0), Tally("b", 2, 0)])] == [None, None]
    assert categories([]) == ()


@pytest.mark.parametrize(("scores", "middle"), [([3, 1, 2], 2.0), ([4, 1, 2, 3], 2.5), ([7], 7.0)])
def test_the_median(scores: list[int], middle: float) -> None:
    assert median(scores) == middle


def test_no_scores_have_no_median() -> None:
    assert math.isnan(median([]))
