"""all-MiniLM-L6-v2 as int8 through ONNX Runtime (extra `minilm`): built once on this machine, no torch."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from hirelens_cli.backends.embedders.bert import INPUT, INSTALL
from hirelens_cli.backends.embedders.built import GRAPH, INT8, LONGEST, read_built
from hirelens_cli.backends.embedders.devices import chosen, cpu_kernels, gpu_models
from hirelens_cli.backends.embedders.weights import TOKENIZER, WEIGHTS
from hirelens_cli.errors import MissingExtraError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
"""ONNX Runtime starts a thread that reports on its use when it is imported; nothing of that kind leaves this machine."""

DIMENSIONS = 384
_GPU = "pip uninstall onnxruntime && pip install onnxruntime-gpu, on a machine with an NVIDIA GPU"


class Int8Embedder:
    """One passage per call, not padded: a batch has one scale for all its inputs, so a neighbour would change a vector."""

    def __init__(self, device: str = "cpu") -> None:
        try:
            import onnxruntime
        except ImportError as error:
            raise MissingExtraError(f"the embedder {INT8} needs onnxruntime", INSTALL) from error
        self._version = onnxruntime.__version__
        self._built, self._files = read_built(INT8)
        there = "CUDAExecutionProvider" in onnxruntime.get_available_providers() and bool(gpu_models())
        self._device = chosen(device, there=there, remedy=_GPU)

    @property
    def name(self) -> str:
        """`minilm-int8`."""
        return INT8

    @property
    def made_of(self) -> Mapping[str, str]:
        """The published weights and the files that were built from them."""
        return {**self._built.files, f"{WEIGHTS} (published)": self._built.sources[WEIGHTS]}

    @property
    def fingerprint(self) -> str:
        """Of the files that were built, the libraries, and the processor's kernels, on all of which the last bits depend."""
        libraries = (f"onnxruntime={self._version}", f"tokenizers={version('tokenizers')}")
        processor = f"{platform.machine()} {cpu_kernels()}" if self._device == "cpu" else f"cuda {gpu_models()}"
        parts = (f"{INT8}/1", *sorted(self._built.files.values()), *libraries, processor)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @property
    def dimensions(self) -> int:
        """384."""
        return DIMENSIONS

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_buffer(self._files[TOKENIZER])
        # The published file pads and cuts at 128 tokens; the published model cuts at 256.
        tokenizer.no_padding()
        tokenizer.enable_truncation(LONGEST)
        return tokenizer

    @cached_property
    def _session(self) -> InferenceSession:
        """Made when the first text comes: a run with nothing new embeds nothing."""
        graph = next(data for name, data in self._files.items() if name.endswith(GRAPH))
        session = open_session(graph, self._device)
        if self._device == "cuda" and session.get_providers()[0] != "CUDAExecutionProvider":
            raise MissingExtraError("onnxruntime cannot use the GPU", f"{_GPU}, or take --device cpu")
        return session

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows; zeros for a text without a letter or digit."""
        result = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            if any(map(str.isalnum, text)):
                ids = np.array(self._tokenizer.encode(text).ids, dtype=np.int64)
                mean = self._session.run(None, {INPUT: ids})[0].astype(np.float64)
                result[row] = mean / np.sqrt((mean * mean).sum())
        return result


def open_session(graph: bytes, device: str = "cpu") -> InferenceSession:
    """A session of one thread, so that a worker takes one core; on cuda what it has no kernel for stays on the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Passages are of all lengths: memory laid out for one of them is of no use to the next.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    providers = ["CUDAExecutionProvider", "CPUExecutionProvider"] if device == "cuda" else ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(graph, options, providers=providers)
