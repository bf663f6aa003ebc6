"""Mistakes that people make at the command line: each is met with what was wrong, by name, and with what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hirelens_cli.cli.main import main

pytestmark = pytest.mark.slow

RESUME = (
    "Kim Lee\nkim@mail.example\n\nExperience\nBackend Engineer, Acme\n01/2020 - 03/2024\n- Built services in Python\n"
)
JOB = "Backend Engineer\n\nRequirements\n- Python\n- SQL\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some resumes, a job, files with mistakes in them, and a workspace with one run."""
    base = tmp_path_factory.mktemp("mistakes")
    (base / "resumes").mkdir()
    (base / "empty").mkdir()
    (base / "resumes" / "kim-lee.txt").write_text(RESUME)
    (base / "backend.txt").write_text(JOB)
    (base / "broken.toml").write_text("a = [\n")
    (base / "key.toml").write_text('embeder = "static"\n')
    (base / "kind.toml").write_text('title = "X"\n[[requirement]]\nkind = "skil"\nany_of = ["Python"]\n')
    (base / "columns.csv").write_text("a,b\n1,2\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(base)
        assert main(["rank", "resumes", "--job", "backend.txt", "--as-of", "2026-11-23", "--quiet"]) == 0
    return base


RANK = ("rank", "resumes", "--job", "backend.txt")
MISTAKES = [
    ((*RANK[:1], "resume", *RANK[2:]), 4, "no file or folder at resume", "did you mean resumes?"),
    (("rank", "nowhere/at/all", "--job", "backend.txt"), 4, "nowhere/at/all", "there is no folder nowhere/at"),
    (("rank", "empty", "--job", "backend.txt"), 4, "no documents found in empty", "PDF, DOCX"),
    (("rank", "resumes", "--job", "empty"), 4, "no job description in empty", "to --job"),
    (("rank", "resumes", "--job", "kind.toml"), 4, "kind.toml, requirement 1: unknown kind 'skil'", "kinds are skill"),
    (("rank", "resumes"), 2, "--job", "hirelens rank --help"),
    ((*RANK, "--as-of", "yesterday"), 2, "as_of must be a day as YYYY-MM-DD, not 'yesterday'", "--as-of 2026-01-31"),
    ((*RANK, "--workers", "-3"), 2, "workers must be 0 or more, not -3", "every core"),
    ((*RANK, "--weight", "skils=3"), 2, "weights.skils", "did you mean weights.skills?"),
    ((*RANK, "--weight", "skills=x"), 2, "weights.skills", "config show"),
    ((*RANK, "--config", "broken.toml"), 2, "broken.toml is not valid TOML", "config show --format toml"),
    ((*RANK, "--config", "key.toml"), 2, "unknown setting 'embeder' in key.toml", "did you mean embedder?"),
    ((*RANK, "--manifest", "columns.csv"), 4, "columns.csv has no column named file", "file,applicant_id"),
    ((*RANK, "--format", "yaml"), 2, "'yaml'", "hirelens rank --help"),
    ((*RANK, "--format", "jsn"), 2, "'jsn'", "did you mean json?"),
    ((*RANK, "--embedder", "statc"), 2, "'statc'", "did you mean static?"),
    ((*RANK, "-o", "nowhere/x.json"), 5, "nowhere", "mkdir -p"),
    ((*RANK, "--engine", "dask"), 2, "dask needs the address of a scheduler", "cluster local"),
    (("rnak",), 2, "no such command 'rnak'", "did you mean rank?"),
    (("rank", "resumes", "--jbo", "x"), 2, "--jbo", "--job"),
    (("explain", "kim", "--job", "backend.txt"), 4, "no candidate kim", "did you mean kim-lee.txt?"),
    (("explain", "kim-leee.txt", "--job", "backend.txt"), 4, "kim-leee.txt", "did you mean kim-lee.txt?"),
    (("explain", "nobody", "--job", "backend.txt"), 4, "no candidate nobody", "--top 0"),
    (
        ("explain", "kim-lee.txt", "--job", "backnd.txt"),
        4,
        "no run with the job backnd.txt",
        "did you mean backend.txt?",
    ),
    (("explain", "kim-lee.txt", "--job", "backend.txt", "--run", "zz"), 4, "no run zz", "runs: "),
    (
        ("whatif", "--job", "backend.txt", "--without", "Pyhton"),
        2,
        "backend.txt asks no 'Pyhton'",
        "did you mean: Python?",
    ),
    (("report", "--workspace", "none"), 4, "no runs in this workspace yet", "hirelens rank"),
    (("sql", "SELECT 1", "--workspace", "none"), 4, "no results yet in none", "hirelens rank"),
    (("sql", "SELECT * FROM v1_score"), 2, "v1_score", "did you mean v1_scores?"),
    (("schema", "v1_job"), 2, "v1_job", "did you mean v1_jobs?"),
    (("taxonomy", "show", "Pyhton"), 4, "no skill 'Pyhton'", "did you mean Python"),
    (("eval", "columns.csv"), 4, "columns.csv has no column 'job'", "job,resume,relevance"),
    (("shard", "run", "none", "--shard", "1/2"), 4, "no plan in none", "hirelens shard plan"),
    (("read", "empty"), 4, "empty holds 0 documents", "name one file"),
    (("retry", "--workspace", "none"), 4, "no run to repeat in none", "hirelens rank"),
    (("watch", "none", "--job", "backend.txt"), 4, "there is no folder none", "make it"),
    (("forget", "nobody"), 4, "nothing is kept about nobody", "hirelens sql"),
    (("models", "build", "foo"), 2, "foo is not a model", "hirelens models build"),
    (("estimate", "--resumes", "-1"), 2, "resumes", "for example"),
]


@pytest.mark.parametrize(("words", "code", "what", "remedy"), MISTAKES, ids=[" ".join(words) for words, *_ in MISTAKES])
def test_a_mistake_is_named_and_has_a_remedy(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    code: int,
    what: str,
    remedy: str,
) -> None:
    monkeypatch.chdir(folder)
    assert main(list(words)) == code
    said = " ".join(capfd.readouterr().err.split())
    error, _, hint = said.rpartition("error: ")[2].partition(" hint: ")
    assert what in error
    assert remedy in hint


def test_a_skill_that_is_misspelled_in_a_job_is_pointed_at_and_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    (folder / "mine.toml").write_text(
        'title = "X"\n[[requirement]]\nkind = "skill"\nany_of = ["Kubernets", "Flurbometry"]\nmust = true\n'
    )
    assert main(["rank", "resumes", "--job", "mine.toml"]) == 0
    said = " ".join(capfd.readouterr().err.split())
    assert "mine.toml asks Kubernets, which is no known skill; did you mean Kubernetes?" in said
    assert "Flurbometry, which" not in said


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "md", "html"])
def test_a_shortlist_kept_beside_the_resumes_is_no_candidate(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], form: str
) -> None:
    monkeypatch.chdir(folder)
    kept = folder / "resumes" / f"shortlist.{form}"
    try:
        assert main([*RANK, "--quiet", "--format", form, "--output", str(kept)]) == 0
        assert main([*RANK, "--quiet", "--format", "json"]) == 3
    finally:
        kept.unlink()
    (told,) = json.loads(capfd.readouterr().out)["unscreened"]
    assert (told["resume"], told["status"], told["message"]) == (
        kept.name,
        "not_a_resume",
        "it was written by hirelens",
    )
