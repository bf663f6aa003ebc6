"""What was understood of one resume. Every field carries the span of the redacted text that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hirelens_cli.model.documents import Span
from hirelens_cli.model.issues import Issue

Month = int
"""Months since year 0: year * 12 + (month - 1). A year alone is its January, with `year_only` said beside it."""


def month_of(year: int, month: int = 1) -> Month:
    """The Month of a calendar year and month (1-12)."""
    return year * 12 + month - 1


def month_text(month: Month) -> str:
    """`2024-05` for a Month."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


class SectionKind(StrEnum):
    """What a part of a resume is about."""

    HEADER = "header"
    SUMMARY = "summary"
    EXPERIENCE = "experience"
    PROJECTS = "projects"
    SKILLS = "skills"
    EDUCATION = "education"
    CERTIFICATES = "certificates"
    LANGUAGES = "languages"
    PUBLICATIONS = "publications"
    VOLUNTEERING = "volunteering"
    INTERESTS = "interests"
    REFERENCES = "references"
    OTHER = "other"


class Known(StrEnum):
    """How a candidate's skill is known, strongest first; the last two are worth nothing."""

    USED = "used"
    """Shown in a dated position or a project."""
    STATED = "stated"
    """Named in prose or a list outside dated work."""
    IMPLIED = "implied"
    """Follows from another skill (Django implies Python)."""
    UNLISTED = "unlisted"
    """Harvested from a skills section; not in the taxonomy."""
    PURSUED = "pursued"
    """A certificate or licence that the resume says is still being prepared for."""
    DENIED = "denied"
    """The resume says that the candidate does not know it."""
    EMPLOYER = "employer"
    """Nothing but the name of an employer: who sold for Oracle need not know its database."""


@dataclass(frozen=True, slots=True)
class Section:
    """A run of lines under one heading (the heading included)."""

    kind: SectionKind
    heading: str
    span: Span


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the candidate is. Kept apart from everything that scores."""

    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillUse:
    """One skill of one candidate."""

    skill: str
    """Canonical name in the taxonomy, or the words as written where `how` is unlisted."""
    how: Known
    spans: tuple[Span, ...]
    """Every mention, first to last; for an implied skill the mentions of what implies it."""
    positions: tuple[int, ...] = ()
    """Indexes of the positions in which it is mentioned."""
    months: int = 0
    """Merged months of those positions."""
    last_used: Month | None = None
    fuzzy: bool = False
    """Matched only after mending a typing error."""


@dataclass(frozen=True, slots=True)
class Position:
    """One job held."""

    title: str
    employer: str
    start: Month | None
    end: Month | None
    """Last month worked; the as-of month for a current position; None where unknown."""
    current: bool
    months: int
    """Inclusive months from start to end; 0 where unknown."""
    span: Span
    """The head lines and the body."""
    head: Span
    """The lines that hold title, employer and dates."""
    year_only: bool = False


@dataclass(frozen=True, slots=True)
class Education:
    """One degree or course of study."""

    degree: str
    level: int
    """0 unknown, 1 school, 2 vocational or associate, 3 bachelor, 4 master, 5 doctorate."""
    field: str
    institution: str
    year: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class LanguageSkill:
    """A human language and the level as a CEFR letter pair, `native`, or empty."""

    language: str
    level: str
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of redacted text that is embedded and quoted: a bullet or a few short lines of one section."""

    text: str
    span: Span
    section: SectionKind
    position: int | None = None
    """Index of the position it belongs to."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How far the profile can be trusted."""

    confidence: str
    """high, medium or low."""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """A resume, understood. Everything but `identity` is made from the redacted text."""

    doc_id: str
    text: str
    """The redacted text; all spans count in it."""
    page_starts: tuple[int, ...]
    language: str
    identity: Identity
    sections: tuple[Section, ...]
    titles: tuple[str, ...]
    """Headline first, then the titles of positions, latest first; without repeats."""
    skills: tuple[SkillUse, ...]
    """Sorted by name."""
    positions: tuple[Position, ...]
    """In the order of the document."""
    education: tuple[Education, ...]
    certificates: tuple[Span, ...]
    projects: tuple[Span, ...]
    languages: tuple[LanguageSkill, ...]
    passages: tuple[Passage, ...]
    months_total: int
    """Merged months of all positions: overlaps counted once, education excluded."""
    quality: Quality
    flags: tuple[Issue, ...] = ()
    """Stuffing, pasted job description, text addressed to a machine, hidden words; none of it earns a point."""
    years_corrected: bool = False
    """Whether `months_total` was given as a correction, not counted from dated work."""
