from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from hirelens_cli.errors import ExitCode
from hirelens_cli.model.decisions import Decision

JOB = "Data Engineer\n\nRequirements\n- Python\n- 3+ years of experience\n\nNice to have\n- Kafka\n"
DECISION = Decision(
    3, "2026-11-23T10:00:00+00:00", "kim", "r", "job.txt", "j", "1" * 16, "reject", "internal remark", 2, 5100, "d"
)


@pytest.mark.slow
def test_a_notice_says_what_is_scored_kept_and_may_be_asked_for(run, tmp_path):
    (tmp_path / "job.txt").write_text(JOB)
    ended = run("notice", "--job", "job.txt", "--contact", "hr@x.example", "--kept-for", "180 days", "-f", "md")
    assert ended.code == ExitCode.DONE
    for text in ("Python", "required", "preferred", "hr@x.example", "180 days", "not legal advice", "10 business days"):
        assert text in ended.out
    record = json.loads(run("notice", "--job", "job.txt", "-f", "json").out)
    assert record["criteria"] == {"skills": 40.0, "experience": 25.0, "projects": 20.0, "domain": 15.0}
    assert sum(item["weight"] for item in record["asked"]) == pytest.approx(100)


def test_a_notice_without_a_job_leaves_gaps_to_fill_in(run):
    ended = run("notice")
    assert ended.code == ExitCode.DONE
    assert ended.out.count("[fill in") == 2


@pytest.fixture
def answers(app):
    """What is known of one candidate."""
    app.answers["decided"] = (SimpleNamespace(run="r" * 16, as_of="2026-11-23"), DECISION)
    return app


def test_a_pack_tells_one_candidate_what_was_found_and_nothing_of_others(run, answers):
    ended = run("adverse-pack", "amara.pdf", "--job", "job.txt", "-f", "md", "--contact", "hr@x.example")
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    for text in (
        "Found in your resume",
        "Found in part",
        "Designed REST APIs in Python",
        "2026-11-23: reject",
        "hr@x.example",
    ):
        assert text in ended.out
    for text in ("Tomas", "Viktor", "internal remark", "rank", "kim"):
        assert text not in ended.out
    record = json.loads(run("adverse-pack", "amara.pdf", "--job", "job.txt", "-f", "json").out)
    assert record["decision"] == {"at": DECISION.at, "decision": "reject"}
    assert sum(part["points"] for part in record["parts"]) == pytest.approx(record["score"])
