"""Where results go: stdout, or a file that is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hirelens_cli.errors import OutputError


def check_output(path: Path | None, *, folder: bool = False) -> None:
    """Say before the work that `path`, a file or a `folder` of them, cannot be written, not after it. Raises OutputError."""
    if path is None:
        return
    if folder and path.exists() and not path.is_dir():
        raise OutputError(f"--output {path} is no folder", "end the name in .parquet for a single file")
    if not folder and path.is_dir():
        raise OutputError(f"--output {path} is a folder", "give the name of a file")
    if not path.parent.is_dir():
        raise OutputError(f"there is no folder {path.parent}", f"make it first: mkdir -p {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise OutputError(f"the folder {path.parent} is not writable", "choose another place with --output")


def write_files(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Each (path below `folder`, data), whole or not at all; other files there stay. Raises OutputError."""
    for name, data in files:
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, data)
        except OSError as error:
            raise OutputError(f"cannot write {path}: {error.strerror}", "files written before it are whole") from error


def write_result(data: bytes, path: Path | None) -> None:
    """All of `data` to stdout, or to `path` through a temporary file beside it. Raises OutputError."""
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        _replace(path, data)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}", "nothing was changed there") from error


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes 0600; a file that is there keeps its mode, a new one gets what the umask leaves.
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
