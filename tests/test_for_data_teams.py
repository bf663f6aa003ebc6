"""docs/for-data-teams.md: every block does what the page says, in the order of the page."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from hirelens_cli.cli.main import main

PAGE = (Path(__file__).parent.parent / "docs" / "for-data-teams.md").read_text(encoding="utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.M | re.S)
RESUMES = {
    "ada": "Ada Able\n\nExperience\nWelder, Harbour Works\n01/2015 - Present\n- MIG and TIG welding\n\nSkills\nMIG welding\n",
    "bea": "Bea Bold\n\nExperience\nNurse, Lakeside Clinic\n02/2018 - Present\n- Triage\n\nSkills\nTriage, Welding\n",
}
JOB = "Welder\n\nRequirements\n- MIG welding\n- 2 years of experience as a welder\n"


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "resumes").mkdir()
    for name, text in RESUMES.items():
        (tmp_path / "resumes" / f"{name}.txt").write_text(text)
    (tmp_path / "job.txt").write_text(JOB)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_page(duckdb_line: Callable[[list[str]], None]) -> dict[str, int]:
    """Do everything on the page; how much of each kind there was."""
    done = dict.fromkeys(("hirelens", "duckdb", "python", "sql", "yaml"), 0)
    for kind, text in BLOCKS:
        if kind == "sh":
            for line in text.splitlines():
                program, *words = shlex.split(line)
                done[program] += 1
                if program == "hirelens":
                    assert main(words) == 0, line
                else:
                    duckdb_line(words)
            continue
        done[kind] += 1
        if kind == "python":
            exec(compile(text, "for-data-teams.md", "exec"), {})
        elif kind == "sql":
            assert model(text)
    return done


def model(text: str) -> list[tuple[object, ...]]:
    """A dbt model as dbt would run it: its sources named, the file attached as the profile says."""
    profile, sources = (block for kind, block in BLOCKS if kind == "yaml")
    path = re.search(r"- path: (\S+)\n\s+alias: hirelens\n\s+read_only: true", profile)
    assert path is not None
    named = re.findall(r"source\('(\w+)', '(\w+)'\)", text)
    assert named
    assert all(f"- name: {table}\n" in sources and f"database: {name}\n" in sources for name, table in named)
    statement = re.sub(r"\{\{ source\('(\w+)', '(\w+)'\) \}\}", r"\1.main.\2", text)
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{path[1]}' AS hirelens (READ_ONLY)")
        return con.execute(statement).fetchall()


def in_python(words: list[str]) -> None:
    """What DuckDB's command line does with such a line."""
    *options, statement = words
    database = next((word for word in options if not word.startswith("-")), ":memory:")
    with duckdb.connect(database, read_only="-readonly" in options) as con:
        assert con.execute(statement).fetchall()


@pytest.mark.slow
def test_every_block_of_the_page_works(inputs, capsys):
    done = run_page(in_python)
    assert done == {"hirelens": 5, "duckdb": 4, "python": 4, "sql": 1, "yaml": 2}
    assert "welder" in capsys.readouterr().out.lower()
    assert (inputs / "points.csv").read_text().startswith("criterion,points")


@pytest.mark.extras
def test_the_command_line_of_duckdb_reads_the_store(inputs):
    """An older DuckDB than ours: the only one of which there is a command line to install."""
    program = Path(sys.executable).parent / "duckdb"

    def line(words: list[str]) -> None:
        done = subprocess.run([program, *words], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stderr
        assert "rows" in done.stdout or "│" in done.stdout

    run_page(line)
