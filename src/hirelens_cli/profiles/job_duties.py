"""What the person will do: the lines under a heading of duties, else the sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hirelens_cli.model.documents import Span
from hirelens_cli.model.jobs import Requirement, RequirementKind
from hirelens_cli.profiles.job_clauses import Clause
from hirelens_cli.profiles.job_headings import Zone
from hirelens_cli.profiles.tokens import terms

MOST = 12
"""Duties kept, those that say most: a longer list only dilutes what each is worth."""
_LONGEST = 300
_SHORTEST = 3
"""Terms; a shorter line says nothing that could be compared."""
_ASKS = re.compile(
    r"(?<!\w)(?:years?|degree|diploma|required|preferred|must have|experience (?:in|with|of|as|required|preferred)|knowledge of|familiar\w*|proficien\w+|fluent|qualifi\w+|certifi\w+|licen[cs]e|nice to have|looking for|seeking|recherch\w+|buscamos|procuramos|cerchiamo|zoeken|suchen|erfahrung|kenntnisse|ausbildung|expérience|maîtrise|experiencia|conocimientos?|experiência|conhecimentos?|esperienza|conoscenza|ervaring|kennis|plus|ideally|shift|full[- ]time|part[- ]time|salary)(?!\w)",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(r"[:：]\s*$")


def duties(text: str, clauses: Sequence[Clause], title: Span | None) -> tuple[Requirement, ...]:
    """RESPONSIBILITY requirements, at most MOST, in the order of the text."""
    found = [span for span in _under_heading(clauses) if _says(text, span)]
    if not found:
        found = [span for span in _in_prose(text, clauses, title) if _says(text, span)]
    if len(found) > MOST:
        telling = sorted(range(len(found)), key=lambda index: (-min(20, len(terms(found[index].of(text)))), index))[
            :MOST
        ]
        found = [found[index] for index in sorted(telling)]
    return tuple(Requirement(_shown(text, span), RequirementKind.RESPONSIBILITY, False, span) for span in found)


def _under_heading(clauses: Sequence[Clause]) -> Iterator[Span]:
    """Bullets whole, paragraphs sentence by sentence."""
    done: set[Span] = set()
    for clause in clauses:
        if clause.item.zone is not Zone.DUTIES or clause.item.label:
            continue
        span = clause.item.span if clause.item.bullet else clause.span
        if span not in done:
            done.add(span)
            yield span


def _in_prose(text: str, clauses: Sequence[Clause], title: Span | None) -> Iterator[Span]:
    """Sentences outside the lists of requirements that do not ask for anything."""
    for clause in clauses:
        if clause.item.label or clause.item.zone in {Zone.REQUIRED, Zone.PREFERRED}:
            continue
        if title is not None and title.start <= clause.span.start and clause.span.end <= title.end:
            continue
        if not _ASKS.search(clause.span.of(text)):
            yield clause.span


def _says(text: str, span: Span) -> bool:
    written = span.of(text)
    return len(terms(written)) >= _SHORTEST and not _ANNOUNCES.search(written[-3:])


def _shown(text: str, span: Span) -> str:
    written = " ".join(span.of(text).split()).rstrip(" .;,")
    if len(written) <= _LONGEST:
        return written
    return written[: written.rfind(" ", 0, _LONGEST)].rstrip(" .;,") + " …"
