from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from hirelens_cli.model.documents import page_at
from hirelens_cli.model.jobs import Criterion, RequirementKind
from hirelens_cli.model.shortlists import Part
from hirelens_cli.shortlists.parts import duration, knockouts_of, parts_of


@pytest.fixture
def parts(case: Any) -> dict[str, Part]:
    return {part.requirement: part for part in parts_of(case.profile, case.scored, 0, case.pool)}


def test_the_parts_are_the_score(case: Any, parts: dict[str, Part]) -> None:
    assert sum(part.points for part in parts.values()) == case.scored.scores[0]
    assert sum(part.weight for part in parts.values()) == 10_000
    assert all(part.points == (part.weight * part.value + 500) // 1000 for part in parts.values())
    assert "Can you travel?" not in parts, "questions are asked, not scored"


def test_all_evidence_is_in_the_redacted_text(case: Any, parts: dict[str, Part]) -> None:
    quoted = [item for part in parts.values() for item in part.evidence]
    assert quoted
    for item in quoted:
        assert item.text == case.profile.text[item.start : item.end]
        assert item.page == page_at(case.profile.page_starts, item.start)


def test_whoever_earns_points_names_evidence(parts: dict[str, Part]) -> None:
    for part in parts.values():
        assert bool(part.evidence) == (part.points > 0), part


@pytest.mark.parametrize(
    ("requirement", "reason", "quote", "page"),
    [
        ("Data Engineer", "worked as Data Engineer to this day", "Data Engineer, Kornhaus GmbH, 2020-03 to present", 1),
        ("5+ years of experience", "9 years 11 months of dated work", "Data Engineer, Kornhaus", 1),
        ("Bachelor's degree", "bachelor's level in Computer Science", "BSc Computer Science, 2016", 2),
        ("Python", "used for 6 years 9 months, last in 2026-11", "- Built nightly pipelines in Python", 1),
        ("SQL or Perl", "SQL, used for 3 years 2 months, last in 2020-02", "- Wrote reports in SQL", 1),
        ("Docker", "named, but not shown in dated work", "Python, SQL, Docker", 2),
        ("German C1", "German, B2; C1 asked", "German (B2)", 2),
        ("Watch the quality of data", "closest passage", "- Watched data quality", 1),
    ],
)
def test_reasons_and_quotes(parts: dict[str, Part], requirement: str, reason: str, quote: str, page: int) -> None:
    part = parts[requirement]
    assert part.reason.startswith(reason)
    assert part.evidence[0].text.startswith(quote)
    assert part.evidence[0].page == page


def test_a_level_that_only_the_headline_says_is_quoted_from_there(case: Any) -> None:
    levels = case.pool.positions.with_columns(seniority=pl.lit(0, dtype=pl.Int8))
    people = case.pool.candidates.with_columns(seniority=pl.lit(4, dtype=pl.Int8))
    pool = replace(case.pool, positions=levels, candidates=people)
    [part] = [part for part in parts_of(case.profile, case.scored, 0, pool) if part.requirement == "Senior level"]
    assert part.reason == "headline at senior level; senior asked"
    assert part.evidence[0].text.startswith("Data Engineer, Kornhaus")


def test_what_is_missing_says_so(parts: dict[str, Part]) -> None:
    assert parts["Kubernetes"].value == 0
    assert parts["Kubernetes"].reason == "not found in the resume"
    assert knockouts_of(tuple(parts.values())) == ("Kubernetes",)


def test_a_passage_of_like_meaning_is_no_evidence_of_a_skill() -> None:
    part = Part(*_part(RequirementKind.SKILL, 200))
    assert knockouts_of([part]) == ("Kubernetes",)
    assert knockouts_of([Part(*_part(RequirementKind.SKILL, 300))]) == ()
    assert knockouts_of([Part(*_part(RequirementKind.YEARS, 200))]) == ()


def _part(kind: RequirementKind, value: int) -> tuple[Any, ...]:
    return Criterion.SKILLS, "Kubernetes", kind, True, 1000, value, value


def test_durations_read_naturally() -> None:
    assert [duration(months) for months in (0, 1, 12, 26, 25)] == [
        "0 months",
        "1 month",
        "1 year",
        "2 years 2 months",
        "2 years 1 month",
    ]
