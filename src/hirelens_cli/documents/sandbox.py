"""Where readers run, and may crash, hang or eat memory at nobody's cost but their document's.

All that the engine needs:

    with Sandbox(limits, forensics, accept_any) as sandbox:        # one per worker process, kept across chunks
        for doc_id, outcome in sandbox.read_many([(doc_id, name, data), ...]):
            ...                                                     # exactly one outcome per item, in order
        sandbox.draw(doc_id, data, pages)                           # pages of a PDF as pictures, made in a reader as well
    sandbox.usage                                                   # readers started, peak memory, CPU seconds
    protections()                                                   # what this system protects with, for `doctor`

A helper process is started with the first documents. It forks a reader for each chunk; the reader is confined (see
confine.py) and answers per document. Whatever a document does to its reader becomes that document's status, and the
documents after it go to a new reader. A failure counts only when a second read, alone, fails too. A reader that has grown
hands the rest of its chunk to a new one, so that no outcome depends on the neighbours.

A reader starts no program. A document that wants more than a reader has (reader_process.HELPERS) goes, with the message it
is attached to, to a reader of its own that has that helper: a document of Word before 2007 that our own reader cannot follow
to one that may start the one installed converter (see converters.py). A helper reads its own data and the system's libraries,
writes to a private folder, and has no network.

What is left to trust: the documents of one chunk share a reader, so that one which took control of it could read those
before it in the chunk, and forge the answers for those after it; never those of another chunk. Chunks of one
(`chunk = 1`) exclude that. A reader costs about 9 ms of CPU time: on PDFs chunks of 16 take 5 to 12% more than reading without a
sandbox, of 4 20 to 35%, of 1 80%.

Where there is no fork (Windows) documents are read in this process, without protection; `protections` says so.
"""

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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from hirelens_cli.config import Limits
from hirelens_cli.documents import confine
from hirelens_cli.documents.answers import accepted
from hirelens_cli.documents.confine import Layer
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
    Item,
    Request,
    max_answer,
)
from hirelens_cli.errors import ExitCode, HirelensError
from hirelens_cli.model.codec import encode
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Outcome, Status, failed
from hirelens_cli.model.pictures import Drawing

Entry = tuple[str, str, bytes]
"""doc_id, name, bytes; readers are not told the name."""

_STARTER = "import sys; sys.path[:] = {path!r}; from hirelens_cli.documents.reader_process import serve; serve({descriptor}, {parent}, {reader!r}, {folder!r})"
_START_SECONDS = 60
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR")
"""All that the helper is told of the environment: where converters are, what some interpreters need, and no secrets."""
_CHUNK_BYTES = 64_000_000
"""Bytes of documents handed to one reader, unless a single one is larger."""
_DEPENDS_ON_NEIGHBOURS = frozenset({Status.MEMORY, Status.MALFORMED, Status.EMPTY, Status.CRASHED, Status.TIMEOUT})
"""What a reader says of a document that may be due to what it read before."""


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
class _Ending:
    """What became of one reader: its answers in order, and why it gave no more."""

    answers: tuple[Outcome[Any], ...]
    """Of documents, or of a drawing where pages were asked for."""
    blame: tuple[Status, str] | None = None
    """For the first document without an answer; None where it was not its fault."""
    needs: bytes = b""
    """Which helper (reader_process.HELPERS) the first document without an answer wants; empty for none."""
    lost: bool = False
    """The helper process is gone."""


def protections() -> tuple[tuple[str, bool, str], ...]:
    """(name, active, detail) of every protection around readers on this system."""
    own = Layer("process", _can_fork(), "documents are read in a process of their own, a crash costs one document")
    if not own.active:
        own = replace(own, detail="no fork here: documents are read in the main process, without protection")
        return ((own.name, own.active, own.detail),)
    return tuple((layer.name, layer.active, layer.detail) for layer in (own, *confine.layers()))


class Sandbox:
    """Reads documents in confined processes; see the top of this module. For one thread at a time."""

    def __init__(
        self,
        limits: Limits,
        forensics: str = "auto",
        accept_any: bool = False,
        *,
        reader: str = "hirelens_cli.documents.read:read_bytes",
    ) -> None:
        self._limits = limits
        self._forensics = forensics
        self._accept_any = accept_any
        self._reader = reader
        self._helper: _Helper | None = None
        self.usage = Usage()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the helper process and any reader; the sandbox can be used again."""
        if self._helper is not None:
            self._helper.close()
            self._helper = None

    def read_many(self, items: Sequence[Entry]) -> Iterator[tuple[str, Outcome[Document]]]:
        """(doc_id, outcome) for each item, in order. Raises SandboxError where no reader can be started."""
        if not _can_fork():
            yield from self._read_here(items)
            return
        position = 0
        while position < len(items):
            chunk = _chunk(items, position)
            ending = self._attempt(chunk)
            done = len(ending.answers)
            for number, outcome in enumerate(ending.answers):
                believed = number == 0 or outcome.status not in _DEPENDS_ON_NEIGHBOURS
                yield chunk[number][0], outcome if believed else self._alone(chunk[number])
            if ending.needs:
                yield chunk[done][0], self._helped(chunk[done], ending.needs)
            elif ending.blame is not None:
                yield chunk[done][0], self._alone(chunk[done])
            position += done + bool(ending.needs or ending.blame)

    def draw(self, doc_id: str, data: bytes, pages: Sequence[int]) -> Outcome[Drawing]:
        """Pages (from 1) of a PDF as pictures, in order. Raises SandboxError where no reader can be started."""
        item = (doc_id, "", data)
        if _can_fork():
            return _outcome(self._attempt((item,), pages=tuple(pages)), item)
        from hirelens_cli.documents.pictures import draw_pages

        return draw_pages(data, doc_id, pages, self._limits)

    def _alone(self, item: Entry) -> Outcome[Document]:
        """The outcome of reading one document in a reader of its own, which is the one that counts."""
        ending = self._attempt((item,))
        return self._helped(item, ending.needs) if ending.needs else _outcome(ending, item)

    def _helped(self, item: Entry, helper: bytes) -> Outcome[Document]:
        """The outcome of reading one document in a reader that has a helper, twice where that ends badly."""
        ending = self._attempt((item,), helper)
        return _outcome(ending if ending.answers else self._attempt((item,), helper), item)

    def _attempt(self, chunk: Sequence[Entry], command: bytes = READ, pages: tuple[int, ...] = ()) -> _Ending:
        """Have one reader read the chunk; when the helper is lost, a new one gets the same chunk."""
        for _ in range(3):
            if self._helper is None:
                self._helper = _Helper(self._reader)
            items = tuple(Item(doc_id, len(data), pages) for doc_id, _, data in chunk)
            request = Request(self._limits, self._forensics, self._accept_any, items)
            try:
                ending, usage = self._helper.read(command, request, [data for _, _, data in chunk])
            except BaseException:  # an interrupt above all: the helper is in the middle of something
                self.close()
                raise
            self.usage = Usage(
                self.usage.readers + usage.readers,
                max(self.usage.peak_bytes, usage.peak_bytes),
                self.usage.cpu_seconds + usage.cpu_seconds,
            )
            if ending.lost:
                self.close()
            elif ending.answers or ending.blame or ending.needs:
                return ending
        raise SandboxError("the processes that read documents cannot be kept running")

    def _read_here(self, items: Sequence[Entry]) -> Iterator[tuple[str, Outcome[Document]]]:
        from hirelens_cli.documents.read import read_bytes

        for doc_id, _, data in items:
            yield doc_id, read_bytes(data, doc_id, self._limits, self._forensics, self._accept_any)


def _can_fork() -> bool:
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


def _outcome(ending: _Ending, item: Entry) -> Outcome[Any]:
    """Of a document that was read alone."""
    if ending.answers:
        return ending.answers[0]
    status, message = ending.blame or (Status.CRASHED, "the reader ended without an answer")
    return failed(status, item[0], message)


def _chunk(items: Sequence[Entry], position: int) -> Sequence[Entry]:
    """The items from `position` on that go to one reader: at least one."""
    end, size = position, 0
    while end < len(items) and (end == position or size + len(items[end][2]) <= _CHUNK_BYTES):
        size += len(items[end][2])
        end += 1
    return items[position:end]


class _Helper:
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
        ours.settimeout(_START_SECONDS)
        try:
            hello = ours.recv(1000)
        except OSError as error:
            hello = type(error).__name__.encode()
        if hello != READY:
            self.close()
            reason = hello.decode(errors="replace") or "it ended at once"
            raise SandboxError(f"the process that reads documents does not start: {reason}")

    def close(self) -> None:
        """End the process; its reader goes with it."""
        self._socket.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)  # where it was killed before it could

    def read(self, command: bytes, request: Request, data: Sequence[bytes]) -> tuple[_Ending, Usage]:
        """Have one reader answer for the documents of a request, as far as it comes."""
        answers, theirs = os.pipe()
        try:
            with _anonymous_file(request, data) as chunk:
                socket.send_fds(self._socket, [command], [chunk.fileno(), theirs])
        except OSError:
            os.close(answers)
            return _Ending((), lost=True), Usage()
        finally:
            os.close(theirs)
        try:
            outcomes, blame = self._collect(answers, request)
            status, peak, microseconds = ENDING.unpack(self._ask(END, ENDING.size))
        except (OSError, EOFError):
            return _Ending((), lost=True), Usage()
        finally:
            os.close(answers)
        needs = _needed(status) if command == READ and blame is None else b""
        if blame is None and len(outcomes) < len(request.items) and not needs:
            blame = _blame(status, peak, bool(outcomes), request.limits)
        return _Ending(tuple(outcomes), blame, needs), Usage(1, peak, microseconds / 1e6)

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
        return Status.UNSUPPORTED, "an installed program would have to read it, and there is no folder for that"
    if code == RETIRED and answered:
        return None
    if -code in (signal.SIGPROF, signal.SIGXCPU):
        return Status.TIMEOUT, f"reading it takes more than limits.cpu_seconds ({limits.cpu_seconds}) of CPU time"
    # Libraries that cannot go on without memory abort; the system kills when it has none left.
    if code in (OUT_OF_MEMORY, -signal.SIGKILL) or (code < 0 and 2 * peak > limits.memory_mb * 1024 * 1024):
        return Status.MEMORY, MEMORY_MESSAGE
    if code < 0:
        return Status.CRASHED, f"the reader crashed ({signal.Signals(-code).name})"
    return Status.CRASHED, f"the reader ended by itself ({code})"
