"""The process behind `sandbox.Sandbox`: it has imported the readers, forks one per chunk, and does nothing else.

    parent (a worker)  --socket-->  this process  --fork-->  reader, confined
           ^------------------- pipe of answers -------------------'

It has one thread, so that forking is safe, and imports nothing that starts one. It acts on single letters from the socket:
`R`, with the descriptors of a chunk and of a pipe, forks a reader, and a letter of HELPERS one that has that helper, which
works in the folder that this process was given; `S` answers with the reader's state as one letter (`R` where it, or its converter,
runs or waits for a processor); `E` ends the reader, killing it where it has not ended, and answers with how. When the
socket closes, the reader is killed and this process ends. A converter ends with its reader.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import shutil
import signal
import socket
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hirelens_cli.config import Limits
from hirelens_cli.documents import confine
from hirelens_cli.documents.confine import HelperNeeded
from hirelens_cli.model.codec import decode, encode
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Outcome, Status, failed
from hirelens_cli.model.pictures import Drawing

if sys.platform != "win32":
    import resource

READ, END, STATE, READY, RUNNING, WAITING = b"R", b"E", b"S", b"+", b"R", b"S"
LENGTH = struct.Struct(">I")
"""Before the request in a chunk, and before each answer."""
ENDING = struct.Struct("<iqq")
"""Wait status of a reader (NOT_STARTED where there was none), its peak memory in bytes, its CPU time in microseconds."""
NOT_STARTED = -1

RETIRED, OUT_OF_MEMORY, UNCONFINED, HELPER_NEEDED = 71, 72, 73, 128
"""Exit codes of a reader: grown too big for another document; no memory even to say so; not confined, so nothing read;
and, plus the letter of a helper, that the next document wants it."""
HELPERS = {b"C": "hirelens_cli.documents.converters:grant", b"O": "hirelens_cli.documents.ocr:grant"}
"""What a reader may have beyond its own means, by the letter that asks for it: `module:function`, called with a private
folder and the limits in the forked process before it is confined, gives the Grant, or None where nothing is installed. It
may import an engine and load its models there, so that they need not be readable later, but must leave no thread running:
that would not be confined."""
_RETIRE_AT = 140_000_000
"""Peak bytes above which a reader takes no further document: what it can still read must not depend on its past."""

READERS = (
    "hirelens_cli.documents.pdf",
    "hirelens_cli.documents.docx",
    "hirelens_cli.documents.odt",
    "hirelens_cli.documents.rtf",
    "hirelens_cli.documents.html",
    "hirelens_cli.documents.mail",
    "hirelens_cli.documents.legacy",
    "hirelens_cli.documents.records",
    "hirelens_cli.documents.text",
    "hirelens_cli.documents.kind",
    "hirelens_cli.documents.language",
    "hirelens_cli.documents.signs",
    "hirelens_cli.documents.pictures",
    "pdfplumber",
    "pikepdf",
)
"""Imported before readers are forked. A reader can import late what is written in Python; what brings its own shared
libraries (pikepdf needs libstdc++) it cannot, because those lie outside the folders that it may read."""

MEMORY_MESSAGE = "reading it takes more memory than limits.memory_mb allows"

Helper = tuple[str, str]
"""The function that gives a helper's Grant, as in HELPERS, and a private folder; empty for a plain reader."""
ReadFunction = Callable[[bytes, str, Limits, str, bool], Outcome[Document]]


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a chunk."""

    doc_id: str
    size: int
    pages: tuple[int, ...] = ()
    """Pages to draw; empty where the document is to be read."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a chunk begins with; the documents' bytes follow it, one after the other."""

    limits: Limits
    forensics: str
    accept_any: bool
    items: tuple[Item, ...]


def max_answer(limits: Limits) -> int:
    """Bytes that one answer may take: all characters a document may have, and blocks around them."""
    return 4_000_000 + 8 * limits.max_chars


def serve(descriptor: int, parent: int, reader: str, folder: str) -> None:
    """Serve one parent until its end of the socket closes. `reader` is `module:function`, like read.read_bytes.

    `folder`, where there is one, is a private one for converters; it is removed at the end.
    """
    try:
        signal.signal(signal.SIGTERM, _leave)
        confine.die_with_parent(parent, signal.SIGTERM)
        _serve(socket.socket(fileno=descriptor), reader, folder)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        shutil.rmtree(folder, ignore_errors=True)


def _serve(control: socket.socket, reader: str, folder: str) -> None:
    try:
        read = _imported(reader)
        rules = confine.ruleset()
    except Exception as error:
        control.sendall(f"{type(error).__name__}: {error}".encode(errors="replace"))
        return
    gc.collect()
    gc.freeze()  # what is here stays shared with every reader
    control.sendall(READY)
    child = 0
    try:
        while True:
            command, descriptors, _, _ = socket.recv_fds(control, 1, 2)
            if (command == READ or command in HELPERS) and len(descriptors) == 2:
                child = _start(control, descriptors, rules, read, (HELPERS.get(command, ""), folder))
            elif command == STATE:
                control.sendall(_state(child))
            elif command == END:
                ending, child = _end(child), 0
                _empty(folder)
                control.sendall(ending)
            else:
                return
    finally:
        _end(child)


def _leave(*_: object) -> None:
    sys.exit()


def _empty(folder: str) -> None:
    """Remove what a converter left; the folder stays, so that nobody else can take its name."""
    for entry in os.scandir(folder) if folder else ():
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            Path(entry.path).unlink()


def _imported(reader: str) -> ReadFunction:
    module, _, function = reader.partition(":")
    for name in READERS:
        importlib.import_module(name)
    read: ReadFunction = getattr(importlib.import_module(module), function)
    return read


def _start(
    control: socket.socket, descriptors: list[int], rules: int | None, read: ReadFunction, helper: Helper
) -> int:
    """Fork a reader for one chunk; 0 where the system refuses."""
    zygote = os.getpid()
    try:
        child = os.fork()
    except OSError:
        child = -1
    if child == 0:
        try:
            confine.die_with_parent(zygote)
            control.close()
            os.setpgid(0, 0)  # so that a converter can be ended with its reader
            _serve_chunk(descriptors[0], descriptors[1], rules, read, helper)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        finally:
            os._exit(1)
    for descriptor in descriptors:
        os.close(descriptor)
    return max(0, child)


def _end(child: int) -> bytes:
    if not child:
        return ENDING.pack(NOT_STARTED, 0, 0)
    os.kill(child, signal.SIGKILL)  # changes nothing for one that has ended: it stays until it is waited for
    with contextlib.suppress(ProcessLookupError, PermissionError):  # before the reader has made its group
        os.killpg(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return ENDING.pack(status, peak, round((usage.ru_utime + usage.ru_stime) * 1e6))


def _state(child: int) -> bytes:
    """Whether any process of the reader's group runs; asked for only after a long silence."""
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, group = place.read_bytes().rpartition(b") ")[2].split()[:3]
            if state == RUNNING and int(group) == child:
                return RUNNING
    return WAITING


def _serve_chunk(chunk: int, answers: int, rules: int | None, read: ReadFunction, helper: Helper) -> None:
    """In the reader: confine it, then answer for one document after the other. Never returns."""
    length = LENGTH.unpack(os.pread(chunk, LENGTH.size, 0))[0]
    request = decode(os.pread(chunk, length, LENGTH.size), Request)
    limits = request.limits
    try:
        grant = _grant(*helper, limits)
        seconds = max(limits.cpu_seconds, grant.cpu_seconds if grant else 0)
        most = int(time.process_time()) + (seconds + 1) * len(request.items)  # loading a helper's models is not reading
        confine.confine(confine.Bounds(limits.memory_mb * 1024 * 1024, most, grant), rules)
    except OSError:
        os._exit(UNCONFINED)
    offset = LENGTH.size + length
    for number, item in enumerate(request.items, 1):
        signal.setitimer(signal.ITIMER_PROF, seconds)  # its signal ends the process
        answer = _answer(read, request, item, _bytes_at(chunk, offset, item.size))
        _write(answers, LENGTH.pack(len(answer)) + answer)
        offset += item.size
        if number < len(request.items) and _peak() > _RETIRE_AT:
            os._exit(RETIRED)
    os._exit(0)


def _grant(helper: str, folder: str, limits: Limits) -> confine.Grant | None:
    """What a reader may do with a helper; None without one. Raises ConfineError where it would be out of control."""
    if not (helper and folder):
        return None
    tempfile.tempdir = os.environ["HOME"] = folder
    module, _, function = helper.partition(":")
    grant: confine.Grant | None = getattr(importlib.import_module(module), function)(folder, limits)
    if sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) > 1:
        raise confine.ConfineError(f"{helper} left threads running")
    return grant


def _answer(read: ReadFunction, request: Request, item: Item, data: bytes) -> bytes:
    doc_id = item.doc_id
    try:
        if item.pages:
            answer = encode(_drawn(data, item, request.limits))
        else:
            answer = encode(read(data, doc_id, request.limits, request.forensics, request.accept_any))
    except HelperNeeded as needed:
        os._exit(HELPER_NEEDED + needed.command[0])
    except MemoryError:
        return encode(failed(Status.MEMORY, doc_id, MEMORY_MESSAGE))
    except BaseException as error:  # the class alone: messages of parsers quote the document
        return encode(failed(Status.MALFORMED, doc_id, f"the reader gave up ({type(error).__name__})"))
    if len(answer) > max_answer(request.limits):
        return encode(failed(Status.TOO_LARGE, doc_id, f"what was read takes {len(answer):,} bytes"))
    return answer


def _drawn(data: bytes, item: Item, limits: Limits) -> Outcome[Drawing]:
    # Imported with the readers before this process was forked; the parent needs none of it.
    from hirelens_cli.documents.pictures import draw_pages

    return draw_pages(data, item.doc_id, item.pages, limits)


def _bytes_at(chunk: int, offset: int, size: int) -> bytes:
    data = os.pread(chunk, size, offset)
    while len(data) < size:  # one call gives 2 GiB at most
        more = os.pread(chunk, size - len(data), offset + len(data))
        if not more:
            break
        data += more
    return data


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _peak() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
