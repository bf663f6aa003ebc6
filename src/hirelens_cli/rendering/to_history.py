"""Runs as tables and as JSON: listed, shown, compared, verified, pruned."""

from __future__ import annotations

from collections.abc import Sequence

from hirelens_cli.model import codec
from hirelens_cli.model.comparisons import (
    Check,
    JobDiff,
    Move,
    PartChange,
    Pruning,
    Result,
    Reweighted,
    RunDetails,
    RunDiff,
    RunSummary,
    Share,
    Standing,
    Verdict,
)
from hirelens_cli.model.shortlists import MILLI
from hirelens_cli.rendering.panels import Panel, number, points, signed, some

PARTS = 3
"""Parts of a move that a table names; JSON has them all."""

WEIGHTS = 4
"""Changed weights that a table names."""

_MARKS = {Result.EQUAL: "✓", Result.DIFFERS: "✗", Result.SKIPPED: "-"}


def runs_panels(runs: Sequence[RunSummary]) -> tuple[Panel, ...]:
    """One row per run, oldest first."""
    if not runs:
        return (Panel("No runs yet", notes=("`hirelens rank RESUMES --job JD` makes one.",)),)
    rows = tuple(
        (
            run.short,
            _moment(run.executions[-1].at) if run.executions else "",
            run.record.as_of,
            run.jobs[0] + (f" and {len(run.jobs) - 1} more" if run.jobs[1:] else ""),
            str(run.record.counts.scored),
            str(run.record.counts.unscreened),
            run.record.embedder,
        )
        for run in runs
    )
    return (Panel("", ("Run", "Done (UTC)", "As of", "Jobs", "Scored", "Not", "Embedder"), rows),)


def pruning_panels(found: Pruning) -> tuple[Panel, ...]:
    """Which runs go and what goes with them, with sizes."""
    runs = tuple(
        (run.short, _moment(run.executions[-1].at) if run.executions else "", ", ".join(run.jobs), _size(size))
        for run, size in found.runs
    )
    caches = tuple((item.stage, f"{item.entries:,}", f"about {_size(item.bytes)}") for item in found.caches)
    said = "Removed" if found.done else "To be removed"
    heading = f"{said}: {some(len(runs), 'run')}; {some(found.staying, 'run')} stay{'s' * (found.staying == 1)}"
    return (
        Panel(heading, ("Run", "Done (UTC)", "Jobs", "Size"), runs),
        *((Panel("Caches that no run which stays refers to", ("", "Entries", "Size"), caches),) if caches else ()),
    )


def pruning_json(found: Pruning) -> bytes:
    """Schema hirelens.pruning/1; sizes in bytes."""
    record: dict[str, object] = {
        "schema": "hirelens.pruning/1",
        "done": found.done,
        "runs": [{"run": run.record.run, "jobs": run.jobs, "bytes": size} for run, size in found.runs],
        "staying": found.staying,
        "caches": found.caches,
    }
    return to_json(record)


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{count / 1e3:,.1f} kB"


def run_panels(run: RunDetails) -> tuple[Panel, ...]:
    """A run, its jobs, and under which terms it was made."""
    record = run.summary.record
    counts = record.counts
    facts = (
        ("as of", record.as_of),
        (
            "documents",
            f"{counts.found} found: {counts.scored} scored, {counts.unscreened} not, {counts.duplicates} dup.",
        ),
        ("digest", record.digest),
        ("configuration", record.config),
        ("embedder", f"{record.embedder} {record.embedder_fingerprint[:16]}"),
        ("scores made by", f"hirelens {record.version}, code {record.scores_fingerprint}"),
        *(("done", f"{_moment(item.at)} UTC by {item.who}, {item.seconds:.1f} s") for item in run.summary.executions),
        *(("resumes", path) for path in run.resumes),
        *(("jobs", path) for path in run.job_paths),
        *((("manifest", run.manifest),) if run.manifest else ()),
    )
    jobs = tuple((item.job, item.title, str(item.pool), str(item.requirements), points(item.best)) for item in run.jobs)
    changed = Panel("Settings that are not the default", ("", ""), run.settings)
    return (
        Panel(f"Run {record.run}", ("", ""), facts),
        Panel("", ("Job", "Title", "Pool", "Requirements", "Best score"), jobs),
        *((changed,) if run.settings else ()),
    )


def diff_panels(diff: RunDiff) -> tuple[Panel, ...]:
    """What was told differently, and per job who moved and why."""
    if diff.equal and not diff.settings:
        return (Panel(f"{diff.before} and {diff.after} are equal"),)
    notes = [f"only in {diff.before}: {', '.join(diff.only_before)}"] if diff.only_before else []
    notes += [f"only in {diff.after}: {', '.join(diff.only_after)}"] if diff.only_after else []
    same = "the results are equal" if diff.equal else f"{some(len(diff.jobs), 'job')} in both"
    settings = tuple((item.key, item.before, item.after) for item in diff.settings)
    head = Panel(f"{diff.before} → {diff.after}: {same}", ("Term", "Before", "After") if settings else (), settings)
    return (head, *(job_panel(job) for job in diff.jobs), *((Panel("", notes=tuple(notes)),) if notes else ()))


def job_panel(job: JobDiff) -> Panel:
    """Who moved for one job."""
    tally = [f"{job.moved - job.came - job.went} changed"]
    tally += [f"{job.came} new"] if job.came else []
    tally += [f"{job.went} gone"] if job.went else []
    rows = tuple((*_place(move), who(move), reasons(move)) for move in job.moves)
    notes = []
    if job.requirements:
        notes.append(weights_note(job.requirements))
    if len(job.moves) < job.moved:
        notes.append(f"The {len(job.moves)} largest changes of {job.moved}; --top 0 shows all.")
    heading = f"{job.title or job.job} ({job.job}): {', '.join(tally)}, {job.unchanged} unchanged"
    columns = ("Rank", "Score", "Candidate", "Why") if rows else ()
    return Panel(heading, columns, rows, tuple(notes))


def who(move: Move) -> str:
    """The candidate's name, path or id."""
    parts = [text for text in (move.name, move.resume) if text] or [move.candidate[:12]]
    return ", ".join(parts) + (" (file changed)" if move.rewritten else "")


def reasons(move: Move) -> str:
    """The parts that moved a candidate most."""
    told = [_reason(part) for part in move.parts[:PARTS]]
    if len(move.parts) > PARTS:
        rest = sum(part.change for part in move.parts[PARTS:])
        told.append(f"{some(len(move.parts) - PARTS, 'more part')} {signed(rest)}")
    if told:
        return "; ".join(told)
    if move.before is None:
        return "not scored before"
    return "not scored any more" if move.after is None else "others moved"


def _reason(part: PartChange) -> str:
    old, new = part.before, part.after
    if old is None or new is None:
        return f"{part.requirement} {signed(part.change)} ({'no longer asked' if new is None else 'newly asked'})"
    why = [f"value {_value(old)} → {_value(new)}"] if old.value != new.value else []
    why += [f"weight {points(old.weight)} → {points(new.weight)}"] if old.weight != new.weight else []
    return f"{part.requirement} {signed(part.change)} ({', '.join(why)})"


def _value(share: Share) -> str:
    return f"{share.value / MILLI:.2f}"


def _place(move: Move) -> tuple[str, str]:
    old, new = move.before, move.after
    if old is None or new is None:
        one = new or old
        sign = ("new " if old is None else "was ") if one else ""
        return (f"{sign}{one.rank}", f"{sign}{points(one.score)}") if one else ("", "")
    rank = f"{old.rank} → {new.rank}" if old.rank != new.rank else str(new.rank)
    change = f" ({signed(move.change)})" if move.change else ""
    return rank, f"{points(new.score)}{change}"


def weights_note(items: Sequence[Reweighted]) -> str:
    """The weights that changed most."""
    most = sorted(items, key=lambda item: -abs((item.after or 0) - (item.before or 0)))[:WEIGHTS]
    told = [f"{item.requirement} {points(item.before)} → {points(item.after)}" for item in most]
    told += [f"{len(items) - WEIGHTS} more"] if len(items) > WEIGHTS else []
    return "Weights: " + "; ".join(told)


def verdict_panels(verdict: Verdict) -> tuple[Panel, ...]:
    """Each check, and what a replay scores differently."""
    rows = tuple((_MARKS[check.result], check.name, check.message) for check in verdict.checks)
    proved = verdict.holds and all(check.result is Result.EQUAL for check in verdict.checks)
    outcome = "equal" if proved else "as far as it was checked, equal" if verdict.holds else "differs"
    if verdict.erased and verdict.holds:
        outcome += f" except for {verdict.erased} erased"
    return (Panel(f"Run {verdict.run}: {outcome}", ("", "", ""), rows), *map(job_panel, verdict.jobs))


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")


def runs_json(runs: Sequence[RunSummary]) -> bytes:
    """Schema hirelens.runs/1."""
    return to_json({"schema": "hirelens.runs/1", "runs": [_summary(run) for run in runs]})


def run_json(run: RunDetails) -> bytes:
    """Schema hirelens.run/1."""
    record = {
        "schema": "hirelens.run/1",
        **_summary(run.summary),
        "jobs": [
            {
                "job": item.job,
                "title": item.title,
                "pool": item.pool,
                "requirements": item.requirements,
                "best": number(item.best),
            }
            for item in run.jobs
        ],
        "inputs": {"resumes": run.resumes, "jobs": run.job_paths, "manifest": run.manifest},
        "settings": dict(run.settings),
    }
    return to_json(record)


def diff_json(diff: RunDiff) -> bytes:
    """Schema hirelens.diff/1."""
    return to_json(diff_record(diff))


def diff_record(diff: RunDiff) -> dict[str, object]:
    """A diff as JSON has it."""
    return {
        "schema": "hirelens.diff/1",
        "before": diff.before,
        "after": diff.after,
        "equal": diff.equal,
        "settings": [{"key": item.key, "before": item.before, "after": item.after} for item in diff.settings],
        "jobs": [_job(job) for job in diff.jobs],
        "only_before": diff.only_before,
        "only_after": diff.only_after,
    }


def verdict_json(verdict: Verdict) -> bytes:
    """Schema hirelens.verdict/1."""
    record = {
        "schema": "hirelens.verdict/1",
        "run": verdict.run,
        "holds": verdict.holds,
        "erased": verdict.erased,
        "checks": [_check(check) for check in verdict.checks],
        "jobs": [_job(job) for job in verdict.jobs],
    }
    return to_json(record)


def to_json(record: dict[str, object]) -> bytes:
    """One indented JSON object with a newline at its end."""
    return codec.indented(codec.encode(record)) + b"\n"


def move_record(move: Move) -> dict[str, object]:
    """A move as JSON has it, points as numbers of points."""
    return {
        "candidate": move.candidate,
        "resume": move.resume,
        "before": _standing(move.before),
        "after": _standing(move.after),
        "change": number(move.change),
        "rewritten": move.rewritten,
        "parts": [
            {
                "requirement": part.requirement,
                "criterion": part.criterion.value,
                "must": part.must,
                "before": _share(part.before),
                "after": _share(part.after),
                "change": number(part.change),
            }
            for part in move.parts
        ],
    }


def weight_records(items: Sequence[Reweighted]) -> list[dict[str, object]]:
    """Changed weights as JSON has them."""
    return [
        {
            "requirement": item.requirement,
            "criterion": item.criterion.value,
            "before": number(item.before),
            "after": number(item.after),
        }
        for item in items
    ]


def _summary(run: RunSummary) -> dict[str, object]:
    record = run.record
    counts = record.counts
    return {
        "run": record.run,
        "as_of": record.as_of,
        "jobs": run.jobs,
        "found": counts.found,
        "scored": counts.scored,
        "unscreened": counts.unscreened,
        "duplicates": counts.duplicates,
        "embedder": record.embedder,
        "embedder_fingerprint": record.embedder_fingerprint,
        "scores_fingerprint": record.scores_fingerprint,
        "config": record.config,
        "version": record.version,
        "digest": record.digest,
        "tenant": record.tenant,
        "region": record.region,
        "executions": [{"at": item.at, "who": item.who, "seconds": item.seconds} for item in run.executions],
    }


def _job(job: JobDiff) -> dict[str, object]:
    return {
        "job": job.job,
        "title": job.title,
        "moved": job.moved,
        "came": job.came,
        "went": job.went,
        "unchanged": job.unchanged,
        "weights": weight_records(job.requirements),
        "moves": [move_record(move) for move in job.moves],
    }


def _check(check: Check) -> dict[str, object]:
    return {"check": check.name, "result": check.result.value, "message": check.message}


def _standing(standing: Standing | None) -> dict[str, object] | None:
    return None if standing is None else {"rank": standing.rank, "score": number(standing.score)}


def _share(share: Share | None) -> dict[str, object] | None:
    if share is None:
        return None
    return {"weight": number(share.weight), "value": share.value / MILLI, "points": number(share.points)}
