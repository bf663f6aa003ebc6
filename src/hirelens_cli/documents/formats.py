"""Which format some bytes are in: by what they hold, never by what the file is called."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from collections.abc import Iterable

HEAD = 4096
"""Bytes at the beginning in which a text format must show itself."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"\x00\x00\x00\x0cjP  ",
    b"AT&TFORM",
)
_IMAGE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
_BINARIES = (
    b"\x7fELF",
    b"MZ\x90\x00",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"SQLite format 3\x00",
    b"%!PS",
    b"\xc5\xd0\xd3\xc6",
    b"OggS",
    b"ID3",
    b"\x00asm",
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MAIL_FIELDS = re.compile(
    r"^(?:from|to|subject|date|received|return-path|delivered-to|message-id|mime-version|content-type|reply-to"
    r"|x-[a-z0-9-]{1,40}|authentication-results|dkim-signature|cc|sender|content-transfer-encoding)[ \t]{0,3}:",
    re.IGNORECASE,
)
_STRONG_FIELDS = re.compile(
    r"^(?:received|return-path|delivered-to|message-id|mime-version|content-type):", re.IGNORECASE
)
_ANY_FIELD = re.compile(r"^[!-9;-~]{1,76}[ \t]{0,3}:")


def format_of(data: bytes) -> str:
    """One word for the format of `data`.

    `pdf docx odt rtf html eml msg doc ole xml json txt` can be read; `image`, `zip` (an archive of other files),
    `spreadsheet`, `slides`, `ebook` and `binary` are recognised and are not; empty for no bytes.
    """
    if not data:
        return ""
    if data.startswith(_ZIP):
        return _package(data)
    if data.startswith(_OLE):
        return _compound(data)
    if b"%PDF-" in data[:1029]:  # readers allow the header anywhere in the first kilobyte
        return "pdf"
    if data.startswith(_IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or _is_bmp(data):
        return "image"
    if data[4:8] == b"ftyp":
        return "image" if data[8:12] in _IMAGE_BRANDS else "binary"
    if data.startswith(_BINARIES):
        return "binary"
    if re.search(rb"\d \d{1,5} obj\b", data[:HEAD]) and b"endobj" in data:
        return "pdf"  # the header is gone, the file is not
    return _textual(data)


def _is_bmp(data: bytes) -> bool:
    return data[:2] == b"BM" and len(data) > 26 and struct.unpack("<I", data[2:6])[0] == len(data)


def package_kind(names: Iterable[str]) -> str:
    """The kind of a zip file by the names of its members: `zip` where they are an archive's, `open` for OpenDocument."""
    names = set(names)
    if "[Content_Types].xml" in names or "word/document.xml" in names:
        if any(name.startswith("xl/") for name in names):
            return "spreadsheet"
        return "slides" if any(name.startswith("ppt/") for name in names) else "docx"
    return "open" if "mimetype" in names and ("content.xml" in names or "META-INF/container.xml" in names) else "zip"


def _package(data: bytes) -> str:
    """The kind of a zip file; where its directory is broken, by the names in its local headers."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            kind = package_kind(package.namelist())
    except (zipfile.BadZipFile, ValueError, struct.error, OSError, NotImplementedError):
        pattern = (
            rb"(?:word|xl|ppt)/[a-z]{1,20}\.xml|\[Content_Types\]\.xml|mimetype|content\.xml|META-INF/container\.xml"
        )
        kind = package_kind(match.decode("ascii") for match in re.findall(pattern, data))
    return _by_mimetype(data) if kind == "open" else kind


def _by_mimetype(data: bytes) -> str:
    # OpenDocument and EPUB store it first and uncompressed, so that it lies in the first bytes of the file.
    head = data[:200]
    if b"opendocument.text" in head:
        return "odt"
    if b"opendocument.spreadsheet" in head:
        return "spreadsheet"
    if b"opendocument.presentation" in head:
        return "slides"
    if b"application/epub" in head:
        return "ebook"
    return "odt"


def _compound(data: bytes) -> str:
    """The kind of an OLE compound file by the names in its directory, which are UTF-16."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("__properties_version1.0") or holds("__substg1.0_"):
        return "msg"
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook"):
        return "spreadsheet"
    return "slides" if holds("PowerPoint Document") else "ole"


def _textual(data: bytes) -> str:
    """The kind of a text by how it begins; `binary` where it is none."""
    head = _decoded(data[:HEAD])
    if head is None:
        return "binary"
    start = head.lstrip("\ufeff \t\r\n\x00")
    lower = start.lower()
    if start.startswith("{\\rtf"):
        return "rtf"
    if start[:1] in ("{", "[") and _is_json(data):
        return "json"
    if lower.startswith("<") and re.search(r"<!doctype html|<html[\s>]|<body[\s>]", lower):
        return "html"
    if lower.startswith("<?xml"):
        return "xml"
    if _is_mail(start):
        return "eml"
    if lower.startswith("<") and re.match(
        r"<(?:head|div|p|table|meta|title|style|h[1-6]|ul|center|font|span)[\s>]", lower
    ):
        return "html"
    return "xml" if re.match(r"<[a-z_][\w:.-]{0,60}(?:\s|>)", lower) and "</" in lower else "txt"


def _decoded(head: bytes) -> str | None:
    """The first characters, roughly; None where NULs or controls say that this is no text."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head.decode(encoding, errors="replace")
    zeros = head.count(0)
    if zeros:
        even, odd = head[::2].count(0), head[1::2].count(0)
        # UTF-16 without a mark: every other byte of Western text is zero.
        if max(even, odd) > 0.3 * (len(head) / 2) and min(even, odd) < 0.05 * (len(head) / 2):
            return head.decode("utf-16-be" if even > odd else "utf-16-le", errors="replace")
        if zeros > 0.02 * len(head) or zeros > 16:
            return None
    controls = sum(head.count(code) for code in (*range(1, 8), *range(14, 27), 28, 29, 30, 31))
    return None if controls > 0.05 * len(head) else head.decode("latin-1")


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _is_mail(start: str) -> bool:
    """Whether the text begins with the header of a message, and not with a letter's own From and To."""
    known = strong = 0
    for number, line in enumerate(start.splitlines()[:60]):
        if not line.strip():
            break
        if line[0] in " \t" and number:
            continue
        if number == 0 and line.startswith("From "):  # as mailboxes separate messages
            continue
        if _MAIL_FIELDS.match(line):
            known += 1
            strong += _STRONG_FIELDS.match(line) is not None
        elif not _ANY_FIELD.match(line):
            return False
    return known >= 2 and (strong > 0 or known >= 4)
