"""A shortlist as the world outside sees it: schema hirelens.shortlist/1, points as numbers of points."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model.jobs import CRITERION_OF, Criterion
from hirelens_cli.model.shortlists import (
    CENTI,
    MILLI,
    Evidence,
    JobShortlist,
    Part,
    Ranked,
    SamePerson,
    Shortlist,
    Unscreened,
)

SCHEMA = "hirelens.shortlist/1"


@dataclass(frozen=True, slots=True)
class RequirementRecord:
    """One requirement of a job and the points that it can give."""

    requirement: str
    kind: str
    criterion: str | None
    must: bool
    weight: float
    """As applied, in points."""
    preferred: float | None
    """The user's weight relative to the criterion's other requirements."""
    suggested: float | None
    """Ours, from the job, in points."""


@dataclass(frozen=True, slots=True)
class PartRecord:
    """points == weight * value, rounded half up to a hundredth."""

    criterion: str
    requirement: str
    kind: str
    must: bool
    weight: float
    value: float
    points: float
    reason: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class CandidateRecord:
    """One candidate for one job."""

    rank: int
    candidate: str
    resume: str
    also: tuple[str, ...]
    applicant_id: str
    score: float
    interval: tuple[float, float]
    """Where the score lies when weights, demands and likeness are shaken."""
    percentile: float
    places: tuple[int, int]
    """First and last place of the tie band: the scores do not tell its candidates apart."""
    stage: int
    """The stage of a cascade that scored it last, 1 or 2; 0 without a cascade."""
    confidence: str
    summary: str
    strengths: tuple[str, ...]
    gaps: tuple[str, ...]
    recommendations: tuple[str, ...]
    flags: tuple[str, ...]
    knockouts: tuple[str, ...]
    knocked_out_by: tuple[str, ...]
    parts: tuple[PartRecord, ...]
    regions: tuple[str, ...]
    """Where the candidate is kept, in a shortlist across regions; empty in that of one run."""


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One job and its candidates, best first."""

    job: str
    title: str
    pool: int
    requirements: tuple[RequirementRecord, ...]
    candidates: tuple[CandidateRecord, ...]


@dataclass(frozen=True, slots=True)
class UnscreenedRecord:
    """A document that could not be screened, and why."""

    resume: str
    candidate: str
    status: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class CountsRecord:
    """found == scored + unscreened + duplicates, in documents."""

    found: int
    scored: int
    unscreened: int
    duplicates: int


@dataclass(frozen=True, slots=True)
class ShortlistRecord:
    """The whole answer of a run; nothing volatile is in it."""

    schema: str
    run: str
    as_of: str
    config: str
    scoring: str
    embedder: str
    jobs: tuple[JobRecord, ...]
    unscreened: tuple[UnscreenedRecord, ...]
    counts: CountsRecord
    same_person: tuple[SamePerson, ...]


def shortlist_record(shortlist: Shortlist) -> ShortlistRecord:
    """The record of a shortlist."""
    counts = shortlist.counts
    return ShortlistRecord(
        SCHEMA,
        shortlist.run,
        shortlist.as_of,
        shortlist.config,
        shortlist.scoring,
        shortlist.embedder,
        tuple(job_record(job) for job in shortlist.jobs),
        unscreened_records(shortlist.unscreened),
        CountsRecord(counts.found, counts.scored, counts.unscreened, counts.duplicates),
        shortlist.same_person,
    )


def job_record(job: JobShortlist) -> JobRecord:
    """The record of one job."""
    return JobRecord(
        job.job,
        job.title,
        job.pool,
        tuple(
            RequirementRecord(
                requirement.text,
                requirement.kind.value,
                CRITERION_OF[requirement.kind],
                requirement.must,
                weight / CENTI,
                requirement.weight,
                None if ours is None else ours / CENTI,
            )
            for requirement, weight, ours in zip(
                job.requirements, job.weights, job.suggested or (None,) * len(job.weights), strict=True
            )
        ),
        tuple(candidate_record(ranked) for ranked in job.candidates),
    )


def candidate_record(ranked: Ranked) -> CandidateRecord:
    """The record of one candidate. The name is left out: a shortlist that is passed on holds file paths at most."""
    words = ranked.explanation
    return CandidateRecord(
        ranked.rank,
        ranked.candidate,
        ranked.resume,
        ranked.also,
        ranked.applicant_id,
        ranked.score / CENTI,
        (ranked.interval[0] / CENTI, ranked.interval[1] / CENTI),
        ranked.percentile,
        ranked.places,
        ranked.stage,
        ranked.confidence,
        words.summary,
        words.strengths,
        words.gaps,
        words.recommendations,
        ranked.flags,
        ranked.knockouts,
        ranked.knocked_out_by,
        tuple(_part_record(part) for part in ranked.parts),
        ranked.regions,
    )


def _part_record(part: Part) -> PartRecord:
    return PartRecord(
        part.criterion.value,
        part.requirement,
        part.kind.value,
        part.must,
        part.weight / CENTI,
        part.value / MILLI,
        part.points / CENTI,
        part.reason,
        part.evidence,
    )


def unscreened_records(unscreened: tuple[Unscreened, ...]) -> tuple[UnscreenedRecord, ...]:
    """The records of what could not be screened."""
    return tuple(
        UnscreenedRecord(item.resume, item.candidate, item.status.value, item.message, item.hint) for item in unscreened
    )


def same_person_text(same: SamePerson) -> str:
    """`a.pdf and b.docx: same e-mail; they disagree: ...`; ids where the paths are not shown."""
    files = same.resumes or same.candidates
    text = f"{', '.join(files[:-1])} and {files[-1]}: {', '.join(same.reasons)}"
    return f"{text}; they disagree: {'; '.join(same.contradictions)}" if same.contradictions else text


def rank_text(ranked: Ranked) -> str:
    """`4`, or `4=` where others share the tie band."""
    return f"{ranked.rank}{'=' * ranked.tied}"


def ties_text(job: JobShortlist) -> str:
    """`Places 4-7 and 9-12 are not distinguishable.`; empty where all that are shown are told apart."""
    bands = [f"{first}-{last}" for first, last in dict.fromkeys(item.places for item in job.candidates if item.tied)]
    if not bands:
        return ""
    listed = " and ".join([", ".join(bands[:-1]), bands[-1]] if len(bands) > 1 else bands)
    return f"Places {listed} are not distinguishable."


def score_text(ranked: Ranked) -> str:
    """`57.11`, or `57.11*` where only the first stage of a cascade scored it."""
    return f"{ranked.score / CENTI:.2f}{'*' * (ranked.stage == 1)}"


def stages_text(job: JobShortlist) -> str:
    """What `*` means, where a candidate has it."""
    if all(item.stage != 1 for item in job.candidates):
        return ""
    return "* Scored by the first stage of the cascade alone; not to be compared with scores without *."


def interval_text(ranked: Ranked) -> str:
    """`53.11 to 61.01`."""
    low, high = ranked.interval
    return f"{low / CENTI:.2f} to {high / CENTI:.2f}"


def remarks(ranked: Ranked) -> str:
    """What a person should look at: flags, and why the candidate ranks below others; empty where there is nothing."""
    told = [flag.replace("_", " ") for flag in ranked.flags]
    if ranked.knocked_out_by:
        told.append(f"ranked below, not found: {', '.join(ranked.knocked_out_by)}")
    return "; ".join(told)


def regions_text(ranked: Ranked) -> str:
    """`in eu and us`, in a shortlist across regions; empty in that of one run."""
    return f"in {' and '.join(ranked.regions)}" if ranked.regions else ""


def musts(ranked: Ranked) -> tuple[int, int]:
    """Must-haves with evidence, and how many were asked; a passage of merely like meaning is none for a skill."""
    asked = [part for part in ranked.parts if part.must]
    return sum(part.points > 0 and part.requirement not in ranked.knockouts for part in asked), len(asked)


def stand_text(job: JobShortlist, ranked: Ranked) -> str:
    """`5 of 12 (places 5-9 are not distinguishable), score 22.49 (interval 16.83 to 26.81)`, and the stage of a cascade."""
    first, last = ranked.places
    tie = f" (places {first}-{last} are not distinguishable)" if ranked.tied else ""
    stage = f", by stage {ranked.stage} of the cascade" if ranked.stage else ""
    return (
        f"{ranked.rank} of {job.pool}{tie}, score {ranked.score / CENTI:.2f} (interval {interval_text(ranked)}){stage}"
    )


def criterion_points(ranked: Ranked) -> dict[Criterion, int]:
    """Hundredths of a point that the candidate has under each criterion; they sum to the score."""
    points = dict.fromkeys(Criterion, 0)
    for part in ranked.parts:
        points[part.criterion] += part.points
    return points


def criterion_weights(job: JobShortlist) -> dict[Criterion, int]:
    """Hundredths of a point that each criterion can give for this job; they sum to 10000."""
    weights = dict.fromkeys(Criterion, 0)
    for requirement, weight in zip(job.requirements, job.weights, strict=True):
        criterion = CRITERION_OF[requirement.kind]
        if criterion is not None:
            weights[criterion] += weight
    return weights
