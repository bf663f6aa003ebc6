"""What a resume says of the person and not of the work: birth, age, gender, family, nationality, religion, address labels."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.lines import Line
from hirelens_cli.profiles.tokens import fold


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A stretch of the original text that says who the candidate is, and the placeholder that stands for it."""

    span: Span
    label: str
    """`name`, `email`, `date of birth`, ...: the placeholder without its brackets."""


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of data/identity.toml."""

    not_name: frozenset[str]
    common: frozenset[str]
    particles: frozenset[str]
    credentials: frozenset[str]
    streets: frozenset[str]
    places: frozenset[str]
    alone: dict[str, str]
    """A value that stands alone in the header, and its placeholder."""
    labels: dict[str, str]
    """What stands before a colon, and the placeholder for what follows."""
    label_ends: frozenset[str]
    """The last words of the labels."""


@lru_cache(maxsize=1)
def words() -> Words:
    """The bundled word lists."""
    data = tomllib.loads((files(__package__) / "data" / "identity.toml").read_text(encoding="utf-8"))
    listed = {name: frozenset(str(value).split()) for name, value in data.items() if isinstance(value, str)}
    alone = {word: label for label, values in data["alone"].items() for word in values.split()}
    labels = {label: kind for kind, names in data["labels"].items() for label in names}
    return Words(
        listed["not_name"],
        listed["common"],
        listed["particles"],
        listed["credentials"],
        listed["streets"],
        listed["places"],
        alone,
        labels,
        frozenset([label.rpartition(" ")[2] for label in labels]),
    )


_WORD = re.compile(r"[^\W_]+")
_LABEL = re.compile(
    r"(?<![^\W_])([^\W\d_][^\W\d_]*(?:[ .'’/()&-]{1,3}[^\W\d_]+){0,4}[ .)]{0,3})[ \t]{0,4}(?::[-–]?|[ \t][-–=](?=[ \t]))[ \t]{0,9}"
)
_LABEL_END = re.compile(r"([^\W_]+)[ .)\t]{0,7}(?::|[ \t][-–=][ \t])")
_STOP = re.compile(r"[|•·;\t]|[ ]{3,}")
_BARE = re.compile(
    r"[ \t•*-]{0,4}(date of birth|d\.?o\.?b\.?|marital status|gender|nationality|religion|father'?’?s name|place of birth|"
    r"geburtsdatum|geboren am|geboren|familienstand|staatsangehörigkeit|geburtsort|date de naissance|situation familiale|nationalité|"
    r"fecha de nacimiento|estado civil|nacionalidad|data de nascimento|nacionalidade|data di nascita|luogo di nascita|stato civile|nazionalità|"
    r"geboortedatum|burgerlijke staat|nationaliteit)[ \t]{1,9}(?=[^\s:=–-])",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?<![\w.])(?:(?:aged?|alter)[ \t]{1,3}\d{2}(?!\d)(?![ \t]{0,2}[-–+%])(?:[ \t]years?)?|\d{2}[- ](?:years?|yrs?)[- ]old|\d{2} Jahre alt|âgée? de \d{2} ans|\d{2} años de edad|\d{2} anos de idade|\d{2} jaar oud)(?!\w)",
    re.IGNORECASE,
)
_AGE_ALONE = re.compile(r"\d{2} ?(?:years?|yrs?|ans|años|anos|anni|jaar|jahre)\.?", re.IGNORECASE)
_BORN = re.compile(
    r"(?<!\w)(?:born (?:on |in )|geboren (?:am |in )|geb\. (?:am )?|née? (?:le|en|à) |nacid[oa] (?:el |en )|nascid[oa] (?:em |a )|nasceu (?:em |a )|nació (?:el |en )|nat[oa] (?:il |a )|geboren (?:op |te )|jahrgang )"
    r"(?:[^\s,;|()]{1,30}[ ,]{1,2}){0,6}?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}(?:-\d\d-\d\d)?)(?!\d)",
    re.IGNORECASE,
)
_STARRED = re.compile(r"(?<!\w)\*[ \t]?\d{1,2}\.[ \t]?(?:\d{1,2}\.|[^\W\d_]{3,9})[ \t]?\d{2,4}")
_PRONOUN_EN = re.compile(
    r"(?<![\w'’.@/-])\(?(?:(?:he|she|they)[ ]?/[ ]?(?:him|her|hers|them|his)(?:[ ]?/[ ]?(?:his|hers|theirs))?\)?|(?:he|she|him|her|his|hers|himself|herself)(?:['’]s)?(?![\w@/-]))",
    re.IGNORECASE,
)
_PRONOUN_HINT = re.compile(r"[HhSsTt](?<!\w.)[EeHhIi]")
"""A charset in front lets the search skip all other characters at once; nearly all that `_PRONOUN_EN` costs is looking."""
_PRONOUNS = {
    "de": re.compile(r"(?<![\w-])(?:er/ihm|sie/ihr)(?![\w-])", re.IGNORECASE),
    "fr": re.compile(r"(?<![\w-])(?:elle|il)(?:/(?:lui|elle))?(?![\w-])", re.IGNORECASE),
    "es": re.compile(r"(?<![\w-])(?:él|ella)(?:/(?:él|ella))?(?![\w-])", re.IGNORECASE),
    "pt": re.compile(r"(?<![\w-])(?:ele|ela)(?:/(?:dele|dela))?(?![\w-])", re.IGNORECASE),
    "it": re.compile(r"(?<![\w-])(?:egli|ella|lui|lei)(?![\w-])", re.IGNORECASE),
    "nl": re.compile(r"(?<![\w-])(?:hij|zij)(?:/(?:hem|haar))?(?![\w-])", re.IGNORECASE),
}
_TITLE = re.compile(
    r"(?<![\w.])(?:(?:Mr|Mrs|Ms|MR|MRS)\.(?!\w)|(?:Mr|Mrs|Ms|MR|MRS|Miss|Herr|Herrn|Frau|Monsieur|Madame|Mademoiselle|Mme|Mlle|Señor|Señora|Señorita|Senhor|Senhora|Signora|Signor|Signore|Mevrouw|Mevr|Dhr|Doña)\.?(?= ?[A-ZÀ-Þ\[])|"
    r"(?:Sra|Srta|Sig\.ra|Sig\.na)\.(?!\w))",
)
_TITLE_CUES = (
    "Mr", "Ms", "MR", "MS", "Miss", "Herr", "Frau", "Monsieur", "Madame", "Mademoiselle", "Mme", "Mlle", "Señor", "Senhor", "Signor",
    "Mev", "Dhr", "Doña", "Sra", "Srta", "Sig.",
)  # fmt: skip
_RELATION = re.compile(
    r"(?<![\w/.])[SDWsdw]/[oO]\.?[ :.-]{0,3}(?:(?:Mr|Shri|Sri|Late)\.? ?){0,2}[A-Z][\w.]{0,30}(?: [A-Z][\w.]{0,30}){0,3}"
)
_PARENT = re.compile(
    r"(?<!\w)(?:(?:mother|father|mum|mom|dad|parent) of (?:\w{1,10}) ?(?:children|kids|boys|girls|sons|daughters)?|(?:married|verheiratet|ledig|geschieden),? (?:with |mit )?(?:\w{1,6}) (?:children|child|kids|kinder|kindern|kind))(?!\w)",
    re.IGNORECASE,
)


_PHRASES: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (_AGE, "age", ("age ", "aged", " old", "-old", "alter", " alt", "âgé", "años de", "anos de", "jaar oud")),
    (_BORN, "date of birth", ("born ", "geb", "né ", "née ", "naci", "nasc", "nato ", "nata ", "jahrgang")),
    (_STARRED, "date of birth", ("*",)),
    (_RELATION, "family", ("/o",)),
    (
        _PARENT,
        "family status",
        (
            "mother of",
            "father of",
            "mum of",
            "mom of",
            "dad of",
            "parent of",
            "married",
            "verheiratet",
            "ledig",
            "geschieden",
        ),
    ),
)
"""Each with substrings of which the lower text must hold one: a substring search costs a hundredth of the pattern's."""


def normal_label(text: str) -> str:
    """A label as it is compared: folded words."""
    return " ".join(_WORD.findall(fold(text)))


class Labelled(NamedTuple):
    """A known `Key: value`."""

    kind: str
    """The placeholder."""
    value: Span
    """Empty where the value is missing."""
    line: int
    """Its index."""


def find_labelled(lines: Sequence[Line]) -> tuple[Labelled, ...]:
    """Every known `Key: value`, in order."""
    return tuple(_labelled(lines))


def _labelled(lines: Sequence[Line]) -> Iterator[Labelled]:
    labels, ends = words().labels, words().label_ends
    for index, line in enumerate(lines):
        text = line.text
        if ":" not in text and " - " not in text and " – " not in text and "=" not in text:
            bare = _BARE.match(text)
            if bare and len(text) < 90:
                kind = labels.get(normal_label(bare[1]))
                if kind:
                    yield Labelled(kind, _value(line, bare.end(), len(text)), index)
            continue
        if len(text) > 600 or not any(fold(word) in ends for word in _LABEL_END.findall(text)):
            continue
        hits = [(m, kind) for m in _LABEL.finditer(text) if (kind := _kind_of(m[1], labels)) and _leads(text, m, kind)]
        for at, (match, kind) in enumerate(hits):
            stop = hits[at + 1][0].start() if at + 1 < len(hits) else len(text)
            yield Labelled(kind, _value(line, match.end(), stop), index)


def _kind_of(label: str, labels: dict[str, str]) -> str | None:
    """The placeholder for a label, its first words dropped while unknown: `Personal Profile Date of Birth`."""
    parts = normal_label(label).split()
    for at in range(len(parts)):
        kind = labels.get(" ".join(parts[at:]))
        if kind and (at == 0 or len(parts) - at > 1):
            return kind
    return None


_SHORT_LABELS = frozenset(
    [
        "m", "t", "p", "h", "c", "home", "work", "call", "contact", "place", "local", "lugar", "ort", "lieu",
        "state", "country", "city", "pin", "add", "children", "mother", "father", "race", "body", "community",
        "faith", "web", "blog", "medium", "name", "health", "race", "web",
    ]
)  # fmt: skip


def _leads(text: str, match: re.Match[str], kind: str) -> bool:
    """Whether the label stands where labels stand: first in its line or behind a separator; long lines are prose."""
    before = text[: match.start()].rstrip(" \t([•*-")
    if not before or before[-1] in "|•·;,:\t)" or text[: match.start()].endswith("   "):
        return True
    return (
        kind in ("date of birth", "gender", "marital status", "nationality", "religion", "email", "phone")
        and normal_label(match[1]) not in _SHORT_LABELS
    )


def _value(line: Line, start: int, stop: int) -> Span:
    end = _STOP.search(line.text, start, stop)
    stop = end.start() if end else stop
    while stop > start and line.text[stop - 1] in " \t,.([*-–":
        stop -= 1
    return Span(line.start + start, line.start + max(start, stop))


def find_personal(
    text: str, lines: Sequence[Line], labels: Sequence[Labelled], zone: frozenset[int], language: str
) -> list[Piece]:
    """The personal details that are neither name nor contact; `zone` holds the indexes of the lines of the header."""
    pieces = []
    private = {
        "date of birth",
        "birthplace",
        "age",
        "gender",
        "marital status",
        "nationality",
        "religion",
        "family",
        "id number",
        "body",
        "photo",
    }
    for kind, span, index in labels:
        if kind in private and (index in zone or not _ambiguous(kind, span.of(text))):
            pieces += _with_next(kind, span, lines, index)
    low = text.lower()
    for pattern, label, cues in _PHRASES:
        if any(cue in low for cue in cues):
            pieces += [Piece(Span(*match.span()), label) for match in pattern.finditer(text)]
    pieces += [Piece(span, "pronoun") for span in _english_pronouns(text)]
    if language in _PRONOUNS:
        pieces += [Piece(Span(*match.span()), "pronoun") for match in _PRONOUNS[language].finditer(text)]
    if any(cue in text for cue in _TITLE_CUES):
        pieces += [Piece(Span(*match.span()), "salutation") for match in _TITLE.finditer(text)]
    pieces += _standing_alone(lines, zone)
    return pieces


def _english_pronouns(text: str) -> Iterator[Span]:
    end = 0
    for hint in _PRONOUN_HINT.finditer(text):
        at = hint.start()
        if at >= end:
            match = _PRONOUN_EN.match(text, at - (text[at - 1 : at] == "(")) or _PRONOUN_EN.match(text, at)
            if match:
                end = match.end()
                yield Span(match.start(), end)


def _ambiguous(kind: str, value: str) -> bool:
    """Outside the header a label may be about the work (`Health: claims processing`); a short value is about the person."""
    return kind in ("age", "body", "photo", "family", "nationality") and len(value.split()) > 4


def _with_next(kind: str, span: Span, lines: Sequence[Line], index: int) -> list[Piece]:
    """The value, or the next line where a table has set it below its label."""
    if span.end > span.start:
        return [Piece(span, kind)]
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or not 0 < len(following.text.strip()) <= 40 or following.text.rstrip().endswith(":"):
        return []
    return [Piece(following.span, kind)]


_SEGMENT = re.compile(r"[^|•·●▪,;\t/()]+")


def _standing_alone(lines: Sequence[Line], zone: frozenset[int]) -> list[Piece]:
    """`Male | 29 years | Married` in the header."""
    alone = words().alone
    pieces = []
    for index in sorted(zone):
        line = lines[index]
        if len(line.text) > 200:
            continue
        for match in _SEGMENT.finditer(line.text):
            value = match[0].strip(" .-–*:")
            if not 2 < len(value) <= 16:
                continue
            start = line.start + match.start() + match[0].index(value)
            label = alone.get(fold(value))
            if label is None and value[0].isdigit() and _AGE_ALONE.fullmatch(value):
                label = "age"
            if label is not None:
                pieces.append(Piece(Span(start, start + len(value)), label))
    return pieces
