"""What a worker does with one chunk: read it, understand it, embed it. Every task leaves a part and returns its receipt.

Tasks and receipts are all that crosses to a worker and back; the work itself goes to disk. A task that finds a part before
it damaged returns None: the part is gone then, and the next round of the plan makes it again.

Readers and rules are imported by the function that needs them: a worker that only embeds loads neither, and a run with
nothing new loads none of them.
"""

from __future__ import annotations

import atexit
import datetime
import functools
import hashlib
import itertools
import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.config import Limits
from hirelens_cli.documents.discover import open_source
from hirelens_cli.embeddings.encode import quantise, to_bytes
from hirelens_cli.embeddings.passages import embedded_text
from hirelens_cli.engine.columns import profile_rows
from hirelens_cli.engine.parts import Receipt, Shelf
from hirelens_cli.engine.plan import documents_print, profiles_print, vectors_print
from hirelens_cli.errors import InputError
from hirelens_cli.model.codec import decode, encode
from hirelens_cli.model.corrections import Correction
from hirelens_cli.model.documents import Document, SourceFile
from hirelens_cli.model.issues import Outcome, Severity, Status, failed
from hirelens_cli.model.profiles import Profile, month_of
from hirelens_cli.ports import EmbedderFactory
from hirelens_cli.scores.rows import first_of_kind, sum_lengths

if TYPE_CHECKING:
    from hirelens_cli.documents.sandbox import Readers, Sandbox
    from hirelens_cli.profiles.taxonomy import Taxonomy

DOCUMENT_PART = pl.Schema(
    {
        "doc_id": pl.String(),
        "status": pl.String(),  # empty where it was read
        "message": pl.String(),
        "hint": pl.String(),
        "digest": pl.String(),  # of the document as read: equal where reading it again changed nothing
        "issues": pl.Binary(),  # tuple[Issue, ...] as JSON
        "record": pl.Binary(),  # Outcome[Document] as JSON
    }
)
"""One row per document."""

UNPROFILED_PART = pl.Schema(
    {"key": pl.String(), "doc_id": pl.String(), "status": pl.String(), "message": pl.String(), "hint": pl.String()}
)
"""The columns of a profile part that say why a document which was read could not be understood."""

VECTOR_PART = pl.Schema(
    {"key": pl.String(), "count": pl.Int32(), "data": pl.Binary(), "first": pl.Binary(), "length": pl.Float64()}
)
"""One row per document: `count` passages, their rounded vectors as int16 little-endian; the key is the passages' hash. What
is told of them once and for all: one byte per passage and a length, as in `Pool`."""


Wish = tuple[str, str, str, tuple[Correction, ...]]
"""(profile key, doc_id, ISO date, what was put right)"""


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Read these files."""

    sources: tuple[SourceFile, ...]
    limits: Limits
    forensics: str
    accept_any: bool
    documents: Shelf


@dataclass(frozen=True, slots=True)
class ProfileTask:
    """Understand documents of one part, each as of its own date."""

    shard: str
    wanted: tuple[Wish, ...]
    taxonomy: tuple[str, ...]
    redact_institutions: bool
    documents: Shelf
    profiles: Shelf


@dataclass(frozen=True, slots=True)
class EncodeTask:
    """Embed the passages of profiles of one part."""

    shard: str
    keys: tuple[str, ...]
    """Profile keys."""
    factory: EmbedderFactory
    profiles: Shelf
    vectors: Shelf


Task = ReadTask | ProfileTask | EncodeTask


def work(task: Task) -> Receipt | None:
    """Do one task, in whichever process this is; raises InputError where that process would make something else."""
    _require_same_code(task)
    match task:
        case ReadTask():
            return read_chunk(task)
        case ProfileTask():
            return profile_chunk(task)
        case EncodeTask():
            return encode_chunk(task)


def _require_same_code(task: Task) -> None:
    """A worker on another machine may have another version, library or model than the run that it works for."""
    match task:
        case ReadTask():
            wanted, here = task.documents, _documents_print(task.limits, task.forensics, task.accept_any)
        case ProfileTask():
            wanted, here = task.profiles, _profiles_print(task.taxonomy, task.redact_institutions)
        case EncodeTask():
            wanted, here = task.vectors, _vectors_print(task.factory().fingerprint)
    if wanted.fingerprint != here:
        raise InputError(
            f"a worker on {platform.node()} has another version of hirelens, of a library or of a model: "
            f"its {wanted.stage} would differ",
            "install the same versions on every machine (pip install -c constraints.txt), then run again",
        )


_documents_print = functools.lru_cache(maxsize=4)(documents_print)
_profiles_print = functools.lru_cache(maxsize=4)(profiles_print)
_vectors_print = functools.lru_cache(maxsize=4)(vectors_print)
"""Once per process and setting: each reads the files of a stage."""


def read_chunk(task: ReadTask) -> Receipt:
    """Read files in the sandbox; each ends as a document or as a reason."""
    started = time.monotonic()
    rows: list[tuple[str, str, str, str, str, bytes, bytes]] = []
    sandbox = _sandbox(task.limits, task.forensics, task.accept_any)
    batch, unopened = _opened(task)
    for doc_id, outcome in itertools.chain(unopened, sandbox.read_many(batch)):
        status, message, hint = verdict(outcome)
        record = encode(outcome)
        digest = "" if status else hashlib.sha256(record).hexdigest()[:16]
        rows.append((doc_id, status, message, hint, digest, encode(outcome.issues), record))
    rows.sort()
    frame = pl.DataFrame(rows, schema=DOCUMENT_PART, orient="row")
    failed = sum(1 for row in rows if row[1])
    keys = [row[0] for row in rows]
    return task.documents.put(frame, keys, failed=failed, started=started, unopened=len(unopened))


def _opened(task: ReadTask) -> tuple[list[tuple[str, str, bytes]], list[tuple[str, Outcome[Document]]]]:
    """What the sandbox is given, and the outcomes of the files that cannot be opened; each source is in one of them."""
    batch: list[tuple[str, str, bytes]] = []
    unopened: list[tuple[str, Outcome[Document]]] = []
    for source in task.sources:
        data = open_source(source, task.limits)
        if data.value is None:
            unopened.append((source.doc_id, Outcome(None, data.issues)))
        else:
            batch.append((source.doc_id, source.name, data.value))
    return batch, unopened


def verdict(outcome: Outcome[Document] | Outcome[Profile]) -> tuple[str, str, str]:
    """Status, message and hint of what has no value; three empty texts for what has one."""
    status = outcome.status
    if status is None:
        return "", "", ""
    issue = next((item for item in outcome.issues if item.severity is Severity.ERROR), None)
    return status.value, issue.message if issue else "", issue.hint if issue else ""


def profile_chunk(task: ProfileTask) -> Receipt | None:
    """Understand documents that were read."""
    started = time.monotonic()
    part = task.documents.read(task.shard, ["doc_id", "record"])
    if part is None:
        return None
    records = dict(part.iter_rows())
    taxonomy = _taxonomy(task.taxonomy)
    profiles: list[tuple[str, Profile, int]] = []
    refused: list[tuple[str, str, str, str, str]] = []
    for key, doc_id, date, corrections in task.wanted:
        document = decode(records[doc_id], Outcome[Document]).value
        assert document is not None  # only what was read is asked for
        outcome = _understood(document, taxonomy, date, task.redact_institutions, corrections)
        if outcome.value is None:
            refused.append((key, doc_id, *verdict(outcome)))
        else:
            profiles.append((key, outcome.value, month_of(int(date[:4]), int(date[5:7]))))
    frame = pl.concat(
        [profile_rows(profiles), pl.DataFrame(refused, schema=UNPROFILED_PART, orient="row")], how="diagonal"
    )
    frame = frame.with_columns(pl.col("status").fill_null("")).sort("key")
    return task.profiles.put(frame, frame["key"].to_list(), failed=len(refused), started=started)


def _understood(
    document: Document, taxonomy: Taxonomy, date: str, redact_institutions: bool, corrections: Sequence[Correction]
) -> Outcome[Profile]:
    """The profile; a resume that our own rules stumble over is that resume's failure and nobody else's."""
    from hirelens_cli.profiles.corrections import put_right, with_lines
    from hirelens_cli.profiles.resume import profile_resume

    as_of = datetime.date.fromisoformat(date)
    try:
        whole = with_lines(document, corrections)
        outcome = profile_resume(whole, taxonomy, as_of, redact_institutions=redact_institutions)
        return outcome if outcome.value is None else replace(outcome, value=put_right(outcome.value, corrections))
    except Exception as error:
        message = f"it was read, but understanding it failed ({type(error).__name__})"
        return failed(Status.CRASHED, document.doc_id, message, "this is a bug in hirelens: please report it")


def encode_chunk(task: EncodeTask) -> Receipt | None:
    """Embed redacted passages; equal passages of two profiles are embedded once."""
    started = time.monotonic()
    part = task.profiles.read(task.shard, ["key", "passages_hash", "record"])
    if part is None:
        return None
    embedder = task.factory()
    rows: dict[str, tuple[str, int, bytes, bytes, float]] = {}
    for key, digest, record in part.filter(pl.col("key").is_in(task.keys)).sort("passages_hash").iter_rows():
        if key in task.keys and digest not in rows:
            passages = decode(record, Profile).passages
            texts = [embedded_text(passage.text) for passage in passages]
            vectors = quantise(embedder.encode(texts)) if texts else np.zeros((0, 1), np.float32)
            rows[digest] = vector_row(digest, vectors, [len(passage.text) for passage in passages])
    frame = pl.DataFrame(list(rows.values()), schema=VECTOR_PART, orient="row")
    return task.vectors.put(frame, list(rows), started=started)


def vector_row(digest: str, vectors: NDArray[np.float32], sizes: Sequence[int]) -> tuple[str, int, bytes, bytes, float]:
    """A row of VECTOR_PART for the quantised vectors of one document's passages of so many characters each."""
    owner = np.zeros(len(vectors), dtype=np.int64)
    first = first_of_kind(vectors, owner)
    weighed = np.array(sizes, dtype=np.int64) * first
    length = float(sum_lengths(vectors, owner, weighed, np.array([0]))[0]) if len(vectors) else 0.0
    return digest, len(vectors), to_bytes(vectors), first.astype(np.uint8).tobytes(), length


@functools.lru_cache(maxsize=1)
def readers() -> Readers:
    """What the sandboxes of this process share, kept across chunks: to start it costs more than to read a document."""
    from hirelens_cli.documents.sandbox import Readers

    made = Readers()
    atexit.register(made.close)
    return made


@functools.lru_cache(maxsize=2)
def _sandbox(limits: Limits, forensics: str, accept_any: bool) -> Sandbox:
    from hirelens_cli.documents.sandbox import Sandbox

    return Sandbox(limits, forensics, accept_any, readers=readers())


@functools.lru_cache(maxsize=2)
def _taxonomy(extra: tuple[str, ...]) -> Taxonomy:
    from hirelens_cli.profiles.taxonomy import load_taxonomy

    return load_taxonomy(extra)
