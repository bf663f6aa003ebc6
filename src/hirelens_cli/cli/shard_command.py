"""`hirelens shard`: a large batch in shards that run anywhere, and the merge that makes one shortlist of them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.cli.telemetry import UNWATCHED, Watch
from hirelens_cli.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from hirelens_cli.engine.shards import Plan
    from hirelens_cli.sharding import ShardReport

PLAN_EXAMPLES = """\b
Examples:
  hirelens shard plan resumes/ --job jobs/ --shards 8 --out plan
  hirelens shard plan resumes.zip --job job.pdf --shards 64 --out plan --as-of 2026-11-23
"""
RUN_EXAMPLES = """\b
Examples:
  hirelens shard run plan --shard 3/8
  hirelens shard run plan --shard 1-4/8
  hirelens shard run plan --shard all
  hirelens shard run plan --index 2 --workers 4
  hirelens shard run plan --shard 3/8 --root /mnt/resumes --allow-unscreened
"""
MERGE_EXAMPLES = """\b
Examples:
  hirelens shard merge plan
  hirelens shard merge plan --top 0 --format csv -o shortlist.csv
  hirelens shard merge plan --partial --workspace preview
"""
PlanArgument = Annotated[
    str, typer.Argument(metavar="PLAN", help="The folder that `hirelens shard plan` made.", show_default=False)
]


def plan(
    resumes: options.Resumes,
    job: options.Jobs,
    shards: Annotated[int, typer.Option("--shards", metavar="N", help="How many shards.", show_default=False)],
    out: Annotated[str, typer.Option("--out", metavar="PLAN", help="Folder to write it to.", show_default=False)],
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    manifest: options.Manifest = None,
    weight: options.Weight = None,
    top: options.Top = None,
    as_of: options.AsOf = None,
    embedder: options.Embedder = None,
    model: options.Model = None,
    device: options.Device = None,
    blind: options.Blind = None,
    forensics: options.Forensics = None,
    accept_any: options.AcceptAny = None,
    ocr: options.Ocr = None,
    tenant: options.Tenant = None,
    region: options.Region = None,
    config: options.ConfigFile = None,
    watch: Watch = UNWATCHED,
) -> int:
    """Freeze what is to be screened, and deal it out into shards by content.

    The plan holds the settings, the jobs as understood, and each document's content hash. Documents stay where they are.
    """
    from hirelens_cli import sharding
    from hirelens_cli.cli.output import write_result
    from hirelens_cli.cli.progress import watching

    settings = options.configure(
        config,
        weight,
        top=top,
        as_of=as_of,
        embedder=embedder.value if embedder else None,
        model=model,
        device=device.value if device else None,
        blind=blind,
        forensics=forensics,
        accept_any=accept_any,
        ocr=ocr,
        tenant=tenant,
        region=region,
        **watch.flags,
    )
    progress = watching(settings.telemetry, watch)
    try:
        frozen = sharding.plan(resumes, job, out, shards, settings, manifest=manifest, progress=progress)
    finally:
        progress.close()
    as_json = format is options.DataFormat.JSON
    write_result((_plan_json(frozen, out) if as_json else _plan_text(frozen, out)).encode(), None)
    return ExitCode.DONE


def run(
    plan: PlanArgument,
    shard: Annotated[
        str | None,
        typer.Option(
            "--shard",
            metavar="I/N",
            help="Which: 3/8 is the third of 8; 1-4/8 are four, one after the other; all.",
            show_default=False,
        ),
    ] = None,
    index: Annotated[
        int | None,
        typer.Option("--index", metavar="I", help="The same for arrays that count from 0.", show_default=False),
    ] = None,
    root: Annotated[
        str | None,
        typer.Option(
            "--root", metavar="DIR", help="Where the resumes lie here. [default: as planned]", show_default=False
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read once more what could not be screened.")] = False,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    workers: options.Workers = None,
    allow_unscreened: options.AllowUnscreened = False,
    watch: Watch = UNWATCHED,
) -> int:
    """Read, understand and embed the documents of a shard, on any machine that sees PLAN and the documents.

    Killed or repeated, it does only what is not there yet. Exits with 3 where documents could not be screened.
    """
    from hirelens_cli import sharding
    from hirelens_cli.cli.output import write_result
    from hirelens_cli.cli.progress import watching

    numbers, of = (range(1, sharding.count(plan) + 1), None) if shard == "all" else _numbers(shard, index)
    settings = options.configure(None, workers=workers, **watch.flags)
    progress = watching(settings.telemetry, watch)
    try:
        reports = [
            sharding.run(plan, number, settings, of=of, root=root, again=again, progress=progress) for number in numbers
        ]
    except KeyboardInterrupt as stop:
        stop.add_note(f"What was read so far is kept in {plan}; the same command again continues.")
        raise
    finally:
        progress.close()
    as_json = format is options.DataFormat.JSON
    write_result(_reports_json(reports) if as_json else _reports_table(reports), None)
    unscreened = any(report.unscreened for report in reports)
    return ExitCode.UNSCREENED if unscreened and not allow_unscreened else ExitCode.DONE


def merge(
    plan: PlanArgument,
    top: options.Top = None,
    format: options.ShortlistFormat = None,  # noqa: A002
    output: options.Output = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Merge the shards that are there, and say which are not.")
    ] = False,
    blind: options.Blind = None,
    workers: options.Workers = None,
    workspace: options.Workspace = None,
    allow_unscreened: options.AllowUnscreened = False,
    watch: Watch = UNWATCHED,
) -> int:
    """Make one shortlist of all shards, byte for byte what `rank` gives, and publish it in the workspace.

    Exits with 10 where shards are missing. Merging again changes nothing.
    """
    from functools import partial as bound

    from hirelens_cli import sharding
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.rank_command import answered

    place = options.destination(format, output, allow_unscreened=allow_unscreened)
    check_output(place.path, folder=place.folder is not None)
    settings = options.configure(None, blind=blind, workers=workers, workspace=workspace, **watch.flags)
    work = bound(sharding.merge, plan, settings, top=top, partial=partial)
    shortlist = answered(work, settings, place, watch)
    return ExitCode.UNSCREENED if shortlist.unscreened and not allow_unscreened else ExitCode.DONE


def _numbers(shard: str | None, index: int | None) -> tuple[range, int | None]:
    """The shards, from 1, and how many there are where that was said."""
    if (shard is None) == (index is None):
        raise UsageError("say which shard", "--shard 3/8, or --index 2 for an array that counts from 0")
    if index is not None:
        return range(index + 1, index + 2), None
    match = re.fullmatch(r"([0-9]{1,9})(?:-([0-9]{1,9}))?(?:/([0-9]{1,9}))?", shard or "")
    if match is None or int(match[2] or match[1]) < int(match[1]):
        raise UsageError(f"--shard {shard!r} is not I/N", "for example --shard 3/8, or --shard 1-4/8")
    return range(int(match[1]), int(match[2] or match[1]) + 1), int(match[3]) if match[3] else None


def _reports_table(reports: Sequence[ShardReport]) -> bytes:
    from hirelens_cli.cli.tables import draw_unscreened, drawn

    def draw(console: Console) -> None:
        draw_unscreened(console, tuple(item for report in reports for item in report.unscreened))
        for report in reports:
            counts = report.counts
            console.print(
                f"shard {report.shard}/{report.shards}: {counts.found} found: {counts.scored} read, "
                f"{counts.unscreened} not screened, {counts.duplicates} duplicates"
            )

    return drawn(draw, to_file=False)


def _reports_json(reports: Sequence[ShardReport]) -> bytes:
    from hirelens_cli.rendering.to_ingest import ReadCounts, ingest_json

    counts = [report.counts for report in reports]
    total = ReadCounts(
        sum(item.found for item in counts),
        sum(item.scored for item in counts),
        sum(item.unscreened for item in counts),
        sum(item.duplicates for item in counts),
    )
    return ingest_json(tuple(item for report in reports for item in report.unscreened), total)


def _plan_text(frozen: Plan, out: str) -> str:
    from shlex import quote

    sizes = [share.documents for share in frozen.shares]
    total = len(sizes)
    size = str(sizes[0]) if min(sizes) == max(sizes) else f"{min(sizes)} to {max(sizes)}"
    counts = f"{frozen.documents} documents in {total} shards of {size}, {len(frozen.jobs)} jobs"
    unopened = len(frozen.rejected)
    lines = [
        f"{counts}, {unopened} documents that cannot be opened" if unopened else counts,
        f"hirelens shard run {quote(out)} --shard 1/{total}",
        f"hirelens shard merge {quote(out)}",
    ]
    return "\n".join(lines) + "\n"


def _plan_json(frozen: Plan, out: str) -> str:
    record = {
        "schema": "hirelens.shard-plan/1",
        "plan": out,
        "as_of": frozen.config.as_of,
        "config": frozen.config_hash,
        "documents": frozen.documents,
        "unopened": len(frozen.rejected),
        "jobs": [source.name for source in frozen.jobs],
        "shards": [share.documents for share in frozen.shares],
    }
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"
