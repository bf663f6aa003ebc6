from __future__ import annotations

import pytest

from hirelens_cli.model.jobs import Criterion
from hirelens_cli.model.reports import Held
from hirelens_cli.rendering.report.charts import histogram, score_bars, stages, timeline


def test_the_bars_of_a_score_follow_each_other_up_to_the_score(shortlist):
    for ranked in shortlist.jobs[0].candidates:
        bars = score_bars(ranked)
        assert [bar.kind for bar in bars] == [criterion.value for criterion in Criterion]
        at = 0.0
        for bar in bars:
            assert bar.start == pytest.approx(at)
            at += bar.length
        assert at == pytest.approx(ranked.score / 100)


def test_every_step_begins_where_the_one_before_ended(shortlist):
    for ranked in shortlist.jobs[0].candidates:
        at = 0
        for stage in stages(ranked):
            assert stage.points == sum(step.part.points for step in stage.steps)
            for step in stage.steps:
                assert step.given.start == at / 100
                assert step.given.length + step.lost.length == pytest.approx(step.part.weight / 100)
                assert step.lost.start == pytest.approx(step.given.start + step.given.length)
                at += step.part.points
        assert at == ranked.score


def test_the_histogram_counts_everyone_once():
    scores = [10_000, 9_999, 5_000, 4_999, 500, 0]
    bins = histogram(scores, shown=2)
    assert sum(item.count for item in bins) == len(scores)
    assert [(item.low, item.count, item.shown) for item in bins if item.count] == [
        (0, 1, 0),
        (5, 1, 0),
        (45, 1, 0),
        (50, 1, 0),
        (95, 2, 2),
    ]
    assert max(item.height for item in bins) == 100
    assert histogram([], 0)[0].height == 0


def test_positions_lie_on_one_axis_of_whole_years():
    old = Held("Clerk", "", "2018-01", "2018-12", False, 12)
    new = Held("Manager", "", "2019-07", "2019-12", True, 6)
    line = timeline([old, new, Held("Volunteer", "", "", "", False, 0)])
    assert [row.held.title for row in line.rows] == ["Manager", "Clerk", "Volunteer"]
    assert (line.rows[0].bar.start, line.rows[0].bar.length) == (75, 25)
    assert (line.rows[1].bar.start, line.rows[1].bar.length) == (0, 50)
    assert line.rows[2].bar is None
    assert line.years == ((2018, 0), (2019, 50))


@pytest.mark.parametrize("years", [1, 8, 9, 40, 90])
def test_the_axis_never_has_more_years_than_fit(years):
    line = timeline(
        [Held("x", "", f"{1990 - years // 2}-01", f"{1990 - years // 2 + years - 1}-12", False, 12 * years)]
    )
    assert 0 < len(line.years) <= 9
    assert line.rows[0].bar.length == 100


def test_without_dates_there_is_no_axis():
    line = timeline([Held("x", "", "", "", False, 0)])
    assert line.years == ()
    assert line.rows[0].bar is None
