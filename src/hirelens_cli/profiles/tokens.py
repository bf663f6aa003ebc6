"""Text cut into tokens with exact spans: the one cutting that skills, titles and lexical terms share."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from hirelens_cli.profiles.stopwords import STOP_WORDS

_TOKEN = re.compile(
    r"[^\W_]+(?:\+\+(?!\+)|#(?![\w#]))?(?:['’]s(?![^\W_]))?"  # C++, C#, F#, Notepad++, driver's; first, since nearly all are
    r"|\[[a-z][a-z ]{0,30}\]"  # a placeholder of redaction: consumed, never a token
    r"|(?<![\w.])\.[Nn][Ee][Tt](?![^\W_])"  # .NET keeps its dot where it begins a word
)
_new = tuple.__new__


class Token(NamedTuple):
    """A word and the signs that belong to it.

    Compounds (node.js, CI/CD, T-SQL) are several tokens, and so are the names they are compared with: `node.js`,
    `node-js` and `node js` are cut alike, and java/j2ee is also two words.
    """

    text: str
    """As written."""
    folded: str
    """Lower case, without accents and without a possessive s."""
    start: int
    end: int


def fold(word: str) -> str:
    """`word` in lower case without accents; German sharp s becomes ss."""
    if word.isascii():
        return word.lower()
    # Decomposed before and after: a letter of a mathematical alphabet has a capital only once it is a plain letter.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join([char for char in folded if not unicodedata.combining(char)])


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of `text` in order; `text[start:end] == token.text`. Placeholders such as [name] are left out.

    Linear in the length of `text`.
    """
    tokens = []
    end = 0
    for word in _TOKEN.findall(text):  # found again below, which takes less than a match of each
        start = text.find(word, end)  # the right one: what stands between tokens holds no letter and no digit
        end = start + len(word)
        if word.isalnum():
            folded = word.lower() if word.isascii() else fold(word)
        elif word[0] == "[":
            continue
        else:
            folded = fold(word)
            if len(folded) > 2 and folded[-2] in "'’":
                folded = folded[:-2]
        tokens.append(_new(Token, (word, folded, start, end)))  # half the time of calling Token
    return tuple(tokens)


@lru_cache(maxsize=65536)
def singular(folded: str) -> str:
    """`folded` without an English plural ending: technologies, technology; processes, process; skills, skill.

    Applied to both sides of a comparison, so that a wrong singular does no harm unless it is another word.
    """
    if len(folded) < 4 or folded[-1] != "s" or folded[-2:] in {"ss", "us", "is"}:
        return folded
    if folded.endswith("ies") and len(folded) > 4:
        return folded[:-3] + "y"
    if folded.endswith(("sses", "shes", "ches", "xes", "zes")):
        return folded[:-2]
    return folded[:-1]


@lru_cache(maxsize=65536)
def _term(folded: str) -> str:
    """The lexical term for a folded token, or nothing for a stop word, a letter or a long number."""
    if folded in STOP_WORDS or (len(folded) == 1 and not folded.isdigit() and folded.isalnum()):
        return ""
    if folded.isdigit():
        return folded if 2 <= len(folded) <= 4 else ""
    return _unsuffixed(singular(folded))[:64]


def _unsuffixed(word: str) -> str:
    """Light suffix stripping for English -ing and -ed, only where a stem with a vowel of at least four letters stays."""
    for suffix in ("ing", "ed"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4 and word.isalpha():
            stem = word[: -len(suffix)]
            if stem[-1] == stem[-2] and stem[-1] not in "lsz":
                return stem[:-1]
            return stem if any(char in "aeiouy" for char in stem) else word
    return word[:-1] if len(word) > 5 and word.endswith("e") else word


def terms(text: str) -> dict[str, int]:
    """How often each lexical term occurs in `text`, sorted by term.

    Folded words without the stop words of seven languages, without single letters, numbers of 1 or more than 4 digits
    and placeholders; English plural, -ing and -ed endings are taken off, so that `managing` and `manages` count
    together.
    """
    counts: dict[str, int] = {}
    for token in tokenize(text):
        term = _term(token.folded)
        if term:
            counts[term] = counts.get(term, 0) + 1
    return dict(sorted(counts.items()))
