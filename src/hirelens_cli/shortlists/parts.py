"""One candidate's points for one job as parts: what was asked, what it gave, why, and the lines that earned it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from hirelens_cli.model.documents import Span
from hirelens_cli.model.jobs import CRITERION_OF, Job, Requirement, RequirementKind
from hirelens_cli.model.profiles import Education, Known, Position, Profile, SkillUse, month_text
from hirelens_cli.model.shortlists import Evidence, Part
from hirelens_cli.model.tables import Pool, ScoredJob
from hirelens_cli.shortlists.quotes import line_around, passage, quotes
from hirelens_cli.shortlists.rank import GUESS, least_evidence

USED_LEAST = 650
"""Thousandths: a skill at or above this was shown in work."""

_LEVELS = ("unknown", "school", "vocational", "bachelor's", "master's", "doctorate")
_SENIORITY = ("unsaid", "intern", "junior", "mid", "senior", "lead", "manager", "director", "executive")
_HOW = tuple(Known)
PURSUED = "prepared for, not held yet"
DENIED = "the resume says that it is not known"
"""The reasons given for a certificate or licence that is still to come, and for what the resume denies."""


@dataclass(frozen=True, slots=True)
class _Given:
    """Why a value is what it is."""

    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """What the reasons are made from: one candidate, one job, one requirement."""

    profile: Profile
    job: Job
    asked: Requirement
    value: int
    best: Evidence | None
    """The passage that earned the value by meaning."""
    positions: tuple[tuple[str, int], ...]
    """(family, seniority) of each position of the profile."""
    headline: int
    """Seniority of the headline."""
    families: tuple[str, ...]
    """The headline's family and those close to it."""


def parts_of(profile: Profile, scored: ScoredJob, row: int, pool: Pool) -> tuple[Part, ...]:
    """The scored requirements of a job for the candidate in `row` of the pool, in the job's order."""
    doc_id = pool.candidates["doc_id"][row]
    held = pool.positions.filter(pl.col("doc_id") == doc_id).select("family", "seniority")
    positions = tuple((family or "", int(level or 0)) for family, level in held.iter_rows())
    headline = int(pool.candidates["seniority"][row] or 0)
    families = tuple(pool.candidates["headline_families"][row])
    parts = []
    for index, asked in enumerate(scored.job.requirements):
        criterion = CRITERION_OF[asked.kind]
        weight = int(scored.weights[index])
        if criterion is None or weight == 0:
            continue
        value = int(scored.values[row, index])
        best = _passage(profile, pool, int(scored.passages[row, index]))
        given = _given(_Case(profile, scored.job, asked, value, best, positions, headline, families))
        parts.append(
            Part(
                criterion=criterion,
                requirement=asked.text,
                kind=asked.kind,
                must=asked.must,
                weight=weight,
                value=value,
                points=int(scored.points[row, index]),
                reason=given.reason,
                evidence=given.evidence if value else (),
                index=index,
            )
        )
    return tuple(parts)


def knockouts_of(parts: Sequence[Part]) -> tuple[str, ...]:
    """The must-haves for which the resume holds no evidence; a passage of merely like meaning is none for a skill."""
    return tuple(part.requirement for part in parts if part.must and part.value <= least_evidence(part.kind))


def knocked_out_by(parts: Sequence[Part], job: Job) -> tuple[str, ...]:
    """The requirements that the user marked as knockouts and of which the resume holds no evidence."""
    marked = [part for part in parts if job.requirements[part.index].knockout]
    return tuple(part.requirement for part in marked if part.value <= least_evidence(part.kind))


def duration(months: int) -> str:
    """`3 years 2 months`, `1 year`, `8 months`."""
    years, rest = divmod(months, 12)
    texts = [f"{years} year{'s' * (years != 1)}"] if years else []
    if rest or not years:
        texts.append(f"{rest} month{'s' * (rest != 1)}")
    return " ".join(texts)


def _passage(profile: Profile, pool: Pool, row: int) -> Evidence | None:
    if row < 0:
        return None
    index = int(pool.passages["index"][row])
    return passage(profile, profile.passages[index].span) if index < len(profile.passages) else None


def _given(case: _Case) -> _Given:
    match case.asked.kind:
        case RequirementKind.SKILL:
            return _skill(case)
        case RequirementKind.CERTIFICATE:
            return _certificate(case)
        case RequirementKind.YEARS:
            return _years(case)
        case RequirementKind.SENIORITY:
            return _seniority(case)
        case RequirementKind.DEGREE:
            return _degree(case)
        case RequirementKind.LANGUAGE:
            return _language(case)
        case RequirementKind.TITLE:
            return _title(case)
        case _:
            return _meaning(case)


def _skill(case: _Case) -> _Given:
    wanted = {name.lower() for name in case.asked.any_of or (case.asked.text,)}
    uses = [use for use in case.profile.skills if use.skill.lower() in wanted]
    if uses:
        best = _best_use(uses)
        return _Given(_use_text(best, len(wanted) > 1), quotes(case.profile, _best_mentions(best, case.profile)))
    if case.value == 0:
        return _Given("not found in the resume")
    if case.value > GUESS:
        lines = quotes(case.profile, _together(case.profile, sorted(wanted)), 1)
        where = "in the description of a position" if case.value >= USED_LEAST else "in the resume"
        return _Given(f"its words are {where}", lines or _only(case.best))
    return _Given("not named; the closest passage", _only(case.best))


def _best_use(uses: Sequence[SkillUse]) -> SkillUse:
    return min(uses, key=lambda use: (_HOW.index(use.how), use.fuzzy, -use.months, -(use.last_used or 0), use.skill))


def _certificate(case: _Case) -> _Given:
    wanted = {name.lower() for name in case.asked.any_of or (case.asked.text,)}
    uses = [use for use in case.profile.skills if use.skill.lower() in wanted]
    spans = [span for use in uses for span in use.spans]
    if uses and (best := _best_use(uses)).how in (Known.PURSUED, Known.DENIED, Known.EMPLOYER):
        return _Given(_use_text(best, len(wanted) > 1), quotes(case.profile, spans))
    if not case.value:
        return _Given("not found in the resume")
    listed = case.profile.certificates
    spans.sort(key=lambda span: (not any(item.start <= span.start < item.end for item in listed), span))
    return _Given("named in the resume", quotes(case.profile, spans or _together(case.profile, sorted(wanted))))


def _together(profile: Profile, names: Sequence[str]) -> list[Span]:
    """The passages that hold the most words of any one of the names, those with all words first, then those of positions."""
    best: list[tuple[int, bool, Span]] = []
    for name in names:
        # Without their endings, as words are compared when they are scored.
        words = [word[: max(4, len(word) - 3)] for word in re.findall(r"[^\W_]+", name)]
        for item in profile.passages:
            lower = item.text.lower()
            held = sum(bool(re.search(rf"\b{re.escape(word)}", lower)) for word in words)
            best.append((-held, item.position is None, item.span))
    return [span for held, _, span in sorted(best) if held < 0]


def _use_text(use: SkillUse, several: bool) -> str:
    name = f"{use.skill}, " if several else ""
    mended = "; spelling mended" if use.fuzzy else ""
    match use.how:
        case Known.USED if use.months:
            last = f", last in {month_text(use.last_used)}" if use.last_used else ""
            return f"{name}used for {duration(use.months)}{last}{mended}"
        case Known.USED:
            return f"{name}shown in work or a project without dates{mended}"
        case Known.STATED:
            return f"{name}named, but not shown in dated work{mended}"
        case Known.IMPLIED:
            return f"{name}follows from another skill{mended}"
        case Known.PURSUED:
            return f"{name}{PURSUED}"
        case Known.DENIED:
            return f"{name}{DENIED}"
        case Known.EMPLOYER:
            return f"{name}only the name of an employer"
        case _:
            return f"{name}listed among the skills{mended}"


def _best_mentions(use: SkillUse, profile: Profile) -> list[Span]:
    """Mentions in positions, latest position first, then the others."""
    latest = sorted(use.positions, key=lambda index: (-(profile.positions[index].end or 0), index))
    inside = []
    for index in latest:
        held = profile.positions[index].span
        inside += [span for span in use.spans if held.start <= span.start < held.end]
    return list(dict.fromkeys([*inside, *use.spans]))


def _years(case: _Case) -> _Given:
    months = case.profile.months_total
    asked = f" ({duration(case.asked.minimum)} asked)" if case.asked.minimum else ""
    family = case.job.title_family
    elsewhere = [
        item.months
        for item, (held, _) in zip(case.profile.positions, case.positions, strict=False)
        if family and held and held != family
    ]
    other = ", of which work in other roles counts half" if sum(elsewhere) else ""
    lines = _heads(case, 3)
    if case.profile.years_corrected:
        return _Given(f"{duration(months) if months else 'none'}, as corrected{asked}{other}", lines)
    if not months:
        return _Given(f"no dated positions{asked}")
    return _Given(f"{duration(months)} of dated work{asked}{other}", lines)


def _seniority(case: _Case) -> _Given:
    wanted = f"{_level(case.asked.minimum)} asked"
    levels = [(level, item) for item, (_, level) in zip(case.profile.positions, case.positions, strict=False) if level]
    level, item = max(levels, key=lambda pair: (pair[0], pair[1].end or 0, -pair[1].head.start), default=(0, None))
    if not max(level, case.headline):
        lines = _heads(case, 1) or quotes(case.profile, [held.head for held in case.profile.positions], 1)
        months = duration(case.profile.months_total)
        return _Given(f"no title says a level; judged by {months} of work; {wanted}", lines)
    best = max(level, case.headline)
    above = ", well above what is asked" if best >= case.asked.minimum + 2 else ""
    if item is not None and level == best:
        return _Given(f"highest title at {_level(level)} level{above}; {wanted}", _lines(case, item))
    return _Given(f"headline at {_level(best)} level{above}; {wanted}", _headline(case.profile))


def _level(seniority: int) -> str:
    return _SENIORITY[seniority] if 0 <= seniority < len(_SENIORITY) else str(seniority)


def _degree(case: _Case) -> _Given:
    asked = f"{_LEVELS[case.asked.minimum]} degree asked" if 0 < case.asked.minimum < len(_LEVELS) else "degree asked"
    if case.asked.fields:
        asked += f" in {' or '.join(case.asked.fields[:3])}"
    entries = [item for item in case.profile.education if item.level]
    if not entries:
        if case.value:
            return _Given(f"no degree found, but experience that counts as equivalent; {asked}", _heads(case, 2))
        return _Given(f"no degree found; {asked}")

    def closeness(item: Education) -> tuple[bool, bool, int, int]:
        said = f"{item.field} {item.degree}".lower()
        fits = not case.asked.fields or any(field.lower() in said for field in case.asked.fields)
        return (item.level >= case.asked.minimum, fits, item.level, -item.span.start)

    best = max(entries, key=closeness)
    field = f" in {best.field}" if best.field else ""
    return _Given(f"{_LEVELS[best.level]} level{field}; {asked}", quotes(case.profile, [best.span], 1))


def _language(case: _Case) -> _Given:
    wanted = {name.lower() for name in case.asked.any_of or (case.asked.text,)}
    held = [item for item in case.profile.languages if item.language.lower() in wanted]
    if not held:
        return _Given("not found in the resume")
    level = f"{held[0].level}" if held[0].level else "no level given"
    asked = f"; {case.asked.level} asked" if case.asked.level else ""
    return _Given(f"{held[0].language}, {level}{asked}", quotes(case.profile, [held[0].span], 1))


def _title(case: _Case) -> _Given:
    if not case.value:
        return _Given("no similar title")
    if case.best is not None:
        return _Given("the closest line to the job's title", (case.best,))
    words = set(re.findall(r"[^\W\d_]{3,40}", case.job.title.lower()))

    def shared(title: str) -> int:
        return sum(word[:5] in title.lower() for word in sorted(words))

    def closeness(pair: tuple[Position, tuple[str, int]]) -> tuple[int, int, int]:
        item, (family, _) = pair
        same = 2 * (bool(family) and family == case.job.title_family)
        return (shared(item.title) + same, item.end or 0, -item.head.start)

    held = list(zip(case.profile.positions, case.positions, strict=False))
    headline = next(iter(case.profile.titles), "")
    if not any(closeness(pair)[0] for pair in held) and (
        shared(headline) or (case.job.title_family and case.job.title_family in case.families)
    ):
        return _Given(f"only the headline says so: {headline}", _headline(case.profile))
    if not held:
        return _Given("no position with a title")
    item, (family, _) = max(held, key=closeness)
    until = " to this day" if item.current else f" until {month_text(item.end)}" if item.end else ""
    same = (family and family == case.job.title_family) or all(word[:5] in item.title.lower() for word in words)
    return _Given(f"{'worked as' if same else 'closest title:'} {item.title}{until}", _lines(case, item))


def _meaning(case: _Case) -> _Given:
    strength = "close" if case.value >= 600 else "partial" if case.value >= 300 else "faint"
    if not case.value:
        return _Given("nothing like it found")
    what = "the resume as a whole against the job" if case.asked.kind is RequirementKind.DOMAIN else "closest passage"
    lines = _only(case.best) or quotes(case.profile, _words(case.profile, case.asked.text), 1)
    return _Given(f"{what}: a {strength} match", lines)


def _headline(profile: Profile) -> tuple[Evidence, ...]:
    """The line of the first title."""
    at = profile.text.find(profile.titles[0]) if profile.titles else -1
    return _only(line_around(profile, Span(at, at + len(profile.titles[0])))) if at >= 0 else ()


def _lines(case: _Case, item: Position) -> tuple[Evidence, ...]:
    return _only(line_around(case.profile, item.head))


def _heads(case: _Case, most: int) -> tuple[Evidence, ...]:
    """The head lines of the longest positions."""
    longest = sorted((item for item in case.profile.positions if item.months), key=lambda item: -item.months)
    lines = (line_around(case.profile, item.head) for item in longest)
    return tuple(line for line in lines if line is not None)[:most]


def _only(evidence: Evidence | None) -> tuple[Evidence, ...]:
    return () if evidence is None else (evidence,)


def _words(profile: Profile, text: str) -> list[Span]:
    """The first place of each longer word of `text`, in the order of the resume."""
    lower = profile.text.lower()
    found = []
    for word in dict.fromkeys(re.findall(r"[^\W_]{4,40}", text.lower())):
        at = lower.find(word[:8])
        if at >= 0 and len(lower) == len(profile.text):
            found.append(Span(at, at + len(word[:8])))
    return sorted(found)
