"""A job description understood: what it is called, what it asks and how strongly, each tied to the line that asks it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from hirelens_cli.model.documents import Document, Span
from hirelens_cli.model.issues import Outcome, Status, failed
from hirelens_cli.model.jobs import Job, Requirement, RequirementKind
from hirelens_cli.profiles.job_clauses import Clause, clauses
from hirelens_cli.profiles.job_cues import Demand
from hirelens_cli.profiles.job_degrees import Degree, degrees
from hirelens_cli.profiles.job_duties import duties
from hirelens_cli.profiles.job_headings import MATCHED, Zone
from hirelens_cli.profiles.job_languages import languages
from hirelens_cli.profiles.job_lines import Outline, outline
from hirelens_cli.profiles.job_questions import check_spans, questions
from hirelens_cli.profiles.job_skills import Taken, skill_requirements
from hirelens_cli.profiles.job_title import family_of, job_title, sought_spans
from hirelens_cli.profiles.job_years import Years, years
from hirelens_cli.profiles.taxonomy import Taxonomy
from hirelens_cli.profiles.titles import seniority

_LEVELS = {
    1: "Secondary school",
    2: "Vocational or associate degree",
    3: "Bachelor's degree",
    4: "Master's degree",
    5: "Doctorate",
}
_SENIORITIES = ("", "Intern", "Junior", "Mid-level", "Senior", "Lead", "Manager", "Director", "Executive")


class _Stated(NamedTuple):
    """A degree or a number of years, the sentence that states it, and how strongly."""

    years: tuple[Years, ...]
    degrees: tuple[Degree, ...]
    clause: Clause


def parse_job(document: Document, name: str, taxonomy: Taxonomy) -> Outcome[Job]:
    """What the job description in `document` asks; `name` is its path below the folder that was given.

    A document without words gives no Job but the status `empty`.
    """
    plan = outline(document)
    text = plan.text
    kept = clauses(plan)
    if not any(map(str.isalpha, text)) or not kept:
        return failed(Status.EMPTY, name, "the job description holds no text", "give a file with words in it")
    title, title_span = job_title(plan, name)
    stated = tuple(_Stated(years(text, clause.span), degrees(text, clause.span), clause) for clause in kept)
    level, requirements = _role(title, stated)
    taken = [degree.span for one in stated for degree in one.degrees]
    taken += [span for clause in kept for span in check_spans(text, clause.span)]
    names = _title_spans(text, title) if plan.sectioned else []
    tongues, asked_aloud = _languages(text, kept), _questions(plan)
    requirements += skill_requirements(
        text,
        kept,
        taxonomy,
        Taken(
            [*taken, *sought_spans(plan)],
            names,
            [asked.span for asked in (*tongues, *asked_aloud) if asked.span is not None],
        ),
        [statement for one in stated for statement in one.years],
        document.language,
    )
    requirements += tongues
    requirements += duties(text, kept, title_span)
    requirements.append(Requirement("The job as a whole", RequirementKind.DOMAIN, False, None))
    requirements += asked_aloud
    return Outcome(
        Job(
            document.doc_id,
            name,
            title,
            level,
            _matched(text, kept, title),
            text,
            tuple(requirements),
            document.language,
            family_of(title),
        ),
        document.issues,
    )


def _title_spans(text: str, title: str) -> list[Span]:
    """Where the title is repeated, to the letter."""
    return [Span(*match.span()) for match in re.finditer(re.escape(title), text, re.IGNORECASE)]


def _role(title: str, stated: Sequence[_Stated]) -> tuple[int, list[Requirement]]:
    """The job's level, and what it asks of a career: the role itself, its level, years and degree."""
    required = _years(stated, Demand.REQUIRED)
    preferred = _years(stated, Demand.PREFERRED)
    level = seniority(title)
    found = [Requirement(title, RequirementKind.TITLE, False, None)]
    if level:
        found.append(Requirement(f"{_SENIORITIES[level]} level", RequirementKind.SENIORITY, True, None, minimum=level))
    elif required or preferred:
        level = _level_of(required or preferred)
    if required:
        found.append(required)
    if preferred and (required is None or preferred.minimum > required.minimum):
        found.append(preferred)
    return level, found + _degrees(stated)


def _level_of(asked: Requirement | None) -> int:
    """Junior below two years, mid below five, senior from there on."""
    if asked is None:
        return 0
    if asked.minimum < 24:
        return 2
    return 3 if asked.minimum < 60 else 4


def _years(stated: Sequence[_Stated], demand: Demand) -> Requirement | None:
    """The longest experience demanded so; where degrees are traded against years, the shorter way in."""
    best: tuple[Years, Clause] | None = None
    for one in stated:
        asked = [statement for statement in one.years if one.clause.demand(statement.span, fact=True) is demand]
        if not asked:
            continue
        pick = min if len(asked) > 1 and len(one.degrees) > 1 else max
        statement = pick(asked, key=lambda found: (found.minimum, found.maximum))
        if best is None or statement.minimum > best[0].minimum:
            best = (statement, one.clause)
    if best is None:
        return None
    statement, clause = best
    return Requirement(
        _years_text(statement.minimum, statement.maximum),
        RequirementKind.YEARS,
        demand is Demand.REQUIRED,
        clause.span,
        minimum=statement.minimum,
        maximum=statement.maximum,
    )


def _years_text(minimum: int, maximum: int) -> str:
    """`5+ years of experience`, `3-5 years of experience`, `18+ months of experience`."""
    unit = 1 if minimum % 12 or maximum % 12 else 12
    word = "months" if unit == 1 else "years"
    if maximum:
        return f"{minimum // unit}-{maximum // unit} {word} of experience"
    return f"{minimum // unit}+ {word if minimum > unit else word[:-1]} of experience"


def _degrees(stated: Sequence[_Stated]) -> list[Requirement]:
    """The lowest degree that is required, and the highest above it that is preferred."""
    asked: dict[Demand, list[tuple[Degree, Clause]]] = {Demand.REQUIRED: [], Demand.PREFERRED: []}
    for one in stated:
        for degree in one.degrees:
            demand = one.clause.demand(degree.span, fact=True)
            if demand is not Demand.CANCELLED:
                asked[demand].append((degree, one.clause))
    found = []
    required = min(asked[Demand.REQUIRED], key=lambda pair: pair[0].level, default=None)
    if required:
        found.append(_degree(*required, must=True))
    preferred = max(asked[Demand.PREFERRED], key=lambda pair: pair[0].level, default=None)
    if preferred and (required is None or preferred[0].level > required[0].level):
        found.append(_degree(*preferred, must=False))
    return found


def _degree(degree: Degree, clause: Clause, *, must: bool) -> Requirement:
    text = _LEVELS[degree.level]
    if degree.fields:
        text += " in " + (
            degree.fields[0] if len(degree.fields) == 1 else ", ".join(degree.fields[:-1]) + " or " + degree.fields[-1]
        )
    if degree.or_equivalent:
        text += " or equivalent"
    return Requirement(
        text,
        RequirementKind.DEGREE,
        must,
        clause.span,
        minimum=degree.level,
        fields=degree.fields,
        or_equivalent=degree.or_equivalent,
    )


def _languages(text: str, kept: Sequence[Clause]) -> list[Requirement]:
    """Each human language once, the stronger demand kept."""
    found: dict[str, Requirement] = {}
    for clause in kept:
        for asked in languages(text, clause.span, listed=_lists_languages(text, clause)):
            demand = clause.demand(asked.span, fact=True)
            if demand is Demand.CANCELLED:
                continue
            must = demand is Demand.REQUIRED
            known = found.get(asked.language)
            if known is None or (must and not known.must):
                shown = f"{asked.language} ({asked.level})" if asked.level else asked.language
                found[asked.language] = Requirement(
                    shown, RequirementKind.LANGUAGE, must, clause.span, any_of=(asked.language,), level=asked.level
                )
    return list(found.values())


def _lists_languages(text: str, clause: Clause) -> bool:
    """Under a heading of languages, or a few words with a demand: `German a plus`."""
    heading = clause.item.heading.casefold()
    if any(word in heading for word in ("langu", "sprach", "idioma", "língua", "lingu", "talen")):
        return True
    asks = bool(clause.cues) or clause.item.zone in {Zone.REQUIRED, Zone.PREFERRED}
    return asks and len(clause.span.of(text).split()) <= 8


def _questions(plan: Outline) -> list[Requirement]:
    """Each topic once, with the first line that raises it."""
    found: dict[str, Requirement] = {}
    for item in plan.items:
        if item.zone not in MATCHED and item.zone is not Zone.FACTS:
            continue
        for sentence in item.sentences:
            for topic in questions(plan.text, sentence, item.heading if item.zone is Zone.FACTS else ""):
                if topic not in found:
                    line = " ".join(sentence.of(plan.text).split())
                    shown = line if len(line) <= 160 else line[:159] + "…"
                    found[topic] = Requirement(f"{topic}: {shown}", RequirementKind.QUESTION, False, sentence)
    return list(found.values())


def _matched(text: str, kept: Sequence[Clause], title: str) -> str:
    """The title and the sentences that are matched, one item per line."""
    lines: list[str] = []
    last = None
    for clause in kept:
        written = " ".join(clause.span.of(text).split())
        if clause.item is last:
            lines[-1] += " " + written
        else:
            lines.append(written)
            last = clause.item
    if title and (not lines or title.casefold() not in lines[0].casefold()):
        lines.insert(0, title)
    return "\n".join(lines)
