"""`hirelens report`: a run as one HTML file, to look at, to print and to pass on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

if TYPE_CHECKING:
    from hirelens_cli.config import RunConfig

EXAMPLES = """\b
Examples:
  hirelens report --open
  hirelens report 3fa94c -o shortlist.html
  hirelens report --job job.pdf --top 5 --identities --open
"""


def report(
    run: Annotated[
        str | None,
        typer.Argument(
            metavar="RUN", help="The beginning of a run's id. [default: the latest run]", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The HTML file; - for stdout. [default: reports/ in the workspace]",
            show_default=False,
        ),
    ] = None,
    job: Annotated[
        str | None, typer.Option("--job", "-j", metavar="JD", help="This job alone.", show_default=False)
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            metavar="N",
            min=0,
            help="Candidates of each job; 0 for all. [default: as many as the run showed]",
            show_default=False,
        ),
    ] = None,
    identities: Annotated[bool, typer.Option("--identities", help="With names, files and pages.")] = False,
    no_pages: Annotated[bool, typer.Option("--no-pages", help="Without pictures of the pages.")] = False,
    open_it: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
    quiet: options.Quiet = False,
) -> int:
    """Write a finished run as one HTML file that needs no network: shortlists, evidence, the pool, and how to read them.

    Blind unless --identities is given: no names, no files, and no pages, because a page shows who wrote it. Prints where
    the file is.
    """
    from hirelens_cli import reporting
    from hirelens_cli.cli.output import check_output, write_result
    from hirelens_cli.cli.progress import progress_for
    from hirelens_cli.rendering.report.page import report_html

    to_stdout = str(output) == "-"
    check_output(None if to_stdout else output)
    settings = options.configure(config, blind=not identities, workspace=workspace)
    progress = progress_for(quiet=quiet, verbose=False)
    try:
        found = reporting.report(settings, run=run, job=job, top=top, pages=not no_pages, progress=progress)
    finally:
        progress.close()
    path = None if to_stdout else output or place_of(found.record.run, settings)
    write_result(report_html(found), path)
    if path is not None:
        write_result(f"{path}\n".encode(errors="surrogateescape"), None)
        if open_it:
            open_page(path)
    return ExitCode.DONE


def page_of(run: str, settings: RunConfig) -> bytes:
    """The page of a run that has just ended, blind."""
    from hirelens_cli import reporting
    from hirelens_cli.rendering.report.page import report_html

    return report_html(reporting.report(replace(settings, blind=True), run=run))


def place_of(run: str, settings: RunConfig) -> Path:
    """Where the page of a run lies in its workspace; the folder is made, for its owner alone."""
    from hirelens_cli.engine.workspace import Workspace

    folder = Workspace.of(settings).reports
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{run}{'' if settings.blind else '-identities'}.html"


def open_page(path: Path) -> None:
    """Show a file in the browser, or say where it is where there is none."""
    import webbrowser

    from hirelens_cli.cli.console import say

    if not webbrowser.open(path.resolve().as_uri()):
        say(f"no browser was found; open {path} yourself")
