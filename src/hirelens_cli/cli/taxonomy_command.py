"""`hirelens taxonomy`: the skills it knows, and yours on top."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, InputError, UsageError

if TYPE_CHECKING:
    from hirelens_cli.profiles.taxonomy import Skill, Taxonomy

SHOW_EXAMPLES = """\b
Examples:
  hirelens taxonomy show
  hirelens taxonomy show kubernetes
  hirelens taxonomy show --field Nursing --format json
"""
TEST_EXAMPLES = """\b
Examples:
  hirelens taxonomy test "Five years of Go and k8s on AWS"
  hirelens taxonomy test resumes/amara.txt
"""
ADD_EXAMPLES = """\b
Examples:
  hirelens taxonomy add our-skills.csv
"""
UNLISTED_EXAMPLES = """\b
Examples:
  hirelens taxonomy unlisted
  hirelens taxonomy unlisted --top 50 --format json
"""


def show(
    name: Annotated[
        str, typer.Argument(metavar="[SKILL]", help="A skill by any of its names.", show_default=False)
    ] = "",
    field: Annotated[
        str | None, typer.Option("--field", metavar="FIELD", help="Only the skills of this field.", show_default=False)
    ] = None,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    config: options.ConfigFile = None,
) -> int:
    """Show one skill, the skills of a field, or how many there are in each field."""
    known = _taxonomy(config)
    if name:
        _write(_COLUMNS, [_row(_named(known, name))], format)
    elif field is not None:
        chosen = [skill for skill in known.skills if skill.field.casefold() == field.casefold()]
        if not chosen:
            raise InputError(f"no field {field!r}", _nearest(field, {skill.field for skill in known.skills}))
        _write(_COLUMNS, [_row(skill) for skill in chosen], format)
    else:
        rows = []
        for title in dict.fromkeys(skill.field for skill in known.skills):
            here = [skill for skill in known.skills if skill.field == title]
            rows.append((title, str(len(here)), str(sum(len(skill.aliases) for skill in here))))
        total = (str(len(known.skills)), str(sum(len(skill.aliases) for skill in known.skills)))
        _write(("field", "skills", "aliases"), [*rows, ("all", *total)], format)
    return ExitCode.DONE


def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A text, or the path of a text file.")],
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    config: options.ConfigFile = None,
) -> int:
    """Show which skills are found in a text, where, and what they imply."""
    from hirelens_cli.profiles.skills import find_skills

    path = Path(text)
    known = _taxonomy(config)
    read = _contents(path) if len(text) < 4096 and "\n" not in text and path.is_file() else text
    rows = [
        (
            mention.skill,
            mention.span.of(read),
            str(mention.span.start),
            str(mention.span.end),
            "mended" if mention.fuzzy else "",
            ", ".join(known.implied(mention.skill)),
        )
        for mention in find_skills(read, known)
    ]
    _write(("skill", "as written", "start", "end", "spelling", "implies"), rows, format)
    return ExitCode.DONE


def add(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="TOML, CSV (ESCO-, O*NET- or Lightcast-shaped) or line file.")
    ],
) -> int:
    """Check a file of skills of your own, and name it in ./hirelens.toml, so that every run here knows them."""
    from hirelens_cli.cli.console import say
    from hirelens_cli.config import load
    from hirelens_cli.profiles.taxonomy import load_taxonomy

    before = load()[0].taxonomy
    if file in before:
        raise UsageError(f"{file} is in ./hirelens.toml already")
    plain, with_it = load_taxonomy(before), load_taxonomy((*before, file))
    fresh = [skill.name for skill in with_it.skills if plain.get(skill.name) is None]
    changed = [skill for skill in with_it.skills if plain.get(skill.name) not in (None, skill)]
    _name_it(Path("hirelens.toml"), (*before, file))
    say(f"{len(fresh)} skills are new, {len(changed)} have more names; {file} is in ./hirelens.toml now")
    return ExitCode.DONE


def unlisted(
    top: options.Top = None,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """List what skills sections name and the taxonomy does not know, by how many candidates name it."""
    from hirelens_cli import app

    settings = options.configure(config, top=top, workspace=workspace)
    limit = f"LIMIT {settings.top:d}" if settings.top else ""
    query = f"""SELECT lower(skill) AS skill, count(DISTINCT candidate) AS candidates FROM v1_skills
        WHERE how = 'unlisted' GROUP BY ALL ORDER BY candidates DESC, skill {limit}"""  # noqa: S608 - a whole number
    rows = [(str(skill), str(count)) for skill, count in app.query(query, settings).rows]
    _write(("skill", "candidates"), rows, format)
    return ExitCode.DONE


_COLUMNS = ("skill", "kind", "field", "also written", "implies", "related")


def _row(skill: Skill) -> tuple[str, ...]:
    listed = (", ".join(skill.aliases), ", ".join(skill.implies), ", ".join(skill.related))
    return skill.name, skill.kind.value, skill.field, *listed


def _taxonomy(config: Path | None) -> Taxonomy:
    from hirelens_cli.profiles.taxonomy import load_taxonomy

    return load_taxonomy(options.configure(config).taxonomy)


def _named(known: Taxonomy, name: str) -> Skill:
    found = known.canonical(name)
    if found is None:
        near = known.nearest(name)
        raise InputError(f"no skill {name!r}", f"did you mean {' or '.join(near)}?" if near else "")
    return found


def _nearest(name: str, names: set[str]) -> str:
    import difflib

    by_folded = {known.casefold(): known for known in sorted(names)}
    close = difflib.get_close_matches(name.casefold(), by_folded, 3, 0.75)
    return f"did you mean {' or '.join(by_folded[item] for item in close)}?" if close else ""


def _contents(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}", "it must be a UTF-8 text file") from error


def _name_it(path: Path, files: Sequence[str]) -> None:
    """Set the key `taxonomy` in a configuration file and leave every other line as it is."""
    import json
    import re

    from hirelens_cli.cli.output import write_result
    from hirelens_cli.config import load

    line = f"taxonomy = {json.dumps(list(files), ensure_ascii=False)}\n"
    old = _contents(path) if path.is_file() else ""
    new, count = re.subn(
        r"^taxonomy[ \t]*=[ \t]*\[[^\]\n]*\][ \t]*\n?", lambda _: line, old, count=1, flags=re.MULTILINE
    )
    write_result((new if count else line + old).encode(), path)
    try:
        if load(path, environment={})[0].taxonomy == tuple(files):
            return
    except UsageError:
        pass
    write_result(old.encode(), path)
    raise UsageError(f"cannot edit {path}", f"write this into it yourself: {line.strip()}")


def _write(columns: Sequence[str], rows: Sequence[Sequence[str]], form: options.DataFormat) -> None:
    import json

    from hirelens_cli.cli.output import write_result
    from hirelens_cli.cli.tables import draw_rows, drawn

    if form is options.DataFormat.JSON:
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        write_result((json.dumps(records, indent=2, ensure_ascii=False) + "\n").encode(), None)
    else:
        write_result(drawn(lambda console: draw_rows(console, columns, rows), to_file=False), None)
