"""Outlook messages (MSG): their body and attachments, read from the streams that hold them. After [MS-OXMSG]."""

from __future__ import annotations

import re
from typing import NamedTuple

from hirelens_cli.documents.compound import streams
from hirelens_cli.documents.encodings import decoded

_PROPERTY = re.compile(
    r"((?:__attach_version1\.0_#[0-9A-Fa-f]{8}/(?:__substg1\.0_3701000D/)?){0,20})__substg1\.0_([0-9A-F]{4})(001F|001E|0102)"
)
_BODY, _HTML, _CONTENT, _LONG_NAME, _NAME, _CONTENT_ID = "1000", "1013", "3701", "3707", "3704", "3712"
_WANTED = frozenset((_BODY, _HTML, _CONTENT, _LONG_NAME, _NAME, _CONTENT_ID))


class OutlookMessage(NamedTuple):
    """What a message says and brings along."""

    html: str
    plain: str
    attachments: tuple[tuple[str, bytes], ...]
    """File name and content, in their order; those of messages within the message included."""


def open_outlook(data: bytes, most: int) -> OutlookMessage:
    """The message in the bytes of an MSG; raises Refused for damage and for more than `most` bytes of content."""
    texts: dict[tuple[str, str], str] = {}
    contents: dict[str, bytes] = {}
    for path, stream in streams(data, _is_wanted, most).items():
        match = _PROPERTY.fullmatch(path)
        assert match is not None
        place, name, kind = match.groups()
        if name == _CONTENT:
            contents[place] = stream
        elif kind == "001F":
            texts[place, name] = stream.decode("utf-16-le", "replace")
        else:
            texts.setdefault((place, name), decoded(stream))
    html = texts.get(("", _HTML), "")
    found = []
    for place, content in contents.items():
        mark = texts.get((place, _CONTENT_ID), "")
        is_picture_of_body = bool(mark) and f"cid:{mark}" in html
        if content and not is_picture_of_body:
            found.append((texts.get((place, _LONG_NAME)) or texts.get((place, _NAME), ""), content))
    return OutlookMessage(html, texts.get(("", _BODY), ""), tuple(found))


def _is_wanted(path: str) -> bool:
    match = _PROPERTY.fullmatch(path)
    return match is not None and match[2] in _WANTED
