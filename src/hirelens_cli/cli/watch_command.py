"""`hirelens watch`: screens what arrives in a folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.cli.telemetry import UNWATCHED, Watch
from hirelens_cli.errors import ExitCode, InputError, LockedError

if TYPE_CHECKING:
    from hirelens_cli.documents.arrivals import Seen, State
    from hirelens_cli.model.comparisons import Placed
    from hirelens_cli.model.shortlists import Unscreened

EXAMPLES = """\b
Examples:
  hirelens watch inbox/ --job job.pdf
  hirelens watch inbox/ --job jobs/ --interval 60 --format jsonl >> arrivals.jsonl
  hirelens watch inbox/ --job job.pdf --once
"""


class NewsFormat(StrEnum):
    """How news are written, a line each."""

    TEXT = "text"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class News:
    """One candidate for one job, or a document that was not screened, told once."""

    resume: str
    candidate: str
    job: str = ""
    rank: int = 0
    of: int = 0
    score: float = 0.0
    flags: tuple[str, ...] = ()
    status: str = "scored"
    reason: str = ""

    def line(self) -> str:
        """For people to read."""
        who = self.resume or self.candidate
        if self.rank:
            flags = f"  ! {', '.join(self.flags)}" if self.flags else ""
            return f"{self.rank:>4} of {self.of}  {self.score:6.2f}  {who}  {self.job}{flags}"
        return f"not screened  {who}  {self.status}: {self.reason}"


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where resumes arrive.")],
    job: options.Jobs,
    interval: Annotated[
        float, typer.Option("--interval", metavar="SECONDS", min=0.1, help="Time between two looks at the folder.")
    ] = 5.0,
    once: Annotated[bool, typer.Option("--once", help="End when all that is there is screened.")] = False,
    format: Annotated[NewsFormat, typer.Option("--format", "-f", help="How news are written.")] = NewsFormat.TEXT,  # noqa: A002
    ocr: options.Ocr = None,
    blind: options.Blind = None,
    workers: options.Workers = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
    watch: Watch = UNWATCHED,
) -> int:
    """Screen resumes as they arrive: one line per new one, with its place, or the reason why it was not screened.

    A file counts when it has not changed between two looks. Stops at Ctrl-C or SIGTERM; the same command continues.
    """
    from hirelens_cli import app, history
    from hirelens_cli.cli.console import say
    from hirelens_cli.cli.progress import watching
    from hirelens_cli.documents.arrivals import Arrivals

    settings = options.configure(config, ocr=ocr, blind=blind, workers=workers, workspace=workspace, **watch.flags)
    # A person is told the news, and of the work only where that is asked for.
    plain = settings.telemetry.log_format == "text"
    told = replace(watch, quiet=True) if plain and not watch.verbose else watch

    def screen(resumes: Sequence[str]) -> Looked:
        progress = watching(settings.telemetry, told)
        try:
            shortlist = app.rank(resumes, job, settings, progress=progress)
        finally:
            progress.close()
        # Nobody is explained but the shortlist: what is told of a newcomer is in the run's tables.
        return Looked(history.placed(shortlist.run, settings), shortlist.unscreened)

    watched = _Watch(folder, Arrivals(folder).look, screen)
    if plain and not watch.quiet:
        say(f"watching {folder}; Ctrl-C stops")
    try:
        for looked in watched.passes(interval, once=once):
            _write(watched.news(looked), format)
    except KeyboardInterrupt as stop:
        stop.add_note(f"What was screened is kept in {settings.workspace}; the same command continues.")
        raise
    return ExitCode.UNSCREENED if watched.unscreened else ExitCode.DONE


@dataclass(frozen=True, slots=True)
class Looked:
    """What one screening found: everyone's places, and what was not screened."""

    placed: Sequence[Placed]
    unscreened: Sequence[Unscreened]


@dataclass
class _Watch:
    """What was seen and told so far."""

    folder: Path
    look: Callable[[], Seen]
    screen: Callable[[Sequence[str]], Looked]
    told: set[tuple[str, str]] = field(default_factory=set)
    unscreened: int = 0

    def passes(self, interval: float, *, once: bool, wait: Callable[[float], None] = time.sleep) -> Iterator[Looked]:
        """What was found whenever files have come, changed or gone, once they have settled; one alone with `once`."""
        done: State | None = None
        self.look()
        while True:
            wait(interval)
            seen = self.look()
            if seen.settled and seen.settled != done and not (once and seen.moving):
                looked = self._screened(seen, first=done is None)
                if looked is not None:
                    done = seen.settled
                    yield looked
            if once and not seen.moving:
                return

    def _screened(self, seen: Seen, *, first: bool) -> Looked | None:
        """None where it has to be tried again: a file went away meanwhile, or another run holds the workspace."""
        from hirelens_cli.cli.console import say

        try:
            return self.screen(sorted(seen.settled) if seen.moving else [str(self.folder)])
        except (InputError, LockedError) as error:
            if first and isinstance(error, InputError):
                raise
            say(f"{error.message}; trying again", label="waiting:")
            return None

    def news(self, looked: Looked) -> Iterator[News]:
        """Each candidate of each job, and each document that was not screened, that was not told before."""
        for one in looked.placed:
            if self._is_new(one.job_id, one.candidate):
                yield News(one.resume, one.candidate, one.job, one.rank, one.of, one.score / 100, one.flags)
        self.unscreened = len(looked.unscreened)
        for item in looked.unscreened:
            if self._is_new(item.status.value, item.candidate or item.resume):
                reason = "; ".join(filter(None, (item.message, item.hint)))
                yield News(item.resume, item.candidate, status=item.status.value, reason=reason)

    def _is_new(self, where: str, what: str) -> bool:
        known = (where, what) in self.told
        self.told.add((where, what))
        return not known


def _write(news: Iterator[News], form: NewsFormat) -> None:
    import json

    from hirelens_cli.cli.output import write_result
    from hirelens_cli.rendering.safe import safe_text

    for item in news:
        line = json.dumps(asdict(item)) if form is NewsFormat.JSONL else safe_text(item.line())
        write_result(f"{line}\n".encode(errors="backslashreplace"), None)
