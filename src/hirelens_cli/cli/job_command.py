"""`hirelens job`: a job description as it was understood, and what a careful recruiter would change in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, InputError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from hirelens_cli.config import RunConfig
    from hirelens_cli.model.jobs import Job
    from hirelens_cli.profiles.job_lint import Finding

PARSE_EXAMPLES = """\b
Examples:
  hirelens job parse job.pdf -o job.toml
  hirelens rank resumes/ --job job.toml
"""
LINT_EXAMPLES = """\b
Examples:
  hirelens job lint job.pdf
  hirelens job lint job.pdf --format json
"""
COST_EXAMPLES = """\b
Examples:
  hirelens job cost job.pdf resumes/
  hirelens job cost job.pdf
  hirelens job cost job.pdf --run 3fa94c --format json
"""
Description = Annotated[str, typer.Argument(metavar="JD", help="A job description, or its edited TOML file.")]


def parse(job: Description, output: options.Output = None, config: options.ConfigFile = None) -> int:
    """Write what was understood of a job as a small TOML file, made to be edited and given to --job in its place."""
    from hirelens_cli.cli.output import check_output, write_result
    from hirelens_cli.profiles.job_toml import to_toml

    check_output(output)
    write_result(to_toml(understood(job, config)).encode(), output)
    return ExitCode.DONE


def lint(
    job: Description,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    config: options.ConfigFile = None,
) -> int:
    """Point at what is unclear, contradictory, unlawful or biased in a job, with the rule it rests on.

    It is no legal advice. Exits with 8 where something is likely unlawful in many places.
    """
    import json

    from hirelens_cli.cli.output import write_result
    from hirelens_cli.cli.tables import drawn
    from hirelens_cli.model.issues import Severity
    from hirelens_cli.profiles.job_lint import lint as find

    description = understood(job, config)
    findings = find(description)
    if format is options.DataFormat.JSON:
        records = [
            {
                "code": item.code,
                "severity": item.severity.value,
                "message": item.message,
                "hint": item.hint,
                "rule": item.rule,
                "start": item.span.start if item.span else None,
                "end": item.span.end if item.span else None,
                "words": item.span.of(description.source_text) if item.span else "",
            }
            for item in findings
        ]
        write_result((json.dumps(records, indent=2, ensure_ascii=False) + "\n").encode(), None)
    else:
        write_result(drawn(lambda console: _draw(console, description, findings), to_file=False), None)
    return ExitCode.GATE if any(item.severity is Severity.ERROR for item in findings) else ExitCode.DONE


def cost(
    job: Annotated[
        str, typer.Argument(metavar="JD", help="A job description; without RESUMES, a job of a run in this workspace.")
    ],
    resumes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RESUMES]",
            help="The pool, as `hirelens rank` takes it. Without it the pool is that of a finished run.",
            show_default=False,
        ),
    ] = None,
    run: options.Run = None,
    top: options.Top = None,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    as_of: options.AsOf = None,
    blind: options.Blind = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
    allow_unscreened: options.AllowUnscreened = False,
    quiet: options.Quiet = False,
) -> int:
    """Price each requirement: the share of the pool that lacks it, who lacks it alone, what the musts leave.

    RESUMES are ranked for the job as `hirelens rank` does, with all that was kept of them, and the run stays in the
    workspace; exits with 3 where some could not be screened. Nobody is left out of a shortlist by it.
    """
    from hirelens_cli import history
    from hirelens_cli.cli.panels import show
    from hirelens_cli.rendering.to_whatif import cost_json, cost_panels

    if run and resumes:
        raise UsageError("--run names a finished pool, and RESUMES another", "give one of the two")
    settings = options.configure(config, top=top, as_of=as_of, blind=blind, workspace=workspace)
    unscreened = 0
    if resumes:
        run, unscreened = _ranked(job, resumes, settings, quiet=quiet)
    show(history.job_cost(job, settings, run=run), format, cost_panels, cost_json)
    return ExitCode.UNSCREENED if unscreened and not allow_unscreened else ExitCode.DONE


def _ranked(job: str, resumes: Sequence[str], settings: RunConfig, *, quiet: bool) -> tuple[str, int]:
    """Rank a pool for one job: the id of the run, and how many could not be screened."""
    from hirelens_cli import app
    from hirelens_cli.cli.console import say
    from hirelens_cli.cli.progress import progress_for

    progress = progress_for(quiet=quiet, verbose=False)
    try:
        shortlist = app.rank(resumes, [job], settings, progress=progress)
    finally:
        progress.close()
    if shortlist.unscreened and not quiet:
        say(f"{len(shortlist.unscreened)} not screened; `hirelens rank` lists them with the reasons")
    return shortlist.run, len(shortlist.unscreened)


def understood(path: str, config: Path | None) -> Job:
    """The job in a file; raises InputError where it cannot be read or asks for nothing."""
    from hirelens_cli import app
    from hirelens_cli.cli.read_command import unusable
    from hirelens_cli.profiles.job import parse_job
    from hirelens_cli.profiles.job_toml import from_toml, is_job_toml
    from hirelens_cli.profiles.taxonomy import load_taxonomy

    settings = options.configure(config, accept_any=True)
    known = load_taxonomy(settings.taxonomy)
    if path.endswith(".toml") and Path(path).is_file():
        text = Path(path).read_text(encoding="utf-8-sig", errors="replace")
        if is_job_toml(text):
            return from_toml(text, Path(path).name, known)
    read = app.read_file(path, settings)
    if read.value is None:
        raise unusable(path, read.issues)
    job = parse_job(read.value, Path(path).name, known)
    if job.value is None:
        message = job.issues[0].message if job.issues else "nothing in it asks for anything"
        raise InputError(f"{path}: {message}", "is it a job description?")
    return job.value


def _draw(console: Console, job: Job, findings: Sequence[Finding]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from hirelens_cli.rendering.safe import safe_text

    marks = {"error": "✗", "warning": "!", "info": "·"}
    console.print(Text(f"{safe_text(job.title or job.name)}: {len(findings) or 'no'} findings", style="bold"))
    for item in findings:
        head = Text.assemble(f"{marks.get(item.severity.value, '·')} ", (f"{item.severity.value} {item.code}", "bold"))
        if item.span:
            words = " ".join(item.span.of(job.source_text).split())
            head.append(f"  “{safe_text(words)}”")
        console.print(head)
        for line in (item.message, item.hint, item.rule):
            console.print(Padding(Text(safe_text(line)), (0, 0, 0, 4)))
