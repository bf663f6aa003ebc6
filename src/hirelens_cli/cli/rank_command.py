"""`hirelens rank`: the main job."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from hirelens_cli.cli import options
from hirelens_cli.cli.telemetry import UNWATCHED, Watch
from hirelens_cli.errors import ExitCode

if TYPE_CHECKING:
    from hirelens_cli.config import RunConfig
    from hirelens_cli.model.shortlists import Counts, Shortlist

EXAMPLES = """\b
Examples:
  hirelens rank resumes/ --job job.pdf
  hirelens rank resumes.zip --job jobs/ --top 5 --format csv -o shortlist.csv
  hirelens rank resumes/ --job jobs/ -o shortlist.xlsx
  hirelens rank resumes/ --job job.txt --weight skills=50 --as-of 2026-11-23
  hirelens rank resumes/ --job job.txt --blind --top 0 --format json | jq .counts
"""


def rank(
    resumes: options.Resumes,
    job: options.Jobs,
    top: options.Top = None,
    format: options.ShortlistFormat = None,  # noqa: A002
    output: options.Output = None,
    manifest: options.Manifest = None,
    weight: options.Weight = None,
    as_of: options.AsOf = None,
    embedder: options.Embedder = None,
    model: options.Model = None,
    device: options.Device = None,
    blind: options.Blind = None,
    forensics: options.Forensics = None,
    accept_any: options.AcceptAny = None,
    ocr: options.Ocr = None,
    workers: options.Workers = None,
    engine: options.Engine = None,
    scheduler: options.Scheduler = None,
    tls_ca: options.TlsCa = None,
    tls_cert: options.TlsCert = None,
    tls_key: options.TlsKey = None,
    priority: options.Priority = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
    allow_unscreened: options.AllowUnscreened = False,
    open_it: options.Open = False,
    watch: Watch = UNWATCHED,
) -> int:
    """Rank resumes against job descriptions: a shortlist with the evidence behind every point.

    Exits with 3 where some documents could not be screened; they are listed with the reason.
    """
    from functools import partial

    from hirelens_cli import app
    from hirelens_cli.cli.output import check_output

    place = options.destination(format, output, allow_unscreened=allow_unscreened)
    check_output(place.path, folder=place.folder is not None)
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
        workers=workers,
        workspace=workspace,
        **options.cluster_flags(engine, scheduler, tls_ca, tls_cert, tls_key, priority),
        **watch.flags,
    )
    work = partial(app.rank, resumes, job, settings, manifest=manifest)
    shortlist = answered(work, settings, place, watch)
    if open_it:
        show_report(shortlist, settings)
    return ExitCode.UNSCREENED if shortlist.unscreened and not allow_unscreened else ExitCode.DONE


def answered(
    work: Callable[..., Shortlist], settings: RunConfig, place: options.Destination, watch: Watch
) -> Shortlist:
    """Do `work` under a progress report, write its shortlist, and say how it went; the shortlist."""
    from hirelens_cli.cli.progress import watching
    from hirelens_cli.engine.workspace import Workspace

    began = time.monotonic()
    progress = watching(settings.telemetry, watch)
    try:
        shortlist = work(progress=progress)
    except KeyboardInterrupt as stop:
        stop.add_note(
            f"What was read and scored so far is kept in {Workspace.of(settings).root}; the same command again continues."
        )
        raise
    finally:
        progress.close()
    write_shortlist(shortlist, settings, place)
    if not watch.quiet:
        _closing(shortlist, settings, place, seconds=time.monotonic() - began)
    return shortlist


def write_shortlist(shortlist: Shortlist, settings: RunConfig, place: options.Destination) -> None:
    """Put a shortlist where it was asked for; raises OutputError."""
    from hirelens_cli.cli.output import write_files, write_result

    if place.folder is not None:
        from hirelens_cli.rendering.to_frame import partitions, shortlist_frame

        write_files(partitions(shortlist_frame(shortlist, settings), shortlist.run), place.folder)
    else:
        write_result(rendered(shortlist, settings, place), place.path)


def show_report(shortlist: Shortlist, settings: RunConfig) -> None:
    """Write the report of a shortlist into the workspace, blind, and show it in the browser."""
    from hirelens_cli.cli.output import write_result
    from hirelens_cli.cli.report_command import open_page, page_of, place_of

    blind = replace(settings, blind=True)
    path = place_of(shortlist.run, blind)
    write_result(page_of(shortlist.run, blind), path)
    open_page(path)


def rendered(shortlist: Shortlist, settings: RunConfig, place: options.Destination) -> bytes:
    """The shortlist in the format asked for."""
    from hirelens_cli.cli.options import Format

    if place.format is Format.HTML:
        from hirelens_cli.cli.report_command import page_of

        return page_of(shortlist.run, settings)
    if place.format is Format.JUNIT:
        from hirelens_cli.rendering.to_junit import shortlist_junit

        return shortlist_junit(shortlist, allow_unscreened=place.allow_unscreened)
    if place.format is Format.XLSX:
        from hirelens_cli.rendering.to_xlsx import shortlist_xlsx

        return shortlist_xlsx(shortlist)
    if place.format in (Format.PARQUET, Format.ARROW):
        from hirelens_cli.rendering.to_frame import arrow, parquet, shortlist_frame

        frame = shortlist_frame(shortlist, settings)
        return parquet(frame) if place.format is Format.PARQUET else arrow(frame)
    if place.format is Format.JSON:
        from hirelens_cli.rendering.to_json import shortlist_json

        return shortlist_json(shortlist)
    if place.format is Format.JSONL:
        from hirelens_cli.rendering.to_json import shortlist_jsonl

        return shortlist_jsonl(shortlist)
    if place.format is Format.CSV:
        from hirelens_cli.rendering.to_csv import shortlist_csv

        return shortlist_csv(shortlist)
    if place.format is Format.MD:
        from hirelens_cli.rendering.to_markdown import shortlist_markdown

        return shortlist_markdown(shortlist)
    from hirelens_cli.cli.tables import draw_shortlist, drawn

    return drawn(lambda console: draw_shortlist(console, shortlist), to_file=place.path is not None)


def counts_words(counts: Counts) -> str:
    """What became of the documents."""
    return (
        f"{counts.found} found: {counts.scored} scored, {counts.unscreened} not screened, "
        f"{counts.duplicates} duplicates"
    )


def _closing(shortlist: Shortlist, settings: RunConfig, place: options.Destination, *, seconds: float) -> None:
    """How it went and what to do next, on stderr."""
    from shlex import quote

    from hirelens_cli.cli.console import say

    counts = shortlist.counts
    rate = f", {counts.found / seconds:.1f} files/s" if seconds > 0 else ""
    say(f"{counts_words(counts)}; {seconds:.1f} s{rate}")
    if settings.embedder == "auto":
        better = "; `hirelens models list` tells how to get minilm-int8" if shortlist.embedder == "static" else ""
        say(f"embedder auto: {shortlist.embedder}{better}")
    if place.path is not None:
        say(f"written to {place.path}")
    first = next(((job, job.candidates[0]) for job in shortlist.jobs if job.candidates), None)
    if first is not None and place.format is options.Format.TABLE:
        job, best = first
        who = best.resume or best.candidate[:12]
        where = options.place_words(settings)
        say(f"hirelens explain {quote(who)} --job {quote(job.job)}{where}", label="next:", style="bold")
        say(f"hirelens report --open{where}", label="     ")
