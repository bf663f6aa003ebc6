"""Tables as rich draws them. Every cell that holds text of others is a Text made by safe_text."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Sequence

from rich import box
from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hirelens_cli.cli.console import console_for
from hirelens_cli.model.shortlists import Shortlist, Unscreened
from hirelens_cli.rendering.records import same_person_text
from hirelens_cli.rendering.safe import safe_text
from hirelens_cli.rendering.table import JobTable, Row, job_table

FILE_WIDTH = 100
"""Columns of a table that is written to a file."""
NARROW, BARRED, WIDE = 72, 100, 150
"""Below this many columns there is no room for the criteria; from here on there is room for a bar, and for the summary."""
LEGEND = (
    "Points per criterion add up to the score; /n is what the criterion can give for this job. "
    "Must: must-haves with any evidence, of those asked. "
    "Conf.: how far the reading of the file can be trusted. "
    "!: something a person should look at."
)


def drawn(draw: Callable[[Console], None], *, to_file: bool, width: int | None = None) -> bytes:
    """What `draw` draws, as bytes: plain at FILE_WIDTH for a file, else as stdout's terminal wants it."""
    target = console_for(io.StringIO() if to_file else sys.stdout, width or (FILE_WIDTH if to_file else None))
    with target.capture() as capture:
        draw(target)
    encoding = "utf-8" if to_file else sys.stdout.encoding or "utf-8"
    lines = (line.rstrip() for line in capture.get().split("\n"))
    return "\n".join(lines).encode(encoding, "backslashreplace")


def draw_shortlist(console: Console, shortlist: Shortlist) -> None:
    """Per job a table of candidates; then the legend and what was not screened."""
    for job in shortlist.jobs:
        _draw_job(console, job_table(job))
    if any(job.candidates for job in shortlist.jobs):
        console.print(Text(LEGEND, style="dim"))
        console.print()
    if shortlist.same_person:
        console.print(Text("Possibly the same person", style="bold"))
        for same in shortlist.same_person:
            console.print(Padding(Text(safe_text(same_person_text(same))), (0, 0, 0, 2)))
        console.print()
    draw_unscreened(console, shortlist.unscreened)


def _draw_job(console: Console, job: JobTable) -> None:
    console.print(Text.assemble((safe_text(job.title or job.job), "bold"), f" ({safe_text(job.job)}): {job.heading}"))
    if not job.rows:
        console.print(Text("No candidate was scored for this job."))
        console.print()
        return
    room = console.width
    wide = room >= WIDE
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False, expand=wide)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Score", justify="right", no_wrap=True)
    if room >= BARRED:
        table.add_column("", no_wrap=True, width=10)
    table.add_column("Candidate", min_width=16)
    for head in job.criteria if room >= NARROW else ():
        table.add_column(head.replace(" ", "\n"), justify="right", no_wrap=True)
    table.add_column("Must", justify="right", no_wrap=True)
    table.add_column("Conf.", no_wrap=True)
    if wide:
        table.add_column("Summary", overflow="fold", ratio=1)
    for row in job.rows:
        table.add_row(*_cells(row, room))
    console.print(table)
    if job.ties:
        console.print(Text(f"= {job.ties}"))
    if job.stages:
        console.print(Text(job.stages))
    console.print()


class _Lines:
    """Texts below one another, each folded where a name can be: after `/`, `-`, `_` or a blank, else anywhere. None is cut."""

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        self._lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for text, style in self._lines:
            for piece in folded(text, options.max_width):
                yield Text(piece, style=style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max((cell_len(text) for text, _ in self._lines), default=1)
        return Measurement(min(widest, 16), widest)


def folded(text: str, width: int) -> list[str]:
    """`text` in pieces of at most `width` columns, broken after `/`, `-`, `_` or a blank where that is possible."""
    pieces = [""]
    for word in re.findall(r"[^-/_ ]*[-/_ ]?", text):
        for part in chop_cells(word, width) if cell_len(word) > width else (word,):
            if pieces[-1] and cell_len(pieces[-1] + part.rstrip(" ")) > width:
                pieces.append("")
            pieces[-1] += part
    return [piece.rstrip(" ") for piece in pieces]


def _cells(row: Row, room: int) -> list[RenderableType]:
    who = [(safe_text(row.name), "bold")]
    who += [(safe_text(path), "") for path in row.paths]
    if row.flags:
        who.append(("! " + safe_text(row.flags), "bold yellow"))
    cells: list[RenderableType] = [Text(row.rank), Text(row.score, style="bold")]
    if room >= BARRED:
        cells.append(Text(bar(row.share, 10), style="blue"))
    cells.append(_Lines(who))
    if room >= NARROW:
        cells += [Text(points) for points in row.criteria]
    cells += [Text(row.must), Text(safe_text(row.confidence))]
    if room >= WIDE:
        cells.append(Text(safe_text(row.summary)))
    return cells


def bar(share: float, width: int) -> str:
    """A horizontal bar in eighths of a character; `share` from 0 to 1."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    return "█" * (eighths // 8) + ("▏▎▍▌▋▊▉"[eighths % 8 - 1] if eighths % 8 else "")


def draw_unscreened(console: Console, unscreened: Sequence[Unscreened]) -> None:
    """What could not be screened, why, and what to do about it; nothing where all was."""
    if not unscreened:
        return
    console.print(Text(f"Not screened: {len(unscreened)}", style="bold"))
    for item in unscreened:
        line = Text.assemble(safe_text(item.resume or item.candidate[:12]), "  ", (item.status.value, "bold"))
        console.print(Padding(line, (0, 0, 0, 2)))
        message = f"{item.message}; {item.hint}" if item.hint else item.message
        console.print(Padding(Text(safe_text(message)), (0, 0, 0, 6)))
    console.print()


def draw_rows(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Any table of texts; cells fold, none is cut. Columns without a name have no head."""
    table = Table(box=box.SIMPLE_HEAD, show_header=any(columns), padding=(0, 2, 0, 0), show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(Text(safe_text(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(safe_text(cell)) for cell in row))
    console.print(table)
