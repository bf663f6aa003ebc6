"""What would be if, as tables and as JSON: other weights, what lifts a candidate, what a requirement costs."""

from __future__ import annotations

from collections.abc import Sequence

from hirelens_cli.model.comparisons import Cost, JobCost, Lift, Move, WhatIf
from hirelens_cli.rendering.panels import Panel, number, points, signed, some
from hirelens_cli.rendering.to_history import move_record, to_json, weight_records, weights_note, who

PARTS = 2
"""Parts of a change that a table names."""


def whatif_panels(found: WhatIf) -> tuple[Panel, ...]:
    """The new order, each with the old rank and score."""
    heading = f"{found.title or found.job} ({found.job}), run {found.run[:8]}: "
    heading += f"{found.moved} of {found.pool} would change places"
    rows = tuple(_row(move) for move in found.moves)
    notes = [weights_note(found.requirements)] if found.requirements else ["No weight would change."]
    if len(found.moves) < found.pool:
        notes.append(f"The best {len(found.moves)} of {found.pool}; --top 0 shows all.")
    return (Panel(heading, ("#", "Was", "Score", "Change", "Candidate", "Most by"), rows, tuple(notes)),)


def _row(move: Move) -> tuple[str, ...]:
    old, new = move.before, move.after
    assert old is not None
    assert new is not None
    was = f"{old.rank}" + (" ↑" if new.rank < old.rank else " ↓" if new.rank > old.rank else "")
    most = "; ".join(f"{part.requirement} {signed(part.change)}" for part in move.parts[:PARTS])
    return str(new.rank), was, points(new.score), signed(move.change), who(move), most


def whatif_json(found: WhatIf) -> bytes:
    """Schema hirelens.whatif/1."""
    record: dict[str, object] = {
        "schema": "hirelens.whatif/1",
        "run": found.run,
        "job": found.job,
        "title": found.title,
        "pool": found.pool,
        "moved": found.moved,
        "weights": weight_records(found.requirements),
        "candidates": [move_record(move) for move in found.moves],
    }
    return to_json(record)


def lift_lines(lifts: Sequence[Lift]) -> tuple[str, ...]:
    """One sentence per goal: what would change the result."""
    return tuple(map(_lift, lifts))


def _lift(lift: Lift) -> str:
    goal = f"{lift.goal[:1].upper()}{lift.goal[1:]} needs {points(lift.needed)} points more"
    if not lift.steps:
        return f"{goal}: more than all requirements together lost."
    steps = [
        f"{step.requirement} ({points(step.gain)} of the {points(step.lost)} that it lost)"
        if step.gain < step.lost
        else f"{step.requirement} (all {points(step.lost)} that it lost)"
        for step in lift.steps
    ]
    return f"{goal}: {' and '.join([', '.join(steps[:-1]), steps[-1]] if len(steps) > 1 else steps)}."


def lift_records(lifts: Sequence[Lift]) -> list[dict[str, object]]:
    """Lifts as JSON has them."""
    return [
        {
            "goal": lift.goal,
            "rank": lift.rank,
            "needed": number(lift.needed),
            "possible": bool(lift.steps),
            "steps": [
                {
                    "requirement": step.requirement,
                    "criterion": step.criterion.value,
                    "must": step.must,
                    "gain": number(step.gain),
                    "lost": number(step.lost),
                }
                for step in lift.steps
            ],
        }
        for lift in lifts
    ]


def cost_panels(found: JobCost) -> tuple[Panel, ...]:
    """One row per requirement, musts first."""
    heading = f"{found.title or found.job} ({found.job}), run {found.run[:8]}: {some(found.pool, 'candidate')}"
    columns = ("Must", "Requirement", "Weight", "Mean", "Without", "Share", "Alone", "Left")
    rows = tuple(
        (
            "must" if cost.must else "",
            cost.requirement,
            points(cost.weight),
            points(cost.mean),
            str(cost.without),
            _share(cost, found.pool),
            str(cost.alone) if cost.must else "",
            "" if cost.left is None else str(cost.left),
        )
        for cost in found.costs
    )
    note = (
        "Without: no evidence for it. Alone: evidence for every other must. "
        "Left: evidence for this must and all above it. Nobody is left out by it: it shows what asking it costs."
    )
    return (Panel(heading, columns, rows, (note,)), *_alone_panel(found))


def _alone_panel(found: JobCost) -> tuple[Panel, ...]:
    """Whom a single must leaves out."""
    rows = tuple(
        (cost.requirement, ", ".join(cost.who) + (f" and {more} more" if (more := cost.alone - len(cost.who)) else ""))
        for cost in found.costs
        if cost.who
    )
    return (Panel("Evidence for every must but this one", ("Must", "Who, best first"), rows),) if rows else ()


def _share(cost: Cost, pool: int) -> str:
    return f"{100 * cost.without / pool:.0f}%" if pool else ""


def cost_json(found: JobCost) -> bytes:
    """Schema hirelens.job_cost/1."""
    record: dict[str, object] = {
        "schema": "hirelens.job_cost/1",
        "run": found.run,
        "job": found.job,
        "title": found.title,
        "pool": found.pool,
        "requirements": [
            {
                "requirement": cost.requirement,
                "criterion": cost.criterion.value,
                "must": cost.must,
                "weight": number(cost.weight),
                "mean": number(cost.mean),
                "without": cost.without,
                "share_without": round(cost.without / found.pool, 4) if found.pool else None,
                "alone": cost.alone if cost.must else None,
                "alone_candidates": list(cost.who),
                "left": cost.left,
            }
            for cost in found.costs
        ],
    }
    return to_json(record)
