"""Text that someone else wrote, made safe to show: on a terminal, in a spreadsheet, in Markdown."""

from __future__ import annotations

import unicodedata

_FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""First characters that make a spreadsheet read a cell as a formula (OWASP, CSV injection)."""

_MARKDOWN = str.maketrans({mark: "\\" + mark for mark in "\\`*_[]<>|#~"})


def safe_text(text: str) -> str:
    r"""`text` on one line, without anything that a terminal would act on.

    Control and formatting characters (escape sequences, bidirectional overrides, zero-width characters), line breaks,
    surrogates and unassigned characters become visible as `\x1b`, `\u202e` and so on.
    """
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] != "C" and category not in {"Zl", "Zp"}:
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def safe_cell(text: str) -> str:
    """`text` as a cell that no spreadsheet reads as a formula: a leading `=`, `+`, `-`, `@`, TAB or CR gets an apostrophe."""
    guard = "'" if text.lstrip(" \u00a0\n")[:1] in _FORMULA and text.strip() else ""
    return guard + "\n".join(safe_text(line) for line in text.split("\n"))


def safe_markdown(text: str) -> str:
    """`text` on one line, shown as it is by a Markdown reader: no markup, no HTML, no table border."""
    return safe_text(" ".join(text.split("\n"))).translate(_MARKDOWN)
