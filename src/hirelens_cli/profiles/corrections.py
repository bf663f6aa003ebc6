"""What a person had put right, applied to a resume: lines that are missing are added, what is wrong is taken out.

A skill, a degree or a language is added as a line of its own under a heading of its own, so that it is understood by the
same rules as everything else and its points rest on a line that can be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hirelens_cli.errors import UsageError
from hirelens_cli.model.corrections import Correction, Field
from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Issue, Severity
from hirelens_cli.model.profiles import Profile
from hirelens_cli.profiles.tokens import fold

FLAG = "corrected"
_HEADINGS = {Field.SKILL: "Skills", Field.DEGREE: "Education", Field.LANGUAGE: "Languages"}
_LONGEST = 200
_MOST_YEARS = 70


def correction_of(text: str) -> Correction:
    """`field=value` as a Correction; raises UsageError for what cannot be meant."""
    name, equals, value = text.partition("=")
    value = " ".join(value.split())
    fields = ", ".join(item.value for item in Field)
    if not equals or not value or name.strip() not in [item.value for item in Field]:
        raise UsageError(
            f"{text!r} corrects nothing that is known", f"FIELD=VALUE with one of {fields}, as skill=Python"
        )
    if len(value) > _LONGEST:
        raise UsageError(f"a correction has at most {_LONGEST} characters")
    field = Field(name.strip())
    if field is Field.YEARS and (re.fullmatch(r"\d{1,2}(\.\d{1,2})?", value) is None or float(value) > _MOST_YEARS):
        raise UsageError(f"{value!r} is no number of years", "as years=7 or years=2.5")
    return Correction(field, value)


def with_lines(document: Document, corrections: Sequence[Correction]) -> Document:
    """The document with a line for each thing that was added."""
    blocks = list(document.blocks)
    last = document.pages
    for field, heading in _HEADINGS.items():
        lines = [item.value for item in corrections if item.field is field and not item.value.startswith("-")]
        if lines:
            blocks.append(Block(heading, last, kind=BlockKind.HEADING))
            blocks += [Block(line, last, kind=BlockKind.LIST_ITEM) for line in lines]
    return replace(document, blocks=tuple(blocks))


def put_right(profile: Profile, corrections: Sequence[Correction]) -> Profile:
    """The profile of such a document: without the skills that are not there, with the years that were given, and flagged."""
    if not corrections:
        return profile
    gone = {fold(item.value[1:].strip()) for item in corrections if item.field is Field.SKILL and item.value[:1] == "-"}
    years = [item.value for item in corrections if item.field is Field.YEARS]
    fields = ", ".join(dict.fromkeys(item.field.value for item in corrections))
    flag = Issue(FLAG, Severity.INFO, profile.doc_id, f"put right at the candidate's request: {fields}")
    return replace(
        profile,
        skills=tuple(item for item in profile.skills if fold(item.skill) not in gone),
        months_total=round(float(years[-1]) * 12) if years else profile.months_total,
        flags=(*profile.flags, flag),
        years_corrected=bool(years),
    )
