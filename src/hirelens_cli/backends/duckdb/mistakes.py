"""What is wrong with somebody's SQL, with the name that was probably meant."""

from __future__ import annotations

import difflib
import re

import duckdb

from hirelens_cli.backends.duckdb.schema import MACROS, VIEWS
from hirelens_cli.errors import UsageError

DAMAGE = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
"""What DuckDB raises where a file is not what it wrote; a checksum that does not match is a bare Error."""

LOOK = "`hirelens schema` lists views, columns and macros"


def is_damage(error: duckdb.Error) -> bool:
    """Whether the file is to blame rather than the statement."""
    return isinstance(error, DAMAGE) or type(error) is duckdb.Error


def mistake(error: duckdb.Error) -> UsageError:
    """DuckDB's words on at most two lines, and as the hint the nearest name, or how to go on."""
    text = " ".join([line.strip() for line in str(error).splitlines() if line.strip()][:2])
    if "'pytz'" in text:
        return UsageError("SQL: a TIMESTAMP WITH TIME ZONE cannot be shown", "cast it, as in now()::VARCHAR")
    if isinstance(error, duckdb.PermissionException):
        return UsageError(f"SQL: {text}", "sql reads the store and nothing else; --output writes the answer to a file")
    meant = re.search(r' Did you mean "([^"]+)"\??', text)
    nearest = re.search(r" Candidate bindings: (.+?)(?: LINE |$)", text)
    unknown = re.search(r'column named "([^"]+)"', text)
    if meant:
        return UsageError(f"SQL: {text.replace(meant[0], '')}", f"did you mean {meant[1]}? {LOOK}")
    if nearest:
        return UsageError(f"SQL: {text.replace(nearest[0], '')}", f"did you mean {_listed(nearest[1])}? {LOOK}")
    if unknown:
        known = sorted({column for view in VIEWS for column, _ in view.columns})
        found = difflib.get_close_matches(unknown[1], known, 1, 0.5)
        return UsageError(f"SQL: {text}", f"did you mean {found[0]}? {LOOK}" if found else LOOK)
    if "Macro v1_" in text:
        return UsageError(f"SQL: {text}", " or ".join(item.signature for item in MACROS))
    return UsageError(f"SQL: {text}", LOOK)


def _listed(names: str) -> str:
    """`score, job or low`."""
    *first, last = [name.strip('" ') for name in names.split(",")]
    return f"{', '.join(first)} or {last}" if first else last
