"""The two ends of the terminal: results on stdout, talk on stderr. Text of others goes through safe_text, never markup."""

from __future__ import annotations

import datetime
import json
import os
import sys
from typing import IO, TYPE_CHECKING

from hirelens_cli.rendering.safe import safe_text

if TYPE_CHECKING:
    from rich.console import Console

    from hirelens_cli.config import RunConfig

PLAIN_WIDTH = 80
"""Columns of a table that does not go to a terminal."""


def is_terminal(stream: IO[str]) -> bool:
    """Whether a person watches the stream and it can move its cursor."""
    try:
        return stream.isatty() and os.environ.get("TERM", "") not in {"dumb", "unknown"}
    except ValueError:  # the stream is closed
        return False


def colours(stream: IO[str]) -> bool:
    """Whether colour and weight may be used on the stream: a terminal, and no NO_COLOR (no-color.org)."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def console_for(stream: IO[str], width: int | None = None) -> Console:
    """A rich console that never reads markup, emoji codes or highlights out of text."""
    from rich.console import Console

    if width is None and not is_terminal(stream):
        width = _columns() or PLAIN_WIDTH
    return Console(
        file=stream,
        width=width,
        color_system="auto" if colours(stream) else None,
        force_terminal=is_terminal(stream),
        markup=False,
        emoji=False,
        highlight=False,
    )


def _columns() -> int | None:
    """Width that the user gave in COLUMNS."""
    text = os.environ.get("COLUMNS", "")
    return int(text) if text.isascii() and text.isdigit() and 20 <= int(text) <= 10_000 else None


_mute = False


def mute(*, on: bool) -> None:
    """Whether `say` is silent: where stderr carries JSON alone."""
    global _mute
    _mute = on


def is_mute() -> bool:
    """Whether `say` is silent."""
    return _mute


def log(event: str, level: str, **facts: object) -> None:
    """One line; `facts` are ours, never somebody's text."""
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    sys.stderr.write(json.dumps({"time": at, "level": level, "event": event, **facts}, ensure_ascii=False) + "\n")
    sys.stderr.flush()


def say(message: str, *, label: str = "", style: str = "") -> None:
    """One message on stderr; the label alone may be styled, the message is shown as plain safe text."""
    if _mute:
        return
    text = safe_text(message)
    stream = sys.stderr
    if label and style and colours(stream):
        from rich.text import Text

        console_for(stream).print(Text.assemble((label, style), " ", text), soft_wrap=True)
        return
    stream.write(f"{label} {text}\n" if label else f"{text}\n")
    stream.flush()


def say_damaged(settings: RunConfig) -> None:
    """A note for each run that is left out because its record cannot be read."""
    from hirelens_cli import history

    for run in history.damaged(settings):
        say(f"run {run} is damaged and left out", label="note:", style="bold yellow")


def prepare_streams() -> None:
    """Let stdout and stderr show what their encoding lacks as escapes instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
