"""`hirelens retain`: nothing is kept for longer than is needed."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, UsageError

EXAMPLES = """\b
Examples:
  hirelens retain --older-than 180d --dry-run
  hirelens retain --older-than 180d -o expired.json
"""

_DAYS = {"d": 1, "w": 7, "": 1}


def retain(
    older_than: Annotated[
        str, typer.Option("--older-than", metavar="AGE", help="Days, as 180d, or weeks, as 26w.", show_default=False)
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show which documents are older.")] = False,
    by: options.By = "",
    as_of: options.AsOf = None,
    format: options.PageForm = None,  # noqa: A002
    output: options.Output = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Take out the documents that were last screened before so many days, as `forget` does; they are `expired` then.

    A document was last screened when the latest run with it was carried out, which the ledger knows; one that no run had,
    when it was read. Meant for a timer: it asks nothing.
    """
    from hirelens_cli import rights
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.panels import page_form, show
    from hirelens_cli.rendering.to_rights import retention_json, retention_panels

    check_output(output)
    settings = options.configure(config, workspace=workspace, as_of=as_of)
    found = rights.retain(days_of(older_than), settings, dry_run=dry_run, who=by)
    show(found, page_form(format, output), retention_panels, retention_json, output)
    return ExitCode.DONE


def days_of(age: str) -> int:
    """`180d`, `26w` or `180` in days; raises UsageError for anything else."""
    found = re.fullmatch(r"(\d{1,5})([dw]?)", age.strip())
    if found is None:
        raise UsageError(f"--older-than {age!r} is no age", "days or weeks, as 180d or 26w")
    return int(found[1]) * _DAYS[found[2]]
