"""Two stages in one order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.engine.cascade import finalists, joined
from hirelens_cli.engine.results import Standing
from hirelens_cli.model.jobs import Job, Requirement, RequirementKind

JOB = Job("j" * 64, "job.txt", "Nurse", 0, "", "", (Requirement("Triage", RequirementKind.SKILL, True, None),))


def standing(people: dict[str, int], out: tuple[str, ...] = ()) -> Standing:
    """These scores, best first; who is `out` was knocked out."""
    order = sorted(people, key=lambda name: (name in out, -people[name], name))
    scores = np.array([people[name] for name in order], np.int32)
    return Standing(
        JOB,
        (10_000,),
        tuple(order),
        scores,
        np.zeros(len(order)),
        np.stack([scores - 10, scores + 10], axis=1).reshape(-1, 2),
        np.zeros((len(order), 2), np.int32),
        len(order) - len(out),
        (scores[:, None] // 10).astype(np.int16),
        scores[:, None],
        np.zeros(len(order), np.int16),
    )


@pytest.mark.parametrize(("pool", "count"), [(0, 0), (10, 10), (50, 50), (249, 50), (250, 50), (251, 51), (1000, 200)])
def test_the_best_fifth_and_at_least_fifty_come_to_the_second_stage(pool: int, count: int) -> None:
    names = {f"{number:04}": pool - number for number in range(pool)}
    assert finalists(standing(names)) == tuple(sorted(names))[:count]


def test_who_came_to_the_second_stage_stands_first_whatever_the_scores() -> None:
    both = joined(standing({"a": 9000, "b": 8000, "c": 7000, "d": 6000}), standing({"a": 100, "b": 200}))
    assert both.doc_ids == ("b", "a", "c", "d")
    assert both.scores.tolist() == [200, 100, 7000, 6000]
    assert both.stages.tolist() == [2, 2, 1, 1]
    assert both.percentiles.tolist() == [100.0, 75.0, 50.0, 25.0]
    assert both.points[:, 0].tolist() == both.scores.tolist()
    assert both.intervals.tolist() == [[score - 10, score + 10] for score in both.scores]


def test_who_was_knocked_out_stands_last_in_both_stages() -> None:
    first = standing({"a": 9000, "b": 8000, "c": 7000, "d": 6000}, out=("d",))
    both = joined(first, standing({"a": 100, "b": 200}, out=("b",)))
    assert both.doc_ids == ("a", "c", "b", "d")
    assert both.above == 2
    assert both.stages.tolist() == [2, 1, 2, 1]


def test_no_tie_band_holds_candidates_of_two_stages() -> None:
    both = joined(standing({"a": 500, "b": 500, "c": 500, "d": 500}), standing({"a": 500, "b": 500}))
    assert both.places.tolist() == [[1, 2], [1, 2], [3, 4], [3, 4]]


@pytest.mark.slow
@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.integers(0, 10_000)), st.data())
def test_nobody_is_lost_and_each_stage_keeps_its_own_order(people: dict[str, int], data: st.DataObject) -> None:
    names = sorted(people)
    out = tuple(data.draw(st.lists(st.sampled_from(names), unique=True)) if names else ())
    first = standing(people, out)
    reached = first.doc_ids[: data.draw(st.integers(0, len(names)))]
    again = {name: data.draw(st.integers(0, 10_000)) for name in reached}
    both = joined(first, standing(again, tuple(name for name in out if name in reached)))
    assert sorted(both.doc_ids) == names
    assert [both.scores[row] for row, name in enumerate(both.doc_ids)] == [
        again.get(name, people[name]) for name in both.doc_ids
    ]
    left = [name for name in first.doc_ids if name not in reached]
    assert [name for name in both.doc_ids if name not in reached] == left
    assert [name in out for name in both.doc_ids] == [False] * both.above + [True] * (len(names) - both.above)
    for row, (start, end) in enumerate(both.places.tolist()):
        assert start <= row + 1 <= end
        assert len({(int(both.stages[at]), at < both.above) for at in range(start - 1, end)}) == 1
