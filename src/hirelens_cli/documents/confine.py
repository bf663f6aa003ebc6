"""What a reader process may do: compute, answer, and read the interpreter's own files. Nothing else, by the kernel's word.

Three layers, each used where the system has it: resource limits (any Unix), Landlock (Linux 5.13; the file system, TCP
from 6.7, signals from 6.12) and a filter of system calls (Linux on x86-64 and arm64; see seccomp.py). A layer that is
there and cannot be applied stops the reader; one that is not there is named by `layers`.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from hirelens_cli.documents import seccomp

if sys.platform != "win32":
    import resource

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_SIGKILL = 9  # Windows has no name for it

# Landlock has the same numbers on every architecture.
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_VERSION, _LANDLOCK_PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3


@dataclass(frozen=True, slots=True)
class Layer:
    """One protection and whether this system gives it."""

    name: str
    active: bool
    detail: str


class Profile(Enum):
    """How a process is confined."""

    NONE = "none"
    READER = "reader"
    """It starts nothing and writes nothing but its answers."""
    CONVERTER = "converter"
    """It has a helper, as a Grant says: one program that it may start, or a library with models of its own."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a process that starts a program may do beyond what a reader may."""

    folder: str
    """Where it may write, this many bytes a file."""
    file_bytes: int
    reads: tuple[str, ...]
    """Files and folders; those that are not there are passed over."""
    starts: tuple[str, ...]
    """Files and folders of programs; none for a library that works in this process, on threads where it wants."""
    memory_bytes: int = 0
    """Address space where it takes more than a reader's."""
    cpu_seconds: int = 0
    """CPU time for one document where it takes more than a reader's."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Resource limits of one reader process."""

    memory_bytes: int
    """Address space."""
    cpu_seconds: int
    """Of the whole process, as a backstop for the time limit on each document."""
    grant: Grant | None = None
    """For a process that starts a converter."""


class HelperNeeded(BaseException):
    """A document wants a helper that this reader may not have; `command` is the helper's in reader_process.HELPERS.

    No `Exception`, because what catches those takes them for damage in the document.
    """

    def __init__(self, command: bytes) -> None:
        super().__init__(command)
        self.command = command


applied = Profile.NONE
"""How this process is confined."""


class ConfineError(OSError):
    """A layer that this system has could not be applied."""


def layers() -> tuple[Layer, ...]:
    """Every protection, used or missing; nothing is applied."""
    version = landlock_version()
    rules = "reads only the interpreter's files" + ("; no TCP" if version >= 4 else "")
    rules += "; no signals to others" if version >= 6 else ""
    return (
        Layer("limits", sys.platform != "win32", "memory, CPU time, files and processes of a reader (setrlimit)"),
        Layer("landlock", version > 0, f"ABI {version}: {rules}" if version else "this system has none"),
        Layer(
            "seccomp",
            seccomp.available(),
            "system calls outside an allow list are refused"
            if seccomp.available()
            else "this system or processor has none",
        ),
        Layer("parent", sys.platform == "linux", "a reader is killed when its parent ends"),
    )


def die_with_parent(parent: int, by: int = _SIGKILL) -> None:
    """Have the kernel send this process the signal `by` when `parent`, which started it, ends; a no-op beyond Linux."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, by, "parent")
    if os.getppid() != parent:
        raise SystemExit(1)


def start_nothing() -> None:
    """Have the system refuse further processes to this one's user; a superuser's it does not count."""
    _lower(resource.RLIMIT_NPROC, 0)


def ruleset(grant: Grant | None = None) -> int | None:
    """A Landlock ruleset that allows to read the interpreter's files and what is granted, as a descriptor.

    None without Landlock. Made once, before readers are forked, so that a reader needs one call to obey it.
    """
    version = landlock_version()
    if not version:
        return None
    handled = (1 << 13) - 1 | (1 << 13 if version >= 2 else 0) | (1 << 14 if version >= 3 else 0)
    handled |= 1 << 15 if version >= 5 else 0
    attribute = struct.pack("<QQQ", handled, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    attribute = attribute[: 24 if version >= 6 else 16 if version >= 4 else 8]
    descriptor = _checked(_libc().syscall(_LANDLOCK_CREATE, attribute, len(attribute), 0), "landlock")
    allowed = [(path, _READ_FILE | _READ_DIR) for path in _readable()]
    if grant:
        allowed += [(path, _READ_FILE | _READ_DIR) for path in grant.reads]
        allowed += [(path, _READ_FILE | _READ_DIR | _EXECUTE) for path in grant.starts]
        allowed += [("/dev/null", _READ_FILE | _WRITE_FILE), (grant.folder, handled & ~_EXECUTE)]
    for path, access in allowed:
        if Path(path).exists():
            _allow(descriptor, path, access)
    return descriptor


def _allow(rules: int, path: str, access: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not Path(path).is_dir():
            access &= _EXECUTE | _WRITE_FILE | _READ_FILE
        rule = struct.pack("<Qi", access, place)
        _checked(_libc().syscall(_LANDLOCK_ADD, rules, _LANDLOCK_PATH_BENEATH, rule, 0), "landlock")
    finally:
        os.close(place)


def confine(bounds: Bounds, rules: int | None) -> None:
    """Apply every layer to this process, for good. `rules` comes from `ruleset`; raises ConfineError.

    With a grant in `bounds` the rules are made here, and the filter refuses what no converter needs instead of
    allowing what a reader does: programs differ too much for an allow list.
    """
    global applied
    applied = Profile.CONVERTER if bounds.grant else Profile.READER
    if bounds.grant:
        rules = ruleset(bounds.grant)
    _limit(bounds)
    if sys.platform != "linux":
        return
    _prctl(_PR_SET_NO_NEW_PRIVS, 1, "no_new_privs")
    if rules is not None:
        _checked(_libc().syscall(_LANDLOCK_RESTRICT, rules, 0), "landlock")
        os.close(rules)
    if seccomp.available():
        _filter_calls(seccomp.refusing() if bounds.grant else seccomp.allowing())


def _limit(bounds: Bounds) -> None:
    if sys.platform == "win32":
        return
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, bounds.grant.file_bytes if bounds.grant else 0)
    _lower(resource.RLIMIT_CPU, bounds.cpu_seconds)
    _lower(resource.RLIMIT_NOFILE, 256 if bounds.grant else 64)
    if not bounds.grant:
        start_nothing()
    if sys.platform == "linux":  # macOS takes the limit and does not keep it
        _lower(resource.RLIMIT_AS, max(bounds.memory_bytes, bounds.grant.memory_bytes if bounds.grant else 0))


def _lower(what: int, value: int) -> None:
    _, most = resource.getrlimit(what)
    value = value if most == resource.RLIM_INFINITY else min(value, most)
    resource.setrlimit(what, (value, value))


@lru_cache(maxsize=1)
def landlock_version() -> int:
    """The ABI of the kernel's Landlock; 0 without."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc().syscall(_LANDLOCK_CREATE, None, 0, _LANDLOCK_VERSION)))


def _readable() -> Iterator[str]:
    """Folders of code that a reader may import from late: the interpreter's, installed packages, and this one."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    folders = {sysconfig.get_path(name) for name in names}
    folders |= {path for path in sys.path if path.endswith(("site-packages", "dist-packages"))}
    folders.add(str(Path(__file__).parents[1]))
    return (path for path in sorted(folders) if Path(path).is_dir())


def _filter_calls(program: bytes) -> None:
    code = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(code)))
    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, "seccomp", ctypes.addressof(header))


@lru_cache(maxsize=1)
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, argument: int, layer: str, more: int = 0) -> None:
    words = (ctypes.c_ulong(word) for word in (argument, more, 0, 0))  # plain ints would pass as 32 bits
    _checked(_libc().prctl(option, *words), layer)


def _checked(result: int, layer: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise ConfineError(number, f"{layer}: {os.strerror(number)}")
    return result
