"""Frozen records to JSON bytes and back, typed. The one home of msgspec."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class CodecError(ValueError):
    """The bytes are not a record of the type asked for."""


def encode(record: Any) -> bytes:
    """Compact JSON of a frozen record, fields in their declared order: equal records give equal bytes."""
    return msgspec.json.encode(record)


def decode(data: bytes | str, kind: type[T]) -> T:
    """The record of type `kind` in JSON `data`; raises CodecError where it does not fit."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CodecError(f"not a {kind.__name__}") from error


def indented(data: bytes) -> bytes:
    """The same JSON, two spaces per level, for people to read."""
    return msgspec.json.format(data, indent=2)
