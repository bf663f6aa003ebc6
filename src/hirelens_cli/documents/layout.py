"""From the text of pages to blocks: lines, words broken at a line's end, headings, running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from hirelens_cli.documents.clean import clean
from hirelens_cli.model.documents import Block, BlockKind

Box = tuple[float, float, float, float]

SOFT_HYPHENS = "\ufffe\x02"
"""What pdfium puts where a line ends in a hyphen that it takes for a division of the word."""

LIGATURES = str.maketrans(
    {"\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl"}
    | {"\x0b": "ff", "\x0c": "fi", "\x0e": "ffi", "\x0f": "ffl"}
)
"""TeX fonts without a table of their letters give ligatures by their place in the encoding: T1 first, then OT1."""

_LINE = re.compile("[^\\s\ufffe\x02][^\r\n\ufffe\x02]*[\ufffe\x02]?|[\ufffe\x02]")
_LAST_WORD = re.compile(r"[^\W\d_]{1,40}\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]{1,40}")
_WORD = re.compile(r"[^\W\d_]{2,40}(?:-[^\W\d_]{2,40}){0,3}")
_DIGITS = re.compile(r"\d{1,9}")
_MARGIN = 0.09
"""Share of the page's height, at the top and the foot, in which running heads are looked for."""
_MOST_LINES = 1000
"""Lines on a page up to which their order is looked at; drawings and lists of that length are left as painted."""
_MOST_RUNS = 300
"""Runs of lines on a page up to which they are put in order."""
_HEADING_LENGTH = 60
_HEADING_SIZE = 1.15
"""How much larger than the commonest line a heading is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One visual line before it is cleaned."""

    text: str
    page: int
    bbox: Box | None
    size: float = 0.0
    bold: bool = False
    page_height: float = 0.0
    row: bool = False
    """A row of a table, its cells parted by ` | `."""


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each visual line of a page's text, blank ends left out; a soft hyphen ends its line."""
    for match in _LINE.finditer(text):
        start, end = match.span()
        yield start, end if not text[end - 1].isspace() else start + len(match[0].rstrip())


def union(a: Box, b: Box) -> Box:
    """The smallest box around both."""
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def on_one_line(first: Box, other: Box) -> bool:
    """Whether two characters of one run of text stand on one visual line, as far as their boxes tell."""
    if first[1] == other[1] and first[3] == other[3]:
        return True
    small, large = sorted((first[3] - first[1], other[3] - other[1]))
    if small <= 0:
        return True
    overlap = min(first[3], other[3]) - max(first[1], other[1])
    return overlap >= 0.3 * small and large <= 1.8 * small


def in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page in reading order.

    That is the order in which they are painted, which in resumes is nearly always the author's, and keeps columns apart
    where sorting by height would mix them. But some programs (Canva, Excel, many that print headings or the name last)
    paint a line after what stands below it in the same column. Where that happens, runs of lines are still taken as they
    were painted, but each after all those that stand above it and overlap it across.
    """
    if not is_displaced([line.bbox for line in lines if line.bbox]):
        return list(lines)
    runs = _runs(lines)
    if len(runs) > _MOST_RUNS:
        return list(lines)
    boxes = [_around(run) for run in runs]
    ordered: list[Line] = []
    taken: set[int] = set()

    def take(at: int) -> None:
        taken.add(at)
        for other in range(len(runs)):
            if other not in taken and _is_above(boxes[other], boxes[at]):
                take(other)
        ordered.extend(runs[at])

    for at in range(len(runs)):
        if at not in taken:
            take(at)
    return ordered


def is_displaced(boxes: Sequence[Box]) -> bool:
    """Whether a line is painted after one that stands below it in the same column."""
    if len(boxes) > _MOST_LINES:
        return False
    lowest: list[Box] = []
    for box, following in zip_longest(boxes, boxes[1:]):
        if any(_is_above(box, other) for other in lowest):
            return True
        if following is None or following[1] < box[1]:
            lowest.append(box)
    return False


def _is_above(box: Box, other: Box) -> bool:
    """Whether `box` stands above `other` and overlaps it across by half of the narrower one."""
    if box[3] > other[1] + 0.3 * min(box[3] - box[1], other[3] - other[1]) or box[1] >= other[1]:
        return False
    across = min(box[2], other[2]) - max(box[0], other[0])
    return across > 0.5 * min(box[2] - box[0], other[2] - other[0])


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that follow one another closely downwards, painted together."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.bbox and _follows(runs[-1][-1].bbox, line.bbox):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _follows(box: Box | None, other: Box) -> bool:
    if box is None:
        return False
    height = max(box[3] - box[1], other[3] - other[1])
    beside = abs(other[1] - box[1]) < 0.5 * height and 0 <= other[0] - box[2] < 3 * height
    below = -0.3 * height < other[1] - box[3] < height and box[0] < other[2] and other[0] < box[2]
    return beside or below


def _around(run: Sequence[Line]) -> Box:
    boxes = [line.bbox for line in run if line.bbox]
    box = boxes[0]
    for other in boxes[1:]:
        box = union(box, other)
    return box


def blocks_of(lines: Sequence[Line], pages: int) -> tuple[Block, ...]:
    """Clean blocks in the order of `lines`, with words mended and kinds set."""
    lines = _mended(lines)
    running = _running(lines) if pages > 1 else frozenset()
    body = _body_size(lines)
    blocks = []
    for at, line in enumerate(lines):
        text = clean(line.text)
        if text:
            kind = _edge(line) if at in running else _kind(text, line, body)
            blocks.append(Block(text, line.page, _rounded(line.bbox), kind, round(line.size, 1), line.bold))
    return tuple(blocks)


def _rounded(box: Box | None) -> Box | None:
    return box and (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def _mended(lines: Sequence[Line]) -> list[Line]:
    """Words broken at a line's end made whole on the line where they begin."""
    mended = list(lines)
    broken = [at for at, line in enumerate(mended) if line.text[-1:] in SOFT_HYPHENS and line.text]
    if not broken:
        return mended
    known = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    for at in reversed(broken):  # a word may run over three lines
        head = mended[at].text.rstrip(SOFT_HYPHENS)
        rest = mended[at + 1].text if at + 1 < len(mended) else ""
        left, right = _LAST_WORD.search(head), _FIRST_WORD.match(rest)
        if left is None or right is None:
            mended[at] = replace(mended[at], text=head + "-")
            continue
        end = _word_end(rest)
        hyphen = _hyphen(head, left.group(), right.group(), known)
        mended[at] = replace(mended[at], text=head + hyphen + rest[:end])
        mended[at + 1] = replace(mended[at + 1], text=rest[end:].lstrip())
    return [line for line in mended if line.text]


def _word_end(text: str) -> int:
    """Where the first word of `text` ends; a soft hyphen at its end stays with the line."""
    for at, char in enumerate(text):
        if char.isspace() or char in SOFT_HYPHENS:
            return at
    return len(text)


def _hyphen(head: str, left: str, right: str, known: Counter[str]) -> str:
    """The hyphen where the word has one of its own, as far as the rest of the document tells; else nothing."""
    whole, parted = (left + right).lower(), f"{left}-{right}".lower()
    if known[whole]:
        return ""
    if known[parted] or head[-len(left) - 1 : -len(left)] == "-" or right[0].isupper():
        return "-"
    stand_alone = min(len(left), len(right)) > 3 and known[left.lower()] > 1 and known[right.lower()] > 1
    return "-" if stand_alone else ""


def _body_size(lines: Sequence[Line]) -> float:
    """The size in which most characters are set, to half a point."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return min(sizes, key=lambda size: (-sizes[size], size), default=0.0)


def _kind(text: str, line: Line, body: float) -> BlockKind:
    if line.row:
        return BlockKind.TABLE_ROW
    if text[0] in "•▪-–*" and text[1:2] in {" ", ""}:
        return BlockKind.LIST_ITEM
    if len(text) > _HEADING_LENGTH or text[-1] in ".,;" or not text[0].isalpha():
        return BlockKind.PARAGRAPH
    larger = body > 0 and line.size >= body * _HEADING_SIZE
    return BlockKind.HEADING if larger or (line.bold and text.isupper()) else BlockKind.PARAGRAPH


def _edge(line: Line) -> BlockKind:
    top = line.bbox[1] if line.bbox else 0.0
    return BlockKind.HEADER if top < line.page_height / 2 else BlockKind.FOOTER


def _running(lines: Sequence[Line]) -> frozenset[int]:
    """Lines at a page's edge that stand in the same place on most pages, numbers aside; of a head the first stays text."""
    places: dict[tuple[str, int], list[int]] = {}
    pages = len({line.page for line in lines})
    for at, line in enumerate(lines):
        if line.bbox and line.page_height:
            top, foot = line.bbox[1], line.bbox[3]
            if foot < line.page_height * _MARGIN or top > line.page_height * (1 - _MARGIN):
                places.setdefault((_DIGITS.sub("0", line.text), round(top / 6)), []).append(at)
    found = set()
    for group in places.values():
        on = {lines[at].page for at in group}
        if len(on) > 1 and len(on) * 5 >= pages * 3:
            found.update(group if _edge(lines[group[0]]) is BlockKind.FOOTER else group[1:])
    return frozenset(found)
