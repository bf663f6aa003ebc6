"""The filters of system calls as programs for the kernel: one that allows what reading needs, one that refuses what no converter needs.

Nothing is applied here; confine.py does that.
"""

from __future__ import annotations

import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_NEWEST_KNOWN = 334
"""Above this number a refused call says `no such call`, so that the C library falls back to an older one."""

# System calls that reading needs, x86-64 and arm64 (None: not there). Those with a condition follow below.
_CALLS: tuple[tuple[int | None, int | None], ...] = (
    (0, 63),  # read
    (1, 64),  # write
    (17, 67),  # pread64
    (9, 222),  # mmap
    (11, 215),  # munmap
    (12, 214),  # brk
    (25, 216),  # mremap
    (28, 233),  # madvise
    (10, 226),  # mprotect
    (202, 98),  # futex
    (38, 103),  # setitimer
    (98, 165),  # getrusage
    (3, 57),  # close
    (5, 80),  # fstat
    (262, 79),  # newfstatat
    (332, 291),  # statx
    (4, None),  # stat
    (6, None),  # lstat
    (8, 62),  # lseek
    (19, 65),  # readv
    (20, 66),  # writev
    (13, 134),  # rt_sigaction
    (14, 135),  # rt_sigprocmask
    (15, 139),  # rt_sigreturn
    (131, 132),  # sigaltstack
    (21, None),  # access
    (269, 48),  # faccessat
    (439, 439),  # faccessat2
    (217, 61),  # getdents64
    (89, None),  # readlink
    (267, 78),  # readlinkat
    (79, 17),  # getcwd
    (39, 172),  # getpid
    (186, 178),  # gettid
    (102, 174),  # getuid
    (107, 175),  # geteuid
    (104, 176),  # getgid
    (108, 177),  # getegid
    (228, 113),  # clock_gettime
    (229, 114),  # clock_getres
    (96, 169),  # gettimeofday
    (201, None),  # time
    (318, 278),  # getrandom
    (100, 153),  # times
    (24, 124),  # sched_yield
    (204, 123),  # sched_getaffinity
    (63, 160),  # uname
    (99, 179),  # sysinfo
    (97, 163),  # getrlimit
    (35, 101),  # nanosleep
    (230, 115),  # clock_nanosleep
    (7, None),  # poll
    (271, 73),  # ppoll
    (219, 128),  # restart_syscall
    (334, 293),  # rseq
    (273, 99),  # set_robust_list
    (60, 93),  # exit
    (231, 94),  # exit_group
)
_OPENAT, _OPEN, _TGKILL, _PRLIMIT = (257, 56), (2, None), (234, 131), (302, 261)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | 0o20000000  # the last is O_TMPFILE
# For a process that starts a converter: network, tracing, other processes' memory, mounts, modules, keys, rings.
_NEVER: tuple[tuple[int | None, int | None], ...] = (
    (41, 198),  # socket
    (53, 199),  # socketpair
    (42, 203),  # connect
    (49, 200),  # bind
    (50, 201),  # listen
    (101, 117),  # ptrace
    (310, 270),  # process_vm_readv
    (311, 271),  # process_vm_writev
    (165, 40),  # mount
    (166, 39),  # umount2
    (155, 41),  # pivot_root
    (161, 51),  # chroot
    (272, 97),  # unshare
    (308, 268),  # setns
    (321, 280),  # bpf
    (298, 241),  # perf_event_open
    (175, 105),  # init_module
    (313, 273),  # finit_module
    (246, 104),  # kexec_load
    (248, 217),  # add_key
    (249, 218),  # request_key
    (250, 219),  # keyctl
    (304, 265),  # open_by_handle_at
    (323, 282),  # userfaultfd
    (425, 425),  # io_uring_setup
    (438, 438),  # pidfd_getfd
)
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7), "arm64": (1, 0xC00000B7)}


def available() -> bool:
    """Whether this system filters system calls and the tables know its processor."""
    return (
        sys.platform == "linux"
        and platform.machine() in _ARCHITECTURES
        and struct.calcsize("P") == 8
        and Path("/proc/sys/kernel/seccomp/actions_avail").exists()
    )


def allowing() -> bytes:
    """A program that refuses every call that reading does not need; for this process alone."""
    column, start = _start()
    return b"".join((*start, *_allowed(column)))


def refusing() -> bytes:
    """A program that refuses what no converter needs: programs differ too much for an allow list."""
    column, start = _start()
    return b"".join((*start, *_refused(column)))


def _start() -> tuple[int, tuple[bytes, ...]]:
    """The column of the tables for this processor, and the beginning of each filter: no call of another architecture."""
    column, architecture = _ARCHITECTURES[platform.machine()]
    return column, (_load(4), _if_equal(architecture, 1, 0), _answer(_REFUSE | errno.EPERM), _load(0))


def _refused(column: int) -> Iterator[bytes]:
    for numbers in _NEVER:
        number = numbers[column]
        if number is not None:
            yield _if_equal(number, 0, 1)
            yield _answer(_REFUSE | errno.EPERM)
    yield struct.pack("<HBBI", 0x35, 0, 1, 0x40000000)  # jump if at least: the calls of the x32 interface
    yield _answer(_REFUSE | errno.ENOSYS)
    yield _answer(_ALLOW)


def _allowed(column: int) -> Iterator[bytes]:
    """First match decides; arguments are compared by their lower halves."""
    for numbers in _CALLS:
        number = numbers[column]
        if number is not None:
            yield _if_equal(number, 0, 1)
            yield _answer(_ALLOW)
    for numbers, flags in ((_OPENAT, 2), (_OPEN, 1)):
        number = numbers[column]
        if number is not None:
            yield _if_equal(number, 0, 4)
            yield _load(16 + 8 * flags)
            yield _if_any(_WRITING, 0, 1)
            yield _answer(_REFUSE | errno.EPERM)
            yield _answer(_ALLOW)
    number = _TGKILL[column]
    if number is not None:  # abort() signals its own process
        yield _if_equal(number, 0, 4)
        yield _load(16)
        yield _if_equal(os.getpid(), 0, 1)
        yield _answer(_ALLOW)
        yield _answer(_REFUSE | errno.EPERM)
    number = _PRLIMIT[column]
    if number is not None:  # reading one's own limits: no process named, no new limit
        yield _if_equal(number, 0, 8)
        for half in (16, 32, 36):
            yield _load(half)
            yield _if_equal(0, 0, 5 - (half > 16) * 2 - (half > 32) * 2)
        yield _answer(_ALLOW)
        yield _answer(_REFUSE | errno.EPERM)
    yield struct.pack("<HBBI", 0x25, 0, 1, _NEWEST_KNOWN)  # jump if greater
    yield _answer(_REFUSE | errno.ENOSYS)
    yield _answer(_REFUSE | errno.EPERM)


def _load(offset: int) -> bytes:
    return struct.pack("<HBBI", 0x20, 0, 0, offset)


def _if_equal(value: int, then: int, otherwise: int) -> bytes:
    """Skip `then` instructions where the loaded word is `value`, else `otherwise`."""
    return struct.pack("<HBBI", 0x15, then, otherwise, value)


def _if_any(bits: int, then: int, otherwise: int) -> bytes:
    """Skip `then` instructions where any of the bits is set, else `otherwise`."""
    return struct.pack("<HBBI", 0x45, then, otherwise, bits)


def _answer(value: int) -> bytes:
    return struct.pack("<HBBI", 0x06, 0, 0, value)
