from __future__ import annotations

from dataclasses import replace

from hirelens_cli.rendering.table import job_table


def test_rows(shortlist):
    table = job_table(shortlist.jobs[0])
    assert table.criteria == ("Skills /40", "Exper. /25", "Proj. /20", "Domain /15")
    assert [row.must for row in table.rows] == ["2/2", "1/2", "0/2"]
    assert table.rows[2].flags == "hidden text"
    assert table.heading == "3 scored"
    assert table.rows[0].paths == ("amara.pdf", "also copy/amara.pdf")


def test_a_part_of_the_pool_says_so(shortlist):
    job = replace(shortlist.jobs[0], pool=30)
    assert job_table(job).heading == "30 scored, the best 3 shown"


def test_places_that_cannot_be_told_apart_are_marked(shortlist):
    table = job_table(shortlist.jobs[0])
    assert [row.rank for row in table.rows] == ["1", "2=", "3="]
    assert table.ties == "Places 2-3 are not distinguishable."
    first, second, third = shortlist.jobs[0].candidates
    people = (replace(first, places=(1, 2)), replace(second, places=(1, 2)), replace(third, places=(3, 9)))
    assert job_table(replace(shortlist.jobs[0], candidates=people)).ties == (
        "Places 1-2 and 3-9 are not distinguishable."
    )
    alone = tuple(replace(item, places=(item.rank, item.rank)) for item in people)
    assert job_table(replace(shortlist.jobs[0], candidates=alone)).ties == ""


def test_a_knockout_says_why_the_candidate_ranks_below(shortlist):
    job = shortlist.jobs[0]
    person = replace(job.candidates[2], knocked_out_by=("CPA",))
    row = job_table(replace(job, candidates=(person,))).rows[0]
    assert row.flags == "hidden text; ranked below, not found: CPA"


def test_blind_rows_name_the_id(shortlist):
    job = shortlist.jobs[0]
    person = replace(job.candidates[0], name="", resume="", also=())
    row = job_table(replace(job, candidates=(person,))).rows[0]
    assert (row.name, row.paths) == ("1" * 12, ())
