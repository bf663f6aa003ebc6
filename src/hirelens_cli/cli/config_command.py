"""`hirelens config show`: the settings in force."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

EXAMPLES = """\b
Examples:
  hirelens config show
  hirelens config show --format toml > hirelens.toml
  HIRELENS_TOP=5 hirelens config show
"""


class ConfigFormat(StrEnum):
    """How the settings are written."""

    TABLE = "table"
    JSON = "json"
    TOML = "toml"


def show(
    format: Annotated[  # noqa: A002
        ConfigFormat, typer.Option("--format", "-f", help="How the settings are written.")
    ] = ConfigFormat.TABLE,
    config: options.ConfigFile = None,
) -> int:
    """Show every setting with its value and where the value comes from: flag, environment, file or default."""
    import json

    from hirelens_cli.cli.output import write_result
    from hirelens_cli.cli.tables import draw_rows, drawn
    from hirelens_cli.config import load, settings, to_toml

    loaded, origins = load(config)
    if format is ConfigFormat.TOML:
        write_result(to_toml(loaded).encode(), None)
        return ExitCode.DONE
    rows = settings(loaded, origins)
    if format is ConfigFormat.JSON:
        records = [{"key": row.key, "value": row.value, "origin": row.origin, "meaning": row.meaning} for row in rows]
        write_result((json.dumps(records, indent=2) + "\n").encode(), None)
        return ExitCode.DONE
    texts = [(row.key, json.dumps(row.value, ensure_ascii=False), row.origin, row.meaning) for row in rows]
    write_result(
        drawn(lambda console: draw_rows(console, ("Key", "Value", "From", "Meaning"), texts), to_file=False), None
    )
    return ExitCode.DONE
