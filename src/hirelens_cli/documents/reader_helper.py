"""The helper process behind `sandbox.Sandbox`, seen from its parent: started, given documents, asked what became of them."""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from hirelens_cli.config import Limits
from hirelens_cli.documents.answers import accepted
from hirelens_cli.documents.reader_process import (
    END,
    ENDING,
    HELPER_NEEDED,
    HELPERS,
    LENGTH,
    MEMORY_MESSAGE,
    NOT_STARTED,
    OUT_OF_MEMORY,
    READ,
    READY,
    RETIRED,
    RUNNING,
    STATE,
    UNCONFINED,
    Request,
    max_answer,
)
from hirelens_cli.errors import ExitCode, HirelensError
from hirelens_cli.model.codec import encode
from hirelens_cli.model.issues import Outcome, Status

_STARTER = "import sys; sys.path[:] = {path!r}; from hirelens_cli.documents.reader_process import serve; serve({descriptor}, {parent}, {reader!r}, {folder!r})"
_START_SECONDS = 60
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR")
"""All that the helper is told of the environment: where converters are, what some interpreters need, and no secrets."""
_HINT = (
    "raise limits.memory_mb, or allow more processes and memory (ulimit -u, -v; the container's); see `hirelens doctor`"
)


class SandboxError(HirelensError):
    """The sandbox itself does not work: no document is to blame, the limits or the system are."""

    exit_code = ExitCode.USAGE

    def __init__(self, message: str) -> None:
        super().__init__(message, _HINT)


@dataclass(frozen=True, slots=True)
class Usage:
    """What the readers of one sandbox took so far."""

    readers: int = 0
    peak_bytes: int = 0
    """Of the largest reader."""
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of one reader: its answers in order, and why it gave no more."""

    answers: tuple[Outcome[Any], ...]
    """Of documents, or of a drawing where pages were asked for."""
    blame: tuple[Status, str] | None = None
    """For the first document without an answer; None where it was not its fault."""
    needs: bytes = b""
    """Which helper (reader_process.HELPERS) the first document without an answer wants; empty for none."""
    lost: bool = False
    """The helper process is gone."""


class Helper:
    """The helper process, seen from its parent; the other side is reader_process.serve."""

    def __init__(self, reader: str) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            path = [str(Path(entry).resolve()) for entry in sys.path if entry]
            self._folder = _private_folder()
            starter = _STARTER.format(
                path=path, descriptor=theirs.fileno(), parent=os.getpid(), reader=reader, folder=self._folder
            )
            self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and our own words)
                [sys.executable, "-I", "-X", "utf8", "-c", starter],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                cwd="/",
                start_new_session=True,  # a ctrl-C at the terminal is for the parent to act on
            )
        self._socket = ours
        self._is_ready = False

    def _wait(self) -> None:
        """Until the process can read; raises SandboxError where it does not start. It starts while others work."""
        self._socket.settimeout(_START_SECONDS)
        try:
            hello = self._socket.recv(1000)
        except OSError as error:
            hello = type(error).__name__.encode()
        if hello != READY:
            self.close()
            reason = hello.decode(errors="replace") or "it ended at once"
            raise SandboxError(f"the process that reads documents does not start: {reason}")
        self._is_ready = True

    def close(self) -> None:
        """End the process; its reader goes with it."""
        self._socket.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)  # where it was killed before it could

    def read(self, command: bytes, request: Request, data: Sequence[bytes]) -> tuple[Ending, Usage]:
        """Have one reader answer for the documents of a request, as far as it comes.

        Raises SandboxError where the process does not start.
        """
        if not self._is_ready:
            self._wait()
        answers, theirs = os.pipe()
        try:
            with _anonymous_file(request, data) as chunk:
                socket.send_fds(self._socket, [command], [chunk.fileno(), theirs])
        except OSError:
            os.close(answers)
            return Ending((), lost=True), Usage()
        finally:
            os.close(theirs)
        try:
            outcomes, blame = self._collect(answers, request)
            status, peak, microseconds = ENDING.unpack(self._ask(END, ENDING.size))
        except (OSError, EOFError):
            return Ending((), lost=True), Usage()
        finally:
            os.close(answers)
        needs = _needed(status) if command == READ and blame is None else b""
        if blame is None and len(outcomes) < len(request.items) and not needs:
            blame = _blame(status, peak, bool(outcomes), request.limits)
        return Ending(tuple(outcomes), blame, needs), Usage(1, peak, microseconds / 1e6)

    def _ask(self, command: bytes, length: int) -> bytes:
        self._socket.sendall(command)
        reply = b""
        while len(reply) < length:
            more = self._socket.recv(length - len(reply))
            if not more:
                raise EOFError
            reply += more
        return reply

    def _collect(self, answers: int, request: Request) -> tuple[list[Outcome[Any]], tuple[Status, str] | None]:
        """The answers in order, and what the first document without one is blamed for, as far as the pipe tells."""
        limits = request.limits
        poll = select.poll()
        poll.register(answers, select.POLLIN)
        outcomes: list[Outcome[Any]] = []
        buffer = bytearray()
        deadline = time.monotonic() + limits.wall_seconds
        while len(outcomes) < len(request.items):
            if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
                # A reader that waits for a processor is not late: its CPU time is what is limited.
                if self._ask(STATE, 1) != RUNNING:
                    return outcomes, (Status.TIMEOUT, f"no answer within limits.wall_seconds ({limits.wall_seconds})")
                deadline = time.monotonic() + limits.wall_seconds
                continue
            more = os.read(answers, 1 << 20)
            if not more:
                break
            buffer += more
            while len(buffer) >= LENGTH.size and len(outcomes) < len(request.items):
                (length,) = LENGTH.unpack_from(buffer)
                if length > max_answer(limits):
                    return outcomes, (Status.TOO_LARGE, f"the reader's answer takes {length:,} bytes")
                if len(buffer) < LENGTH.size + length:
                    break
                outcome = accepted(bytes(buffer[LENGTH.size : LENGTH.size + length]), request.items[len(outcomes)])
                if outcome is None:
                    return outcomes, (Status.CRASHED, "the reader's answer makes no sense")
                outcomes.append(outcome)
                del buffer[: LENGTH.size + length]
                deadline = time.monotonic() + limits.wall_seconds
        return outcomes, None


def _needed(status: int) -> bytes:
    """The helper that a reader asked for when it ended; empty for none."""
    code = 0 if status == NOT_STARTED else os.waitstatus_to_exitcode(status)
    helper = bytes([code - HELPER_NEEDED]) if HELPER_NEEDED < code < 256 else b""
    return helper if helper in HELPERS else b""


def _private_folder() -> str:
    """For converters; none where there is no place for it, and then no converter."""
    try:
        return tempfile.mkdtemp(prefix="hirelens-")
    except OSError:
        return ""


def _anonymous_file(request: Request, data: Sequence[bytes]) -> IO[bytes]:
    """The chunk in a file without a name, in memory where the system has such files."""
    file: IO[bytes]
    if sys.platform == "linux":
        file = os.fdopen(os.memfd_create("chunk"), "wb")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115  (the caller closes it)
    head = encode(request)
    for piece in (LENGTH.pack(len(head)), head, *data):
        file.write(piece)
    file.flush()
    return file


def _blame(status: int, peak: int, answered: bool, limits: Limits) -> tuple[Status, str] | None:
    """Why a reader stopped before the end of its chunk; None where the next document is not to blame."""
    if status == NOT_STARTED:
        return None
    code = os.waitstatus_to_exitcode(status)
    if code == UNCONFINED:
        raise SandboxError("a reader could not be confined, so nothing was read")
    if _needed(status):
        return Status.UNSUPPORTED, "what would have to read it cannot be used here; `hirelens doctor` says more"
    if code == RETIRED and answered:
        return None
    if -code in (signal.SIGPROF, signal.SIGXCPU):
        ocr = f", with OCR limits.ocr_cpu_seconds ({limits.ocr_cpu_seconds})" if limits.ocr_pages else ""
        return Status.TIMEOUT, f"reading it takes more than limits.cpu_seconds ({limits.cpu_seconds}){ocr} of CPU time"
    # Libraries that cannot go on without memory abort; the system kills when it has none left.
    if code in (OUT_OF_MEMORY, -signal.SIGKILL) or (code < 0 and 2 * peak > limits.memory_mb * 1024 * 1024):
        return Status.MEMORY, MEMORY_MESSAGE
    if code < 0:
        return Status.CRASHED, f"the reader crashed ({signal.Signals(-code).name})"
    return Status.CRASHED, f"the reader ended by itself ({code})"
