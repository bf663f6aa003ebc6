"""Lines of the redacted resume, cut so that they can be quoted: the text always equals the text under its span."""

from __future__ import annotations

from collections.abc import Iterable

from hirelens_cli.model.documents import Span, page_at
from hirelens_cli.model.profiles import Profile
from hirelens_cli.model.shortlists import Evidence

LONGEST = 240
"""Characters of a quotation."""


def line_around(profile: Profile, span: Span) -> Evidence | None:
    """The line or lines that `span` lies on; of a very long line the words around it. None for an empty line."""
    text = profile.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", max(span.start, span.end - 1))
    return _window(profile, span, start, len(text) if end < 0 else end)


def around(profile: Profile, span: Span) -> Evidence | None:
    """The passage that `span` begins in, or the words around it in a long one; outside all passages, its line.

    A line alone may be half a sentence, where a sentence is wrapped.
    """
    home = next((item.span for item in profile.passages if item.span.start <= span.start < item.span.end), None)
    if home is None:
        return line_around(profile, span)
    end = profile.text.find("\n", span.end) if span.end > home.end else home.end
    return _window(profile, span, home.start, len(profile.text) if end < 0 else end)


def passage(profile: Profile, span: Span) -> Evidence | None:
    """The passage under `span`, cut at a word where it is very long. None for an empty one."""
    end = span.end
    if end - span.start > LONGEST:
        end = _word_end(profile.text, span.start, span.start + LONGEST)
    return _evidence(profile, span.start, end)


def quotes(profile: Profile, spans: Iterable[Span], most: int = 2) -> tuple[Evidence, ...]:
    """What stands around the first `most` spans that lie in different passages or on different lines."""
    found: dict[int, Evidence] = {}
    for span in spans:
        line = around(profile, span)
        if line is not None:
            found.setdefault(line.start, line)
        if len(found) == most:
            break
    return tuple(found.values())


def _window(profile: Profile, span: Span, start: int, end: int) -> Evidence | None:
    """The text from `start` to `end`, or of a very long one the words around `span`."""
    if end - start > LONGEST:
        room = max(0, LONGEST - (span.end - span.start)) // 2
        start = max(start, _word_start(profile.text, span.start - room, span.start))
        end = min(end, _word_end(profile.text, min(span.end, start + LONGEST), start + LONGEST))
    return _evidence(profile, start, end)


def _evidence(profile: Profile, start: int, end: int) -> Evidence | None:
    text = profile.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Evidence(page_at(profile.page_starts, start), start, start + len(text), text) if text else None


def _word_start(text: str, near: int, latest: int) -> int:
    """The first start of a word at or after `near`, not after `latest`."""
    near = max(0, near)
    blank = text.find(" ", near, latest)
    return near if near == 0 or text[near - 1].isspace() else (blank + 1 if blank >= 0 else latest)


def _word_end(text: str, earliest: int, near: int) -> int:
    """The last end of a word at or before `near`, not before `earliest`."""
    if near >= len(text) or text[near].isspace():
        return min(near, len(text))
    blank = text.rfind(" ", earliest, near)
    return blank if blank > earliest else near
