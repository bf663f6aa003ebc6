"""Facts to values, on small tables."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from hirelens_cli.model.jobs import Job, Requirement, RequirementKind
from hirelens_cli.model.profiles import month_of
from hirelens_cli.model.tables import CANDIDATES, EDUCATION, LANGUAGES, PASSAGES, POSITIONS, SKILLS, Pool
from hirelens_cli.scores import criteria
from hirelens_cli.scores.rows import PoolRows, pool_rows

NOW = month_of(2026, 11)
Rows = list[tuple[object, ...]]


def rows_of(
    count: int = 1, months: int = 0, level: int = 0, headline: tuple[str, list[str]] = ("", []), **tables: Rows
) -> PoolRows:
    people = [(f"d{i}", f"h{i}", "en", NOW, months, level, *headline, 0, [], 400, "high") for i in range(count)]
    schemas = {"skills": SKILLS, "positions": POSITIONS, "education": EDUCATION, "languages": LANGUAGES}
    frames = {name: pl.DataFrame(tables.get(name, []), schema=schema, orient="row") for name, schema in schemas.items()}
    return pool_rows(
        Pool(
            candidates=pl.DataFrame(people, schema=CANDIDATES, orient="row"),
            passages=pl.DataFrame(schema=PASSAGES),
            vectors=np.zeros((0, 4), np.float32),
            **frames,
        )
    )


def skill(how: str, months: int = 0, years_ago: int = 0, *, name: str = "Python", fuzzy: bool = False) -> Rows:
    last = NOW - 12 * years_ago if months else None
    return [("d0", name, how, months, last, fuzzy, 0, 1)]


def asked(kind: RequirementKind = RequirementKind.SKILL, **more: object) -> Requirement:
    given: dict[str, object] = {"any_of": ("Python",)} if kind is RequirementKind.SKILL else {}
    return Requirement("Python", kind, True, None, **{**given, **more})  # type: ignore[arg-type]


def worth(rows: Rows, **more: object) -> float:
    return float(criteria.skill(rows_of(skills=rows), job(), asked(**more))[0][0])


def test_how_a_skill_is_known_orders_its_worth() -> None:
    ladder = [
        worth([]),
        worth(skill("implied")),
        worth(skill("stated")),
        worth(skill("used", 1, 20)),
        worth(skill("used", 24, 10)),
        worth(skill("used", 24)),
        worth(skill("used", 120)),
    ]
    assert ladder == sorted(ladder)
    assert len(set(ladder)) == len(ladder)
    assert ladder[0] == 0
    assert ladder[-1] > 0.95


def test_a_listed_skill_never_reaches_one_shown_in_dated_work() -> None:
    listed = max(worth(skill(how)) for how in ("stated", "implied", "unlisted"))
    assert listed < worth(skill("used", 1, 40)) == pytest.approx(criteria.USED_LEAST, abs=0.02)


def test_months_asked_of_the_skill_itself() -> None:
    assert worth(skill("used", 36), months=36) == 1.0
    assert worth(skill("used", 18), months=36) == pytest.approx(0.825)


def test_a_typing_error_costs_a_little() -> None:
    assert worth(skill("stated", fuzzy=True)) == pytest.approx(0.9 * worth(skill("stated")))


def test_any_of_takes_the_best_and_names_fold() -> None:
    both = [*skill("stated", name="perl"), *skill("used", 24, name="PYTHON")]
    assert worth(both, any_of=("Python", "Perl")) == worth(skill("used", 24))


@pytest.mark.parametrize(("months", "minimum", "value"), [(60, 60, 1.0), (90, 60, 1.0), (54, 60, 0.9), (0, 60, 0.0)])
def test_years_grow_smoothly_to_what_is_asked(months: int, minimum: int, value: float) -> None:
    rows = rows_of(months=months)
    assert criteria.years(rows, job(), asked(RequirementKind.YEARS, minimum=minimum))[0] == pytest.approx(value)


def job(family: str = "", title: str = "Data Engineer") -> Job:
    return Job("j", "j.txt", title, 0, "", "", (), title_family=family)


def position(title: str, family: str, months: int, *, level: int = 0, years_ago: int = 0) -> tuple[object, ...]:
    end = NOW - 12 * years_ago
    return ("d0", 0, title, family, level, "", end - months, end, years_ago == 0, months, 0, 1)


def test_work_in_another_family_counts_half() -> None:
    held = [position("Cook", "cook", 60), position("Data Engineer", "data engineer", 60)]
    rows = rows_of(months=120, positions=held)
    assert criteria.effective_months(rows, job("data engineer")).tolist() == [90]
    assert criteria.effective_months(rows, job()).tolist() == [120]


def test_seniority_is_no_fault_above_and_falls_below() -> None:
    def value(level: int, minimum: int) -> float:
        rows = rows_of(months=60, level=level)
        return float(criteria.seniority(rows, asked(RequirementKind.SENIORITY, minimum=minimum))[0])

    assert [value(level, 4) for level in (8, 4, 3, 2, 1)] == [1.0, 1.0, 0.6, 0.25, 0.0]
    assert value(0, 3) == pytest.approx(0.8), "five years without a title that says so"


def degree(level: int, field: str) -> Rows:
    return [("d0", "", level, field, "", 2010, 0, 1)]


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        (degree(4, "Computer Science"), 1.0),
        (degree(3, "computer science and business"), 1.0),
        (degree(3, "History"), 0.65),
        (degree(2, "Computer Science"), 0.4),
        (degree(1, "Computer Science"), 0.0),
        ([], 0.0),
    ],
)
def test_degrees(rows: Rows, value: float) -> None:
    wanted = asked(RequirementKind.DEGREE, minimum=3, fields=("computer science",))
    assert criteria.degree(rows_of(education=rows), wanted)[0] == pytest.approx(value)


def test_equivalent_experience_stands_in_for_a_degree_only_where_the_job_says_so() -> None:
    for said, value in ((True, 0.8), (False, 0.0)):
        wanted = asked(RequirementKind.DEGREE, minimum=3, or_equivalent=said)
        assert criteria.degree(rows_of(months=120), wanted)[0] == pytest.approx(value)


@pytest.mark.parametrize(
    ("level", "value"), [("native", 1.0), ("B2", 1.0), ("B1", 0.6), ("A2", 0.3), ("A1", 0), ("", 0.7)]
)
def test_languages(level: str, value: float) -> None:
    rows = rows_of(languages=[("d0", "German", level, 0, 1)])
    wanted = asked(RequirementKind.LANGUAGE, any_of=("german",), level="B2")
    assert criteria.language(rows, wanted)[0] == pytest.approx(value)


def test_titles_by_family_words_length_and_recency() -> None:
    def value(*held: tuple[object, ...]) -> float:
        return float(criteria.title(rows_of(positions=list(held)), job("data engineer"), ("data", "engineer"))[0])

    ladder = [
        value(position("Cook", "cook", 60)),
        value(position("Mechanical Engineer", "engineer", 60)),
        value(position("ETL Specialist", "data engineer", 60)),
        value(position("Data Engineer", "data engineer", 3, years_ago=20)),
        value(position("Data Engineer", "data engineer", 60, years_ago=8)),
        value(position("Senior Data Engineer", "data engineer", 60)),
    ]
    assert ladder[0] == 0
    assert ladder[2] < ladder[4] < ladder[5]
    assert ladder[3] < ladder[4]
    assert 0 < ladder[1] < ladder[2]


def test_a_headline_counts_as_what_is_only_said() -> None:
    def value(headline: str, *families: str, held: tuple[object, ...] = ()) -> float:
        rows = rows_of(positions=[held] if held else [], headline=(headline, list(families)))
        return float(criteria.title(rows, job("data engineer"), ("data", "engineer"))[0])

    same, close = value("Data Engineer", "data engineer"), value("Data Analyst", "data analyst", "data engineer")
    assert value("Cook", "cook") == 0
    assert 0 < close < same == criteria.STATED
    held = position("Data Engineer", "data engineer", 60)
    assert value("Data Engineer", "data engineer", held=held) == value("Cook", "cook", held=held) > same


def test_empty_tables_give_noughts() -> None:
    rows = rows_of(3)
    assert criteria.skill(rows, job(), asked())[0].tolist() == [0, 0, 0]
    for kind, function in (
        (RequirementKind.LANGUAGE, criteria.language),
        (RequirementKind.DEGREE, criteria.degree),
    ):
        assert function(rows, asked(kind)).tolist() == [0, 0, 0]
    assert criteria.title(rows, job(), ("data",)).tolist() == [0, 0, 0]
    assert criteria.years(rows_of(0), job(), asked(RequirementKind.YEARS, minimum=12)).shape == (0,)
