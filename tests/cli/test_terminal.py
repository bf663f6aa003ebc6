"""What a person sees: the real program on a real (pseudo) terminal."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from rich.cells import cell_len

ROOT = Path(__file__).resolve().parents[2]
RANK = ("rank", str(ROOT / "examples/resumes"), "--job", str(ROOT / "examples/jobs/staff-accountant.pdf"))


def on_terminal(
    folder: Path, *arguments: str, columns: int = 80, stop_after: bytes = b"", **environment: str
) -> tuple[int, str]:
    """Exit status and everything that reached the terminal; Ctrl-C comes when `stop_after` has been shown."""
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
        start_new_session=True,
    )
    os.close(far)
    seen = bytearray()

    def read() -> None:
        try:
            stopped = not stop_after
            while data := os.read(near, 65536):
                seen.extend(data)
                if not stopped and stop_after in seen:
                    stopped = True
                    process.send_signal(signal.SIGINT)
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_quiet_shows_the_result_and_nothing_else(tmp_path):
    code, text = on_terminal(tmp_path, *RANK, "--quiet")
    assert code == 3
    lines = shown(text)
    assert lines[0].startswith("Staff Accountant")
    assert not any(line.startswith("next:") or "files/s" in line for line in lines)
    assert not re.search(r"reading.*\d+/\d+", text)


@pytest.mark.slow
def test_verbose_keeps_a_line_for_each_stage(tmp_path):
    _, text = on_terminal(tmp_path, *RANK, "--verbose")
    stages = [line for line in shown(text) if re.match(r"[a-z ]+: \d+ of \d+, .*\d\.\d s", line)]
    assert any(line.startswith("reading: 14 of 14, 2 failed, ") for line in stages), shown(text)
    assert any(line.startswith("explaining: ") for line in stages)


@pytest.mark.slow
def test_ctrl_c_says_what_is_kept_and_what_continues(tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(400):
        (many / f"{number}.txt").write_text(
            f"Person {number}\nExperience\nClerk, Firm {number}\nMay 2019 - June 2020\n"
        )
    job = str(ROOT / "examples/jobs/staff-accountant.pdf")
    code, text = on_terminal(tmp_path, "rank", str(many), "--job", job, "--workers", "1", stop_after=b"reading")
    assert code == 130
    lines = shown(text)
    assert "stopped: interrupted" in lines
    assert any("is kept in .hirelens; the same command again continues" in line for line in lines)
    assert "Traceback" not in text
