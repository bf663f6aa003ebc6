"""`hirelens profile`: what was understood of one resume."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

if TYPE_CHECKING:
    from rich.console import Console

    from hirelens_cli.model.profiles import Position, Profile, SkillUse

EXAMPLES = """\b
Examples:
  hirelens profile resumes/amara.pdf
  hirelens profile resumes/amara.pdf --blind --format json
"""


def profile(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A resume.")],
    format: options.FileFormat = options.TextFormat.TEXT,  # noqa: A002
    blind: options.Blind = None,
    as_of: options.AsOf = None,
    forensics: options.Forensics = None,
    accept_any: options.AcceptAny = None,
    ocr: options.Ocr = None,
    config: options.ConfigFile = None,
) -> int:
    """Show what was understood of one resume: positions, skills, education, and who it is (not with --blind).

    As JSON (hirelens.profile/1) with the line behind each field.
    """
    from dataclasses import replace

    from hirelens_cli import app
    from hirelens_cli.cli.output import write_result
    from hirelens_cli.cli.read_command import unusable
    from hirelens_cli.cli.tables import drawn
    from hirelens_cli.model.profiles import Identity
    from hirelens_cli.rendering.to_profile import profile_json

    settings = options.configure(config, as_of=as_of, blind=blind, forensics=forensics, accept_any=accept_any, ocr=ocr)
    outcome = app.profile_file(file, settings)
    found = outcome.value
    if found is None:
        raise unusable(file, outcome.issues)
    if format is options.TextFormat.JSON:
        write_result(profile_json(found, blind=settings.blind), None)
    else:
        shown = replace(found, identity=Identity()) if settings.blind else found
        write_result(drawn(lambda console: _draw(console, shown), to_file=False), None)
    return ExitCode.DONE


def _draw(console: Console, profile: Profile) -> None:
    from rich.text import Text

    from hirelens_cli.cli.tables import draw_rows
    from hirelens_cli.rendering.safe import safe_text

    identity = profile.identity
    facts = [
        ("Candidate", profile.doc_id[:16]),
        ("Name", identity.name),
        ("Contacts", ", ".join((*identity.emails, *identity.phones, *identity.links, *identity.addresses))),
        ("Language", profile.language),
        ("Titles", ", ".join(profile.titles)),
        ("Work", _years(profile.months_total)),
        (
            "Confidence",
            ": ".join(text for text in (profile.quality.confidence, "; ".join(profile.quality.reasons)) if text),
        ),
        ("To look at", "; ".join(flag.message for flag in profile.flags)),
    ]
    draw_rows(console, ("", ""), [fact for fact in facts if fact[1]])
    tables = (
        ("Positions", ("Title", "Employer", "From", "To", "Months"), [_position(item) for item in profile.positions]),
        (
            "Education",
            ("Degree", "Field", "Institution", "Year"),
            [(item.degree, item.field, item.institution, str(item.year or "")) for item in profile.education],
        ),
        ("Skills", ("Skill", "Known", "Months", "Last used"), [_skill(item) for item in profile.skills]),
        ("Languages", ("Language", "Level"), [(item.language, item.level) for item in profile.languages]),
        ("Certificates", ("",), [(span.of(profile.text),) for span in profile.certificates]),
    )
    for heading, columns, rows in tables:
        if rows:
            console.print()
            console.print(Text(safe_text(heading), style="bold"))
            draw_rows(console, columns, rows)


def _position(position: Position) -> tuple[str, ...]:
    from hirelens_cli.model.profiles import month_text

    start = "" if position.start is None else month_text(position.start)
    end = "" if position.end is None else month_text(position.end)
    return position.title, position.employer, start, "now" if position.current else end, str(position.months or "")


def _skill(skill: SkillUse) -> tuple[str, ...]:
    from hirelens_cli.model.profiles import month_text

    last = "" if skill.last_used is None else month_text(skill.last_used)
    return skill.skill, skill.how.value + (", spelling mended" if skill.fuzzy else ""), str(skill.months or ""), last


def _years(months: int) -> str:
    return f"{months // 12} years {months % 12} months" if months else ""
