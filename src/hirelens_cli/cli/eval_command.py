"""`hirelens eval`: how good the order is, by people's labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from hirelens_cli.model.evaluations import Evaluation
    from hirelens_cli.rendering.to_eval import Sheet

EXAMPLES = """\b
Examples:
  hirelens eval labels.csv
  hirelens eval labels.csv --fail-under ndcg@10=0.6 --fail-under map=0.5
  hirelens eval labels.csv --metric ndcg@5 --metric p@10 --format json
"""


def evaluate(
    labels: options.Labels,
    run: options.LabelledRun = None,
    metric: Annotated[
        list[str] | None,
        typer.Option(
            "--metric",
            metavar="METRIC",
            help="ndcg@K, p@K, recall@K, map, spearman, kendall; repeat for more. [default: one of each]",
            show_default=False,
        ),
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-under",
            metavar="METRIC=N",
            help="Exit with 8 where it is below N, as ndcg@10=0.6; repeat for more.",
            show_default=False,
        ),
    ] = None,
    labelled_only: options.LabelledOnly = False,
    rounds: Annotated[
        int, typer.Option("--rounds", metavar="N", min=100, max=100_000, help="Resamples for the intervals.")
    ] = 1000,
    format: options.GateOption = options.GateFormat.TABLE,  # noqa: A002
    output: options.Output = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Measure a run's order by people's labels, beside plain methods over the same candidates.

    Reads the scores that `hirelens rank` has stored, of all candidates whatever its --top was. For map, p and recall a
    candidate is relevant from half of the job's highest label on. The intervals are bootstrapped: over jobs, or over each
    job's candidates where there are fewer than five jobs.
    """
    from hirelens_cli import app
    from hirelens_cli.cli.output import check_output, write_result
    from hirelens_cli.errors import GateError

    check_output(output)
    evaluation = app.evaluate(
        labels,
        options.configure(config, workspace=workspace),
        run=run,
        metrics=metric or (),
        gates=gates_of(fail_under or ()),
        labelled_only=labelled_only,
        rounds=rounds,
    )
    write_result(_rendered(evaluation, format, to_file=output is not None), output)
    if evaluation.failed:
        raise GateError(
            f"below the gate: {', '.join(gate.metric for gate in evaluation.failed)}",
            "the numbers are in the output; --fail-under sets the gate",
        )
    return ExitCode.DONE


def gates_of(texts: Sequence[str]) -> dict[str, float]:
    """`ndcg@10=0.6` as the least value of a metric; raises UsageError for anything else."""
    gates = {}
    for text in texts:
        name, _, number = text.partition("=")
        try:
            least = float(number)
        except ValueError:
            least = float("nan")
        if not -1 <= least <= 1:
            raise UsageError(f"--fail-under {text!r} is not METRIC=N", "for example --fail-under ndcg@10=0.6")
        gates[name.strip()] = least
    return gates


def _rendered(evaluation: Evaluation, form: options.GateFormat, *, to_file: bool) -> bytes:
    from hirelens_cli.rendering.to_eval import evaluation_json

    if form is options.GateFormat.JSON:
        return evaluation_json(evaluation)
    if form is options.GateFormat.JUNIT:
        from hirelens_cli.rendering.to_junit import evaluation_junit

        return evaluation_junit(evaluation)
    from hirelens_cli.cli.tables import drawn

    return drawn(lambda console: _draw(console, evaluation), to_file=to_file)


def _draw(console: Console, evaluation: Evaluation) -> None:
    from rich.text import Text

    from hirelens_cli.cli.tables import draw_rows
    from hirelens_cli.rendering.to_eval import notes, sheets

    for sheet in sheets(evaluation):
        console.print(Text(sheet.title, style="bold"))
        for columns in beside_each_other(sheet, console.width):
            draw_rows(
                console,
                [sheet.columns[column] for column in columns],
                [[row[column] for column in columns] for row in sheet.rows],
            )
            console.print()
    console.print(Text(f"Run {evaluation.run}, embedder {evaluation.embedder}."))
    for note in notes(evaluation):
        console.print(Text(note))


def beside_each_other(sheet: Sheet, room: int) -> list[list[int]]:
    """The columns of each table, the first in front of as many of the others as there is room for."""
    widths = [2 + max(map(len, cells)) for cells in zip(sheet.columns, *sheet.rows, strict=True)]
    tables: list[list[int]] = []
    for column in range(1, len(widths)):
        if not tables or sum(widths[other] for other in tables[-1]) + widths[column] > room:
            tables.append([0])
        tables[-1].append(column)
    return tables
