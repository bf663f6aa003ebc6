"""The jobs a candidate has held: title, employer and dates from the lines around each period of time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from hirelens_cli.model.documents import BlockKind, Span
from hirelens_cli.model.profiles import Position, SectionKind
from hirelens_cli.profiles.dates import DateRange, find_ranges, hints_at_date
from hirelens_cli.profiles.education import find_degree
from hirelens_cli.profiles.employers import employer_score, pick_employer, segments
from hirelens_cli.profiles.heads import (
    ABBREVIATED_END,
    BULLET,
    MAX_HEAD,
    SMALL,
    WORK_SENTENCE,
    Order,
    form_below,
    is_head_line,
    is_short,
    read_head,
    title_in,
    whole_title,
)
from hirelens_cli.profiles.lines import Line
from hirelens_cli.profiles.sections import Part, is_prose
from hirelens_cli.profiles.titles import find_title

_DANGLING = re.compile(r"(?:[-–—]|\bto|\bbis|\bà|\bal?|\bhasta|\baté|\btot)[ \t]{0,3}$")
_DURATION_LABEL = re.compile(
    r"[ \t•*-]{0,6}(?:project )?(?:duration|period|timeline|time ?frame|dauer|durée|duración|duração|durata|periode)[ \t]{0,6}[:–-]?",
    re.IGNORECASE,
)
_OUTSIDE = frozenset(
    [
        SectionKind.EDUCATION, SectionKind.CERTIFICATES, SectionKind.PROJECTS, SectionKind.VOLUNTEERING, SectionKind.PUBLICATIONS,
        SectionKind.REFERENCES, SectionKind.INTERESTS, SectionKind.LANGUAGES,
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A line whose period is that of a position."""

    first: int
    last: int
    """Differs from `first` where a line break cuts the period."""
    period: DateRange | None
    rest: tuple[str, ...]
    """What else the lines say."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A position whose body is not yet known; line numbers are inclusive."""

    title: str
    employer: str
    period: DateRange | None
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Work:
    """The positions and how far they can be trusted."""

    positions: tuple[Position, ...]
    sectioned: bool
    """They stand in a section of that name; otherwise they were picked from elsewhere."""


def find_positions(parts: Sequence[Part], as_of: datetime.date) -> Work:
    """The positions in the order of the document; education, certificates, projects and volunteering are left out."""
    drafts: list[tuple[_Draft, Sequence[Line]]] = []
    for part in parts:
        if part.kind is SectionKind.EXPERIENCE:
            drafts += [(draft, part.lines) for draft in _in_section(part.lines, as_of)]
    sectioned = bool(drafts)
    if not any(draft.period for draft, _ in drafts):
        elsewhere = []
        for part in parts:
            if part.kind not in _OUTSIDE and part.kind is not SectionKind.EXPERIENCE:
                found = _in_section(part.lines, as_of, loose=True)
                elsewhere += [(draft, part.lines) for draft in found]
        drafts += elsewhere
    drafts.sort(key=lambda item: item[1][item[0].top].start)
    return Work(tuple(_finished(drafts)), sectioned)


def _finished(drafts: list[tuple[_Draft, Sequence[Line]]]) -> list[Position]:
    positions = []
    for at, (draft, lines) in enumerate(drafts):
        following = drafts[at + 1] if at + 1 < len(drafts) and drafts[at + 1][1] is lines else None
        last = following[0].top - 1 if following else len(lines) - 1
        last = max(last, draft.bottom)
        head = Span(lines[draft.top].start, lines[draft.bottom].end)
        span = Span(head.start, max(head.end, lines[last].end))
        period = draft.period
        positions.append(
            Position(
                draft.title,
                draft.employer,
                period.start if period else None,
                period.end if period else None,
                period.current if period else False,
                period.months if period else 0,
                span,
                head,
                period.year_only if period else False,
            )
        )
    return positions


def _in_section(lines: Sequence[Line], as_of: datetime.date, *, loose: bool = False) -> list[_Draft]:
    """The positions among the lines; `loose` asks for a title or a firm's name, since the section is not about work."""
    anchors = _anchors(lines, as_of)
    if not anchors:
        return [] if loose else _undated(lines, 0, len(lines))
    lead = _lead(lines, anchors[0])
    drafts: list[_Draft] = []
    free = 0
    order = _order(lines, anchors, lead)
    for at, anchor in enumerate(anchors):
        limit = anchors[at + 1].first if at + 1 < len(anchors) else len(lines)
        draft = _draft(lines, anchor, free, limit, lead, order)
        if _is_detail(drafts, draft, lines, anchor) or (loose and not _convincing(draft)):
            continue
        if not draft.title and not draft.employer and len(anchors) > 1 and not "".join(anchor.rest).strip(" -–—|,:()"):
            continue
        if not draft.title and _BREAK.match(" ".join([lines[row].text for row in range(draft.top, draft.bottom + 1)])):
            free = draft.bottom + 1
            continue
        if not draft.employer and drafts and draft.title:
            draft = _Draft(draft.title, _inherited(drafts[-1], draft), draft.period, draft.top, draft.bottom)
        drafts.append(draft)
        free = draft.bottom + 1
    drafts = _without_headers(drafts)
    if not loose:
        drafts = _with_undated(lines, drafts)
    return drafts


_BREAK = re.compile(
    r"[^A-Za-zÀ-ÿ]{0,40}(?:(?:planned |personal |professional |family )?(?:career|employment) (?:break|gap)|sabbatical|gap year|(?:parental|maternity|paternity|family|medical|unpaid) leave"
    r"|(?:full[- ]time )?(?:parent(?:ing)?|care(?:giver|giving)?|carer)\b(?! (?:home|assistant|worker|manager))|elternzeit|mutterschutz|sabbatjahr|familienpause|auszeit|arbeits(?:los|suchend)\w*"
    r"|cong[eé] (?:parental|maternit[eé]|sabbatique)|ann[eé]e sabbatique|excedencia|baja (?:maternal|paternal)|pausa na carreira|licen[cç]a (?:maternidade|parental)|congedo|aspettativa|anno sabbatico|ouderschapsverlof|tussenjaar)",
    re.IGNORECASE,
)
"""The head of a stretch without work."""


def _without_headers(drafts: list[_Draft]) -> list[_Draft]:
    """An employer's line with the dates of all roles under it is no position; the roles without an employer take its name."""
    kept: list[_Draft] = []
    header: _Draft | None = None
    for at, draft in enumerate(drafts):
        following = drafts[at + 1] if at + 1 < len(drafts) else None
        if header is not None and _within(draft, header) and draft.title and not draft.employer:
            draft = _Draft(draft.title, header.employer, draft.period, draft.top, draft.bottom)
        elif draft.employer and not draft.title and following and following.title and _within(following, draft):
            if following.employer in ("", draft.employer):
                header = draft
                continue
        else:
            header = None
        kept.append(draft)
    return kept


def _within(draft: _Draft, header: _Draft) -> bool:
    if draft.period is None or header.period is None:
        return False
    return header.period.start <= draft.period.start and draft.period.end <= header.period.end


def _inherited(before: _Draft, draft: _Draft) -> str:
    """A promotion under one employer names the employer once; the roles lie next to each other in time."""
    if before.period is None or draft.period is None:
        return before.employer
    apart = before.period.start - draft.period.end
    return before.employer if -2 <= apart <= 2 or before.period.end - draft.period.start in range(-2, 3) else ""


def _anchors(lines: Sequence[Line], as_of: datetime.date) -> list[_Anchor]:
    anchors: list[_Anchor] = []
    skip = -1
    for index, line in enumerate(lines):
        if index <= skip or not line.text or len(line.text) > 300:
            continue
        found = _period(lines, index, as_of)
        if found is None:
            continue
        anchors.append(found)
        skip = found.last
    return anchors


def _period(lines: Sequence[Line], index: int, as_of: datetime.date) -> _Anchor | None:
    """The anchor at a line, if what it says besides its period is short and no sentence."""
    line = lines[index]
    text = line.text
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    if not (hints_at_date(text) or hints_at_date(following)):
        return None
    ranges = find_ranges(text, as_of)
    last = index
    if 0 < len(following) <= 60 and (_DANGLING.search(text) or (_FROM.match(text) and _TO.match(following))):
        joined = f"{text} {following}"
        wider = find_ranges(joined, as_of)
        if wider and wider[0].span.end > len(text) + 1:
            text, ranges, last = joined, wider, index + 1
    if not ranges:
        return None
    span = ranges[0].span
    before, after = _BEFORE_DATE.sub(" ", text[: span.start]), text[span.end :]
    rest = f"{before}{after}"
    if len(ranges) == 1 and len(text) < 200 and WORK_SENTENCE.search(rest):
        return _Anchor(index, last, ranges[0], (before, after.rstrip(" .")))
    if not before.strip(" •*-–([") and (opening := _OPENING.match(after)):
        return _Anchor(index, last, ranges[0], (before, _opened(opening)))
    stop = rest.rstrip()
    if (
        stop.endswith(".")
        and len(stop.split()) > 3
        and not ABBREVIATED_END.search(stop)
        and find_title(stop[:-1]) is None
    ):
        return None
    if len(rest) > MAX_HEAD + 40 or is_prose(rest) or _reads_on(before, after):
        return None
    bulleted = line.kind is BlockKind.LIST_ITEM or BULLET.match(line.text) is not None
    if bulleted and len(rest.split()) > 4 and find_title(rest) is None and employer_score(rest) < 2:
        return None
    if len(rest) > MAX_HEAD and find_title(rest) is None:
        return None
    if len(ranges) == 1 and ranges[0].start == ranges[0].end and not before.strip() and len(after) > 60:
        return None
    return _Anchor(index, last, ranges[0], (before, after))


_OPENING = re.compile(r"[.:] ([A-ZÀ-Þ][^.:;]{2,70})\.(?: ([A-ZÀ-Þ][^.:;]{2,50})(?:\.|$))?")
"""`March 2019 to present. Plumber, Acme. Fitted boilers.`: the sentences behind a period that begins its line."""


def _opened(opening: re.Match[str]) -> str:
    """The first sentence, and the second where it alone names a title."""
    first, second = opening[1], opening[2] or ""
    return f"{first} | {second}" if find_title(first) is None and second and find_title(second) else first


_FROM = re.compile(
    r"[ \t•*-]{0,6}(?:from|start(?: date)?|von|beginn|du|de|desde|dal|da|van|début)[ \t]{0,4}:", re.IGNORECASE
)
_TO = re.compile(
    r"[ \t•*-]{0,6}(?:to|until|till|end(?: date)?|bis|ende|au|à|hasta|al|a|tot|até|fin)[ \t]{0,4}:", re.IGNORECASE
)


def _reads_on(before: str, after: str) -> bool:
    """Whether the period stands inside a sentence: `grew sales from 2014 to 2016 by a third`."""
    words = before.split()
    if words and words[0][0].islower() and len(words) > 3:
        return True
    following = after.split()[:1]
    if (
        words
        and len(words) + len(after.split()) > 4
        and following
        and following[0].islower()
        and following[0] not in SMALL
    ):
        return True
    return len(words) > 3 and after[:1] == " " and after.strip()[:1].islower() and len(after.split()) > 3


def _lead(lines: Sequence[Line], anchor: _Anchor) -> int:
    """How many lines above its period a position's head begins, as the section's first position shows."""
    above = lines[: anchor.first]
    count = 0
    for line in reversed(above):
        if not is_head_line(line):
            break
        count += 1
    if count <= 3:
        return count
    titled = next((at for at in range(1, 4) if title_in(above[-at].text)), 0)
    firms = [at for at in range(1, 4) if employer_score(above[-at].text) >= 2]
    if titled and not any(at < titled for at in firms) and titled + 1 in firms:
        return titled + 1
    return titled or max(firms, default=0)


def _order(lines: Sequence[Line], anchors: Sequence[_Anchor], lead: int) -> Order:
    """Whether titles stand before employers, by the positions where the title is known."""
    above = inline = 0
    for anchor in anchors:
        own = " | ".join(anchor.rest)
        rows = [line.text for line in lines[max(0, anchor.first - lead) : anchor.first]] + [own]
        rows += [line.text for line in lines[anchor.last + 1 : anchor.last + 2] if is_head_line(line)]
        rows = [row for row in rows if row.strip(" -–|,")]
        titled = [at for at, row in enumerate(rows) if title_in(row)]
        if len(rows) > 1 and len(titled) == 1:
            above += 1 if titled[0] == 0 else -1
        span = title_in(own)
        if span is not None:
            inline += bool(segments(own[span.end :])) - bool(segments(own[: span.start]))
    return Order(above, inline)


def _own_title(lines: Sequence[Line], top: int, stop: int) -> int:
    """Where a head begins: at its last title, where the lines above are title and employer of a job without dates."""
    titled = [index for index in range(top, stop - 1) if title_in(lines[index].text)]
    apart = len(titled) > 1 and titled[-1] - titled[-2] > 1
    return titled[-1] if apart else top


def _draft(lines: Sequence[Line], anchor: _Anchor, free: int, limit: int, lead: int, order: Order) -> _Draft:
    """Title and employer from the lines above the period, its own line, and where these do not tell, those below."""
    top, low = anchor.first, max(free, anchor.first - lead)
    while top > low and is_head_line(lines[top - 1]):
        top -= 1
    own = [piece for piece in anchor.rest if piece.strip(" -–—|,:()\t")]
    top = _own_title(lines, top, anchor.first + bool(own))
    rows = [lines[index].text for index in range(top, anchor.first)]
    rows += ["  |  ".join(own)] if own else []
    bottom = anchor.last
    title, employer = read_head(rows, order)
    if not title and top > free and rows and is_head_line(lines[top - 1]) and title_in(lines[top - 1].text):
        top -= 1
        rows.insert(0, lines[top].text)
        title, employer = read_head(rows, order)
    reach = 2 if not rows else 1
    while reach and bottom + 1 < limit and (not title or not employer or not rows):
        line = lines[bottom + 1]
        if not is_head_line(line) or (lead and bottom + 1 >= limit - lead and limit < len(lines)):
            break
        more = read_head([*rows, line.text], order)
        if rows and more == (title, employer):
            break
        rows.append(line.text)
        title, employer = more
        bottom += 1
        reach -= 1
    form = form_below(lines, anchor.last + 1, limit)
    return _Draft(form[0] or title, form[1] or employer, anchor.period, top, bottom)


_BEFORE_DATE = re.compile(
    r"(?:^|[\s,(])(?:since|from|seit|depuis|desde|dal?|de|von|vom|sinds|van|ab|in)[\s:]*$", re.IGNORECASE
)


def _convincing(draft: _Draft) -> bool:
    return bool(draft.title) or employer_score(draft.employer) >= 3


def _is_detail(drafts: list[_Draft], draft: _Draft, lines: Sequence[Line], anchor: _Anchor) -> bool:
    """Whether the period belongs to a project, a course or a degree rather than to a position of its own."""
    text = " ".join(anchor.rest)
    if find_degree(text) and not draft.title:
        return True
    if not drafts or draft.period is None or drafts[-1].period is None:
        return False
    inside = drafts[-1].period.start <= draft.period.start and draft.period.end <= drafts[-1].period.end
    if WORK_SENTENCE.search(text):
        return inside
    if _DURATION_LABEL.match(lines[anchor.first].text):
        return inside and not (draft.title and draft.employer)
    return inside and not draft.title and employer_score(draft.employer) < 2


_STARTER = re.compile(r"[A-ZÀ-Þ][^.;:!?]{2,60}")


def _undated(lines: Sequence[Line], low: int, high: int) -> list[_Draft]:
    """Positions without dates: a title on a line of its own with an employer beside it or below."""
    drafts: list[_Draft] = []
    index = low
    while index < high:
        line = lines[index]
        span = title_in(line.text) if _STARTER.match(line.text) and is_short(line) else None
        if span is None or len(line.text.split()) > 10:
            index += 1
            continue
        rest = line.text[: span.start] + " | " + line.text[span.end :]
        employer, bottom = pick_employer(segments(rest)), index
        below = lines[index + 1] if index + 1 < high else None
        if not employer and below is not None and is_head_line(below) and find_title(below.text) is None:
            employer, bottom = pick_employer(segments(below.text)), index + 1
        if employer and (employer_score(employer) >= 2 or bottom > index):
            drafts.append(_Draft(whole_title(line.text, span).of(line.text), employer, None, index, bottom))
        index = bottom + 1
    return drafts


def _with_undated(lines: Sequence[Line], drafts: list[_Draft]) -> list[_Draft]:
    """Positions without dates between the dated ones, where firm and title are beyond doubt."""
    taken = {index for draft in drafts for index in range(draft.top, draft.bottom + 1)}
    extra = []
    for draft in _undated(lines, 0, len(lines)):
        rows = range(draft.top, draft.bottom + 1)
        if taken.isdisjoint(rows) and (employer_score(draft.employer) >= 3 or draft.top == 0):
            extra.append(draft)
    return sorted([*drafts, *extra], key=lambda draft: draft.top)
