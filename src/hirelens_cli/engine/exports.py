"""What may leave a region: ids, scores and redacted parts of one run, in one JSON file that anybody can read.

Text, vectors, names, files, paths and the ids of an applicant tracking system are no part of it. A file from elsewhere is
data: its hash, its types and every number are checked before anything is made of it.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

import polars as pl

from hirelens_cli.config import is_partition
from hirelens_cli.engine.past import PastRun, Place, best_places
from hirelens_cli.engine.plan import LIBRARIES, Fingerprints
from hirelens_cli.engine.results import candidate_id
from hirelens_cli.engine.run import kept
from hirelens_cli.engine.stages import Bench, DamagedPartError, read_rows
from hirelens_cli.engine.whatif import stored_values
from hirelens_cli.errors import InputError, StoreError
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.issues import Status
from hirelens_cli.model.jobs import Job
from hirelens_cli.model.results import RunRecord
from hirelens_cli.model.shortlists import CENTI, MILLI, JobShortlist, Ranked

SCHEMA = "hirelens.region/1"

MOST_BYTES = 512 << 20
"""Of an export: about two million candidates for one job."""

WHOLE = 100 * CENTI
"""All points of a job."""

_ID, _HASH = re.compile("[0-9a-f]{16}"), re.compile("[0-9a-f]{64}")
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Made:
    """Under which terms scores were made; only equal terms give scores that can be in one order."""

    tenant: str
    as_of: str
    config: str
    version: str
    embedder: str
    model: str
    """The embedder's fingerprint."""
    prints: Fingerprints
    libraries: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entrant:
    """One scored candidate of a job; points and score follow from the values and the job's weights."""

    candidate: str
    profile: str
    """SHA-256 of the redacted profile, by which ties break."""
    interval: tuple[int, int]
    values: tuple[int, ...]
    """Of each requirement, in thousandths."""


@dataclass(frozen=True, slots=True)
class JobPart:
    """One job and all who were scored for it in the region."""

    job: Job
    """Without its text."""
    weights: tuple[int, ...]
    suggested: tuple[int, ...]
    entrants: tuple[Entrant, ...]
    """By id."""
    shortlisted: tuple[Ranked, ...]
    """The region's best, explained; blind."""

    def points(self, values: Sequence[int]) -> tuple[int, ...]:
        """What each requirement gives for these values, in hundredths of a point."""
        return tuple((weight * value + MILLI // 2) // MILLI for weight, value in zip(self.weights, values, strict=True))


@dataclass(frozen=True, slots=True)
class Export:
    """All that one region gives of one run."""

    region: str
    run: str
    made: Made
    top: int
    """How many of each job are explained; 0 for all."""
    jobs: tuple[JobPart, ...]
    scored: tuple[str, ...]
    """Ids of all documents that were scored."""
    unscreened: tuple[tuple[str, Status], ...]
    """Id, empty for what could not be opened, and why."""
    duplicates: int


@dataclass(frozen=True, slots=True)
class _Header:
    schema: str


@dataclass(frozen=True, slots=True)
class _Sealed:
    """The file."""

    schema: str
    sha256: str
    export: Export


def made_of(record: RunRecord, prints: Fingerprints) -> Made:
    """The terms of a run; raises StoreError where this version, of these fingerprints, is not the one that made it."""
    if record.scores_fingerprint != prints.scores:
        raise StoreError(f"run {record.run} was made by another version of hirelens", "run `hirelens rank` again")
    names = sorted({name for group in LIBRARIES.values() for name in group})
    libraries = {name: metadata.version(name) for name in names}
    model = record.embedder_fingerprint
    return Made(record.tenant, record.as_of, record.config, record.version, record.embedder, model, prints, libraries)


def export_of(past: PastRun, made: Made, top: int, jobs: Sequence[JobPart]) -> Export:
    """A run as it may leave its region."""
    documents = past.table("documents").sort("candidate")
    lost = documents.filter(pl.col("status") != "scored").select("candidate", "status")
    unscreened = [(candidate, Status(status)) for candidate, status in lost.iter_rows()]
    unscreened += [("", item.status) for item in past.terms.unopened]
    return Export(
        past.record.region,
        past.record.run,
        made,
        top,
        tuple(jobs),
        tuple(documents.filter(pl.col("status") == "scored")["candidate"]),
        tuple(sorted(unscreened)),
        int((documents["copies"] - 1).sum()),
    )


def job_part(bench: Bench, past: PastRun, shortlist: JobShortlist, job: Job) -> JobPart:
    """One job of a run; `shortlist` holds those who are explained. Raises StoreError where the caches were removed."""
    places = best_places(past, job, 0)
    hashes = _profile_hashes(bench, past, places)
    scores, values = stored_values(past, job, len(job.requirements))
    rows = zip(scores.select("doc_id", "low", "high").iter_rows(), values.tolist(), strict=True)
    entrants = [
        Entrant(candidate_id(doc_id), hashes[doc_id], (low, high), tuple(given)) for (doc_id, low, high), given in rows
    ]
    return JobPart(
        replace(job, text="", source_text=""),
        shortlist.weights,
        shortlist.suggested,
        tuple(sorted(entrants, key=lambda item: item.candidate)),
        tuple(replace(item, applicant_id="") for item in shortlist.candidates),
    )


def _profile_hashes(bench: Bench, past: PastRun, places: Sequence[Place]) -> dict[str, str]:
    """By doc_id."""
    hashes: dict[str, str] = {}
    with contextlib.suppress(DamagedPartError):
        prepared = kept(bench, places)
        for shard in sorted(set(prepared.profiles.values())) if prepared else ():
            hashes.update(read_rows(bench.profiles, [shard], ["key", "profile_hash"]).iter_rows())
    if not hashes.keys() >= {place.profile for place in places}:
        raise StoreError(
            f"what was understood for run {past.record.run} is no longer in the workspace", "run `hirelens rank` again"
        )
    return {place.doc_id: hashes[place.profile] for place in places}


def export_bytes(export: Export) -> bytes:
    """The file: plain JSON, so that who lets it go can read what goes."""
    return encode(_Sealed(SCHEMA, export_digest(export), export)) + b"\n"


def export_digest(export: Export) -> str:
    """SHA-256 of the compact JSON; it shows damage, not who made the file."""
    return hashlib.sha256(encode(export)).hexdigest()


def read_export(path: Path) -> Export:
    """The export in a file.

    Raises InputError where there is none or it is too large, StoreError where it is damaged, inconsistent or newer.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(
                f"{path} is larger than {MOST_BYTES >> 20} MiB",
                "export fewer jobs at a time, or explain fewer candidates: --top",
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        hint = "make one: hirelens region export --region NAME -o FILE"
        raise InputError(f"cannot read the export {path}: {reason}", hint) from error
    try:
        if decode(data, _Header).schema != SCHEMA:
            raise StoreError(f"{path} is of another version: not {SCHEMA}", "export it again with this version")
        sealed = decode(data, _Sealed)
    except CodecError as error:
        raise StoreError(f"{path} is damaged, or no export of a region", "export it again") from error
    if export_digest(sealed.export) != sealed.sha256:
        raise StoreError(f"{path} was changed after it was made", "export it again")
    flaw = _flaw(sealed.export)
    if flaw:
        raise StoreError(f"{path} cannot be meant: {flaw}", "export it again")
    return sealed.export


def _flaw(export: Export) -> str:
    """What no export has; empty where there is nothing of the kind."""
    if not is_partition(export.region) or not (export.made.tenant == "" or is_partition(export.made.tenant)):
        return "the region or the tenant has no name that can be"
    try:
        datetime.date.fromisoformat(export.made.as_of)
    except ValueError:
        return "the as-of date is none"
    ids = [*export.scored, *(candidate for candidate, _ in export.unscreened if candidate)]
    if len(set(ids)) < len(ids) or not all(_ID.fullmatch(item) for item in ids):
        return "ids of documents"
    if not (0 <= export.duplicates <= _LARGEST and 0 <= export.top <= _LARGEST):
        return "counts"
    known = frozenset(export.scored)
    if len({part.job.job_id for part in export.jobs}) < len(export.jobs):
        return "a job that is there twice"
    return next((flaw for part in export.jobs if (flaw := _job_flaw(part, known))), "")


def _job_flaw(part: JobPart, known: frozenset[str]) -> str:
    count = len(part.job.requirements)
    weighed = len(part.weights) == count and len(part.suggested) in (0, count)
    if not weighed or min((*part.weights, *part.suggested), default=0) < 0:
        return f"the weights of {part.job.name}"
    if sum(part.weights) != (WHOLE if part.entrants else sum(part.weights)) or sum(part.weights) > WHOLE:
        return f"the weights of {part.job.name}"
    by_id = {item.candidate: item for item in part.entrants}
    if len(by_id) < len(part.entrants) or not known.issuperset(by_id):
        return f"the candidates of {part.job.name}"
    if not all(_fits(part, item) for item in part.entrants):
        return f"the values of {part.job.name}"
    shown = {item.candidate for item in part.shortlisted}
    if len(shown) < len(part.shortlisted) or not all(
        item.candidate in by_id and _follows(part, by_id[item.candidate], item) for item in part.shortlisted
    ):
        return f"the shortlisted of {part.job.name}"
    return ""


def _fits(part: JobPart, item: Entrant) -> bool:
    """Whether the numbers of a candidate can be."""
    if not _HASH.fullmatch(item.profile) or len(item.values) != len(part.weights):
        return False
    if not all(0 <= value <= MILLI for value in item.values):
        return False
    low, high = item.interval
    return 0 <= low <= sum(part.points(item.values)) <= high <= WHOLE


def _follows(part: JobPart, entrant: Entrant, ranked: Ranked) -> bool:
    """Whether an explained candidate is the one that was scored, without anything that says who it is."""
    points = part.points(entrant.values)
    told = {item.index: (item.weight, item.value, item.points) for item in ranked.parts}
    scored = {
        index: (weight, entrant.values[index], points[index]) for index, weight in enumerate(part.weights) if weight
    }
    spots = [number for item in ranked.parts for line in item.evidence for number in (line.page, line.start, line.end)]
    nameless = not (ranked.resume or ranked.also or ranked.name or ranked.applicant_id or ranked.regions)
    return (
        nameless
        and len(told) == len(ranked.parts)
        and told == scored
        and (ranked.score, ranked.interval, ranked.stage) == (sum(points), entrant.interval, 0)
        and all(0 <= number <= _LARGEST for number in spots)
    )
