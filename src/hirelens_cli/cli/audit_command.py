"""`hirelens audit`: outcomes by category, and whether identity leaks into scores."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, GateError, UsageError
from hirelens_cli.model.audits import Rule

if TYPE_CHECKING:
    from hirelens_cli.audits import Selection
    from hirelens_cli.config import RunConfig
    from hirelens_cli.model.audits import Audit

EXAMPLES = """\b
Examples:
  hirelens audit --demographics people.csv --rule ll144 --cut 60 -o audit.md
  hirelens audit 3fa94c --demographics people.csv --rule eeoc --job job.pdf --top 20 --sweep
  hirelens audit --demographics people.csv --rule ll144 --fail-under 0.8
  hirelens audit --leak resumes/ --job job.pdf
"""


Audited = Annotated[
    str | None,
    typer.Argument(
        metavar="[RUN]",
        help="The beginning of a run's id, or latest. [default: the latest, with that job]",
        show_default=False,
    ),
]
Demographics = Annotated[
    Path | None,
    typer.Option(
        "--demographics",
        metavar="CSV",
        help="Columns candidate (or resume, applicant_id), sex, race_ethnicity; read, never stored.",
        show_default=False,
    ),
]
ByRule = Annotated[Rule | None, typer.Option("--rule", help="By which rule outcomes are compared.", show_default=False)]
OfJob = Annotated[
    str | None, typer.Option("--job", "-j", metavar="JD", help="One job of the run. [default: all]", show_default=False)
]
FirstK = Annotated[
    int | None,
    typer.Option("--top", "-n", metavar="K", min=1, help="The first K count as selected.", show_default=False),
]
CutScore = Annotated[
    str | None,
    typer.Option(
        "--cut",
        metavar="N",
        help="All with N points or more count as selected, also as 'score>=N'. [default: by decisions]",
        show_default=False,
    ),
]
Sweep = Annotated[bool, typer.Option("--sweep", help="Also the lowest ratio for every fifth cut score.")]
ExcludeSmall = Annotated[bool, typer.Option("--exclude-small", help="No ratio for categories under 2% of the data.")]
IgnoreUnmatched = Annotated[bool, typer.Option("--ignore-unmatched", help="Leave out rows about nobody of the run.")]
InUseSince = Annotated[
    str | None,
    typer.Option("--in-use-since", metavar="DATE", help="For the report: when its use began.", show_default=False),
]
FailUnder = Annotated[
    float | None,
    typer.Option("--fail-under", metavar="N", help="Exit with 8 where a ratio is below N, as 0.8.", show_default=False),
]
LeakIn = Annotated[
    list[str] | None,
    typer.Option(
        "--leak",
        metavar="RESUMES",
        help="Instead: swap identities in these resumes and demand the same results; with --job.",
        show_default=False,
    ),
]


def audit(
    run: Audited = None,
    demographics: Demographics = None,
    rule: ByRule = None,
    job: OfJob = None,
    top: FirstK = None,
    cut: CutScore = None,
    sweep: Sweep = False,
    exclude_small: ExcludeSmall = False,
    ignore_unmatched: IgnoreUnmatched = False,
    in_use_since: InUseSince = None,
    fail_under: FailUnder = None,
    leak: LeakIn = None,
    format: options.PageForm = None,  # noqa: A002
    output: options.Output = None,
    as_of: options.AsOf = None,
    workspace: options.Workspace = None,
    config: options.ConfigFile = None,
) -> int:
    """Compare how often people of each sex, race and ethnicity were selected or scored above the median.

    Who was selected is what `hirelens decide` recorded, or --top or --cut. Under eeoc the exit status is 8 where a ratio
    is below four fifths and the difference is statistically significant; under ll144 only with --fail-under.

    With --leak, names, contacts, pronouns and the like are swapped in what was read, and 8 means that a result changed.
    """
    from hirelens_cli import audits
    from hirelens_cli.cli.output import check_output
    from hirelens_cli.cli.panels import page_form, show
    from hirelens_cli.rendering.to_audit import audit_json, audit_panels

    check_output(output)
    if leak:
        return _leak(leak, job, options.configure(config, workspace=workspace, as_of=as_of), format, output)
    if demographics is None or rule is None:
        raise UsageError(
            "an audit needs --demographics and --rule", "for example --demographics people.csv --rule ll144"
        )
    settings = options.configure(config, workspace=workspace, as_of=as_of)
    found = audits.audit(
        str(demographics),
        rule,
        settings,
        run=run,
        job=job,
        selection=selection_of(top, cut),
        sweep=sweep,
        exclude_small=exclude_small,
        ignore_unmatched=ignore_unmatched,
        in_use_since=in_use_since or "",
    )
    show(found, page_form(format, output), audit_panels, audit_json, output)
    _gate(found, fail_under)
    return ExitCode.DONE


def _leak(
    resumes: list[str], job: str | None, settings: RunConfig, form: options.PageFormat | None, output: Path | None
) -> int:
    from hirelens_cli import audits
    from hirelens_cli.cli.panels import page_form, show
    from hirelens_cli.rendering.to_audit import leak_json, leak_panels

    if job is None:
        raise UsageError("--leak needs a job to score for", "for example --leak resumes/ --job job.pdf")
    report = audits.leak_test(resumes, [job], settings)
    show(report, page_form(form, output), leak_panels, leak_json, output)
    if not report.equal:
        raise GateError("results depend on who a resume is about", "what leaked, and where, is said above")
    return ExitCode.DONE


def selection_of(top: int | None, cut: str | None) -> Selection:
    """`60` and `score>=60` as a Selection; raises UsageError for what cannot be meant."""
    from hirelens_cli.audits import Selection

    if top is not None and cut is not None:
        raise UsageError("--top and --cut say two things", "give one of them")
    if cut is None:
        return Selection(top=top)
    found = re.fullmatch(r"\s{0,9}(?:score\s{0,9}>=\s{0,9})?(\d{1,3}(?:\.\d{1,2})?)\s{0,9}", cut)
    if found is None or float(found[1]) > 100:
        raise UsageError(f"--cut {cut!r} is no score", "a number from 0 to 100, as --cut 60 or --cut 'score>=60'")
    return Selection(cut=float(found[1]))


def _gate(found: Audit, least: float | None) -> None:
    if least is not None and not 0 <= least <= 1:
        raise UsageError(f"--fail-under {least:g} is no ratio", "a number from 0 to 1, as 0.8")
    failed = found.below(least) if least is not None else found.findings
    if failed:
        _, impact, worst = min(failed, key=lambda item: item[2].ratio or 0.0)
        raise GateError(
            f"{len(failed)} impact ratios are too low, the lowest {worst.ratio or 0:.3f} ({worst.name}, {impact.measure.value})",
            "the tables say which; a low ratio is a reason to look, not a verdict",
        )
