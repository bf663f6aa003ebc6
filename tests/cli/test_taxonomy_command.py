from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from hirelens_cli.config import load
from hirelens_cli.errors import ExitCode


def test_one_skill_by_any_name(run):
    rows = json.loads(run("taxonomy", "show", "k8s", "--format", "json").out)
    assert [row["skill"] for row in rows] == ["Kubernetes"]


def test_fields_and_their_skills(run):
    rows = json.loads(run("taxonomy", "show", "-f", "json").out)
    assert rows[-1]["field"] == "all"
    assert int(rows[-1]["skills"]) == sum(int(row["skills"]) for row in rows[:-1]) > 500
    field = rows[0]["field"]
    listed = json.loads(run("taxonomy", "show", "--field", field.lower(), "-f", "json").out)
    assert {row["field"] for row in listed} == {field}


@pytest.mark.parametrize(("words", "meant"), [(("kubernetis",), "Kubernetes"), (("--field", "Sofware"), "Software")])
def test_did_you_mean(run, words, meant):
    ended = run("taxonomy", "show", *words)
    assert ended.code == ExitCode.INPUT
    assert meant in ended.err


def test_a_text_or_a_file(run):
    run("--version")
    Path("cv.txt").write_text("Worked with k8s and C++.")
    for given in ("Worked with k8s and C++.", "cv.txt"):
        rows = json.loads(run("taxonomy", "test", given, "-f", "json").out)
        assert [(row["skill"], row["as written"]) for row in rows] == [("Kubernetes", "k8s"), ("C++", "C++")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "before", ["", "top = 3\n[weights]\nskills = 50\n", "taxonomy = []  \ntop = 3\n", 'taxonomy = ["old.txt"]\n']
)
def test_a_file_of_ones_own(run, before):
    run("--version")
    Path("old.txt").write_text("@field Ours\nBlivet turning\n")
    Path("ours.txt").write_text("@field Ours\nWidget polishing | widget shining\n")
    if before:
        Path("hirelens.toml").write_text(before)
    ended = run("taxonomy", "add", "ours.txt")
    assert (ended.code, ended.out) == (0, "")
    assert "1 skills are new" in ended.err
    config, _ = load(environment={})
    assert config.taxonomy[-1] == "ours.txt"
    assert config.top == (3 if "top" in before else 20)
    found = json.loads(run("taxonomy", "test", "We need widget shining", "-f", "json").out)
    assert found[0]["skill"] == "Widget polishing"
    assert run("taxonomy", "add", "ours.txt").code == ExitCode.USAGE


@pytest.mark.slow
def test_a_configuration_that_cannot_be_edited_stays(run):
    run("--version")
    Path("ours.txt").write_text("@field Ours\nWidget polishing\n")
    text = 'taxonomy = [\n  "a.txt",\n]\n'
    Path("a.txt").write_text("@field Ours\nBlivet turning\n")
    Path("hirelens.toml").write_text(text)
    ended = run("taxonomy", "add", "ours.txt")
    assert ended.code == ExitCode.USAGE
    assert 'taxonomy = ["a.txt", "ours.txt"]' in ended.err
    assert Path("hirelens.toml").read_text() == text


def test_a_file_that_is_not_there(run):
    assert run("taxonomy", "add", "nothing.txt").code == ExitCode.INPUT


@pytest.mark.slow
def test_what_is_unlisted_comes_from_the_store(run, app):
    app.answers["query"] = SimpleNamespace(columns=("skill", "candidates"), rows=(("gizmo", 3),))
    rows = json.loads(run("taxonomy", "unlisted", "--top", "5", "-f", "json").out)
    assert rows == [{"skill": "gizmo", "candidates": "3"}]
    assert "LIMIT 5" in app.calls[0][1][0]
