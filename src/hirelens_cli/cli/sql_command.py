"""`hirelens sql`: questions to the store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.cli.telemetry import MetricsFile, Watch
from hirelens_cli.errors import ExitCode, InputError, UsageError

if TYPE_CHECKING:
    from hirelens_cli.model.store import Answer

EXAMPLES = """\b
Examples:
  hirelens sql "SELECT * FROM v1_shortlist('job.pdf', 5)"
  hirelens sql "SELECT skill, count(*) FROM v1_skills GROUP BY 1 ORDER BY 2 DESC" --format csv
  hirelens sql --file monthly.sql -o monthly.xlsx
  echo "FROM v1_runs" | hirelens sql - -o runs.parquet
"""


def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            metavar="[QUERY]",
            help="One statement of DuckDB's SQL that reads; - takes it from stdin.",
            show_default=False,
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", "-F", metavar="FILE", help="Take the statement from this file.", show_default=False),
    ] = None,
    format: options.ShortlistFormat = None,  # noqa: A002
    output: options.Output = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
    metrics_file: MetricsFile = None,
) -> int:
    """Ask the workspace's de-identified store in SQL: read-only, without access to files or the network.

    `hirelens schema` lists the views and macros.
    """
    from hirelens_cli import app
    from hirelens_cli.cli.console import say_damaged
    from hirelens_cli.cli.output import check_output, write_result
    from hirelens_cli.cli.progress import watching
    from hirelens_cli.config import Telemetry

    place = options.destination(format, output)
    if place.format in (options.Format.HTML, options.Format.JUNIT):
        raise UsageError(f"sql writes no {place.format}", "take csv, xlsx, md, json, jsonl, parquet or arrow")
    check_output(place.path)
    statement, settings = _statement(query, file), options.configure(config, workspace=workspace)
    say_damaged(settings)
    # Those of the configuration are a run's; a question must not take their place.
    progress = watching(Telemetry(metrics_file=metrics_file or ""), Watch(quiet=True))
    try:
        answer = app.query(statement, settings, progress=progress)
    finally:
        progress.close()
    write_result(_rendered(answer, place), place.path)
    return ExitCode.DONE


def _statement(query: str | None, file: Path | None) -> str:
    """The statement, wherever it was said to be; raises UsageError where nothing or two things were said."""
    if (query is None) == (file is None):
        raise UsageError("say what to ask", 'hirelens sql "FROM v1_runs", hirelens sql --file FILE, or hirelens sql -')
    if query is not None and query != "-":
        return query
    try:
        return (file.read_bytes() if file else sys.stdin.buffer.read()).decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}", "check the path given to --file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file or 'stdin'} is no UTF-8 text", "save it as UTF-8") from error


def _rendered(answer: Answer, place: options.Destination) -> bytes:
    from hirelens_cli.rendering.to_answer import RENDERERS, answer_texts

    render = RENDERERS.get(place.format)
    if render is not None:
        return render(answer)
    from hirelens_cli.cli.tables import draw_rows, drawn

    texts = answer_texts(answer)
    return drawn(lambda console: draw_rows(console, answer.columns, texts), to_file=place.path is not None)
