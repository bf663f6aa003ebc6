"""Text that was written as UTF-8 and read as Windows-1252 on its way into the file: `â€¢` for a bullet, `Ã©` for é."""

from __future__ import annotations

import re

_REST = "\x80-\xbf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
"""What the bytes 80 to BF, which follow the first of a UTF-8 sequence, look like in Windows-1252."""

_SEQUENCE = f"[\u00c2\u00c3][{_REST}]|[\u00e2\u00ef][{_REST}]{{2}}|\u00f0\u0178[{_REST}]{{2}}"
"""Western letters and signs, punctuation, bullets and emoji. Other leading bytes stand for letters that people do write
before a quotation mark or dots (`café…»`)."""
_LOST = {"\u00ef\u00bc": "-", "\u00e2\u20ac": "\u201d"}
"""Sequences whose last byte is none in Windows-1252 and was dropped: the full-width hyphen, the closing quotation mark."""
_BLANK = r"(?:(?<=[a-z!-/:-@\[-`{-~])|(?<!\S))\u00c2+(?!\w)|(?<=[a-z.,;:)])\u00c2+"
"""What is left of a no-break space that became an ordinary one, or none: a capital that neither begins a word nor belongs
to one in capitals."""

_DAMAGED = re.compile(f"{_SEQUENCE}|(?:{'|'.join(_LOST)})(?![{_REST}])|{_BLANK}")
_FIRST = frozenset("\u00c2\u00c3\u00e2\u00ef\u00f0")
"""What all of it begins with: most lines are done with a look at their letters."""


def is_damaged(text: str) -> bool:
    """Whether `mended` would change it."""
    return not _FIRST.isdisjoint(text) and _DAMAGED.search(text) is not None


def mended(text: str) -> str:
    """`text` with every such sequence as the character that it stood for, and remains of no-break spaces as spaces.

    What was damaged twice is mended twice: each time there are fewer characters that can be part of a sequence.
    """
    while is_damaged(text):
        text = _DAMAGED.sub(_character, text)
    return text


def _character(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == "\u00c2" and not found.strip("\u00c2"):
        return " "
    if found in _LOST:
        return _LOST[found]
    return b"".join(map(_byte, found)).decode("utf-8")


def _byte(character: str) -> bytes:
    """Controls that Windows-1252 leaves undefined stand for themselves."""
    return bytes((ord(character),)) if ord(character) < 0x100 else character.encode("cp1252")
