"""Every way a run can end, and the code it ends with. Codes are public and tested; see docs/exit-codes.md."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The process's exit status."""

    DONE = 0
    BUG = 1
    USAGE = 2
    UNSCREENED = 3
    INPUT = 4
    OUTPUT = 5
    LOCKED = 6
    CORRUPT = 7
    GATE = 8
    MISSING_EXTRA = 9
    INCOMPLETE = 10
    INTERRUPTED = 130
    TERMINATED = 143


PRECEDENCE: tuple[ExitCode, ...] = (
    ExitCode.BUG,
    ExitCode.CORRUPT,
    ExitCode.LOCKED,
    ExitCode.OUTPUT,
    ExitCode.MISSING_EXTRA,
    ExitCode.USAGE,
    ExitCode.INPUT,
    ExitCode.INCOMPLETE,
    ExitCode.GATE,
    ExitCode.UNSCREENED,
)
"""Where several apply, the first of these is the exit status."""


def weightiest(*codes: ExitCode) -> ExitCode:
    """The code that stands for all of `codes`, by PRECEDENCE; DONE where there is none."""
    return next((code for code in PRECEDENCE if code in codes), ExitCode.DONE)


class HirelensError(Exception):
    """A run cannot go on. The message says what and why, the hint says what to do next."""

    exit_code = ExitCode.BUG

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(HirelensError):
    """An option or a configuration that cannot be meant."""

    exit_code = ExitCode.USAGE


class InputError(HirelensError):
    """The input is missing or none of it can be used."""

    exit_code = ExitCode.INPUT


class OutputError(HirelensError):
    """The output or the workspace cannot be written."""

    exit_code = ExitCode.OUTPUT


class LockedError(HirelensError):
    """Another run holds the workspace."""

    exit_code = ExitCode.LOCKED


class StoreError(HirelensError):
    """The store is corrupt, or from a newer version."""

    exit_code = ExitCode.CORRUPT


class GateError(HirelensError):
    """A gate that the user set has failed: audit, eval, verify."""

    exit_code = ExitCode.GATE


class MissingExtraError(HirelensError):
    """An extra or a model is not installed; the hint is the command that installs it."""

    exit_code = ExitCode.MISSING_EXTRA


class IncompleteError(HirelensError):
    """Some of the work is not done: shards are missing, or a cluster was lost. What was done is kept."""

    exit_code = ExitCode.INCOMPLETE
