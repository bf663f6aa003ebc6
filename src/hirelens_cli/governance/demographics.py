"""Sex, race and ethnicity of candidates, from a CSV file that nothing but an audit ever opens.

The rows live as long as the audit. They are never written anywhere, and nothing that reads, scores or ranks may import
this module: import-linter and a test see to that.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hirelens_cli.errors import InputError

WHO = ("candidate", "candidate_id", "resume", "file", "applicant_id", "applicant", "id")
SEX = ("sex", "gender")
RACE = ("race_ethnicity", "race", "race_and_ethnicity", "ethnicity_race", "ethnicity")
"""Names that a column may have, in any case, with spaces, dashes or slashes for underscores; the first that is there counts."""

UNKNOWN = frozenset(
    "unknown,not known,undisclosed,not disclosed,not specified,not stated,not provided,not reported,no answer,"
    "prefer not to say,prefer not to answer,prefer not to disclose,decline,declined,decline to state,decline to answer,"
    "decline to self-identify,declined to self-identify,i do not wish to answer,n/a,na,none,null,nan,-,?".split(",")
)

BY_SEX, BY_RACE, BY_BOTH = "sex", "race/ethnicity", "sex and race/ethnicity"
_LEAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file; an empty text where a category is not known."""

    line: int
    who: str
    sex: str
    race: str


@dataclass(frozen=True, slots=True)
class Demographics:
    """The file, read."""

    source: str
    rows: tuple[Row, ...]
    has_sex: bool
    has_race: bool

    def complete(self, row: Row | None) -> bool:
        """Whether all that the file has columns for is known of a person."""
        return row is not None and bool(row.sex or not self.has_sex) and bool(row.race or not self.has_race)

    def tables(self) -> dict[str, tuple[bool, bool]]:
        """By which categories people can be told apart: name -> (by sex, by race)."""
        found = {BY_SEX: (True, False)} if self.has_sex else {}
        found |= {BY_RACE: (False, True)} if self.has_race else {}
        return found | ({BY_BOTH: (True, True)} if self.has_sex and self.has_race else {})


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who was assessed, under every name by which a row may mean them."""

    doc_id: str
    names: tuple[str, ...]


def category(row: Row, by: tuple[bool, bool]) -> str:
    """The category of a person; empty where it is not known."""
    parts = [text for text, wanted in zip((row.sex, row.race), by, strict=True) if wanted]
    return ", ".join(parts) if all(parts) else ""


def read_demographics(path: Path) -> Demographics:
    """The rows of a CSV file; raises InputError naming the file and what is missing, never what it says of a person."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the demographics {path.name}", "it must be a CSV file in UTF-8") from error
    reader = csv.DictReader(io.StringIO(text))
    try:
        header = {_column(name): name for name in reader.fieldnames or ()}
        who, sex, race = (next((header[name] for name in names if name in header), None) for names in (WHO, SEX, RACE))
        ethnicity = header.get("ethnicity") if race != header.get("ethnicity") else None
        if who is None or (sex is None and race is None):
            lacking = "a column that says who" if who is None else "a column sex or race_ethnicity"
            raise InputError(f"{path.name} has not {lacking}", "its first line should be candidate,sex,race_ethnicity")
        raw = [
            (reader.line_num, _cell(row, who), _cell(row, sex), _race(_cell(row, race), _cell(row, ethnicity)))
            for row in reader
        ]
    except csv.Error as error:
        raise InputError(f"cannot read the demographics {path.name}: {error}", "it must be a CSV file") from error
    for line, name, _, _ in raw:
        if not name:
            raise InputError(f"line {line} of {path.name} does not say whom it is about")
    sexes, races = _spelled(item[2] for item in raw), _spelled(item[3] for item in raw)
    rows = tuple(Row(line, name, sexes[_fold(a)], races[_fold(b)]) for line, name, a, b in raw)
    return Demographics(path.name, rows, sex is not None, race is not None)


def matched(rows: Sequence[Row], people: Iterable[Person], source: str) -> tuple[dict[str, Row], tuple[Row, ...]]:
    """The row of each person by doc_id, and the rows that name nobody; raises InputError where a row names several."""
    index: dict[str, set[str]] = {}
    ids = []
    for person in people:
        ids.append(person.doc_id)
        for name in person.names:
            for form in {_name(name), _name(name).rsplit("/", 1)[-1]}:
                index.setdefault(form, set()).add(person.doc_id)
    found: dict[str, Row] = {}
    unmatched = []
    for row in rows:
        name = _name(row.who)
        fits = index.get(name) or index.get(name.rsplit("/", 1)[-1]) or _by_id(ids, name)
        if len(fits) > 1:
            raise InputError(
                f"line {row.line} of {source}: {row.who} fits {len(fits)} candidates", "give the path or more of the id"
            )
        if not fits:
            unmatched.append(row)
            continue
        (doc_id,) = fits
        if doc_id in found:
            raise InputError(f"lines {found[doc_id].line} and {row.line} of {source} are about the same candidate")
        found[doc_id] = row
    return found, tuple(unmatched)


def _by_id(ids: Sequence[str], name: str) -> set[str]:
    if len(name) < _LEAST_DIGITS:
        return set()
    return {doc_id for doc_id in ids if doc_id.startswith(name.lower())}


def _race(race: str, ethnicity: str) -> str:
    """One category from two columns: Hispanic or Latino whatever the race, as on the EEO-1 form."""
    told = ethnicity.casefold()
    hispanic = ("hispanic" in told or "latin" in told) and not told.startswith(("not", "non", "no "))
    return ethnicity if hispanic else race


def _spelled(values: Iterable[str]) -> Mapping[str, str]:
    """By its folded form, the spelling of a category that is commonest in the file; empty for what is unknown."""
    counts = Counter(values)
    spelled: dict[str, str] = {}
    for value, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        spelled.setdefault(_fold(value), "" if not value or _fold(value) in UNKNOWN else value)
    return spelled


def _cell(row: Mapping[str, str | None], column: str | None) -> str:
    return " ".join((row.get(column) or "").split()) if column else ""


def _column(name: str) -> str:
    return "_".join("".join(char if char.isalnum() else " " for char in name.casefold()).split())


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _name(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).removeprefix("./")
