"""Compound files, in which programs of before 2007 keep several streams in one file."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import NamedTuple

from hirelens_cli.documents.assemble import Refused
from hirelens_cli.model.issues import Status

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free, part of the tables."""
_DAMAGED = "its container is damaged"
_DEEPEST = 20
"""Storages within storages."""


class _Entry(NamedTuple):
    """One line of the directory."""

    name: str
    kind: int
    """1 a storage, 2 a stream, 5 the root; 0 unused."""
    left: int
    right: int
    child: int
    start: int
    size: int


def streams(data: bytes, is_wanted: Callable[[str], bool], most: int) -> dict[str, bytes]:
    """The streams whose path (`storage/stream`) is wanted, by path, in the order of their paths.

    After [MS-CFB]. Raises Refused for damage, and where they hold more than `most` bytes together.
    """
    if not data.startswith(SIGNATURE) or len(data) < 1536:
        raise Refused(Status.MALFORMED, _DAMAGED)
    try:
        return _streams(data, is_wanted, most)
    except (struct.error, IndexError) as error:
        raise Refused(Status.MALFORMED, _DAMAGED) from error


def _streams(data: bytes, is_wanted: Callable[[str], bool], most: int) -> dict[str, bytes]:
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise Refused(Status.MALFORMED, _DAMAGED)
    size = 1 << shift
    directory, cutoff, small_table = (struct.unpack_from("<I", data, place)[0] for place in (48, 56, 60))
    table = _allocation(data, size)
    entries = _entries(_chain(data, size, table, directory, len(data)))
    small_sectors = _numbers(_chain(data, size, table, small_table, len(data)))
    small_stream = _chain(data, size, table, entries[0].start, len(data))
    found: dict[str, bytes] = {}
    for path, entry in sorted(_paths(entries).items()):
        if not is_wanted(path):
            continue
        most -= entry.size
        if most < 0:
            raise Refused(Status.TOO_LARGE, "it holds more than a resume can", "raise limits.package_bytes")
        if entry.size < cutoff:
            found[path] = _small(small_stream, small_sectors, entry.start, entry.size)
        else:
            found[path] = _chain(data, size, table, entry.start, entry.size)[: entry.size]
    return found


def _entries(directory: bytes) -> list[_Entry]:
    found: list[_Entry] = []
    for place in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, place + 64)
        left, right, child = struct.unpack_from("<3I", directory, place + 68)
        start, size = struct.unpack_from("<II", directory, place + 116)
        name = directory[place : place + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        found.append(_Entry(name, kind, left, right, child, start, size))
    return found


def _paths(entries: list[_Entry]) -> dict[str, _Entry]:
    """The streams by path; each storage holds a tree of siblings."""
    found: dict[str, _Entry] = {}
    seen: set[int] = set()
    waiting = [(entries[0].child, "")]
    while waiting:
        number, folder = waiting.pop()
        if number >= len(entries) or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        waiting += ((entry.left, folder), (entry.right, folder))
        if entry.kind == 1 and folder.count("/") < _DEEPEST:
            waiting.append((entry.child, f"{folder}{entry.name}/"))
        elif entry.kind == 2:
            found.setdefault(f"{folder}{entry.name}", entry)
    return found


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _allocation(data: bytes, size: int) -> tuple[int, ...]:
    """The table that says which sector follows which."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    following = struct.unpack_from("<I", data, 68)[0]
    seen = 0
    while following < _END and seen <= len(data) // size:
        more = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        sectors += more[:-1]
        following = more[-1]
        seen += 1
    table = b"".join(data[(number + 1) * size : (number + 2) * size] for number in sectors if number < _END)
    return _numbers(table[: len(data)])


def _chain(data: bytes, size: int, table: tuple[int, ...], start: int, most: int) -> bytes:
    """The bytes of the sectors from `start` on, up to about `most`; a loop or a hole ends them."""
    parts: list[bytes] = []
    length = 0
    while start < len(table) and length < most and len(parts) <= len(table):
        parts.append(data[(start + 1) * size : (start + 2) * size])
        length += size
        start = table[start]
    return b"".join(parts)


def _small(stream: bytes, table: tuple[int, ...], start: int, length: int) -> bytes:
    parts: list[bytes] = []
    while start < len(table) and len(parts) * 64 < length:
        parts.append(stream[start * 64 : start * 64 + 64])
        start = table[start]
    return b"".join(parts)[:length]
