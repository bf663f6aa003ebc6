from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from hirelens_cli.model.issues import Issue, Severity
from hirelens_cli.model.profiles import Quality
from hirelens_cli.model.shortlists import Explanation, Part
from hirelens_cli.shortlists.explain import confidence_of, explain, points_text
from hirelens_cli.shortlists.parts import parts_of


@pytest.fixture
def parts(case: Any) -> tuple[Part, ...]:
    return parts_of(case.profile, case.scored, 0, case.pool)


@pytest.fixture
def told(case: Any, parts: tuple[Part, ...]) -> Explanation:
    return explain(parts, case.profile, case.job)


def test_the_summary_is_one_sentence_with_the_score(told: Explanation, parts: tuple[Part, ...]) -> None:
    assert told.summary.startswith(points_text(sum(part.points for part in parts)))
    assert "2 of the 3 required skills" in told.summary
    assert told.summary.endswith(".")
    assert "\n" not in told.summary


def test_three_to_five_strengths_each_with_its_line(told: Explanation, case: Any) -> None:
    assert 3 <= len(told.strengths) <= 5
    for strength in told.strengths:
        quote = strength[strength.index("“") + 1 : -1]
        assert quote in " ".join(case.profile.text.split())


def test_three_to_five_gaps_each_with_its_cost(told: Explanation, parts: tuple[Part, ...]) -> None:
    assert 3 <= len(told.gaps) <= 5
    costs = [float(match.group(1)) for gap in told.gaps if (match := re.search(r"cost ([\d.]+) of [\d.]+ points", gap))]
    assert len(costs) == len(told.gaps)
    assert costs == sorted(costs, reverse=True)
    lost = sum(part.weight - part.points for part in parts) / 100
    assert sum(costs) <= lost + 1e-9
    assert any("Kubernetes, required: not found in the resume" in gap for gap in told.gaps)


def test_two_or_three_questions(told: Explanation) -> None:
    assert 2 <= len(told.recommendations) <= 3
    assert any("Kubernetes" in question for question in told.recommendations)


def test_nothing_is_invented(told: Explanation, case: Any, parts: tuple[Part, ...]) -> None:
    """Every number in the explanation stands in a part, in the resume, in the job, or is a sum of points."""
    known = " ".join([case.profile.text, case.job.title, *(f"{part.requirement} {part.reason}" for part in parts)])
    points = {points_text(part.points) for part in parts} | {points_text(part.weight) for part in parts}
    points |= {points_text(part.weight - part.points) for part in parts}
    for text in (*told.strengths, *told.gaps, *told.recommendations):
        for number in re.findall(r"\d+(?:\.\d+)?", text):
            assert number in points or number in known, (number, text)


def test_flags_and_bad_reading_come_first(case: Any, parts: tuple[Part, ...]) -> None:
    flagged = replace(
        case.profile,
        flags=(Issue("hidden_text", Severity.WARNING, "d", "words that a person cannot see"),),
        quality=Quality("low", ("few lines",)),
    )
    told = explain(parts, flagged, case.job)
    assert "cannot see" in told.recommendations[0]
    assert "original file" in told.recommendations[1]


def test_confidence_follows_the_reading_and_the_evidence(case: Any, parts: tuple[Part, ...]) -> None:
    assert confidence_of(parts, case.profile) == "high"
    assert confidence_of(parts, replace(case.profile, quality=Quality("low"))) == "low"
    soft = tuple(part if part.kind.value in {"responsibility", "domain"} else replace(part, points=0) for part in parts)
    assert confidence_of(soft, case.profile) == "medium"


def test_nothing_asked_and_nothing_held(case: Any, parts: tuple[Part, ...]) -> None:
    assert explain((), case.profile, case.job).strengths == ()
    none = tuple(replace(part, value=0, points=0, evidence=()) for part in parts)
    told = explain(none, case.profile, case.job)
    assert told.strengths == ()
    assert told.summary.startswith("0 of 100 points")
    assert len(told.gaps) == 5


def test_points_are_written_without_idle_noughts() -> None:
    assert [points_text(value) for value in (0, 5, 50, 100, 1234, 1000)] == ["0", "0.05", "0.5", "1", "12.34", "10"]
