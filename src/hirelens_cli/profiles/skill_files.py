"""The user's own skills: TOML of ours, CSV as ESCO, O*NET and Lightcast publish it, or a line file."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from hirelens_cli.errors import InputError
from hirelens_cli.profiles.skill_data import Skill, SkillKind, parse_lines
from hirelens_cli.profiles.stopwords import STOP_WORDS

_LONGEST = 8
"""Words in the longest label that is worth looking for."""
_IN_BRACKETS = re.compile(r"\s{0,4}\([^()]{1,60}\)\s{0,4}$")
_PUBLISHED = re.compile(r"preferredlabel|commodity title", re.IGNORECASE)
"""What the header of a published table holds, whatever the file's ending: O*NET's tables end in .txt."""
_LISTS = ("aliases", "implies", "related", "context")
_KEYS = frozenset(["name", "kind", "field", "mark", *_LISTS])


def parse_user_file(name: str, data: bytes) -> list[Skill]:
    """The skills of a user's file, its format told by its suffix and, for CSV, by its header.

    Raises InputError where the file is not UTF-8 or cannot be understood.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"the skill file {name} is not UTF-8 text", "save it as UTF-8") from error
    suffix = name.rpartition(".")[2].lower()
    if suffix == "toml":
        return _from_toml(name, text)
    header = text.partition("\n")[0]
    if suffix in {"csv", "tsv"} or ("\t" in header and _PUBLISHED.search(header)):
        return _from_csv(name, text, max("\t,;", key=header.count))
    return parse_lines(text, name)


def _from_toml(name: str, text: str) -> list[Skill]:
    try:
        tables = tomllib.loads(text).get("skill", [])
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name} is not valid TOML: {error}") from error
    if not isinstance(tables, list) or not tables:
        raise InputError(f"{name} holds no skills", 'write each as a table: [[skill]] with name = "..."')
    return [_from_table(name, table) for table in tables]


def _from_table(name: str, table: Mapping[str, Any]) -> Skill:
    title = table.get("name")
    unknown = sorted(set(table) - _KEYS)
    if not isinstance(title, str) or not title.strip() or unknown:
        wrong = f"unknown key {unknown[0]!r}" if unknown else "without a name"
        raise InputError(f"{name}: a skill {wrong}", f"the keys are {', '.join(sorted(_KEYS))}")
    lists = [table.get(key, []) for key in _LISTS]
    if not all(isinstance(items, list) and all(isinstance(item, str) for item in items) for items in lists):
        raise InputError(f"{name}: {', '.join(_LISTS)} of {title!r} must be lists of texts")
    try:
        kind = SkillKind(table.get("kind", "skill"))
    except ValueError as error:
        raise InputError(f"{name}: {table['kind']!r} is no kind of skill", f"one of {', '.join(SkillKind)}") from error
    aliases, implies, related, context = map(tuple, lists)
    return Skill(
        title.strip(), kind, str(table.get("field", "")), aliases, implies, related, context, str(table.get("mark", ""))
    )


def _from_csv(name: str, text: str, delimiter: str) -> list[Skill]:
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = {str(column).strip().casefold(): str(column) for column in rows.fieldnames or ()}
    try:
        if "preferredlabel" in header:
            skills = _esco(rows, header)
        elif "commodity title" in header and not header.keys().isdisjoint(_EXAMPLES):
            skills = _onet(rows, header)
        elif "name" in header:
            skills = _lightcast(rows, header)
        else:
            raise InputError(
                f"{name}: the header is none that is known",
                "name; or preferredLabel, altLabels (ESCO); or Example, Commodity Title (O*NET)",
            )
        return list(skills)
    except csv.Error as error:
        raise InputError(f"{name} is not valid CSV: {error}") from error


def _esco(rows: Iterable[Mapping[str, str | None]], header: Mapping[str, str]) -> Iterable[Skill]:
    label, others = header["preferredlabel"], header.get("altlabels", "")
    for row in rows:
        yield from _labelled(row.get(label), re.split(r"[\n|]", row.get(others) or ""), "ESCO", SkillKind.SKILL)


_EXAMPLES = ("example", "workplace example")
"""What O*NET has called the column of names."""


def _onet(rows: Iterable[Mapping[str, str | None]], header: Mapping[str, str]) -> Iterable[Skill]:
    example, group = next(header[key] for key in _EXAMPLES if key in header), header["commodity title"]
    seen: set[str] = set()
    for row in rows:
        title = (row.get(example) or "").strip()
        if title not in seen:
            seen.add(title)
            yield from _labelled(title, (), (row.get(group) or "").strip(), SkillKind.TOOL)


def _lightcast(rows: Iterable[Mapping[str, str | None]], header: Mapping[str, str]) -> Iterable[Skill]:
    field = next((header[key] for key in ("subcategory", "category", "type") if key in header), "")
    for row in rows:
        title = (row.get(header["name"]) or "").strip()
        kind = SkillKind.CERTIFICATE if "certif" in (row.get(header.get("type", "")) or "").lower() else SkillKind.SKILL
        yield from _labelled(title, (), (row.get(field) or "").strip(), kind)


def _labelled(title: str | None, others: Iterable[str], field: str, kind: SkillKind) -> Iterable[Skill]:
    """A skill by its published label: a remark in brackets is no part of what people write."""
    plain = _IN_BRACKETS.sub("", (title or "").strip())
    if not plain:
        return
    aliases = [_cautious(label.strip()) for label in others]
    yield Skill(plain, kind, field, tuple([alias for alias in aliases if alias]), mark=_cautious(plain)[: -len(plain)])


def _cautious(label: str) -> str:
    """The label with marks where it could be met by chance: one or two letters, capitals, general words, long phrases."""
    words = label.split()
    if not words or len(words) > _LONGEST or label.casefold() in STOP_WORDS:
        return f"-{label}"
    if len(label) <= 2:
        return f"*={label}"
    if len(label) <= 4 and label.isupper():
        return f"={label}"
    return label
