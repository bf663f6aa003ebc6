"""What a run leaves behind: its tables as Parquet in a folder of its own, and the record that says they are whole."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote_to_bytes

import numpy as np
import polars as pl

from hirelens_cli.config import RunConfig
from hirelens_cli.engine.columns import unnest
from hirelens_cli.engine.plan import Applicant
from hirelens_cli.engine.seals import require_intact, seal, sealed_bytes
from hirelens_cli.engine.stages import Verdict
from hirelens_cli.engine.workspace import write_atomically
from hirelens_cli.errors import StoreError
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.issues import Issue
from hirelens_cli.model.jobs import CRITERION_OF, Job
from hirelens_cli.model.profiles import Identity, month_text
from hirelens_cli.model.results import IDENTITIES, RESULTS, RunRecord
from hirelens_cli.model.shortlists import Ranked, Unscreened

CANDIDATE_DIGITS = 16
"""Of the doc_id; 64 bits keep ten million documents apart with odds of 1 in 370,000."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Every candidate's place for one job, best first; row i of each array is rank i + 1."""

    job: Job
    weights: tuple[int, ...]
    doc_ids: tuple[str, ...]
    scores: np.ndarray[tuple[int], np.dtype[np.int32]]
    percentiles: np.ndarray[tuple[int], np.dtype[np.float64]]
    intervals: np.ndarray[tuple[int, int], np.dtype[np.int32]]
    """Lowest and highest score."""
    places: np.ndarray[tuple[int, int], np.dtype[np.int32]]
    """First and last place of the tie band."""
    above: int
    """So many come first; those after them were knocked out by a requirement that the user marked."""
    values: np.ndarray[tuple[int, int], np.dtype[np.int16]]
    points: np.ndarray[tuple[int, int], np.dtype[np.int32]]
    stages: np.ndarray[tuple[int], np.dtype[np.int16]]
    """The stage of a cascade that scored it last, 1 or 2; 0 where there was no cascade."""
    suggested: tuple[int, ...] = ()
    """As `weights`, had the user weighed no requirement."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a run found out, before it is written."""

    people: tuple[Applicant, ...]
    keys: Mapping[str, str]
    """doc_id -> profile key, for those that were scored."""
    unscreened: Mapping[str, Verdict]
    issues: tuple[tuple[str, Issue], ...]
    """(doc_id, issue)"""
    profiles: pl.DataFrame
    """PROFILE_PART columns that `unnest` needs, of those that were scored."""
    identities: Mapping[str, Identity]
    standings: tuple[Standing, ...]
    shortlisted: Mapping[tuple[str, str], Ranked]
    """(job_id, doc_id) -> the candidate as explained."""


def candidate_id(doc_id: str) -> str:
    """The id under which a document is shown and stored."""
    return doc_id[:CANDIDATE_DIGITS]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was given on the command line, as absolute paths that `kept_path` has made fit for JSON."""

    resumes: tuple[str, ...]
    jobs: tuple[str, ...]
    manifest: str | None
    documents: str
    """Fingerprint of the reading."""

    def without(self, files: Collection[str]) -> Inputs:
        """The same without resumes that were given by a path of their own which ends in one of these names."""
        names = {file.rsplit("/", 1)[-1] for file in files}
        return replace(self, resumes=tuple(path for path in self.resumes if path.rsplit("/", 1)[-1] not in names))

    def given(self) -> tuple[list[str], list[str], str | None]:
        """The paths of resumes, jobs and manifest as they were given, but absolute."""
        resumes, jobs = ([_given_path(path) for path in paths] for paths in (self.resumes, self.jobs))
        return resumes, jobs, _given_path(self.manifest) if self.manifest else None


def kept_path(path: str) -> str:
    """A path as JSON can hold it: bytes that are no UTF-8, and `%`, as %XX."""
    escaped = path.replace("%", "%25")
    return "".join(f"%{ord(char) - 0xDC00:02X}" if 0xDC80 <= ord(char) <= 0xDCFF else char for char in escaped)


def _given_path(kept: str) -> str:
    return os.fsdecode(unquote_to_bytes(kept))


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms a run was made: enough to explain a candidate again later."""

    config: RunConfig
    jobs: tuple[Job, ...]
    inputs: Inputs
    unopened: tuple[Unscreened, ...] = ()
    """Files that could not even be opened, so that they have no row in the tables."""


def write_run(folder: Path, record: RunRecord, terms: Terms, findings: Findings) -> RunRecord:
    """Write the tables and then the record, which gets their digest; an equal run that is there already is kept."""
    there = read_record(folder)
    frames = result_frames(findings)
    digest = digest_of(frames)
    if there is not None and there.digest == digest and there == replace(record, digest=digest) and _intact(folder):
        if read_terms(folder) != terms:  # the same files may lie somewhere else now
            write_atomically(folder / "terms.json", encode(terms))
            seal(folder, there)
        return there
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, frame in (*frames.items(), ("identities", identity_frame(findings))):
        buffer = io.BytesIO()
        frame.write_parquet(buffer, compression="zstd", compression_level=3)
        write_atomically(folder / f"{name}.parquet", buffer.getvalue())
    write_atomically(folder / "terms.json", encode(terms))
    whole = replace(record, digest=digest)
    seal(folder, whole)
    write_atomically(folder / "run.json", encode(whole))
    return whole


def _intact(folder: Path) -> bool:
    try:
        require_intact(folder)
    except StoreError:
        return False
    return True


def read_record(folder: Path) -> RunRecord | None:
    """The record of a finished run, or None."""
    try:
        return decode((folder / "run.json").read_bytes(), RunRecord)
    except (OSError, CodecError):
        return None


def damaged_runs(runs: Path) -> tuple[str, ...]:
    """Runs whose record or terms cannot be read: they are left out of everything until they are made again."""
    return tuple(sorted(path.parent.name for path in runs.glob("*/run.json") if not is_readable(path.parent)))


def is_readable(folder: Path) -> bool:
    """Whether a run can be used: its record and its terms are there and whole."""
    return read_record(folder) is not None and read_terms(folder) is not None


def read_terms(folder: Path) -> Terms | None:
    """The terms of a finished run, or None."""
    try:
        return decode(sealed_bytes(folder, "terms.json"), Terms)
    except (StoreError, CodecError):
        return None


def digest_of(frames: Mapping[str, pl.DataFrame]) -> str:
    """SHA-256 over the rows of all tables, in their order; equal tables have equal digests on any machine."""
    digest = hashlib.sha256()
    for name, frame in frames.items():
        digest.update(name.encode())
        digest.update(frame.write_ndjson().encode())
    return digest.hexdigest()


def result_frames(findings: Findings) -> dict[str, pl.DataFrame]:
    """The RESULTS tables of a run, sorted."""
    profiles = findings.profiles
    frames = {
        "documents": _documents(findings),
        "candidates": profiles,
        "skills": unnest(profiles, "skills").with_columns(last_used=_month("last_used")),
        "positions": unnest(profiles, "positions")
        .rename({"index": "position"})
        .with_columns(start_month=_month("start_month"), end_month=_month("end_month")),
        "education": unnest(profiles, "education"),
        "jobs": _frame(
            "jobs",
            [(item.job.job_id, item.job.name, item.job.title, len(item.doc_ids)) for item in findings.standings],
        ),
        "requirements": _requirements(findings.standings),
        "scores": _scores(findings.standings),
        "parts": _parts(findings.standings),
        **_explained(findings),
        "issues": _frame(
            "issues", [(doc_id, item.code, item.severity.value, item.message) for doc_id, item in findings.issues]
        ),
    }
    return {name: frames[name].select(list(schema)).cast(pl.Schema(schema)) for name, schema in RESULTS.items()}


def identity_frame(findings: Findings) -> pl.DataFrame:
    """The IDENTITIES table of a run."""
    rows = []
    for person in findings.people:
        who = findings.identities.get(person.source.doc_id, Identity())
        application = person.applications[0].applicant_id if person.applications else ""
        extra = encode([dict(item.extra) for item in person.applications]).decode()
        source = person.source
        rows.append(
            (
                source.doc_id,
                who.name,
                list(who.emails),
                list(who.phones),
                list(who.links),
                source.name,
                list(source.also),
                application,
                extra,
            )
        )
    return pl.DataFrame(rows, schema=IDENTITIES, orient="row")


def _frame(table: str, rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=RESULTS[table], orient="row")


def _month(column: str) -> pl.Expr:
    return pl.col(column).map_elements(month_text, return_dtype=pl.String)


def _documents(findings: Findings) -> pl.DataFrame:
    rows: list[tuple[object, ...]] = []
    for person in findings.people:
        source = person.source
        why = findings.unscreened.get(source.doc_id, Verdict("scored", "", ""))
        rows.append(
            (
                source.doc_id,
                candidate_id(source.doc_id),
                why.status,
                why.message,
                why.hint,
                person.as_of,
                source.size,
                1 + len(source.also),
                findings.keys.get(source.doc_id, ""),
            )
        )
    return _frame("documents", rows)


def _requirements(standings: Sequence[Standing]) -> pl.DataFrame:
    rows: list[tuple[object, ...]] = []
    for standing in standings:
        for index, asked in enumerate(standing.job.requirements):
            criterion = CRITERION_OF[asked.kind]
            rows.append(
                (
                    standing.job.job_id,
                    index,
                    criterion.value if criterion else "",
                    asked.kind.value,
                    asked.text,
                    asked.must,
                    asked.knockout,
                    standing.weights[index],
                )
            )
    return _frame("requirements", rows)


def _scores(standings: Sequence[Standing]) -> pl.DataFrame:
    frames = [_frame("scores", [])]
    for standing in standings:
        count = len(standing.doc_ids)
        columns = {
            "job_id": pl.Series([standing.job.job_id] * count, dtype=pl.String),
            "doc_id": pl.Series(standing.doc_ids, dtype=pl.String),
            "rank": pl.Series(range(1, count + 1), dtype=pl.Int32),
            "score": pl.Series(standing.scores, dtype=pl.Int32),
            "percentile": pl.Series(standing.percentiles, dtype=pl.Float64),
            "low": pl.Series(standing.intervals[:, 0]),
            "high": pl.Series(standing.intervals[:, 1]),
            "first_place": pl.Series(standing.places[:, 0]),
            "last_place": pl.Series(standing.places[:, 1]),
            "knocked_out": pl.Series(np.arange(count) >= standing.above),
            "stage": pl.Series(standing.stages, dtype=pl.Int16),
        }
        frames.append(pl.DataFrame(columns))
    return pl.concat(frames)


def _parts(standings: Sequence[Standing]) -> pl.DataFrame:
    """One narrow row per candidate and scored requirement."""
    frames = [_frame("parts", [])]
    for standing in standings:
        scored = np.flatnonzero(np.asarray(standing.weights))
        count = len(standing.doc_ids)
        columns = {
            "doc_id": pl.Series(standing.doc_ids, dtype=pl.String).gather(np.repeat(np.arange(count), len(scored))),
            "requirement": pl.Series(np.tile(scored.astype(np.int16), count)),
            "value": pl.Series(standing.values[:, scored].reshape(-1)),
            "points": pl.Series(standing.points[:, scored].reshape(-1)),
        }
        frame = pl.DataFrame(columns).with_columns(job_id=pl.lit(standing.job.job_id))
        frames.append(frame.select(list(RESULTS["parts"])))
    return pl.concat(frames)


def _explained(findings: Findings) -> dict[str, pl.DataFrame]:
    explanations: list[tuple[object, ...]] = []
    evidence: list[tuple[object, ...]] = []
    # By place, so that the digest does not tell in which parts the profiles lay when they were explained.
    places = ((standing.job.job_id, doc_id) for standing in findings.standings for doc_id in standing.doc_ids)
    for job_id, doc_id in filter(findings.shortlisted.__contains__, places):
        ranked = findings.shortlisted[job_id, doc_id]
        words = ranked.explanation
        explanations.append(
            (
                job_id,
                doc_id,
                ranked.confidence,
                words.summary,
                list(words.strengths),
                list(words.gaps),
                list(words.recommendations),
                list(ranked.flags),
                list(ranked.knockouts),
            )
        )
        evidence += [
            (job_id, doc_id, part.index, part.reason, line.page, line.start, line.end, line.text)
            for part in ranked.parts
            for line in part.evidence
        ]
    return {"explanations": _frame("explanations", explanations), "evidence": _frame("evidence", evidence)}
