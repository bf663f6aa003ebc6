from __future__ import annotations

import sys
import types

import pytest

from hirelens_cli.backends.embedders import built, devices, minilm, minilm_int8
from hirelens_cli.errors import MissingExtraError, UsageError


@pytest.mark.parametrize(
    ("wanted", "there", "device"),
    [
        ("cpu", False, "cpu"),
        ("cpu", True, "cpu"),
        ("auto", False, "cpu"),
        ("auto", True, "cuda"),
        ("cuda", True, "cuda"),
    ],
)
def test_the_device_that_is_taken(wanted: str, there: bool, device: str) -> None:
    assert devices.chosen(wanted, there=there, remedy="get one") == device


def test_a_gpu_that_is_asked_for_and_not_there_is_an_error_with_a_remedy() -> None:
    with pytest.raises(MissingExtraError, match="no GPU") as caught:
        devices.chosen("cuda", there=False, remedy="get one")
    assert caught.value.hint == "get one, or take --device cpu"


def test_an_unknown_device_is_refused() -> None:
    with pytest.raises(UsageError, match="tpu"):
        devices.chosen("tpu", there=True, remedy="")


def test_kernels_are_named_in_one_order_without_what_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "processor : 0\nflags : sse4_2 fpu avx2 avx512_vnni mmx fma\nprocessor : 1\nflags : avx2\n"
    monkeypatch.setattr(devices.Path, "read_text", lambda *_, **__: text)
    assert devices.cpu_kernels() == "avx2 avx512_vnni fma sse4_2"


class FakeRuntime(types.ModuleType):
    """onnxruntime on a machine with a GPU, or on one where it only seems to be there."""

    def __init__(self, *, works: bool) -> None:
        super().__init__("onnxruntime")
        self.__version__ = "9.9"
        self.works, self.asked = works, []

    def get_available_providers(self) -> list[str]:
        return ["CUDAExecutionProvider", "CPUExecutionProvider"]

    def SessionOptions(self) -> types.SimpleNamespace:
        return types.SimpleNamespace()

    def InferenceSession(self, graph: bytes, options: object, providers: list[str]) -> types.SimpleNamespace:
        self.asked = providers
        return types.SimpleNamespace(get_providers=lambda: providers if self.works else providers[-1:])


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    record = built.Built("minilm-int8", "", {"model.safetensors": "0"}, {"a.onnx": "1"})
    monkeypatch.setattr(minilm_int8, "read_built", lambda name: (record, {"a.onnx": b""}))


def test_int8_takes_the_gpu_and_its_vectors_are_others(model: None, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = FakeRuntime(works=True)
    monkeypatch.setitem(sys.modules, "onnxruntime", runtime)
    monkeypatch.setattr(minilm_int8, "gpu_models", lambda: "a GPU")
    embedder = minilm_int8.Int8Embedder("auto")
    assert embedder._session
    assert runtime.asked == ["CUDAExecutionProvider", "CPUExecutionProvider"]
    assert embedder.fingerprint != minilm_int8.Int8Embedder("cpu").fingerprint
    assert minilm_int8.Int8Embedder("cpu")._session
    assert runtime.asked == ["CPUExecutionProvider"]


def test_a_gpu_that_the_runtime_cannot_open_is_an_error(model: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", FakeRuntime(works=False))
    monkeypatch.setattr(minilm_int8, "gpu_models", lambda: "a GPU")
    with pytest.raises(MissingExtraError, match="cannot use the GPU"):
        _ = minilm_int8.Int8Embedder("cuda")._session


def test_int8_without_a_gpu(model: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", FakeRuntime(works=True))
    monkeypatch.setattr(minilm_int8, "gpu_models", lambda: "")
    with pytest.raises(MissingExtraError) as caught:
        minilm_int8.Int8Embedder("cuda")
    assert "onnxruntime-gpu" in caught.value.hint


@pytest.mark.extras
def test_minilm_without_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(MissingExtraError, match="no GPU") as caught:
        minilm.MiniLmEmbedder("", "cuda")
    assert "torch" in caught.value.hint
