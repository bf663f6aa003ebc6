"""`hirelens schema`: what the store holds."""

from __future__ import annotations

from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

EXAMPLES = """\b
Examples:
  hirelens schema
  hirelens schema v1_scores v1_shortlist
  hirelens schema --format json | jq -r '.relations[].name'
"""


def schema(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Views and macros. [default: all]", show_default=False),
    ] = None,
    format: Annotated[  # noqa: A002
        options.PageFormat, typer.Option("--format", "-f", help="How the result is written.")
    ] = options.PageFormat.TABLE,
    output: options.Output = None,
) -> int:
    """Show the views and macros of hirelens.duckdb: each column with its type and meaning.

    What begins with v1_ keeps its columns, types and meanings; `hirelens sql` asks it.
    """
    from hirelens_cli import app
    from hirelens_cli.cli.output import check_output, write_result
    from hirelens_cli.cli.panels import draw_panels
    from hirelens_cli.cli.tables import drawn
    from hirelens_cli.rendering.to_schema import schema_json, schema_markdown, schema_panels

    check_output(output)
    relations = app.schema(names or ())
    if format is options.PageFormat.JSON:
        data = schema_json(relations)
    elif format is options.PageFormat.MD:
        data = schema_markdown(relations)
    else:
        data = drawn(lambda console: draw_panels(console, schema_panels(relations)), to_file=output is not None)
    write_result(data, output)
    return ExitCode.DONE
