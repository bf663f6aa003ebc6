"""One candidate on the terminal: the waterfall, the quotes, the questions."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hirelens_cli.cli.tables import bar
from hirelens_cli.model.shortlists import CENTI, JobShortlist, Ranked
from hirelens_cli.rendering.records import remarks, stand_text
from hirelens_cli.rendering.safe import safe_text
from hirelens_cli.rendering.waterfall import Step, waterfall


def draw_explanation(console: Console, job: JobShortlist, ranked: Ranked, lifts: Sequence[str] = ()) -> None:
    """Who and how good; strengths, gaps, questions and what would change it; then every step with its quotes."""
    _draw_head(console, job, ranked)
    words = ranked.explanation
    _draw_list(console, "Strengths", "+", words.strengths)
    _draw_list(console, "Gaps", "-", words.gaps)
    _draw_list(console, "To ask or check", "?", words.recommendations)
    _draw_list(console, "What would change it", "↑", lifts)
    for stage in waterfall(job, ranked):
        console.print(Text(f"{stage.criterion.capitalize()}: {stage.points} of {stage.weight} points", style="bold"))
        table = Table(box=None, padding=(0, 1, 0, 0), show_header=False, pad_edge=False, expand=True)
        table.add_column(justify="right", no_wrap=True, width=6)
        table.add_column(no_wrap=True, width=8)
        table.add_column(overflow="fold", ratio=1)
        for step in stage.steps:
            table.add_row(*_cells(step))
        console.print(Padding(table, (0, 0, 1, 2)))
    total = Text.assemble((f"Score {ranked.score / CENTI:.2f}", "bold"), " = ")
    total.append(" + ".join(f"{stage.points} {stage.criterion}" for stage in waterfall(job, ranked)))
    console.print(total)


def _draw_head(console: Console, job: JobShortlist, ranked: Ranked) -> None:
    table = Table(box=box.HEAVY_EDGE, show_header=False, padding=(0, 1))
    table.add_column(overflow="fold")
    who = Text(safe_text(ranked.name or ranked.candidate), style="bold")
    for path in (ranked.resume, *ranked.also):
        if path:
            who.append("\n" + safe_text(path), style="not bold")
    table.add_row(who)
    facts = (
        f"{safe_text(job.title or job.job)} ({safe_text(job.job)})\n"
        f"rank {stand_text(job, ranked)}, percentile {ranked.percentile:.1f}, "
        f"confidence {safe_text(ranked.confidence)}, candidate {ranked.candidate}"
    )
    table.add_row(Text(facts))
    if told := remarks(ranked):
        table.add_row(Text(f"! {safe_text(told)}", style="bold yellow"))
    console.print(table)
    console.print(Text(safe_text(ranked.explanation.summary)))
    console.print()


def _draw_list(console: Console, heading: str, mark: str, texts: Sequence[str]) -> None:
    if not texts:
        return
    console.print(Text(heading, style="bold"))
    table = Table(box=None, padding=(0, 1, 0, 0), show_header=False, pad_edge=False)
    table.add_column(width=1)
    table.add_column(overflow="fold")
    for text in texts:
        table.add_row(Text(mark), Text(safe_text(text)))
    console.print(Padding(table, (0, 0, 1, 2)))


def _cells(step: Step) -> tuple[Text, Text, Text]:
    what = Text(safe_text(step.requirement), style="bold" if step.value > 0 else "")
    what.append(f"  {'must, ' if step.must else ''}{step.points} of {step.weight}", style="not bold dim")
    if step.reason:
        what.append("\n" + safe_text(step.reason), style="not bold")
    for page, quote in step.quotes:
        lines = " / ".join(safe_text(line) for line in quote.split("\n"))
        what.append(f"\np.{page} “{lines}”", style="not bold italic")
    return Text(f"+{step.points}"), Text(bar(step.value, 8), style="blue"), what
