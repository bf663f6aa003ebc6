"""A resume, understood: identity first, then everything else from the redacted text alone."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hirelens_cli.model.documents import BlockKind, Document, Span
from hirelens_cli.model.issues import FLAGS, Issue, Outcome, Severity, Status, failed
from hirelens_cli.model.profiles import Education, Known, Position, Profile, SectionKind, SkillUse
from hirelens_cli.profiles.contacts import find_identity
from hirelens_cli.profiles.credentials import is_pursued
from hirelens_cli.profiles.dates import merged_months
from hirelens_cli.profiles.education import find_education
from hirelens_cli.profiles.harvest import harvest
from hirelens_cli.profiles.heads import title_in, whole_title
from hirelens_cli.profiles.languages import find_languages
from hirelens_cli.profiles.lines import lines_of
from hirelens_cli.profiles.passages import find_passages
from hirelens_cli.profiles.positions import find_positions
from hirelens_cli.profiles.quality import judge
from hirelens_cli.profiles.redact import Redacted, redact
from hirelens_cli.profiles.sections import Part, find_parts
from hirelens_cli.profiles.skills import Mention, find_mentions
from hirelens_cli.profiles.taxonomy import Taxonomy
from hirelens_cli.profiles.titles import practised_skills, title_family

_KNOWN = frozenset([Known.USED, Known.STATED])
"""How a skill is known that implies others."""
_PROJECT_WORDS = 4


def profile_resume(
    document: Document, taxonomy: Taxonomy, as_of: datetime.date, *, redact_institutions: bool = False
) -> Outcome[Profile]:
    """The profile of a resume as of a date; status `empty` where the document says nothing at all.

    `redact_institutions` also takes the names of universities and schools out of the text that scores.
    """
    lines = lines_of(document)
    if not any(char.isalnum() for block in document.blocks for char in block.text):
        return failed(
            Status.EMPTY, document.doc_id, "it holds no text", "export it again, or scan it with text recognition"
        )
    found = find_identity(document, lines)
    redacted = redact(document, found.identity, found.pieces, lines)
    parts = find_parts(redacted.lines)
    education = find_education(parts, as_of)
    if redact_institutions:
        redacted, parts, education = _without_institutions(redacted, education, as_of)
    work = find_positions(parts, as_of)
    positions = work.positions
    skills = _skills(redacted.text, parts, positions, taxonomy)
    projects = _projects(parts)
    profile = Profile(
        doc_id=document.doc_id,
        text=redacted.text,
        page_starts=redacted.page_starts,
        language=document.language,
        identity=found.identity,
        sections=tuple([part.section for part in parts]),
        titles=_titles(parts, positions),
        skills=_with_projects(skills, projects),
        positions=positions,
        education=education,
        certificates=_certificates(parts),
        projects=projects,
        languages=find_languages(redacted.text, parts),
        passages=find_passages(redacted.text, parts, positions),
        months_total=merged_months(_interval(position) for position in positions if position.months),
        quality=judge(document, redacted.text, parts, work),
        flags=tuple([issue for issue in document.issues if _is_flag(issue)]),
    )
    return Outcome(profile)


def _is_flag(issue: Issue) -> bool:
    return issue.severity is not Severity.ERROR and issue.code in FLAGS


def _interval(position: Position) -> tuple[int, int]:
    """The months worked as a half-open interval."""
    assert position.start is not None
    return position.start, position.start + position.months


def _without_institutions(
    redacted: Redacted, education: Sequence[Education], as_of: datetime.date
) -> tuple[Redacted, tuple[Part, ...], tuple[Education, ...]]:
    """The same with every school's name replaced by a placeholder, wherever it occurs."""
    names = sorted(
        {item.institution for item in education if len(item.institution) > 2}, key=lambda name: (-len(name), name)
    )
    lines, offset = [], 0
    for line in redacted.lines:
        text = line.text
        for name in names:
            text = text.replace(name, "[institution]")
        lines.append(line._replace(text=text, start=offset))
        offset += len(text) + 1
    text = "\n".join([line.text for line in lines])
    shifts = {old.start: new.start for old, new in zip(redacted.lines, lines, strict=True)}
    starts = tuple([shifts.get(start, min(start, len(text))) for start in redacted.page_starts])
    changed = Redacted(text, tuple(lines), starts)
    parts = find_parts(changed.lines)
    again = find_education(parts, as_of)
    named = ["[institution]" if "[institution]" in item.span.of(text) else "" for item in again]
    hidden = tuple([replace(item, institution=name) for item, name in zip(again, named, strict=True)])
    return changed, parts, hidden


def _titles(parts: Sequence[Part], positions: Sequence[Position]) -> tuple[str, ...]:
    """The headline, then the positions' titles, latest first."""
    headline = []
    for part in parts[:2]:
        if part.kind is SectionKind.HEADER:
            for line in part.lines[:8]:
                headline += _titles_of(line.text)
                if headline:
                    break
            break
    headline += _said_titles(parts)
    order = sorted(range(len(positions)), key=lambda at: (-(positions[at].end or 0), -(positions[at].start or 0), at))
    titles = [*headline, *(positions[at].title for at in order if positions[at].title)]
    first: dict[str, str] = {}
    for title in titles:
        first.setdefault(title.casefold(), title)
    return tuple(first.values())


def _titles_of(text: str) -> list[str]:
    """The titles of a headline, two at most: `Welder | Pipe Fitter`."""
    titles: list[str] = []
    while ":" not in text and len(titles) < 2 and (span := title_in(text)) is not None:
        span = whole_title(text, span)
        titles.append(span.of(text))
        text = text[span.end :]
    return titles


_SAID = re.compile(
    r"\b(?:as an?|i am an?|i['’]m an?|als|en tant que|como|come|als een) ((?:[A-ZÀ-Þ][\w/&+.-]{0,24}[ ]){0,4}[A-ZÀ-Þ][\w/&+-]{1,24})",
    re.IGNORECASE,
)


def _said_titles(parts: Sequence[Part]) -> list[str]:
    """Titles that the summary gives in a sentence: `working as a Software Test Engineer`."""
    said = []
    for part in parts:
        if part.kind is SectionKind.SUMMARY:
            for line in part.lines[:12]:
                for match in _SAID.finditer(line.text):
                    written = match[1]
                    span = title_in(written) if written[0].isupper() else None
                    if span is not None and span.start == 0 and span.of(written).split()[-1][0].isupper():
                        said.append(span.of(written))
    return said[:2]


def _skills(
    text: str, parts: Sequence[Part], positions: Sequence[Position], taxonomy: Taxonomy
) -> tuple[SkillUse, ...]:
    """Known skills with where and how long they were used, what they imply, and the unknown items of skills sections."""
    listy = tuple([part.span for part in parts if part.kind is SectionKind.SKILLS])
    outside = [part.span for part in parts if part.kind is SectionKind.REFERENCES]
    mentions: dict[str, list[Mention]] = {}
    found = find_mentions(text, taxonomy, listy=listy)
    firms = _firms(text, positions)
    employers: dict[str, list[Span]] = {}
    for mention in found:
        if _within(mention, firms):
            employers.setdefault(mention.skill, []).append(mention.span)
        elif not _within(mention, outside):
            mentions.setdefault(mention.skill, []).append(mention)
    for position in positions:
        # Who was an accountant has done accounting, whether or not a line says so.
        for name in practised_skills(title_family(position.title)):
            mentions.setdefault(name, []).append(Mention(name, position.head))
    held = _Held(positions)
    uses = {name: _use(text, name, places, held, taxonomy) for name, places in mentions.items()}
    for name in sorted(mentions):
        for implied in taxonomy.implied(name) if uses[name].how in _KNOWN else ():
            use = uses.get(implied)
            if use is None or use.how is Known.IMPLIED:
                uses[implied] = _implied(implied, uses[name], use, held)
    for name in sorted(employers):
        uses.setdefault(name, SkillUse(name, Known.EMPLOYER, tuple(employers[name])))
    bodies = [
        Span(part.lines[0].start, part.span.end) for part in parts if part.kind is SectionKind.SKILLS and part.lines
    ]
    known = [mention.span for mention in found]
    for item, place in [pair for body in bodies for pair in harvest(text, body, known)]:
        if item not in uses:
            uses[item] = SkillUse(item, Known.UNLISTED, (place,))
    return tuple([uses[name] for name in sorted(uses)])


def _firms(text: str, positions: Sequence[Position]) -> list[Span]:
    """Where the heads of positions name the employers."""
    firms = []
    for position in positions:
        at = text.find(position.employer, position.head.start, position.head.end) if position.employer else -1
        if at >= 0:
            firms.append(Span(at, at + len(position.employer)))
    return firms


def _within(mention: Mention, spans: Sequence[Span]) -> bool:
    return any(span.start <= mention.span.start < span.end for span in spans)


def _use(text: str, name: str, mentions: Sequence[Mention], held: _Held, taxonomy: Taxonomy) -> SkillUse:
    """How a skill is known from what is said of it; that it is denied counts where nothing else is said."""
    said = [mention for mention in mentions if not mention.denied]
    spans = tuple(sorted({mention.span for mention in said or mentions}))
    if not said:
        return SkillUse(name, Known.DENIED, spans)
    if taxonomy.is_credential(name) and all(is_pursued(text, span) for span in spans):
        return SkillUse(name, Known.PURSUED, spans)
    inside = held.around(spans)
    months, last = held.used(inside)
    how = Known.USED if inside else Known.STATED
    return SkillUse(name, how, spans, inside, months, last, all(mention.fuzzy for mention in said))


def _implied(name: str, source: SkillUse, known: SkillUse | None, held: _Held) -> SkillUse:
    spans = tuple(sorted({*source.spans, *(known.spans if known else ())}))
    inside = tuple(sorted({*source.positions, *(known.positions if known else ())}))
    months, last = held.used(inside)
    return SkillUse(name, Known.IMPLIED, spans, inside, months, last, source.fuzzy and (known is None or known.fuzzy))


class _Held:
    """The positions of a resume, asked for each of its skills; many skills are used in the same ones."""

    def __init__(self, positions: Sequence[Position]) -> None:
        self._positions = positions
        self._starts = [position.span.start for position in positions]
        self._used: dict[tuple[int, ...], tuple[int, int | None]] = {}

    def around(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """The indexes of the positions in which one of the spans lies."""
        found = set()
        for span in spans:
            at = bisect_right(self._starts, span.start) - 1
            if at >= 0 and span.start < self._positions[at].span.end:
                found.add(at)
        return tuple(sorted(found))

    def used(self, inside: tuple[int, ...]) -> tuple[int, int | None]:
        """The months of these positions, overlaps counted once, and the last of them."""
        known = self._used.get(inside)
        if known is None:
            dated = [self._positions[at] for at in inside if self._positions[at].months]
            months = merged_months(_interval(position) for position in dated)
            last = max((position.end for position in dated if position.end is not None), default=None)
            known = self._used[inside] = (months, last)
        return known


def _with_projects(skills: tuple[SkillUse, ...], projects: Sequence[Span]) -> tuple[SkillUse, ...]:
    """A skill stated in a project was used there."""
    if not projects:
        return skills
    return tuple(
        [
            replace(use, how=Known.USED)
            if use.how is Known.STATED
            and any(project.start <= span.start < project.end for project in projects for span in use.spans)
            else use
            for use in skills
        ]
    )


def _certificates(parts: Sequence[Part]) -> tuple[Span, ...]:
    """The lines of the certificates sections."""
    return tuple(
        [
            line.span
            for part in parts
            if part.kind is SectionKind.CERTIFICATES
            for line in part.lines
            if sum(char.isalpha() for char in line.text) > 2
        ]
    )


def _projects(parts: Sequence[Part]) -> tuple[Span, ...]:
    """The projects of the sections of that name: each begins at a short line behind a bullet, a blank or a longer line."""
    projects: list[Span] = []
    for part in parts:
        if part.kind is not SectionKind.PROJECTS:
            continue
        begin = None
        for at, line in enumerate(part.lines):
            if not line.text.strip():
                continue
            if begin is None:
                begin = line.start
            elif _begins_project(part, at):
                projects.append(Span(begin, part.lines[at - 1].end))
                begin = line.start
        if begin is not None:
            projects.append(Span(begin, part.lines[-1].end))
    return tuple(projects)


def _begins_project(part: Part, at: int) -> bool:
    line, before = part.lines[at], part.lines[at - 1]
    text = line.text.strip()
    short = len(text.split()) <= 2 * _PROJECT_WORDS and text[:1].isupper() and text[-1] not in ".;,"
    if not short or line.kind is BlockKind.LIST_ITEM:
        return False
    return not before.text.strip() or before.text.rstrip().endswith(".") or before.kind is BlockKind.LIST_ITEM
