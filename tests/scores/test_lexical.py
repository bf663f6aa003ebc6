from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from hirelens_cli.model.tables import CANDIDATES, EDUCATION, LANGUAGES, PASSAGES, POSITIONS, SKILLS, Hashes, Pool
from hirelens_cli.scores.lexical import ENOUGH, TermMatrix, term_hash
from hirelens_cli.scores.rows import PoolRows, pool_rows


def rows_of(*people: dict[str, int], tokens: int = 450) -> PoolRows:
    """Each person's terms, and in how many passages each stands."""
    rows = [(f"d{i}", f"h{i}", "en", 0, 0, 0, "", [], 0, [], tokens, "high") for i in range(len(people))]
    said = [
        (i, [term_hash(term) for term, passages in counts.items() if at < passages])
        for i, counts in enumerate(people)
        for at in range(max(counts.values(), default=0))
    ]
    passages = [(f"d{i}", 0, "other", None, 0, 1, True, len(found), 0) for i, found in said]
    return pool_rows(
        Pool(
            candidates=pl.DataFrame(rows, schema=CANDIDATES, orient="row"),
            terms=Hashes(
                np.array([term for _, found in said for term in found], np.uint32),
                np.cumsum([len(found) for _, found in said], dtype=np.int64),
            ),
            skills=pl.DataFrame(schema=SKILLS),
            positions=pl.DataFrame(schema=POSITIONS),
            education=pl.DataFrame(schema=EDUCATION),
            languages=pl.DataFrame(schema=LANGUAGES),
            passages=pl.DataFrame(passages, schema=PASSAGES, orient="row"),
            vectors=np.zeros((len(said), 4), np.float32),
        )
    )


def test_coverage_weighs_words_by_rarity() -> None:
    matrix = TermMatrix(rows_of({"kubernet": 1}, {"team": 1}, {"kubernet": 9, "team": 9}, {}), ["kubernet", "team"])
    rare, common, both, none = matrix.coverage(["kubernet", "team"])
    assert both == 1.0
    assert none == 0.0
    assert rare == pytest.approx(400 / 450)
    assert common == pytest.approx(50 / 450)
    assert matrix.coverage([]).tolist() == [0, 0, 0, 0]


def test_relevance_grows_with_passages_and_levels_off() -> None:
    people = [{"spark": count} for count in (0, 1, 2, 4, 8, 100)]
    values = TermMatrix(rows_of(*people), ["spark"]).relevance([("spark", 1)])
    steps = np.diff(values)
    assert values[0] == 0
    assert (steps > 0).all()
    assert steps[0] > steps[1] > steps[2]
    assert values[-1] <= 1.0


def test_a_longer_resume_needs_more() -> None:
    short, long = (TermMatrix(rows_of({"spark": 2}, tokens=tokens), ["spark"]) for tokens in (200, 2000))
    assert short.relevance([("spark", 1)])[0] > long.relevance([("spark", 1)])[0]


def test_a_long_job_does_not_ask_for_more_words() -> None:
    names = [f"word{n:03d}x" for n in range(4 * ENOUGH)]
    held = dict.fromkeys(names[:ENOUGH], 3)
    matrix = TermMatrix(rows_of(held), names)
    short = matrix.relevance([(name, 1) for name in names[:ENOUGH]])
    assert matrix.relevance([(name, 1) for name in names])[0] == pytest.approx(short[0])


def test_together_is_in_one_passage() -> None:
    matrix = TermMatrix(rows_of({"a1": 1, "b2": 1}, {"a1": 1}, {"b2": 2, "a1": 1}), ["a1", "b2"])
    assert matrix.together(["a1", "b2"])[0].tolist() == [True, False, True]
    assert matrix.together(["b2"])[0].tolist() == [True, False, True]
    assert matrix.together([])[0].tolist() == [False, False, False]
    rows = rows_of({"a1": 2})
    apart = replace(rows, terms=Hashes(np.array([term_hash("a1"), term_hash("b2")], np.uint32), np.array([1, 2])))
    assert not TermMatrix(apart, ["a1", "b2"]).together(["a1", "b2"])[0].any()


def test_together_tells_work_from_the_rest() -> None:
    rows = rows_of({"a1": 1}, {"a1": 1})
    passages = [("d0", 0, "skills", None, 0, 9, True, 1, 0), ("d1", 0, "experience", 0, 0, 9, True, 1, 0)]
    pool = replace(rows.pool, passages=pl.DataFrame(passages, schema=PASSAGES, orient="row"))
    matrix = TermMatrix(replace(rows, pool=pool, passage_rows=np.array([0, 1])), ["a1"])
    anywhere, at_work = matrix.together(["a1"])
    assert anywhere.tolist() == [True, True]
    assert at_work.tolist() == [False, True]
