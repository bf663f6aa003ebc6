"""What the published store shows of itself, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it means."""

    name: str
    type: str
    """As DuckDB writes it."""
    comment: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A view, or a table macro."""

    name: str
    """With its parameters where it is a macro."""
    kind: str
    """`view` or `macro`."""
    comment: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of plain values, each as wide as `columns`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    types: tuple[str, ...]
    """As DuckDB writes them, one for each column."""
