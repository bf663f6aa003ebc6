"""The sections of a resume: headings by their words, by how they are set, and by where they stand."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from hirelens_cli.model.documents import BlockKind, Span
from hirelens_cli.model.profiles import Section, SectionKind
from hirelens_cli.profiles.language_names import names_human_language
from hirelens_cli.profiles.lines import Line
from hirelens_cli.profiles.tokens import fold

PERSONAL = "personal"
_MAX_HEADING = 56
_MAX_WORDS = 6
_CONNECTORS = frozenset(
    [
        "and", "in", "with", "of", "et", "e", "y", "und", "en", "de", "as", "or", "summary", "details", "history",
        "background", "und",
    ]
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_BULLET = re.compile(r"[ \t]{0,40}(?:[•●▪◦‣·○■□▪◆❖►➢➤✓✔➔→*–—-]|o(?=\s)|\(?[0-9]{1,2}[.)]|[ivxIVX]{1,4}[.)])[ \t]{0,9}")
_SPACED = re.compile(r"[^\W\d_](?: {1,4}[^\W\d_&]){3,39}")
_INLINE = re.compile(r"[ \t]{0,40}([^\W\d_][^:|\n]{2,38}?)[ \t]{0,4}:[ \t]{0,9}(?=\S)")
_INLINE_KINDS = frozenset(
    [
        SectionKind.SKILLS, SectionKind.EDUCATION, SectionKind.CERTIFICATES, SectionKind.LANGUAGES,
        SectionKind.INTERESTS, SectionKind.REFERENCES, SectionKind.SUMMARY,
    ]
)  # fmt: skip
_WORK = frozenset([SectionKind.EXPERIENCE, SectionKind.PROJECTS, SectionKind.VOLUNTEERING])
_WORK_LABELS = frozenset(
    [
        "tools", "technologies", "software", "training", "knowledge", "highlights", "overview", "goal", "mission",
        "strengths",
    ]
)  # fmt: skip
"""Labels that belong to one position or project, even in capitals."""
_WEAK = frozenset(
    [
        "training", "research", "software", "work", "project", "tools", "technologies", "communication", "languages",
        "knowledge", "presentations", "abilities", "strengths", "details", "career", "stage", "stages", "parcours",
        "activities", "community", "conferences", "portfolio", "studies", "grants", "talks", "statement", "mission",
        "personal", "contact",
    ]
)  # fmt: skip
"""Headings that are list items and ends of wrapped lines as often; they need typography."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its lines."""

    kind: SectionKind
    heading: str
    """As written; empty where the section has none."""
    span: Span
    """The heading included."""
    lines: tuple[Line, ...]
    """Without the heading; behind an inline heading the first is the rest of its line."""

    @property
    def section(self) -> Section:
        """The record of the model."""
        return Section(self.kind, self.heading, self.span)


@dataclass(frozen=True, slots=True)
class _Heading:
    index: int
    kind: SectionKind
    text: str
    rest: int = 0
    """Where the content begins in the line, for `SKILLS: a, b`; 0 for a line of its own."""
    set_off: bool = False
    """Bold, larger or marked as a heading by the format."""


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, SectionKind], dict[str, SectionKind], dict[str, SectionKind]]:
    """Headings, headings without their spaces, keywords."""
    data = tomllib.loads((files(__package__) / "data" / "headings.toml").read_text(encoding="utf-8"))
    exact: dict[str, SectionKind] = {}
    for name, headings in data["headings"].items():
        kind = SectionKind.HEADER if name == PERSONAL else SectionKind(name)
        for heading in headings:
            exact.setdefault(heading, kind)
    squeezed = {heading.replace(" ", ""): kind for heading, kind in exact.items() if len(heading) > 4}
    keywords = {word: SectionKind(name) for name, words in data["keywords"].items() for word in words}
    return exact, squeezed, keywords


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A heading as it is compared: folded words, `&` as and, letter-spacing, bullets and numbering taken off."""
    bullet = _BULLET.match(text)
    if bullet and bullet.end() < len(text):
        text = text[bullet.end() :]
    stripped = text.strip(" \t:.-–—_=*#|•~")
    if _SPACED.fullmatch(stripped):
        stripped = "  ".join(word.replace(" ", "") for word in re.split(r" {2,4}", stripped))
    return " ".join(_WORD.findall(fold(stripped.replace("&", " and "))))


def find_parts(lines: Sequence[Line]) -> tuple[Part, ...]:
    """The sections of the text, in order and without gaps; what stands before the first heading is the HEADER.

    A paragraph of prose in the header begins a SUMMARY without a heading.
    """
    if not lines:
        return ()
    body = body_size(lines)
    headings = _confirmed(
        lines, [found for i, line in enumerate(lines) if (found := _heading(lines, i, line, body))], body
    )
    return tuple(_parts(lines, headings))


def body_size(lines: Sequence[Line]) -> float:
    """The font size of most characters; 0 where no size is known."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 0.0


def _set_off(line: Line, body: float) -> bool:
    return line.kind is BlockKind.HEADING or line.bold or (line.size > body * 1.08 > 0)


def _heading(lines: Sequence[Line], index: int, line: Line, body: float) -> _Heading | None:
    """The heading that the line is, or begins with."""
    text = line.text.strip()
    if not text or text[0] == "[":
        return None
    if len(text) > _MAX_HEADING or (text.count(" ") > _MAX_WORDS and text[1:2] != " "):
        return _inline(index, line, body) if ":" in text else None
    words, kind, keyed = _named(text)
    if kind is None:
        if words and ":" in text and not text.endswith(":"):
            return _inline(index, line, body)
        if keyed is None:
            return None
    set_off = _set_off(line, body)
    marked = set_off or text.isupper() or text.endswith(":")
    if kind is not None:
        listed = line.kind is BlockKind.LIST_ITEM or (_BULLET.match(line.text) is not None and not text[0].isdigit())
        lower = text[0].islower() and not set_off
        weak = words in _WEAK and not (kind is SectionKind.LANGUAGES and _names_ahead(lines, index))
        if marked or not (listed or lower or weak):
            return _Heading(index, _by_content(kind, words, lines, index), text, set_off=set_off)
        return None
    if keyed is not None and (
        marked or (keyed is SectionKind.EXPERIENCE and text[0].isupper() and _dates_follow(lines, index))
    ):
        return _Heading(index, keyed, text, set_off=set_off)
    return None


@lru_cache(maxsize=4096)
def _named(text: str) -> tuple[str, SectionKind | None, SectionKind | None]:
    """A line as headings are compared, the heading that it is, and else the one that its keywords say."""
    words = normal(text)
    exact, squeezed, _ = _known()
    kind = exact.get(words) or (squeezed.get(words.replace(" ", "")) if len(words) > 4 else None)
    return words, kind, _by_keyword(words, text) if words and kind is None else None


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _dates_follow(lines: Sequence[Line], index: int) -> bool:
    return any(_YEAR.search(line.text) for line in lines[index + 1 : index + 5])


def _by_keyword(words: str, text: str) -> SectionKind | None:
    """The kind of `RELEVANT WORK EXPERIENCE IN RETAIL`: a keyword at the end, or at the beginning before a connector."""
    parts, keywords = words.split(), _known()[2]
    if keywords.keys().isdisjoint(parts) or not 1 < len(parts) <= _MAX_WORDS:
        return None
    if text[-1] in ".,;" or "," in text or any(char.isdigit() for char in text):
        return None
    if parts[1] in _CONNECTORS and parts[0] in keywords:
        return keywords[parts[0]]
    if parts[-1] in keywords:
        return keywords[parts[-1]]
    if parts[-2] in ("experience", "employment", "skills", "education") and parts[-1] in (
        "details",
        "history",
        "summary",
        "background",
    ):
        return keywords[parts[-2]]
    pivot = next(
        (at for at, word in enumerate(parts) if word in _CONNECTORS and at and parts[at - 1] in keywords), None
    )
    return keywords[parts[pivot - 1]] if pivot is not None else None


_ANY_LANGUAGES = frozenset(["languages", "language", "lenguajes", "idiomas", "langages"])


def _by_content(kind: SectionKind, words: str, lines: Sequence[Line], index: int) -> SectionKind:
    """`Languages` above a list of programming languages is a list of skills."""
    if words not in _ANY_LANGUAGES:
        return kind
    ahead = any(line.text.strip() for line in lines[index + 1 : index + 4])
    return kind if not ahead or _names_ahead(lines, index) else SectionKind.SKILLS


def _names_ahead(lines: Sequence[Line], index: int) -> bool:
    return any(names_human_language(line.text) for line in lines[index + 1 : index + 4])


def _inline(index: int, line: Line, body: float) -> _Heading | None:
    """`SKILLS: a, b` on one line."""
    match = _INLINE.match(line.text)
    if match is None:
        return None
    words = normal(match[1])
    kind = _known()[0].get(words)
    if kind not in _INLINE_KINDS or kind is None:
        return None
    if kind is SectionKind.LANGUAGES and not names_human_language(line.text[match.end() :]):
        return None
    return _Heading(index, kind, match[1].strip(), match.end(), _set_off(line, body) and match[1].isupper())


def _confirmed(lines: Sequence[Line], found: list[_Heading], body: float) -> list[_Heading]:
    """Where headings are set off, plain lines with a heading's words are none; and a line set just so is one of its own."""
    whole = [heading for heading in found if not heading.rest]
    set_off = [heading for heading in whole if heading.set_off]
    if len(set_off) >= 3 and len(set_off) * 2 > len(whole):
        found = [
            heading
            for heading in found
            if heading.rest or heading.set_off or heading.text.isupper() or heading.text.endswith(":")
        ]
    styles = Counter(
        (lines[h.index].size, lines[h.index].bold, h.text.isupper())
        for h in set_off
        if lines[h.index].size > body * 1.08
    )
    if not styles:
        return found
    (size, bold, upper), count = min(styles.items(), key=lambda item: (-item[1], item[0]))
    if count < 2:
        return found
    known = {heading.index for heading in found}
    first = min((heading.index for heading in found), default=0)
    for index, line in enumerate(lines):
        text = line.text.strip()
        alike = line.size == size and line.bold == bold and text.isupper() == upper
        short = (
            2 < len(text) <= 40
            and len(text.split()) <= 4
            and text[0].isupper()
            and text[-1] not in ".,;"
            and not any(char.isdigit() or char in "[|,@" for char in text)
        )
        if index > first and alike and index not in known and short:
            found.append(_Heading(index, SectionKind.OTHER, text, set_off=True))
    return sorted(found, key=lambda heading: heading.index)


def _parts(lines: Sequence[Line], headings: list[_Heading]) -> list[Part]:
    parts: list[Part] = []
    stops = [heading.index for heading in headings] + [len(lines)]
    parts += _opening(lines[: stops[0]])
    current = SectionKind.HEADER
    for heading, stop in zip(headings, stops[1:], strict=True):
        body = list(lines[heading.index : stop])
        if heading.rest:
            inside = current in _WORK
            if inside and (not heading.text.isupper() or normal(heading.text) in _WORK_LABELS):
                parts[-1] = _joined(parts[-1], body)
                continue
            line = body[0]
            body[0] = Line(
                line.text[heading.rest :], line.start + heading.rest, line.page, line.kind, line.size, line.bold
            )
            own = 1 if inside else len(body)
            parts.append(Part(heading.kind, heading.text, Span(line.start, body[own - 1].end), tuple(body[:own])))
            if inside and len(body) > 1:
                parts.append(Part(current, "", Span(body[1].start, body[-1].end), tuple(body[1:])))
            current = current if inside else heading.kind
            continue
        parts.append(Part(heading.kind, heading.text, Span(body[0].start, body[-1].end), tuple(body[1:])))
        current = heading.kind
    return parts


def _joined(part: Part, lines: list[Line]) -> Part:
    return Part(part.kind, part.heading, Span(part.span.start, lines[-1].end), (*part.lines, *lines))


def _opening(lines: Sequence[Line]) -> list[Part]:
    """What stands before the first heading: contacts and headline, then perhaps prose."""
    if not lines:
        return []
    prose = next((at for at, line in enumerate(lines) if at and is_prose(line.text)), len(lines))
    parts = [Part(SectionKind.HEADER, "", Span(lines[0].start, lines[prose - 1].end), tuple(lines[:prose]))]
    if prose < len(lines):
        rest = tuple(lines[prose:])
        parts.append(Part(SectionKind.SUMMARY, "", Span(rest[0].start, rest[-1].end), rest))
    return parts


def is_prose(text: str) -> bool:
    """Whether a line reads like a sentence: nine words or more, half of them in lower case."""
    words = text.split()
    return len(words) >= 9 and sum(word[0].islower() for word in words) * 2 >= len(words)
