"""The one place where errors become words on stderr and an exit status."""

from __future__ import annotations

import errno
import os
import platform
import re
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from types import FrameType

import typer

from hirelens_cli import __version__
from hirelens_cli.cli.console import is_mute, log, say
from hirelens_cli.errors import ExitCode, HirelensError

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


class Terminated(KeyboardInterrupt):
    """SIGTERM came: the work stops as for Ctrl-C, with its own exit status."""


def stop_on_sigterm() -> None:
    """Turn SIGTERM into Terminated, so that what is kept is kept and children are ended."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, stop)


def explain(error: BaseException) -> ExitCode | int:
    """Say on stderr what went wrong and what to do; the exit status. A closed pipe is no error.

    Where stderr carries JSON it is the kind alone: messages name files, and files are named after people.
    """
    code = _explained(error)
    if is_mute() and code != ExitCode.DONE:
        log("failed", "error", kind=type(error).__name__, exit_code=int(code))
    return code


def _explained(error: BaseException) -> ExitCode | int:
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else ExitCode.DONE
    if isinstance(error, BrokenPipeError):
        return ExitCode.DONE
    if isinstance(error, KeyboardInterrupt):
        return _stopped(error)
    if isinstance(error, HirelensError):
        return _failed(error.message, error.hint, error.exit_code)
    if isinstance(error, typer.TyperException):
        return _usage(error)
    if isinstance(error, OSError) and error.errno in _NO_SPACE:
        return _failed(
            f"cannot write: {error.strerror}", "free some space, then run the same command again", ExitCode.OUTPUT
        )
    return _bug(error)


def _failed(message: str, hint: str, code: ExitCode) -> ExitCode:
    say(message, label="error:", style="bold red")
    if hint:
        say(hint, label="  hint:", style="bold")
    return code


def _usage(error: typer.TyperException) -> ExitCode | int:
    """What typer found wrong with the command line; a group without a command shows its help."""
    message = error.format_message()
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(message + "\n")
        return ExitCode.USAGE
    message, suggestion = _suggestion(message.replace("Value error, ", ""))
    hint = f"`{context.command_path} --help` shows what it takes" if context is not None else "`hirelens --help`"
    return _failed(message[:1].lower() + message[1:], suggestion or hint, ExitCode.USAGE)


_CHOICE = re.compile(r"'([^']{1,40})' is not one of ('.*)")
"""What typer says of a value that is none of those it knows."""


def _suggestion(message: str) -> tuple[str, str]:
    """Typer's message, and apart from it what typer thinks was meant."""
    for opening, closing in (("Did you mean ", "?"), ("(Possible options: ", ")")):
        head, found, tail = message.partition(opening)
        if found:
            return head.rstrip(" ."), f"did you mean {tail.removesuffix(closing)}?".replace("'", "")
    if choice := _CHOICE.search(message):
        import difflib

        near = difflib.get_close_matches(choice[1], re.findall(r"'([^']+)'", choice[2]), 1, 0.6)
        return message.removesuffix("."), f"did you mean {near[0]}?" if near else ""
    return message.removesuffix("."), ""


def _stopped(stop: KeyboardInterrupt) -> ExitCode:
    terminated = isinstance(stop, Terminated)
    say("terminated" if terminated else "interrupted", label="stopped:", style="bold yellow")
    for note in getattr(stop, "__notes__", ()):
        say(note)
    return ExitCode.TERMINATED if terminated else ExitCode.INTERRUPTED


def _bug(error: BaseException) -> ExitCode:
    """A bug: the traceback goes to a file. Messages of exceptions may quote a document, so only their types are kept."""
    if os.environ.get("HIRELENS_DEBUG"):  # for whoever works on hirelens: everything, and nothing kept
        traceback.print_exception(error)
        return ExitCode.BUG
    try:
        where = str(_keep(error))
    except OSError:
        where = ""
    say(f"this is a bug in hirelens ({type(error).__name__})", label="error:", style="bold red")
    if where:
        say(
            f"the traceback is in {where}; it holds no text of any document, please attach it to a report",
            label="  hint:",
        )
    return ExitCode.BUG


def _keep(error: BaseException) -> Path:
    lines = [
        f"hirelens {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}\n",
        f"command: {_command()}\n\n",
    ]
    seen: BaseException | None = error
    while seen is not None:
        lines += [
            f"{type(seen).__module__}.{type(seen).__qualname__}\n",
            *traceback.format_tb(seen.__traceback__),
            "\n",
        ]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix=f"hirelens-bug-{time.strftime('%Y%m%d-%H%M%S')}-", suffix=".txt", delete=False
    ) as file:
        file.writelines(lines)
        return Path(file.name)


def _command() -> str:
    """The command and the names of its options; arguments may name people and are left out."""
    words = sys.argv[1:2] + [word.partition("=")[0] for word in sys.argv[2:] if word.startswith("-")]
    return " ".join(words)
