"""A finished run, proved: its files are what was written, and doing the work again gives the same tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from hirelens_cli.engine.compare import diff_job
from hirelens_cli.engine.past import PastRun
from hirelens_cli.engine.results import Findings, digest_of, identity_frame, result_frames
from hirelens_cli.errors import StoreError
from hirelens_cli.model.comparisons import Check, JobDiff, Result
from hirelens_cli.model.results import RESULTS

SHOWN = 10
"""Candidates per job that are shown where a replay scores differently."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """The tables that the same work gives now."""

    frames: Mapping[str, pl.DataFrame]
    identities: pl.DataFrame

    def table(self, name: str) -> pl.DataFrame:
        """One of the tables, as `PastRun.table` gives it."""
        return self.identities if name == "identities" else self.frames[name]


def stored_tables(past: PastRun) -> dict[str, pl.DataFrame]:
    """The run's de-identified tables as they lie on disk, in their order; raises StoreError where one cannot be read."""
    return {name: past.stored(name) for name in RESULTS if (past.folder / f"{name}.parquet").is_file()}


def check_files(past: PastRun, in_ledger: str | None) -> tuple[Check, ...]:
    """Whether the tables have the digest of the record, and the record the one that the ledger gives the run, if any."""
    digest = past.record.digest
    try:
        found = digest_of(stored_tables(past))
    except StoreError:
        found = ""
    tables = (
        Check("tables", Result.EQUAL, f"the tables have the digest of the record, {digest[:16]}")
        if found == digest
        else Check("tables", Result.DIFFERS, f"the record says {digest[:16]}, the tables have {found[:16] or 'damage'}")
    )
    if in_ledger is None:
        return tables, Check("ledger entry", Result.DIFFERS, "the ledger does not hold this run")
    if in_ledger != digest:
        said = f"the ledger says {in_ledger[:16]}, the record {digest[:16]}"
        return tables, Check("ledger entry", Result.DIFFERS, said)
    erased = f", and {past.record.erased} erased since the run" if past.record.erased else ""
    return tables, Check("ledger entry", Result.EQUAL, f"the ledger holds the same digest{erased}")


def replayed(findings: Findings) -> Replayed:
    """The tables of a run that was done again and not written."""
    return Replayed(result_frames(findings), identity_frame(findings))


def check_replay(
    past: PastRun, again: Replayed, gone: Sequence[str], other_code: str
) -> tuple[Check, tuple[JobDiff, ...]]:
    """Whether the tables are the same again, and of each job who is scored differently.

    `gone` are documents that are no longer there: the others' scores do not depend on them, so these must be equal.
    `other_code` says, where it is so, that another version made the run.
    """
    digest = digest_of(again.frames)
    stored = stored_tables(past)
    different = [name for name, frame in stored.items() if not _equal(frame, again.frames[name])]
    if digest == past.record.digest and not different:
        return Check("replay", Result.EQUAL, "equal: the same work gives the same digest"), ()
    if not different and digest_of(stored) == past.record.digest:
        return Check("replay", Result.EQUAL, "equal in all that the run kept; this version keeps more"), ()
    lacking = _lacking(past.record.erased, len(gone))
    if lacking and _same_scores(past, again, gone):
        return Check("replay", Result.EQUAL, f"equal except for {lacking}"), ()
    jobs = tuple(
        diff_job(past.table, again.table, job.job_id, job.job_id, top=SHOWN, blind=True) for job in past.terms.jobs
    )
    told = f"the same work gives {digest[:16]}; different on disk: {', '.join(different) or 'the record'}"
    text = f"{told}; {other_code}" if other_code else told
    return Check("replay", Result.DIFFERS, text), tuple(job for job in jobs if job.moved)


def _lacking(erased: int, gone: int) -> str:
    """`1 erased and 2 documents that are no longer there`."""
    told = [f"{erased} erased"] if erased else []
    several = gone != 1
    told += [f"{gone} document{'s' * several} that {'are' if several else 'is'} no longer there"] if gone else []
    return " and ".join(told)


def _equal(old: pl.DataFrame, new: pl.DataFrame) -> bool:
    """Whether the columns of the old table are the same in the new one, which may have more."""
    return set(old.columns) <= set(new.columns) and old.equals(new.select(old.columns))


def _same_scores(past: PastRun, again: Replayed, gone: Sequence[str]) -> bool:
    """Scores and parts of those who are left, places apart: these count everybody."""
    for name, columns in (("scores", ["job_id", "doc_id", "score"]), ("parts", list(RESULTS["parts"]))):
        old = past.table(name).filter(~pl.col("doc_id").is_in(gone)).select(columns)
        if not old.sort(columns).equals(again.table(name).select(columns).sort(columns)):
            return False
    return True
