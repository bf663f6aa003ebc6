"""How senior a title says that its holder is."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from hirelens_cli.profiles.tokens import singular, tokenize

_DATA = Path(__file__).parent / "data" / "ranks.txt"
INTERN = 1
_COMPOUND = ("leiter", "direktor", "manager", "meister")
"""Ends of German and Dutch compounds that are words of rank by themselves."""
_FEMININE = ("er", "eur", "ist", "ent", "ant", "or", "at", "loge")
"""What precedes a German feminine ending."""
_GENDER = re.compile(r"\((?:m|w|d|f|h|x|n)(?:/(?:m|w|d|f|h|x|n)){1,2}\)|[(/:*][-]?in(?:nen)?\b\)?", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z]{1,30}(?: [A-Za-z]{1,30}){0,7}")
_LONGEST = 200
"""Characters of a title that are looked at."""


_ROMANCE = (("trice", "teur"), ("euse", "eur"), ("iere", "ier"), ("ienne", "ien"), ("ora", "or"), ("era", "ero"))
"""Feminine endings of French, Spanish and Portuguese titles, and the masculine ones they stand beside."""


@lru_cache(maxsize=8192)
def root(folded: str) -> str:
    """A folded word in the singular and masculine: Entwicklerinnen, entwickler; directrice, directeur.

    Applied to both sides of a comparison, so that a wrong root does no harm unless it is another word's.
    """
    word = folded[:-5] if folded.endswith("innen") else folded[:-2] if folded.endswith("in") else folded
    if word != folded and len(word) > 5 and word.endswith(_FEMININE):
        return word
    word = singular(folded)
    for feminine, masculine in _ROMANCE:
        if word.endswith(feminine) and len(word) > len(feminine) + 3:
            return word[: -len(feminine)] + masculine
    return word


def roots(title: str) -> list[str]:
    """The roots of a title's words, without marks of gender such as (m/w/d), /in or *innen."""
    if _PLAIN.fullmatch(title):  # most titles, and twelve times as fast as the tokeniser
        return [root(word) for word in title.lower().split()]
    return [root(token.folded) for token in tokenize(_GENDER.sub(" ", title[:_LONGEST]))]


def seniority(title: str) -> int:
    """0 unsaid, 1 intern, 2 junior, 3 mid, 4 senior, 5 lead, 6 manager, 7 director, 8 executive; by the title's words.

    The highest word of rank counts, except that an intern is an intern. What stands after `to` is somebody else's rank
    (`Assistant to the CEO`).
    """
    words = roots(title)
    if "to" in words[1:]:
        words = words[: words.index("to", 1)]
    ranks, longest = _ranks()
    found, at = 0, 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            level = ranks.get(tuple(words[at : at + size]))
            if level is not None:
                break
        else:
            size, level = 1, _compound(words[at], ranks)
        if level == INTERN:
            return INTERN
        found = max(found, level)
        at += size
    return found


def _compound(word: str, ranks: dict[tuple[str, ...], int]) -> int:
    end = next((end for end in _COMPOUND if word.endswith(end) and len(word) > len(end) + 2), "")
    return ranks.get((end,), 0)


@lru_cache(maxsize=1)
def _ranks() -> tuple[dict[tuple[str, ...], int], int]:
    """The level of each run of words, and the length of the longest."""
    ranks: dict[tuple[str, ...], int] = {}
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            level, _, words = line.partition("|")
            for phrase in words.split(","):
                ranks.setdefault(tuple(roots(phrase)), int(level))
    return ranks, max(map(len, ranks))
