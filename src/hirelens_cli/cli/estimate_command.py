"""`hirelens estimate`: how long a batch would take, what it would need and cost."""

from __future__ import annotations

from typing import Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

EXAMPLES = """\b
Examples:
  hirelens estimate --resumes 10000 --jobs 5
  hirelens estimate --resumes 1000000 --jobs 20 --nodes 8 --cores 16 --price 0.20 --spot 0.6
  hirelens estimate --resumes 50000 --jobs 3 --sample resumes/ --format json
"""


def estimate(
    resumes: Annotated[int, typer.Option("--resumes", metavar="N", help="How many resumes.", show_default=False)],
    jobs: Annotated[int, typer.Option("--jobs", metavar="J", help="How many jobs.")] = 1,
    nodes: Annotated[int, typer.Option("--nodes", metavar="K", help="How many machines.")] = 1,
    cores: Annotated[
        int | None,
        typer.Option("--cores", metavar="C", help="Cores of each. [default: as many as here]", show_default=False),
    ] = None,
    price: Annotated[float, typer.Option("--price", metavar="P", help="Of one machine for an hour.")] = 0.0,
    spot: Annotated[
        float, typer.Option("--spot", metavar="SHARE", help="What part of that a machine costs that may be taken away.")
    ] = 1.0,
    sample: Annotated[
        list[str] | None,
        typer.Option(
            "--sample", metavar="FOLDER", help="Measure on these resumes instead of generated ones.", show_default=False
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Measure anew; the workspace keeps what was measured.")
    ] = False,
    embedder: options.Embedder = None,
    model: options.Model = None,
    device: options.Device = None,
    top: options.Top = None,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    output: options.Output = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
    quiet: options.Quiet = False,
) -> int:
    """Say how long a batch would take, and its memory, disk and cost, as ranges.

    The real stages run for some seconds on one core here; what they take is carried over to the batch and the machines
    that were asked about. docs/scaling.md says how often real runs were inside the range.
    """
    import os

    from hirelens_cli import estimating
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.panels import show
    from hirelens_cli.cli.progress import progress_for
    from hirelens_cli.model.estimates import Shape
    from hirelens_cli.rendering.to_estimate import estimate_json, estimate_panels

    check_output(output)
    settings = options.configure(
        config,
        embedder=embedder.value if embedder else None,
        model=model,
        device=device.value if device else None,
        top=top,
        workspace=workspace,
    )
    here = cores if cores is not None else len(os.sched_getaffinity(0))
    shape = Shape(resumes, jobs, nodes, here, settings.top or resumes)
    progress = progress_for(quiet=quiet, verbose=False)
    try:
        found = estimating.estimate(
            shape, settings, price=price, spot=spot, sample=sample or (), again=again, progress=progress
        )
    finally:
        progress.close()
    show(found, format, estimate_panels, estimate_json, output)
    return ExitCode.DONE
