"""What people said of pairs of a job and a resume, from a CSV file."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from pathlib import Path

from hirelens_cli.errors import InputError

COLUMNS = ("job", "resume", "relevance")


def read_labels(path: Path) -> dict[str, dict[str, float]]:
    """Relevance by job and resume, from a CSV with the columns job, resume, relevance; others are ignored.

    Relevance is a number of 0 or more, graded or 0 and 1; a pair that is not listed counts as 0. Jobs and resumes are
    file names or paths as given to `rank`. Raises InputError for a file that cannot be used, naming the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(csv.DictReader(file), path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"cannot read the labels in {path}", "it must be a UTF-8 CSV file") from error


def _read(rows: csv.DictReader[str], path: Path) -> dict[str, dict[str, float]]:
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise InputError(f"{path} has no column {missing[0]!r}", f"the first line must be {','.join(COLUMNS)}")
    labels: dict[str, dict[str, float]] = {}
    for row in rows:
        where = f"line {rows.line_num} of {path}"
        job, resume, relevance = (_cell(row, name, where) for name in COLUMNS)
        if resume in labels.setdefault(job, {}):
            raise InputError(f"{where} labels a pair for the second time")
        labels[job][resume] = _number(relevance, where)
    if not labels:
        raise InputError(f"{path} has no labels")
    return labels


def _cell(row: Mapping[str, str | None], name: str, where: str) -> str:
    value = (row.get(name) or "").strip()
    if not value:
        raise InputError(f"{where} has no {name}")
    return value


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise InputError(f"{where}: relevance must be a number of 0 or more, not {text!r}")
    return value
