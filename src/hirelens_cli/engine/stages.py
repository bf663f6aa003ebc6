"""Documents, profiles and vectors: what is missing is planned, made by the executor, and found on disk afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hirelens_cli.config import RunConfig
from hirelens_cli.embeddings.encode import from_bytes
from hirelens_cli.engine.columns import ONLY_SHOWN, PROFILE_PART, pool_of, profile_key
from hirelens_cli.engine.parts import Held, Shelf
from hirelens_cli.engine.plan import Applicant, Fingerprints, chunked
from hirelens_cli.engine.tasks import EncodeTask, ProfileTask, ReadTask, Task, Wish, work
from hirelens_cli.errors import StoreError
from hirelens_cli.model.codec import decode
from hirelens_cli.model.corrections import Correction
from hirelens_cli.model.documents import Document, SourceFile
from hirelens_cli.model.issues import Issue, Outcome
from hirelens_cli.model.tables import CANDIDATES, Pool
from hirelens_cli.objects import Place
from hirelens_cli.ports import EmbedderFactory, Executor, Progress, Queue

ROUNDS = 3
"""How often missing parts are made: a damaged part is found when it is read, and all such are thrown away and made again."""

_TOGETHER = 32
"""Documents whose vectors are copied at a time: some hundred kilobytes."""

Asked = tuple[str, str, tuple[Correction, ...]]
"""What a profile is made of: doc_id, ISO date, what was put right."""

VERDICT = ["status", "message", "hint"]


class DamagedPartError(Exception):
    """A part was not what its receipt says; it is gone now, and making what is missing makes it again."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What the stages of one run share."""

    config: RunConfig
    documents: Shelf
    profiles: Shelf
    vectors: Shelf
    executor: Executor
    progress: Progress
    factory: EmbedderFactory
    dimensions: int


@dataclass(frozen=True, slots=True)
class StageCount:
    """How much of a stage was there already and how much was made."""

    stage: str
    cached: int
    made: int
    seconds: float
    """Summed over the workers."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a document could not be screened."""

    status: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Every applicant, either ready to be scored or with the reason why not."""

    profiles: dict[str, str]
    """profile key -> shard, for those that can be scored, sorted by key."""
    vectors: dict[str, str]
    """profile key -> shard of the vectors of its passages."""
    keys: dict[str, str]
    """doc_id -> profile key, for the same."""
    unscreened: dict[str, Verdict]
    """doc_id -> why."""
    counts: tuple[StageCount, ...]
    mended: int = 0
    """Damaged parts that were found on the way and made again."""


def shelves(parts: Place, prints: Fingerprints) -> tuple[Shelf, Shelf, Shelf]:
    """Where documents, profiles and vectors made under these fingerprints lie."""
    documents, profiles, vectors = (
        Shelf(parts / stage / fingerprint, stage, fingerprint)
        for stage, fingerprint in (
            ("documents", prints.documents),
            ("profiles", prints.profiles),
            ("vectors", prints.vectors),
        )
    )
    return documents, profiles, vectors


def prepare(bench: Bench, people: Sequence[Applicant], *, embed: bool = True) -> Prepared:
    """Read, understand and embed whoever is not on the shelves yet.

    Raises StoreError when parts keep being damaged while they are made.
    """
    mended = 0
    for _ in range(ROUNDS):
        try:
            return replace(_prepare(bench, people, embed), mended=mended)
        except DamagedPartError:
            mended += take_away_damaged(bench)
    raise StoreError("the workspace keeps losing what is written to it", "check the disk, then run again")


def take_away_damaged(bench: Bench) -> int:
    """After one damaged part was found and taken away: the others too. How many there were; whoever watches is told."""
    count = 1 + sum(shelf.take_away_damaged() for shelf in (bench.documents, bench.profiles, bench.vectors))
    bench.progress.note(f"damaged cache entries: {count}; what was in them is made again")
    return count


def _prepare(bench: Bench, people: Sequence[Applicant], embed: bool) -> Prepared:
    unscreened: dict[str, Verdict] = {}
    documents, counts = _read(bench, [person.source for person in people])
    failed = _verdicts(bench.documents, documents, "doc_id")
    wanted: dict[str, Asked] = {}
    for person in people:
        doc_id = person.source.doc_id
        if doc_id in failed:
            unscreened[doc_id] = failed[doc_id]
        else:
            key = profile_key(doc_id, person.as_of, _held(documents, doc_id)[1]) + person.mark
            wanted[key] = (doc_id, person.as_of, person.corrections)
    profiles, profile_count = _understand(bench, wanted, documents)
    refused = _verdicts(bench.profiles, profiles, "key")
    for key in refused.keys() & wanted.keys():
        unscreened[wanted[key][0]] = refused[key]
    ready = {key: _held(profiles, key) for key in sorted(wanted) if key not in refused}
    counted = [counts, profile_count]
    vectors: dict[str, str] = {}
    if embed:
        vectors, vector_count = embed_profiles(bench, ready)
        counted.append(vector_count)
    shards = {key: shard for key, (shard, _) in ready.items()}
    keys = {wanted[key][0]: key for key in ready}
    return Prepared(shards, vectors, keys, dict(sorted(unscreened.items())), tuple(counted))


def _read(bench: Bench, sources: Sequence[SourceFile]) -> tuple[dict[str, Held], StageCount]:
    there = bench.documents.linked(source.doc_id for source in sources)
    missing = [source for source in sources if source.doc_id not in there]
    limits, config = bench.config.limits, bench.config
    tasks: list[Task] = [
        ReadTask(chunk, limits, config.forensics, config.accept_any, bench.documents)
        for chunk in chunked(missing, config.chunk)
    ]
    seconds = _run(bench, "reading", tasks, len(missing))
    made = bench.documents.linked(source.doc_id for source in missing) if missing else {}
    return there | made, StageCount("documents", len(there), len(missing), seconds)


def _understand(
    bench: Bench, wanted: dict[str, Asked], documents: dict[str, Held]
) -> tuple[dict[str, Held], StageCount]:
    there = bench.profiles.linked(wanted)
    missing = [key for key in wanted if key not in there]
    by_shard: defaultdict[str, list[Wish]] = defaultdict(list)
    for key in missing:
        by_shard[_held(documents, wanted[key][0])[0]].append((key, *wanted[key]))
    tasks: list[Task] = [
        ProfileTask(
            shard,
            tuple(sorted(asked, key=lambda wish: wish[0])),
            bench.config.taxonomy,
            bench.config.redact_institutions,
            bench.documents,
            bench.profiles,
        )
        for shard, asked in sorted(by_shard.items())
    ]
    seconds = _run(bench, "understanding", tasks, len(missing))
    made = bench.profiles.linked(missing) if missing else {}
    return there | made, StageCount("profiles", len(there), len(missing), seconds)


def embed_profiles(bench: Bench, profiles: Mapping[str, Held]) -> tuple[dict[str, str], StageCount]:
    """Embed the passages of these profiles that the bench's shelf lacks; profile key -> shard of its vectors."""
    first: dict[str, tuple[str, str]] = {}
    for key, (shard, passages) in profiles.items():
        first.setdefault(passages, (shard, key))
    there = bench.vectors.holders(first)
    by_shard: defaultdict[str, list[str]] = defaultdict(list)
    for passages, (shard, key) in first.items():
        if passages not in there:
            by_shard[shard].append(key)
    tasks: list[Task] = [
        EncodeTask(shard, tuple(sorted(keys)), bench.factory, bench.profiles, bench.vectors)
        for shard, keys in sorted(by_shard.items())
    ]
    missing = sum(map(len, by_shard.values()))
    seconds = _run(bench, "embedding", tasks, missing, Queue.EMBEDDING)
    return vectors_of(bench, profiles), StageCount("vectors", len(there), missing, seconds)


def vectors_of(bench: Bench, profiles: Mapping[str, Held]) -> dict[str, str]:
    """Profile key -> shard of the vectors of its passages, for those of these profiles that have any on the bench's shelf."""
    there = bench.vectors.holders(passages for _, passages in profiles.values())
    return {key: there[passages] for key, (_, passages) in profiles.items() if passages in there}


def _run(bench: Bench, stage: str, tasks: Sequence[Task], units: int, queue: Queue = Queue.READING) -> float:
    """Do the tasks and report each; returns the seconds that they took, summed over workers."""
    if not tasks:
        return 0.0
    bench.progress.start(stage, units, queue)
    seconds = 0.0
    for receipt in bench.executor.map(work, tasks, queue):
        if receipt is None:
            raise DamagedPartError
        seconds += receipt.seconds
        bench.progress.advance(len(receipt.keys), receipt.failed, receipt.seconds)
    return seconds


def _held(where: Mapping[str, Held], key: str) -> Held:
    if key not in where:
        raise DamagedPartError
    return where[key]


def _verdicts(shelf: Shelf, held: Mapping[str, Held], key: str) -> dict[str, Verdict]:
    """Why some of these have no value; what is whole is not opened for it."""
    found: dict[str, Verdict] = {}
    for shard in sorted({shard for shard, link in held.values() if not link}):
        rows = read_rows(shelf, [shard], [key, *VERDICT]).filter(pl.col("status") != "")
        for name, status, message, hint in rows.iter_rows():
            found[name] = Verdict(status, message, hint)
    return found


def load_documents(bench: Bench, sources: Sequence[SourceFile]) -> dict[str, Document | Verdict]:
    """Each source as a document or as the reason why it is none, by doc_id; what is not on the shelf is read first."""
    for _ in range(ROUNDS):
        try:
            held, _counts = _read(bench, sources)
            where = {doc_id: shard for doc_id, (shard, _) in held.items()}
            found: dict[str, Document | Verdict] = {}
            for shard in sorted(set(where.values())):
                for doc_id, *why, record in read_rows(
                    bench.documents, [shard], ["doc_id", *VERDICT, "record"]
                ).iter_rows():
                    if where.get(doc_id) == shard:
                        document = decode(record, Outcome[Document]).value
                        found[doc_id] = document if document is not None else Verdict(*why)
        except DamagedPartError:
            take_away_damaged(bench)
            continue
        return found
    raise StoreError("the workspace keeps losing what is written to it", "check the disk, then run again")


def document_issues(bench: Bench, doc_ids: Sequence[str]) -> tuple[tuple[str, Issue], ...]:
    """(doc_id, issue) for every issue found while these documents were read, by doc_id."""
    where = bench.documents.holders(doc_ids)
    found: list[tuple[str, Issue]] = []
    for shard in sorted(set(where.values())):
        for doc_id, blob in read_rows(bench.documents, [shard], ["doc_id", "issues"]).iter_rows():
            if where.get(doc_id) == shard:
                found += [(doc_id, issue) for issue in decode(blob, tuple[Issue, ...])]
    return tuple(sorted(found, key=lambda pair: pair[0]))


def read_rows(
    shelf: Shelf, shards: Sequence[str], columns: Sequence[str], keys: Sequence[str] | None = None
) -> pl.DataFrame:
    """Columns of one or more parts, or of these keys alone; raises DamagedPartError where one is not whole."""
    rows = shelf.read_all(shards, columns, keys=keys)
    if rows is None:
        raise DamagedPartError
    return rows


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the applicants, and where their profiles and vectors lie: all that a worker needs to score them."""

    keys: tuple[str, ...]
    """Profile keys."""
    profiles: Shelf
    vectors: Shelf
    dimensions: int
    profile_shards: tuple[str, ...]
    vector_shards: tuple[str, ...]
    """Of these profiles and perhaps others."""


def slice_of(bench: Bench, prepared: Prepared, keys: Sequence[str]) -> Slice:
    """The slice of these profile keys; raises DamagedPartError where the vectors of one are gone."""
    if any(key not in prepared.vectors for key in keys):
        raise DamagedPartError
    profiles, vectors = (sorted({where[key] for key in keys}) for where in (prepared.profiles, prepared.vectors))
    return Slice(tuple(keys), bench.profiles, bench.vectors, bench.dimensions, tuple(profiles), tuple(vectors))


def load_pool(
    bench: Bench, prepared: Prepared, keys: Sequence[str], *, records: bool = False
) -> tuple[Pool, pl.DataFrame]:
    """The Pool of these profile keys and their rows, as `load_slice` gives them."""
    return load_slice(slice_of(bench, prepared, keys), records=records)


def load_slice(part: Slice, *, records: bool = False) -> tuple[Pool, pl.DataFrame]:
    """The Pool of a slice, and its PROFILE_PART rows in the pool's order, what is ONLY_SHOWN only on request.

    Raises DamagedPartError.
    """
    columns = [name for name in PROFILE_PART if records or name not in ONLY_SHOWN]
    profiles = _rows_of(part.profiles, part.profile_shards, columns, part.keys, few=records)
    digests = profiles["passages_hash"]
    wanted = ["key", "data", "first", "length"]
    stored = _rows_of(part.vectors, part.vector_shards, wanted, digests.unique().to_list(), few=records)
    rows = {key: at for at, key in enumerate(stored["key"])}
    at = pl.Series([rows.get(digest) for digest in digests], dtype=pl.UInt32)
    if at.null_count():
        raise DamagedPartError
    pool = pool_of(profiles, from_bytes(_joined(stored["data"], at), part.dimensions))
    first = _joined(stored["first"], at).view(np.bool_)
    return replace(pool, first=first, lengths=stored["length"].gather(at).to_numpy()), profiles


def load_published(bench: Bench, prepared: Prepared) -> pl.DataFrame:
    """The PROFILE_PART columns that a run's tables are made of, of all who are ready, by key; raises DamagedPartError."""
    told = ("skills.", "positions.", "education.")
    columns = ["key", "identity", *CANDIDATES, *(name for name in PROFILE_PART if name.startswith(told))]
    shards = sorted(set(prepared.profiles.values()))
    if not shards:
        return pl.DataFrame(schema={name: PROFILE_PART[name] for name in columns})
    return _rows_of(bench.profiles, shards, columns, list(prepared.profiles), few=False).sort("key")


def _joined(values: pl.Series, at: pl.Series) -> NDArray[np.uint8]:
    """The bytes of the values in these places, one after the other.

    A few at a time: they stay in the processor's cache, and the whole is in memory once, in large pages.
    """
    values = values.gather(at)
    whole = np.empty(int(values.bin.size().sum()), dtype=np.uint8)
    end = 0
    for start in range(0, len(at), _TOGETHER):
        piece = b"".join(values[start : start + _TOGETHER].to_list())
        begin, end = end, end + len(piece)
        whole[begin:end] = np.frombuffer(piece, dtype=np.uint8)
    return whole


def _rows_of(
    shelf: Shelf, shards: Sequence[str], columns: Sequence[str], keys: Sequence[str], *, few: bool
) -> pl.DataFrame:
    """The rows of some parts that answer these keys, one for each; raises DamagedPartError. `few`: most rows are not wanted."""
    rows = read_rows(shelf, shards, columns, keys if few else None)
    # To pick rows costs a copy of them all, and mostly all are wanted.
    wanted = rows["key"].is_in(keys) & rows["key"].is_first_distinct()
    return rows if wanted.all() else rows.filter(wanted)
