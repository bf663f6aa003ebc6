"""When a shard is whole, and bringing whole shards together in a workspace."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from hirelens_cli.engine.parts import Receipt, Shelf
from hirelens_cli.engine.plan import Fingerprints
from hirelens_cli.engine.shards import PlanFolder
from hirelens_cli.engine.stages import Prepared, shelves
from hirelens_cli.engine.workspace import write_atomically
from hirelens_cli.errors import IncompleteError
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.objects import ObjectPath, Place
from hirelens_cli.ports import Progress

NOT_RUN, CHANGED, FOREIGN = "not run", "parts missing or changed", "made by another version"
"""Why a shard cannot be merged."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Says that a shard is whole. Nothing volatile is in it: a repeat writes the same bytes."""

    plan: str
    """Digest of the plan."""
    shard: int
    documents: str
    """Digest of the shard's list."""
    prints: Fingerprints
    parts: str
    """Digest of the parts: stage, name and SHA-256 of each."""
    unscreened: int


def take_away_damaged(place: PlanFolder, shard: int) -> None:
    """Remove the parts of a shard that are not what was written, so that preparing it makes them again."""
    for shelf, _ in _shard_receipts(place, shard):
        shelf.take_away_damaged()


def mark_done(place: PlanFolder, shard: int, prepared: Prepared) -> None:
    """Say that a shard is whole; written only where it says something new."""
    marker = Marker(
        place.digest,
        shard,
        place.plan.shares[shard - 1].sha256,
        place.plan.prints,
        _parts_digest(_shard_receipts(place, shard)),
        len(prepared.unscreened),
    )
    data, path = encode(marker), _marker_of(place.root, shard)
    if isinstance(path, ObjectPath) and path.create(data):  # of two copies of a shard that end together one says so
        return
    if not path.is_file() or path.read_bytes() != data:
        write_atomically(path, data)


def gather(place: PlanFolder, parts: Place, progress: Progress) -> tuple[tuple[int, ...], dict[int, str]]:
    """Copy the parts of all complete shards to `parts`; the complete shards, and why each other one is not."""
    complete: list[int] = []
    lacking: dict[int, str] = {}
    targets = shelves(parts, place.plan.prints)
    progress.start("gathering", len(place.plan.shares))
    for shard in range(1, len(place.plan.shares) + 1):
        why = _lack_of(place, shard) or _copied(place, shard, targets)
        progress.advance(failed=1 if why else 0)
        if why:
            lacking[shard] = why
        else:
            complete.append(shard)
    return tuple(complete), lacking


def incomplete(place: PlanFolder, lacking: dict[int, str]) -> IncompleteError:
    """The error that names every shard which is not whole, and how many documents wait in them."""
    total = len(place.plan.shares)
    documents = sum(place.plan.shares[shard - 1].documents for shard in lacking)
    first = next(iter(lacking))
    return IncompleteError(
        f"{len(lacking)} of {total} shards are not there, with {documents} of {place.plan.documents} documents "
        f"({lacking_text(lacking)})",
        f"hirelens shard run {place.root} --shard {first}/{total}, or merge what is there with --partial",
    )


def lacking_text(lacking: dict[int, str]) -> str:
    """`not run: 2, 5-8; parts missing or changed: 3`."""
    return "; ".join(
        f"{why}: {_ranges([shard for shard, reason in lacking.items() if reason == why])}"
        for why in (NOT_RUN, CHANGED, FOREIGN)
        if why in lacking.values()
    )


def _ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers as `2, 5-8`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _lack_of(place: PlanFolder, shard: int) -> str:
    """Why a shard cannot be merged by what its marker says; empty where it can."""
    try:
        marker = decode(_marker_of(place.root, shard).read_bytes(), Marker)
    except FileNotFoundError:
        return NOT_RUN
    except (OSError, CodecError):
        return CHANGED
    if marker.plan != place.digest or marker.prints != place.plan.prints:
        return FOREIGN
    same = marker.shard == shard and marker.documents == place.plan.shares[shard - 1].sha256
    whole = same and marker.parts == _parts_digest(_shard_receipts(place, shard))
    return "" if whole else CHANGED


def _copied(place: PlanFolder, shard: int, targets: Sequence[Shelf]) -> str:
    """Copy a shard's parts; why it cannot be merged, empty where it could."""
    answered: set[str] = set()
    for target, (source, receipts) in zip(targets, _shard_receipts(place, shard), strict=True):
        for receipt in receipts:
            if not target.adopt(source, receipt):
                return CHANGED
            if source.stage == "documents":
                answered.update(receipt.keys)
    wanted = {person.source.doc_id for person in place.people(shard)}
    return "" if wanted <= answered else CHANGED


def _shard_receipts(place: PlanFolder, shard: int) -> list[tuple[Shelf, tuple[Receipt, ...]]]:
    found = shelves(place.parts(shard), place.plan.prints)
    return [(shelf, shelf.receipts()) for shelf in found]


def _parts_digest(found: Sequence[tuple[Shelf, tuple[Receipt, ...]]]) -> str:
    digest = hashlib.sha256()
    for shelf, receipts in found:
        for receipt in receipts:
            digest.update(f"{shelf.stage} {receipt.shard} {receipt.sha256}\n".encode())
    return digest.hexdigest()


def _marker_of(root: Place, shard: int) -> Place:
    return root / "done" / f"{shard}.json"
