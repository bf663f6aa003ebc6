"""The candidate's name, by scored rules: where it stands, how it is written, and whether the e-mail address agrees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.lines import Line
from hirelens_cli.profiles.personal import Labelled, words
from hirelens_cli.profiles.sections import body_size
from hirelens_cli.profiles.titles import find_title
from hirelens_cli.profiles.tokens import fold

_THRESHOLD = 3.0
_LOOKED_AT = 15
"""Lines from the top in which a name is looked for; beyond them the line must be among the largest of its page."""
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:[.'’-][^\W\d_]+)*\.?")
_CUT = re.compile(r"[|•·●▪■◆;\t(\[/]| [-–—] |,| {4,}|(?<=\w)[–—](?=\w)")
_OF = re.compile(
    r"[ \t]{0,9}(?:resume|résumé|cv|curriculum vitae|c\.v\.|lebenslauf|profile|biodata)(?: (?:of|de|von|di|van))?[ :–—-]{1,4}",
    re.IGNORECASE,
)
_SPACED = re.compile(r"[^\W\d_](?: {1,4}[^\W\d_]){3,39}")
_NOUNS = (
    "ation",
    "ment",
    "ness",
    "ology",
    "ship",
    "ted",
    "ized",
    "ised",
    "ility",
    "sis",
    "ics",
    "ting",
    "ning",
    "cing",
    "ering",
)
"""Ends of words that are seldom names; with a handle that agrees they may be."""
_JOINS, _JOINS_AFTER = frozenset("_@./-"), frozenset("_@")
_LETTERS = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    order: int
    name: str
    spans: tuple[Span, ...]


def find_name(
    lines: Sequence[Line], labels: Sequence[Labelled], zone: frozenset[int], emails: Sequence[str], links: Sequence[str]
) -> tuple[str, tuple[Span, ...]]:
    """The name as written (credentials and salutations left out) and the places that gave it; empty where none convinces."""
    handles = " ".join([email.split("@")[0].lower() for email in emails[:3]])
    handles_too = " ".join([link.lower().rpartition("/in/")[2] for link in links[:6]])
    candidates = _labelled(lines, labels, zone)
    largest = max((line.size for line in lines if line.page == 1), default=0.0)
    if largest < body_size(lines) * 1.15:
        largest = 0.0
    plain = "\n".join([line.text for line in lines[:150]])
    seen = 0
    for index, line in enumerate(lines):
        if not line.text.strip():
            continue
        top = seen < _LOOKED_AT and index in zone
        seen += 1
        large = largest and line.size >= largest * 0.99
        if line.page > 1 or not (top or large or _signed(line.text, handles)):
            if seen > 200:
                break
            continue
        candidates += _of_line(lines, index, seen - 1, largest, handles, handles_too, plain)
    best = max(candidates, key=lambda item: (item.score, -item.order), default=None)
    if best is None or best.score < _THRESHOLD:
        return "", ()
    return best.name, best.spans


def _signed(text: str, handles: str) -> bool:
    """Whether two of a short line's few words stand in the e-mail address: a name that a side bar has left far below."""
    if not handles or len(text) > 40 or not 1 < len(text.split()) < 5:
        return False
    return sum(word in handles for word in _LETTERS.findall(fold(text))) >= 2


def _labelled(lines: Sequence[Line], labels: Sequence[Labelled], zone: frozenset[int]) -> list[_Candidate]:
    """`Name: ...`; given and family names under two labels are joined."""
    found: list[tuple[str, Span]] = []
    for kind, span, index in labels:
        if kind != "name" or span.end <= span.start or index not in zone:
            continue
        line = lines[index]
        value = line.text[span.start - line.start : span.end - line.start]
        shaped = _shape(value, strict=False, trusted=True)
        if shaped is None and (turned := _turned(value)):
            found.append((turned, span))
        elif shaped:
            offset = value.index(shaped[0])
            found.append((shaped[0], Span(span.start + offset, span.start + offset + len(shaped[0]))))
    if not found:
        return []
    whole = next((item for item in found if " " in item[0]), None)
    parts = [whole] if whole else found[:2]
    spans = tuple([span for _, span in parts])
    return [_Candidate(9.0 if whole else 6.0, 0, " ".join([name for name, _ in parts]), spans)]


def _of_line(
    lines: Sequence[Line],
    index: int,
    position: int,
    largest: float,
    handles: str,
    links: str,
    plain: str,
) -> list[_Candidate]:
    line = lines[index]
    text = line.text
    bonus, begin = 0.0, 0
    announced = _OF.match(text)
    if announced and announced.end() < len(text):
        begin, bonus = announced.end(), 3.0
    found = []
    bounds = _segments(text, begin)
    for nth, (start, end) in enumerate(bounds[:3]):
        shaped = _shape(text[start:end], strict=not ((handles or links) and position < 2))
        if shaped is None:
            continue
        name, count = shaped
        score = bonus + _by_position(position) + (0.0, -1.0, 2.0, 2.0, 1.0, 0.0, -1.0)[min(count, 6)] - 1.5 * nth
        score += 1.0 if nth == 0 and len(bounds) == 1 else 0.0
        if largest and line.size >= largest * 0.99:
            score += 2.0
        score += 0.5 if line.bold else 0.0
        agreement = _agreement(name, handles, 3.0) or _agreement(name, links, 2.0)
        score += agreement - _like_place(name)
        if agreement < 1:
            score -= _like_title(name)
            score -= 2.0 if any(word.lower().endswith(_NOUNS) for word in name.split()) else 0.0
            score -= (1.5 if position else 0.5) * sum(
                word[0].isupper() and _in_small(word.lower(), plain) for word in name.split()
            )
            score -= 0.0 if handles or links or largest else 1.0
        if agreement < 1 and any(word[0].islower() for word in name.split() if fold(word) not in words().particles):
            continue
        at = text.find(name, start)
        spans: tuple[Span, ...] = (Span(line.start + at, line.start + at + len(name)) if at >= 0 else line.span,)
        if count == 1 and len(bounds) == 1 and index + 1 < len(lines):
            joined = _two_lines(line, lines[index + 1], handles)
            if joined:
                name, spans, score = f"{name} {joined}", (*spans, lines[index + 1].span), score + 3.0
        found.append(_Candidate(score, position * 4 + nth, name, spans))
    return found


def _in_small(word: str, text: str) -> bool:
    """Whether a word of three letters or more also stands in the text in small letters, as ordinary words do."""
    if len(word) < 3 or not word.isalpha():
        return False
    at = text.find(word)
    while at >= 0:
        before, after = text[max(0, at - 1) : at], text[at + len(word) : at + len(word) + 1]
        if not (before.isalnum() or before in _JOINS or after.isalnum() or after in _JOINS_AFTER):
            return True
        at = text.find(word, at + 1)
    return False


def _like_title(name: str) -> float:
    """What it costs that a line reads like a job title; less where each word is also a known name (Mason Turner)."""
    if find_title(name) is None:
        return 0.0
    parts = [fold(word) for word in name.split()]
    known = words().common
    return 1.0 if len(parts) > 1 and all(part in known for part in parts) and parts[0] not in _RANKS else 4.0


def _like_place(name: str) -> float:
    """What it costs that words of a name are towns or countries: little for one of three (Ana Portugal Vaz)."""
    parts = [fold(word) for word in name.split()]
    known = words()
    places = sum(part in known.places and part not in known.common for part in parts)
    return 5.0 if places == len(parts) else 1.0 * places


_RANKS = frozenset(
    ["head", "lead", "senior", "junior", "chief", "line", "master", "pastry", "school", "bank", "ward", "royal"]
)


def _two_lines(line: Line, following: Line, handles: str) -> str:
    """The family name that a large first name leaves for the line below."""
    alike = line.size and following.size == line.size and line.size > 14
    shaped = _shape(following.text, strict=True)
    if (
        shaped
        and shaped[1] <= 2
        and (alike or (_agreement(shaped[0], handles, 1.0) and line.text.isupper() == following.text.isupper()))
    ):
        return shaped[0]
    return ""


def _by_position(position: int) -> float:
    return (3.0, 2.0, 1.5, 1.0, 1.0, 1.0)[position] if position < 6 else 0.3 if position < _LOOKED_AT else 0.0


def _segments(text: str, begin: int) -> list[tuple[int, int]]:
    bounds, start = [], begin
    for match in _CUT.finditer(text, begin):
        if match.start() > start and text[start : match.start()].strip():
            bounds.append((start, match.start()))
        start = match.end()
    if text[start:].strip():
        bounds.append((start, len(text)))
    return bounds


def _shape(segment: str, *, strict: bool, trusted: bool = False) -> tuple[str, int] | None:
    """The name in a segment and its number of words; None where the segment is something else.

    Each word begins with a capital (particles may not); not `strict` takes lower case too, for the e-mail to confirm;
    `trusted` takes words of other trades too, since a label says that it is a name.
    """
    value = segment.strip(" \t.,:*_#-–—")
    if len(value) > 2 and value[-2] == " " and f"{value}." in segment:
        value += "."  # a family name's initial
    if not 2 < len(value) <= 60 or any(char.isdigit() or char in '@&%+=:!?"<>' for char in value):
        return None
    if _SPACED.fullmatch(value):
        spread = "  ".join(word.replace(" ", "") for word in re.split(r" {2,4}", value))
        if not _plausible(spread.split(), strict=True):
            return None
        return value, len(spread.split())
    parts = value.split()
    while len(parts) > 1 and _is_credential(parts[0]):
        parts = parts[1:]
    while len(parts) > 1 and _is_credential(parts[-1]) and not (len(parts) == 2 and len(parts[-1]) > 3):
        parts = parts[:-1]
    if not _plausible(parts, strict=strict, trusted=trusted):
        return None
    first, last = value.index(parts[0]), value.rindex(parts[-1]) + len(parts[-1])
    return value[first:last].rstrip(","), len(parts)


def _is_credential(part: str) -> bool:
    """`PhD`, `Dipl.-Ing.`: a title or degree beside a name."""
    known, folded = words().credentials, fold(part).replace(".", "")
    return folded in known or ("-" in folded and all(piece in known for piece in folded.split("-")))


def _turned(value: str) -> str:
    """`Singh, Harpreet Kaur` as Harpreet Kaur Singh; empty where the value is no name with the family name first."""
    last, comma, first = value.strip(" .").partition(", ")
    given, family = _shape(first, strict=True), _shape(last, strict=True)
    if not comma or given is None or family is None or given[1] > 3 or family[1] > 2:
        return ""
    return f"{given[0]} {family[0]}"


def _plausible(parts: list[str], *, strict: bool, trusted: bool = False) -> bool:
    if not 1 <= len(parts) <= 6:
        return False
    known = words()
    full = worded = 0
    for part in parts:
        folded = fold(part)
        bare = folded.replace(".", "")
        if not _WORD.fullmatch(part) or len(part) > 22:
            return False
        pieces = [bare, *(piece for piece in re.split(r"[.'’-]", folded) if len(piece) > 3)]
        if not trusted and any(piece in known.not_name for piece in pieces):
            if bare not in known.common:
                return False
            worded += 1  # `Mason`, `June`: a name only beside another word
        if part[0].islower() and folded not in known.particles and strict:
            return False
        full += len(bare) > 1
    return full > worded and not (len(parts) == 1 and len(parts[0]) > 15)


def _agreement(name: str, handles: str, worth: float) -> float:
    """How far a handle agrees: all of `worth` for a whole word of three letters, less for fewer letters."""
    if not handles:
        return 0.0
    tokens = _LETTERS.findall(fold(name))
    squeezed = re.sub(r"[^a-z]", "", handles)
    hits = [token for token in tokens if token in squeezed]
    if hits:
        return worth
    return worth / 3 if any(token[:4] in squeezed for token in tokens if len(token) >= 5) else 0.0
