"""The report as one HTML file: nothing is fetched, nothing is sent, and no script runs but those whose hash it names."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.reports import Dossier, JobReport, Report
from hirelens_cli.model.shortlists import CENTI, JobShortlist, Ranked
from hirelens_cli.rendering.panels import points, signed, some
from hirelens_cli.rendering.records import (
    criterion_points,
    criterion_weights,
    musts,
    rank_text,
    remarks,
    same_person_text,
    ties_text,
)
from hirelens_cli.rendering.report import charts
from hirelens_cli.rendering.safe import safe_text
from hirelens_cli.shortlists.parts import duration

SCRIPTS = ("vendor/tablesort.min.js", "vendor/tablesort.number.min.js", "report.js")
"""In the order in which they run."""
STYLE = "report.css"
UNDERSTOOD = {
    Criterion.SKILLS: "skills, certificates and languages that the job names",
    Criterion.EXPERIENCE: "years, seniority, degree and titles",
    Criterion.PROJECTS: "what was done, against what the job will have done",
    Criterion.DOMAIN: "the resume as a whole, against the job as a whole",
}
"""What each criterion looks at, in a few words."""


def report_html(report: Report) -> bytes:
    """The page, UTF-8. The same report gives the same bytes."""
    scripts = [_asset(name) for name in SCRIPTS]
    style = _asset(STYLE)
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src {_hash(style)}; script-src {' '.join(map(_hash, scripts))}"
    )
    # Our own files, as they are; everything else is escaped.
    ours = {"style": Markup(style), "scripts": [Markup(script) for script in scripts]}  # noqa: S704
    page = _environment().get_template("page.html.j2").render(report=report, policy=policy, **ours)
    return page.encode("utf-8", "replace")


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _shown(value: object) -> object:
    """What a template prints: text of others without anything that acts, on one line; markup of ours as it is."""
    return (
        safe_text(" / ".join(value.split("\n"))) if isinstance(value, str) and not isinstance(value, Markup) else value
    )


@cache
def _environment() -> Environment:
    """Everything that is printed is escaped, and made safe to look at before."""
    made = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "points": points,
        "signed": signed,
        "percent": lambda value: f"{value:.2f}".rstrip("0").rstrip("."),
        "data_url": lambda png: f"data:image/png;base64,{base64.b64encode(png).decode()}",
        "words": lambda text: text.replace("_", " "),
    }
    made.globals |= {
        "Criterion": Criterion,
        "criterion_points": criterion_points,
        "criterion_weights": criterion_weights,
        "duration": duration,
        "histogram": charts.histogram,
        "latest": _latest,
        "middle": _middle,
        "musts": musts,
        "rank_text": rank_text,
        "remarks": remarks,
        "same_person_text": same_person_text,
        "score_bars": charts.score_bars,
        "some": some,
        "stages": charts.stages,
        "ties_text": ties_text,
        "timeline": charts.timeline,
        "title": _title,
        "understood": UNDERSTOOD,
        "who": who,
    }
    return made


def who(ranked: Ranked) -> str:
    """The name, else the file, else as much of the id as people can tell apart."""
    return ranked.name or ranked.resume or ranked.candidate[:8]


def _title(job: JobShortlist) -> str:
    return job.title or job.job


def _latest(dossier: Dossier) -> str:
    """The title of the latest position."""
    dated = [item for item in dossier.positions if item.title]
    return max(dated, key=lambda item: (item.end, item.start)).title if dated else ""


def _middle(job: JobReport) -> str:
    """The score that half of the pool reaches; empty for an empty pool."""
    return f"{job.scores[(len(job.scores) - 1) // 2] / CENTI:.1f}" if job.scores else ""
