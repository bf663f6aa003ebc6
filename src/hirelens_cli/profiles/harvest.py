"""What a skills section lists beyond the taxonomy: its items, cleaned, with their spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.stopwords import STOP_WORDS
from hirelens_cli.profiles.tokens import tokenize

_ITEM = re.compile(r"[^,;|•·●▪■◦‣⁃➢✓✔*\t\n()\[\]{}:]+")
_CATEGORY = re.compile(r"[^\n,;|•·:]{1,40}:(?=\s|$)")
_DASH = re.compile(r" [-–—] ")
_LEAD = re.compile(
    r"(?:(?:and|or|und|et|y|e|en|including|incl|such as|e\.g\.|etc|the|a|an|with|in|of|for|to|using|other|various|strong|solid|excellent|"
    r"good|great|advanced|basic|expert|intermediate|proficient|proficiency|fluent|skilled|experienced|experience|knowledge|"
    r"working|understanding|familiar|familiarity|ability|able|exceptional|outstanding|superior|extensive|effective|proven|"
    r"highly|very|well|hands-on|in-depth|thorough|certified|trained|knowledgeable)(?: (?:in|with|of|at|to|on))?[ .])+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?<![ -])[ -]{1,3}(?:skills?|experience|knowledge|abilities|ability|proficiency|expertise|proficient|expert|advanced|"
    r"intermediate|beginner|basic|etc|software|tools?|programs?|systems?|years?|yrs?)\.?$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{4}|\d/\d|\d{3,}|\d+ ?\+? ?(?:years?|yrs?|months?|jahre|ans|años)", re.IGNORECASE)
_FILLER = frozenset(
    """skill skills technical professional additional other summary highlights expertise competencies competency core key
    areas area strengths languages language software hardware tools technologies technology operating systems system
    applications application program programs platforms databases frameworks libraries certifications interests hobbies
    references experience education qualifications profile objective personal page more less than years year proficient
    expert advanced intermediate beginner basic native fluent excellent good strong and or etc city state company name
    accomplishments awards award training knowledge abilities ability environment environments computer office work works
    process processes management services service team general various multiple business high quality new current
    client clients clientele policies policy procedures meetings meeting managing financial personnel strategic materials
    material phone market direction director forms form functional written verbal oral progress enterprise salutation
    balance engineer profit charts letters academic associate closing competitive focus vision analyst basis edit edge
    instructor integrator logic managerial monitors solutions solution supervisor agency approach consultant content
    exchange fast features file files information project projects researching structured metrics natural neat pick read
    recording cases concept conversion council frame increase messaging microsoft money next nt posters proposal real
    time risk switch technician transmission unique utilities view wise accountant architect assistant author automate
    based book cable cables clerk control controller customer customers data debit developer educator exceptions forth
    global heat improvement investment lead leads liaison memory monitoring notes organize peak press prime problem
    problems proficiency promotional quick relations reports report requirement requirements satisfaction solving sorting
    speak streamline stress techniques trend trends upgrading win manager managers worker student students people person
    staff members member department departments corporate company companies organization organizations industry
    industries product products equipment items issues tasks duties role roles level levels group groups local national
    international main major special specialist use user users value values best large small full part daily weekly
    monthly annual internal external standard standards state federal law public private self day days week weeks month
    months hour hours able effective efficient great proven successful success results result performance growth goals
    goal plan plans planner activities activity resources resource support supports order orders line lines list lists
    school university college course courses class classes degree diploma certificate certified license licensed january
    february march april msc bsc mail oil funds catalog supervising may june july august september october november december united states usa""".split()
)
"""An item made of such words alone says nothing that a job could ask."""
_VERBS = re.compile(
    r"\b(?:i|my|me|we|was|were|is|are|has|have|had|been|will|can|able|who|which|that|this|these|ensur\w{0,4}|provid\w{0,4}|"
    r"responsible|worked|work|managed|developed|created|assisted|maintained|performed|supported|including|while|when|as well)\b",
    re.IGNORECASE,
)
_WORDS = 4


def harvest(text: str, span: Span, known: Sequence[Span]) -> tuple[tuple[str, Span], ...]:
    """The items of the skills section at `span` that touch none of the `known` spans, as (words, span), in order, each once.

    `known` are the places of known skills in `text`, in order; those outside the section do no harm.

    An item is what stands between commas, bullets, bars and line ends, without a category in front (`Tools: ...`) and
    without words of degree; sentences, dates, placeholders and general words are left out.
    """
    section = text[span.start : span.end]
    items: list[tuple[str, Span]] = []
    seen: set[str] = set()
    at = bisect_left(known, Span(span.start, span.start))
    for piece in _pieces(section):
        start, end = span.start + piece.start, span.start + piece.end
        while at < len(known) and known[at].end <= start:
            at += 1
        if at < len(known) and known[at].start < end:
            continue
        item = _clean(section, piece)
        if item is None:
            continue
        words = " ".join(item.of(section).split())
        key = words.casefold()
        if key not in seen:
            seen.add(key)
            items.append((words, item.shifted(span.start)))
    return tuple(items)


def _pieces(section: str) -> list[Span]:
    """The raw items of a section."""
    pieces = []
    categories = {match.start(): match.end() for match in _CATEGORY.finditer(section)}
    for match in _ITEM.finditer(section):
        before, after = section[max(0, match.start() - 1) : match.start()], section[match.end() : match.end() + 1]
        if match.start() in categories or after == ":" or (before == "[" and after == "]"):
            continue
        start = match.start()
        for dash in _DASH.finditer(section, match.start(), match.end()):
            pieces.append(Span(start, dash.start()))
            start = dash.end()
        last = Span(start, match.end())
        pieces += _slashed(section, last)
    return pieces


def _slashed(section: str, piece: Span) -> list[Span]:
    """Split at slashes where both sides are words of three letters or more: `copying/scanning`, but not `A/R`."""
    parts = piece.of(section).split("/")
    if len(parts) == 1 or any(len(part.strip()) < 3 for part in parts):
        return [piece]
    result, start = [], piece.start
    for part in parts:
        result.append(Span(start, start + len(part)))
        start += len(part) + 1
    return result


def _clean(section: str, piece: Span) -> Span | None:
    """The piece without blanks, dashes and words of degree at either end; None where it is no name of a skill."""
    start, end = piece.start, piece.end
    if end - start > 120:
        return None
    while start < end and not (section[start].isalnum() or section[start] in ".#"):
        start += 1
    while end > start and not (section[end - 1].isalnum() or section[end - 1] in "+#"):
        end -= 1
    lead = _LEAD.match(section, start, end)
    if lead:
        start = lead.end()
    for _ in range(2):
        tail = _TAIL.search(section, start, end)
        if tail is None:
            break
        end = tail.start()
    item = section[start:end]
    words = item.split()
    if not 1 <= len(words) <= _WORDS or not 2 <= len(item) <= 40 or not any(map(str.isalpha, item)):
        return None
    if sum(map(str.isalpha, item)) < 3 and item.isalpha():
        return None
    if _DATED.search(item) or _VERBS.search(item) or "@" in item or ". " in item:
        return None
    folded = [token.folded for token in tokenize(item)]
    joined = len(words) == 1 and item.isupper() and ("/" in item or "&" in item)
    if not joined and (
        all(word in _FILLER or word in STOP_WORDS or len(word) == 1 for word in folded)
        or folded[0] in STOP_WORDS
        or folded[-1] in STOP_WORDS
    ):
        return None
    return Span(start, end)
