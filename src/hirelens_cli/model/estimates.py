"""How long a batch would take, what it would need and what it would cost: rates that were measured, and ranges made of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """Two ends and what is likeliest between them."""

    low: float
    likely: float
    high: float

    def __add__(self, other: Range) -> Range:
        """Both, one after the other."""
        return Range(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def times(self, factor: float) -> Range:
        """So many times as much, a factor of 0 or more."""
        return Range(self.low * factor, self.likely * factor, self.high * factor)

    def within(self, other: Range) -> Range:
        """End times end."""
        return Range(self.low * other.low, self.likely * other.likely, self.high * other.high)

    def holds(self, value: float) -> bool:
        """Whether the value lies between the ends."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Rate:
    """CPU seconds of one stage: `fixed`, and `seconds` for each unit (a document, a pair, a candidate shown)."""

    stage: str
    seconds: Range
    fixed: float = 0.0


@dataclass(frozen=True, slots=True)
class Rates:
    """What a calibration measured on one core of one machine."""

    documents: int
    """So many were measured."""
    embedder: str
    start: float
    """CPU seconds until a process that begins does its first work at full speed."""
    stages: tuple[Rate, ...]
    gather: float
    """CPU seconds per document to copy its parts from a shard into a workspace."""
    worker_mb: float
    """A process that reads, understands and embeds, with its reader."""
    main_mb: float
    """The process that scores and publishes, before it holds anybody's columns."""
    column_kb: float
    """Columns of one document while all are ranked."""
    vector_kb: float
    """Vectors of one document while its batch is scored."""
    disk_kb: float
    """Everything that the workspace keeps of one document."""
    crowding: float = 1.0
    """Wall seconds for a CPU second of one busy process while this was measured: 1 where nothing else ran."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A batch, and the machines for it."""

    resumes: int
    jobs: int
    nodes: int = 1
    cores: int = 1
    """Of each node."""
    top: int = 20


@dataclass(frozen=True, slots=True)
class StageEstimate:
    """Wall seconds of one stage."""

    stage: str
    seconds: Range
    spreads: bool
    """More nodes make it shorter."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a batch would take."""

    shape: Shape
    rates: Rates
    shards: int
    """1: a plain `rank` on one machine."""
    stages: tuple[StageEstimate, ...]
    seconds: Range
    cpu: Range
    """CPU seconds of all processes together, which other load does not change."""
    memory_mb: Range
    """Of the node that needs most."""
    disk_mb: Range
    cost: Range
    """Node-hours times the price of one."""
    spot_cost: Range
    """The same on machines that may be taken away, without what is then done twice."""
    bottleneck: str
    """The stage that takes longest."""
    break_even: int
    """Up to so many nodes the work that spreads takes at least as long as the rest, for which all but one node wait."""
