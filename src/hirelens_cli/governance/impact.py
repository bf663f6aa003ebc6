"""Rates, impact ratios and the exact test behind them, from counts per category."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hirelens_cli.model.audits import Category

SMALL = Fraction(2, 100)
"""A category that is less than this share of the data may be left out of the ratios: 6 RCNY 5-301(d)."""

_TOLERANCE = 1e-7
"""Of log probabilities: tables as likely as the one seen count as such whatever their last bits."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one category."""

    name: str
    applicants: int
    favoured: int


def categories(tallies: Iterable[Tally], *, exclude_small: bool = False) -> tuple[Category, ...]:
    """Each category's rate and its ratio to the highest, the largest category first.

    A ratio is `rate / highest rate` (6 RCNY 5-300; 29 CFR 1607.4(D)), computed exactly and rounded once. Categories under
    2% of all keep their rate but get no ratio where `exclude_small` says so, and are not what others are compared with.
    """
    ordered = sorted(tallies, key=lambda item: (-item.applicants, item.name))
    total = sum(item.applicants for item in ordered)
    left_out = {item.name for item in ordered if exclude_small and item.applicants < SMALL * total}
    compared = [item for item in ordered if item.name not in left_out]
    highest = max(compared, key=_rate, default=None)
    return tuple(_category(item, None if item.name in left_out else highest) for item in ordered)


def _category(item: Tally, highest: Tally | None) -> Category:
    rate = _rate(item)
    if highest is None:
        return Category(item.name, item.applicants, item.favoured, float(rate), None, excluded=True)
    top = _rate(highest)
    ratio = float(rate / top) if top else None
    if item is highest:
        return Category(item.name, item.applicants, item.favoured, float(rate), ratio)
    p = fisher_exact(item.favoured, item.applicants, highest.favoured, highest.applicants)
    turned = Fraction(item.favoured + 1, item.applicants) > Fraction(highest.favoured - 1, highest.applicants)
    return Category(
        item.name, item.applicants, item.favoured, float(rate), ratio, p=p, one_person=turned and rate < top
    )


def _rate(item: Tally) -> Fraction:
    return Fraction(item.favoured, item.applicants)


def fisher_exact(favoured: int, of: int, other: int, of_others: int) -> float:
    """How likely a difference at least as improbable is by chance: Fisher's exact test, two-sided (Fisher 1935).

    The sum of the hypergeometric probabilities of all tables with the same margins that are no likelier than the one
    seen. Exact for any number of people, so that small categories need no other test.
    """
    drawn = favoured + other
    low, high = max(0, drawn - of_others), min(of, drawn)
    logs = [_log_choose(of, k) + _log_choose(of_others, drawn - k) for k in range(low, high + 1)]
    most = max(logs)
    shares = [math.exp(value - most) for value in logs]
    seen = logs[favoured - low] + _TOLERANCE
    extreme = math.fsum(share for share, value in zip(shares, logs, strict=True) if value <= seen)
    return min(1.0, extreme / math.fsum(shares))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def median(scores: Sequence[int]) -> float:
    """The middle score, or the mean of the two in the middle; NaN for none."""
    ordered = sorted(scores)
    middle = len(ordered) // 2
    if not ordered:
        return math.nan
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
