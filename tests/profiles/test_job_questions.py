"""Topics that only a conversation can settle."""

from __future__ import annotations

import pytest

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.job_questions import questions


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Location: Porto", ("Location",)),
        ("Must be authorized to work in the US; we do not sponsor visas", ("Work permit",)),
        ("Active security clearance", ("Clearance and checks",)),
        ("Travel up to 25%", ("Travel",)),
        ("Rotating shifts and weekends", ("Shifts and hours",)),
        ("Fully remote", ("Remote or on site",)),
        ("Willing to relocate", ("Relocation",)),
        ("Reisebereitschaft und Schichtdienst", ("Travel", "Shifts and hours")),
        ("remote sensing of glaciers", ()),
        ("hybrid vehicles", ()),
        ("Python", ()),
    ],
)
def test_topics(text: str, topics: tuple[str, ...]) -> None:
    assert questions(text, Span(0, len(text))) == topics
