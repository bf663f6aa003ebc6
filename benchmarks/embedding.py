"""How fast MiniLM embeds, and how close int8 comes: `python benchmarks/embedding.py [--from SOURCE] [--rounds 5]`.

Passages of about 190 tokens, cut from the resumes in benchmarks/data, one thread, one passage per call, the ways taking turns in one
process; CPU seconds, the median round. `sentence-transformers` takes part where it is installed (extra `transformers`). SOURCE
is what `hirelens models build` takes: a wheel, a folder, or the installed package. Aims: int8 at least 1.9 times ONNX fp32 and 2.3 times
sentence-transformers, mean cosine to fp32 at least .99.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["TOKENIZERS_PARALLELISM"] = "1"

import numpy as np
from safetensors.numpy import load
from tokenizers import Tokenizer

from hirelens_cli.backends.embedders import minilm
from hirelens_cli.backends.embedders.bert import INPUT, bert_graph, shape_of
from hirelens_cli.backends.embedders.built import INT8, LONGEST, build
from hirelens_cli.backends.embedders.factory import embedder_factory
from hirelens_cli.backends.embedders.minilm_int8 import open_session
from hirelens_cli.backends.embedders.weights import CONFIG, PACKAGE, TOKENIZER, WEIGHTS, read_source
from hirelens_cli.embeddings.encode import quantise

Encode = Callable[[list[str]], np.ndarray]

RESUMES = Path(__file__).parent / "data" / "resumes"
WORDS = 100
"""In one passage."""
MEMORY = """
import re, sys
from pathlib import Path
from hirelens_cli.backends.embedders.factory import embedder_factory
embedder_factory(sys.argv[1])().encode(sys.stdin.read().split("\\0"))
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
"""Of Linux: what resource.getrusage says of a child counts its parent as it was when it was forked."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--from", dest="source", default=PACKAGE)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--passages", type=int, default=64)
    given = options.parse_args()
    texts = passages(given.passages)
    with tempfile.TemporaryDirectory() as models:
        os.environ["HIRELENS_MODELS"] = models
        began = time.process_time()
        size = sum(path.stat().st_size for path in Path(models, build(INT8, given.source).name).glob("*.onnx"))
        print(f"built {size / 1e6:.1f} MB in {time.process_time() - began:.1f} CPU s")
        int8 = embedder_factory(INT8)()
        ways: dict[str, Encode] = {"int8": int8.encode, "onnx fp32": whole(given.source)}
        names = [INT8]
        if minilm.installed():
            ways["sentence-transformers"] = embedder_factory("minilm")().encode
            names.append("minilm")
        else:
            print("sentence-transformers is not installed and takes no part")
        rates = measured(ways, texts, given.rounds)
        for name, rate in rates.items():
            print(f"{name:22} {rate:7.1f} passages per CPU second, int8 is {rates['int8'] / rate:.2f} times as fast")
        closeness(ways["int8"](texts), ways["onnx fp32"](texts), "onnx fp32")
        if "sentence-transformers" in ways:
            closeness(
                ways["onnx fp32"](texts), ways["sentence-transformers"](texts), "sentence-transformers", "onnx fp32"
            )
        again = np.concatenate([int8.encode([text]) for text in reversed(texts)])[::-1]
        print("same vectors in another order:", np.array_equal(quantise(again), quantise(int8.encode(texts))))
        for name in names:
            print(f"{name}: peak {memory(name, texts)} MB for the whole process")


def passages(count: int) -> list[str]:
    """Runs of WORDS words of the resumes, from their beginning on, around again where they end."""
    words = [word for path in sorted(RESUMES.glob("*.txt")) for word in path.read_text(encoding="utf-8").split()]
    starts = [number * WORDS % (len(words) - WORDS) for number in range(count)]
    return [" ".join(words[start : start + WORDS]) for start in starts]


def whole(source: str) -> Encode:
    """The same graph with weights as published, and the same tokens."""
    found = read_source(source)
    session = open_session(bert_graph(load(found.files[WEIGHTS]), shape_of(found.files[CONFIG]), LONGEST, int8=False))
    tokenizer = Tokenizer.from_buffer(found.files[TOKENIZER])
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)

    def encode(texts: list[str]) -> np.ndarray:
        ids = (np.array(tokenizer.encode(text).ids, np.int64) for text in texts)
        rows = np.stack([session.run(None, {INPUT: some})[0] for some in ids])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    return encode


def measured(ways: dict[str, Encode], texts: list[str], rounds: int) -> dict[str, float]:
    """Passages per CPU second of each way, the median round."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for encode in ways.values():
        encode(texts[:4])
    for _ in range(rounds):
        for name, encode in ways.items():
            began = time.process_time()
            encode(texts)
            spent[name].append(time.process_time() - began)
    return {name: len(texts) / statistics.median(seconds) for name, seconds in spent.items()}


def closeness(ours: np.ndarray, theirs: np.ndarray, to: str, of: str = "int8") -> None:
    cosines = (ours * theirs).sum(axis=1)
    print(f"cosine of {of} to {to}: mean {cosines.mean():.4f}, min {cosines.min():.4f}")


def memory(name: str, texts: list[str]) -> str:
    command = [sys.executable, "-c", MEMORY, name]
    return subprocess.run(
        command, input="\0".join(texts * 4), capture_output=True, text=True, check=True
    ).stdout.strip()


if __name__ == "__main__":
    main()
