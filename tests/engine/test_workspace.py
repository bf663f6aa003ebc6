"""The workspace: private, locked by one writer, written whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hirelens_cli.engine.workspace import Workspace, write_atomically
from hirelens_cli.errors import ExitCode, LockedError, OutputError

HOLD = """
import sys, time
from pathlib import Path
from hirelens_cli.engine.workspace import Workspace
with Workspace(Path(sys.argv[1])).locked():
    print("held", flush=True)
    time.sleep(60)
"""


def test_only_the_owner_can_look_into_a_workspace(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.prepare()
    write_atomically(workspace.root / "file", b"x")
    assert stat.S_IMODE(workspace.root.stat().st_mode) == 0o700
    assert stat.S_IMODE((workspace.root / "file").stat().st_mode) == 0o600


def test_a_second_run_is_refused_at_once_and_names_the_first(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.prepare()
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        started = time.monotonic()
        with pytest.raises(LockedError, match=str(holder.pid)) as caught, workspace.locked():
            pass
        assert time.monotonic() - started < 2
        assert caught.value.exit_code is ExitCode.LOCKED
        holder.kill()
        holder.wait()
    with workspace.locked():  # a killed holder leaves no lock behind
        assert (tmp_path / "lock").read_text().strip() == str(os.getpid())


def test_a_workspace_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError) as caught:
        Workspace(tmp_path / "file").prepare()
    assert "--workspace" in caught.value.hint


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kept"
    write_atomically(path, b"old")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OutputError, match=r"kept \(3 bytes\): No space"):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["kept"]
