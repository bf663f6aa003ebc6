"""Bytes of a text to characters, whatever wrote them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20_000
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{2,}")
_CYRILLIC = frozenset("оеаинтсрвл")
_EASTERN = re.compile(rb"[a-z]([\x9c\x9f\xb9\xb3\xb1\xb6\xbc])[a-z ,.]")
"""Letters of Polish and its neighbours between small letters: bytes 9C, 9F, B9 in cp1250, B1, B6, BC in ISO 8859-2, B3 in both."""
_UNDEFINED_1252 = str.maketrans(dict.fromkeys("\x81\x8d\x8f\x90\x9d", "\ufffd"))


def _share(test: Callable[[str], bool]) -> Callable[[str], float]:
    def share(text: str) -> float:
        odd = [char for char in text if char > "\x7f"]
        return sum(map(test, odd)) / max(len(odd), 1)

    return share


def _is_level_one(char: str) -> bool:
    """Whether GB 2312 has the character in its first, everyday level."""
    pair = char.encode("gb2312", "ignore")
    return len(pair) == 2 and 0xB0 <= pair[0] <= 0xD7


def _is_big5_common(char: str) -> bool:
    pair = char.encode("big5", "ignore")
    return len(pair) == 2 and 0xA4 <= pair[0] <= 0xC6


_FOREIGN: tuple[tuple[str, Callable[[str], float]], ...] = (
    ("cp1251", _share(lambda char: char in _CYRILLIC)),
    ("koi8-r", _share(lambda char: char in _CYRILLIC)),
    ("cp866", _share(lambda char: char in _CYRILLIC)),
    ("cp1253", _share(lambda char: char in "αοιετσνηυρςά")),
    ("shift_jis", _share(lambda char: "\u3040" <= char <= "\u30ff")),
    ("euc_jp", _share(lambda char: "\u3040" <= char <= "\u30ff")),
    ("euc_kr", _share(lambda char: "\uac00" <= char <= "\ud7a3")),
    ("gb18030", _share(_is_level_one)),
    ("big5", _share(_is_big5_common)),
)
"""Encodings of scripts other than Latin, each with the share of its odd characters that everyday text is made of."""

for _name in (*(name for name, _ in _FOREIGN), "gb2312", "cp1252", "cp1250", "iso8859_2", "utf-16", "utf-32"):
    codecs.lookup(_name)  # loaded now: a sandboxed reader may open no file later


def decoded(data: bytes, declared: str = "") -> str:
    """The characters of `data`: by its mark, as UTF-8, as UTF-16 without a mark, as `declared`, or by what reads best.

    Never fails: what no encoding explains becomes U+FFFD.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" or error.start > 0.9 * len(data) > 1000:
            return data.decode("utf-8", "replace")
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeError, ValueError):
            pass
    name = _eight_bit(data[:_SAMPLE])
    return data.decode(name, "replace").translate(_UNDEFINED_1252)


def _wide(data: bytes) -> str:
    """`utf-16-le` or `-be` where every other byte of Latin text is a zero; else empty."""
    head = data[:2000]
    half = len(head) // 2
    if half < 2 or 0 not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 0.3 * half or min(even, odd) > 0.05 * half:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _eight_bit(sample: bytes) -> str:
    """The likeliest encoding of one that is neither UTF-8 nor UTF-16; cp1252 where nothing speaks for another."""
    high = len(_HIGH.findall(sample))
    in_runs = sum(len(run) for run in _HIGH_RUN.findall(sample))
    if in_runs > 0.6 * high and high > 10:
        scores = [(_score(sample, name, share), name) for name, share in _FOREIGN]
        best, name = max(scores, key=lambda scored: scored[0])
        if best > 0.4:
            return name
    eastern = _EASTERN.findall(sample)
    if len(eastern) < 2:
        return "cp1252"
    iso = sum(byte in b"\xb1\xb6\xbc" for byte in eastern)
    return "iso8859_2" if iso > sum(byte in b"\x9c\x9f\xb9" for byte in eastern) else "cp1250"


def _score(sample: bytes, name: str, share: Callable[[str], float]) -> float:
    text = sample.decode(name, "ignore")
    lost = sample.decode(name, "replace").count("\ufffd")
    return share(text) - 4 * lost / max(len(text), 1)
