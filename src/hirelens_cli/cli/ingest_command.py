"""`hirelens ingest`: read and understand, no job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hirelens_cli.cli import options
from hirelens_cli.cli.telemetry import UNWATCHED, Watch
from hirelens_cli.errors import ExitCode

if TYPE_CHECKING:
    from rich.console import Console

    from hirelens_cli.app import Ingested

EXAMPLES = """\b
Examples:
  hirelens ingest resumes/
  hirelens ingest resumes.zip --format json
"""


def ingest(
    resumes: options.Resumes,
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    output: options.Output = None,
    manifest: options.Manifest = None,
    as_of: options.AsOf = None,
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
    watch: Watch = UNWATCHED,
) -> int:
    """Read and understand resumes now, so that ranking them later only scores."""
    from hirelens_cli import app
    from hirelens_cli.cli.output import check_output, write_result
    from hirelens_cli.cli.progress import watching
    from hirelens_cli.engine.workspace import Workspace

    check_output(output)
    settings = options.configure(
        config,
        as_of=as_of,
        blind=blind,
        forensics=forensics,
        accept_any=accept_any,
        ocr=ocr,
        workers=workers,
        workspace=workspace,
        **options.cluster_flags(engine, scheduler, tls_ca, tls_cert, tls_key, priority),
        **watch.flags,
    )
    progress = watching(settings.telemetry, watch)
    try:
        ingested = app.ingest(resumes, settings, manifest=manifest, progress=progress)
    except KeyboardInterrupt as stop:
        stop.add_note(
            f"What was read so far is kept in {Workspace.of(settings).root}; the same command again continues."
        )
        raise
    finally:
        progress.close()
    write_result(_rendered(ingested, format, to_file=output is not None), output)
    return ExitCode.UNSCREENED if ingested.unscreened and not allow_unscreened else ExitCode.DONE


def _rendered(ingested: Ingested, form: options.DataFormat, *, to_file: bool) -> bytes:
    from hirelens_cli.rendering.to_ingest import ReadCounts, ingest_json

    counts = ReadCounts(
        ingested.counts.found, ingested.counts.scored, ingested.counts.unscreened, ingested.counts.duplicates
    )
    if form is options.DataFormat.JSON:
        return ingest_json(ingested.unscreened, counts)
    from hirelens_cli.cli.tables import draw_unscreened, drawn

    def draw(console: Console) -> None:
        draw_unscreened(console, ingested.unscreened)
        console.print(
            f"{counts.found} found: {counts.read} read, {counts.unscreened} not screened, "
            f"{counts.duplicates} duplicates"
        )

    return drawn(draw, to_file=to_file)
