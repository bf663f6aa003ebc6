"""Whether the files of a finished run are the bytes that were written: a flipped bit must never become a wrong shortlist."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hirelens_cli.engine.workspace import write_atomically
from hirelens_cli.errors import StoreError
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.results import RunRecord

_SEAL, RECORD = "seal.json", "run.json"


@dataclass(frozen=True, slots=True)
class Seal:
    """The SHA-256 of each file of a run."""

    digest: str
    """Of the run's tables, as in its record: a seal of other tables, such as those before an erasure, says nothing."""
    files: Mapping[str, str]


def seal(folder: Path, record: RunRecord) -> None:
    """Seal all files of a run and the record that it is about to have."""
    files = [path for path in sorted(folder.glob("[!.]*")) if path.name not in (_SEAL, RECORD)]
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    sums[RECORD] = hashlib.sha256(encode(record)).hexdigest()
    write_atomically(folder / _SEAL, encode(Seal(record.digest, sums)))


def sealed_bytes(folder: Path, name: str) -> bytes:
    """A file of a run; raises StoreError where it cannot be read or is not what was sealed."""
    try:
        data = (folder / name).read_bytes()
    except OSError as error:
        raise _damaged(folder, name) from error
    known = _sums(folder)
    if name in known and hashlib.sha256(data).hexdigest() != known[name]:
        raise _damaged(folder, name)
    return data


def require_intact(folder: Path) -> None:
    """Raises StoreError where a file of a run is not what was sealed, or is gone."""
    for name in _sums(folder):
        sealed_bytes(folder, name)


def _sums(folder: Path) -> Mapping[str, str]:
    """The sums that count; none for a run of an earlier version, and for one that was rewritten since."""
    try:
        found = decode((folder / _SEAL).read_bytes(), Seal)
        record = decode((folder / RECORD).read_bytes(), RunRecord)
    except FileNotFoundError:
        return {}
    except (OSError, CodecError) as error:
        raise _damaged(folder, _SEAL) from error
    return found.files if found.digest == record.digest else {}


def _damaged(folder: Path, name: str) -> StoreError:
    return StoreError(
        f"the results of run {folder.name} are damaged: {name}",
        f"run rank again as it was, or remove {folder} and run anything else",
    )
