"""How long a newcomer waits: `python benchmarks/first_minutes.py [FOLDER]`, typed as the README says, in empty environments.

Prints the seconds of each step, and whether the second way still works without a network (its own network namespace, where the
system lets one be made). A copy of the checkout is made in FOLDER (a new temporary one), so nothing here is touched.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", ".hirelens", "*_cache", "__pycache__")
MOST = 60.0
"""Seconds from the start of the install to the first shortlist."""


def timed(label: str, command: str, folder: Path) -> float:
    began = time.monotonic()
    done = subprocess.run(["bash", "-ec", command], cwd=folder, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    print(f"{seconds:7.1f} s  {label}" + ("" if done.returncode in (0, 3) else f"  FAILED: {done.stderr[-400:]}"))
    if done.returncode not in (0, 3):
        raise SystemExit(1)
    return seconds


def main(folder: Path) -> None:
    for way in ("demo", "own"):
        shutil.copytree(ROOT, folder / way, ignore=LEFT_OUT)
    demo = timed("make demo", "make demo", folder / "demo")
    own = folder / "own"
    python = f"{sys.executable} -m venv env && . env/bin/activate"
    total = timed("venv and pip install .", f"{python} && pip install -q -c constraints.txt .", own)
    total += timed("hirelens init trial --example", ". env/bin/activate && hirelens init trial --example", own)
    rank = ". env/bin/activate && hirelens rank trial/resumes --job trial/jobs"
    total += timed("hirelens rank trial/resumes --job trial/jobs", rank, own)
    apart = "unshare -rn true 2>/dev/null"
    if subprocess.run(["bash", "-c", apart], check=False).returncode == 0:
        timed("the same without a network, in a new workspace", f"unshare -rn bash -ec '{rank} -w offline'", own)
    else:
        print("no network namespace can be made here: offline not shown")
    for label, seconds in (("make demo", demo), ("pip install, init, rank", total)):
        print(
            f"{label}: first shortlist after {seconds:.1f} s, aim {MOST:.0f}: {'met' if seconds <= MOST else 'missed'}"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
