"""Several that watch one run: each is told everything."""

from __future__ import annotations

from hirelens_cli.ports import Fact, Progress, Queue


class Several:
    """A Progress that passes everything on."""

    def __init__(self, *watchers: Progress) -> None:
        self._watchers = watchers

    def start(self, stage: str, total: int, queue: Queue | None = None) -> None:
        """Passed on."""
        for watcher in self._watchers:
            watcher.start(stage, total, queue)

    def advance(self, units: int = 1, failed: int = 0, seconds: float = 0.0) -> None:
        """Passed on."""
        for watcher in self._watchers:
            watcher.advance(units, failed, seconds)

    def note(self, message: str, name: str = "") -> None:
        """Passed on."""
        for watcher in self._watchers:
            watcher.note(message, name)

    def tell(self, fact: Fact, value: int = 1, label: str = "") -> None:
        """Passed on."""
        for watcher in self._watchers:
            watcher.tell(fact, value, label)

    def close(self) -> None:
        """Passed on, last to first: the one that talks to people is the first, and may be told something by the others."""
        for watcher in reversed(self._watchers):
            watcher.close()
