"""Write every page that is generated: `python docs/generate.py` (or `make docs`). A test fails when one is stale."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.core import TyperCommand, TyperGroup

from hirelens_cli.backends.duckdb.describe import described
from hirelens_cli.cli.main import app
from hirelens_cli.config import RunConfig, settings, to_toml
from hirelens_cli.rendering.to_schema import schema_markdown

Command = TyperCommand | TyperGroup
ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2026-11-23"
MAP_OPENING, MAP_CLOSING = "<!-- modules: written by docs/generate.py -->", "<!-- /modules -->"
OPENING, CLOSING = "<!-- shortlist: written by docs/generate.py -->", "<!-- /shortlist -->"


def commands() -> str:
    """docs/commands.md: the help of every command."""
    lines = [
        "# Commands",
        "",
        "Made from `--help` by docs/generate.py. Exit codes: [exit-codes.md](exit-codes.md).",
        "",
    ]
    for name, text in helps(typer.main.get_command(app), "hirelens"):
        lines += [f"## {name}", "", "```text", text.rstrip(), "```", ""]
    return "\n".join(lines[:-1]) + "\n"


def helps(command: Command, name: str, parent: typer.Context | None = None) -> Iterator[tuple[str, str]]:
    """Each command's full name and help at 88 columns, groups before their commands."""
    with command.make_context(name.split()[-1], [], parent, resilient_parsing=True, terminal_width=88) as context:
        yield name, context.get_help()
        if isinstance(command, TyperGroup):
            for child, sub in command.commands.items():
                yield from helps(sub, f"{name} {child}", context)


def configuration() -> str:
    """docs/configuration.md: every setting."""
    lines = [
        "# Configuration",
        "",
        "Made from `config.py` by docs/generate.py. A value is taken from, in this order: an option of the command line, the",
        "environment, the file named with `--config` or else `./hirelens.toml`, the default. No other file is read.",
        "`hirelens config show` prints each value with its origin; an unknown key is an error that names the nearest known one.",
        "",
        "| Key | Default | Environment | Meaning |",
        "| --- | --- | --- | --- |",
    ]
    for row in settings(RunConfig(), {}):
        value = to_literal(row.value)
        variable = "HIRELENS_" + row.key.replace(".", "_").upper()
        lines.append(f"| `{row.key}` | `{value}` | `{variable}` | {row.meaning} |")
    lines += ["", "The defaults as a file: [configs/default.toml](../configs/default.toml).", ""]
    return "\n".join(lines)


def to_literal(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(list(value) if isinstance(value, tuple) else value)


def architecture() -> str:
    """docs/architecture.md with every module and its first sentence as they are now."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    head, _, rest = text.partition(MAP_OPENING)
    return f"{head}{MAP_OPENING}\n{modules()}{MAP_CLOSING}{rest.partition(MAP_CLOSING)[2]}"


def modules() -> str:
    """Every module with the first line of its docstring, package by package."""
    source = ROOT / "src" / "hirelens_cli"
    lines = []
    for folder in sorted({path.parent for path in source.rglob("*.py")}):
        lines.append(f"\n**{folder.relative_to(source.parent)}/**\n")
        for path in sorted(folder.glob("*.py")):
            words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
            if words:
                lines.append(f"- `{path.name}`: {words.splitlines()[0]}")
    return "\n".join(lines).lstrip() + "\n"


def store() -> str:
    """docs/schema.md: the views and macros of hirelens.duckdb."""
    head = [
        "# What is in hirelens.duckdb",
        "",
        "Made from the code by docs/generate.py; `hirelens schema` prints the same. What begins with `v1_` keeps its columns, types and",
        "meanings; the tables under it may change. How to ask: [for-data-teams.md](for-data-teams.md).",
        "",
    ]
    return "\n".join(head) + "\n" + schema_markdown(described()).decode()


def readme(text: str) -> str:
    """README.md with the shortlist of the examples as it is now."""
    head, _, rest = text.partition(OPENING)
    tail = rest.partition(CLOSING)[2]
    return f"{head}{OPENING}\n```text\n{shortlist()}```\n{CLOSING}{tail}"


def shortlist() -> str:
    """What the README's command prints at 80 columns."""
    with tempfile.TemporaryDirectory() as workspace:
        command = [
            *(sys.executable, "-m", "hirelens_cli", "rank", "examples/resumes"),
            *("--job", "examples/jobs/senior-backend-engineer.txt", "--top", "3", "--as-of", AS_OF),
            *("--workspace", workspace, "--allow-unscreened", "--quiet"),
        ]
        environment = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)  # noqa: S603
    return done.stdout.decode().rstrip() + "\n"


PAGES = {
    "docs/architecture.md": architecture,
    "docs/commands.md": commands,
    "docs/configuration.md": configuration,
    "docs/schema.md": store,
    "configs/default.toml": lambda: to_toml(RunConfig()),
}


def main() -> None:
    """Write all pages."""
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")
    page = ROOT / "README.md"
    page.write_text(readme(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
