"""An estimate as tables and as JSON (schema hirelens.estimate/1): ranges, never one number alone."""

from __future__ import annotations

from collections.abc import Callable

from hirelens_cli.model import codec
from hirelens_cli.model.estimates import Estimate, Range
from hirelens_cli.rendering.panels import Panel, some


def estimate_json(estimate: Estimate) -> bytes:
    """Everything, seconds and megabytes as numbers, and the rates that it rests on."""
    return codec.indented(codec.encode({"schema": "hirelens.estimate/1", "estimate": estimate})) + b"\n"


def estimate_panels(estimate: Estimate) -> tuple[Panel, ...]:
    """Wall time by stage, what it needs, and what follows from that."""
    shape = estimate.shape
    where = f"{some(shape.nodes, 'node')} of {some(shape.cores, 'core')}"
    stages = tuple(
        (stage.stage, *_three(stage.seconds, duration), "all nodes" if stage.spreads else "one node")
        for stage in estimate.stages
    )
    heading = f"{shape.resumes:,} resumes, {some(shape.jobs, 'job')}, {where}, embedder {estimate.rates.embedder}"
    needs = [
        ("wall time", *_three(estimate.seconds, duration)),
        ("CPU time", *_three(estimate.cpu, duration)),
        ("memory of the node that needs most", *_three(estimate.memory_mb, megabytes)),
        ("disk", *_three(estimate.disk_mb, megabytes)),
    ]
    if estimate.cost.high:
        needs += [
            ("cost", *_three(estimate.cost, money)),
            ("cost on spot machines", *_three(estimate.spot_cost, money)),
        ]
    columns = ("At best", "Likely", "At worst")
    return (
        Panel(heading, ("Needs", *columns), tuple(needs), _notes(estimate)),
        Panel("Wall time by stage", ("Stage", *columns, "Runs on"), stages),
    )


def _notes(estimate: Estimate) -> tuple[str, ...]:
    slowest = next(stage for stage in estimate.stages if stage.stage == estimate.bottleneck)
    remedy = "more nodes or cores shorten it" if slowest.spreads else "more nodes do not shorten it"
    shape = estimate.shape
    clock = estimate.rates.crowding
    how = f"hirelens shard plan --shards {estimate.shards}" if estimate.shards > 1 else "hirelens rank"
    return (
        f"bottleneck: {estimate.bottleneck}; {remedy}",
        f"break-even: {some(estimate.break_even, 'node')}; beyond it most of what is paid for waits for one node",
        f"as: {how}, {some(shape.cores, 'worker')} on each node",
        f"measured on one core here with {estimate.rates.documents} documents; the same machines are assumed",
        f"a CPU second took {clock:.1f} s by the clock; likely and worst assume other load as then, best none",
    )


def _three(found: Range, words: Callable[[float], str]) -> tuple[str, str, str]:
    return words(found.low), words(found.likely), words(found.high)


def duration(seconds: float) -> str:
    """`0.4 s`, `3 min 20 s`, `5 h 07 min`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


def megabytes(amount: float) -> str:
    """`310 MB`, `4.2 GB`."""
    return f"{amount:.0f} MB" if amount < 1024 else f"{amount / 1024:.1f} GB"


def money(amount: float) -> str:
    """Two decimals, four below a tenth; the currency is that of the price."""
    return f"{amount:.2f}" if amount >= 0.1 else f"{amount:.4f}"
