"""Tables of texts with a heading and notes: the plain form of whatever compares, before a terminal draws it."""

from __future__ import annotations

from dataclasses import dataclass

from hirelens_cli.model.shortlists import CENTI


@dataclass(frozen=True, slots=True)
class Panel:
    """Nothing in it is safe to print yet: names and paths come from files."""

    heading: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()


def points(hundredths: int | None) -> str:
    """`7.50` for 750 hundredths of a point, `-` for none."""
    return "-" if hundredths is None else f"{hundredths / CENTI:.2f}"


def signed(hundredths: int) -> str:
    """`+7.50`, `-7.50`, `0.00`."""
    return f"{hundredths / CENTI:+.2f}" if hundredths else "0.00"


def number(hundredths: int | None) -> float | None:
    """The points as JSON has them."""
    return None if hundredths is None else hundredths / CENTI


def some(count: int, noun: str) -> str:
    """`1 job`, `2 jobs`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
