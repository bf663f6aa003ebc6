"""Spaces that a PDF draws as mere distance: put where pdfium misses them, taken out of letter-spaced words.

Many programs (wkhtmltopdf, Qt, TeX, Canva) write no space characters. pdfium then guesses from the distance between
glyphs, and in text set by Qt it misses three words in ten ("asalesassociate").
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, islice, pairwise, repeat
from operator import lt, sub

_LETTERS = re.compile(r"[^\W\d_]+")
_GUESSED = re.compile(r"(?<=\S) (?=\S)")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PAIR = re.compile("[a-eg-z](?=[a-z])")
_AFTER_F = re.compile(r"f(?=\w)")
_KERNING = 0.05
_LONG_WORDS = 6.2
"""Mean length of words above which a page is checked; English resumes have 4.5 to 6, glued ones 6.4 to 9.5."""
_ENOUGH = 10
"""Spaces from which the usual one is known."""
_SAMPLE = 200
"""Spaces from which the usual one is taken."""
_SMALLEST = 4.0
"""Height of the glyph box, in points, below which nothing is mended."""
_SHORT = 60
"""Length up to which a line in capitals is checked for letter-spacing."""
_APART = 0.08
"""Least usual word space, as a share of the glyph box's height, that can be told from kerning."""
_SPLIT = 0.2
"""Least distance between the means of the two kinds of gaps for `otsu` to be believed."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Where each character of a page's text begins and ends along its line, its upper and its lower edge; in points."""

    left: Sequence[float]
    right: Sequence[float]
    upper: Sequence[float]
    lower: Sequence[float]

    def gap(self, before: int, after: int) -> float:
        """Distance between two characters as a share of the first one's height."""
        height = abs(self.upper[before] - self.lower[before])
        return (self.left[after] - self.right[before]) / height if height > 0 else 0.0

    def gaps(self, places: Iterable[int], step: int = 1) -> list[float]:
        """`gap` between each of the characters and the one `step` after it, in three quarters of the time of as many calls."""
        left, right, upper, lower = self.left, self.right, self.upper, self.lower
        return [
            (left[at + step] - right[at]) / height if (height := abs(upper[at] - lower[at])) > 0 else 0.0
            for at in places
        ]


def looks_glued(text: str) -> bool:
    """Whether words are so long on average that spaces may be missing; false for scripts that write none."""
    words = _LETTERS.findall(text)
    if sum(map(len, words)) <= _LONG_WORDS * len(words):
        return False
    return len(_CJK.findall(text)) * 10 < len(text)


def word_gap(text: str, glyphs: Glyphs) -> float:
    """The least gap between words, as a share of the glyph height; 0 where the page does not tell.

    Half of the usual gap where spaces are known; else the split of all gaps by Otsu's method (N. Otsu, IEEE Trans. SMC
    9, 1979).
    """
    spaces = islice(_GUESSED.finditer(text), _SAMPLE)
    known = glyphs.gaps([match.start() - 1 for match in spaces], 2)
    if len(known) >= _ENOUGH:
        usual = statistics.median(known)
        return usual / 2 if usual >= _APART else 0.0
    pairs = (at for at in range(len(text) - 1) if not text[at].isspace() and not text[at + 1].isspace())
    return otsu([gap for gap in glyphs.gaps(pairs) if -1 < gap < 2])


def otsu(values: Sequence[float]) -> float:
    """The threshold that parts `values` into two kinds best; 0 where they are not of two kinds."""
    ordered = sorted(values)
    count, total = len(ordered), sum(ordered)
    best, threshold, distance, below = 0.0, 0.0, 0.0, 0.0
    for at in range(1, count):
        below += ordered[at - 1]
        apart = (total - below) / (count - at) - below / at
        between = apart * apart * at * (count - at)
        if between > best:
            best, threshold, distance = between, (ordered[at - 1] + ordered[at]) / 2, apart
    wide = sum(value > threshold for value in ordered)
    return threshold if distance >= _SPLIT and 0.03 * count <= wide <= 0.4 * count else 0.0


def missing_spaces(text: str, glyphs: Glyphs, gap: float) -> list[int]:
    """Offsets of `text` before which a space belongs, ascending. Letter-spaced words are left alone."""
    apart = map(sub, islice(glyphs.left, 1, None), glyphs.right)
    wide = compress(range(len(text)), map(lt, repeat(gap * _SMALLEST), apart))
    inside = [at for at in wide if not text[at].isspace() and not text[at + 1].isspace()]
    most = 8 * gap
    found = {at + 1 for at, here in zip(inside, glyphs.gaps(inside), strict=True) if gap < here < most}
    ends = [match.start() for match in _AFTER_F.finditer(text)]
    hooked = glyphs.gaps(ends)
    overhang = _overhang(text, glyphs, hooked[:_SAMPLE])
    if overhang < -_KERNING:
        least = gap + overhang
        found.update(at + 1 for at, here in zip(ends, hooked, strict=True) if least < here < most)
    return [at for run in _runs(sorted(found)) if not _is_letter_spaced(run) for at in run]


def _overhang(text: str, glyphs: Glyphs, hooked: Sequence[float]) -> float:
    """By how much less distance an `f`, which left `hooked`, leaves than other letters do.

    Qt gives it a box as wide as its hook.
    """
    if len(hooked) < _ENOUGH:
        return 0.0
    usual = glyphs.gaps([match.start() for match in islice(_PAIR.finditer(text), _SAMPLE)])
    if len(usual) < _ENOUGH:
        return 0.0
    return sorted(hooked)[len(hooked) // 4] - statistics.median(usual)  # the quarter: half may be ends of words


def _runs(offsets: Sequence[int]) -> list[list[int]]:
    """The offsets in runs whose steps are 1 or 2."""
    runs: list[list[int]] = []
    for at in offsets:
        if runs and at - runs[-1][-1] <= 2:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _is_letter_spaced(run: Sequence[int]) -> bool:
    """Whether these gaps part nearly every letter from the next."""
    steps, span = len(run) - 1, run[-1] - run[0]
    return (steps >= 2 and span == steps) or (steps >= 4 and span <= 1.4 * steps)


def is_tracked(text: str) -> bool:
    """Whether a line may be set in separated letters (`E X P E R I E N C E`); `untracked` decides by the gaps."""
    if len(text) <= _SHORT and text.isupper():
        return " " in text
    words = text.split()
    if len(words) < 3 or sum(map(len, words)) >= 3 * len(words):
        return False
    return sum(len(word) == 1 and word.isalpha() for word in words) > 0.5 * len(words)


def untracked(text: str, glyphs: Glyphs) -> str:
    """A letter-spaced line with its words made whole; spaces stay where the gap is wider than between letters.

    `glyphs` belong to the characters of `text`.
    """
    shown = [at for at in range(len(text)) if not text[at].isspace()]
    gaps = [glyphs.gap(a, b) for a, b in pairwise(shown)]
    if len(gaps) < 3:
        return text
    usual = statistics.median(gaps)
    limit = max(1.6 * usual, usual + 0.12)
    letters = [text[shown[0]]]
    for gap, at in zip(gaps, shown[1:], strict=True):
        letters.append(" " + text[at] if gap > limit else text[at])
    return "".join(letters)
