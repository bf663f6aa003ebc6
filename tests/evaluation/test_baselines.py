from __future__ import annotations

import math

import numpy as np
import pytest

from hirelens_cli.evaluation.baselines import Corpus, constant_order, random_order, reciprocal_rank_fusion

CORPUS = Corpus([{"python": 3, "sql": 1}, {"cook": 2, "menu": 2}, {"python": 1, "cook": 1, "menu": 1, "clean": 1}])


def test_bm25_by_hand() -> None:
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    assert CORPUS.bm25({"sql": 1})[0] == pytest.approx(idf * 2.2 / (1 + 1.2))
    assert CORPUS.bm25({"sql": 1})[1:].tolist() == [0, 0]


def test_more_mentions_and_rarer_words_score_higher() -> None:
    scores = CORPUS.bm25({"python": 1})
    assert scores[0] > scores[2] > scores[1] == 0
    assert CORPUS.bm25({"unknown": 1}).tolist() == [0, 0, 0]


def test_tfidf_is_a_cosine() -> None:
    scores = CORPUS.tfidf({"python": 3, "sql": 1})
    assert scores[0] == pytest.approx(1.0)
    assert scores[1] == 0.0
    assert CORPUS.tfidf({"nothing": 1}).tolist() == [0, 0, 0]


def test_fusion_rewards_agreement_and_shares_ties() -> None:
    fused = reciprocal_rank_fusion(np.array([3.0, 2.0, 1.0]), np.array([3.0, 1.0, 2.0]))
    assert fused[0] > fused[1] == pytest.approx(fused[2])
    assert len(set(reciprocal_rank_fusion(np.zeros(4)).tolist())) == 1


def test_trivial_orders() -> None:
    assert np.argsort(-constant_order(3)).tolist() == [0, 1, 2]
    assert sorted(random_order(5, 0).tolist()) == [0, 1, 2, 3, 4]
    assert random_order(9, 1).tolist() == random_order(9, 1).tolist() != random_order(9, 2).tolist()


def test_empty_resumes_do_no_harm() -> None:
    corpus = Corpus([{}, {}])
    assert corpus.bm25({"a": 1}).tolist() == corpus.tfidf({"a": 1}).tolist() == [0, 0]
