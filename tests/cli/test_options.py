from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from hirelens_cli.cli import main
from hirelens_cli.cli.options import Format, configure, destination, weight_flags
from hirelens_cli.errors import UsageError


@pytest.mark.parametrize(
    ("form", "output", "expected"),
    [
        (None, None, (Format.TABLE, None)),
        (None, "x.json", (Format.JSON, "x.json")),
        (None, "x.CSV", (Format.CSV, "x.CSV")),
        (None, "x.ndjson", (Format.JSONL, "x.ndjson")),
        (None, "x.md", (Format.MD, "x.md")),
        (None, "x.txt", (Format.TABLE, "x.txt")),
        (Format.JSON, "x.csv", (Format.JSON, "x.csv")),
        (Format.JSON, "-", (Format.JSON, None)),
    ],
)
def test_destination(form, output, expected):
    place = destination(form, Path(output) if output else None)
    assert (place.format, str(place.path) if place.path else None) == expected


def test_weights():
    assert weight_flags(["skills=50", "domain = 5"]) == {"weights.skills": "50", "weights.domain": "5"}
    for text in ("skills", "=5", "skills="):
        with pytest.raises(UsageError):
            weight_flags([text])


def test_a_flag_beats_environment_and_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("hirelens.toml").write_text("top = 7\nworkers = 2\nchunk = 5\n")
    monkeypatch.setenv("HIRELENS_TOP", "9")
    monkeypatch.setenv("HIRELENS_CHUNK", "6")
    config = configure(top=3)
    assert (config.top, config.chunk, config.workers) == (3, 6, 2)


def test_every_command_with_a_workspace_takes_a_tenant_and_a_region(run, app):
    callbacks = [info.callback for group in (main.app, *main._GROUPS.values()) for info in group.registered_commands]
    parameters = [names for callback in callbacks if "workspace" in (names := inspect.signature(callback).parameters)]
    assert len(parameters) > 10
    assert [names for names in parameters if not {"tenant", "region"} <= set(names)] == []
    run("rank", "r", "--job", "j", "--workspace", "w", "--tenant", "acme", "--region", "eu")
    run("sql", "SELECT 1", "--tenant", "acme")
    (_, _, ranked), (_, asked) = [arguments for name, arguments, _ in app.calls if name in ("rank", "query")]
    assert (ranked.workspace, ranked.tenant, ranked.region) == ("w", "acme", "eu")
    assert (asked.workspace, asked.tenant, asked.region) == (".hirelens", "acme", "")


def test_what_is_shown_to_be_typed_next_leads_to_the_same_place(run, app):
    assert "--workspace" not in run("rank", "r", "--job", "j").err
    said = run("rank", "r", "--job", "j", "--workspace", "a b", "--tenant", "acme").err
    assert "--workspace 'a b' --tenant acme" in " ".join(said.split())


def test_a_tenant_that_is_no_name_is_refused(run, app):
    ended = run("sql", "SELECT 1", "--tenant", "../other")
    assert (ended.code, app.calls) == (2, [])
    assert "lower-case letters" in ended.err
