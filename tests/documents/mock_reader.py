"""A reader that does what the document tells it: the sandbox's tests name it instead of the real one."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hirelens_cli.config import Limits
from hirelens_cli.documents import confine, legacy, reader_process
from hirelens_cli.documents.assemble import Refused
from hirelens_cli.documents.converters import converted, startable
from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.issues import Outcome, Status, failed

_seen: list[str] = []


def read(data: bytes, doc_id: str, limits: Limits, forensics: str, accept_any: bool) -> Outcome[Document]:  # noqa: C901
    """Obey the first word of `data`; anything else is a document with that text."""
    if data.startswith(b"\xd0\xcf"):
        return _by_program(data, doc_id, limits)
    word, _, rest = data.decode().partition(" ")
    _seen.append(doc_id)
    match word:
        case "segv":
            ctypes.string_at(0)
        case "abort":
            os.abort()
        case "exit":
            os._exit(int(rest or 3))
        case "raise":
            raise ValueError("a secret of the document")
        case "system_exit":
            sys.exit(0)
        case "deep":
            return read(data, doc_id, limits, forensics, accept_any)
        case "busy":
            while True:
                pass
        case "sleep":
            time.sleep(1000)
        case "memory":
            _eat()
        case "memory_caught":
            return failed(Status.MALFORMED, doc_id, "no memory, taken for damage")
        case "flood":
            _write_everywhere(b"\xff" * 1_000_000, 2000)
        case "zeros":
            _write_everywhere(b"\0" * 1_000_000, 2000)
        case "garbage":
            _write_everywhere(b"\0\0\0\x05hello", 1)
            os._exit(0)
        case "long":
            return Outcome(Document(doc_id, "txt", (Block("x" * 50_000_000),)))
        case "other":
            return Outcome(Document("someone else", "txt", (Block("x"),)))
        case "pages":
            return Outcome(Document(doc_id, "txt", (Block("x"),), pages=10**12))
        case "surrogate":
            return Outcome(Document(doc_id, "txt", (Block("\ud800"),)))
        case "model" | "threads":
            return _by_library(word, doc_id)
        case "grow":
            _seen.append("x" * 200_000_000)
        case "neighbours" if len(_seen) > 1:
            return failed(Status.MALFORMED, doc_id, "because of the neighbours")
        case "crash_neighbours" if len(_seen) > 1:
            os.abort()
    modules = [name for name in ("numpy", "polars", "duckdb", "torch", "threading") if name in sys.modules]
    text = f"{data.decode()}|{len(_seen)}|{','.join(modules)}" if word == "modules" else data.decode()
    return Outcome(Document(doc_id, "txt", (Block(text),)))


def _by_program(data: bytes, doc_id: str, limits: Limits) -> Outcome[Document]:
    """What the converter makes of an old Word document; of one with a command at its end, what a shell in its place prints."""
    command = data.rpartition(b"|")[2].decode("latin-1") if b"|" in data else ""
    if not command:
        return legacy._by_program(data, doc_id, limits, "off", Refused(Status.MALFORMED, "not by our own reader"))
    converter = startable()
    assert converter
    with TemporaryDirectory() as folder:
        try:
            text = converted(converter, ["-c", command], Path(folder), limits).decode().strip()
        except Refused as refused:
            text = refused.message
    return Outcome(Document(doc_id, "doc", (Block(text or "nothing"),)))


reader_process.HELPERS |= {b"M": "mock_reader:grant", b"T": "mock_reader:grant_with_a_thread"}


def grant(folder: str, limits: Limits) -> confine.Grant:
    """A library whose model is this file."""
    return confine.Grant(folder, 1000, (__file__,), (), 2 * limits.memory_mb * 1024 * 1024)


def grant_with_a_thread(folder: str, limits: Limits) -> confine.Grant:
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    return grant(folder, limits)


def _by_library(word: str, doc_id: str) -> Outcome[Document]:
    """What a library in this process can do, where it may be one."""
    if confine.applied is not confine.Profile.CONVERTER:
        raise confine.HelperNeeded({"model": b"M", "threads": b"T"}[word])
    done = []

    def attempt(name: str, action: Callable[[], object]) -> None:
        with contextlib.suppress(OSError, RuntimeError, MemoryError):
            action()
            done.append(name)

    attempt("model", lambda: Path(__file__).read_bytes())
    attempt("thread", lambda: threading.Thread(target=int).start())
    attempt("memory", lambda: bytes(700_000_000))
    attempt("folder", lambda: Path(tempfile.gettempdir(), "scratch").write_bytes(b"x"))
    attempt("big file", lambda: Path(tempfile.gettempdir(), "big").write_bytes(bytes(10_000)))
    attempt("secrets", lambda: Path("/etc/passwd").read_bytes())
    attempt("program", lambda: subprocess.run(["/bin/true"], check=True))
    attempt("network", lambda: socket.socket().close())
    return Outcome(Document(doc_id, "txt", (Block(", ".join(done)),)))


def _eat() -> None:
    held = []
    while True:
        held.append(bytearray(b"x") * 10_000_000)


def _write_everywhere(data: bytes, times: int) -> None:
    """Into every descriptor that is open: the pipe of answers is one of them."""
    for _ in range(times):
        for descriptor in range(64):
            try:
                os.write(descriptor, data)
            except OSError:
                continue
