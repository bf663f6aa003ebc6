"""What a report shows beyond a shortlist: where candidates come from, how the pool is spread, pages with marks."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model.comparisons import JobCost
from hirelens_cli.model.pictures import Picture
from hirelens_cli.model.results import RunRecord
from hirelens_cli.model.shortlists import JobShortlist, Ranked, SamePerson, Unscreened


@dataclass(frozen=True, slots=True)
class Held:
    """One position of a candidate."""

    title: str
    employer: str
    start: str
    """`2021-04`; empty where unknown."""
    end: str
    """Last month worked, in the same form."""
    current: bool
    months: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A line on a page that earned points."""

    box: tuple[float, float, float, float]
    """x0, top, x1, bottom in points from the page's top left."""
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page and the lines on it that earned points."""

    picture: Picture
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One candidate, with all that is shown of the person's work."""

    ranked: Ranked
    positions: tuple[Held, ...]
    """In the order of the resume."""
    pages: tuple[MarkedPage, ...] = ()
    no_pages: str = ""
    """Why pages are missing; empty where none is, or none was asked for."""


@dataclass(frozen=True, slots=True)
class JobReport:
    """One job: its shortlist, and its whole pool."""

    shortlist: JobShortlist
    dossiers: tuple[Dossier, ...]
    """Of the shortlist's candidates, in its order."""
    scores: tuple[int, ...]
    """Of everyone who was scored, best first, in hundredths of a point."""
    cost: JobCost


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page of one run shows. Nothing volatile is in it."""

    record: RunRecord
    jobs: tuple[JobReport, ...]
    unscreened: tuple[Unscreened, ...]
    same_person: tuple[SamePerson, ...]
    settings: tuple[tuple[str, str], ...]
    """Those that are not the default."""
    blind: bool
    """Neither names nor files nor pages."""
