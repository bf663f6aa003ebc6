"""Which skills a text names, and where: known ones by the taxonomy, unknown ones from the items of skills sections."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.taxonomy import Alias, Taxonomy
from hirelens_cli.profiles.tokens import Token, singular, tokenize

_GAPS = frozenset(
    [
        "",
        " ",
        "  ",
        "-",
        "- ",
        " -",
        "–",
        "/",
        " / ",
        "/ ",
        " /",
        ".",
        ". ",
        "&",
        " & ",
        "& ",
        " &",
        "_",
        "+",
        "'",
        "’",
        "®",
        "® ",
        "™",
        "™ ",
        "(R) ",
        "\n",
        " \n",
        "\n ",
        "-\n",
    ]
)
"""What may stand between two tokens of one skill."""
_LINE_GAPS = frozenset(["\n", " \n", "\n ", "-\n"])
_SEPARATORS = ",;|•·●▪■◦‣⁃➢✓✔*\t\n:()[]{}"
_SEPARATORS_AT = re.compile(f"[{re.escape(_SEPARATORS)}]")
_SEPARATOR = re.compile(r"[,;|•·●▪■◦‣➢✓✔\t]")
_GLUE = frozenset("-'’&_.+")
_WINDOW = 10
"""Tokens on either side among which a context word counts."""
_FULL_LINE = 40
"""Characters from which a line is taken to be broken by its column rather than by its writer."""
_ITEM_WORDS = 4
"""Longest item, in words, in which an alias counts as listed."""

_NOT = re.compile(
    r"(?:no (?:prior |previous |direct |hands-on |formal )?(?:experience|knowledge|background|exposure)|not (?:yet )?familiar|"
    r"(?:do|does|did|have|has) not (?:have|know|use|used)|never (?:used|worked)|unfamiliar|lack(?:s|ing)?|"
    r"without (?:any )?(?:experience|knowledge)|keine (?:erfahrung|kenntnisse)|ohne (?:erfahrung|kenntnisse)|"
    r"aucune (?:expérience|connaissance)|sin (?:experiencia|conocimientos?)|nessuna esperienza|sem experiência|geen (?:ervaring|kennis))\b",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(
    r"(?:(?:is |are )?not (?:required|needed|necessary|essential|expected)|nicht (?:erforderlich|notwendig|nötig)|"
    r"(?:n['’]est |ne sont )?pas (?:requis|exigé|nécessaire)e?s?|no (?:es )?(?:requerid|necesari)[oa]s?|non richiest[oaie]|"
    r"niet (?:vereist|nodig)|não é necessári[oa])\b",
    re.IGNORECASE,
)
_DENIES = frozenset(
    "no not do does did have has never unfamiliar lack lacks lacking without keine ohne aucune sin nessuna sem geen".split()
)
_SPARES = frozenset("is are not nicht n ne pas no non niet nao".split())
"""The folded words that the two patterns begin with: tried there alone, they cost a tenth."""
_TELLING = _DENIES | _SPARES
_CLAUSE_END = re.compile(r"[.;:\n]|\b(?:but|by|was|were)\b|\baber\b|\bmais\b|\bpero\b|\bmaar\b")
_CLAUSE = 120


@dataclass(frozen=True, slots=True)
class Mention:
    """A known skill and the characters that name it."""

    skill: str
    """Canonical name."""
    span: Span
    fuzzy: bool = False
    """Found only after mending a typing error."""
    denied: bool = False
    """The text says that it is not known, or not needed."""


def find_skills(text: str, taxonomy: Taxonomy, *, listy: tuple[Span, ...] = ()) -> tuple[Mention, ...]:
    """What `find_mentions` finds, without what the text denies."""
    return tuple([mention for mention in find_mentions(text, taxonomy, listy=listy) if not mention.denied])


def find_mentions(text: str, taxonomy: Taxonomy, *, listy: tuple[Span, ...] = ()) -> tuple[Mention, ...]:
    """Every mention of a known skill in `text`, in order, the longest where several begin alike; none overlap.

    `listy` are the skills sections: there ambiguous names count as items, and typing errors are mended. What the text
    denies ("no experience with Java", "Java is not required") is marked.
    """
    tokens = tokenize(text)
    stems = [singular(folded) if folded[-1] == "s" else folded for _, folded, _, _ in tokens]
    scene = _Scene(text, tokens, stems, listy)
    found: list[Mention] = []
    unmatched: list[int] = []
    starts = taxonomy.starts
    following = [*stems[1:], ""]
    index, count = 0, len(tokens)
    while index < count:
        seconds = starts.get(stems[index])
        begins = seconds is not None and ("" in seconds or following[index] in seconds)
        alias = _longest(scene, taxonomy, index, seconds) if seconds and begins else None
        if alias is None:
            unmatched.append(index)
            index += 1
            continue
        end = index + len(alias.stems)
        found.append(Mention(alias.skill, Span(tokens[index].start, tokens[end - 1].end)))
        index = end
    if listy:
        found += _mended(scene, taxonomy, unmatched)
        found.sort(key=lambda mention: mention.span)
    return _denied(text, tokens, found)


class _Scene:
    """One text while it is searched."""

    __slots__ = ("_breaks", "_starts", "listy", "stems", "text", "tokens")

    def __init__(self, text: str, tokens: tuple[Token, ...], stems: list[str], listy: tuple[Span, ...]) -> None:
        self.text = text
        self.tokens = tokens
        self.stems = stems
        self.listy = tuple(sorted(listy))
        self._starts = [span.start for span in self.listy]
        self._breaks: list[int] = []

    def in_list_section(self, offset: int) -> bool:
        """Whether `offset` lies in one of the skills sections."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self.listy[at].end

    def is_item(self, start: int, end: int) -> bool:
        """Whether the range is (nearly) a whole item of a list: short, between separators, in a list line or section."""
        text = self.text
        if not self._breaks:
            self._breaks = [-1, *(match.start() for match in _SEPARATORS_AT.finditer(text)), len(text)]
        breaks = self._breaks
        left = max(breaks[bisect_left(breaks, start) - 1] + 1, start - 60)
        right = min(breaks[bisect_left(breaks, end)], end + 60)
        if len(text[left:right].split()) > _ITEM_WORDS:
            return False
        if self.in_list_section(start):
            return True
        line_start = text.rfind("\n", max(0, start - 400), start) + 1
        line_end = text.find("\n", end, end + 400)
        line = text[line_start : line_end if line_end >= 0 else end + 400]
        return len(_SEPARATOR.findall(line)) >= 2

    def is_whole_item(self, start: int, end: int) -> bool:
        """Whether the range is a whole item of a skills section, where lists in small letters are common (`seo, qa`)."""
        if not self.in_list_section(start):
            return False
        before, after = self.text[max(0, start - 20) : start].rstrip(" "), self.text[end : end + 20].lstrip(" ")
        return (not before or before[-1] in _SEPARATORS) and (not after or after[0] in _SEPARATORS)

    def near(self, first: int, last: int, words: frozenset[str]) -> bool:
        """Whether one of `words` is among the tokens around [first, last)."""
        stems = self.stems
        return not words.isdisjoint(stems[max(0, first - _WINDOW) : first]) or not words.isdisjoint(
            stems[last : last + _WINDOW]
        )


def _longest(scene: _Scene, taxonomy: Taxonomy, index: int, seconds: dict[str, tuple[int, ...]]) -> Alias | None:
    """The longest alias beginning at token `index` whose policy the place meets."""
    stems, table = scene.stems, taxonomy.table
    sizes = seconds.get(stems[index + 1], ()) if index + 1 < len(stems) else ()
    for size in (*sizes, 1) if "" in seconds else sizes:
        aliases = table.get(tuple(stems[index : index + size]))
        if aliases is None or index + size > len(stems) or (size > 1 and not _joined(scene, index, size)):
            continue
        if len(aliases) > 1:  # of IFRS and IFR, whose plural it could be, the one that is written so
            written = scene.tokens[index].text
            aliases = tuple(sorted(aliases, key=lambda alias: alias.text != written))
        for alias in aliases:
            if _counts(scene, alias, index, size):
                return alias
    return None


def _joined(scene: _Scene, index: int, size: int) -> bool:
    """Whether the tokens belong together: nothing but joining signs between them, a line break only after a long line."""
    text, tokens = scene.text, scene.tokens
    for at in range(index, index + size - 1):
        gap = text[tokens[at].end : tokens[at + 1].start]
        if gap == " ":
            continue
        if gap not in _GAPS:
            return False
        if gap == ". " and len(tokens[at].text) > 2:
            return False
        if gap in _LINE_GAPS and not _wraps(text, tokens[at].end, tokens[at + 1]):
            return False
    return True


def _wraps(text: str, end: int, following: Token) -> bool:
    """Whether a line broken at `end` runs on: it is long, a list, or the next begins in small letters."""
    line = text[text.rfind("\n", max(0, end - _FULL_LINE), end) + 1 : end]
    return len(line) >= _FULL_LINE or following.text[0].islower() or _SEPARATOR.search(line) is not None


def _counts(scene: _Scene, alias: Alias, index: int, size: int) -> bool:
    first, last = scene.tokens[index], scene.tokens[index + size - 1]
    if size == 1 and first.folded != alias.text and not _same_word(first.folded, alias):
        return False
    gated = alias.exact or alias.listed or alias.context
    if not gated:
        return True
    if alias.exact and not _same_letters(scene, alias, index, size):
        return len(alias.text) > 1 and scene.is_whole_item(first.start, last.end)
    if size == 1 and _glued(scene.text, first):
        return False
    if not alias.listed and not alias.context:
        return True
    if alias.context and _near(scene, alias, index, size):
        return True
    return alias.listed and scene.is_item(first.start, last.end)


def _near(scene: _Scene, alias: Alias, index: int, size: int) -> bool:
    """Whether a context word is near, and no year follows (`Spring 2019`)."""
    following = scene.stems[index + size : index + size + 1]
    if following and len(following[0]) == 4 and following[0].isdigit():
        return False
    return scene.near(index, index + size, alias.context)


@lru_cache(maxsize=8192)
def _folded_alias(text: str) -> str:
    tokens = tokenize(text)
    return tokens[0].folded if tokens else ""


def _same_word(folded: str, alias: Alias) -> bool:
    """A plural in the text may stand for a singular alias, but not the other way round: `sale` is not Sales."""
    written = _folded_alias(alias.text)
    return folded == written or singular(folded) == written


def _same_letters(scene: _Scene, alias: Alias, index: int, size: int) -> bool:
    """Exact case, whatever the gaps: `Mac  OS` is `Mac OS`; a plural s may follow capitals (`KPIs`)."""
    written = "".join([token.text for token in scene.tokens[index : index + size]])
    wanted = "".join([char for char in alias.text if char not in " -/.&'"])
    return written == wanted or (written == wanted + "s" and len(wanted) > 1)


def _glued(text: str, token: Token) -> bool:
    """Whether a joining sign ties the token to another word: the C of C-level, the R of R&D."""
    before, after = text[max(0, token.start - 2) : token.start], text[token.end : token.end + 2]
    tied = len(before) == 2 and before[1] in _GLUE and before[1] not in "'’"  # `d'Excel` is Excel
    return (tied and before[0].isalnum()) or (len(after) == 2 and after[0] in _GLUE and after[1].isalnum())


def _mended(scene: _Scene, taxonomy: Taxonomy, unmatched: list[int]) -> list[Mention]:
    """One-word skills with a typing error, among the unmatched words of skills sections."""
    found = []
    vocabulary = taxonomy.vocabulary
    for index in unmatched:
        _, folded, start, end = scene.tokens[index]
        if (
            len(folded) >= 6
            and scene.stems[index] not in vocabulary
            and scene.in_list_section(start)
            and folded.isalpha()
            and (skill := _mend(taxonomy, folded))
        ):
            found.append(Mention(skill, Span(start, end), fuzzy=True))
    return found


@lru_cache(maxsize=4)
def _mendable(taxonomy: Taxonomy) -> dict[tuple[str, int], tuple[tuple[str, str], ...]]:
    """One-word free aliases of at least six letters by first letter and length."""
    groups: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for stems, aliases in taxonomy.table.items():
        alias = aliases[0]
        word = _folded_alias(alias.text)
        if len(stems) == 1 and len(word) >= 6 and word.isalpha() and not (alias.listed or alias.context):
            groups.setdefault((word[0], len(word)), []).append((word, alias.skill))
    return {key: tuple(sorted(words)) for key, words in groups.items()}


@lru_cache(maxsize=16384)
def _mend(taxonomy: Taxonomy, word: str) -> str:
    """The skill whose one-word name is within a typing error of `word`; empty where there is none.

    Within a typing error: the same first letter, an Indel similarity of at least 90 of 100, and not merely another
    ending of the word.
    """
    groups = _mendable(taxonomy)
    best, best_skill = 89.99, ""
    for length in (len(word) - 1, len(word), len(word) + 1):
        for candidate, skill in groups.get((word[0], length), ()):
            shared = min(length, len(word)) - 1
            if candidate[:shared] == word[:shared]:
                continue
            score = fuzz.ratio(word, candidate)
            if score > best:
                best, best_skill = score, skill
    return best_skill


def _denied(text: str, tokens: Sequence[Token], found: list[Mention]) -> tuple[Mention, ...]:
    """The mentions, marked where the text denies them."""
    denied: list[Span] = []
    for _, folded, start, _ in [token for token in tokens if token[1] in _TELLING] if found else ():
        if folded in _DENIES and (match := _NOT.match(text, start)):
            end = _CLAUSE_END.search(text, match.end(), match.end() + _CLAUSE)
            denied.append(Span(start, end.start() if end else match.end() + _CLAUSE))
        if folded in _SPARES and (match := _NOT_NEEDED.match(text, start)):
            begin = max(0, start - _CLAUSE)
            for end in _CLAUSE_END.finditer(text, begin, start):
                begin = end.end()
            denied.append(Span(begin, match.end()))
    if not denied:
        return tuple(found)
    return tuple(
        [
            replace(mention, denied=True)
            if any(span.start <= mention.span.start and mention.span.end <= span.end for span in denied)
            else mention
            for mention in found
        ]
    )
