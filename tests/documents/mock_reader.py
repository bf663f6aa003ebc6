"""A reader that does what the document tells it: the sandbox's tests name it instead of the real one."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from hirelens_cli.config import Limits
from hirelens_cli.documents import legacy
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
