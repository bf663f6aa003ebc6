"""A batch screened once more with everybody's identity swapped, and what that changed, document by document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from hirelens_cli.engine.results import candidate_id, digest_of, result_frames
from hirelens_cli.engine.run import Screened
from hirelens_cli.engine.stages import Bench
from hirelens_cli.model.audits import Leak, LeakReport
from hirelens_cli.model.codec import decode, encode
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Outcome
from hirelens_cli.model.profiles import Identity, Profile


def put_swapped(bench: Bench, other: Bench, identities: Mapping[str, Identity]) -> None:
    """Leave on the `other` bench the documents of this one, each about somebody else, as if they had been read so.

    Ids and digests stay: nothing but the text differs, so that whatever differs afterwards comes from it.
    """
    from hirelens_cli.profiles.swap import OTHERS, swapped

    for receipt in bench.documents.receipts():
        part = bench.documents.read(receipt.shard)
        if part is None:
            continue
        records = []
        for number, (doc_id, record) in enumerate(part.select("doc_id", "record").iter_rows()):
            outcome = decode(record, Outcome[Document])
            if outcome.value is not None:
                changed = swapped(outcome.value, identities.get(doc_id, Identity()), OTHERS[number % len(OTHERS)])
                record = encode(Outcome(changed, outcome.issues))
            records.append(record)
        changed_part = part.with_columns(pl.Series("record", records, dtype=pl.Binary))
        other.documents.put(changed_part, receipt.keys, failed=receipt.failed, unopened=receipt.unopened)


def compared(before: Screened, after: Screened, bench: Bench, other: Bench) -> LeakReport:
    """What differs between the two."""
    ours, theirs = result_frames(before.findings), result_frames(after.findings)
    tables = {name: _different(ours[name], theirs[name]) for name in ours}
    texts, others = _profiles(bench), _profiles(other)
    leaks = []
    for person in before.findings.people:
        doc_id = person.source.doc_id
        changed = tuple(name for name, ids in tables.items() if doc_id in ids)
        first = _first_difference(texts.get(doc_id, ("", "")), others.get(doc_id, ("", "")))
        if changed or first is not None:
            leaks.append(Leak(candidate_id(doc_id), person.source.name, changed, *(first or ("", ""))))
    identities = before.findings.identities
    return LeakReport(
        len(before.findings.keys),
        tuple(standing.job.name for standing in before.findings.standings),
        sum(1 for doc_id in before.findings.keys if not identities.get(doc_id, Identity()).name),
        digest_of(ours),
        digest_of(theirs),
        tuple(leaks),
    )


def _different(ours: pl.DataFrame, theirs: pl.DataFrame) -> set[str]:
    """The documents whose rows are not the same."""
    if "doc_id" not in ours.columns or ours.equals(theirs):
        return set()
    return {
        doc_id
        for doc_id in set(ours["doc_id"]) | set(theirs["doc_id"])
        if not ours.filter(pl.col("doc_id") == doc_id).equals(theirs.filter(pl.col("doc_id") == doc_id))
    }


def _profiles(bench: Bench) -> dict[str, tuple[str, str]]:
    """doc_id -> (hash of the profile without identity, redacted text)."""
    return {doc_id: (digest, text) for doc_id, digest, text in _understood(bench)}


def _understood(bench: Bench) -> Iterator[tuple[str, str, str]]:
    for receipt in bench.profiles.receipts():
        part = bench.profiles.read(receipt.shard, ["doc_id", "profile_hash", "record"])
        for doc_id, digest, record in part.drop_nulls().iter_rows() if part is not None else ():
            yield doc_id, digest, decode(record, Profile).text


def _first_difference(ours: tuple[str, str], theirs: tuple[str, str]) -> tuple[str, str] | None:
    """The first lines that differ; two empty ones where only what was understood does; None where nothing does."""
    if ours[0] == theirs[0]:
        return None
    pairs = zip(ours[1].split("\n"), theirs[1].split("\n"), strict=False)
    return next(((old, new) for old, new in pairs if old != new), ("", ""))
