"""Panels as a page of Markdown: reports that are printed, mailed or filed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hirelens_cli.rendering.panels import Panel
from hirelens_cli.rendering.safe import safe_markdown
from hirelens_cli.rendering.to_markdown import table_lines

NOT_ADVICE = "This is a tool and not legal advice."


def page_markdown(panels: Sequence[Panel]) -> bytes:
    """UTF-8: the first heading as the title, the others below it, each with its table and notes."""
    return ("\n".join(line for number, panel in enumerate(panels) for line in _panel(panel, number)) + "\n").encode()


def _panel(panel: Panel, number: int) -> Iterator[str]:
    if panel.heading:
        yield from (("# " if number == 0 else "## ") + safe_markdown(panel.heading), "")
    if panel.rows:
        yield from (*table_lines(panel.columns, panel.rows), "")
    for note in panel.notes:
        yield from (safe_markdown(note), "")
