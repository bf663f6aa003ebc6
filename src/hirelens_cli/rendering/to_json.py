"""A shortlist as JSON (schema hirelens.shortlist/1) and as JSON lines."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model import codec
from hirelens_cli.model.shortlists import SamePerson, Shortlist
from hirelens_cli.rendering.records import (
    CandidateRecord,
    CountsRecord,
    RequirementRecord,
    UnscreenedRecord,
    shortlist_record,
)


def shortlist_json(shortlist: Shortlist) -> bytes:
    """One indented JSON object, UTF-8, with a newline at its end."""
    return codec.indented(codec.encode(shortlist_record(shortlist))) + b"\n"


@dataclass(frozen=True, slots=True)
class _RunLine:
    type: str
    schema: str
    run: str
    as_of: str
    config: str
    scoring: str
    embedder: str
    counts: CountsRecord


@dataclass(frozen=True, slots=True)
class _JobLine:
    type: str
    job: str
    title: str
    pool: int
    requirements: tuple[RequirementRecord, ...]


@dataclass(frozen=True, slots=True)
class _CandidateLine:
    type: str
    job: str
    candidate: CandidateRecord


@dataclass(frozen=True, slots=True)
class _UnscreenedLine:
    type: str
    unscreened: UnscreenedRecord


@dataclass(frozen=True, slots=True)
class _SamePersonLine:
    type: str
    same_person: SamePerson


def shortlist_jsonl(shortlist: Shortlist) -> bytes:
    """The same facts, one object per line, each with its `type`: run, then job, candidate, ..., then unscreened."""
    record = shortlist_record(shortlist)
    lines: list[_RunLine | _JobLine | _CandidateLine | _SamePersonLine | _UnscreenedLine] = [
        _RunLine(
            "run",
            record.schema,
            record.run,
            record.as_of,
            record.config,
            record.scoring,
            record.embedder,
            record.counts,
        )
    ]
    for job in record.jobs:
        lines.append(_JobLine("job", job.job, job.title, job.pool, job.requirements))
        lines += [_CandidateLine("candidate", job.job, candidate) for candidate in job.candidates]
    lines += [_SamePersonLine("same_person", item) for item in record.same_person]
    lines += [_UnscreenedLine("unscreened", item) for item in record.unscreened]
    return b"".join(codec.encode(line) + b"\n" for line in lines)
