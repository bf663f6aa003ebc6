"""`hirelens sql`: questions to the store."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

EXAMPLES = """\b
Examples:
  hirelens sql "SELECT * FROM v1_shortlist('job.pdf', 5)"
  hirelens sql "SELECT skill, count(*) FROM v1_skills GROUP BY 1 ORDER BY 2 DESC" --format csv
  hirelens sql "SHOW TABLES"
"""


def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One statement of DuckDB's SQL that reads.")],
    format: Annotated[  # noqa: A002
        options.Format, typer.Option("--format", "-f", help="How the result is written.")
    ] = options.Format.TABLE,
    output: options.Output = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Ask the workspace's de-identified store in SQL: read-only, without access to files or the network."""
    from hirelens_cli import app
    from hirelens_cli.cli.output import check_output, write_result

    check_output(output)
    answer = app.query(query, options.configure(config, workspace=workspace))
    write_result(_rendered(answer.columns, answer.rows, format, to_file=output is not None), output)
    return ExitCode.DONE


def _rendered(
    columns: Sequence[str], rows: Sequence[Sequence[object]], form: options.Format, *, to_file: bool
) -> bytes:
    import json

    if form in (options.Format.JSON, options.Format.JSONL):
        lines = [
            json.dumps(
                dict(zip(columns, map(_plain, row), strict=True)), ensure_ascii=False, default=str, allow_nan=False
            )
            for row in rows
        ]
        text = "".join(line + "\n" for line in lines)
        if form is options.Format.JSON:
            text = "[" + ",\n ".join(lines) + "]\n"
        return text.encode(errors="backslashreplace")
    texts = [tuple(_text(value) for value in row) for row in rows]
    if form is options.Format.CSV:
        from hirelens_cli.rendering.to_csv import rows_csv

        return rows_csv(tuple(columns), texts)
    if form is options.Format.MD:
        from hirelens_cli.rendering.to_markdown import table_lines

        return ("\n".join(table_lines(columns, texts)) + "\n").encode()
    from hirelens_cli.cli.tables import draw_rows, drawn

    return drawn(lambda console: draw_rows(console, columns, texts), to_file=to_file)


def _plain(value: object) -> object:
    """JSON has no NaN and no infinity; they become null. A DECIMAL is a number."""
    if isinstance(value, Decimal):
        return float(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(item) for item in value)
    return str(value)
