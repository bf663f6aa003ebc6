"""The human languages that a candidate names, with the level as a CEFR letter pair or `native`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from hirelens_cli.model.documents import Span
from hirelens_cli.model.profiles import LanguageSkill, SectionKind
from hirelens_cli.profiles.language_names import NAMES
from hirelens_cli.profiles.sections import Part
from hirelens_cli.profiles.tokens import fold

_LEVELS: tuple[tuple[str, str], ...] = (
    ("native", r"native|mother ?tongue|first language|muttersprach\w*|langue maternelle|nativ[oa]|lengua materna|lingua materna|madrelingua|moedertaal|maternelle?|materna"),
    ("C2", r"c2|near[- ]native|bilingual|bilingue?s?|tweetalig|mastery|zweisprachig"),
    ("C1", r"c1|fluent(?:ly)?|excellent|proficient|full professional|advanced|verhandlungssicher|flies+end\w*|sehr gut\w*|ausgezeichnet\w*|perfekt|courant|couramment|excellente?|tres bon\w*|avanzad[oa]|fluido|alto|muy bueno|fluente|avancado|avanzat[oa]|ottim[oa]|eccellente|vloeiend|uitstekend|zeer goed|avance|gevorderd|expert"),
    ("B2", r"b2|professional|business|upper[- ]intermediate|very good|good|working|gut\w*|sicher\w*|bon(?:ne)?|bien|professionnel|medio-alto|buen[oa]?|bom|boa|buon[oa]?|goed\w*|wort und schrift"),
    ("B1", r"b1|intermediate|conversational|intermediaire|intermedi[oa]|medio|intermediario|gemiddeld|redelijk|moderate|mittel\w*|konversationssicher"),
    ("A2", r"a2|basic|elementary|grundkenntnisse|grundlagen|notions|basic[oa]|base|di base|basis\w*|scolaire|limited|scolastico|schulkenntnisse|elemental"),
    ("A1", r"a1|beginner|debutant|anfanger|principiante|beginner"),
)  # fmt: skip
_LEVEL = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<v{index}>{pattern})" for index, (_, pattern) in enumerate(_LEVELS)) + r")(?!\w)"
)
_CEFR = re.compile(r"(?<!\w)[abc][12](?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_CUE = re.compile(
    r"(?<!\w)(?:languages?|fluent|speak|spoken|bilingual|trilingual|mother tongue|native|sprachen|sprachkenntnisse|fliessend|langues?|courant|bilingue|idiomas?|fluente|lingue|madrelingua|talen|vloeiend)(?!\w)"
)
_REACH = 40
"""Characters after a language within which its level is looked for, up to the next language."""


def find_languages(text: str, parts: Sequence[Part]) -> tuple[LanguageSkill, ...]:
    """The languages of the language sections, and those that other lines name beside a word such as `fluent` or `native`.

    Each language once, with the best-founded mention: the first that says a level, else the first.
    """
    found: dict[str, LanguageSkill] = {}
    cues = _cues(text)
    for part in parts:
        if part.kind in (SectionKind.REFERENCES, SectionKind.EDUCATION, SectionKind.PUBLICATIONS):
            continue
        listed = part.kind is SectionKind.LANGUAGES
        if not (listed or _within(cues, part.span)):
            continue
        for line in part.lines:
            if len(line.text) > 400 or not (listed or _within(cues, line.span)):
                continue
            for skill in _in_line(line.text, line.start, listed):
                known = found.get(skill.language)
                if known is None or (skill.level and not known.level):
                    found[skill.language] = skill
    return tuple(sorted(found.values(), key=lambda skill: skill.span))


_CUES = (
    "langu", "fluent", "speak", "spoken", "lingu", "língu", "tongue", "native", "sprach", "flie", "courant", "idioma", "talen",
    "vloeiend",
)  # fmt: skip


def _cues(text: str) -> list[int]:
    """Where a line may speak of languages, sorted; a substring search costs a hundredth of a pattern's."""
    low, places = text.lower(), []
    for cue in _CUES:
        at = low.find(cue)
        while at >= 0:
            places.append(at)
            at = low.find(cue, at + 1)
    return sorted(places)


def _within(places: list[int], span: Span) -> bool:
    at = bisect_left(places, span.start)
    return at < len(places) and places[at] < span.end


def _in_line(text: str, offset: int, listed: bool) -> list[LanguageSkill]:
    folded = "".join([char if len(char) == 1 else "?" for char in map(_fold_one, text)])
    if not listed and not _CUE.search(folded):
        return []
    hits = [(match, NAMES[match[0]]) for match in _WORD.finditer(folded) if match[0] in NAMES]
    skills = []
    for at, (match, language) in enumerate(hits):
        before = hits[at - 1][0].end() if at else 0
        after = hits[at + 1][0].start() if at + 1 < len(hits) else len(folded)
        level = _level(folded, match, before, min(after, match.end() + _REACH))
        skills.append(LanguageSkill(language, level, Span(offset + match.start(), offset + match.end())))
    if not listed and not any(skill.level for skill in skills) and ":" not in text:
        return []
    return skills


def _fold_one(char: str) -> str:
    return char.lower() if char.isascii() else fold(char)[:1] or "?"


def _level(folded: str, name: re.Match[str], before: int, after: int) -> str:
    """The level said right behind a language, or right before it where nothing else lies between (`fluent in German`)."""
    behind = folded[name.end() : after]
    exact = _CEFR.search(behind)
    if exact:
        return exact[0].upper()
    match = _LEVEL.search(behind)
    if match:
        return _LEVELS[int((match.lastgroup or "v0")[1:])][0]
    ahead = folded[max(before, name.start() - 30) : name.start()]
    last = None
    for match in _LEVEL.finditer(ahead):
        last = match
    if last is None or any(sign in ahead[last.end() :] for sign in ",;).–|"):
        return ""
    return _LEVELS[int((last.lastgroup or "v0")[1:])][0]
