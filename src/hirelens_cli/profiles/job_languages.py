"""Human languages that a job asks, with the level as a CEFR letter pair."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hirelens_cli.model.documents import Span

_NAMES: dict[str, str] = {
    "English": "english englisch\\w* englische\\w* anglais\\w* inglés inglesa? inglês inglese engels\\w*",
    "German": "german deutsch\\w* allemande? alemán alemana alemão alemã tedesc[oa] duits\\w*",
    "French": "french französisch\\w* française? francés francesa? francês francese frans",
    "Spanish": "spanish spanisch\\w* espagnole? español castellano espanhola? spagnol[oa] spaans\\w*",
    "Portuguese": "portuguese portugiesisch\\w* portugaise? portugués português portoghese portugees",
    "Italian": "italian italienisch\\w* italienne? italiano italiana itali[eë]ns?\\w*",
    "Dutch": "dutch niederländisch\\w* néerlandaise? neerlandés holandés neerlandês holandês olandese nederlands\\w*",
    "Polish": "polish polnisch\\w* polonaise? polaco polonês polacco pools",
    "Russian": "russian russisch\\w* russe ruso russo",
    "Ukrainian": "ukrainian ukrainisch\\w* ukrainien ucraniano ucraino",
    "Turkish": "turkish türkisch\\w* turc turco turks",
    "Arabic": "arabic arabisch\\w* arabe árabe arabo",
    "Mandarin": "mandarin chinese chinesisch\\w* chinois chino chinês cinese chinees cantonese",
    "Japanese": "japanese japanisch\\w* japonais japonés japonês giapponese japans",
    "Korean": "korean koreanisch\\w* coréen coreano",
    "Hindi": "hindi",
    "Urdu": "urdu",
    "Punjabi": "punjabi",
    "Bengali": "bengali",
    "Tamil": "tamil",
    "Swedish": "swedish schwedisch\\w* suédois sueco svedese zweeds",
    "Norwegian": "norwegian norwegisch\\w* norvégien noruego norueguês norvegese noors",
    "Danish": "danish dänisch\\w* danois danés danese deens",
    "Finnish": "finnish finnisch\\w* finnois finés finlandese fins",
    "Czech": "czech tschechisch\\w* tchèque checo ceco tsjechisch",
    "Hungarian": "hungarian ungarisch\\w* hongrois húngaro ungherese hongaars",
    "Romanian": "romanian rumänisch\\w* roumain rumano romeno rumeno roemeens",
    "Greek": "greek griechisch\\w* grec griego grego greco grieks",
    "Hebrew": "hebrew hebräisch\\w* hébreu hebreo ebraico hebreeuws",
    "Vietnamese": "vietnamese",
    "Tagalog": "tagalog",
    "Welsh": "welsh",
    "Catalan": "catalan catalán catalão catalano",
}
_GROUPS = list(_NAMES)
_NAME = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<n{index}>{'|'.join(_NAMES[name].split())})" for index, name in enumerate(_GROUPS))
    + r")(?!\w)",
    re.IGNORECASE,
)
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
    r"(?:english|german|french|spanish|dutch|italian|chinese|greek|welsh) (?:literature|teachers?|language arts|lessons?|market|customers?|companies|company|law|cuisine|food|history|clients?|speaking (?:clients|customers|markets)|tuition|department|grammar|classes|as a (?:second|foreign) language)|(?:polish|danish|finnish)(?:ing|ed)|(?<!\w)(?:to|and|or) polish(?= )",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LanguageAsked:
    """A language with its level, `native` or a CEFR pair; empty where unsaid."""

    span: Span
    language: str
    level: str


def languages(text: str, sentence: Span, *, listed: bool = False) -> tuple[LanguageAsked, ...]:
    """The languages asked in `sentence`, once each; `listed` says that a heading already speaks of languages."""
    written = sentence.of(text).replace("\n", " ")
    names = list(_NAME.finditer(written))
    if not names:
        return ()
    others = [match.span() for match in _NOT_ASKED.finditer(written)]
    levels = [
        (match.start(), match.end(), _LEVELS[int((match.lastgroup or "v0")[1:])][0])
        for match in _LEVEL.finditer(written)
    ]
    asked = listed or _ASKED.search(written) is not None
    found: dict[str, LanguageAsked] = {}
    for index, match in enumerate(names):
        if any(start < match.end() and match.start() < end for start, end in others):
            continue
        compound = (
            re.search(r"(?:kenntnisse|sprachig\w*|vaardigheden|talig\w*)$", match.group(), re.IGNORECASE) is not None
        )
        following = names[index + 1].start() if index + 1 < len(names) else len(written)
        before = names[index - 1].end() if index else 0
        level = _nearest(levels, match, max(before, match.start() - 45), min(following, match.end() + 45))
        if not level and index and found and match.start() - before <= 12:
            level = next(reversed(found.values())).level
        if not (asked or compound or level):
            continue
        name = _GROUPS[int((match.lastgroup or "n0")[1:])]
        if name not in found:
            found[name] = LanguageAsked(Span(sentence.start + match.start(), sentence.start + match.end()), name, level)
    return tuple(found.values())


def _nearest(levels: list[tuple[int, int, str]], match: re.Match[str], low: int, high: int) -> str:
    """The level word closest to a language's name, between `low` and `high`."""
    best, distance = "", 1_000
    for start, end, level in levels:
        if start < low or end > high:
            continue
        gap = start - match.end() if start >= match.end() else match.start() - end
        if level[0] in "ABC" and level[1:].isdigit() and match.string[start:end].upper() == level:
            gap -= 30  # `good English (C1)`: the letters say it exactly
        if gap < distance:
            best, distance = level, gap
    return best
