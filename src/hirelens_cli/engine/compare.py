"""Two runs beside each other: who moved, by how much, and which parts of the score moved them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass

import polars as pl

from hirelens_cli.engine.past import PastRun
from hirelens_cli.engine.results import candidate_id
from hirelens_cli.model.comparisons import JobDiff, Move, PartChange, Reweighted, RunDiff, Setting, Share, Standing
from hirelens_cli.model.jobs import Criterion

Tables = Callable[[str], pl.DataFrame]
"""A run's tables by name, `identities` among them."""

_QUIET = ("workspace", "workers", "chunk", "blind", "as_of")
"""Settings that can move nobody, or that the record holds as well."""


def diff_runs(before: PastRun, after: PastRun, *, top: int, blind: bool) -> RunDiff:
    """What changed from one run to another; of each job the `top` largest changes (0: all)."""
    old = {job: job_id for job_id, job in before.table("jobs").select("job_id", "job").iter_rows()}
    new = {job: job_id for job_id, job in after.table("jobs").select("job_id", "job").iter_rows()}
    jobs = tuple(
        diff_job(before.table, after.table, old[name], new[name], top=top, blind=blind) for name in old if name in new
    )
    return RunDiff(
        before.record.run,
        after.record.run,
        before.record.digest == after.record.digest,
        _settings(before, after),
        jobs,
        tuple(name for name in old if name not in new),
        tuple(name for name in new if name not in old),
    )


def diff_job(before: Tables, after: Tables, old: str, new: str, *, top: int, blind: bool) -> JobDiff:
    """The job with the id `old` in one run and `new` in another."""
    pairs = _pairs(_places(before, old), _places(after, new))
    both = pairs.filter(pl.col("rank").is_not_null() & pl.col("rank_after").is_not_null())
    changed = (pl.col("rank") != pl.col("rank_after")) | (pl.col("score") != pl.col("score_after"))
    moved = pairs.filter(changed.fill_null(value=True)).sort(
        (pl.col("score_after") - pl.col("score")).abs().fill_null(10**9),
        pl.coalesce("rank_after", "rank"),
        descending=[True, False],
    )
    asked = _asked(before, after, old, new)
    shown = moved.head(top) if top else moved
    shares = (
        _shares(before, old, shown["doc_id"].drop_nulls().to_list()),
        _shares(after, new, shown["doc_id_after"].drop_nulls().to_list()),
    )
    job, title = after("jobs").filter(pl.col("job_id") == new).select("job", "title").row(0)
    return JobDiff(
        job,
        title,
        tuple(item for item in _reweighted(asked) if item.before != item.after),
        tuple(_move(row, asked, shares, blind=blind) for row in shown.iter_rows(named=True)),
        moved=len(moved),
        came=int(pairs["rank"].null_count()),
        went=int(pairs["rank_after"].null_count()),
        unchanged=len(both) - len(both.filter(changed)),
    )


def _places(tables: Tables, job_id: str) -> pl.DataFrame:
    scores = tables("scores").filter(pl.col("job_id") == job_id).select("doc_id", "rank", "score")
    return scores.join(tables("identities").select("doc_id", "resume", "name"), on="doc_id", how="left")


def _pairs(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The two places of each candidate: the same bytes, or else the same path."""
    new = new.rename({name: f"{name}_after" for name in new.columns})
    same = old.join(new, left_on="doc_id", right_on="doc_id_after", how="inner", coalesce=False)
    left = old.join(same.select("doc_id"), on="doc_id", how="anti")
    right = new.join(same.select("doc_id_after"), on="doc_id_after", how="anti")
    rest = left.join(right, left_on="resume", right_on="resume_after", how="full", coalesce=False)
    return pl.concat([same, rest.select(same.columns)])


Asked = tuple[str, Criterion, bool, tuple[int, int] | None, tuple[int, int] | None]
"""Text, criterion, must, and (number, weight) on either side."""


def _asked(before: Tables, after: Tables, old: str, new: str) -> list[Asked]:
    """The scored requirements of both sides, paired by kind and text; the n-th of equal ones with the n-th."""
    keys = ["kind", "text", "nth"]
    sides = [
        tables("requirements")
        .filter((pl.col("job_id") == job_id) & (pl.col("criterion") != ""))
        .sort("requirement")
        .with_columns(nth=pl.int_range(pl.len()).over("kind", "text"))
        for tables, job_id in ((before, old), (after, new))
    ]
    joined = sides[1].join(sides[0], on=keys, how="full", coalesce=True, suffix="_before")
    joined = joined.sort(pl.coalesce("requirement", "requirement_before"), "requirement", nulls_last=True)
    rows: list[Asked] = []
    for row in joined.iter_rows(named=True):
        was = (row["requirement_before"], row["weight_before"]) if row["requirement_before"] is not None else None
        now = (row["requirement"], row["weight"]) if row["requirement"] is not None else None
        criterion = Criterion(row["criterion"] or row["criterion_before"])
        rows.append((row["text"], criterion, bool(row["must"] if now else row["must_before"]), was, now))
    return rows


def _reweighted(asked: Sequence[Asked]) -> list[Reweighted]:
    return [
        Reweighted(text, criterion, was[1] if was else None, now[1] if now else None)
        for text, criterion, _must, was, now in asked
    ]


def _shares(tables: Tables, job_id: str, doc_ids: Sequence[str]) -> dict[tuple[str, int], tuple[int, int]]:
    """(doc_id, requirement) -> (value, points)."""
    rows = tables("parts").filter((pl.col("job_id") == job_id) & pl.col("doc_id").is_in(doc_ids))
    return {
        (doc_id, number): (value, points)
        for doc_id, number, value, points in rows.select("doc_id", "requirement", "value", "points").iter_rows()
    }


def _move(
    row: dict[str, object],
    asked: Sequence[Asked],
    shares: tuple[dict[tuple[str, int], tuple[int, int]], dict[tuple[str, int], tuple[int, int]]],
    *,
    blind: bool,
) -> Move:
    was, now = row["doc_id"], row["doc_id_after"]
    parts = []
    for text, criterion, must, old, new in asked if was and now else ():
        before, after = _share(shares[0], was, old), _share(shares[1], now, new)
        if before != after:
            parts.append(PartChange(text, criterion, must, before, after))
    parts.sort(key=lambda part: -abs(part.change))
    suffix = "_after" if now else ""
    return Move(
        candidate_id(str(now or was)),
        "" if blind else str(row[f"resume{suffix}"] or ""),
        "" if blind else str(row[f"name{suffix}"] or ""),
        _standing(row["rank"], row["score"]),
        _standing(row["rank_after"], row["score_after"]),
        tuple(parts),
        rewritten=bool(was and now and was != now),
    )


def _standing(rank: object, score: object) -> Standing | None:
    return Standing(rank, score) if isinstance(rank, int) and isinstance(score, int) else None


def _share(
    shares: dict[tuple[str, int], tuple[int, int]], doc_id: object, asked: tuple[int, int] | None
) -> Share | None:
    if asked is None:
        return None
    number, weight = asked
    value, points = shares.get((str(doc_id), number), (0, 0))
    return Share(weight, value, points)


def _settings(before: PastRun, after: PastRun) -> tuple[Setting, ...]:
    """What the runs were told differently, and with what they were made."""
    old, new = before.record, after.record
    pairs = [
        ("as_of", old.as_of, new.as_of),
        ("version", old.version, new.version),
        ("embedder model", old.embedder_fingerprint[:16], new.embedder_fingerprint[:16]),
        *_walk(before.terms.config, after.terms.config, ""),
        ("resumes", ", ".join(before.terms.inputs.resumes), ", ".join(after.terms.inputs.resumes)),
    ]
    found = [Setting(key, was, now) for key, was, now in pairs if was != now]
    if not found and old.scores_fingerprint != new.scores_fingerprint:
        found.append(Setting("code", old.scores_fingerprint, new.scores_fingerprint))
    return tuple(found)


def _walk(old: object, new: object, prefix: str) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    for item in fields(old) if is_dataclass(old) else ():
        was, now = getattr(old, item.name), getattr(new, item.name)
        if is_dataclass(was):
            rows += _walk(was, now, f"{prefix}{item.name}.")
        elif item.name not in _QUIET:
            rows.append((prefix + item.name, str(was), str(now)))
    return rows
