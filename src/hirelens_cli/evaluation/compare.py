"""A ranking beside plain methods over the same texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.evaluation.baselines import Corpus, constant_order, random_order, reciprocal_rank_fusion
from hirelens_cli.evaluation.metrics import Floats, Judged
from hirelens_cli.model.evaluations import Estimate

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
        relevance = np.array([labels[job].get(name, 0.0) for name in names])
        likeness = (vectors @ encode([jobs[job]])[0]).astype(np.float64)
        scores = ours[job].astype(np.float64)
        judged.append(beside(job, number, relevance, scores, corpus, counts=terms(jobs[job]), likeness=likeness))
    return judged


def beside(
    job: str,
    number: int,
    relevance: Floats,
    ours: Floats,
    corpus: Corpus,
    *,
    counts: Mapping[str, int],
    likeness: Floats,
    rows: NDArray[np.int64] | None = None,
) -> Judged:
    """One job's candidates by all systems.

    `counts` are the job's terms, `likeness` how alike each resume of the corpus is to it by plain embedding; `rows` are
    the job's candidates within the corpus, all where None; `relevance` and `ours` belong to them.
    """
    bm25 = corpus.bm25(counts)
    over_all = {
        "length": corpus.lengths,
        "bm25": bm25,
        "tfidf": corpus.tfidf(counts),
        "embedding": likeness,
    }
    own = over_all if rows is None else {name: scores[rows] for name, scores in over_all.items()}
    systems = {OURS: ours, "random": random_order(len(ours), number), "constant": constant_order(len(ours)), **own}
    systems["bm25+embedding"] = reciprocal_rank_fusion(own["bm25"], own["embedding"])
    return Judged(job, relevance, systems)


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
