"""A skill as it stands in the data, and the line files that hold skills."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hirelens_cli.errors import InputError


class SkillKind(StrEnum):
    """What sort of thing a skill is."""

    SKILL = "skill"
    TOOL = "tool"
    LANGUAGE = "language"
    """A programming, query or markup language."""
    METHOD = "method"
    CERTIFICATE = "certificate"
    LICENCE = "licence"
    HUMAN_LANGUAGE = "human_language"
    SOFT = "soft"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class Skill:
    """A canonical skill as it stands in the data."""

    name: str
    kind: SkillKind = SkillKind.SKILL
    field: str = ""
    """The trade it was filed under: `Nursing`, `Software`."""
    aliases: tuple[str, ...] = ()
    """Further ways to write it; marks in front say when one counts: `=` exact case, `*` in lists, `?` near a context
    word."""
    implies: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    """Words near which an alias marked `?` counts."""
    mark: str = ""
    """The marks of the name itself; `-` means that the name alone never counts."""


MARKS = "=*?-"


def split_marks(written: str) -> tuple[str, str]:
    """The marks in front of a name or alias, and the words without them."""
    if written[:1].isalnum():
        return "", written
    plain = written.lstrip(MARKS)
    return written[: len(written) - len(plain)], plain


def parse_lines(text: str, source: str) -> list[Skill]:
    """The skills of a line file (see data/README.md); raises InputError, naming the line, where one cannot be meant."""
    skills: list[Skill] = []
    field, kind = "", SkillKind.SKILL
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line[0] == "#":
            continue
        try:
            if line[0] == "@":
                word, _, value = line[1:].partition(" ")
                if word == "field":
                    field = value.strip()
                elif word == "kind":
                    kind = SkillKind(value.strip())
                else:
                    raise ValueError(word)
            else:
                skills.append(_skill(line, field, kind))
        except ValueError as error:
            raise InputError(f"{source}, line {number}: not understood: {line[:60]!r}") from error
    return skills


def _skill(line: str, field: str, kind: SkillKind) -> Skill:
    parts: dict[str, tuple[str, ...]] = {}
    name, *rest = line.split("|")
    for index, part in enumerate(rest):
        body = part.strip()
        sign = body[0] if body and body[0] in "><~&!" else ""
        if not sign and index and body:
            raise ValueError(body)
        if sign == "!":
            kind = SkillKind(body[1:].strip())
            continue
        parts[sign] = tuple([item for item in map(str.strip, body[len(sign) :].split(",")) if item])
    mark, plain = split_marks(name.strip())
    if not plain:
        raise ValueError(line)
    aliases, implies, related, context = (parts.get(sign, ()) for sign in ("", ">", "~", "&"))
    return Skill(plain, kind, field, aliases, implies, related, context, mark)
