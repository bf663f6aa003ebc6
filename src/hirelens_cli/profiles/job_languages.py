"""Human languages that a job asks, with the level as a CEFR letter pair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.language_names import NAMES
from hirelens_cli.profiles.tokens import Token, tokenize

_INFLECTED = re.compile(r"(?:sprach)?kenntnisse?n?$|sprachige?[nrsm]?$|talige?$|e[nrsm]?$|a$")
"""What German, Dutch and the Romance languages put behind a language's name: Englischkenntnisse, deutschsprachig."""
_LEVELS: tuple[tuple[str, str], ...] = (
    (
        "native",
        r"native(?:[- ]level)?|mother tongue|first language|muttersprach\w*|langue maternelle|nativ[oa]s?|lengua materna|língua materna|madrelingua|moedertaal",
    ),
    ("C2", r"c2|near[- ]native|bilingual|bilingues?|bilingüe|bilíngue|mastery|annähernd muttersprachlich\w*|tweetalig"),
    (
        "C1",
        r"c1|fluen(?:t|cy|tly)|excellent|proficien(?:t|cy)|full professional|advanced|perfect|outstanding|verhandlungssicher\w*|fließend\w*|fliessend\w*|sehr gute?\w*|ausgezeichnet\w*|perfekt\w*|courante?|couramment|maîtrise|parfaite?|excellente|avanzad[oa]|fluid[oa]|alto|fluente|fluência|avançado|ottim[oa]|eccellente|fluente|avanzat[oa]|vloeiend\w*|uitstekend\w*|beheersing|zeer goede?",
    ),
    (
        "B2",
        r"b2|professional(?: working)?|business[- ](?:level|fluent)|business|upper[- ]intermediate|strong|very good|good(?: command| knowledge| working)?|working (?:knowledge|proficiency)|written and (?:spoken|verbal|oral)|spoken and written|verbal and written|gute?\w*|sichere?\w*|in wort und schrift|bonne?|professionnel|lu,? écrit|opérationnel|medio-alto|intermedio alto|buen(?:a|o)?|bom|boa|buon[oa]?|goede?|goed|in woord en geschrift|parlato e scritto",
    ),
    (
        "B1",
        r"b1|intermediate|conversational|konversationssicher\w*|intermédiaire|intermedio|médio|intermediário|intermedio|redelijk\w*",
    ),
    ("A2", r"a2|basic|elementary|grundkenntnisse|notions|básic[oa]|di base|basis\w*"),
    ("A1", r"a1|beginner"),
)
_LEVEL = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<v{index}>{pattern})" for index, (_, pattern) in enumerate(_LEVELS)) + r")(?!\w)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?<!\w)(?:languages?|speak(?:ing|er|ers|s)?|spoken|written|fluent|fluency|bilingual|multilingual|command of|knowledge of|proficien\w+ in|(?:read|write|understand)|sprach\w*|kenntnisse|wort und schrift|langues?|parlée?|maîtrise|pratique|niveau|idiomas?|nivel|hablad[oa]|dominio|nível|línguas?|falad[oa]|domínio|lingu[ae]|conoscenza|livello|parlat[oa]|talen|taal|beheers\w*|spreek\w*|spreekt|niveau)(?!\w)|\b[abc][12]\b",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\s(?:literature|teachers?|tutors?|language arts|lessons?|market|customers?|companies|company|law|cuisine|food|kitchen|restaurant|massage|history|clients?|tuition|department|grammar|class(?:es)?|studies|art|culture|standards?|regulations?|accounting|gaap|government|office|citizen\w*|national\w*|army|as a (?:second|foreign) language|speaking (?:clients|customers|markets))(?!\w)",
    re.IGNORECASE,
)
"""Behind a language's name: a subject, a market, a kitchen."""


_OTHER_WORDS = frozenset({"polish", "pools", "fins", "danes"})
"""Languages with a capital, English words without."""


@dataclass(frozen=True, slots=True)
class LanguageAsked:
    """A language with its level, `native` or a CEFR pair; empty where unsaid."""

    span: Span
    language: str
    level: str


def languages(text: str, sentence: Span, *, listed: bool = False) -> tuple[LanguageAsked, ...]:
    """The languages asked in `sentence`, once each; `listed` says that a heading already speaks of languages."""
    written = sentence.of(text).replace("\n", " ")
    names = [
        (token, *found)
        for token in tokenize(written)
        if (found := _name(token)) is not None and not _NOT_ASKED.match(written, token.end)
    ]
    if not names:
        return ()
    levels = [(match.start(), match.end(), _level(match)) for match in _LEVEL.finditer(written)]
    asked = listed or _ASKED.search(written) is not None
    found_names: dict[str, LanguageAsked] = {}
    for index, (token, name, compound) in enumerate(names):
        following = names[index + 1][0].start if index + 1 < len(names) else len(written)
        before = names[index - 1][0].end if index else 0
        span = Span(token.start, token.end)
        level = _nearest(written, levels, span, Span(max(before, span.start - 45), min(following, span.end + 45)))
        if not level and found_names and span.start - before <= 12:
            level = next(reversed(found_names.values())).level
        if (asked or compound or level) and name not in found_names:
            found_names[name] = LanguageAsked(span.shifted(sentence.start), name, level)
    return tuple(found_names.values())


def _name(token: Token) -> tuple[str, bool] | None:
    """The language that a word names, and whether the word itself speaks of knowing it (`Englischkenntnisse`)."""
    word = token.folded
    if token.text in _OTHER_WORDS:
        return None
    name = NAMES.get(word)
    if name:
        return name, word.endswith("kenntnisse")
    ending = _INFLECTED.search(word)
    name = NAMES.get(word[: ending.start()]) if ending and ending.start() > 3 else None
    return (name, len(ending.group()) > 3) if ending and name else None


def _level(match: re.Match[str]) -> str:
    return _LEVELS[int((match.lastgroup or "v0")[1:])][0]


def _nearest(written: str, levels: Sequence[tuple[int, int, str]], name: Span, within: Span) -> str:
    """The level word closest to a language's name, in the stretch `within`."""
    best, distance = "", 1_000
    for start, end, level in levels:
        if start < within.start or end > within.end:
            continue
        gap = start - name.end if start >= name.end else name.start - end
        if written[start:end].upper() == level:
            gap -= 30  # `good English (C1)`: the letters say it exactly
        if gap < distance:
            best, distance = level, gap
    return best
