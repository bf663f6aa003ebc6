from __future__ import annotations

import json

import pytest


@pytest.mark.slow
def test_the_formats_hold_the_same(run):
    record = json.loads(run("schema", "v1_jobs", "v1_shortlist", "--format", "json").out)
    assert record["schema"] == "hirelens.store/1"
    view, macro = record["relations"]
    assert (view["name"], view["kind"], macro["name"]) == ("v1_jobs", "view", "v1_shortlist(job_name, k)")
    for form in ("table", "md"):
        text = run("schema", "v1_jobs", "v1_shortlist", "--format", form).out.replace("\\", "")
        assert all(column["name"] in text and column["type"] in text for column in view["columns"])


@pytest.mark.slow
def test_it_needs_no_workspace_and_knows_the_nearest_name(run, tmp_path):
    assert run("schema").out.count("v1_") > 15
    assert list(tmp_path.iterdir()) == []
    ended = run("schema", "v1_score")
    assert (ended.code, "did you mean v1_scores?" in ended.err) == (2, True)


def test_it_can_be_written_to_a_file(run, tmp_path):
    assert run("schema", "-f", "md", "-o", "schema.md").out == ""
    assert (tmp_path / "schema.md").read_text().startswith("## v1_runs")
