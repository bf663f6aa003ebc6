"""The result: candidates in order, each point tied to a requirement and to a line of the resume."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model.issues import Status
from hirelens_cli.model.jobs import Criterion, Requirement, RequirementKind

CENTI = 100
"""Points and weights are integers in hundredths of a point, so that sums are exact."""

MILLI = 1000
"""Values are integers in thousandths, 0 to 1000."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line of the redacted resume."""

    page: int
    start: int
    end: int
    text: str
    """Equal to the redacted text from `start` to `end`."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one requirement gave one candidate: points = weight * value, rounded half up to a hundredth."""

    criterion: Criterion
    requirement: str
    kind: RequirementKind
    must: bool
    weight: int
    """Hundredths of a point; all weights of a job sum to 10000."""
    value: int
    """Thousandths, 0 to 1000."""
    points: int
    """Hundredths of a point."""
    reason: str = ""
    """Why the value is what it is, in a few words made from stored facts: `used for 38 months, last in 2024-05`."""
    evidence: tuple[Evidence, ...] = ()
    index: int = 0
    """0-based number of the requirement within the job."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Plain words, all made from the parts."""

    summary: str
    strengths: tuple[str, ...]
    gaps: tuple[str, ...]
    recommendations: tuple[str, ...]
    """Questions to ask or things to check."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate's place for one job."""

    rank: int
    candidate: str
    """First 16 hex digits of the doc_id; shown shorter where unique."""
    resume: str
    """Path below the input folder; empty when blind."""
    also: tuple[str, ...]
    """Further paths of the same bytes; empty when blind."""
    score: int
    """Hundredths of a point, 0 to 10000; equal to the sum of the parts' points."""
    percentile: float
    """Share of the job's scored candidates with a score at or below this one's, 0 to 100, one decimal."""
    confidence: str
    parts: tuple[Part, ...]
    explanation: Explanation
    flags: tuple[str, ...] = ()
    """`hidden_text`, `stuffing`, ...: what a person should look at."""
    knockouts: tuple[str, ...] = ()
    """Must-have requirements without any evidence; shown, never used to hide anyone."""
    name: str = ""
    """The candidate's name for the terminal; never in the de-identified store, empty when blind."""
    applicant_id: str = ""
    """The ATS's id from the manifest."""
    interval: tuple[int, int] = (0, 0)
    """Hundredths: where the score lies when weights, demands and likeness are shaken; `score` is inside."""
    knocked_out_by: tuple[str, ...] = ()
    """Requirements that the user marked as knockouts and of which nothing was found: ranked below all others."""
    places: tuple[int, int] = (0, 0)
    """First and last place of the tie band: the scores do not tell these apart. Equal where nobody shares it."""

    stage: int = 0
    """The stage of a cascade that scored it last: 1 for everyone, 2 for the best of those; 0 where there was no cascade."""
    regions: tuple[str, ...] = ()
    """Where the candidate is kept, in a shortlist across regions; empty in that of one run."""

    @property
    def tied(self) -> bool:
        """Whether others share the tie band."""
        return self.places[0] < self.places[1]


@dataclass(frozen=True, slots=True)
class JobShortlist:
    """The candidates for one job, best first."""

    job_id: str
    job: str
    """Name of the job's file."""
    title: str
    requirements: tuple[Requirement, ...]
    weights: tuple[int, ...]
    """Applied weight of each requirement in hundredths of a point, 0 for those not scored."""
    pool: int
    """How many candidates were scored for the job."""
    candidates: tuple[Ranked, ...]
    suggested: tuple[int, ...] = ()
    """As `weights`, had the user weighed no requirement; empty where nobody was scored."""


@dataclass(frozen=True, slots=True)
class Unscreened:
    """A document that could not be screened, and why."""

    resume: str
    candidate: str
    status: Status
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Shortlisted files that seem to be of one person; each keeps its own score and place."""

    candidates: tuple[str, ...]
    resumes: tuple[str, ...]
    """Paths below the input folder, in the same order; empty when blind."""
    reasons: tuple[str, ...]
    """What ties them: `same e-mail`, `near-identical text`, ..."""
    contradictions: tuple[str, ...]
    """Where the versions disagree."""


@dataclass(frozen=True, slots=True)
class Counts:
    """found == scored + unscreened + duplicates."""

    found: int
    scored: int
    unscreened: int
    duplicates: int


@dataclass(frozen=True, slots=True)
class Shortlist:
    """All that a run answers. Nothing volatile is in it."""

    run: str
    """Derived from inputs, configuration and as-of date: the same work has the same id."""
    as_of: str
    config: str
    """Hash of the configuration that bears on scores."""
    embedder: str
    jobs: tuple[JobShortlist, ...]
    unscreened: tuple[Unscreened, ...]
    counts: Counts
    same_person: tuple[SamePerson, ...] = ()
    scoring: str = ""
    """Changes whenever the code that scores does."""
