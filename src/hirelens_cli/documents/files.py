"""Files opened without following links or waiting for anybody, and read once."""

from __future__ import annotations

import errno
import io
import os
import stat

from hirelens_cli.config import Limits
from hirelens_cli.documents.archives import SourceError
from hirelens_cli.model.issues import Status

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def open_file(location: bytes) -> io.FileIO:
    """The regular file at a path whose last part is no link; raises OSError for anything else, and never waits."""
    if not stat.S_ISREG(os.lstat(location).st_mode):  # before it is opened: opening a device can do something
        raise OSError(errno.EINVAL, "not a regular file")
    file = io.FileIO(os.open(location, _FLAGS), closefd=True)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "not a regular file")
    return file


def read_file(file: io.FileIO, limits: Limits) -> bytes:
    """All bytes from the start of the file; raises SourceError above limits.max_bytes, however fast the file grows."""
    size = os.fstat(file.fileno()).st_size
    data = b""
    if size <= limits.max_bytes:
        file.seek(0)
        data = file.read(size + 1)
        while len(data) > size and len(data) <= limits.max_bytes:  # it has grown since
            size = len(data)
            data += file.read(limits.max_bytes + 1 - size)
    if max(size, len(data)) > limits.max_bytes:
        message = f"{max(size, len(data)):,} bytes, more than limits.max_bytes allows ({limits.max_bytes:,})"
        raise SourceError(Status.TOO_LARGE, message)
    return data


def reason(error: OSError) -> str:
    """Why the system refused, in its own words and without the path."""
    return (error.strerror or type(error).__name__).lower()
