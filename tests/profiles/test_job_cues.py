"""Required, preferred, not required: what a sentence says of each of its parts."""

from __future__ import annotations

import pytest

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.job_cues import Demand, cues, demand_at


def demand(text: str, word: str) -> Demand | None:
    start = text.index(word)
    return demand_at(cues(text, Span(0, len(text))), Span(start, start + len(word)))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Strong Rust", "Rust", None),
        ("Rust is a plus", "Rust", Demand.PREFERRED),
        ("Rust is required", "Rust", Demand.REQUIRED),
        ("Rust is not required", "Rust", Demand.CANCELLED),
        ("Rust preferred but not required", "Rust", Demand.PREFERRED),
        ("Rust required, Perl preferred", "Rust", Demand.REQUIRED),
        ("Rust required, Perl preferred", "Perl", Demand.PREFERRED),
        ("Rust, ideally with Perl", "Rust", None),
        ("Rust, ideally with Perl", "Perl", Demand.PREFERRED),
        ("Rust, Perl (nice to have)", "Rust", None),
        ("Rust, Perl (nice to have)", "Perl", Demand.PREFERRED),
        ("Rust and Perl are a must", "Perl", Demand.REQUIRED),
        ("You must know Rust", "Rust", Demand.REQUIRED),
        ("We'd love it if you knew Rust", "Rust", Demand.PREFERRED),
        ("No experience with Rust is necessary", "Rust", Demand.CANCELLED),
        ("Other duties as required by Rust", "Rust", None),
        ("Rust von Vorteil", "Rust", Demand.PREFERRED),
        ("Rust setzen wir voraus", "Rust", Demand.REQUIRED),
        ("Keine Rust-Kenntnisse erforderlich", "Rust", Demand.CANCELLED),
        ("La connaissance de Rust serait un plus", "Rust", Demand.PREFERRED),
        ("Rust est exigé", "Rust", Demand.REQUIRED),
        ("Se valorará Rust", "Rust", Demand.PREFERRED),
        ("Rust imprescindible", "Rust", Demand.REQUIRED),
        ("Rust será um diferencial", "Rust", Demand.PREFERRED),
        ("La conoscenza di Rust è gradita", "Rust", Demand.PREFERRED),
        ("È richiesta la conoscenza di Rust", "Rust", Demand.REQUIRED),
        ("Rust is een pré", "Rust", Demand.PREFERRED),
        ("Rust is vereist", "Rust", Demand.REQUIRED),
        ("Rust is niet vereist", "Rust", Demand.CANCELLED),
        ("Go, plus Rust", "Go", None),
        ("Plus de 5 ans de Rust", "Rust", None),
        ("5 plus years of Rust", "Rust", None),
        ("Rust, a plus", "Rust", Demand.PREFERRED),
        ("Go is a plus, as is Rust", "Rust", Demand.PREFERRED),
        ("Go est apprécié, Rust également.", "Rust", Demand.PREFERRED),
        ("Go is a plus. Rust", "Rust", None),
    ],
)
def test_demand(text: str, word: str, expected: Demand | None) -> None:
    assert demand(text, word) is expected
