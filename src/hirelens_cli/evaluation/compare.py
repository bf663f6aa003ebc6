"""A ranking beside plain methods over the same texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.evaluation.baselines import Corpus, constant_order, random_order, reciprocal_rank_fusion
from hirelens_cli.evaluation.metrics import Estimate, Floats, Judged

OURS = "hirelens"


def beside_baselines(
    jobs: Mapping[str, str],
    resumes: Mapping[str, str],
    ours: Mapping[str, Floats],
    labels: Mapping[str, Mapping[str, float]],
    *,
    terms: Callable[[str], Mapping[str, int]],
    encode: Callable[[Sequence[str]], NDArray[np.float32]],
) -> list[Judged]:
    """For each labelled job all systems' scores of all resumes, in the order of `resumes`.

    `jobs` and `resumes` are texts by name; `ours[job]` are our scores in the order of `resumes`; an unlisted pair has
    relevance 0.
    """
    names, texts = list(resumes), list(resumes.values())
    corpus = Corpus([terms(text) for text in texts])
    vectors = encode(texts)
    judged = []
    for number, job in enumerate(name for name in jobs if name in labels):
        counts = terms(jobs[job])
        bm25 = corpus.bm25(counts)
        embedding = (vectors @ encode([jobs[job]])[0]).astype(np.float64)
        systems = {
            OURS: ours[job].astype(np.float64),
            "random": random_order(len(names), number),
            "constant": constant_order(len(names)),
            "length": corpus.lengths,
            "bm25": bm25,
            "tfidf": corpus.tfidf(counts),
            "embedding": embedding,
            "bm25+embedding": reciprocal_rank_fusion(bm25, embedding),
        }
        judged.append(Judged(job, np.array([labels[job].get(name, 0.0) for name in names]), systems))
    return judged


def table(
    systems: Sequence[str],
    metrics: Sequence[str],
    estimates: Mapping[tuple[str, str], Estimate],
    *,
    signed: bool = False,
) -> str:
    """Systems down, metrics across, each as `.465 [.389,.541]`; `signed` for differences."""
    width = 22 + 2 * signed
    lines = [f"{'':16}" + "".join(f"{name:>{width}}" for name in metrics)]
    for system in systems:
        cells = (_cell(estimates[system, name], signed) for name in metrics)
        lines.append(f"{system:16}" + "".join(f"{cell:>{width}}" for cell in cells))
    return "\n".join(lines)


def _cell(estimate: Estimate, signed: bool) -> str:
    numbers = [
        f"{number:+.3f}" if signed else f"{number:.3f}" for number in (estimate.value, estimate.low, estimate.high)
    ]
    return f"{numbers[0]} [{numbers[1]},{numbers[2]}]"
