"""Signs that a text was written to move a machine rather than to inform a person.

Every sign is a warning and never a verdict: thresholds are set so that an honest resume does not meet them, and what is
flagged earns nothing but costs nothing either.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from operator import eq

from hirelens_cli.documents.sign_phrases import ADVERT, ADVERT_HARD, LEVELS, ORDERS
from hirelens_cli.model.documents import Document, Span
from hirelens_cli.model.issues import Issue, Severity

_LETTER = "A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
_ZERO = "\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufeff"
_ANY_ZERO = re.compile(f"[{_ZERO}\U000e0020-\U000e007e]")
_INSIDE_WORD = re.compile(
    f"(?<=[{_LETTER}])[\u200b\u200c\u200d\u2060-\u2064\ufeff\u034f\u180e]{{1,200}}(?=[{_LETTER}])"
)
_LONG_RUN = re.compile(f"[{_ZERO}]{{8,}}")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_PADDED_WORDS = 3

_ADVERT_WEIGHT = 6
_ADVERT_LINES, _ADVERT_HITS = 30, 40
"""Different phrases of an advertisement within so many lines: the employer's own count 2, the others 1."""
_SECTION = re.compile(
    r"(?:work |professional )?(?:experience|employment|education|skills|projects|summary|history|certifications?|languages|interests|references)\W{0,3}"
)

_TOKEN = re.compile(r"[^\W_][\w+#.]{0,38}|\n")
_RUN = 6
_PHRASE_RUN = 4
"""The same word six times, or the same two to four words four times, on one line: a column of a table repeats words too."""
_FLOOD_COUNT, _FLOOD_SHARE = 30, 0.2
"""One word thirty times, and every fifth word of the whole. Of 420 honest resumes one comes to every seventh (cloud)."""
_SEPARATOR = re.compile(r"[,;|/\u2022\u00b7]")
_LIST_MARKS, _LIST_REPEATS, _LIST_REACH = 5, 3, 6
"""A line with five separators, three times within a dozen lines. Sentences that come twice are slips of an editor."""

_OTHER_ALPHABET = re.compile("[\u0391-\u03a7\u03bf\u0400-\u052f]")
_MIXED = re.compile(
    "[A-Za-z]{0,40}(?:[A-Za-z][\u0400-\u052f\u0391-\u03a1\u03a4-\u03a7\u03bf]|[\u0400-\u052f\u0391-\u03a1\u03a4-\u03a7\u03bf][A-Za-z])"
)
_MIXED_WORDS = 2


def count_invisible(raw: str) -> int:
    """How many places of a text, before cleaning, hold zero-width characters that no writing system asks for.

    Inside a word of Latin, Greek or Cyrillic letters, eight or more on end, or tag characters. Soft hyphens, marks
    between other scripts and a lone zero-width space beside a space are what honest programs leave behind.
    """
    if raw.isascii() or not _ANY_ZERO.search(raw):
        return 0
    return (
        len(_INSIDE_WORD.findall(raw))
        + sum(len(found) for found in _TAGS.findall(raw))
        + 3 * len(_LONG_RUN.findall(raw))
    )


def invisible_issue(raw: str, doc_id: str) -> tuple[Issue, ...]:
    """The warning `zero_width` for a raw text that is padded with what cannot be seen; empty where it is not."""
    if count_invisible(raw) < _PADDED_WORDS:
        return ()
    message = "its words hold zero-width characters, which were taken out"
    return (Issue("zero_width", Severity.WARNING, doc_id, message, "compare the text with what the page shows"),)


def signs(document: Document) -> tuple[Issue, ...]:
    """The warnings `addressed_to_machine`, `pasted_job`, `stuffing` and `homoglyphs` that a document's text deserves."""
    text = document.text
    lower = _lowered(text)
    tokens = _TOKEN.findall(lower)
    found = (
        (
            "addressed_to_machine",
            any(True for _ in _orders(lower)),
            "it gives orders to a machine; those lines earn nothing",
        ),
        ("pasted_job", bool(_adverts(lower)), "it holds the text of a job advertisement; that passage earns nothing"),
        (
            "stuffing",
            bool(_stuffed(lower, tokens)) or _is_flooded(tokens),
            "it repeats words beyond sense; repeats earn nothing",
        ),
        ("homoglyphs", _is_disguised(text), "it mixes letters of several alphabets within words"),
    )
    return tuple(
        Issue(code, Severity.WARNING, document.doc_id, message, "read the original before deciding")
        for code, is_there, message in found
        if is_there
    )


def flagged_spans(text: str) -> tuple[Span, ...]:
    """Whole lines of `text` that are addressed to a machine, stuffed, or pasted from an advertisement; sorted, disjoint."""
    lower = _lowered(text)
    found = [*_orders(lower), *_adverts(lower), *_stuffed(lower, _TOKEN.findall(lower))]
    merged: list[Span] = []
    for span in sorted(_whole_lines(lower, span) for span in found):
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def _lowered(text: str) -> str:
    """Lower case of the same length."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def _whole_lines(text: str, span: Span) -> Span:
    end = text.find("\n", max(span.end - 1, 0))
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)


def _orders(lower: str) -> Iterator[Span]:
    flat = lower.replace("\n", " ")
    for gates, pattern in ORDERS:
        if all(any(word in flat for word in gate) for gate in gates):
            for match in pattern.finditer(lower):
                start, end = match.span()
                yield Span(start + len(match[0]) - len(match[0].lstrip()), end)


def _adverts(lower: str) -> list[Span]:
    """Passages in which phrases of an advertisement crowd, down to the next heading of a resume."""
    flat = lower.replace("\n", " ")
    if not any(phrase in flat for phrase in ADVERT_HARD):
        return []
    hits = [(match.start(), match[0], match[0] in ADVERT_HARD) for match in ADVERT.finditer(flat)]
    starts = [0, *(match.end() for match in re.finditer("\n", lower))]
    lines = [bisect_right(starts, start) - 1 for start, *_ in hits]
    found: list[Span] = []
    first = 0
    for last in range(len(hits)):
        while lines[last] - lines[first] > _ADVERT_LINES or last - first > _ADVERT_HITS:
            first += 1
        if not _is_advert(hits[first : last + 1]):
            continue
        while _is_advert(hits[first + 1 : last + 1]):
            first += 1  # a stray phrase before it is none of its own
        found.append(Span(hits[first][0], _advert_end(lower, starts, lines[last])))
    return found


def _is_advert(hits: list[tuple[int, str, bool]]) -> bool:
    weights = {phrase: 2 if hard else 1 for _, phrase, hard in hits}
    return sum(weights.values()) >= _ADVERT_WEIGHT and 2 in weights.values()


def _advert_end(lower: str, starts: list[int], line: int) -> int:
    """End of the advertisement whose last known phrase is in `line`: where a section of a resume begins, or 15 lines on."""
    for following in range(line + 1, min(line + 16, len(starts))):
        end = starts[following + 1] - 1 if following + 1 < len(starts) else len(lower)
        if _SECTION.fullmatch(lower[starts[following] : end].strip()):
            return starts[following] - 1
    last = min(line + 16, len(starts))
    return starts[last] - 1 if last < len(starts) else len(lower)


def _stuffed(lower: str, tokens: list[str]) -> list[Span]:
    """Runs of the same few words, and long lists that come again and again close together."""
    runs = list(_runs(tokens))
    matches = list(_TOKEN.finditer(lower)) if runs else []
    found = [Span(matches[first].start(), matches[last].end()) for first, last in runs]
    return found + _repeated_lists(lower)


def _runs(tokens: list[str]) -> Iterator[tuple[int, int]]:
    for period in range(1, 5):
        wanted = _RUN if period == 1 else _PHRASE_RUN
        length = (wanted - 1) * period
        same = bytes(map(eq, tokens, tokens[period:]))  # searched as bytes: a loop over the words costs tenfold
        end = 0
        while (start := same.find(b"\1" * length, end)) >= 0:
            end = same.find(b"\0", start)
            end = len(same) if end < 0 else end
            if _is_wordy(tokens[end : end + period]):
                yield start, end + period - 1


def _is_wordy(tokens: list[str]) -> bool:
    """Whether a repeated phrase is made of words that could earn something: no numbers, marks or levels of a table."""
    return any(len(token) > 2 for token in tokens) and not any(
        word.isspace() or word.isdigit() or word in LEVELS for word in tokens
    )


def _repeated_lists(lower: str) -> list[Span]:
    """Repeats, after the first, of a long line that comes several times within a few lines."""
    offset = 0
    seen: dict[str, list[tuple[int, Span]]] = {}
    found: list[Span] = []
    for number, line in enumerate(lower.split("\n")):
        if len(line) > 40 and len(_SEPARATOR.findall(line)) >= _LIST_MARKS:
            places = seen.setdefault(line, [])
            places.append((number, Span(offset, offset + len(line))))
            if len(places) >= _LIST_REPEATS and number - places[-_LIST_REPEATS][0] <= _LIST_REACH * (_LIST_REPEATS - 1):
                found += (span for _, span in places[1:])
        offset += len(line) + 1
    return found


def _is_flooded(tokens: list[str]) -> bool:
    """Whether one word makes up a tenth of all words of four letters or more."""
    counts = [count for word, count in Counter(tokens).items() if len(word) > 3 and not word.isdigit()]
    most = max(counts, default=0)
    return most >= _FLOOD_COUNT and most >= _FLOOD_SHARE * sum(counts)


def _is_disguised(text: str) -> bool:
    """Whether several different words mix Latin with letters of Cyrillic or Greek that look like Latin ones."""
    if text.isascii() or not _OTHER_ALPHABET.search(text):
        return False
    mixed = set(_MIXED.findall(text))
    if len(mixed) < _MIXED_WORDS:
        return False
    cyrillic = sum("\u0400" <= char <= "\u052f" for char in text)
    # In a Cyrillic text a Latin letter in a word is a slip of the keyboard layout.
    return cyrillic < 0.2 * len(text) or len(mixed) >= 10
