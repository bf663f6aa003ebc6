from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.config import Weights
from hirelens_cli.model.documents import Span
from hirelens_cli.model.jobs import CRITERION_OF, Criterion, Job, Requirement, RequirementKind
from hirelens_cli.scores.weights import TOTAL, applied, apportion, suggested

SKILL, YEARS, DOMAIN = RequirementKind.SKILL, RequirementKind.YEARS, RequirementKind.DOMAIN


def job(*requirements: Requirement) -> Job:
    return Job("j", "j.txt", "Cook", 0, "", "", requirements)


def asked(kind: RequirementKind, *, must: bool = True, weight: float | None = None) -> Requirement:
    return Requirement(kind.value, kind, must, None, minimum=36, weight=weight)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40), st.integers(0, 20_000))
def test_apportioning_is_exact_and_within_one_of_the_quota(shares: list[float], total: int) -> None:
    seats = apportion(shares, total)
    if sum(shares) <= 0:
        assert not seats.any()
        return
    assert seats.sum() == total
    assert all(abs(seat - share * total / sum(shares)) < 1 + 1e-6 for seat, share in zip(seats, shares, strict=True))


def test_equal_remainders_go_to_the_earlier() -> None:
    assert apportion([1, 1, 1], 100).tolist() == [34, 33, 33]


@given(st.lists(st.sampled_from(list(RequirementKind)), min_size=1, max_size=25), st.booleans())
def test_weights_sum_to_a_hundred_points_unless_nothing_is_scored(kinds: list[RequirementKind], must: bool) -> None:
    weights = applied(job(*(asked(kind, must=must) for kind in kinds)), Weights())
    scored = [CRITERION_OF[kind] is not None for kind in kinds]
    assert weights.sum() == (TOTAL if any(scored) else 0)
    assert all((weight > 0) == good for weight, good in zip(weights, scored, strict=True))


def test_criteria_keep_their_shares_where_all_are_asked_in_full() -> None:
    full = [asked(SKILL)] * 3 + [asked(YEARS), asked(RequirementKind.DEGREE)]
    full += [asked(RequirementKind.RESPONSIBILITY)] * 4 + [asked(DOMAIN)]
    weights = applied(job(*full), Weights())
    sums = {
        criterion: sum(int(w) for w, item in zip(weights, full, strict=True) if CRITERION_OF[item.kind] is criterion)
        for criterion in Criterion
    }
    assert list(sums.values()) == pytest.approx([4000, 2500, 2000, 1500], abs=2)


def test_what_is_not_asked_gives_its_weight_to_the_rest() -> None:
    weights = applied(job(asked(DOMAIN), *[asked(RequirementKind.RESPONSIBILITY)] * 4), Weights())
    assert weights.tolist() == [4286, 1429, 1429, 1428, 1428]


def test_a_skill_named_in_the_sentence_of_a_duty_weighs_less_than_one_demanded() -> None:
    duty = Requirement("Write reports in SQL", RequirementKind.RESPONSIBILITY, False, Span(0, 20))
    passing = Requirement("SQL", RequirementKind.SKILL, True, Span(17, 20))
    demanded = Requirement("Python", RequirementKind.SKILL, True, Span(30, 36))
    weights = applied(job(duty, passing, demanded), Weights())
    assert 0 < 2 * weights[1] < weights[2]


def test_the_skills_of_one_line_share_its_weight() -> None:
    def listed(*spans: Span) -> list[int]:
        skills = [Requirement(f"skill {at}", SKILL, True, span) for at, span in enumerate(spans)]
        return applied(job(*skills), Weights()).tolist()

    one, other = Span(0, 40), Span(50, 60)
    *four, alone = listed(one, one, one, one, other)
    assert max(four) - min(four) <= 1
    assert sum(four) == pytest.approx(2 * alone, abs=2)
    users = [Requirement("a", SKILL, True, one, weight=1.0), Requirement("b", SKILL, True, one, weight=1.0)]
    assert applied(job(*users, asked(SKILL, weight=1)), Weights()).tolist() == [3334, 3333, 3333]


def test_a_skill_named_in_passing_does_not_take_forty_points() -> None:
    one, many = (applied(job(*[asked(SKILL)] * count, asked(DOMAIN)), Weights())[-1] for count in (1, 3))
    assert one > many


def test_a_must_weighs_twice_a_preference_and_a_rare_word_more_than_a_common_one() -> None:
    weights = applied(job(asked(SKILL), asked(SKILL, must=False)), Weights())
    assert weights.tolist() == [6667, 3333]
    rare, common = applied(job(asked(SKILL), asked(SKILL)), Weights(), (("kubernet",), ("communication",)))
    assert rare > 1.5 * common


def test_the_users_weight_replaces_ours_and_nought_takes_a_requirement_out() -> None:
    weights = applied(job(asked(SKILL, weight=3), asked(SKILL, weight=1), asked(SKILL, weight=0)), Weights())
    assert weights.tolist() == [7500, 2500, 0]


def test_what_we_suggest_does_not_know_the_users_weights() -> None:
    weighed = job(asked(SKILL, weight=3), asked(SKILL, weight=0), asked(DOMAIN))
    plain = job(asked(SKILL), asked(SKILL), asked(DOMAIN))
    assert suggested(weighed, Weights()).tolist() == applied(plain, Weights()).tolist()
    assert applied(weighed, Weights()).tolist() != applied(plain, Weights()).tolist()


def test_a_criterion_without_weight_gets_none() -> None:
    weights = applied(job(asked(SKILL), asked(DOMAIN)), Weights(skills=0))
    assert weights.tolist() == [0, 10_000]
    assert weights.dtype == np.int32
