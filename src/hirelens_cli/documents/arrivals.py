"""Which files of a folder have arrived whole: those that are the same when looked at twice."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hirelens_cli.errors import InputError

_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp")
"""How browsers and file transfers name what they have not finished."""

State = dict[str, tuple[int, int]]
"""Of each file by its path: size in bytes, and when it was changed last."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the folder found."""

    settled: State
    """Files that were there, just so, at the look before."""
    moving: int
    """Files that are new or have changed since."""


class Arrivals:
    """Looks at a folder again and again, hidden and unfinished files left out; how often is the caller's to say."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before: State = {}

    def look(self) -> Seen:
        """What has settled since the look before; nothing at the first. Raises InputError where there is no such folder."""
        now = dict(self._files())
        settled = {path: state for path, state in now.items() if self._before.get(path) == state}
        self._before = now
        return Seen(settled, len(now) - len(settled))

    def _files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        if not self._folder.is_dir():
            raise InputError(f"there is no folder {self._folder}", "make it, or name the folder that files arrive in")
        for place, folders, names in os.walk(self._folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if name.startswith((".", "~$")) or name.lower().endswith(_UNFINISHED):
                    continue
                path = os.path.join(place, name)  # noqa: PTH118 - names may hold bytes that are no text
                try:
                    found = os.lstat(path)
                except FileNotFoundError:  # gone since it was listed
                    continue
                if stat.S_ISREG(found.st_mode):
                    yield path, (found.st_size, found.st_mtime_ns)
