from __future__ import annotations

import math
import tomllib
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.config import Limits, RunConfig, Weights, load, settings, to_toml
from hirelens_cli.errors import UsageError


def loaded(tmp_path, text: str, **more):
    path = tmp_path / "c.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, environment=more.pop("environment", {}), flags=more)[0]


def test_defaults_without_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load(environment={}) == (RunConfig(), {})


def test_the_points_are_shared_forty_twentyfive_twenty_fifteen():
    weights = RunConfig().weights
    assert (weights.skills, weights.experience, weights.projects, weights.domain) == (40, 25, 20, 15)


def test_precedence_is_flag_environment_file_default(tmp_path):
    path = tmp_path / "c.toml"
    path.write_text("top = 1\nworkers = 1\nchunk = 1\n")
    environment = {"HIRELENS_TOP": "2", "HIRELENS_WORKERS": "2"}
    config, origins = load(path, environment=environment, flags={"top": 3, "blind": None})
    assert (config.top, config.workers, config.chunk, config.blind) == (3, 2, 1, False)
    assert origins == {"chunk": str(path), "workers": "HIRELENS_WORKERS", "top": "flag"}


def test_a_file_in_the_folder_is_read_and_only_that(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hirelens.toml").write_text("top = 4\n")
    assert load(environment={})[0].top == 4
    below = tmp_path / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    assert load(environment={})[0].top == RunConfig().top


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("tpo = 1", "top"), ("[weights]\nskils = 1", "weights.skills"), ("[limits]\nmax_page = 1", "limits.max_pages")],
)
def test_an_unknown_key_names_the_nearest(tmp_path, text, nearest):
    with pytest.raises(UsageError) as caught:
        loaded(tmp_path, text)
    assert nearest in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "top = 'many'",
        "top = 1.5",
        "top = true",
        "top = -1",
        "chunk = 0",
        "blind = 1",
        "as_of = 2026-11-23",
        "taxonomy = 'a' \nembedder = 1",
        "taxonomy = [1]",
        "forensics = 'maybe'",
        "weights = 3",
        "[weights]\nskills = -1",
        "[weights]\nskills = nan",
        "[weights]\nskills = inf",
        "[weights]\nskills = 0\nexperience = 0\nprojects = 0\ndomain = 0",
        "[limits]\nmax_pages = 0",
        "not toml at all",
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, text):
    with pytest.raises(UsageError):
        loaded(tmp_path, text)


def test_a_missing_or_odd_file_is_refused(tmp_path):
    with pytest.raises(UsageError):
        load(tmp_path / "nothing.toml", environment={})
    odd = tmp_path / "odd.toml"
    odd.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError):
        load(odd, environment={})


def test_texts_of_the_environment_become_values():
    config, _ = load(
        environment={
            "HIRELENS_WEIGHTS_SKILLS": "50.5",
            "HIRELENS_BLIND": "yes",
            "HIRELENS_TAXONOMY": "a.toml:b.csv",
            "HIRELENS_LIMITS_MAX_PAGES": "9",
            "HIRELENS_UNRELATED": "x",
        }
    )
    assert (config.weights.skills, config.blind, config.taxonomy) == (50.5, True, ("a.toml", "b.csv"))
    assert config.limits.max_pages == 9


def test_toml_and_back(tmp_path):
    config = replace(
        RunConfig(),
        weights=Weights(50.0, 0.5, 0.0, 1.0),
        limits=replace(Limits(), max_pages=3),
        taxonomy=("ä.toml", 'quo"te'),
        blind=True,
        as_of="2026-01-02",
    )
    assert loaded(tmp_path, to_toml(config)) == config
    assert tomllib.loads(to_toml(RunConfig()))["top"] == RunConfig().top


@given(st.floats(0, 1e9), st.floats(1e-9, 1e9), st.integers(0, 10**6), st.text(st.characters(codec="utf-8")))
def test_toml_and_back_for_any_values(skills, domain, top, model):
    config = replace(RunConfig(), weights=replace(Weights(), skills=skills, domain=domain), top=top, model=model)
    tables = tomllib.loads(to_toml(config))
    assert (tables["top"], tables["model"]) == (top, model)
    assert math.isclose(tables["weights"]["skills"], skills, rel_tol=0, abs_tol=0)


def test_the_hash_changes_with_what_can_change_a_shortlist_and_with_nothing_else():
    base = RunConfig()
    silent = {"top": 1, "workers": 3, "chunk": 2, "workspace": "x", "blind": True}
    assert {replace(base, **{key: value}).hash() for key, value in silent.items()} == {base.hash()}
    loud = [
        replace(base, embedder="minilm"),
        replace(base, as_of="2026-01-01"),
        replace(base, taxonomy=("a",)),
        replace(base, forensics="off"),
        replace(base, accept_any=True),
        replace(base, redact_institutions=True),
        replace(base, weights=replace(base.weights, skills=41.0)),
        replace(base, limits=replace(base.limits, max_pages=1)),
    ]
    assert len({config.hash() for config in [base, *loud]}) == len(loud) + 1


def test_every_key_says_what_it_means():
    rows = settings(RunConfig(), {"top": "flag"})
    assert all(row.meaning for row in rows)
    assert {row.key for row in rows if row.origin == "flag"} == {"top"}
    nested = {item.name for item in fields(RunConfig())} - {row.key.partition(".")[0] for row in rows}
    assert nested == set()
