"""A job description cut into items (a bullet, a paragraph, a line) and sentences, each knowing under which heading it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hirelens_cli.model.documents import BlockKind, Document, Span
from hirelens_cli.profiles.job_cues import Demand, cues
from hirelens_cli.profiles.job_headings import MATCHED, MAX_HEADING, Zone, zone_of


@dataclass(frozen=True, slots=True)
class Item:
    """One bullet, paragraph or line of its own, wrapped lines joined."""

    span: Span
    """In the document's text, without the bullet sign."""
    zone: Zone
    bullet: bool
    heading: str
    """The heading above it, as written; empty before the first."""
    sentences: tuple[Span, ...]
    label: bool = False
    """A heading of no known meaning: `Backend`, `Programming languages`."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The items of a job description, in order; `titles` are the lines of the top that may name the job."""

    text: str
    items: tuple[Item, ...]
    sectioned: bool
    """Some heading announces what is required."""
    titles: tuple[Span, ...]


@dataclass(slots=True)
class _Line:
    span: Span
    kind: BlockKind
    bullet: bool
    marked: bool
    first: bool
    """Begins a block."""


MOST_CHARS = 60_000
"""Characters that are read: ten times a long description."""

_BULLET = re.compile(
    r"[ \t]{0,40}(?:[•●▪◦‣·○■□▪◆❖►➢➤✓✔➔→–—*-]|o(?=[ \t]+[A-ZÀ-Þ])|\(?\d{1,2}[.)]|\(?[a-h][.)])[ \t]+|[ \t]{0,40}[•●▪◦‣○■□◆❖►➢➤✓✔➔](?=\S)"
)
_MARKDOWN = re.compile(r"[ \t]{0,3}(?:#{1,6}[ \t]+|\*\*(?=\S)|__(?=\S))")
_OPEN_END = re.compile(
    r"(?:[,(&/–-]|\b(?:and|or|of|the|a|an|in|with|for|to|at|by|on|und|oder|mit|von|der|die|das|für|et|ou|de|des|du|la|le|les|en|y|o|con|e|com|di|da|del|van|het|een|met))$"
)
_SENTENCE_END = re.compile(
    r"[.!?…]{1,4}[)\"'”»]?\s+(?=[\"“«(¿¡]?[A-ZÀ-ÞΑ-ΩА-Я0-9])|;\s+(?!(?:or|oder|ou|and|und)\s)|\s[•●▪■►]\s+"
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(/])(?:e\.g|i\.e|etc|z\.\s?b|bzw|ca|approx|min|max|mind|inkl|incl|resp|vs|no|nr|núm|p\.\s?ex|ex|por ej|bijv|b\.v|d\.h|u\.a|o\.ä|usw|ggf|evtl|sr|jr|dr|mr|mrs|ms|st|yrs?|b\.?\s?sc|m\.?\s?sc|ph\.?\s?d|b\.?\s?a|m\.?\s?a|[a-z])\.$",
    re.IGNORECASE,
)


def outline(document: Document) -> Outline:
    """The items of `document` with their zones; spans count in `document.text`."""
    text = document.text
    lines = list(_lines(document, text))
    width = max((line.span.end - line.span.start for line in lines), default=0)
    items: list[Item] = []
    zone, heading, sectioned = Zone.ROLE, "", False
    pending: list[_Line] = []

    def flush() -> None:
        if pending:
            span = Span(pending[0].span.start, pending[-1].span.end)
            items.append(Item(span, zone, pending[0].bullet, heading, tuple(_sentences(text, span))))
            pending.clear()

    titles: list[Span] = []
    for index, line in enumerate(lines):
        written = line.span.of(text)
        found, rest = _heading(written, line)
        if found is None and index + 1 < len(lines) and lines[index + 1].bullet:
            found = _by_cue(text, line)
        if found is not None:
            flush()
            sectioned |= found is Zone.REQUIRED
            before = (zone, heading)
            zone, heading = found, written[: len(written) - len(rest)].strip()
            if rest:
                start = line.span.end - len(rest)
                pending.append(_Line(Span(start, line.span.end), line.kind, line.bullet, False, line.first))
                if line.bullet:
                    flush()
                    zone, heading = before
            continue
        if _unknown_heading(written, line):
            flush()
            if len(items) < 4:
                titles.append(line.span)
            zone = zone if zone in MATCHED else Zone.ROLE
            heading = written.strip()
            items.append(Item(line.span, zone, False, heading, (line.span,), label=True))
            continue
        if pending and not _continues(text, pending[-1], line, width, document.format):
            flush()
        pending.append(line)
        if len(items) < 4 and not line.bullet and len(written) <= 90:
            titles.append(line.span)
    flush()
    return Outline(text, tuple(items), sectioned, tuple(titles))


def _lines(document: Document, text: str) -> Iterator[_Line]:
    """Lines with something in them, stripped of bullet and markdown signs."""
    sizes = sorted(block.size for block in document.blocks if block.size)
    body = sizes[len(sizes) // 2] if sizes else 0.0
    bold_share = sum(block.bold for block in document.blocks) / max(1, len(document.blocks))
    for begin, block in zip(document.block_starts(), document.blocks, strict=True):
        if block.kind in {BlockKind.HEADER, BlockKind.FOOTER}:
            continue
        offset, first = begin, True
        for raw in block.text.split("\n"):
            if offset > MOST_CHARS:
                return
            start, end = offset, offset + len(raw)
            offset = end + 1
            sign = _BULLET.match(text, start, end)
            bullet = sign is not None or (block.kind is BlockKind.LIST_ITEM and first)
            start = sign.end() if sign else start
            mark = _MARKDOWN.match(text, start, end)
            start = mark.end() if mark else start
            while start < end and text[start].isspace():
                start += 1
            while end > start and (text[end - 1].isspace() or (mark and text[end - 1] in "*_")):
                end -= 1
            if start == end:
                first = True
                continue
            written = text[start:end]
            marked = (
                mark is not None
                or block.kind is BlockKind.HEADING
                or (block.bold and bold_share < 0.5)
                or bool(body and block.size > body * 1.08)
                or written.endswith((":", "："))
                or (written.isupper() and len(written) > 3)
            )
            yield _Line(Span(start, end), block.kind, bullet, marked, first)
            first = False


_RUN_IN = re.compile(r"[^:：\n]{2,60}[:：](?:\*\*|__)?[ \t]+(?=\S)")


def _heading(written: str, line: _Line) -> tuple[Zone | None, str]:
    """The zone that a line opens, and what it says after the heading on the same line."""
    if len(written) <= MAX_HEADING and not (line.bullet and not line.marked):
        zone = zone_of(written, marked=line.marked)
        if zone is not None and not (written.endswith(".") and len(written) > 30):
            return zone, ""
    run_in = _RUN_IN.match(written)
    if run_in:
        zone = zone_of(run_in.group(), marked=False)
        if zone is not None:
            return zone, written[run_in.end() :]
    return None, ""


def _by_cue(text: str, line: _Line) -> Zone | None:
    """The zone of a line in words of its own above a list: `Not needed, but we'd be delighted`."""
    written = line.span.of(text)
    if line.bullet or len(written.split()) > 9 or len(written) > MAX_HEADING or written.endswith("."):
        return None
    said = {cue.demand for cue in cues(text, line.span)}
    if Demand.PREFERRED in said or Demand.CANCELLED in said:
        return Zone.PREFERRED
    return Zone.REQUIRED if Demand.REQUIRED in said else None


def _unknown_heading(written: str, line: _Line) -> bool:
    """Looks like a heading, yet no known one."""
    short = len(written) <= MAX_HEADING and len(written.split()) <= 9
    return (
        short
        and line.marked
        and not line.bullet
        and not written.endswith((".", ",", ";"))
        and any(map(str.isalpha, written))
    )


_WHOLE_BLOCKS = frozenset({"docx", "odt", "html", "rtf", "doc"})
"""Formats whose blocks are whole paragraphs; the others give lines."""


def _continues(text: str, before: _Line, line: _Line, width: int, form: str) -> bool:
    """Whether `line` goes on where `before` broke off: it starts in lower case, or its first word found no more room."""
    if line.bullet or line.marked or (line.first and form in _WHOLE_BLOCKS):
        return False
    head, tail = text[line.span.start], text[max(before.span.start, before.span.end - 12) : before.span.end].casefold()
    if head in ")&/":
        return True
    if tail[-1] in ".!?:;":
        return False
    if head.islower() or _OPEN_END.search(tail):
        return True
    word = line.span.of(text).split(None, 1)[0]
    return 40 <= width <= 140 and before.span.end - before.span.start + 1 + len(word) > 0.92 * width


def _sentences(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _SENTENCE_END.finditer(text, span.start, span.end):
        if text[match.start()] == "." and _ABBREVIATED.search(text, max(start, match.start() - 8), match.start() + 1):
            continue
        joint = match.group()
        yield Span(start, match.start() + (len(joint.rstrip()) if joint[0] in ".!?…" else 0))
        start = match.end()
    if start < span.end:
        yield Span(start, span.end)


def flat(text: str) -> str:
    """`text` with every line break as a space: same length, same offsets."""
    return text.replace("\n", " ")
