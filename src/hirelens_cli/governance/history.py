"""What the ledger says about runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from hirelens_cli.governance.ledger import Entry, broken_at, read
from hirelens_cli.model.comparisons import Check, Execution, Result

PRUNED = "pruned"
"""Kind of the line; its `runs` are each `id digest`."""


def executions(entries: Sequence[Entry]) -> Mapping[str, tuple[Execution, ...]]:
    """By run id, each time that a run was carried out, oldest first."""
    found: defaultdict[str, list[Execution]] = defaultdict(list)
    for entry in entries:
        if entry.kind == "run":
            seconds = entry.body.get("seconds")
            spent = float(seconds) if isinstance(seconds, int | float) else 0.0
            found[str(entry.body.get("run"))].append(Execution(entry.at, str(entry.body.get("who") or ""), spent))
    return {run: tuple(items) for run, items in found.items()}


def pruned(entries: Sequence[Entry]) -> Mapping[str, Entry]:
    """By run id, the line that says that a run was removed; without those that were carried out once more since."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.kind == "run":
            found.pop(str(entry.body.get("run")), None)
        runs = entry.body.get("runs")
        if entry.kind == PRUNED and isinstance(runs, list):
            found.update(dict.fromkeys((item.partition(" ")[0] for item in runs), entry))
    return found


def check_chain(path: Path) -> Check:
    """Whether every line of a ledger follows from those before it, to the last."""
    entries = read(path)
    if not entries:
        return Check("ledger", Result.DIFFERS, "there is no ledger, or its first line is damaged")
    broken = broken_at(entries)
    if broken is not None:
        return Check("ledger", Result.DIFFERS, f"line {broken + 1} does not follow from those before it")
    *lines, unfinished = path.read_bytes().split(b"\n")
    if len(lines) > len(entries):
        return Check("ledger", Result.DIFFERS, f"line {len(entries) + 1} of {len(lines)} cannot be read")
    # A crash while a line was written leaves it without its end; the next line replaces it.
    torn = "; an unfinished one after them is left out" if unfinished else ""
    return Check("ledger", Result.EQUAL, f"all {len(lines)} lines follow from one another{torn}")
