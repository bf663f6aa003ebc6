"""Installed programs that read what we cannot, and how one is started: alone, told little, ended with its reader.

Only in a process that may: a reader is confined so that it starts nothing, and says with `HelperNeeded` that the
document wants a reader that is confined for one converter (see sandbox.py).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from hirelens_cli.config import Limits
from hirelens_cli.documents import confine
from hirelens_cli.documents.assemble import Refused
from hirelens_cli.documents.confine import Grant, HelperNeeded, Profile
from hirelens_cli.model.issues import Status

if sys.platform != "win32":
    import resource

COMMAND = b"C"
"""Of converters among the helpers, see reader_process.HELPERS."""

PROGRAMS = ("catdoc", "antiword", "soffice")
"""Programs that can read DOC, best first: of 49 test files catdoc found text in all, antiword in 45."""

_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/locale", "/etc/ld.so.cache")
_LOADERS = ("lib*/ld-*", "lib*/*/ld-*", "usr/lib*/ld-*")
"""What starts a program that uses shared libraries; the kernel executes it too."""
_SETTINGS = {"catdoc": ("/etc/catdocrc",), "soffice": ("/etc/alternatives", "/etc/fonts", "/etc/libreoffice")}
_SCRIPTS = {"soffice": ("/usr", "/bin", "/lib", "/lib64", "/opt")}
"""LibreOffice begins as a shell script, and starts several programs."""


@dataclass(frozen=True, slots=True)
class Converter:
    """An installed program, and what the system must let it do."""

    name: str
    path: str
    reads: tuple[str, ...]
    """Files and folders: its own data and settings, and shared libraries."""
    starts: tuple[str, ...]
    """Files and folders of programs: itself and its loader."""


def installed() -> Converter | None:
    """The best of PROGRAMS that is installed; None without any."""
    for name in PROGRAMS:
        path = shutil.which(name)
        if path:
            return Converter(name, path, _reads(name, path), _starts(name, path))
    return None


def _reads(name: str, path: str) -> tuple[str, ...]:
    """A program in prefix/bin has its data in prefix/share, as those of a distribution and of one's own do."""
    own = Path(path).resolve().parents[1] / "share" / name
    return (path, str(own), *_LIBRARIES, *_SETTINGS.get(name, ()))


def _starts(name: str, path: str) -> tuple[str, ...]:
    loaders = sorted(str(found) for pattern in _LOADERS for found in Path("/").glob(pattern))
    return (path, *loaders, *_SCRIPTS.get(name, ()))


def grant(folder: str, limits: Limits) -> Grant | None:
    """What a reader with the private `folder` may do to start the installed converter; None where none is installed."""
    converter = installed()
    return Grant(folder, limits.package_bytes, converter.reads, converter.starts) if converter else None


def startable() -> Converter | None:
    """The installed converter, in a process that is confined for it; elsewhere None, without limits nothing is started.

    (catdoc took 20 GB for one damaged file.) Raises HelperNeeded in a reader, where a converter is installed.
    """
    if confine.applied is Profile.NONE:
        return None
    converter = installed()
    if converter and confine.applied is Profile.READER:
        raise HelperNeeded(COMMAND)
    return converter


def converted(converter: Converter, arguments: list[str], folder: Path, limits: Limits) -> bytes:
    """What the program prints, working in `folder`; raises Refused where it fails and prints nothing, OSError where it does not start."""
    reader = os.getpid()

    def prepare() -> None:
        confine.die_with_parent(reader)
        if converter.name not in _SCRIPTS:
            confine.start_nothing()

    # No time-out: CPU time is limited, and the clock is for the sandbox to watch. A busy machine changes no outcome.
    done = subprocess.run(  # noqa: S603 - the program is one of PROGRAMS, its arguments are ours
        [converter.path, *arguments],
        cwd=folder,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        preexec_fn=prepare,  # a reader has one thread, so this is safe
    )
    if done.returncode < 0:
        raise _ended(converter, -done.returncode, limits)
    if done.returncode and not done.stdout.strip():
        raise Refused(Status.MALFORMED, f"{converter.name} could not read it")
    return done.stdout


def _ended(converter: Converter, number: int, limits: Limits) -> Refused:
    """Why a signal ended a converter."""
    if number not in (signal.SIGKILL, signal.SIGXCPU):
        return Refused(Status.CRASHED, f"{converter.name} crashed ({signal.Signals(number).name})")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if used.ru_utime + used.ru_stime < limits.cpu_seconds:
        return Refused(Status.MEMORY, f"{converter.name} takes more memory than there is")
    return Refused(
        Status.TIMEOUT, f"{converter.name} takes more than limits.cpu_seconds ({limits.cpu_seconds}) of CPU time"
    )
