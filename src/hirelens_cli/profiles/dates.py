"""Dates and date ranges as resumes write them, in seven languages. "Now" is always the caller's as-of date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hirelens_cli.model.documents import Span
from hirelens_cli.model.profiles import Month, month_of
from hirelens_cli.profiles.date_reader import (
    ARTICLES,
    DASHES,
    FIRST_YEAR,
    OF,
    ONWARDS,
    SINCE,
    YEARS_AHEAD,
    DateReader,
    Point,
)

_HINT = re.compile(r"\d\d(?:(?:(?<=19)|(?<=20))\d\d|(?<=['’`]\d\d)|(?<=[A-Za-zéû.]{3}[ -]\d\d)(?!\d))|\d[/.]\d\d")
"""Digits first, since a search for them skips all other characters at once."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """A period of time as written."""

    start: Month
    end: Month
    """Last month; the as-of month where current; for a bare year its January."""
    current: bool
    year_only: bool
    """Both ends are bare years (or one is, and the other is now)."""
    span: Span
    """In the string that was searched."""

    @property
    def months(self) -> int:
        """Months it lasts: months are counted inclusively, bare years by their difference (half a year at least)."""
        if not self.year_only:
            return self.end - self.start + 1
        if self.current:
            return max(
                12 * (self.end // 12 - self.start // 12),
                self.end - self.start + 1 if self.end // 12 == self.start // 12 else 0,
            )
        return max(self.end - self.start, 6)


_GARBLED = "ï1/4"
"""What a wide dash becomes when its UTF-8 is read as Latin-1; replaced by a dash of the same length."""


def hints_at_date(text: str) -> bool:
    """Whether `text` holds digits as dates do; without them `find_ranges` finds nothing."""
    return _HINT.search(text) is not None


def find_ranges(text: str, as_of: datetime.date) -> tuple[DateRange, ...]:
    """The periods that `text` (a line, or a few) names, in order; reversed ones and ones that begin after `as_of` are dropped.

    Ends beyond `as_of` become its month. `since 2019`, `May 2016 -` at the end of the text and a season or quarter
    alone are periods too; a single date is not.
    """
    if not hints_at_date(text):
        return ()
    if _GARBLED in text:
        text = text.replace(_GARBLED, " –  ")
    reader = DateReader(text, as_of)
    found: list[DateRange] = []
    index = 0
    while index < len(reader.tokens):
        point = reader.point(index)
        if point is None:
            index += 1
            continue
        period, index = _period(reader, index, point)
        if period is not None:
            found.append(period)
    return tuple(found)


def _period(reader: DateReader, begin: int, start: Point) -> tuple[DateRange | None, int]:
    """The period that begins with the date `start`, and the index behind it."""
    upto, end, current = start.upto, start, False
    after = reader.separator(upto)
    if after > upto:
        point = _second(reader, start, after)
        if point is not None:
            end, upto = point, point.upto
            while (
                (more := reader.separator(upto)) > upto
                and (last := reader.point(more))
                and not last.weak
                and last.year_only
            ):
                end, upto = last, last.upto
        elif (now := reader.now(after)) > after:
            upto, current = now, True
    elif (now := reader.now(upto)) > upto and not start.weak and reader.at(upto) not in ("date", "in"):
        upto, current = now, True
    if upto == start.upto:
        return _alone(reader, begin, start, after)
    span = Span(reader.tokens[begin].start, reader.tokens[upto - 1].end)
    return _bounded(reader, start, end, current, span), upto


def _second(reader: DateReader, start: Point, index: int) -> Point | None:
    """The date behind a separator, in the light of the first: `2010 to 12`, `March - June 2019`."""
    point = reader.point(index)
    if start.year_only and (point is None or point.weak) and reader.at(index).isdigit() and len(reader.at(index)) == 2:
        century = start.first // 1200 * 100
        year = century + int(reader.at(index))
        if reader.at(index + 1) not in ("/", "%", "+") and 0 < year - start.first // 12 <= 40:
            return Point(month_of(year), month_of(year), True, index + 1)
        return None
    if point is None or (point.weak and point.first < 12):
        return None
    slash = reader.at(index - 1) == "/" and reader.at(index - 2) == reader.at(start.upto - 1)
    if (
        slash
        and start.year_only
        and point.year_only
        and (point.first - start.first != 12 or reader.at(point.upto) == "/")
    ):
        return None  # `2008/2010/2013` are versions, `2012/13` is a school year
    if point.weak and not start.weak and start.year_only:
        return None
    return point


def _alone(reader: DateReader, begin: int, start: Point, after: int) -> tuple[DateRange | None, int]:
    """A date without an end: open (`since 2019`, `May 2016 -`, `2019 onwards`), a season, or no period at all."""
    if start.weak:
        return None, start.upto
    first = reader.tokens[begin].start
    before = reader.at(begin - 1)
    since = before in SINCE or (before in OF | ARTICLES and reader.at(begin - 2) in SINCE)
    trailing = after > start.upto and reader.at(start.upto) in DASHES and reader.at(after) in ("", "|", ")")
    onwards = reader.at(start.upto) in ONWARDS
    if since or trailing or onwards:
        upto = after if trailing else start.upto + onwards
        return _bounded(reader, start, start, True, Span(first, reader.tokens[upto - 1].end)), upto
    if start.last > start.first:
        span = Span(first, reader.tokens[start.upto - 1].end)
        return _bounded(reader, start, start, False, span), start.upto
    return None, start.upto


def _bounded(reader: DateReader, start: Point, end: Point, current: bool, span: Span) -> DateRange | None:
    first, last = start.first, reader.as_of if current else end.last
    if start.weak and start.first < 12:  # a month without a year takes the year of the end
        if current or end.weak:
            return None
        first = end.first - (end.first - start.first) % 12
    if start.swapped is not None and (end.swapped is None and not current and not end.year_only):
        # `03/14/2016` behind `01/02/2015` says that the month comes first.
        first = start.swapped if _month_first(end, reader) else first
    if first > last or first > reader.as_of:
        return None
    year_only = start.year_only and (current or end.year_only)
    if last > reader.as_of:
        return DateRange(first, reader.as_of, True, year_only, span)
    return DateRange(first, last, current, year_only, span)


def _month_first(point: Point, reader: DateReader) -> bool:
    """Whether `point` was written month/day/year, and could only be."""
    middle = reader.at(point.upto - 3)
    return middle.isdigit() and int(middle) > 12 and reader.at(point.upto - 4) == "/"


def find_years(text: str, as_of: datetime.date) -> tuple[tuple[int, Span], ...]:
    """Every calendar year in `text` that can be a date, with its place; expected graduations included."""
    last = as_of.year + YEARS_AHEAD
    years = [(int(match[0]), Span(*match.span())) for match in _YEAR.finditer(text)]
    return tuple([(year, span) for year, span in years if FIRST_YEAR <= year <= last])


_YEAR = re.compile(r"(?<![\d$€£.,])(?:19|20)\d\d(?!\d|[.,]\d|%)")


def merged_months(intervals: Iterable[tuple[Month, Month]]) -> int:
    """Months covered by at least one of the half-open intervals [start, stop)."""
    total, reached = 0, -1
    for start, stop in sorted(intervals):
        if stop > reached:
            total += stop - max(start, reached)
            reached = stop
    return total


def gaps(intervals: Sequence[tuple[Month, Month]], at_least: int = 6) -> tuple[tuple[Month, Month], ...]:
    """Stretches of `at_least` months or more between the first and the last interval that none of them covers."""
    found, reached = [], None
    for start, stop in sorted(intervals):
        if reached is not None and start - reached >= at_least:
            found.append((reached, start))
        reached = stop if reached is None else max(reached, stop)
    return tuple(found)
