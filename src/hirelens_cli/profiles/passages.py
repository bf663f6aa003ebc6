"""The redacted text cut into passages: a bullet or a few short lines, never across sections or positions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from hirelens_cli.model.documents import BlockKind, Span
from hirelens_cli.model.profiles import Passage, Position, SectionKind
from hirelens_cli.profiles.lines import Line
from hirelens_cli.profiles.sections import Part
from hirelens_cli.profiles.titles import find_title

LONGEST = 60
"""Words after which a passage ends with its line or sentence."""
SHORTEST = 8
"""A passage with fewer words takes the next line in, unless that is a bullet."""
LEAST_LENGTH = 15
"""Characters of a passage that tells of work."""
_NAMING = frozenset([SectionKind.HEADER, SectionKind.SKILLS, SectionKind.INTERESTS, SectionKind.LANGUAGES])
"""Sections whose lines name things and show no work."""
_LEFT_OUT = frozenset([SectionKind.REFERENCES, SectionKind.INTERESTS])
_BULLET = re.compile(r"[ \t]{0,40}(?:[•●▪◦‣·○■□▪◆❖►➢➤✓✔➔→*–—-][ \t]{0,9}|o[ \t]+(?=[A-Z])|\d{1,2}[.)][ \t]{1,9})")
_PLACEHOLDER = re.compile(r"\[[a-z][a-z ]{0,30}\]")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Þ•])")
_WORD = re.compile(r"\w\w+")
_SAYS = re.compile(r"\b\d*[^\W\d]\w")
"""A word of two letters or more that is no number."""


def find_passages(text: str, parts: Sequence[Part], positions: Sequence[Position]) -> tuple[Passage, ...]:
    """The passages of the redacted `text` in its order; `passage.text` is what its span covers.

    Contact lines, headings, references and interests give none; in the header only a headline that is a title does.
    """
    passages = []
    starts = [position.span.start for position in positions]
    for part in parts:
        if part.kind in _LEFT_OUT:
            continue
        for span in _spans(part, positions):
            covered = _trimmed(text, span)
            if covered is None:
                continue
            passages.append(
                Passage(covered.of(text), covered, part.kind, _position_at(starts, positions, covered.start))
            )
    return tuple(passages)


def tells(passage: Passage, positions: Sequence[Position]) -> bool:
    """Whether a passage can be evidence of a duty: lists and headlines name things, and a word or two is alike by chance."""
    if passage.section in _NAMING or passage.span.end - passage.span.start < LEAST_LENGTH:
        return False
    if passage.position is None:
        return True
    head = positions[passage.position].head
    return not head.start <= passage.span.start < head.end


def _position_at(starts: Sequence[int], positions: Sequence[Position], offset: int) -> int | None:
    at = bisect_right(starts, offset) - 1
    return at if at >= 0 and offset < positions[at].span.end else None


def _trimmed(text: str, span: Span) -> Span | None:
    """The span without bullet and blanks at its ends; None where nothing but placeholders and signs is left."""
    start, end = span.start, span.end
    bullet = _BULLET.match(text, start, end)
    if bullet:
        start = bullet.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    covered = text[start:end]
    if "[" in covered:
        covered = _PLACEHOLDER.sub(" ", covered)
    return Span(start, end) if _SAYS.search(covered) else None


def _spans(part: Part, positions: Sequence[Position]) -> Iterator[Span]:
    """Stretches of lines that belong together."""
    if part.kind is SectionKind.HEADER:
        yield from (line.span for line in part.lines if find_title(_PLACEHOLDER.sub(" ", line.text)))
        return
    heads = {position.head.start: position.head.end for position in positions}
    group: list[Line] = []
    count = 0
    head_end = -1
    for line in part.lines:
        size = len(line.text.split())
        if line.start in heads:
            yield from _flushed(group)
            group, count, head_end = [], 0, heads[line.start]
        elif head_end >= 0 and line.start > head_end:
            yield from _flushed(group)
            group, count, head_end = [], 0, -1
        elif (
            head_end < 0
            and group
            and (_begins(line, group) or count + size > LONGEST or (count >= SHORTEST and _ends(group[-1], line)))
        ):
            yield from _flushed(group)
            group, count = [], 0
        if line.text.strip():
            group.append(line)
            count += size
    yield from _flushed(group)


def _begins(line: Line, group: list[Line]) -> bool:
    """Whether the line begins a bullet or an item of its own."""
    if line.kind is BlockKind.LIST_ITEM or line.kind is BlockKind.TABLE_ROW or _BULLET.match(line.text):
        return True
    return group[-1].kind is not line.kind


def _ends(last: Line, line: Line) -> bool:
    """Whether a passage that is long enough ends between two lines: at a full stop, or where a paragraph is over."""
    text = last.text.rstrip()
    if text.endswith((".", "!", "?", ":")):
        return True
    return line.text[:1].isupper() and len(text) < 60


def _flushed(group: list[Line]) -> Iterator[Span]:
    """The group's span, cut at sentences where it is far too long."""
    if not group:
        return
    start, end = group[0].start, group[-1].end
    text = "\n".join([line.text for line in group])
    most = LONGEST * 3 // 2
    if len(text) < 3 * most or len(_WORD.findall(text)) <= most:  # a word and its gap take three characters
        yield Span(start, end)
        return
    begin, count, at = 0, 0, 0
    for match in _SENTENCE.finditer(text):
        count += len(_WORD.findall(text[at : match.start()]))
        at = match.end()
        if count >= LONGEST // 2:
            yield from _hard_cut(text, begin, match.start(), start)
            begin, count = match.end(), 0
    yield from _hard_cut(text, begin, len(text), start)


def _hard_cut(text: str, begin: int, end: int, offset: int) -> Iterator[Span]:
    """Pieces of at most twice LONGEST words, cut at blanks, for text without sentences."""
    spaces = [match.start() for match in re.compile(r"\s").finditer(text, begin, end)]
    for at in range(2 * LONGEST, len(spaces), 2 * LONGEST):
        yield Span(offset + begin, offset + spaces[at])
        begin = spaces[at] + 1
    if begin < end:
        yield Span(offset + begin, offset + end)
