from __future__ import annotations

import csv
import io
from dataclasses import replace

from hirelens_cli.rendering.to_csv import COLUMNS, rows_csv, shortlist_csv


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_one_row_per_candidate_and_per_unscreened_document(shortlist):
    rows = read(shortlist_csv(shortlist))
    assert tuple(rows[0]) == COLUMNS
    assert [row["rank"] for row in rows] == ["1", "2", "3", ""]
    first, last = rows[0], rows[-1]
    assert (first["score"], first["skills"], first["also"]) == ("86.76", "40.00", "copy/amara.pdf")
    assert (first["interval_low"], first["interval_high"]) == ("84.26", "89.26")
    assert [(row["first_place"], row["last_place"]) for row in rows] == [("1", "1"), ("2", "3"), ("2", "3"), ("", "")]
    assert "Python (must) 40.00 of 40.00, value 1.000" in first["parts"]
    assert "[p.1 102-140: Designed REST APIs in Python]" in first["parts"]
    assert (last["status"], last["message"]) == ("image_only", "pictures of pages, no text (run it through OCR)")


def test_no_cell_is_a_formula(shortlist):
    job = shortlist.jobs[0]
    person = replace(job.candidates[0], resume="=HYPERLINK(1)", applicant_id="@x", also=("+1", "-2"), flags=("\t=1",))
    hostile = replace(shortlist, jobs=(replace(job, job="-job", title="=t", candidates=(person,)),))
    for row in read(shortlist_csv(hostile)):
        assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in row.values() if cell)
    assert read(rows_csv(("a",), [("=1+1",)])) == [{"a": "'=1+1"}]
