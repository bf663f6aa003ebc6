"""`hirelens retry`: read again what was not screened."""

from __future__ import annotations

from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.cli.telemetry import UNWATCHED, Watch
from hirelens_cli.errors import ExitCode

EXAMPLES = """\b
Examples:
  hirelens retry --cpu-seconds 60 --memory-mb 2048
  hirelens retry --ocr
  hirelens retry --accept-any --format csv -o shortlist.csv
"""


def retry(
    format: options.ShortlistFormat = None,  # noqa: A002
    output: options.Output = None,
    cpu_seconds: Annotated[
        int | None, typer.Option("--cpu-seconds", metavar="N", help="CPU time for one document.", show_default=False)
    ] = None,
    memory_mb: Annotated[
        int | None, typer.Option("--memory-mb", metavar="N", help="Memory of a reader.", show_default=False)
    ] = None,
    max_pages: Annotated[
        int | None, typer.Option("--max-pages", metavar="N", help="Pages read of one document.", show_default=False)
    ] = None,
    accept_any: options.AcceptAny = None,
    ocr: options.Ocr = None,
    forensics: options.Forensics = None,
    blind: options.Blind = None,
    workers: options.Workers = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
    allow_unscreened: options.AllowUnscreened = False,
    watch: Watch = UNWATCHED,
) -> int:
    """Repeat the latest run, reading again only what was not screened, under other limits.

    Weights, as-of date and embedder stay as they were in that run. All limits can be set in a --config file.
    """
    from functools import partial

    from hirelens_cli import app
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.rank_command import answered

    place = options.destination(format, output, allow_unscreened=allow_unscreened)
    check_output(place.path, folder=place.folder is not None)
    flags: dict[str, object] = {
        "limits.cpu_seconds": cpu_seconds,
        "limits.memory_mb": memory_mb,
        "limits.max_pages": max_pages,
        "accept_any": accept_any,
        "ocr": ocr,
        "forensics": forensics,
        "blind": blind,
        "workers": workers,
        "workspace": workspace,
        **watch.flags,
    }
    settings = options.configured(config, flags)
    shortlist = answered(partial(app.retry, settings), settings, place, watch)
    return ExitCode.UNSCREENED if shortlist.unscreened and not allow_unscreened else ExitCode.DONE
