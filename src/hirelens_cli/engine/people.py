"""Files of the same person among the shortlisted: shown with the reason, never merged, and never part of a score."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import polars as pl

from hirelens_cli.engine.results import candidate_id
from hirelens_cli.engine.stages import Bench, Prepared, read_rows
from hirelens_cli.model.codec import decode
from hirelens_cli.model.profiles import Identity, Profile
from hirelens_cli.model.shortlists import SamePerson

MOST_COMPARED = 5_000
"""Shortlisted files that are compared: about 3 ms each, and whole profiles in memory."""


def same_people(
    bench: Bench, prepared: Prepared, doc_ids: Collection[str], names: Mapping[str, str]
) -> tuple[SamePerson, ...]:
    """Groups of shortlisted files that seem to be of one person; none where more than MOST_COMPARED are shortlisted.

    `names` are the files' paths by doc_id.
    """
    # Imported here: only shortlists of two and more need it.
    from hirelens_cli.profiles.people import same_person

    if not 1 < len(doc_ids) <= MOST_COMPARED:
        return ()
    groups = same_person(list(_profiles(bench, prepared, doc_ids)))
    return tuple(
        SamePerson(
            tuple(candidate_id(doc_id) for doc_id in group.doc_ids),
            () if bench.config.blind else tuple(names[doc_id] for doc_id in group.doc_ids),
            group.reasons,
            group.contradictions,
        )
        for group in groups
    )


def _profiles(bench: Bench, prepared: Prepared, doc_ids: Collection[str]) -> Iterator[Profile]:
    """The profiles with their identities."""
    keys = {prepared.keys[doc_id] for doc_id in doc_ids}
    for shard in sorted({prepared.profiles[key] for key in keys}):
        rows = read_rows(bench.profiles, [shard], ["key", "record", "identity"]).filter(pl.col("key").is_in(keys))
        for key, record, identity in rows.iter_rows():
            if prepared.profiles[key] == shard:
                yield replace(decode(record, Profile), identity=decode(identity, Identity))
