"""Panels on the terminal, or the same as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hirelens_cli.cli.options import DataFormat, PageFormat
from hirelens_cli.rendering.panels import Panel
from hirelens_cli.rendering.safe import safe_text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

SHORT = 16
"""Columns of a cell that is not folded: a moment, a score with its change."""

T = TypeVar("T")


def show(
    found: T,
    form: DataFormat | PageFormat,
    panels: Callable[[T], Sequence[Panel]],
    as_json: Callable[[T], bytes],
    output: Path | None = None,
) -> None:
    """Write what was found in the form that was asked for."""
    from hirelens_cli.cli.output import write_result
    from hirelens_cli.cli.tables import drawn

    if form.value == DataFormat.JSON.value:
        write_result(as_json(found), output)
    elif form is PageFormat.MD:
        from hirelens_cli.rendering.to_page import page_markdown

        write_result(page_markdown(panels(found)), output)
    else:
        drawing = panels(found)
        write_result(drawn(lambda console: draw_panels(console, drawing), to_file=output is not None), output)


def page_form(form: PageFormat | None, output: Path | None) -> PageFormat:
    """The format that was asked for, else by the ending of the file, else a table."""
    endings = {".md": PageFormat.MD, ".json": PageFormat.JSON}
    return form or (endings.get(output.suffix.lower()) if output else None) or PageFormat.TABLE


def draw_panels(console: Console, panels: Sequence[Panel]) -> None:
    """One below the other, a blank line between."""
    from rich.text import Text

    for number, panel in enumerate(panels):
        if number:
            console.print()
        if panel.heading:
            console.print(Text(safe_text(panel.heading), style="bold"))
        if panel.rows:
            console.print(_table(panel))
        for note in panel.notes:
            console.print(Text(safe_text(note), style="dim"))


def _table(panel: Panel) -> Table:
    """Cells fold, none is cut; short columns keep their width while the long ones give way."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD, show_header=any(panel.columns), padding=(0, 1, 0, 0), show_edge=False, pad_edge=False
    )
    for index, column in enumerate(panel.columns):
        widest = max(len(row[index]) for row in panel.rows)
        table.add_column(Text(safe_text(column)), overflow="fold", no_wrap=max(widest, len(column)) <= SHORT)
    for row in panel.rows:
        table.add_row(*(Text(safe_text(cell)) for cell in row))
    return table
