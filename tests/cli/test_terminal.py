"""What a person sees: the real program on a real (pseudo) terminal."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from rich.cells import cell_len

ROOT = Path(__file__).resolve().parents[2]
RANK = ("rank", str(ROOT / "examples/resumes"), "--job", str(ROOT / "examples/jobs/staff-accountant.pdf"))


def on_terminal(folder: Path, *arguments: str, columns: int = 80, **environment: str) -> tuple[int, str]:
    """Exit status and everything that reached the terminal."""
    import fcntl
    import struct
    import termios

    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    inherited = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "COLUMNS", "FORCE_COLOR"}}
    process = subprocess.Popen(
        [sys.executable, "-m", "hirelens_cli", *arguments],
        stdin=far,
        stdout=far,
        stderr=far,
        cwd=folder,
        env={**inherited, "TERM": "xterm-256color", **environment},
    )
    os.close(far)
    seen = bytearray()

    def read() -> None:
        try:
            while data := os.read(near, 65536):
                seen.extend(data)
        except OSError:  # the other end is closed
            pass

    reader = threading.Thread(target=read)
    reader.start()
    code = process.wait(timeout=120)
    reader.join(timeout=10)
    os.close(near)
    return code, seen.decode()


def shown(text: str) -> list[str]:
    """The lines without colours."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text).replace("\r", "").split("\n")


def test_errors_are_marked_and_plain(tmp_path):
    code, text = on_terminal(tmp_path, "rnk")
    assert code == 2
    assert "\x1b[1;31merror:" in text
    assert shown(text)[:2] == ["error: no such command 'rnk'", "  hint: did you mean rank?"]


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 120, 200])
def test_rank_fits_and_shows_its_progress(tmp_path, columns):
    code, text = on_terminal(tmp_path, *RANK, columns=columns)
    assert code == 3
    assert "\x1b[1m" in text  # weight
    assert re.search(r"reading.*\d+/\d+", text)  # the bar
    table = shown(text[text.index("Staff Accountant") :])
    assert max(cell_len(line) for line in table if not line.startswith("next:")) <= columns
    assert "…" not in text
    assert any("Oluwaseun Adebayo-Finch" in line for line in table)
    assert any("hidden text" in line for line in table)
    assert any(line.startswith("next: hirelens explain") for line in table)


@pytest.mark.slow
@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_it_is_not_wanted(tmp_path, environment):
    code, text = on_terminal(tmp_path, *RANK, **environment)
    assert code == 3
    assert not re.search(r"\x1b\[[0-9;]*m", text)
    if "TERM" in environment:
        assert "\x1b" not in text
