from __future__ import annotations

import json
import tomllib
from pathlib import Path

from hirelens_cli.config import RunConfig, to_toml


def test_each_value_with_its_origin(run, monkeypatch):
    run("--version")
    Path("mine.toml").write_text("top = 7\n[weights]\nskills = 50\n")
    monkeypatch.setenv("HIRELENS_TOP", "9")
    rows = {row["key"]: row for row in json.loads(run("config", "show", "--config", "mine.toml", "-f", "json").out)}
    assert (rows["top"]["value"], rows["top"]["origin"]) == (9, "HIRELENS_TOP")
    assert (rows["weights.skills"]["value"], rows["weights.skills"]["origin"]) == (50.0, "mine.toml")
    assert (rows["chunk"]["value"], rows["chunk"]["origin"]) == (RunConfig().chunk, "default")


def test_toml_can_be_read_again(run):
    text = run("config", "show", "--format", "toml").out
    assert text == to_toml(RunConfig())
    assert tomllib.loads(text)["weights"]["skills"] == 40.0


def test_a_table_for_people(run):
    ended = run("config", "show")
    assert ended.code == 0
    assert max(map(len, ended.out.splitlines())) <= 80
    assert "weights.skills" in ended.out


def test_a_bad_file_names_the_key(run):
    run("--version")
    Path("hirelens.toml").write_text("tpo = 7\n")
    ended = run("config", "show")
    assert ended.code == 2
    assert "'tpo'" in ended.err
    assert "did you mean top?" in ended.err
