"""`hirelens init`: a folder to begin with, and the next thing to type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from hirelens_cli.errors import ExitCode, OutputError

EXAMPLES = """\b
Examples:
  hirelens init
  hirelens init trial --example
"""

STARTER = Path(__file__).with_name("starter")
"""A job, and resumes for it, among them a scan, one that is stuffed with hidden words, and one that is broken."""
JOB = "jobs/senior-backend-engineer.txt"


def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where; it is made if need be.")] = Path(),
    example: Annotated[bool, typer.Option("--example", help="Put sample resumes there as well.")] = False,
) -> int:
    """Begin a folder: settings to edit, a sample job, and with --example resumes to try it on.

    Nothing that is there already is changed.
    """
    from hirelens_cli.cli.console import say

    try:
        written = [name for name, data in _files(example) if _write(folder / name, data)]
        (folder / "resumes").mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror}", "choose another folder") from error
    for name, _ in _files(example):
        say(str(folder / name), label="wrote" if name in written else "kept, was there:")
    if not any((folder / "resumes").iterdir()):
        say(f"put resumes into {folder / 'resumes'}, then:")
    say(_next(folder), label="next:", style="bold")
    return ExitCode.DONE


def _files(example: bool) -> Iterator[tuple[str, bytes]]:
    """Each file's path below the folder, and its bytes."""
    from hirelens_cli.config import RunConfig, to_toml

    yield "hirelens.toml", to_toml(RunConfig(), in_force=False).encode()
    yield JOB, (STARTER / JOB).read_bytes()
    for path in sorted((STARTER / "resumes").iterdir()) if example else ():
        yield f"resumes/{path.name}", path.read_bytes()


def _write(path: Path, data: bytes) -> bool:
    """Whether the file could be made; False where there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return False
    return True


def _next(folder: Path) -> str:
    from shlex import quote

    there = "" if folder == Path() else f"cd {quote(str(folder))} && "
    return f"{there}hirelens rank resumes --job {JOB}"
