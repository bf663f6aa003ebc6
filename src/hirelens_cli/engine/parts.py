"""Parts: Parquet files with a receipt beside each. They are the caches, what shards exchange, and all that a merge reads.

A part is there when its receipt is; the receipt is written last and holds the part's SHA-256, so a torn, stale or damaged
part is never used. What made a part is in its folder's name, the fingerprint, so nothing needs to be invalidated.
"""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import polars as pl

from hirelens_cli.engine.workspace import write_atomically
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.objects import Place, read_all

COMPRESSION: dict[str, Literal["uncompressed", "zstd"]] = {"vectors": "uncompressed"}
"""By stage, zstd for the others. Vectors are noise: zstd took a third off them, and three times as long to read."""

LINKS = {"documents": "digest", "profiles": "passages_hash"}
"""By stage, the column that says what the next stage is asked for."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Says that a part is whole, and what it took."""

    shard: str
    stage: str
    fingerprint: str
    keys: tuple[str, ...]
    """What the rows answer: doc_id, and for profiles doc_id@as_of."""
    sha256: str
    failed: int
    """Rows that hold a reason instead of a value."""
    seconds: float
    unopened: int = 0
    """Of the failed rows, those whose file could not be opened: that may be otherwise the next time."""
    links: tuple[str, ...] = ()
    """For each key the row's LINKS column, empty where the row holds a reason instead of a value: what is missing is planned
    without opening a part."""
    check: str = ""
    """Digest of what is planned by: a receipt that was damaged and is still JSON counts as not there."""

    def digest(self) -> str:
        """What `check` has to be."""
        said = (self.shard, self.sha256, str(self.failed), str(self.unopened), *self.keys, "", *self.links)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


Held = tuple[str, str]
"""Where the row of a key is: the shard, and the key's link."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All parts of one stage made under one fingerprint."""

    folder: Place
    stage: str
    fingerprint: str

    def part(self, shard: str) -> Place:
        """Where the part of a shard lies."""
        return self.folder / f"{shard}.parquet"

    def put(
        self, frame: pl.DataFrame, keys: Sequence[str], *, failed: int = 0, started: float = 0.0, unopened: int = 0
    ) -> Receipt:
        """Write a part, row by row what answers `keys`, and then its receipt.

        The shard's name is a hash of its keys, so a repeat replaces its equal.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        frame.write_parquet(buffer, compression=COMPRESSION.get(self.stage, "zstd"), statistics=False)
        data = buffer.getvalue()
        link = LINKS.get(self.stage, "")
        shard = hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]
        seconds = round(time.monotonic() - started, 3) if started else 0.0
        receipt = Receipt(
            shard,
            self.stage,
            self.fingerprint,
            tuple(keys),
            hashlib.sha256(data).hexdigest(),
            failed,
            seconds,
            unopened,
            tuple(frame[link].fill_null("")) if link in frame.columns else (),
        )
        receipt = replace(receipt, check=receipt.digest())
        write_atomically(self.part(shard), data)
        write_atomically(self.folder / f"{shard}.json", encode(receipt))
        return receipt

    def receipts(self) -> tuple[Receipt, ...]:
        """The receipts of all whole parts, by shard; a damaged receipt or one without its part counts as not there."""
        there = {path.name for path in self.folder.glob("*.parquet")}
        found = []
        for data in read_all(self.folder, "*.json"):
            try:
                receipt = decode(data, Receipt)
            except CodecError:
                continue
            sound = (
                receipt.check == receipt.digest() if receipt.check or receipt.links else True
            )  # versions before had none
            if sound and self.part(receipt.shard).name in there:
                found.append(receipt)
        return tuple(found)

    def holders(self, wanted: Iterable[str]) -> dict[str, str]:
        """For each wanted key that some part answers, the shard of the first such part."""
        missing = set(wanted)
        where: dict[str, str] = {}
        for receipt in self.receipts():
            for key in receipt.keys:
                if key in missing:
                    where.setdefault(key, receipt.shard)
        return where

    def linked(self, wanted: Iterable[str]) -> dict[str, Held]:
        """As `holders`, with the key's link. A part without links, which an earlier version wrote, counts as not there."""
        missing = set(wanted)
        where: dict[str, Held] = {}
        for receipt in self.receipts():
            for key, link in zip(receipt.keys, receipt.links, strict=False):
                if key in missing:
                    where.setdefault(key, (receipt.shard, link))
        return where

    def read(self, shard: str, columns: Sequence[str] | None = None) -> pl.DataFrame | None:
        """A part's rows, or None when its bytes are not those that were written; then it is taken away."""
        return self.read_all([shard], columns)

    def read_all(
        self, shards: Sequence[str], columns: Sequence[str] | None = None, *, keys: Sequence[str] | None = None
    ) -> pl.DataFrame | None:
        """The rows of one or more parts, or None where one is not what was written; then the first such is taken away.

        Small parts in one call take half as long as one by one. With `keys` the rows of those alone: of the others nothing but
        the key is decoded.
        """
        whole: list[Any] = []
        for shard in shards:
            source = self._source(shard)
            if source is None:
                return None
            whole.append(source)
        try:
            if keys is None:
                return pl.read_parquet(whole, columns=list(columns) if columns else None, use_statistics=False)
            rows = pl.scan_parquet(whole, use_statistics=False).filter(pl.col("key").is_in(keys))
            return (rows.select(columns) if columns else rows).collect()
        except pl.exceptions.PolarsError:
            for shard in shards:
                self.take_away(shard)
            return None

    def _source(self, shard: str) -> Path | bytes | None:
        """A whole part: its file, or its bytes where it lies in an object store. What is not whole is taken away."""
        path = self.part(shard)
        try:
            receipt = decode((self.folder / f"{shard}.json").read_bytes(), Receipt)
            if isinstance(path, Path):
                with path.open("rb", buffering=0) as file:
                    if hashlib.file_digest(file, "sha256").hexdigest() == receipt.sha256:
                        return path
            elif hashlib.sha256(data := path.read_bytes()).hexdigest() == receipt.sha256:
                return data
        except (OSError, CodecError):
            pass
        self.take_away(shard)
        return None

    def adopt(self, other: Shelf, receipt: Receipt) -> bool:
        """Put a part of another shelf here as well, unless it is here; False where its bytes are not those of its receipt."""
        try:
            data = other.part(receipt.shard).read_bytes()
        except OSError:
            return False
        if hashlib.sha256(data).hexdigest() != receipt.sha256:
            return False
        self.folder.mkdir(parents=True, exist_ok=True)
        for path, wanted in (
            (self.part(receipt.shard), data),
            (self.folder / f"{receipt.shard}.json", encode(receipt)),
        ):
            if not path.is_file() or path.read_bytes() != wanted:
                write_atomically(path, wanted)
        return True

    def forget_unopened(self) -> None:
        """Remove the parts with files that could not be opened, so that their documents are read again."""
        for receipt in self.receipts():
            if receipt.unopened:
                self.take_away(receipt.shard)

    def drop(self, column: str, gone: Set[str]) -> int:
        """Write every part anew that has rows with one of these values in `column`; returns how many rows went.

        What is no whole part is removed as well: nobody reads it, yet it may hold such rows. A new part is there before
        the old one goes, so that this can be repeated from any point.
        """
        count = 0
        receipts = self.receipts()
        self._remove_orphans({receipt.shard for receipt in receipts})
        for receipt in receipts:
            if gone.isdisjoint([*receipt.keys, *(key.partition("@")[0] for key in receipt.keys)]):
                continue
            part = self.read(receipt.shard)
            if part is None:
                continue
            kept = part.filter(~pl.col(column).is_in(list(gone)))
            if len(kept) == len(part):
                continue
            if len(kept):
                failed = int((kept["status"] != "").sum()) if "status" in kept.columns else 0
                keys = kept[kept.columns[0]].to_list()
                self.put(kept, keys, failed=failed, unopened=min(receipt.unopened, failed))
            self.take_away(receipt.shard)
            count += len(part) - len(kept)
        return count

    def _remove_orphans(self, whole: Set[str]) -> None:
        for path in (*self.folder.glob("*.parquet"), *self.folder.glob("*.json")):
            if path.stem not in whole:
                path.unlink(missing_ok=True)

    def take_away_damaged(self) -> int:
        """Remove every part that is not what was written, so that it is made again; how many there were."""
        return sum(self._source(receipt.shard) is None for receipt in self.receipts())

    def take_away(self, shard: str) -> None:
        """Remove a part, its receipt first, so that it is never half there."""
        (self.folder / f"{shard}.json").unlink(missing_ok=True)
        self.part(shard).unlink(missing_ok=True)
