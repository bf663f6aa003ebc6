"""Ruled tables of a PDF page, such as skills matrices and timelines: one line for each row, its cells parted by ` | `.

Where the strokes of a page make a grid (see strokes.py), pdfplumber's way of building cells is applied to them; the words
are our own, so that what is hidden stays out. A row becomes one line where all its cells are short; what is not such a row
(the columns of a page that is laid out as a table) stays as it is painted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby
from typing import Any

from hirelens_cli.documents.boxes import Box
from hirelens_cli.documents.layout import SOFT_HYPHENS, Line, union
from hirelens_cli.documents.lines import Span, View
from hirelens_cli.documents.strokes import NEAR, Stroke, is_grid, strokes

_MOST_EDGES = 400
"""Strokes, after those that touch have been joined, up to which a page is looked at."""
_MOST_POINTS = 1200
"""Places where they meet, likewise."""
_WIDEST_CELL = 200
"""Characters. A row with more in one cell is a layout, not a row of data."""
_MOST_LINES = 5
_LARGER = 1.15
"""How much larger than the other cells of its row a heading is."""
_ASIDE = 6, 40
"""Letters from which one bold cell in capitals is a heading, beside another cell of so many characters."""
_BULLETS = tuple("\u2022\u25aa\u25cf\u25e6\uf0b7*")
_WORD = re.compile(r"\S+")

Cell = tuple[int, int, int]
"""Number of the table, of its row and of its column."""
Row = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one line that stand in one cell, or in none."""

    line: int
    cell: Cell | None
    shown: Line

    @property
    def row(self) -> Row | None:
        """Number of the table and of the row."""
        return self.cell and self.cell[:2]


def rows_of(view: View) -> list[list[list[Box | None]]]:
    """Of each ruled table on the page its rows of cells; none where it has none of at least two rows of two cells."""
    found = strokes(view.page)
    if not is_grid(found) or not _runs_right(view):
        return []
    from pdfplumber import table

    edges = table.merge_edges([_edge(stroke) for stroke in found], NEAR, NEAR, NEAR, NEAR)
    if len(edges) > _MOST_EDGES:
        return []
    points = table.edges_to_intersections(edges, NEAR, NEAR)
    if len(points) > _MOST_POINTS:
        return []
    tables = table.cells_to_tables(table.intersections_to_cells(points))
    grids = [[row.cells for row in table.Table(None, cells).rows] for cells in tables]
    return [grid for grid in grids if sum(len(list(filter(None, row))) > 1 for row in grid) > 1]


def _runs_right(view: View) -> bool:
    """Whether most lines run to the right; rows of a page that lies on its side are not to be read across."""
    return 2 * sum(first[0] < last[0] for first, last in view.ends) > len(view.ends)


def _edge(stroke: Stroke) -> dict[str, Any]:
    """A stroke as pdfplumber describes it."""
    side, across = (stroke.start, stroke.end), (stroke.at, stroke.at)
    x, y = (across, side) if stroke.upright else (side, across)
    size = {"width": x[1] - x[0], "height": y[1] - y[0], "orientation": "v" if stroke.upright else "h"}
    return {"x0": x[0], "x1": x[1], "top": y[0], "bottom": y[1], **size}


def lines_with_rows(view: View, hidden: Sequence[Span], grids: Sequence[Sequence[Sequence[Box | None]]]) -> list[Line]:
    """The lines of the page without the `hidden` spans, with the rows of its tables in the place of their first words."""
    boxes = [
        (box, (table, row, column))
        for table, rows in enumerate(grids)
        for row, cells in enumerate(rows)
        for column, box in enumerate(cells)
        if box
    ]
    pieces = [
        _Piece(number, cell, line)
        for number, span in enumerate(view.spans)
        for (start, end), cell in _parted(view, span, boxes)
        if (line := view.line(start, end, hidden))
    ]
    rows = _rows(pieces, [cell for _, cell in boxes])
    lines: list[Line] = []
    done: set[Row] = set()
    for number, group in groupby(pieces, key=lambda piece: piece.line):
        parts = list(group)
        if not any(part.row in rows for part in parts):
            start, end = view.spans[number]
            whole = view.line(start, end, hidden) if len(parts) > 1 else parts[0].shown
            lines += [whole] if whole else []
            continue
        for part in parts:
            if part.row not in rows:
                lines.append(part.shown)
            elif part.row not in done:
                done.add(part.row)
                lines.append(rows[part.row])
    return lines


def _parted(view: View, span: Span, boxes: Sequence[tuple[Box, Cell]]) -> Iterator[tuple[Span, Cell | None]]:
    """A line as runs of words that stand in one cell; words that run over the border of two are parted there."""
    places = []
    for match in _WORD.finditer(view.text, *span):
        start, end = match.span()
        first, last = view.page.box(start), view.page.box(end - 1)
        cells = _cell(first, boxes), _cell(last, boxes)
        if cells[0] == cells[1] or None in cells:
            places.append((start, end, cells[0] or cells[1]))
        else:
            places += [(at, at + 1, _cell(view.page.box(at), boxes)) for at in range(start, end)]
    for cell, run in groupby(places, key=lambda place: place[2]):
        words = list(run)
        yield (words[0][0], words[-1][1]), cell


def _cell(box: Box, boxes: Sequence[tuple[Box, Cell]]) -> Cell | None:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return next((cell for (x0, top, x1, bottom), cell in boxes if x0 <= x < x1 and top <= y < bottom), None)


def _rows(pieces: Sequence[_Piece], cells: Sequence[Cell]) -> dict[Row, Line]:
    """The rows of data, of tables that are made of them."""
    texts: dict[Cell, list[Line]] = {}
    for piece in pieces:
        if piece.cell:
            texts.setdefault(piece.cell, []).append(piece.shown)
    found: dict[Row, Line] = {}
    for table in sorted({cell[0] for cell in cells}):
        own = [cell for cell in cells if cell[0] == table]
        rows = {
            row: line
            for row, group in groupby((cell for cell in own if cell in texts), key=lambda cell: cell[:2])
            if (line := _row([texts[cell] for cell in group]))
        }
        filled = [cell for cell in own if cell in texts]
        if len(rows) > 1 and 2 * len(filled) > len(own) and 2 * len(rows) >= len({cell[:2] for cell in filled}):
            found |= rows
    return found


def _row(cells: list[list[Line]]) -> Line | None:
    """A row of short cells as one line; None for any other."""
    whole = [_joined(lines) for lines in cells]
    is_data = len(whole) > 1 and not any(_is_heading(cell, whole) for cell in whole)
    is_short = all(len(cell.text) <= _WIDEST_CELL for cell in whole) and max(map(len, cells)) <= _MOST_LINES
    if not (is_data and is_short) or any(line.text.startswith(_BULLETS) for lines in cells for line in lines):
        return None
    return replace(
        whole[0],
        text=" | ".join(cell.text for cell in whole),
        bbox=reduce(union, [cell.bbox for cell in whole if cell.bbox]),
        size=max(cell.size for cell in whole),
        bold=all(cell.bold for cell in whole),
        row=True,
    )


def _joined(lines: Sequence[Line]) -> Line:
    """The lines of a cell as one, words that were divided at a line's end made whole."""
    text = ""
    for line in lines:
        text = text.rstrip(SOFT_HYPHENS) + line.text if text.endswith(tuple(SOFT_HYPHENS)) else f"{text} {line.text}"
    if text.endswith(tuple(SOFT_HYPHENS)):
        text = text.rstrip(SOFT_HYPHENS) + "-"
    box = reduce(union, [line.bbox for line in lines if line.bbox])
    return replace(lines[0], text=text.strip(), bbox=box, bold=all(line.bold for line in lines))


def _is_heading(cell: Line, row: Sequence[Line]) -> bool:
    """Whether a cell is a heading beside the text that it is set over: larger, or bold capitals beside a long cell."""
    others = [other for other in row if other is not cell]
    if cell.size >= _LARGER * max((other.size for other in others), default=cell.size) > 0:
        return True
    letters, room = _ASIDE
    is_loud = cell.bold and cell.text.isupper() and len(cell.text) >= letters
    return is_loud and any(len(other.text) > room and not other.bold for other in others)
