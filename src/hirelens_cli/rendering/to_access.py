"""All that is kept about a person, as a page to hand over and as JSON (schema hirelens.access/1)."""

from __future__ import annotations

from collections.abc import Iterator

from hirelens_cli.model.profiles import Profile
from hirelens_cli.model.rights import Dossier, Rows
from hirelens_cli.rendering.panels import Panel, points
from hirelens_cli.rendering.to_history import to_json
from hirelens_cli.rendering.to_page import NOT_ADVICE
from hirelens_cli.rendering.to_rights import held_panel

_SCALED = {"score": 100, "low": 100, "high": 100, "points": 100, "value": 1000}
"""What a number in a table has to be divided by."""


def access_panels(found: Dossier) -> tuple[Panel, ...]:
    """Who, what was read, what was understood, what was scored and decided."""
    return tuple(_panels(found))


def _panels(found: Dossier) -> Iterator[Panel]:
    who = found.identity
    facts = (
        ("document", found.held.candidate),
        ("files", ", ".join(found.held.files)),
        ("name", who.name),
        ("e-mail", ", ".join(who.emails)),
        ("telephone", ", ".join(who.phones)),
        ("links", ", ".join(who.links)),
        ("addresses", ", ".join(who.addresses)),
        ("applicant id", found.applicant_id),
        ("put right", "; ".join(found.corrections)),
    )
    notes = (
        "Names, contacts and addresses are kept apart from everything that scores, and are never scored.",
        NOT_ADVICE,
    )
    told = tuple((name, text) for name, text in facts if text)
    yield Panel(f"Kept about {who.name or found.held.candidate}", ("", ""), told, notes)
    for document in found.documents:
        yield Panel(f"As read ({document.format}, {document.pages} pages)", notes=tuple(document.text.split("\n")))
    for profile in found.profiles:
        yield from _profile(profile)
    for rows in found.rows:
        yield _rows(rows)
    if found.decisions:
        decided = tuple(
            (item.at, item.who, item.job, item.decision, item.reason, str(item.rank or "-"), points(item.score))
            for item in found.decisions
        )
        yield Panel("Decisions of people", ("At", "By", "Job", "Decision", "Reason", "Rank", "Score"), decided)
    if found.others:
        yield held_panel("Other documents that seem to be of the same person", found.others, "Why")


def _profile(profile: Profile) -> Iterator[Panel]:
    positions = tuple((item.title, item.employer, str(item.months)) for item in profile.positions)
    education = tuple((item.degree, item.field, item.institution, str(item.year or "")) for item in profile.education)
    skills = tuple((item.skill, item.how.value, str(item.months)) for item in profile.skills)
    years = f"{profile.months_total} months of experience in all; language {profile.language or 'unknown'}"
    yield Panel("As understood: positions", ("Title", "Employer", "Months"), positions, (years,))
    if education:
        yield Panel("As understood: education", ("Degree", "Field", "Institution", "Year"), education)
    if skills:
        yield Panel("As understood: skills", ("Skill", "How it is known", "Months"), skills)


def _rows(rows: Rows) -> Panel:
    cells = tuple(
        tuple(_text(column, value) for column, value in zip(rows.columns, row, strict=True)) for row in rows.rows
    )
    return Panel(f"Run {rows.run}: {rows.table}", rows.columns, cells)


def _text(column: str, value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if column in _SCALED and isinstance(value, int):
        return f"{value / _SCALED[column]:g}"
    return "" if value is None else str(value)


def access_json(found: Dossier) -> bytes:
    """Schema hirelens.access/1: everything, texts and numbers as they are stored (points in hundredths)."""
    record: dict[str, object] = {
        "schema": "hirelens.access/1",
        "document": found.held,
        "identity": found.identity,
        "applicant_id": found.applicant_id,
        "as_read": found.documents,
        "as_understood": found.profiles,
        "corrections": found.corrections,
        "runs": [
            {
                "run": item.run,
                "table": item.table,
                "rows": [dict(zip(item.columns, row, strict=True)) for row in item.rows],
            }
            for item in found.rows
        ],
        "decisions": found.decisions,
        "other_documents": found.others,
    }
    return to_json(record)
