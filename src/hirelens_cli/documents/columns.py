"""Lines of a page in reading order where nothing but their places tells it: column by column, rows whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hirelens_cli.documents.layout import Box, Line, union

_FEWEST = 4
"""Lines that a column has at least."""
_CLOSE = 2.0
"""Heights of a line within which the next of its column begins. Dates set to the right of what they date stand further apart."""
_SAME_ROW = 0.5
"""Share of the lower of two lines that overlaps where they stand side by side."""


Placed = tuple[Box, Line]


def by_columns(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page, all of which have boxes: what stands above columns, then each column from the left.

    Pieces of one row that is in no column become one line.
    """
    placed = sorted(((line.bbox, line) for line in lines if line.bbox), key=lambda item: (item[0][1], item[0][0]))
    return _ordered(placed)


def _ordered(lines: Sequence[Placed]) -> list[Line]:
    """What stands above the highest place from which a gutter parts the lines down to some full-width line, then the columns."""
    for start in range(len(lines) - 2 * _FEWEST + 1):
        end = _end_of_columns(lines, start)
        gutter = _gutter(lines[start:end])
        if gutter is not None:
            left = [item for item in lines[start:end] if item[0][2] <= gutter]
            right = [item for item in lines[start:end] if item[0][2] > gutter]
            return [*_rows(lines[:start]), *_ordered(left), *_ordered(right), *_ordered(lines[end:])]
    return _rows(lines)


def _end_of_columns(lines: Sequence[Placed], start: int) -> int:
    """The place of the first line after `start` that takes most of the width of all."""
    width = max(box[2] for box, _ in lines) - min(box[0] for box, _ in lines)
    for at in range(start, len(lines)):
        box = lines[at][0]
        if box[2] - box[0] > 0.75 * width:
            return at
    return len(lines)


def _gutter(lines: Sequence[Placed]) -> float | None:
    """Where a gutter begins that no line crosses, with a column on both sides; None where there is none."""
    if len(lines) < 2 * _FEWEST:
        return None
    across = sorted((box[0], box[2]) for box, _ in lines)
    reach = across[0][1]
    for at, (left, right) in enumerate(across):
        if left > reach and at >= _FEWEST:
            before = [box for box, _ in lines if box[2] <= reach]
            after = [box for box, _ in lines if box[2] > reach]
            if _is_column(before) and _is_column(after):
                return reach
        reach = max(reach, right)
    return None


def _is_column(boxes: Sequence[Box]) -> bool:
    """Whether most of the lines follow closely on another."""
    close = sum(below[1] - above[3] < (_CLOSE - 1) * (above[3] - above[1]) for above, below in pairwise(boxes))
    return len(boxes) >= _FEWEST and 2 * close >= len(boxes)


def _rows(lines: Sequence[Placed]) -> list[Line]:
    """From above; lines side by side joined to one."""
    rows: list[list[Placed]] = []
    for item in lines:
        if rows and _beside(rows[-1][0][0], item[0]):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [_joined(sorted(row, key=lambda item: item[0][0])) for row in rows]


def _beside(box: Box, other: Box) -> bool:
    overlap = min(box[3], other[3]) - max(box[1], other[1])
    return overlap > _SAME_ROW * min(box[3] - box[1], other[3] - other[1])


def _joined(row: Sequence[Placed]) -> Line:
    (box, line), *others = row
    for more, _ in others:
        box = union(box, more)
    return replace(line, text="  ".join(item.text for _, item in row), bbox=box)
