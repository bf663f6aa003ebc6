"""Workbooks (XLSX): typed cells, and text that stays text whatever it begins with."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from hirelens_cli.errors import UsageError
from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.shortlists import CENTI, MILLI, JobShortlist, Ranked, Shortlist
from hirelens_cli.rendering.records import criterion_points, same_person_text
from hirelens_cli.rendering.safe import safe_text

ROWS, CELL, NAME = 1_048_576, 32_767, 31
"""What Excel takes: rows of a sheet, characters of a cell, characters of a sheet's name."""
DIGITS = 15
"""Of a number, that a double keeps."""
EPOCH = 1900
"""The first year that Excel's dates know."""
WIDEST, SAMPLE = 60, 200
"""Columns are no wider than so many characters, as measured on so many rows."""
_CUT = " … (cut)"

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a head that stays in sight."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    bars: tuple[tuple[int, float], ...] = ()
    """Columns drawn with a bar in each cell, and the value that fills it."""


def workbook(sheets: Iterable[Sheet], created: str = "1980-01-01") -> bytes:
    """The sheets as one file; raises UsageError where one has more rows than a workbook can hold."""
    buffer = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, never) as book:
        # No clock: the same tables give the same file.
        book.set_properties({"created": datetime.datetime.fromisoformat(created)})
        names: set[str] = set()
        looks = _Looks.of(book)
        for sheet in sheets:
            _fill(book.add_worksheet(_sheet_name(sheet.name, names)), sheet, looks)
    return buffer.getvalue()


def shortlist_xlsx(shortlist: Shortlist) -> bytes:
    """One sheet per job; then each point with its evidence, what could not be screened, and what the run was."""
    sheets = [_job_sheet(job) for job in shortlist.jobs]
    sheets.append(Sheet("Points", POINTS, [row for job in shortlist.jobs for row in _point_rows(job)]))
    if shortlist.unscreened:
        rows = [
            (item.resume, item.candidate, item.status.value, item.message, item.hint) for item in shortlist.unscreened
        ]
        sheets.append(Sheet("Not screened", ("File", "Candidate", "Why", "What happened", "What to do"), rows))
    if shortlist.same_person:
        same = [(same_person_text(item),) for item in shortlist.same_person]
        sheets.append(Sheet("Same person", ("Possibly the same person",), same))
    counts = shortlist.counts
    facts = [
        ("run", shortlist.run),
        ("as of", shortlist.as_of),
        ("configuration", shortlist.config),
        ("embedder", shortlist.embedder),
        ("found", counts.found),
        ("scored", counts.scored),
        ("not screened", counts.unscreened),
        ("duplicates", counts.duplicates),
    ]
    return workbook([*sheets, Sheet("Run", ("Fact", "Value"), facts)], shortlist.as_of)


JOB = (
    *("Rank", "Score", "Low", "High", "Percentile", "First place", "Last place", "Candidate", "Resume", "Applicant"),
    *(criterion.value.capitalize() for criterion in Criterion),
    *("Confidence", "Summary", "Strengths", "Gaps", "To ask or check", "To look at", "Must-haves without evidence"),
    "Regions",
)

POINTS = (
    *("Job", "Rank", "Candidate", "Criterion", "Requirement", "Must", "Weight", "Value", "Points", "Why"),
    *("Page", "Evidence"),
)


def _job_sheet(job: JobShortlist) -> Sheet:
    bars = tuple((JOB.index(head), 100.0) for head in ("Score",))
    return Sheet(job.title or job.job, JOB, [_candidate_row(ranked) for ranked in job.candidates], bars)


def _candidate_row(ranked: Ranked) -> tuple[Cell, ...]:
    words = ranked.explanation
    points = criterion_points(ranked)
    below = tuple(f"ranked below, not found: {name}" for name in ranked.knocked_out_by)
    return (
        ranked.rank,
        ranked.score / CENTI,
        ranked.interval[0] / CENTI,
        ranked.interval[1] / CENTI,
        ranked.percentile,
        *ranked.places,
        ranked.candidate,
        "\n".join((ranked.resume, *ranked.also)),
        ranked.applicant_id,
        *(points[criterion] / CENTI for criterion in Criterion),
        ranked.confidence,
        words.summary,
        *("\n".join(texts) for texts in (words.strengths, words.gaps, words.recommendations)),
        "\n".join((*ranked.flags, *below)),
        "\n".join(ranked.knockouts),
        "\n".join(ranked.regions),
    )


def _point_rows(job: JobShortlist) -> Iterable[tuple[Cell, ...]]:
    for ranked in job.candidates:
        for part in ranked.parts:
            yield (
                job.job,
                ranked.rank,
                ranked.resume or ranked.candidate,
                part.criterion.value,
                part.requirement,
                part.must,
                part.weight / CENTI,
                part.value / MILLI,
                part.points / CENTI,
                part.reason,
                part.evidence[0].page if part.evidence else None,
                "\n".join(line.text for line in part.evidence),
            )


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes, and that no other sheet has in any case of letters."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", safe_text(wanted)).strip(" '") or "Sheet"
    name, number = plain[:NAME].rstrip(" '"), 1
    while name.lower() in taken or name.lower() == "history":  # Excel keeps that one for itself
        number += 1
        name = f"{plain[: NAME - 5].rstrip()} ({number})"
    taken.add(name.lower())
    return name


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of a workbook's cells."""

    head: Format
    plain: Format
    folded: Format
    date: Format
    time: Format

    @classmethod
    def of(cls, book: Workbook) -> _Looks:
        top = {"valign": "top"}
        return cls(
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format(top),
            book.add_format({**top, "text_wrap": True}),
            book.add_format({**top, "num_format": "yyyy-mm-dd"}),
            book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm:ss"}),
        )


def _fill(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    if len(sheet.rows) >= ROWS:
        raise UsageError(f"{len(sheet.rows)} rows are more than a sheet can hold", "take csv or parquet")
    page.freeze_panes(1, 0)
    for column, title in enumerate(sheet.columns):
        page.write_string(0, column, _text(title), looks.head)
        page.set_column(column, column, _width(title, [row[column] for row in sheet.rows[:SAMPLE]]))
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            _write(page, number, column, value, looks)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    for column, full in sheet.bars:
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": full}
        page.conditional_format(
            1, column, max(1, len(sheet.rows)), column, {"type": "data_bar", "bar_solid": True, **ends}
        )


def _write(page: Worksheet, row: int, column: int, value: object, looks: _Looks) -> None:
    """A cell of its own type; what Excel's types cannot hold exactly is text."""
    if value is None:
        page.write_blank(row, column, None, looks.plain)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, looks.plain)
    elif isinstance(value, int | float | Decimal) and _exact(value):
        page.write_number(row, column, float(value), looks.plain)
    elif isinstance(value, datetime.datetime) and value.tzinfo is None and value.year >= EPOCH:
        page.write_datetime(row, column, value, looks.time)
    elif isinstance(value, datetime.date) and not isinstance(value, datetime.datetime) and value.year >= EPOCH:
        page.write_datetime(row, column, datetime.datetime(value.year, value.month, value.day), looks.date)  # noqa: DTZ001
    else:
        page.write_string(row, column, _text(str(value)), looks.folded)


def _exact(value: float | Decimal) -> bool:
    """Whether a double, which is all that Excel knows, holds the number."""
    return isfinite(value) and (isinstance(value, float) or len(Decimal(value).normalize().as_tuple().digits) <= DIGITS)


def _text(text: str) -> str:
    """Line breaks stay; what a program might act on becomes visible; what a cell cannot hold is cut, and says so."""
    lines = "\n".join(safe_text(line) for line in text.split("\n"))
    return lines if len(lines) <= CELL else lines[: CELL - len(_CUT)] + _CUT


def _width(title: str, values: Sequence[object]) -> int:
    """Columns for the widest line of a cell, so that most of a table can be read as it opens."""
    lines = [line for value in (title, *values) if value is not None for line in str(value).split("\n")]
    return min(WIDEST, max(map(len, lines)) + 2)
