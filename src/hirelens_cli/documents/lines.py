"""The visual lines of a PDF page, each with its text as seen, its box, size and weight."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from hirelens_cli.documents.boxes import Box
from hirelens_cli.documents.layout import LIGATURES, Line, is_displaced, line_spans, on_one_line, union
from hirelens_cli.documents.pdfium import Page
from hirelens_cli.documents.spacing import Glyphs, is_tracked, looks_glued, missing_spaces, untracked, word_gap

_BOLD = re.compile(r"(?i)bold|black|heavy|semibd|demi")
_BOLD_WEIGHT = 600
_SET_APART = 0.03
"""Distance between letters, as a share of their height, from which a word may be letter-spaced."""
_GUTTER = 1.5
"""Distance between words, as a share of their height, that may part two columns."""
_COLUMN = 3
"""Lines that start at one place across, from which it is the edge of a column."""
_MOST_TURNS = 2000
"""Lines that one line of pdfium's is parted into at most."""
_WINDOW = 64
"""Characters in which the end of a line is looked for first."""
_EDGE = 4.0
"""Points between the places that count as one."""

Span = tuple[int, int]


class View:
    """A page as lines. Valid while the page is."""

    def __init__(self, page: Page, number: int) -> None:
        self.page, self.number, self.text = page, number, page.text
        self.spans: list[Span] = []
        """Of the page's text, one per visual line, in the order of painting."""
        self.ends: list[tuple[Box, Box]] = []
        """Boxes of the first and the last character of each line."""
        for start, end in line_spans(self.text):
            self._add(start, end)
        self.boxes = [union(*ends) for ends in self.ends]
        """Boxes of the lines."""
        self.is_displaced = is_displaced(self.boxes)
        """Whether the page is painted in another order than it is read."""
        if self.is_displaced:
            self._part_columns()
            self.boxes = [union(*ends) for ends in self.ends]

    def _add(self, start: int, end: int) -> None:
        """Add a line, or several where pdfium ran them into one."""
        first, last = self.page.box(start), self.page.box(end - 1)
        for _ in range(_MOST_TURNS):
            at = 0 if on_one_line(first, last) or self._is_upright(start, end) else self._turn(start, end, first)
            if not at:
                break
            stop = at - 1 if self.text[at - 1] == " " else at
            self.spans.append((start, stop))
            self.ends.append((first, self.page.box(stop - 1)))
            start, first = at, self.page.box(at)
        self.spans.append((start, end))
        self.ends.append((first, last))

    def _is_upright(self, start: int, end: int) -> bool:
        """Whether a line runs upwards or downwards: its first letters stand over one another."""
        letters = [at for at in range(start, min(end, start + 4)) if self.text[at] != " "]
        a, b = self.page.box(letters[0]), self.page.box(letters[min(1, len(letters) - 1)])
        across = min(a[2], b[2]) - max(a[0], b[0])
        return across > 0.5 * min(a[2] - a[0], b[2] - b[0]) and not on_one_line(a, b)

    def _turn(self, start: int, end: int, first: Box) -> int:
        """Offset at which a new line begins within a line of pdfium's; 0 for none.

        It begins with a word that is not on the line of `first` (small print beside or under a large name), or within
        a word where the text goes back to the left and down: a wrapped line of which pdfium dropped the space.
        """
        stop = min(end, start + _WINDOW)
        while stop < end and (self.text[stop - 1] == " " or on_one_line(first, self.page.box(stop - 1))):
            stop = min(end, start + 2 * (stop - start))
        letters = [at for at in range(start, stop) if self.text[at] != " "]
        found = bisect_left(letters, True, key=lambda at: not on_one_line(first, self.page.box(at)))
        if not 0 < found < len(letters):
            return 0
        at = letters[found]
        before, here = self.page.box(letters[found - 1]), self.page.box(at)
        if self.text[at - 1] != " " and not (here[0] < before[0] and here[1] > (before[1] + before[3]) / 2):
            return self._words(at - 1, min(end, at + _WINDOW))[0] if " " in self.text[at : at + _WINDOW - 1] else 0
        return at

    def _words(self, start: int, end: int) -> list[int]:
        """Offsets at which the second and later words of a line begin."""
        text = self.text
        return [at + 1 for at in range(start + 1, end - 1) if text[at] == " " and text[at - 1] != " " != text[at + 1]]

    def _part_columns(self) -> None:
        """Part lines at gaps that end where other lines begin: a page painted out of order tells columns no other way."""
        starts = Counter(round(first[0] / _EDGE) for first, _ in self.ends)
        edges = {place for place in starts if sum(starts[near] for near in (place - 1, place, place + 1)) >= _COLUMN}
        parted = list(zip(self.spans, self.ends, strict=True))
        self.spans, self.ends = [], []
        for (start, end), (first, last) in parted:
            words = self._words(start, end) if _crosses(first, last, edges) else []
            cuts = [at for at in words if self._is_gutter(at, edges)]
            if cuts:
                for a, b in pairwise([start, *cuts, end + 1]):
                    self._add(a, b - 1)
            else:
                self.spans.append((start, end))
                self.ends.append((first, last))

    def _is_gutter(self, at: int, edges: set[int]) -> bool:
        """Whether the word at `at` begins at a column's edge and far from the word before it."""
        before, after = self.page.box(at - 2), self.page.box(at)
        return after[0] - before[2] > _GUTTER * (after[3] - after[1]) and round(after[0] / _EDGE) in edges

    @cached_property
    def spaces(self) -> list[int]:
        """Offsets of the page's text before which a space is missing."""
        if not looks_glued(self.text):
            return []
        glyphs = Glyphs(*self.page.runs())
        gap = word_gap(self.text, glyphs)
        return missing_spaces(self.text, glyphs, gap) if gap > 0 else []

    def shown(self, start: int, end: int, hidden: Sequence[Span] = ()) -> str:
        """A part of the text without its hidden words and with the spaces that it misses."""
        spaces = self.spaces
        if not hidden and not spaces:
            return self.text[start:end]
        cuts = [(max(a, start), min(b, end), "") for a, b in hidden]
        cuts += [(at, at, " ") for at in spaces[bisect_left(spaces, start + 1) : bisect_left(spaces, end)]]
        if not cuts:
            return self.text[start:end]
        parts, done = [], start
        for a, b, instead in sorted(cuts):
            if a >= done:
                parts += [self.text[done:a], instead]
                done = b
        return "".join([*parts, self.text[done:end]])

    def lines(self, hidden: Sequence[Span]) -> list[Line]:
        """The lines in the order of painting, without the `hidden` spans (ascending); those left empty are dropped."""
        found = []
        for (start, end), box in zip(self.spans, self.boxes, strict=True):
            line = self._line(start, end, box, hidden)
            if line:
                found.append(line)
        return found

    def line(self, start: int, end: int, hidden: Sequence[Span]) -> Line | None:
        """A part of one line, without blanks at its ends, as a line of its own; None where nothing of it is seen."""
        return self._line(start, end, union(self.page.box(start), self.page.box(end - 1)), hidden)

    def _line(self, start: int, end: int, box: Box, hidden: Sequence[Span]) -> Line | None:
        page = self.page
        unseen = hidden[bisect_left(hidden, (start, 0)) : bisect_left(hidden, (end, 0))] if hidden else ()
        shown = self.shown(start, end, unseen)
        if not shown or shown.isspace():
            return None
        if is_tracked(shown) and not unseen:
            shown = self._whole(start, end) or shown
        if not shown.isprintable():
            shown = shown.translate(LIGATURES)
        middle = (start + end) // 2
        while self.text[middle].isspace():
            middle += 1
        bold = _is_bold(page.font(middle)) and _is_bold(page.font(start))
        return Line(shown, self.number, box, page.size(middle), bold, page.height)

    def _whole(self, start: int, end: int) -> str | None:
        """A letter-spaced line with its words made whole; None where its first letters are not set apart."""
        text, page = self.text, self.page
        pair = next((at for at in range(start, end - 1) if text[at].isalpha() and text[at + 1].isalpha()), start)
        a, b = page.box(pair), page.box(min(pair + 1, end - 1))
        if text[pair + 1 : pair + 2].isalpha() and b[0] - a[2] < _SET_APART * (a[3] - a[1]):
            return None
        boxes = [page.box(at) for at in range(start, end)]
        return untracked(text[start:end], Glyphs(*([box[side] for box in boxes] for side in (0, 2, 1, 3))))


def _crosses(first: Box, last: Box, edges: set[int]) -> bool:
    return any(first[2] < place * _EDGE < last[0] for place in edges)


@lru_cache(256)
def _is_bold(font: tuple[str, int]) -> bool:
    name, weight = font
    return weight >= _BOLD_WEIGHT or _BOLD.search(name) is not None
