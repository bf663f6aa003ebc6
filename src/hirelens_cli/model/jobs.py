"""What a job description asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hirelens_cli.model.documents import Span


class Criterion(StrEnum):
    """The four heads under which points are given."""

    SKILLS = "skills"
    EXPERIENCE = "experience"
    PROJECTS = "projects"
    DOMAIN = "domain"


class RequirementKind(StrEnum):
    """What sort of thing is asked; each kind is scored under one criterion."""

    SKILL = "skill"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"
    YEARS = "years"
    SENIORITY = "seniority"
    DEGREE = "degree"
    TITLE = "title"
    RESPONSIBILITY = "responsibility"
    DOMAIN = "domain"
    QUESTION = "question"
    """Location, visa, shift and the like: shown as a question to ask, never scored."""


CRITERION_OF: dict[RequirementKind, Criterion | None] = {
    RequirementKind.SKILL: Criterion.SKILLS,
    RequirementKind.CERTIFICATE: Criterion.SKILLS,
    RequirementKind.LANGUAGE: Criterion.SKILLS,
    RequirementKind.YEARS: Criterion.EXPERIENCE,
    RequirementKind.SENIORITY: Criterion.EXPERIENCE,
    RequirementKind.DEGREE: Criterion.EXPERIENCE,
    RequirementKind.TITLE: Criterion.EXPERIENCE,
    RequirementKind.RESPONSIBILITY: Criterion.PROJECTS,
    RequirementKind.DOMAIN: Criterion.DOMAIN,
    RequirementKind.QUESTION: None,
}
"""The criterion that each kind is scored under; None is never scored."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that the job asks, tied to the line that asks it."""

    text: str
    """What is shown: `Python`, `5+ years of experience`, `Bachelor's degree or equivalent experience`."""
    kind: RequirementKind
    must: bool
    span: Span | None
    """In the job's text; None for what follows from the whole (title, domain)."""
    any_of: tuple[str, ...] = ()
    """Canonical skills, certificates or languages of which one is enough, for those kinds."""
    minimum: int = 0
    """Months for YEARS (0: none); degree level 1-5 for DEGREE; seniority level for SENIORITY."""
    maximum: int = 0
    """Upper end of a range in the same unit; 0 where open."""
    fields: tuple[str, ...] = ()
    """Fields of study, for DEGREE."""
    or_equivalent: bool = False
    """`or equivalent experience` was said."""
    months: int = 0
    """Months asked of this very skill, for SKILL."""
    level: str = ""
    """CEFR level asked, for LANGUAGE."""
    weight: float | None = None
    """The user's weight relative to the criterion's other requirements; None leaves it to us."""
    knockout: bool = False
    """The user's: whoever shows no evidence of it ranks below all who do; never set by us."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job description, understood."""

    job_id: str
    """SHA-256 of the file's bytes, 64 hex digits."""
    name: str
    """Path below the folder that was given, printable."""
    title: str
    seniority: int
    """0 unsaid, 1 intern, 2 junior, 3 mid, 4 senior, 5 lead, 6 manager, 7 director, 8 executive."""
    text: str
    """The part of the text that is matched: company, benefits and equal-opportunity blocks are left out; spans count in
    `source_text`."""
    source_text: str
    requirements: tuple[Requirement, ...]
    language: str = ""
    title_family: str = ""
    """Family of the title in the taxonomy of titles; empty where unknown."""
