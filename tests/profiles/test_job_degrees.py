"""Degrees in job descriptions."""

from __future__ import annotations

import pytest

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.job_degrees import degrees


@pytest.mark.parametrize(
    ("text", "level", "fields"),
    [
        ("High school diploma or GED", 1, ()),
        ("Associate's degree in nursing", 2, ("nursing",)),
        ("BS in Civil Engineering", 3, ("Civil Engineering",)),
        ("Bachelor's or Master's degree in Physics", 3, ("Physics",)),
        ("A master's degree in social work and a licence", 4, ()),
        ("MSc or PhD in Biology", 4, ("Biology",)),
        ("BS/MS in Statistics or a related field", 3, ("Statistics",)),
        ("a degree in computer science, mathematics or similar", 3, ("computer science", "mathematics")),
        ("PhD in chemistry", 5, ("chemistry",)),
        ("Abgeschlossenes Studium der Informatik", 3, ("Informatik",)),
        ("Abgeschlossene Ausbildung als Koch", 2, ("Koch",)),
        ("Formation Bac+5 en informatique", 4, ("informatique",)),
        ("Bac +2 en comptabilité", 2, ("comptabilité",)),
        ("Bachelor's degree in a quantitative field (Statistics, Economics)", 3, ("Statistics", "Economics")),
        ("Grado en Derecho", 3, ("Derecho",)),
        ("Licenciatura em Engenharia Civil ou equivalente", 3, ("Engenharia Civil",)),
        ("Laurea in economia", 3, ("economia",)),
        ("Laurea magistrale in fisica", 4, ("fisica",)),
        ("Hbo werk- en denkniveau", 3, ()),
        ("Mbo-diploma verpleegkunde", 2, ()),
    ],
)
def test_level_and_fields(text: str, level: int, fields: tuple[str, ...]) -> None:
    [found] = degrees(text, Span(0, len(text)))
    assert found.level == level
    if fields:
        assert found.fields == fields


@pytest.mark.parametrize(
    "text",
    [
        "a high degree of autonomy",
        "Scrum Master",
        "maintain master data",
        "MS Office",
        "Boston, MA",
        "temperatures of 40 degrees Celsius",
        "a master electrician",
        "teach high school students",
        "a Level 2 childcare certificate",
        "be a team player",
        "Maîtrise de PHP",
    ],
)
def test_no_degree(text: str) -> None:
    assert degrees(text, Span(0, len(text))) == ()


@pytest.mark.parametrize(
    ("text", "equivalent"),
    [
        ("Bachelor's degree or equivalent experience", True),
        ("Degree in lieu of which experience counts", True),
        ("Bachelor's degree, or an equivalent combination of education and experience", True),
        ("Studium oder vergleichbare Qualifikation", True),
        ("Bachelor's degree in Law", False),
    ],
)
def test_equivalent(text: str, equivalent: bool) -> None:
    [found] = degrees(text, Span(0, len(text)))
    assert found.or_equivalent is equivalent


def test_a_preferred_degree_in_brackets_is_one_of_its_own() -> None:
    text = "Master's degree in Physics or Mathematics (PhD preferred)"
    assert [found.level for found in degrees(text, Span(0, len(text)))] == [4, 5]
