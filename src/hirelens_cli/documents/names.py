"""Names of files as people may see them: whatever the bytes, one printable line that no terminal obeys."""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache


def display_name(raw: bytes | str) -> str:
    r"""`raw` with every character that is not plainly visible written out; different names stay different.

    Controls, format and bidi characters, line breaks, private and unassigned code points become `\x1b`, `\u202e` or
    `\U000e0001`; bytes that are no UTF-8 become `\xff`; a backslash is doubled.
    """
    text = os.fsdecode(raw) if isinstance(raw, bytes) else raw
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text
    return "".join(_shown(character) for character in text)


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if unicodedata.category(character)[0] != "C" and character not in "\u2028\u2029":
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # how os.fsdecode keeps a byte that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
