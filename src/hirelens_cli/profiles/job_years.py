"""Years of experience that a job asks: ranges, spelled and doubled numbers, glued text; company history is left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hirelens_cli.model.documents import Span

MOST_YEARS = 25
"""A larger number is a company's age, not a demand."""

_SPELLED = {
    1: "one ein eine einem einer eines un une una um uma uno een één",
    2: "two zwei deux dos dois duas due twee",
    3: "three drei trois tres três tre drie",
    4: "four vier quatre cuatro quatro quattro",
    5: "five fünf cinq cinco cinque vijf",
    6: "six sechs seis sei zes",
    7: "seven sieben sept siete sete sette zeven",
    8: "eight acht huit ocho oito otto",
    9: "nine neun neuf nueve nove negen",
    10: "ten zehn dix diez dez dieci tien",
    11: "eleven",
    12: "twelve zwölf douze doce doze dodici twaalf",
    15: "fifteen fünfzehn quinze quince quindici vijftien",
    20: "twenty zwanzig vingt veinte vinte venti twintig",
}
_VALUE = {word: number for number, words in _SPELLED.items() for word in words.split()}

_WORDS = "|".join(sorted(_VALUE, key=lambda word: (-len(word), word)))
_NUMBER = rf"(?:(?<![\d.,$€£/])\d{{1,2}}(?:[.,]5)?(?![\d/])|(?<!\w)(?:{_WORDS})(?!\w))"
_DOUBLED = r"(?:\s?\(\s?\d{1,2}\s?(?:[-–]\s?\d{1,2}\s?)?\+?\s?\))?"
_YEARS = r"(?:years?|yrs?|jahre?n?|ans?|années?|años?|anos?|anni|anno|jaar|jaren)"
_MONTHS = r"(?:months?|monate?n?|mois|meses|mês|mesi|maanden)"
_UNIT = re.compile(
    r"y(?:ea)?rs?|jahr|(?<!\w)an(?:s|n?[io]s?)?(?!\w)|années|años?|jaar|mo(?:nth|nat|is)|(?<!\w)m[eê]s|maanden"
)
_STATEMENT = re.compile(
    rf"(?P<low>{_NUMBER}){_DOUBLED}\s?(?P<plus>\+)?"
    rf"(?:\s?(?:-|–|—|to|bis(?: zu)?|à|a|al?|até|e|and|und|et|y|tot|en|or|oder|ou|o)\s?(?P<high>{_NUMBER}){_DOUBLED}\s?(?P<plus2>\+)?)?"
    rf"[\s-]?(?:\(s\) ?)?(?:(?:or more|plus|o más|ou mais|ou plus|oder mehr|of meer|full|solid|volle|good|calendar|consecutive)\s)?"
    rf"(?:(?P<years>{_YEARS})|(?P<months>{_MONTHS}))(?:\(s\))?(?!\w)(?!experience)",
    re.IGNORECASE,
)
# "5 yearsexperience": the unit glued to what follows.
_GLUED = re.compile(
    rf"(?P<low>{_NUMBER})\s?(?P<plus>\+)?[\s-]?(?P<years>years?)(?=experience|of experience)", re.IGNORECASE
)

_AT_MOST = re.compile(
    r"(?:up to|less than|fewer than|under|no more than|maximum(?: of)?|max\.?|at most|bis zu|höchstens|maximal|jusqu'à|moins de|au plus|hasta|máximo(?: de)?|menos de|como máximo|até|no máximo|fino a|massimo|al massimo|meno di|tot|hoogstens|minder dan)\s?$"
)
_OTHER_BEFORE = re.compile(
    r"(?<!\w)(?:last|past|previous|first|next|every|each|(?:for|over) (?:over|more than|nearly|almost|the (?:last|past))|age of|aged?|vesting over|within|after|the|letzten|vergangenen|ersten|nächsten|seit(?: über| mehr als)?|depuis(?: plus de)?|derni[eè]re?s|desde hace(?: más de)?|hace(?: más de)?|últimos|há(?: mais de)?|ultimi|da(?: oltre| più di)|laatste|afgelopen|sinds|al|alter von|âgée? de|mayor(?:es)? de|maggiore di|valid for|duration of|duration:|contract of|for a period of|initial|alle|tous les|cada|ogni|elke|innerhalb von|binnen)\s?$"
)
_OTHER_BEHIND = re.compile(
    r"\s?(?:old\b|of age\b|ago\b|or older\b|and older\b|in business\b|'? anniversar|(?:fixed[- ]term |ftc |temporary )?contracts?\b|(?:college |university |bachelor's |technical |nursing |accredited |undergraduate )?(?:degree|diploma|programme?|apprenticeship|course|studies|college|university|study|warranty|plan|roadmap|term\b|vesting)"
    r"|of (?:college|university|study|studies|schooling|school|education|apprenticeship|training|history|history\b|undergraduate|post-secondary|postsecondary|coursework|vocational|formal (?:education|training)|success|innovation|growth|tradition|heritage|service to)"
    r"|in (?:the market|existence)|alt\b|lang\b|tradition|firmengeschichte|ausbildung\b|studium\b|befristet|garantie|d'existence|d'âge|d'études|d'ancienneté|de edad\b|de idade\b|de historia|de história|de trayectoria en el mercado|di età|di storia|di attività|oud\b|ervaring als bedrijf|of being|we have|now\b|later\b|after|guarantee)"
)
_COMPANY = re.compile(
    r"(?<!\w)(?:we have|we've|we are(?! (?:looking|seeking|hiring|searching|recruiting|now|currently))|founded|established|in business|our (?:company|firm|team|clients?|history)|tenure|has been|have been (?:serving|providing|helping|in)|for (?:over|more than|nearly|almost) \S{1,8} years|since \d{4}|wir (?:sind|haben)|gegründet|unser unternehmen|notre entreprise|nous sommes|fondée?|nuestra empresa|somos una|fundada|nossa empresa|la nostra azienda|siamo un|wij zijn|opgericht)(?!\w)"
)
_ASKS = re.compile(r"(?:you|candidate|applicant|require|minimum|at least|must|required)")


@dataclass(frozen=True, slots=True)
class Years:
    """A statement of experience."""

    span: Span
    """From the number to the unit."""
    minimum: int
    """Months; 0 where only an upper end is said."""
    maximum: int
    """Months; 0 where open."""


def years(text: str, sentence: Span) -> tuple[Years, ...]:
    """The statements of experience in `sentence`, in order; spans count in `text`."""
    whole = sentence.of(text).replace("’", "'").replace("\n", " ")
    lowered = whole.lower() if len(whole.lower()) == len(whole) else whole
    found = []
    for match in _matches(lowered):
        if _is_other(lowered, match):
            continue
        low, high = _bounds(match)
        if max(low, high) > MOST_YEARS * 12 or max(low, high) == 0:
            continue
        if not high and _AT_MOST.search(lowered, max(0, match.start() - 24), match.start()):
            low, high = 0, low
        found.append(Years(Span(sentence.start + match.start(), sentence.start + match.end()), low, high))
    return tuple(found)


def _matches(lowered: str) -> list[re.Match[str]]:
    if not _UNIT.search(lowered):
        return []
    matches = list(_STATEMENT.finditer(lowered))
    if not matches:
        return list(_GLUED.finditer(lowered))
    return matches


def _bounds(match: re.Match[str]) -> tuple[int, int]:
    """Minimum and maximum in months, 0 for none."""
    parts = match.groupdict()
    factor = 12 if parts.get("years") else 1
    low = _number(parts["low"])
    high = _number(parts["high"]) if parts.get("high") else 0.0
    if high and high < low:
        high = 0.0
    if parts.get("plus2"):  # 1-3+
        high = 0.0
    return round(low * factor), round(high * factor)


def _number(written: str) -> float:
    return float(_VALUE[written.lower()]) if written.lower() in _VALUE else float(written.replace(",", "."))


def _is_other(lowered: str, match: re.Match[str]) -> bool:
    """Age, company history, contract length, duration of studies, a period: not a demand for experience."""
    before, start = lowered[max(0, match.start() - 28) : match.start()], match.start()
    if _OTHER_BEFORE.search(before) and not re.search(r"(?:at least|minimum of|with|have|over|of) the $", before):
        return True
    if _OTHER_BEHIND.match(lowered, match.end()):
        return True
    clause = lowered[max(0, start - 90) : start + 60]
    return _COMPANY.search(clause) is not None and not _ASKS.search(clause)
