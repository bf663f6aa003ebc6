"""`hirelens whatif`: the order under other weights, without reading anything again."""

from __future__ import annotations

from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, UsageError

EXAMPLES = """\b
Examples:
  hirelens whatif --job job.pdf --weight skills=50 --weight domain=5
  hirelens whatif --job job.pdf --without Terraform --without "Bachelor's degree"
"""


def whatif(
    job: Annotated[str, typer.Option("--job", "-j", metavar="JD", help="A job of a run in this workspace.")],
    weight: options.Weight = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="REQUIREMENT",
            help="As if the job did not ask it; repeat for more.",
            show_default=False,
        ),
    ] = None,
    run: options.Run = None,
    top: options.Top = None,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    output: options.Output = None,
    blind: options.Blind = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Show the order that other weights would give, beside the old one.

    It is made from the values that a run stored: nothing is read, embedded or kept. Weights that are not named stay as
    in that run; equal scores keep their old order.
    """
    from hirelens_cli import history
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.panels import show
    from hirelens_cli.rendering.to_whatif import whatif_json, whatif_panels

    if not weight and not without:
        raise UsageError("nothing to change", "give --weight CRITERION=N or --without REQUIREMENT")
    check_output(output)
    settings = options.configure(config, weight, top=top, blind=blind, workspace=workspace)
    named = (key.removeprefix("weights.") for key in options.weight_flags(weight or ()))
    weights = {name: getattr(settings.weights, name) for name in named}
    found = history.what_if(job, weights, without or (), settings, run=run)
    show(found, format, whatif_panels, whatif_json, output)
    return ExitCode.DONE
