"""`hirelens region`: what of a run may leave its region, and one shortlist across regions that keep all else."""

from __future__ import annotations

from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, UsageError

EXPORT_EXAMPLES = """\b
Examples:
  hirelens region export --region eu -o eu.json
  hirelens region export 3fa94c --region eu --top 50 -o eu.json
  hirelens region export --region eu | jq .export.scored
"""
MERGE_EXAMPLES = """\b
Examples:
  hirelens region merge eu.json us.json
  hirelens region merge eu.json us.json --top 5 --format csv -o shortlist.csv
"""


def export(
    run: Annotated[
        str | None,
        typer.Argument(
            metavar="RUN", help="The beginning of a run's id. [default: the latest run]", show_default=False
        ),
    ] = None,
    output: options.Output = None,
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            "-n",
            metavar="N",
            min=0,
            help="Candidates explained per job; 0 for all. [default: as many as the run showed]",
            show_default=False,
        ),
    ] = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
    quiet: options.Quiet = False,
) -> int:
    """Write what may leave a region: ids, scores, and the best candidates' redacted parts, as JSON to read and pass on.

    No text, name, file, path, vector or applicant's id is in it. The region's ledger gets a line.
    """
    from hirelens_cli import regions
    from hirelens_cli.cli.console import say
    from hirelens_cli.cli.output import check_output, write_result
    from hirelens_cli.cli.progress import progress_for
    from hirelens_cli.engine.exports import export_bytes

    path = None if str(output) == "-" else output
    check_output(path)
    progress = progress_for(quiet=quiet, verbose=False)
    try:
        found = regions.export(options.configure(config, workspace=workspace), run=run, top=top, progress=progress)
    finally:
        progress.close()
    write_result(export_bytes(found), path)
    if not quiet:
        shown = len({ranked.candidate for job in found.jobs for ranked in job.shortlisted})
        say(f"run {found.run} of {found.region}: {len(found.scored)} candidates, {shown} of them with their parts")
    return ExitCode.DONE


def merge(
    exports: Annotated[
        list[str], typer.Argument(metavar="EXPORT", help="Files of `hirelens region export`.", show_default=False)
    ],
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            "-n",
            metavar="N",
            min=0,
            help="Candidates shown per job; 0 for all. [default: as many as every region explains]",
            show_default=False,
        ),
    ] = None,
    format: options.ShortlistFormat = None,  # noqa: A002
    output: options.Output = None,
    allow_unscreened: options.AllowUnscreened = False,
    quiet: options.Quiet = False,
) -> int:
    """Make one shortlist of the exports of several regions: the order that one workspace with all resumes would give.

    It is blind, says in which region each candidate is kept, and is kept nowhere. Exits with 4 where the exports are not
    of the same jobs, settings, date, version, libraries and model.
    """
    from hirelens_cli import regions
    from hirelens_cli.cli.console import say
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.rank_command import counts_words, write_shortlist
    from hirelens_cli.config import RunConfig

    place = options.destination(format, output, allow_unscreened=allow_unscreened)
    if place.format is options.Format.HTML:
        raise UsageError("a report is made of a run, in its region", "take another format, as md or xlsx")
    check_output(place.path, folder=place.folder is not None)
    merged = regions.merge(exports, top=top)
    shortlist = merged.shortlist
    write_shortlist(shortlist, RunConfig(tenant=merged.tenant, blind=True), place)
    if not quiet:
        say(counts_words(shortlist.counts))
        if place.path is not None:
            say(f"written to {place.path}")
    return ExitCode.UNSCREENED if shortlist.unscreened and not allow_unscreened else ExitCode.DONE
