"""`hirelens notice` and `hirelens adverse-pack`: what candidates are told, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

if TYPE_CHECKING:
    from hirelens_cli.config import RunConfig
    from hirelens_cli.model.jobs import Job
    from hirelens_cli.model.letters import Weighed

NOTICE_EXAMPLES = """\b
Examples:
  hirelens notice --contact "hiring@example.org" -o notice.md
  hirelens notice --job job.pdf --contact "hiring@example.org" --kept-for "180 days"
"""
PACK_EXAMPLES = """\b
Examples:
  hirelens adverse-pack amara.pdf --job job.pdf --contact "hiring@example.org" -o amara.md
  hirelens adverse-pack 3fa94c --job job.pdf --format json
"""
Contact = Annotated[str, typer.Option("--contact", metavar="TEXT", help="Whom to write to.", show_default=False)]


def notice(
    job: Annotated[
        str | None,
        typer.Option("--job", "-j", metavar="JD", help="A job description, or its TOML file.", show_default=False),
    ] = None,
    contact: Contact = "",
    kept_for: Annotated[
        str, typer.Option("--kept-for", metavar="TEXT", help="For how long data are kept.", show_default=False)
    ] = "",
    format: options.PageForm = None,  # noqa: A002
    output: options.Output = None,
    config: options.ConfigFile = None,
) -> int:
    """Write what candidates should know before the tool is used: what is scored, what is not, what is kept, their rights.

    A text to start from, with gaps to fill in; with --job also what that job asks and how much each thing weighs.
    """
    from hirelens_cli.cli.job_command import understood
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.panels import page_form, show
    from hirelens_cli.model.jobs import Criterion
    from hirelens_cli.model.letters import Notice
    from hirelens_cli.rendering.to_letters import notice_json, notice_panels

    check_output(output)
    settings = options.configure(config)
    described = understood(job, config) if job else None
    shares = [(item, float(getattr(settings.weights, item.value))) for item in Criterion]
    total = sum(share for _, share in shares)
    told = Notice(
        described.title if described else "",
        tuple((item, round(100 * share / total, 2)) for item, share in shares),
        _weighed(described, settings) if described else (),
        contact,
        kept_for,
    )
    show(told, page_form(format, output), notice_panels, notice_json, output)
    return ExitCode.DONE


def _weighed(job: Job, settings: RunConfig) -> tuple[Weighed, ...]:
    from hirelens_cli.embeddings.passages import requirement_terms
    from hirelens_cli.model.jobs import CRITERION_OF
    from hirelens_cli.model.letters import Weighed
    from hirelens_cli.profiles.tokens import terms
    from hirelens_cli.scores.weights import applied

    weights = applied(job, settings.weights, requirement_terms(job, terms))
    return tuple(
        Weighed(asked, CRITERION_OF[asked.kind], int(weight))
        for asked, weight in zip(job.requirements, weights, strict=True)
    )


def adverse_pack(
    candidate: Annotated[
        str, typer.Argument(metavar="CANDIDATE", help="A resume's path, or the beginning of a candidate's id.")
    ],
    job: Annotated[str, typer.Option("--job", "-j", metavar="JD", help="A job of a run in this workspace.")],
    contact: Contact = "",
    run: options.Run = None,
    format: options.PageForm = None,  # noqa: A002
    output: options.Output = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Write what one candidate should be told after a decision: what was asked, what was found, what was not, what to do.

    It holds nothing of other candidates, no rank either. The decision is the last that `hirelens decide` recorded.
    """
    from hirelens_cli import app, rights
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.panels import page_form, show
    from hirelens_cli.model.letters import Pack
    from hirelens_cli.rendering.to_letters import pack_json, pack_panels

    check_output(output)
    settings = options.configure(config, workspace=workspace)
    shortlist, ranked = app.explain(candidate, job, settings, run=run)
    past, decision = rights.decided(ranked.candidate, job, settings, run=run)
    pack = Pack(shortlist.title or shortlist.job, past.run, past.as_of, ranked, decision, contact)
    show(pack, page_form(format, output), pack_panels, pack_json, output)
    return ExitCode.DONE
