"""A table that an applicant tracking system exports: which file is whose application, for which job, received when."""

from __future__ import annotations

import csv
import datetime
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hirelens_cli.errors import InputError

COLUMNS = ("file", "applicant_id", "job", "received_on")


@dataclass(frozen=True, slots=True)
class Application:
    """One line of the manifest."""

    file: str
    """Path below the input folder, or a file name that is unique in it."""
    applicant_id: str
    job: str
    """Name of the job's file, its stem, or empty for every job."""
    received_on: str
    """ISO date that stands for today when the file is understood; empty for the run's."""
    extra: tuple[tuple[str, str], ...]
    """Any further columns, as they came."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The applications of one file, in its order."""

    applications: tuple[Application, ...]

    def of(self, names: tuple[str, ...]) -> tuple[Application, ...]:
        """The applications made with a file that has one of these names."""
        wanted = {_fold(name) for name in names}
        bases = {name.rsplit("/", 1)[-1] for name in wanted}
        found = []
        for item in self.applications:
            file = _fold(item.file)
            if file in wanted or ("/" not in file and file in bases):
                found.append(item)
        return tuple(found)

    def missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """The files that the manifest names and that are none of `names`."""
        there = {_fold(name) for name in names}
        there |= {name.rsplit("/", 1)[-1] for name in there}
        return tuple(dict.fromkeys(item.file for item in self.applications if _fold(item.file) not in there))


def read_manifest(path: Path) -> Manifest:
    """The manifest at `path`; raises InputError naming the line that cannot be meant."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the manifest {path.name}", "it must be a CSV file in UTF-8") from error
    rows = csv.DictReader(io.StringIO(text))
    header = [name.strip().lower() for name in rows.fieldnames or ()]
    if "file" not in header:
        raise InputError(
            f"the manifest {path.name} has no column named file", f"its first line should begin {','.join(COLUMNS)}"
        )
    rows.fieldnames = header
    return Manifest(tuple(_application(row, rows.line_num, path.name) for row in rows))


def _application(row: dict[str, str | None], line: int, manifest: str) -> Application:
    def cell(name: str) -> str:
        return (row.get(name) or "").strip()

    if not cell("file"):
        raise InputError(f"line {line} of {manifest} names no file")
    received = cell("received_on")
    if received:
        try:
            received = datetime.date.fromisoformat(received[:10]).isoformat()
        except ValueError as error:
            raise InputError(
                f"line {line} of {manifest}: {received!r} is not a date", "write it as 2026-11-23"
            ) from error
    extra = tuple((name, cell(name)) for name in row if name and name not in COLUMNS)
    return Application(cell("file").removeprefix("./"), cell("applicant_id"), cell("job"), received, extra)


def applies(application: Application, job_name: str) -> bool:
    """Whether the application is for the job of this name."""
    asked = _fold(application.job)
    name = _fold(job_name)
    base = name.rsplit("/", 1)[-1]
    return asked in {"", name, base, base.rsplit(".", 1)[0]}


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).removeprefix("./")
