"""Dates as resumes write them, in seven languages, read token by token."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from hirelens_cli.model.profiles import Month, month_of

FIRST_YEAR = 1950
"""Earlier years on a resume are company history or plain numbers."""
YEARS_AHEAD = 8
"""How far beyond the as-of date a year may lie (expected graduations)."""
_MONTH_NAMES = (
    "january jan januar jän jänner jaenner janvier janv enero ene janeiro gennaio gen januari",
    "february feb februar feber février fevrier févr fevr fév febrero fevereiro fev febbraio februari",
    "march mar märz maerz mär mrz mars marzo março marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maio maggio mag mei",
    "june jun juni juin junio junho giugno giu",
    "july jul juli juillet juil julio julho luglio lug",
    "august aug août aout agosto ago augustus",
    "september sep sept septembre septiembre setiembre setembro set settembre sett",
    "october oct oktober okt octobre octubre outubro out ottobre ott",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre",
)
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_SEASONS: dict[str, tuple[int, int]] = {
    name: months
    for names, months in (
        ("spring frühling frühjahr printemps primavera lente voorjaar", (3, 5)),
        ("summer sommer été verano verão estate zomer", (6, 8)),
        ("fall autumn herbst automne otoño outono autunno herfst najaar", (9, 11)),
        ("winter hiver invierno inverno", (1, 3)),
    )
    for name in names.split()
}
_PARTS: dict[str, int] = {"q": 3, "h": 6}
"""Q1-Q4 last three months, H1-H2 six; French and Spanish T (trimestre) is read as Q."""
_NOW = {
    "present", "presently", "current", "currently", "now", "today", "ongoing", "continuing", "date", "actuality",
    "heute", "jetzt", "aktuell", "gegenwärtig", "laufend", "dato",
    "aujourd", "aujourd'hui", "actuel", "actuelle", "actuellement", "présent", "maintenant", "jour",
    "actual", "actualidad", "actualmente", "presente", "hoy", "fecha",
    "atual", "atualmente", "hoje", "momento", "atualidade",
    "oggi", "attuale", "attualmente",
    "heden", "nu", "vandaag", "huidig",
}  # fmt: skip
_NOW_FILLER = {
    "the",
    "ce",
    "la",
    "el",
    "o",
    "ad",
    "d",
    "in",
    "en",
    "à",
    "till",
    "til",
    "to",
    "at",
    "zum",
    "het",
    "le",
    "as",
    "of",
}
_NOW_TWO = {("in", "corso"), ("en", "cours"), ("en", "curso"), ("em", "curso"), ("em", "andamento")}
_TO = {
    "to", "until", "untill", "till", "til", "through", "thru", "upto", "up", "bis", "à", "au", "jusque", "jusqu", "a",
    "al", "ad", "hasta", "até", "ate", "ao", "fino", "tot", "m", "t", "en", "e", "y", "às",
}  # fmt: skip
DASHES = set("-–—−‐‑‒―~→>")
SINCE = {"since", "seit", "depuis", "desde", "dal", "dall", "sinds", "from", "ab", "vanaf", "da", "starting"}
ARTICLES = {"l", "'", "’", "dem", "den", "le", "el", "il", "the", "o", "de"}
_BETWEEN = {"between", "entre", "zwischen", "tussen", "tra", "fra"}
ONWARDS = {"onward", "onwards", "ongoing"}
OF = {"of", "de", "del", "do", "van", "d"}
_VERSIONED = {
    "windows",
    "server",
    "office",
    "excel",
    "word",
    "exchange",
    "studio",
    "sharepoint",
    "access",
    "iso",
    "autocad",
}
"""A year right after one of these is a version."""
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


class _Token(NamedTuple):
    text: str
    start: int
    end: int


class Point(NamedTuple):
    """A date as written: its first and last possible month, and the tokens that it took."""

    first: Month
    last: Month
    year_only: bool
    upto: int
    weak: bool = False
    """`06/18` and `March` alone: a date only beside another."""
    swapped: Month | None = None
    """For `03/04/2015` the month under the other order of day and month."""


class DateReader:
    """Reads dates off one string, token by token; every step looks at a bounded number of tokens."""

    def __init__(self, text: str, as_of: datetime.date) -> None:
        self.tokens = [_Token(m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
        self.as_of = month_of(as_of.year, as_of.month)
        self.last_year = as_of.year + YEARS_AHEAD
        self.pivot = as_of.year % 100 + 1

    def at(self, index: int) -> str:
        """The token at `index` in lower case; empty beyond the ends."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def glued(self, index: int) -> bool:
        """Whether token `index` follows the one before without a space."""
        return 0 < index < len(self.tokens) and self.tokens[index].start == self.tokens[index - 1].end

    def year(self, index: int, *, short: bool = False) -> int | None:
        """The year at `index`; two digits count behind an apostrophe, or where `short` is said."""
        word = self.at(index)
        if len(word) == 4 and word.isdigit() and FIRST_YEAR <= int(word) <= self.last_year:
            return int(word)
        if len(word) == 2 and word.isdigit() and (short or self.at(index - 1) in "'’`"):
            return (2000 if int(word) <= self.pivot else 1900) + int(word)
        return None

    def number(self, index: int, top: int) -> int | None:
        """A number of one or two digits from 1 to `top`."""
        word = self.at(index)
        return int(word) if word.isdigit() and len(word) <= 2 and 1 <= int(word) <= top else None

    def point(self, index: int) -> Point | None:
        """The date that begins at token `index`."""
        word = self.at(index)
        if word.isdigit():
            return self._numeric(index, word)
        if word in MONTHS:
            return self._named(index, MONTHS[word])
        if word in _SEASONS:
            year = self.year(index + 1) or self.year(index + 2)
            upto = index + (2 if self.year(index + 1) else 3)
            first, last = _SEASONS[word]
            return Point(month_of(year, first), month_of(year, last), False, upto) if year else None
        if word in ("q", "h", "t") and self.glued(index + 1):
            return self._part(index)
        if word in ("'", "’", "`") and self.glued(index + 1) and (year := self.year(index + 1)):
            return Point(month_of(year), month_of(year), True, index + 2)
        return None

    def _named(self, index: int, month: int) -> Point:
        at = index + 1
        while at < index + 4 and (self.at(at) in (".", ",", "'", "’", "`", "-", "–", "/") or self.at(at) in OF):
            at += 1
        if self.number(at, 31) and self.at(at + 1) in ("st", "nd", "rd", "th", ","):
            after = at + 1 + (self.at(at + 1) in ("st", "nd", "rd", "th"))
            after += self.at(after) == ","
            if year := self.year(after):
                return Point(month_of(year, month), month_of(year, month), False, after + 1)
        if self.number(at, 31) and (year := self.year(at + 1)) and len(self.at(at + 1)) == 4:
            return Point(month_of(year, month), month_of(year, month), False, at + 2)
        if (year := self.year(at, short=True)) and not (len(self.at(at)) == 2 and self.at(at + 1) in MONTHS):
            return Point(month_of(year, month), month_of(year, month), False, at + 1)
        return Point(month - 1, month - 1, False, index + 1, weak=True)

    def _part(self, index: int) -> Point | None:
        number = self.number(index + 1, 4)
        at = index + 2 + (self.at(index + 2) in ("'", "’", "/", "-", ","))
        year = self.year(at)
        size = _PARTS.get(self.at(index), 3)
        if number is None or year is None or number * size > 12:
            return None
        return Point(month_of(year, (number - 1) * size + 1), month_of(year, number * size), False, at + 1)

    def _numeric(self, index: int, word: str) -> Point | None:
        if len(word) == 4:
            return self._from_year(index)
        if len(word) > 2 or not 1 <= int(word) <= 31:
            return None
        divider = self.at(index + 1)
        after = index + 1 + (divider in (".", "-", "/", "st", "nd", "rd", "th", "er", "º", "ª"))
        after += self.at(after) in OF
        if self.at(after) in MONTHS:
            named = self._named(after, MONTHS[self.at(after)])
            return None if named.weak else named
        if divider not in ("/", ".", "-") or not self.glued(index + 1):
            return None
        if (year := self.year(index + 2)) and self.at(index + 3) not in ("/",):
            return (
                Point(month_of(year, int(word)), month_of(year, int(word)), False, index + 3)
                if int(word) <= 12
                else None
            )
        second = self.number(index + 2, 31)
        if second is None:
            return None
        if self.at(index + 3) == divider and (year := self.year(index + 4, short=True)):
            return self._day_month(int(word), second, year, index + 5)
        if divider == "/" and int(word) <= 12 and (year := self.year(index + 2, short=True)):
            return Point(month_of(year, int(word)), month_of(year, int(word)), False, index + 3, weak=True)
        return None

    @staticmethod
    def _day_month(first: int, second: int, year: int, upto: int) -> Point | None:
        """Day first unless that is impossible; the other reading is kept for a range that settles it."""
        if first > 12 and second > 12:
            return None
        month, other = (first, None) if second > 12 else (second, first if first <= 12 else None)
        swapped = month_of(year, other) if other is not None else None
        return Point(month_of(year, month), month_of(year, month), False, upto, swapped=swapped)

    def _amount(self, index: int) -> bool:
        """Whether `1,998` or `2.015` begins at the token: a number with a thousands sign."""
        behind = self.at(index + 2)
        return self.at(index + 1) in (",", ".") and self.glued(index + 2) and behind.isdigit() and len(behind) == 3

    def _numbered(self, index: int) -> bool:
        """Whether the token is a part of a long number in groups: `555-2010-2014`."""
        for sign, group, glued in ((index - 1, index - 2, index), (index + 1, index + 2, index + 2)):
            digits = self.at(group)
            if self.at(sign) == "-" and self.glued(glued) and digits.isdigit() and len(digits) >= 3:
                return self.year(group) is None
        return False

    def _from_year(self, index: int) -> Point | None:
        year = self.year(index)
        if year is None or self.at(index - 1) in _VERSIONED:
            return None
        if self.glued(index) and self.at(index - 1) in ("$", "€", "£", "+", ".", "#", "₹"):
            return None
        if self.at(index + 1) == "%" or self._amount(index) or self._numbered(index):
            return None
        if self.at(index + 1) in ("q", "h", "t") and self.glued(index + 2) and (number := self.number(index + 2, 4)):
            size = _PARTS.get(self.at(index + 1), 3)
            return Point(
                month_of(year, (number - 1) * size + 1), month_of(year, min(12, number * size)), False, index + 3
            )
        month = self.number(index + 2, 12) if len(self.at(index + 2)) == 2 else None
        divided = self.at(index + 1) in ("-", "/", ".", "–") and self.glued(index + 1) and self.glued(index + 2)
        if divided and month:
            if self.at(index + 3) == self.at(index + 1) and self.glued(index + 4) and self.number(index + 4, 31):
                return Point(month_of(year, month), month_of(year, month), False, index + 5)
            if month < year % 100 or year % 100 == 0 or self._range_follows(index + 3):
                return Point(month_of(year, month), month_of(year, month), False, index + 3)
        if self.at(index + 1) in MONTHS and self.year(index + 2) is None:
            month = MONTHS[self.at(index + 1)]
            return Point(month_of(year, month), month_of(year, month), False, index + 2)
        return Point(month_of(year), month_of(year), True, index + 1)

    def _range_follows(self, index: int) -> bool:
        """Whether a separator and then a four-digit year or now come next: `2010-12 – 2014-03`."""
        after = self.separator(index)
        return after > index and (self.year(after) is not None or self.now(after) > after)

    def separator(self, index: int) -> int:
        """The index behind `-`, `to`, `jusqu'à`, ...; `index` itself where there is none."""
        at = index
        while at < index + 2 and self.at(at) in (")", ",", ".", "]"):
            at += 1
        begin = at
        while at < begin + 4:
            word = self.at(at)
            if (
                word in DASHES
                or word in _TO
                or (at > begin and word in ("'", "’", "/", "to", "l", "la", "el", "il", "and", ":", "met"))
                or (word == "/" and at == begin)
            ):
                at += 1
            else:
                break
        if at == begin and self.at(at) in ("and", "et", "und", "y", "e", "en"):
            return at + 1 if self._between(index) else index
        if at == begin or (
            at - begin == 1 and not self._between(index) and self.at(begin) in ("m", "t", "e", "y", "en", "up")
        ):
            return index
        return at + (self.at(at) in ("(", "["))

    def _between(self, index: int) -> bool:
        """Whether `between` stands before the date that ends at `index`."""
        return any(self.at(at) in _BETWEEN for at in range(index - 1, index - 6, -1))

    def now(self, index: int) -> int:
        """The index behind `present`, `à ce jour`, `till date`, ...; `index` itself where there is none."""
        at = index
        if (self.at(at), self.at(at + 1)) in _NOW_TWO:
            return at + 2
        while at < index + 3 and self.at(at) in _NOW_FILLER:
            at += 1
        if self.at(at) not in _NOW:
            return index
        if self.at(at) == "date" and self.at(index - 1) in DASHES and at == index:
            ended = self.at(index + 1) in ("", ")", "|", ",")
            return at + 1 if ended or self.at(index - 2) == "to" else index
        return at + 3 if self.at(at) == "aujourd" and self.at(at + 2) == "hui" else at + 1
