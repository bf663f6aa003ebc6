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


def test_blind_rows_name_the_id(shortlist):
    job = shortlist.jobs[0]
    person = replace(job.candidates[0], name="", resume="", also=())
    row = job_table(replace(job, candidates=(person,))).rows[0]
    assert (row.name, row.paths) == ("1" * 12, ())
