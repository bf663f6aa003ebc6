"""What an audit of outcomes found: rates and impact ratios by category, nothing about any one person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FOUR_FIFTHS = 0.8
"""A rate below four fifths of the highest is generally taken as evidence of adverse impact: 29 CFR 1607.4(D)."""

SIGNIFICANT = 0.05
"""Below this probability a difference is not put down to chance, as is usual; 29 CFR 1607.4(D) itself names no level."""


class Rule(StrEnum):
    """By which rule outcomes are audited."""

    LL144 = "ll144"
    """New York City Local Law 144 of 2021, 6 RCNY 5-300 to 5-304: ratios are published, no ratio is a pass or a fail."""
    EEOC = "eeoc"
    """Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4: four fifths, and whether it may be chance."""


class Measure(StrEnum):
    """What is counted of a category."""

    SELECTION = "selection rate"
    """The share that was selected."""
    SCORING = "scoring rate"
    """The share with a score above the median of the whole sample."""


@dataclass(frozen=True, slots=True)
class Category:
    """One category beside the one with the highest rate."""

    name: str
    applicants: int
    favoured: int
    """Selected, or with a score above the median."""
    rate: float
    ratio: float | None
    """The rate divided by the highest; None where the category is excluded or nobody at all was favoured."""
    excluded: bool = False
    """Fewer than 2% of the data, and left out of the ratios on request."""
    p: float | None = None
    """Fisher's exact test, two-sided, against the category with the highest rate; None for that one."""
    one_person: bool = False
    """One person more of this category, and one fewer of the highest, would turn the difference round."""

    def falls_below(self, least: float) -> bool:
        """Whether the ratio is there and below `least`."""
        return self.ratio is not None and self.ratio < least

    @property
    def adverse(self) -> bool:
        """Below four fifths, and not to be put down to small numbers."""
        return self.falls_below(FOUR_FIFTHS) and self.p is not None and self.p < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Impact:
    """One table: a measure by sex, by race and ethnicity, or by both."""

    measure: Measure
    by: str
    categories: tuple[Category, ...]
    """The largest first."""

    @property
    def lowest(self) -> Category | None:
        """The category with the lowest ratio; None where no ratio is defined."""
        with_ratio = [item for item in self.categories if item.ratio is not None]
        return min(with_ratio, key=lambda item: item.ratio or 0.0, default=None)


@dataclass(frozen=True, slots=True)
class Cut:
    """What would be if all with at least this score were selected."""

    score: int
    """Hundredths of a point."""
    selected: int
    impacts: tuple[Impact, ...]


@dataclass(frozen=True, slots=True)
class JobAudit:
    """The outcomes of one job."""

    job: str
    title: str
    assessed: int
    """Candidates who were scored."""
    unknown: int
    """Of these, those left out of the tables because their sex or their race and ethnicity are not known."""
    median: float
    """Hundredths of a point, of all who were scored."""
    selection: str
    """What counted as selected; empty where nothing did."""
    selected: int
    impacts: tuple[Impact, ...]
    sweep: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """The outcomes of one run."""

    rule: Rule
    date: str
    """ISO date of the audit."""
    run: str
    as_of: str
    version: str
    config: str
    embedder: str
    source: str
    """Name of the file of demographics."""
    rows: int
    unmatched: int
    """Rows of it that name nobody who was scored."""
    in_use_since: str
    """ISO date from which the tool has been used; empty where it was not given."""
    jobs: tuple[JobAudit, ...]

    def below(self, least: float) -> tuple[tuple[JobAudit, Impact, Category], ...]:
        """Every category whose ratio is below `least`."""
        return tuple(
            (job, impact, item)
            for job in self.jobs
            for impact in job.impacts
            for item in impact.categories
            if item.falls_below(least)
        )

    @property
    def findings(self) -> tuple[tuple[JobAudit, Impact, Category], ...]:
        """Under the four-fifths rule alone: categories below it whose difference is statistically significant."""
        if self.rule is not Rule.EEOC:
            return ()
        return tuple(found for found in self.below(FOUR_FIFTHS) if found[2].adverse)


@dataclass(frozen=True, slots=True)
class Leak:
    """One document whose result depends on who it is about."""

    candidate: str
    resume: str
    tables: tuple[str, ...]
    """Tables of the run with other rows; empty where only the redacted text differs."""
    before: str
    """The first line of the redacted text that differs; empty where the text is the same and understood otherwise."""
    after: str


@dataclass(frozen=True, slots=True)
class LeakReport:
    """A batch screened twice: as it is, and with everybody's identity swapped for another."""

    documents: int
    """Scored, each for every job."""
    jobs: tuple[str, ...]
    unnamed: int
    """Documents in which no name was found: of them only contacts, pronouns and the like could be swapped."""
    before: str
    """Digest of all tables of results."""
    after: str
    leaks: tuple[Leak, ...]

    @property
    def equal(self) -> bool:
        """Whether the results are the same to the byte, and nothing of anybody was left in a redacted text."""
        return self.before == self.after and not self.leaks
