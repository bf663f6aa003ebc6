"""What was understood of one resume, as JSON (schema hirelens.profile/1): every field with the line that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model import codec
from hirelens_cli.model.documents import Span, page_at
from hirelens_cli.model.issues import Issue
from hirelens_cli.model.profiles import Identity, Profile, Section, month_text

SCHEMA = "hirelens.profile/1"


@dataclass(frozen=True, slots=True)
class Source:
    """Characters of the redacted text, the page they are on, and the line they stand in."""

    page: int
    start: int
    end: int
    line: str


@dataclass(frozen=True, slots=True)
class _PositionRecord:
    title: str
    employer: str
    start: str | None
    end: str | None
    current: bool
    months: int
    source: Source


@dataclass(frozen=True, slots=True)
class _EducationRecord:
    degree: str
    level: int
    field: str
    institution: str
    year: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class _SkillRecord:
    skill: str
    how: str
    months: int
    last_used: str | None
    fuzzy: bool
    spans: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class _LanguageRecord:
    language: str
    level: str
    source: Source


@dataclass(frozen=True, slots=True)
class _ProfileRecord:
    schema: str
    candidate: str
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    links: tuple[str, ...]
    addresses: tuple[str, ...]
    language: str
    titles: tuple[str, ...]
    positions: tuple[_PositionRecord, ...]
    months_total: int
    education: tuple[_EducationRecord, ...]
    skills: tuple[_SkillRecord, ...]
    languages: tuple[_LanguageRecord, ...]
    certificates: tuple[Source, ...]
    projects: tuple[Source, ...]
    sections: tuple[Section, ...]
    confidence: str
    reasons: tuple[str, ...]
    flags: tuple[Issue, ...]
    text: str
    """Redacted; every `start` and `end` counts in it."""


def source_of(profile: Profile, span: Span) -> Source:
    """Where a span stands."""
    text = profile.text
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    return Source(
        page_at(profile.page_starts, span.start), span.start, span.end, text[begin : end if end >= 0 else None]
    )


def profile_json(profile: Profile, *, blind: bool) -> bytes:
    """One indented JSON object, UTF-8, with a newline at its end; without the person where `blind`."""
    who = Identity() if blind else profile.identity
    record = _ProfileRecord(
        SCHEMA,
        profile.doc_id[:16],
        who.name,
        who.emails,
        who.phones,
        who.links,
        who.addresses,
        profile.language,
        profile.titles,
        tuple(
            _PositionRecord(
                item.title,
                item.employer,
                None if item.start is None else month_text(item.start),
                None if item.end is None else month_text(item.end),
                item.current,
                item.months,
                source_of(profile, item.head),
            )
            for item in profile.positions
        ),
        profile.months_total,
        tuple(
            _EducationRecord(
                item.degree, item.level, item.field, item.institution, item.year, source_of(profile, item.span)
            )
            for item in profile.education
        ),
        tuple(
            _SkillRecord(
                item.skill,
                item.how.value,
                item.months,
                None if item.last_used is None else month_text(item.last_used),
                item.fuzzy,
                tuple(source_of(profile, span) for span in item.spans),
            )
            for item in profile.skills
        ),
        tuple(_LanguageRecord(item.language, item.level, source_of(profile, item.span)) for item in profile.languages),
        tuple(source_of(profile, span) for span in profile.certificates),
        tuple(source_of(profile, span) for span in profile.projects),
        profile.sections,
        profile.quality.confidence,
        profile.quality.reasons,
        profile.flags,
        profile.text,
    )
    return codec.indented(codec.encode(record)) + b"\n"
