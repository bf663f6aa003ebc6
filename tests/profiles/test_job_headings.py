"""What headings announce."""

from __future__ import annotations

import pytest

from hirelens_cli.profiles.job_headings import Zone, zone_of


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("Requirements", Zone.REQUIRED),
        ("Minimum Qualifications", Zone.REQUIRED),
        ("What you’ll need", Zone.REQUIRED),
        ("Who you are", Zone.REQUIRED),
        ("Ihr Profil", Zone.REQUIRED),
        ("Profil recherché", Zone.REQUIRED),
        ("Requisitos imprescindibles", Zone.REQUIRED),
        ("Requisitos obrigatórios", Zone.REQUIRED),
        ("Requisiti", Zone.REQUIRED),
        ("Wat vragen wij?", Zone.REQUIRED),
        ("Preferred Qualifications", Zone.PREFERRED),
        ("Nice to have", Zone.PREFERRED),
        ("🌟 Bonus points", Zone.PREFERRED),
        ("Von Vorteil", Zone.PREFERRED),
        ("Les plus", Zone.PREFERRED),
        ("Se valorará", Zone.PREFERRED),
        ("Diferenciais", Zone.PREFERRED),
        ("Costituisce titolo preferenziale", Zone.PREFERRED),
        ("Pluspunten", Zone.PREFERRED),
        ("Key Responsibilities", Zone.DUTIES),
        ("What you'll do", Zone.DUTIES),
        ("Ihre Aufgaben", Zone.DUTIES),
        ("Vos missions", Zone.DUTIES),
        ("Funciones", Zone.DUTIES),
        ("Responsabilidades", Zone.DUTIES),
        ("Mansioni", Zone.DUTIES),
        ("Wat ga je doen?", Zone.DUTIES),
        ("About us", Zone.COMPANY),
        ("Who we are", Zone.COMPANY),
        ("Über uns", Zone.COMPANY),
        ("Qui sommes-nous", Zone.COMPANY),
        ("Chi siamo", Zone.COMPANY),
        ("About the role", Zone.ROLE),
        ("Benefits", Zone.BENEFITS),
        ("What we offer", Zone.BENEFITS),
        ("Wir bieten", Zone.BENEFITS),
        ("Nous offrons", Zone.BENEFITS),
        ("Ofrecemos", Zone.BENEFITS),
        ("Wat bieden wij?", Zone.BENEFITS),
        ("Equal Opportunity", Zone.EQUAL),
        ("How to apply", Zone.APPLY),
        ("Location", Zone.FACTS),
    ],
)
def test_known_headings(line: str, zone: Zone) -> None:
    assert zone_of(line, marked=False) is zone
    assert zone_of(line + ":", marked=True) is zone


@pytest.mark.parametrize(
    "line", ["Python required", "Docker is nice to have", "Welder", "5 years of experience in retail", ""]
)
def test_requirements_are_no_headings(line: str) -> None:
    assert zone_of(line, marked=False) is None
