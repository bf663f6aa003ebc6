"""Ten things that a reader must not be able to do, each shown to work without the confinement."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hirelens_cli.documents.confine import landlock_version, layers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's")

PROBE = r"""
import ctypes, json, os, signal, socket, subprocess, sys, time

folder, confined, uid = sys.argv[1], sys.argv[2] == "confined", int(sys.argv[3])
sys.path[:] = json.loads(sys.argv[4])
import encodings.idna, resource, threading
from hirelens_cli.documents import confine

rules = confine.ruleset()  # first: the interpreter may lie where only root can look
libc = ctypes.CDLL(None, use_errno=True)
if uid != os.geteuid():
    os.setgroups([]); os.setgid(uid); os.setuid(uid)
    libc.prctl(4, 1, 0, 0, 0)  # PR_SET_DUMPABLE: setuid cleared it, and the control could trace nothing
victim = os.fork()
if victim == 0:
    time.sleep(300)
    os._exit(0)
listener = socket.create_server(("127.0.0.1", 0))
local = os.path.join(folder, f"socket{uid}{confined}")
unix = socket.socket(socket.AF_UNIX); unix.bind(local); unix.listen()
libc.ptrace.argtypes = [ctypes.c_long] * 4
libc.ptrace.restype = ctypes.c_long
reading, writing = os.pipe()

def unix_socket():
    with socket.socket(socket.AF_UNIX) as made: made.connect(local)

def udp():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made: made.sendto(b"x", ("127.0.0.1", 9))

def ptrace():
    if libc.ptrace(16, victim, 0, 0): raise OSError(ctypes.get_errno(), "ptrace")
    os.waitpid(victim, 0)
    libc.ptrace(17, victim, 0, 0)

def fork():
    child = os.fork()
    if child == 0: os._exit(0)
    os.waitpid(child, 0)

def thread():
    made = threading.Thread(target=int); made.start(); made.join()

def more_memory():
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))

actions = {
    "read a file": lambda: open("/etc/passwd").read(),
    "list a folder": lambda: os.listdir("/"),
    "write a file": lambda: open(os.path.join(folder, f"written{uid}"), "w").close(),
    "make a link": lambda: os.symlink("/etc/passwd", os.path.join(folder, f"link{uid}{confined}")),
    "remove a file": lambda: os.unlink(local),
    "read the parent's environment": lambda: open(f"/proc/{parent}/environ", "rb").read(),
    "connect by TCP": lambda: socket.create_connection(listener.getsockname(), 5).close(),
    "send by UDP": udp,
    "connect to a local socket": unix_socket,
    "make a process": fork,
    "start a thread": thread,
    "execute a program": lambda: subprocess.run(["/bin/true"], check=True),
    "trace a process": ptrace,
    "signal a process": lambda: os.kill(victim, signal.SIGCONT),
    "change its own limits": more_memory,
    "make an anonymous file": lambda: os.close(os.memfd_create("x")),
}
if not confined: actions["remove a file"], actions["connect to a local socket"] = unix_socket, lambda: os.unlink(local)

parent = os.getpid()
reader = os.fork()
if reader == 0:
    os.close(reading)
    if confined:
        confine.confine(confine.Bounds(1 << 30, 20), rules)
    results = {}
    for name, action in actions.items():
        try:
            action()
            results[name] = "done"
        except Exception as error:
            results[name] = f"{type(error).__name__}: {error}"
    try:
        import colorsys, encodings.shift_jis
        results["import late"] = "done"
    except ImportError as error:
        results["import late"] = str(error)
    os.write(writing, json.dumps(results).encode())
    os._exit(0)
os.close(writing)
print(os.fdopen(reading).read())
os.kill(victim, signal.SIGKILL)
"""


def probe(folder: Path, how: str, user: int) -> dict[str, str]:
    arguments = [str(folder), how, str(user), json.dumps(sys.path)]
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, timeout=300, check=True
    )
    results: dict[str, str] = json.loads(done.stdout)
    assert len(results) == 17
    return results


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.chmod(0o777)
    for parent in tmp_path.parents[:3]:  # pytest's folders are private; another user must come through
        if os.geteuid() == parent.stat().st_uid:
            parent.chmod(parent.stat().st_mode | 0o011)
    return tmp_path


@pytest.mark.skipif(landlock_version() < 1, reason="no Landlock here")
@pytest.mark.parametrize("user", [os.geteuid(), 65534])
def test_forbidden_actions_are_denied_that_work_without_the_sandbox(folder: Path, user: int) -> None:
    if user != os.geteuid() and os.geteuid() != 0:
        pytest.skip("only root can become another user")
    free, confined = probe(folder, "free", user), probe(folder, "confined", user)
    assert {name: result for name, result in free.items() if result != "done" and name != "import late"} == {}
    allowed = [name for name, result in confined.items() if result == "done"]
    assert allowed == (["import late"] if free["import late"] == "done" else [])
    kinds = {result.partition(":")[0] for name, result in confined.items() if name != "import late"} - {"done"}
    assert kinds <= {"PermissionError", "OSError", "RuntimeError", "ValueError"}, confined
    assert free["import late"] == "done" or user != os.geteuid()


def test_every_layer_says_what_it_is() -> None:
    assert [layer.name for layer in layers()] == ["limits", "landlock", "seccomp", "parent"]
    assert all(layer.detail for layer in layers())


def test_a_system_without_landlock_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hirelens_cli.documents.confine.landlock_version", lambda: 0)
    (layer,) = [layer for layer in layers() if layer.name == "landlock"]
    assert not layer.active
    assert "none" in layer.detail
