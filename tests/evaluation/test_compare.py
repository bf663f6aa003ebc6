from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.evaluation.compare import OURS, beside_baselines, table
from hirelens_cli.evaluation.metrics import METRICS, evaluate

JOBS = {"cook.txt": "cook lunch", "clerk.txt": "file letters", "unlabelled.txt": "fly"}
RESUMES = {"a.pdf": "cook who cooks lunch", "b.pdf": "clerk who files letters", "c.pdf": ""}
LABELS = {"cook.txt": {"a.pdf": 1.0}, "clerk.txt": {"b.pdf": 1.0, "gone.pdf": 1.0}}


def count(text: str) -> dict[str, int]:
    words = text.split()
    return {word: words.count(word) for word in sorted(set(words))}


def letters(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.array([[text.count(letter) for letter in "abcdefghij"] for text in texts], dtype=np.float32)


def test_all_systems_score_all_resumes_of_the_labelled_jobs() -> None:
    ours = {job: np.array([3, 2, 1]) for job in JOBS}
    judged = beside_baselines(JOBS, RESUMES, ours, LABELS, terms=count, encode=letters)
    assert [item.job for item in judged] == ["cook.txt", "clerk.txt"]
    assert judged[0].relevance.tolist() == [1, 0, 0]
    assert judged[1].relevance.tolist() == [0, 1, 0], "labels of files that are not there are left out"
    for item in judged:
        assert all(scores.shape == (3,) and np.isfinite(scores).all() for scores in item.scores.values())
    assert judged[1].scores["bm25"].argmax() == 1
    means, differences = evaluate(judged, METRICS, OURS, rounds=30)
    assert means["bm25", "map"].value == 1.0
    assert differences["bm25", "map"].value < 0


def test_the_table_names_every_system_and_metric() -> None:
    ours = {job: np.array([3, 2, 1]) for job in JOBS}
    means, differences = evaluate(
        beside_baselines(JOBS, RESUMES, ours, LABELS, terms=count, encode=letters), METRICS, OURS, rounds=30
    )
    text = table([OURS, "bm25"], ["map", "ndcg@10"], means)
    assert [line.split()[0] for line in text.splitlines()] == ["map", OURS, "bm25"]
    assert "1.000 [1.000,1.000]" in text
    assert "-0." in table(["bm25"], ["map"], differences, signed=True)
