"""Years of experience in job descriptions."""

from __future__ import annotations

import pytest

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.job_years import years


@pytest.mark.parametrize(
    ("text", "minimum", "maximum"),
    [
        ("5+ years of experience", 60, 0),
        ("3-5 years in sales", 36, 60),
        ("three (3) years of welding", 36, 0),
        ("five (5) to seven (7) years", 60, 84),
        ("5 to seven years' experience", 60, 84),
        ("Work in an agile team5+ years of testing", 60, 0),
        ("5 yearsexperience", 60, 0),
        ("1-3+ years", 12, 0),
        ("Between 2 and 5 years of litigation", 24, 60),
        ("18 months of experience", 18, 0),
        ("Three to five (3-5) years of payroll experience", 36, 60),
        ("4+ years post-licensure experience", 48, 0),
        ("un anno di esperienza", 12, 0),
        ("experiência de 1 ano", 12, 0),
        ("at least 8 or more years", 96, 0),
        ("10 yrs hands-on", 120, 0),
        ("0-2 years of experience", 0, 24),
        ("up to 3 years of experience", 0, 36),
        ("1.5 years of practice", 18, 0),
        ("For this post 5+ years relevant experience", 60, 0),
        ("mindestens drei Jahre Berufserfahrung", 36, 0),
        ("2 bis 4 Jahren Erfahrung", 24, 48),
        ("au moins 3 ans d'expérience", 36, 0),
        ("De 2 à 4 ans d'expérience", 24, 48),
        ("mínimo 3 años de experiencia", 36, 0),
        ("dois anos de experiência", 24, 0),
        ("almeno due anni di esperienza", 24, 0),
        ("minimaal 1 jaar ervaring", 12, 0),
        ("3 tot 5 jaar ervaring", 36, 60),
    ],
)
def test_asked(text: str, minimum: int, maximum: int) -> None:
    [found] = years(text, Span(0, len(text)))
    assert (found.minimum, found.maximum) == (minimum, maximum)


@pytest.mark.parametrize(
    "text",
    [
        "We have more than 20 years of experience",
        "For over 12 years we have helped ports",
        "a company founded 15 years ago",
        "You are at least 18 years old",
        "a four-year degree",
        "a 2 year contract",
        "our 3-year plan",
        "in the last 3 years",
        "within 2 years you will lead a team",
        "every 2 years",
        "serving families for 40 years",
        "the average tenure is 11 years",
        "$1,450 weekly",
        "2019 years",
        "seit 25 Jahren bauen wir Orgeln",
        "18 Jahre alt",
        "depuis 20 ans",
        "24/7",
        "30 days of holiday",
    ],
)
def test_not_asked(text: str) -> None:
    assert years(text, Span(0, len(text))) == ()


def test_spans_count_in_the_whole_text() -> None:
    text = "Welder wanted. 4 years of welding."
    [found] = years(text, Span(15, len(text)))
    assert found.span.of(text) == "4 years"
