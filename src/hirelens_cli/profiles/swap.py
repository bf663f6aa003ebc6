"""Somebody else's identity put into a resume: what must not change any score."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from hirelens_cli.model.documents import Document
from hirelens_cli.model.profiles import Identity
from hirelens_cli.profiles.personal import words as word_lists
from hirelens_cli.profiles.tokens import fold

OTHERS = ("Zora Quimby", "Grace Hopewell", "José Núñez Ibarrola", "Anne-Sofie van Dyk", "MARK OYELARAN")
"""Names that stand in for the candidate's: also one of an ordinary word, one with particles, one in capitals."""

SWAPS: Mapping[str, Mapping[str, str]] = {
    "en": {"he": "she", "she": "he", "his": "her", "her": "his", "him": "her", "mr": "Ms", "ms": "Mr", "mrs": "Mr"},
    "de": {"herr": "Frau", "frau": "Herr", "verheiratet": "ledig", "ledig": "geschieden"},
    "fr": {"mariée": "célibataire", "marié": "célibataire", "célibataire": "marié", "madame": "Monsieur"},
    "es": {"casada": "soltera", "casado": "soltero", "soltera": "casada", "soltero": "casado"},
    "it": {"coniugata": "nubile", "celibe": "coniugato", "italiana": "spagnola", "italiano": "spagnolo"},
    "nl": {"gehuwd": "ongehuwd", "ongehuwd": "gehuwd", "nederlandse": "Belgische"},
    "pt": {"casado": "solteiro", "solteiro": "casado", "casada": "solteira"},
}
"""Pronouns and gendered titles anywhere; family status and nationality on the lines that say so."""

ANYWHERE = frozenset(["he", "she", "his", "her", "him", "mr", "ms", "mrs", "herr", "frau", "madame"])
_PERSONAL = re.compile(
    r"(?i)geburt|geboren|jahrgang|\bnée? le|born|birth|nat[oa] |nascita|nascimento|nacimiento|stand\b|nationalit|"
    r"nacionalidad|estado civil|stato civile|burgerlijke|verheiratet|ledig|mariée|célibataire"
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_ACCOUNT = re.compile(r"((?:github\.com|linkedin\.com/in)/)[\w-]{1,100}")
_PHONE = re.compile(r"[+(]?\d[\d ().-]{7,16}\d")
_WORD = re.compile(r"[^\W\d_]+")
_TOWN = re.compile(r"[^\W\d][\w .'’-]{1,40}, [A-Z]{2}(?P<zip> \d{5})?")
_LEAST_DIGITS = 9
"""Of a telephone number; what has fewer is a period or an amount, and stays."""


def swapped(document: Document, who: Identity, other: str) -> Document:
    """The same resume of somebody called `other`: name, e-mail, accounts, telephone, town, pronouns, birth, family status.

    `who` is whom it is about as far as that is known: name and addresses. Without a name all else is swapped still.
    """
    table = SWAPS.get(document.language, SWAPS["en"])
    blocks = tuple(replace(block, text=_swap(block.text, who, other, table)) for block in document.blocks)
    return replace(document, blocks=blocks)


def _swap(text: str, who: Identity, other: str, table: Mapping[str, str]) -> str:
    handle = ".".join(re.findall(r"[a-z]+", fold(other)))
    text = _EMAIL.sub(f"{handle}@elsewhere.example", text)
    text = _ACCOUNT.sub(rf"\g<1>{handle.replace('.', '-')}", text)
    text = _PHONE.sub(_other_digits, text)
    for address in who.addresses:
        town = _TOWN.fullmatch(address)
        if town is not None:
            text = text.replace(address, "Tucson, AZ 85701" if town["zip"] else "Tucson, AZ")
    text = _renamed(text, who.name, other)
    personal = _PERSONAL.search(text) is not None
    if personal:
        text = re.sub(r"(?<!\d)(19[5-9]\d|200\d)(?!\d)", _other_year, text)
    return _WORD.sub(lambda match: _other_word(match[0], table, personal), text)


def _renamed(text: str, name: str, other: str) -> str:
    """The whole name, then each of its words, in the case in which it stands."""
    given, *_, family = re.split(r"[ -]", other)
    words = _WORD.findall(name)
    if not words:
        return text
    whole = r"[ -]{1,3}".join(map(re.escape, words))
    text = re.sub(rf"(?i)(?<!\w){whole}(?!\w)", lambda match: _cased(other, match[0]), text)
    particles = word_lists().particles
    for at, word in enumerate(words):
        part = given if at == 0 else family
        if at == len(words) - 1:
            initials = "".join([piece[0] for piece in other.split()[:-1]])
            text = re.sub(rf"(?<!\w){word} [A-Z]{{1,2}}(?=[,.])", f"{word} {initials.upper()}", text)
        if len(word) > 2 and word.lower() not in particles:
            text = re.sub(rf"(?<!\w)(?:{word}|{word.upper()})(?!\w)", _case_of(part), text)
    return text


def _other_year(match: re.Match[str]) -> str:
    year = int(match[0])
    return str(year - 3 if year > 1960 else year + 3)


def _other_digits(match: re.Match[str]) -> str:
    """Another telephone number of the same form."""
    digits = sum(char.isdigit() for char in match[0])
    if digits < _LEAST_DIGITS or re.search(r"(?:19|20)\d\d ?-", match[0]):
        return match[0]
    head, tail = match[0][:-3], match[0][-3:]
    return head + tail.translate(str.maketrans("0123456789", "5678901234"))


def _case_of(new: str) -> Callable[[re.Match[str]], str]:
    return lambda match: _cased(new, match[0])


def _cased(new: str, old: str) -> str:
    return new.upper() if old.isupper() and len(old) > 1 else new.lower() if old.islower() else new


def _other_word(word: str, table: Mapping[str, str], personal: bool) -> str:
    new = None if word == "MS" else table.get(word.lower())
    if new is None or not (personal or word.lower() in ANYWHERE):
        return word
    return new.upper() if word.isupper() and len(word) > 1 else new.capitalize() if word[0].isupper() else new
