"""`hirelens tune`: weights that people's labels speak for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

EXAMPLES = """\b
Examples:
  hirelens tune labels.csv
  hirelens tune labels.csv --metric map -o tuned.toml
  hirelens rank resumes --job job.pdf --config tuned.toml
"""


def tune(
    labels: options.Labels,
    run: options.LabelledRun = None,
    metric: Annotated[
        str, typer.Option("--metric", metavar="METRIC", help="ndcg@K, p@K, recall@K, map, spearman or kendall.")
    ] = "ndcg@10",
    labelled_only: options.LabelledOnly = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the weights here, if they are worth it.", show_default=False
        ),
    ] = None,
    rounds: Annotated[
        int, typer.Option("--rounds", metavar="N", min=100, max=100_000, help="Resamples for the intervals.")
    ] = 1000,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Propose weights for the criteria from labels, for you to review; nothing is changed.

    Nested cross-validation over jobs, from the points that a run stored: each job is measured with weights that were chosen
    without it. Weights stay near the present ones unless the labels speak against them. The file is a configuration, and
    it is written only where the gain's interval lies above 0.
    """
    from hirelens_cli import app
    from hirelens_cli.cli.console import say
    from hirelens_cli.cli.output import check_output, write_result
    from hirelens_cli.cli.panels import show
    from hirelens_cli.rendering.to_tune import tune_json, tune_panels, tuned_config

    check_output(output)
    settings = options.configure(config, workspace=workspace)
    found = app.tune(labels, settings, run=run, metric=metric, labelled_only=labelled_only, rounds=rounds)
    show(found, format, tune_panels, tune_json)
    if output and found.tuning.recommended:
        write_result(tuned_config(found), output)
    elif output:
        say(f"{output} was not written: the labels do not speak for other weights")
    return ExitCode.DONE
