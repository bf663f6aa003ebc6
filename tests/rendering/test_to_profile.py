from __future__ import annotations

from types import SimpleNamespace

from hirelens_cli.model.documents import Span
from hirelens_cli.rendering.to_profile import source_of


def test_the_line_around_a_span():
    profile = SimpleNamespace(text="first\nsecond line\nlast", page_starts=(0, 6))
    source = source_of(profile, Span(13, 17))
    assert (source.page, source.line) == (2, "second line")
    assert source_of(profile, Span(0, 5)).line == "first"
    assert source_of(profile, Span(18, 22)).line == "last"
