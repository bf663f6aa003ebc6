"""A word that is in one resume alone, in each field that says who somebody is, is looked for wherever it must not be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

CANARIES = {
    "name": "Quillonia Vextrablatt",
    "mail": "qvex.mailbird@canary.example",
    "phone": "+44 20 7946 0371",
    "street": "17 Zephyrquay Lane",
    "link": "linkedin.com/in/qvexlinkbird",
    "born": "13 March 1979",
    "file": "Vextrafile",
}
RESUME = """{name}
{street}, London
{mail} | {phone} | {link}
Date of birth: {born}

Experience
Welder, Harbour Works
01/2015 - Present
- MIG welding with a team of {name}'s own

Skills
MIG welding
"""
JOB = "Welder\n\nRequirements\n- MIG welding\n- 2 years of experience as a welder\n"
WORDS = ("quillonia", "vextra", "mailbird", "7946 0371", "zephyrquay", "qvexlink", "march 1979", "vextrafile")


def found_in(text: str) -> list[str]:
    return [word for word in WORDS if word in text.lower()]


def rows_of(path: Path) -> str:
    """Every row of every table: compressed text hides from a raw search."""
    with duckdb.connect(path, read_only=True) as con:
        tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return "\n".join(str(con.execute(f'FROM "{name}"').fetchall()) for name in tables)


@pytest.mark.slow
def test_who_somebody_is_stays_out_of_logs_errors_the_store_the_ledger_and_temporary_folders(tmp_path: Path) -> None:
    temporary, workspace = tmp_path / "tmp", tmp_path / "w"
    for folder in (temporary, tmp_path / "resumes"):
        folder.mkdir()
    text = RESUME.format(**CANARIES)
    (tmp_path / "resumes" / f"{CANARIES['file']}.txt").write_text(text)
    (tmp_path / "resumes" / "broken.pdf").write_bytes(b"%PDF-1.7\n" + text.encode())
    (tmp_path / "job.txt").write_text(JOB)
    environment = {**os.environ, "TMPDIR": str(temporary), "HIRELENS_WORKERS": "2", "HIRELENS_CHUNK": "1"}

    def hirelens(*words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "hirelens_cli", *words, "--workspace", str(workspace)]
        return subprocess.run(line, env=environment, capture_output=True, text=True, check=False)

    ranked = hirelens("rank", str(tmp_path / "resumes"), "--job", str(tmp_path / "job.txt"), "--verbose", "--blind")
    assert ranked.returncode == 3, "the broken file is listed"
    assert found_in(ranked.stdout + ranked.stderr) == []
    assert found_in(rows_of(workspace / "identities.duckdb")), "the search must be able to find it"
    assert found_in(rows_of(workspace / "hirelens.duckdb")) == []
    assert found_in((workspace / "ledger.jsonl").read_text()) == []
    for wrong in ("FROM nowhere", "SELECT error(summary) FROM v1_explanations"):
        assert found_in(hirelens("sql", wrong).stderr) == []
    (run,) = (workspace / "parts" / "runs").iterdir()
    (run / "scores.parquet").write_bytes(b"PAR1")
    failed = hirelens("explain", CANARIES["file"], "--job", "job.txt")
    assert failed.returncode == 7
    assert found_in(failed.stderr) == []
    left = [path for path in temporary.rglob("*") if path.is_file()]
    assert [path for path in left if found_in(path.name + path.read_bytes().decode("latin-1"))] == []
