"""Human languages in job descriptions."""

from __future__ import annotations

import pytest

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.job_languages import languages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fluent English and good German", {"English": "C1", "German": "B2"}),
        ("German (C1)", {"German": "C1"}),
        ("English C2, French B1", {"English": "C2", "French": "B1"}),
        ("Native speaker of Dutch", {"Dutch": "native"}),
        ("Spoken Spanish", {"Spanish": ""}),
        ("Verhandlungssicheres Deutsch", {"German": "C1"}),
        ("fließende Englischkenntnisse", {"English": "C1"}),
        ("Anglais courant", {"English": "C1"}),
        ("Nivel alto de inglés", {"English": "C1"}),
        ("Inglês fluente", {"English": "C1"}),
        ("Buona conoscenza dell'inglese", {"English": "B2"}),
        ("Vloeiend Nederlands en Engels", {"Dutch": "C1", "English": "C1"}),
        ("English teacher", {}),
        ("experience in the German market", {}),
        ("grind and polish steel, basic tools", {}),
        ("Thai cuisine at an advanced level", {}),
    ],
)
def test_languages(text: str, expected: dict[str, str]) -> None:
    assert {asked.language: asked.level for asked in languages(text, Span(0, len(text)))} == expected


def test_a_heading_of_languages_needs_no_cue() -> None:
    text = "English, Polish"
    assert languages(text, Span(0, len(text))) == ()
    assert [asked.language for asked in languages(text, Span(0, len(text)), listed=True)] == ["English", "Polish"]
