"""Archives of documents: what a .zip holds, read in memory under limits; nothing is ever unpacked to a disk."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections import Counter
from typing import BinaryIO

from hirelens_cli.config import Limits
from hirelens_cli.documents.formats import package_kind
from hirelens_cli.model.issues import Status

_ENTRY_BYTES = 300
"""Bytes of directory that an entry may take on average before the directory itself counts as a bomb."""


class SourceError(Exception):
    """The archive as a whole, or one member of it, cannot be read: the status and the sentence for it."""

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class _Directory(io.BufferedReader):
    """A file that refuses to hand zipfile a central directory of more than `cap` bytes in one piece."""

    cap: int | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        if self.cap is not None and size is not None and size > self.cap:
            raise SourceError(Status.TOO_LARGE, f"an archive whose directory alone takes {size:,} bytes")
        return super().read(size)


def open_archive(file: BinaryIO, limits: Limits) -> zipfile.ZipFile | None:
    """The archive in `file`; None where the zip is a document itself, or none at all.

    Raises SourceError where there are more entries than limits.archive_entries.
    """
    directory = _Directory(file)  # type: ignore[arg-type]  # whatever reads into a buffer will do
    directory.cap = limits.archive_entries * _ENTRY_BYTES
    try:
        archive = zipfile.ZipFile(directory)
    except (zipfile.BadZipFile, ValueError, struct.error, OSError, NotImplementedError, EOFError):
        directory.detach()  # or the caller's file would be closed with it
        return None
    directory.cap = None
    names = archive.namelist()
    if package_kind(names) != "zip":
        directory.detach()
        return None
    if len(names) > limits.archive_entries:
        message = f"an archive of {len(names):,} entries, more than limits.archive_entries allows"
        raise SourceError(Status.TOO_LARGE, f"{message} ({limits.archive_entries:,})")
    return archive


def entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by name, in the order of its directory; a name that repeats gets `#2` and so on."""
    found: dict[str, zipfile.ZipInfo] = {}
    seen = Counter[str]()
    for info in archive.infolist():
        if not info.is_dir():
            seen[info.filename] += 1
            number = seen[info.filename]
            found[info.filename if number == 1 else f"{info.filename}#{number}"] = info
    return found


def contents(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, left: int) -> bytes:
    """The bytes of one file of an archive of which `left` more may be unpacked; raises SourceError."""
    if info.flag_bits & 0x1:
        raise SourceError(Status.ENCRYPTED, "protected by a password inside its archive")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise SourceError(Status.UNREADABLE, "a link inside an archive")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SourceError(Status.UNSUPPORTED, "packed by a method other than deflate")
    if info.file_size > limits.max_bytes:
        raise SourceError(
            Status.TOO_LARGE, f"{info.file_size:,} bytes, more than limits.max_bytes allows ({limits.max_bytes:,})"
        )
    if info.file_size > 1_000_000 and info.file_size > limits.ratio * max(1, info.compress_size):
        raise SourceError(Status.TOO_LARGE, f"unpacks to more than limits.ratio ({limits.ratio}) times its packed size")
    if info.file_size > left:
        raise SourceError(
            Status.TOO_LARGE, f"its archive unpacks to more than limits.archive_bytes ({limits.archive_bytes:,})"
        )
    try:
        with archive.open(info) as file:
            return file.read(info.file_size + 1)  # the declared size binds, whatever the stream would give
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        struct.error,
        RuntimeError,
        NotImplementedError,
    ):
        raise SourceError(Status.MALFORMED, "damaged inside its archive") from None
