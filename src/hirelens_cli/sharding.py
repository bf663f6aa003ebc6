"""Shards for a notebook or the command line: freeze a plan, prepare one shard of it anywhere, merge what is complete."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hirelens_cli.assembly import as_known, assemble, batch_of, finish, inputs_of, jobs_found, say_done
from hirelens_cli.config import RunConfig, here
from hirelens_cli.engine.erasure import drop_buried
from hirelens_cli.engine.gathering import gather, incomplete, lacking_text, mark_done, take_away_damaged
from hirelens_cli.engine.jobs import kept_jobs, load_jobs
from hirelens_cli.engine.retry import carry_over
from hirelens_cli.engine.run import counts_of, unscreened_of
from hirelens_cli.engine.shards import Plan, freeze, job_shelf, open_plan, require_root
from hirelens_cli.engine.stages import prepare
from hirelens_cli.errors import UsageError
from hirelens_cli.logbook import run_noted
from hirelens_cli.model.shortlists import Counts, Shortlist, Unscreened
from hirelens_cli.objects import Place, place_of
from hirelens_cli.ports import NoProgress, Progress


@dataclass(frozen=True, slots=True)
class ShardReport:
    """One shard that is whole; `counts.scored` says how many documents were read and understood."""

    shard: int
    shards: int
    unscreened: tuple[Unscreened, ...]
    counts: Counts


def plan(
    resumes: Sequence[str],
    jobs: Sequence[str],
    folder: str,
    shards: int,
    config: RunConfig | None = None,
    *,
    manifest: str | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Freeze what is to be screened, in `shards` shards, in `folder`; raises as `rank` does, UsageError for what cannot be meant."""
    if shards < 1:
        raise UsageError("there must be 1 shard or more", "for example --shards 8")
    below = [
        path for path in resumes if Path(path).is_dir() and Path(folder).resolve().is_relative_to(Path(path).resolve())
    ]
    if below:
        raise UsageError(
            f"the plan {folder} would lie among the resumes in {below[0]}", "name another folder with --out"
        )
    root = place_of(folder)
    asked = here(config or RunConfig())
    with _desk(root) as desk:
        parts = assemble(_within(asked, desk), progress or NoProgress(), root / "parts")
        with parts.workspace.locked():
            described = jobs_found(parts, jobs)
            load_jobs(parts.job_bench(), described, parts.embedder, job_shelf(root, parts.prints))
            batch = batch_of(parts, resumes, manifest, {source.doc_id for source in described.sources})
            inputs = inputs_of(resumes, jobs, manifest, parts.prints.documents)
            frozen = parts.config.placed_as(asked)
            place = freeze(root, batch, described, shards, config=frozen, prints=parts.prints, inputs=inputs)
    return place.plan


def count(folder: str) -> int:
    """How many shards the plan in `folder` has; raises as `run` does."""
    return len(open_plan(place_of(folder)).plan.shares)


def run(
    folder: str,
    shard: int,
    config: RunConfig | None = None,
    *,
    of: int | None = None,
    root: str | None = None,
    again: bool = False,
    progress: Progress | None = None,
) -> ShardReport:
    """Prepare one shard, 1 to N, of the plan in `folder`; of `config` only `workers` and `chunk` count.

    `of` is how many shards the caller believes there are, `root` is where the documents lie on this machine; `again` reads once more what could not be screened. Raises
    InputError where the plan was made by another version or the documents are not here, LockedError where another process
    is at this shard, StoreError where the plan was changed.
    """
    place = open_plan(place_of(folder))
    total = len(place.plan.shares)
    if not 1 <= shard <= total or of not in (None, total):
        wanted = f"{shard}/{of}" if of else str(shard)
        raise UsageError(f"there is no shard {wanted} in {folder}", f"it has shards 1/{total} to {total}/{total}")
    people = place.people(shard, root)
    require_root(place, people, root)
    with _desk(place.folder(shard)) as desk:
        settings = place.settings(_within(config or RunConfig(), desk), desk)
        parts = assemble(settings, progress or NoProgress(), place.parts(shard))
        place.require(parts.prints)
        with parts.workspace.locked():
            bench = parts.bench()
            if again:
                carry_over(bench.documents, bench.documents)
            bench.documents.forget_unopened()
            take_away_damaged(place, shard)
            prepared = prepare(bench, people)
            mark_done(place, shard, prepared)
    batch = place.share(people)
    unscreened = unscreened_of(batch, prepared.unscreened, blind=parts.config.blind)
    counts = counts_of(batch, prepared)
    say_done(parts.progress, prepared.counts, counts, unscreened)
    return ShardReport(shard, total, unscreened, counts)


def merge(
    folder: str,
    config: RunConfig | None = None,
    *,
    top: int | None = None,
    partial: bool = False,
    progress: Progress | None = None,
) -> Shortlist:
    """The shortlist that `rank` would give, from the shards of the plan in `folder`, published in `config.workspace`.

    It belongs to the plan's tenant and region. Raises UsageError where `config` names others, IncompleteError where shards
    are not there, unless `partial`: then it is a run over the documents of the others.
    """
    started = time.monotonic()
    asked, place = config or RunConfig(), open_plan(place_of(folder))
    planned = place.plan
    _require_owner(planned.config, asked)
    owned = replace(asked, tenant=planned.config.tenant, region=planned.config.region)
    with tempfile.TemporaryDirectory(prefix="hirelens-") as scratch:
        settings = place.settings(owned, Path(scratch))
        show = planned.config.top if top is None else top
        shown = replace(settings, top=show, blind=asked.blind or planned.config.blind)
        parts = assemble(shown, progress or NoProgress())
        place.require(parts.prints)
        terms = replace(shown, taxonomy=planned.config.taxonomy)
        with parts.workspace.locked(), run_noted("shard merge", terms):
            complete, lacking = gather(place, parts.kept, parts.progress)
            if lacking and not (partial and complete):
                raise incomplete(place, lacking)
            if lacking:
                parts.progress.note(
                    f"merged without {len(lacking)} of {len(planned.shares)} shards ({lacking_text(lacking)})"
                )
            drop_buried(parts.workspace)
            batch = as_known(parts.workspace, place.batch(complete))
            jobs = kept_jobs(planned.jobs, place.job_shelf())
            return finish(parts, terms, jobs, batch, planned.inputs, started)


@contextlib.contextmanager
def _desk(folder: Place) -> Iterator[Path]:
    """A folder of this machine to work in: the one itself, or for one in an object store a temporary one."""
    if isinstance(folder, Path):
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="hirelens-") as scratch:
        yield Path(scratch)


def _within(config: RunConfig, folder: Path) -> RunConfig:
    """The configuration with a workspace inside a plan, which is one tenant's and region's as a whole."""
    return replace(config, workspace=str(folder), publish_to="", tenant="", region="")


def _require_owner(planned: RunConfig, asked: RunConfig) -> None:
    """Raises UsageError where a tenant or region was named that is not the plan's."""
    for key in ("tenant", "region"):
        said, owner = getattr(asked, key), getattr(planned, key)
        if said not in ("", owner):
            raise UsageError(f"the plan is of {key} {owner or '(none)'}, not of {said}", f"leave out --{key}")
