"""How far the work is, on stderr: a bar on a terminal, a line per stage with --verbose elsewhere."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from hirelens_cli.cli.console import console_for, is_terminal, mute, say
from hirelens_cli.ports import NoProgress, Queue
from hirelens_cli.rendering.safe import safe_text

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import Task
    from rich.text import Text

    from hirelens_cli.cli.telemetry import Watch
    from hirelens_cli.config import Telemetry
    from hirelens_cli.ports import Progress


def progress_for(*, quiet: bool, verbose: bool) -> Progress:
    """The Progress that suits stderr and what the user asked for."""
    if quiet:
        return LineProgress(notes=False, stages=False)
    if is_terminal(sys.stderr):
        return BarProgress(stages=verbose)
    return LineProgress(notes=True, stages=verbose)


def watching(telemetry: Telemetry, watch: Watch) -> Progress:
    """All that shall know of the work: a person or a log, and where wanted a metrics file and a collector of traces.

    Raises OutputError where the metrics file cannot be written, MissingExtraError where OpenTelemetry is not installed.
    """
    if telemetry.log_format == "json":
        from hirelens_cli.cli.logs import JsonLog

        mute(on=True)
        first: Progress = JsonLog(watch.command, quiet=watch.quiet)
    else:
        first = progress_for(quiet=watch.quiet, verbose=watch.verbose)
    if not (telemetry.metrics_file or telemetry.otlp):
        return first
    from hirelens_cli.backends.telemetry.several import Several

    others: list[Progress] = []
    if telemetry.metrics_file:
        from hirelens_cli.backends.telemetry.metrics import MetricsFile

        others.append(MetricsFile(Path(telemetry.metrics_file)))
    if telemetry.otlp:
        from hirelens_cli.backends.telemetry.traces import Traces

        others.append(Traces(telemetry.otlp, watch.command, first))
    return Several(first, *others)


class LineProgress(NoProgress):
    """Lines of text, for logs and pipes."""

    def __init__(self, *, notes: bool, stages: bool) -> None:
        self._notes = notes
        self._stages = stages
        self._stage = ""
        self._total = self._done = self._failed = 0
        self._began = 0.0

    def start(self, stage: str, total: int, queue: Queue | None = None) -> None:  # noqa: ARG002
        """The stage before is over and is reported."""
        self._report()
        self._stage, self._total, self._done, self._failed = stage, total, 0, 0
        self._began = time.monotonic()

    def advance(self, units: int = 1, failed: int = 0, seconds: float = 0.0) -> None:  # noqa: ARG002
        """Counted, and reported at the end of the stage."""
        self._done += units
        self._failed += failed

    def note(self, message: str, name: str = "") -> None:
        """Printed, unless quiet."""
        if self._notes:
            say(worded(message, name))

    def close(self) -> None:
        """The last stage is over and is reported."""
        self._report()
        self._stage = ""

    def _report(self) -> None:
        if self._stages and self._stage:
            seconds = time.monotonic() - self._began
            say(stage_line(self._stage, self._done, self._total, self._failed, seconds))


def worded(message: str, name: str) -> str:
    """The message of a note with the name that it is about."""
    return message.replace("{}", name) if name else message


def stage_line(stage: str, done: int, total: int, failed: int, seconds: float) -> str:
    """`read: 240 of 240, 3 failed, 12.1 s, 19.8/s`."""
    parts = [f"{stage}: {done} of {total}"]
    if failed:
        parts.append(f"{failed} failed")
    parts.append(f"{seconds:.1f} s")
    if done and seconds > 0.05:
        parts.append(f"{done / seconds:.1f}/s")
    return ", ".join(parts)


class BarProgress(NoProgress):
    """One bar with counts, rate and time left; gone when the work is done."""

    def __init__(self, *, stages: bool) -> None:
        self._lines = LineProgress(notes=False, stages=stages)
        self._console = console_for(sys.stderr)
        self._bar: Bar | None = None
        self._failed = 0

    def start(self, stage: str, total: int, queue: Queue | None = None) -> None:  # noqa: ARG002
        """A fresh bar."""
        self._stop()
        self._lines.start(stage, total)
        self._failed = 0
        self._bar = _bar(self._console)
        self._bar.add_task(stage, total=total, failed="")
        self._bar.start()

    def advance(self, units: int = 1, failed: int = 0, seconds: float = 0.0) -> None:  # noqa: ARG002
        """The bar moves; failures are counted beside it."""
        self._lines.advance(units, failed)
        self._failed += failed
        if self._bar is not None:
            label = f"{self._failed} failed" if self._failed else ""
            self._bar.update(self._bar.task_ids[0], advance=units, failed=label)

    def note(self, message: str, name: str = "") -> None:
        """Printed above the bar."""
        from rich.text import Text

        self._console.print(Text(safe_text(worded(message, name))), soft_wrap=True)

    def close(self) -> None:
        """The bar goes away."""
        self._stop()
        self._lines.close()

    def _stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _bar(console: object) -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Units per second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.1f}/s" if speed else "")

    assert isinstance(console, Console)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}", markup=False),
        console=console,
        transient=True,
    )
