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
import socket
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any

from hirelens_cli.config import Limits
from hirelens_cli.documents import confine
from hirelens_cli.documents.confine import Layer
from hirelens_cli.documents.reader_helper import Ending, Helper, SandboxError, Usage
from hirelens_cli.documents.reader_process import READ, Item, Request
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Outcome, Status, failed
from hirelens_cli.model.pictures import Drawing

Entry = tuple[str, str, bytes]
"""doc_id, name, bytes; readers are not told the name."""

_CHUNK_BYTES = 64_000_000
"""Bytes of documents handed to one reader, unless a single one is larger."""
_DEPENDS_ON_NEIGHBOURS = frozenset({Status.MEMORY, Status.MALFORMED, Status.EMPTY, Status.CRASHED, Status.TIMEOUT})
"""What a reader says of a document that may be due to what it read before."""


def protections() -> tuple[tuple[str, bool, str], ...]:
    """(name, active, detail) of every protection around readers on this system."""
    own = Layer("process", _can_fork(), "documents are read in a process of their own, a crash costs one document")
    if not own.active:
        own = replace(own, detail="no fork here: documents are read in the main process, without protection")
        return ((own.name, own.active, own.detail),)
    return tuple((layer.name, layer.active, layer.detail) for layer in (own, *confine.layers()))


class Readers:
    """The helper process, which sandboxes with different settings share: it starts slower than it reads ten documents."""

    def __init__(self, reader: str = "hirelens_cli.documents.read:read_bytes") -> None:
        self._reader = reader
        self._helper: Helper | None = None

    def warm_up(self) -> None:
        """Let the helper start while something else is done."""
        if _can_fork():
            self.start()

    def start(self) -> Helper:
        """The helper, as it runs or as it begins to start."""
        if self._helper is None:
            self._helper = Helper(self._reader)
        return self._helper

    def close(self) -> None:
        """End the helper process and any reader; the next start makes a new one."""
        if self._helper is not None:
            self._helper.close()
            self._helper = None


class Sandbox:
    """Reads documents in confined processes; see the top of this module. For one thread at a time."""

    def __init__(
        self,
        limits: Limits,
        forensics: str = "auto",
        accept_any: bool = False,
        *,
        readers: Readers | None = None,
    ) -> None:
        self._limits = limits
        self._forensics = forensics
        self._accept_any = accept_any
        self._readers = readers or Readers()
        self.usage = Usage()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the helper process and any reader; the sandbox can be used again."""
        self._readers.close()

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

    def _attempt(self, chunk: Sequence[Entry], command: bytes = READ, pages: tuple[int, ...] = ()) -> Ending:
        """Have one reader read the chunk; when the helper is lost, a new one gets the same chunk."""
        for _ in range(3):
            helper = self._readers.start()
            items = tuple(Item(doc_id, len(data), pages) for doc_id, _, data in chunk)
            request = Request(self._limits, self._forensics, self._accept_any, items)
            try:
                ending, usage = helper.read(command, request, [data for _, _, data in chunk])
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


def _outcome(ending: Ending, item: Entry) -> Outcome[Any]:
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
