"""Frozen records to JSON bytes and back, typed. The one home of msgspec."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class CodecError(ValueError):
    """The bytes are not a record of the type asked for."""


def encode(record: Any, other: Callable[[Any], Any] | None = None) -> bytes:
    """Compact JSON of a frozen record, fields in their declared order: equal records give equal bytes.

    `other` turns what JSON has no form for into something that it has.
    """
    return msgspec.json.encode(record, enc_hook=other)


def decode(data: bytes | str, kind: type[T], other: Callable[[type, Any], Any] | None = None) -> T:
    """The record of type `kind` in JSON `data`; `other` undoes `encode`'s. Raises CodecError where it does not fit."""
    try:
        return msgspec.json.decode(data, type=kind, dec_hook=other)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CodecError(f"not a {kind.__name__}") from error


def indented(data: bytes) -> bytes:
    """The same JSON, two spaces per level, for people to read."""
    return msgspec.json.format(data, indent=2)
