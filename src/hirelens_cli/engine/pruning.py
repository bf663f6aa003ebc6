"""What no run that stays refers to: found in the caches, weighed, and removed. May be repeated from any point."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hirelens_cli.engine.jobs import job_file
from hirelens_cli.engine.parts import Shelf
from hirelens_cli.engine.past import PastRun
from hirelens_cli.engine.plan import documents_print, profiles_print
from hirelens_cli.engine.subjects import stage_shelves
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import InputError
from hirelens_cli.objects import Place


@dataclass(frozen=True, slots=True)
class Surplus:
    """Rows of one shelf that nothing refers to."""

    shelf: Shelf
    gone: frozenset[str]
    bytes: int
    """About: of a part that stays in part, its share."""


@dataclass(frozen=True, slots=True)
class _Referred:
    """What the runs that stay refer to."""

    documents: frozenset[str]
    """Their doc_ids, and the jobs."""
    profiles: frozenset[str]
    """Keys of the profiles that were scored."""
    unscored: frozenset[str]
    """doc_ids whose profile has no key in the run's tables: all of theirs stay."""
    passages: frozenset[str]
    shelves: frozenset[str] | None
    """Fingerprints of reading and understanding as this version does it; None where they cannot be told."""

    def keeps(self, shelf: Shelf, key: str) -> bool:
        """Whether a row of this shelf is referred to."""
        if shelf.stage == "vectors":
            return key in self.passages
        if self.shelves is not None and shelf.fingerprint not in self.shelves:
            return False
        if shelf.stage == "documents":
            return key in self.documents
        return key in self.profiles or key.partition("@")[0] in self.unscored


def surplus(workspace: Workspace, staying: Sequence[PastRun]) -> tuple[Surplus, ...]:
    """What of each shelf none of these runs refers to; shelves of which all is referred to are left out.

    Parts that earlier versions made for these runs are surplus as well: this version makes its own of the same files.
    """
    referred = _referred(workspace, staying)
    found = []
    for shelf in stage_shelves(workspace):
        gone: set[str] = set()
        size = 0.0
        for receipt in shelf.receipts():
            keys = {key for key in receipt.keys if not referred.keeps(shelf, key)}
            if keys:
                size += _here(shelf.part(receipt.shard)).stat().st_size * len(keys) / len(receipt.keys)
            gone |= keys
        if gone:
            found.append(Surplus(shelf, frozenset(gone), round(size)))
    return tuple(found)


def remove_surplus(workspace: Workspace, staying: Sequence[PastRun], found: Sequence[Surplus]) -> None:
    """Take it off the shelves, and the jobs that none of these runs has."""
    for item in found:
        item.shelf.drop("doc_id" if item.shelf.stage == "documents" else "key", item.gone)
        if not item.shelf.receipts():
            shutil.rmtree(_here(item.shelf.folder), ignore_errors=True)
    names = {job_file(job.job_id, job.name) for past in staying for job in past.terms.jobs}
    for path in (workspace.parts / "jobs").glob("*/*.json"):
        if path.name not in names:
            path.unlink(missing_ok=True)


def remove_run(workspace: Workspace, run: str) -> None:
    """Remove a run's folder, its record first, so that what is left after a kill is no run; and the pages about it."""
    folder = workspace.run_folder(run)
    (folder / "run.json").unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    for page in workspace.reports.glob(f"{run}*"):
        page.unlink(missing_ok=True)


def folder_size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _here(place: Place) -> Path:
    assert isinstance(place, Path), "a workspace lies on this machine"
    return place


def _referred(workspace: Workspace, runs: Sequence[PastRun]) -> _Referred:
    rows = [row for past in runs for row in past.table("documents").select("doc_id", "profile").iter_rows()]
    profiles = frozenset(key for _, key in rows if key)
    unscored = frozenset(doc_id for doc_id, key in rows if not key)
    jobs = {job.job_id for past in runs for job in past.terms.jobs}
    documents = frozenset([doc_id for doc_id, _ in rows]) | jobs
    return _Referred(documents, profiles, unscored, frozenset(_passages(workspace, profiles)), _shelves(runs))


def _passages(workspace: Workspace, profiles: frozenset[str]) -> Iterator[str]:
    """Keys of the vectors of these profiles."""
    for shelf in stage_shelves(workspace):
        for receipt in shelf.receipts() if shelf.stage == "profiles" else ():
            part = None if profiles.isdisjoint(receipt.keys) else shelf.read(receipt.shard, ["key", "passages_hash"])
            if part is not None:
                yield from (digest for key, digest in part.iter_rows() if key in profiles)


def _shelves(runs: Sequence[PastRun]) -> frozenset[str] | None:
    """Where this version reads and understands for these runs, and where each was read when it was made."""
    configs = [past.terms.config for past in runs]
    reading = {(item.limits, item.forensics, any_kind) for item in configs for any_kind in (True, item.accept_any)}
    understanding = {(item.taxonomy, item.redact_institutions) for item in configs}
    try:
        profiles = [profiles_print(*how) for how in understanding]
    except InputError:  # a skill file of the user's is gone
        return None
    documents = [documents_print(*how) for how in reading]
    return frozenset([*documents, *profiles, *(past.terms.inputs.documents for past in runs)])
