"""A job as a small TOML file: every requirement with the line that asks it, made to be edited by hand."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hirelens_cli.errors import InputError
from hirelens_cli.model.documents import Span
from hirelens_cli.model.jobs import Job, Requirement, RequirementKind
from hirelens_cli.profiles.job_title import family_of
from hirelens_cli.profiles.taxonomy import Taxonomy
from hirelens_cli.profiles.titles import seniority

SCHEMA = "hirelens.job/1"

_HEAD = """\
# What hirelens understood of {name}. Edit it, and give it to --job in place of the description.
# must     true: asked of everyone; false: an advantage.
# any_of   skills, certificates or languages of which one is enough.
# weight   add it to make a requirement count more or less than its neighbours (1 is usual, 0 leaves it out).
# knockout add knockout = true, and whoever shows no evidence of it ranks below all others, shown with the reason.
# line     where the description asks it; for you to check, it is not matched.
# Take out what should not count. To add a skill: [[requirement]], any_of = ["Its name"], must = true.
"""
_DEGREES = ("", "school", "vocational or associate", "bachelor", "master", "doctorate")
_SENIORITIES = ("unsaid", "intern", "junior", "mid", "senior", "lead", "manager", "director", "executive")
_UNNAMED = frozenset({RequirementKind.TITLE, RequirementKind.DOMAIN})
"""Their text follows from the job."""
_NEVER_MUST = _UNNAMED | {RequirementKind.RESPONSIBILITY, RequirementKind.QUESTION}
"""What a job is, or what is asked in conversation: neither must nor advantage."""
_NAMED = frozenset({RequirementKind.SKILL, RequirementKind.CERTIFICATE, RequirementKind.LANGUAGE})
WHOLE = "The job as a whole"
"""What a DOMAIN requirement is called."""


def to_toml(job: Job) -> str:
    """The job as TOML; `from_toml` of it scores the same."""
    lines = [_HEAD.format(name=" ".join(job.name.split()))]
    lines += [f"schema = {_quoted(SCHEMA)}", f"title = {_quoted(job.title)}"]
    lines.append(f"seniority = {job.seniority}  # {_SENIORITIES[job.seniority]}; 1 intern to 8 executive, 0 unsaid")
    if job.title_family != family_of(job.title):
        lines.append(f"title_family = {_quoted(job.title_family)}")
    if job.language:
        lines.append(f"language = {_quoted(job.language)}")
    for requirement in job.requirements:
        lines += ["", "[[requirement]]", *_requirement_lines(requirement, job)]
    lines += ["", "# What is compared with the resume as a whole.", "[matched]", f"text = {_block(job.text)}"]
    return "\n".join(lines) + "\n"


def _requirement_lines(asked: Requirement, job: Job) -> Iterator[str]:
    """The keys of one requirement; what is at its default is left out."""
    yield f"kind = {_quoted(asked.kind.value)}"
    if asked.kind in _NAMED and asked.any_of:
        yield f"any_of = {_list(asked.any_of)}"
    line = "" if asked.span is None else " ".join(asked.span.of(job.source_text).split())
    if (
        asked.text != (shown(asked.any_of, asked.level) if asked.kind in _NAMED else line)
        and asked.kind not in _UNNAMED
    ):
        yield f"text = {_quoted(asked.text)}"
    if asked.must or asked.kind not in _NEVER_MUST:
        yield f"must = {str(asked.must).lower()}"
    meaning = {RequirementKind.YEARS: "months", RequirementKind.SENIORITY: _SENIORITIES[min(asked.minimum, 8)]}
    if asked.kind is RequirementKind.DEGREE:
        meaning[asked.kind] = _DEGREES[min(asked.minimum, 5)]
    note = f"  # {meaning[asked.kind]}" if asked.kind in meaning else ""
    if asked.minimum or asked.kind in meaning:
        yield f"minimum = {asked.minimum}{note}"
    if asked.maximum:
        yield f"maximum = {asked.maximum}{note}"
    if asked.fields:
        yield f"fields = {_list(asked.fields)}"
    if asked.or_equivalent:
        yield "or_equivalent = true"
    if asked.months:
        yield f"months = {asked.months}"
    if asked.level:
        yield f"level = {_quoted(asked.level)}"
    if asked.knockout:
        yield "knockout = true"
    if asked.weight is not None:
        yield f"weight = {asked.weight!r}"
    if line:
        yield f"line = {_quoted(line)}"


def shown(any_of: tuple[str, ...], level: str = "") -> str:
    """How alternatives are shown: `Java, Kotlin or Go`; with a level `German (B2)`."""
    names = any_of[0] if len(any_of) == 1 else ", ".join(any_of[:-1]) + " or " + any_of[-1] if any_of else ""
    return f"{names} ({level})" if level else names


def is_job_toml(text: str) -> bool:
    """Whether `text` says of itself that it is a job in TOML, by its schema or by a requirement's head."""
    says = r'^(?:schema[ \t]{0,8}=[ \t]{0,8}["\']hirelens\.job/|\[\[requirement\]\][ \t]{0,8}\r?$)'
    return re.search(says, text[:20_000], re.MULTILINE) is not None


def from_toml(text: str, name: str, taxonomy: Taxonomy | None = None) -> Job:
    """The job that a TOML file describes; `name` is what the file is called.

    With a `taxonomy`, skills are taken by any of their names (`k8s`). A title and the match as a whole are always
    among the requirements; give them weight 0 to leave them out. Raises InputError, naming the place, where something
    cannot be meant.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"{name} is not valid TOML: {error}", "`hirelens job parse` writes one to start from"
        ) from error
    _known(table, ("schema", "title", "seniority", "title_family", "language", "requirement", "matched"), name)
    schema = _take(table, "schema", str, SCHEMA, name)
    if schema != SCHEMA:
        raise InputError(f"{name} is of schema {schema}, not {SCHEMA}", "write it anew with `hirelens job parse`")
    title = _take(table, "title", str, "", name).strip()
    if not title:
        raise InputError(f"{name} has no title", 'add a line such as title = "Data Engineer"')
    rows = _take(table, "requirement", list, [], name)
    drafts = [_requirement(row, f"{name}, requirement {number}", title, taxonomy) for number, row in enumerate(rows, 1)]
    requirements, source = _placed(drafts)
    kinds = {requirement.kind for requirement in requirements}
    if RequirementKind.TITLE not in kinds:
        requirements.insert(0, Requirement(title, RequirementKind.TITLE, False, None))
    if RequirementKind.DOMAIN not in kinds:
        requirements.append(Requirement(WHOLE, RequirementKind.DOMAIN, False, None))
    matched = _take(table, "matched", dict, {}, name)
    _known(matched, ("text",), f"{name}, matched")
    whole = _take(matched, "text", str, "", f"{name}, matched")
    return Job(
        job_id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        name=name,
        title=title,
        seniority=_whole_number(table, "seniority", seniority(title), 8, name),
        text=whole or "\n".join([title, *(requirement.text for requirement in requirements if requirement.span)]),
        source_text=source,
        requirements=tuple(requirements),
        language=_take(table, "language", str, "", name),
        title_family=_take(table, "title_family", str, family_of(title), name),
    )


_KEYS = (
    *("kind", "text", "any_of", "must", "minimum", "maximum", "fields", "or_equivalent", "months", "level"),
    *("weight", "knockout", "line"),
)
_HIGHEST = {RequirementKind.DEGREE: 5, RequirementKind.SENIORITY: 8}


def _requirement(row: object, place: str, title: str, taxonomy: Taxonomy | None) -> tuple[Requirement, str]:
    """One requirement, and the line that asks it."""
    if not isinstance(row, Mapping):
        raise InputError(f"{place} must be a table", "begin it with [[requirement]]")
    _known(row, _KEYS, place)
    word = _take(row, "kind", str, RequirementKind.SKILL.value, place)
    if word not in {kind.value for kind in RequirementKind}:
        kinds = ", ".join(kind.value for kind in RequirementKind)
        raise InputError(f"{place}: unknown kind {word!r}", f"kinds are {kinds}")
    kind = RequirementKind(word)
    any_of = _names(row, "any_of", place)
    written = _take(row, "text", str, "", place).strip()
    if kind in _NAMED and not any_of and written:
        any_of = (written,)
    if taxonomy is not None and kind in {RequirementKind.SKILL, RequirementKind.CERTIFICATE}:
        any_of = tuple(dict.fromkeys(_canonical(name, taxonomy) for name in any_of))
    level, line = _take(row, "level", str, "", place), _take(row, "line", str, "", place)
    text = (
        {RequirementKind.TITLE: title, RequirementKind.DOMAIN: WHOLE}.get(kind)
        or written
        or shown(any_of, level)
        or line
    )
    if not text:
        raise InputError(f"{place} says nothing", 'add any_of = ["..."] or text = "..."')
    weight = row.get("weight")
    if weight is not None and (
        isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 <= weight < 1e6
    ):
        raise InputError(f"{place}: weight must be a number of 0 or more, not {weight!r}")
    knockout = _take(row, "knockout", bool, False, place)
    if knockout and (kind in _NEVER_MUST or weight == 0 or row.get("must") is False):
        raise InputError(
            f"{place}: this can be no knockout",
            "only what must be met, is exact and has a weight can rank anyone below",
        )
    highest = _HIGHEST.get(kind, 1200)
    requirement = Requirement(
        text=text,
        kind=kind,
        must=_take(row, "must", bool, kind in _NAMED or knockout, place),
        span=None,
        any_of=any_of,
        minimum=_whole_number(row, "minimum", 0, highest, place),
        maximum=_whole_number(row, "maximum", 0, highest, place),
        fields=_names(row, "fields", place),
        or_equivalent=_take(row, "or_equivalent", bool, False, place),
        months=_whole_number(row, "months", 0, 1200, place),
        level=level,
        weight=None if weight is None else float(weight),
        knockout=knockout,
    )
    return requirement, line


def _canonical(name: str, taxonomy: Taxonomy) -> str:
    skill = taxonomy.canonical(name)
    return skill.name if skill else name


def _placed(drafts: list[tuple[Requirement, str]]) -> tuple[list[Requirement], str]:
    """The requirements with their spans in the text that their lines make up, each line once."""
    starts: dict[str, int] = {}
    length = 0
    for _, line in drafts:
        if line and line not in starts:
            starts[line] = length
            length += len(line) + 1
    placed = []
    for requirement, line in drafts:
        span = Span(starts[line], starts[line] + len(line)) if line else None
        placed.append(replace(requirement, span=span))
    return placed, "\n".join(starts)


def _known(table: Mapping[str, Any], keys: tuple[str, ...], place: str) -> None:
    for key in table:
        if key not in keys:
            nearest = difflib.get_close_matches(key, keys, 1, 0.5)
            hint = f"did you mean {nearest[0]}?" if nearest else f"known are {', '.join(keys)}"
            raise InputError(f"{place}: unknown key {key!r}", hint)


def _take(table: Mapping[str, Any], key: str, kind: type, default: Any, place: str) -> Any:
    """The value of `key` if it is of `kind`, else an InputError."""
    value = table.get(key, default)
    if not isinstance(value, kind):
        names = {str: "a text", bool: "true or false", list: "written as [[requirement]]", dict: "a table"}
        raise InputError(f"{place}: {key} must be {names[kind]}, not {value!r}")
    return value


def _whole_number(table: Mapping[str, Any], key: str, default: int, highest: int, place: str) -> int:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= highest:
        raise InputError(f"{place}: {key} must be a whole number from 0 to {highest}, not {value!r}")
    return value


def _names(table: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    value = table.get(key, [])
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise InputError(f'{place}: {key} must be a list of texts such as ["Java", "Kotlin"], not {value!r}')
    return tuple(dict.fromkeys(name.strip() for name in names))


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for DEL and lone surrogates."""
    clean = text.encode("utf-8", "replace").decode()
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(names: tuple[str, ...]) -> str:
    return "[" + ", ".join(map(_quoted, names)) + "]"


def _block(text: str) -> str:
    """A literal block of lines where the text allows it."""
    plain = "'''" not in text and not text.endswith("'") and all(char in "\n\t" or char.isprintable() for char in text)
    return f"'''\n{text}'''" if plain else _quoted(text)
