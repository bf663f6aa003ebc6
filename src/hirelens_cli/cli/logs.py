"""What happens as JSON lines on stderr: our own words, numbers, kinds and ids. No name, path or text of anybody."""

from __future__ import annotations

import time

from hirelens_cli.cli.console import log
from hirelens_cli.ports import Fact, NoProgress, Queue


class JsonLog(NoProgress):
    """A line when a stage begins and ends, for each note, and at the end with all that was told."""

    def __init__(self, command: str, *, quiet: bool) -> None:
        self._quiet = quiet
        self._command = command
        self._began = self._stage_began = time.monotonic()
        self._stage = ""
        self._done = self._failed = self._tasks = 0
        self._facts: dict[str, object] = {}

    def start(self, stage: str, total: int, queue: Queue | None = None) -> None:
        """The stage before is over."""
        self._end_stage()
        self._stage, self._stage_began = stage, time.monotonic()
        self._done = self._failed = self._tasks = 0
        self._log("stage started", stage=stage, planned=total, queue=queue.value if queue else None)

    def advance(self, units: int = 1, failed: int = 0, seconds: float = 0.0) -> None:  # noqa: ARG002
        """Counted."""
        self._done += units
        self._failed += failed
        self._tasks += 1

    def note(self, message: str, name: str = "") -> None:  # noqa: ARG002
        """Our words; {} stays where somebody else's stand."""
        self._log("note", message=message)

    def tell(self, fact: Fact, value: int = 1, label: str = "") -> None:
        """Kept for the last line."""
        if fact is Fact.RUN:
            self._facts[fact.value] = label
        elif fact is Fact.DONE:
            self._end_stage()
        else:
            self._facts[f"{fact.value}_{label}" if label else fact.value] = value

    def close(self) -> None:
        """The last line."""
        self._end_stage()
        seconds = round(time.monotonic() - self._began, 3)
        self._log("ended", command=self._command, seconds=seconds, **self._facts)

    def _end_stage(self) -> None:
        if self._stage:
            seconds = round(time.monotonic() - self._stage_began, 3)
            counts = {"done": self._done, "failed": self._failed, "tasks": self._tasks}
            self._log("stage ended", stage=self._stage, seconds=seconds, **counts)
            self._stage = ""

    def _log(self, event: str, **facts: object) -> None:
        if not self._quiet:
            log(event, "info", **facts)
