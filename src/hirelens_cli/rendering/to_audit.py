"""An audit of outcomes as panels and as JSON (schema hirelens.audit/1): the same report on the terminal and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hirelens_cli.model.audits import (
    FOUR_FIFTHS,
    SIGNIFICANT,
    Audit,
    Category,
    Cut,
    Impact,
    JobAudit,
    LeakReport,
    Measure,
    Rule,
)
from hirelens_cli.model.shortlists import CENTI
from hirelens_cli.rendering.panels import Panel, points, some
from hirelens_cli.rendering.to_history import to_json
from hirelens_cli.rendering.to_page import NOT_ADVICE

SMALL_SHARE = 0.02
"""Below it a category is pointed out: 6 RCNY 5-301(d) lets an independent auditor leave it out, with a justification."""

_RULES = {
    Rule.LL144: "New York City Local Law 144 of 2021 (6 RCNY 5-300 to 5-304)",
    Rule.EEOC: "four-fifths rule of the Uniform Guidelines (29 CFR 1607.4)",
}


def audit_panels(audit: Audit) -> tuple[Panel, ...]:
    """What the rule asks to be said, then per job each table."""
    facts = (
        ("rule", _RULES[audit.rule]),
        ("date of this audit", audit.date),
        (
            "in use since",
            audit.in_use_since or "not given (--in-use-since): the date on which you began to use the tool",
        ),
        ("data", f"run {audit.run} as of {audit.as_of}; hirelens {audit.version}, {audit.embedder}, {audit.config}"),
        ("demographics", f"{audit.source}, {audit.rows} rows" + _unmatched(audit)),
    )
    notes = (
        "This is not an independent audit: the party that uses a tool cannot be its independent auditor (6 RCNY 5-300). "
        + NOT_ADVICE,
    )
    return (
        Panel("Audit of outcomes", ("", ""), facts, notes),
        *(panel for job in audit.jobs for panel in _job(job, audit.rule)),
    )


def _unmatched(audit: Audit) -> str:
    return f", {audit.unmatched} of them about nobody who was assessed" if audit.unmatched else ""


def _job(job: JobAudit, rule: Rule) -> Iterator[Panel]:
    facts = (
        ("applicants assessed", str(job.assessed)),
        ("sex or race/ethnicity unknown", str(job.unknown)),
        ("selected", f"{job.selected}: {job.selection}" if job.selection else "nothing says who was selected"),
        ("median score", points(round(job.median)) if job.assessed else "-"),
    )
    yield Panel(f"{job.title or job.job} ({job.job})", ("", ""), facts, _explained(rule))
    for impact in job.impacts:
        yield _impact(impact, rule)
    if job.sweep:
        yield _sweep(job.sweep)


def _impact(impact: Impact, rule: Rule) -> Panel:
    counted = "Selected" if impact.measure is Measure.SELECTION else "Above median"
    columns = ("Category", "Of", counted, "Rate", "Ratio", "p", "Remark")
    total = sum(item.applicants for item in impact.categories)
    rows = tuple(
        (
            item.name,
            str(item.applicants),
            str(item.favoured),
            f"{item.rate:.1%}",
            "-" if item.ratio is None else f"{item.ratio:.3f}",
            "-" if item.p is None else f"{item.p:.3f}",
            "; ".join(_remarks(item, total, rule)),
        )
        for item in impact.categories
    )
    notes = () if rows else ("nobody's category is known",)
    return Panel(f"{impact.measure.value.capitalize()} by {impact.by}", columns, rows, notes)


def _explained(rule: Rule) -> tuple[str, ...]:
    told = (
        "Ratio: the impact ratio, a category's rate divided by the highest. "
        "p: how likely the difference to that category is by chance (Fisher's exact test, two-sided)."
    )
    if rule is Rule.LL144:
        return (told, "The rule sets no ratio that passes or fails.")
    finding = (
        f"A finding is a ratio below {FOUR_FIFTHS:g} with p below {SIGNIFICANT:g}. Below it without that, numbers are too "
        "small to tell (29 CFR 1607.4(D)): no finding, and no clearance either."
    )
    return (told, finding)


def _remarks(item: Category, total: int, rule: Rule) -> Iterator[str]:
    if item.excluded:
        yield "under 2% of the data: excluded from the ratios"
    elif item.applicants < SMALL_SHARE * total:
        yield "under 2% of the data"
    if rule is not Rule.EEOC:
        return
    if item.adverse:
        yield "below four fifths: adverse impact indicated"
    elif item.falls_below(FOUR_FIFTHS):
        yield "below four fifths, too few to tell"
    elif item.p is not None and item.p < SIGNIFICANT:
        yield "above four fifths, yet the difference is hardly chance"
    if item.one_person and item.falls_below(FOUR_FIFTHS):
        yield "one person would turn it"


def _sweep(cuts: Sequence[Cut]) -> Panel:
    names = [impact.by for impact in cuts[0].impacts]
    rows = tuple(
        (f"{cut.score / CENTI:g}", str(cut.selected), *(_lowest(impact) for impact in cut.impacts)) for cut in cuts
    )
    return Panel("Lowest impact ratio, if all from a score on were selected", ("Score from", "Selected", *names), rows)


def _lowest(impact: Impact) -> str:
    lowest = impact.lowest
    return "-" if lowest is None else f"{lowest.ratio:.3f} {lowest.name}"


def audit_json(audit: Audit) -> bytes:
    """Schema hirelens.audit/1; rates and ratios are not rounded."""
    record: dict[str, object] = {
        "schema": "hirelens.audit/1",
        "rule": audit.rule.value,
        "date": audit.date,
        "in_use_since": audit.in_use_since or None,
        "independent": False,
        "run": audit.run,
        "as_of": audit.as_of,
        "version": audit.version,
        "config": audit.config,
        "embedder": audit.embedder,
        "demographics": {"file": audit.source, "rows": audit.rows, "unmatched": audit.unmatched},
        "findings": [
            {"job": job.job, "measure": impact.measure.value, "by": impact.by, "category": item.name}
            for job, impact, item in audit.findings
        ],
        "jobs": [
            {
                "job": job.job,
                "title": job.title,
                "assessed": job.assessed,
                "unknown": job.unknown,
                "median": job.median / CENTI if job.assessed else None,
                "selection": job.selection or None,
                "selected": job.selected if job.selection else None,
                "impacts": [_impact_record(impact) for impact in job.impacts],
                "sweep": [
                    {
                        "score": cut.score / CENTI,
                        "selected": cut.selected,
                        "impacts": [_impact_record(impact) for impact in cut.impacts],
                    }
                    for cut in job.sweep
                ],
            }
            for job in audit.jobs
        ],
    }
    return to_json(record)


def _impact_record(impact: Impact) -> dict[str, object]:
    return {"measure": impact.measure.value, "by": impact.by, "categories": impact.categories}


def leak_panels(report: LeakReport) -> tuple[Panel, ...]:
    """Whether anything depended on who a resume is about, and where."""
    outcome = "equal" if report.equal else f"{some(len(report.leaks), 'document')} differ"
    facts = (
        ("documents", f"{report.documents} scored for {some(len(report.jobs), 'job')}"),
        ("no name found in", f"{report.unnamed}: of these only contacts, pronouns and the like were swapped"),
        ("results as they are", report.before),
        ("results when swapped", report.after),
    )
    rows = tuple(
        (item.resume or item.candidate, ", ".join(item.tables) or "none", item.before, item.after)
        for item in report.leaks
    )
    notes = () if rows else ("Nothing of anybody's identity was left in what is scored.",)
    head = Panel(f"Identities swapped: {outcome}", ("", ""), facts, (*notes, NOT_ADVICE))
    columns = ("Document", "Results that differ", "Redacted line as it is", "When swapped")
    return (head, Panel("Leaks", columns, rows)) if rows else (head,)


def leak_json(report: LeakReport) -> bytes:
    """Schema hirelens.leaks/1."""
    record: dict[str, object] = {
        "schema": "hirelens.leaks/1",
        "equal": report.equal,
        "documents": report.documents,
        "jobs": report.jobs,
        "unnamed": report.unnamed,
        "before": report.before,
        "after": report.after,
        "leaks": report.leaks,
    }
    return to_json(record)
