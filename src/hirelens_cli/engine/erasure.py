"""Documents taken out of a workspace for good: every file that holds something of them is written anew or removed.

A journal says what is to be done until all is done, so that an erasure which was killed anywhere is finished by the next.
Deleting rows would not do: a database keeps the old bytes. New files are written, and the old ones unlinked.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from hirelens_cli.engine.past import PastRun
from hirelens_cli.engine.results import candidate_id, digest_of, is_readable, read_record, read_terms
from hirelens_cli.engine.seals import seal
from hirelens_cli.engine.subjects import Subject, stage_shelves
from hirelens_cli.engine.tombstones import bury, read_tombstones, without_names
from hirelens_cli.engine.workspace import Workspace, clear_leftovers, write_atomically
from hirelens_cli.errors import StoreError
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.issues import Status
from hirelens_cli.model.results import RESULTS, RunRecord


@dataclass(frozen=True, slots=True)
class Touched:
    """A run that holds documents which are to go."""

    run: str
    digest: str
    """Of its tables before."""
    documents: int
    modified: int
    """When its record was written, in nanoseconds: runs are in that order, and keep it."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to go, and why; enough to begin anew from any point."""

    doc_ids: tuple[str, ...]
    status: Status
    salt: str
    """Random: the ledger keeps a hash of it with the ids."""
    files: tuple[str, ...]
    """Names under which the documents were found."""
    passages: tuple[str, ...]
    """Keys of vectors that belong to nobody else."""
    runs: tuple[Touched, ...]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a run's tables became."""

    run: str
    before: str
    after: str
    documents: int


def begin(
    workspace: Workspace, subjects: Sequence[Subject], runs: Sequence[PastRun], status: Status, salt: str
) -> Erasure:
    """Note in the journal what is to go; nothing is gone yet."""
    doc_ids = tuple(sorted(subject.doc_id for subject in subjects))
    touched = []
    for past in runs:
        held = past.table("identities")["doc_id"].is_in(list(doc_ids)).sum()
        if held:
            modified = (past.folder / "run.json").stat().st_mtime_ns
            touched.append(Touched(past.record.run, past.record.digest, int(held), modified))
    files = tuple(dict.fromkeys(file for subject in subjects for file in subject.files))
    erasure = Erasure(doc_ids, status, salt, files, _passages(workspace, set(doc_ids)), tuple(touched))
    write_atomically(workspace.erasing, encode(erasure))
    return erasure


def under_way(workspace: Workspace) -> Erasure | None:
    """The erasure that was begun and not finished; raises StoreError where its journal cannot be read."""
    try:
        return decode(workspace.erasing.read_bytes(), Erasure)
    except FileNotFoundError:
        return None
    except (OSError, CodecError) as error:
        raise StoreError(f"{workspace.erasing} is damaged", "remove it, then forget the same people again") from error


def take_out(workspace: Workspace, erasure: Erasure) -> tuple[Rewritten, ...]:
    """Write everything anew that holds something of the documents; returns what became of the runs. May be repeated."""
    bury(workspace, erasure.doc_ids, erasure.status)
    clear_leftovers(workspace)
    _drop_parts(workspace, set(erasure.doc_ids), set(erasure.passages))
    _forget_objects(workspace.parts / "objects.json", set(erasure.doc_ids))
    for doc_id in erasure.doc_ids:
        (workspace.corrections / f"{candidate_id(doc_id)}.json").unlink(missing_ok=True)
    for folder in _unreadable(workspace, {item.run for item in erasure.runs}):
        shutil.rmtree(folder)
    shutil.rmtree(workspace.reports, ignore_errors=True)
    return tuple(_rewrite(workspace.run_folder(item.run), erasure, item) for item in erasure.runs)


def drop_buried(workspace: Workspace) -> None:
    """Take off the shelves what may not be taken in again: parts that were gathered from elsewhere may hold it."""
    tombstones = read_tombstones(workspace)
    keys = {
        key for shelf in stage_shelves(workspace) if tombstones.buried for item in shelf.receipts() for key in item.keys
    }
    gone = {doc_id for doc_id in (key.partition("@")[0] for key in keys) if tombstones.status(doc_id)}
    if gone:
        _drop_parts(workspace, gone, set(_passages(workspace, gone)))


def _drop_parts(workspace: Workspace, doc_ids: set[str], passages: set[str]) -> None:
    """Take documents, profiles and vectors off every shelf."""
    for shelf in stage_shelves(workspace):
        if shelf.stage == "vectors":
            shelf.drop("key", passages)
        else:
            shelf.drop("doc_id", doc_ids)


def _forget_objects(index: Path, doc_ids: set[str]) -> None:
    """Take the documents out of what is known of object stores; an index that cannot be read is only a cache."""
    try:
        known = decode(index.read_bytes(), dict[str, str])
    except FileNotFoundError:
        return
    except (OSError, CodecError):
        index.unlink(missing_ok=True)
        return
    write_atomically(index, encode({key: doc_id for key, doc_id in known.items() if doc_id not in doc_ids}))


def _passages(workspace: Workspace, doc_ids: set[str]) -> tuple[str, ...]:
    """Keys of vectors that only these documents have."""
    theirs: set[str] = set()
    others: set[str] = set()
    for shelf in stage_shelves(workspace):
        for receipt in shelf.receipts() if shelf.stage == "profiles" else ():
            part = shelf.read(receipt.shard, ["doc_id", "passages_hash"])
            for doc_id, digest in part.drop_nulls().iter_rows() if part is not None else ():
                (theirs if doc_id in doc_ids else others).add(digest)
    return tuple(sorted(theirs - others))


def _unreadable(workspace: Workspace, rewritten: Set[str]) -> Iterator[Path]:
    """Folders of runs that were killed before their record, or are damaged: nothing reads them, yet they may hold anybody.

    Those that this erasure has begun to write anew are none of them.
    """
    for folder in sorted((workspace.parts / "runs").glob("*")):
        if folder.is_dir() and folder.name not in rewritten and not is_readable(folder):
            yield folder


def _rewrite(folder: Path, erasure: Erasure, item: Touched) -> Rewritten:
    """The tables first, the terms, then the record with the new digest, which says that all is done."""
    record = read_record(folder)
    if record is None:
        return Rewritten(item.run, item.digest, "", item.documents)
    if record.digest == item.digest:
        for path in sorted(folder.glob("*.parquet")):
            _without(path, erasure.doc_ids)
        _clean_terms(folder, erasure.files)
        record = _recorded(folder, record, item.documents)
    os.utime(folder / "run.json", ns=(item.modified, item.modified))
    return Rewritten(item.run, item.digest, record.digest, item.documents)


def _without(path: Path, doc_ids: Sequence[str]) -> None:
    frame = pl.read_parquet(path)
    if "doc_id" not in frame.columns:
        return
    kept = frame.filter(~pl.col("doc_id").is_in(list(doc_ids)))
    if len(kept) < len(frame):
        buffer = io.BytesIO()
        kept.write_parquet(buffer, compression="zstd", compression_level=3)
        write_atomically(path, buffer.getvalue())


def _clean_terms(folder: Path, files: Sequence[str]) -> None:
    """A document may have been given by its own path: such paths are people's names as often as not."""
    terms = read_terms(folder)
    if terms is None:
        return
    clean = without_names(terms, files)
    if clean != terms:
        write_atomically(folder / "terms.json", encode(clean))


def _recorded(folder: Path, record: RunRecord, documents: int) -> RunRecord:
    tables = {name: folder / f"{name}.parquet" for name in RESULTS}
    digest = digest_of({name: pl.read_parquet(path) for name, path in tables.items() if path.is_file()})
    new = replace(record, digest=digest, erased=record.erased + documents)
    seal(folder, new)
    write_atomically(folder / "run.json", encode(new))
    return new
