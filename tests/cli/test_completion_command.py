from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

HIRELENS = [sys.executable, "-m", "hirelens_cli"]


@pytest.mark.parametrize(("shell", "word"), [("bash", "complete "), ("zsh", "compdef"), ("fish", "complete --command")])
def test_the_script_comes_off_a_terminal(shell, word, tmp_path):
    done = subprocess.run([*HIRELENS, "completion", shell], capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert word in done.stdout
    assert "_HIRELENS_COMPLETE" in done.stdout


def test_the_script_is_answered(tmp_path):
    environment = {**os.environ, "_HIRELENS_COMPLETE": "complete_bash", "COMP_WORDS": "hirelens exp", "COMP_CWORD": "1"}
    done = subprocess.run(HIRELENS, capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert done.stdout.split() == ["explain"]


def test_an_unknown_shell(run):
    ended = run("completion", "fsh")
    assert ended.code == 2
    assert "'bash', 'zsh', 'fish', 'powershell'" in ended.err
