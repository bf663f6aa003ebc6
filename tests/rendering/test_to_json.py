from __future__ import annotations

import json
from decimal import Decimal

from hirelens_cli.rendering.to_json import shortlist_json, shortlist_jsonl


def test_the_object_is_as_documented(shortlist):
    record = json.loads(shortlist_json(shortlist), parse_float=Decimal)
    assert record["schema"] == "hirelens.shortlist/1"
    assert record["counts"] == {"found": 5, "scored": 3, "unscreened": 1, "duplicates": 1}
    assert (record["run"], record["as_of"], record["config"]) == ("r" * 16, "2026-11-23", "c" * 16)
    assert record["unscreened"][0]["status"] == "image_only"
    job = record["jobs"][0]
    assert (job["job"], job["title"]) == ("job.txt", "Senior Backend Engineer")
    candidate = job["candidates"][0]
    assert {"rank", "candidate", "resume", "score", "percentile", "confidence", "summary"} <= set(candidate)
    assert {"strengths", "gaps", "recommendations", "parts"} <= set(candidate)
    assert (candidate["interval"], candidate["places"]) == ([Decimal("84.26"), Decimal("89.26")], [1, 1])
    assert candidate["knocked_out_by"] == []
    assert candidate["parts"][0] == {
        "criterion": "skills",
        "requirement": "Python",
        "kind": "skill",
        "must": True,
        "weight": Decimal("40.0"),
        "value": Decimal("1.0"),
        "points": Decimal("40.0"),
        "reason": "used for 38 months",
        "evidence": [{"page": 1, "start": 102, "end": 140, "text": "Designed REST APIs in Python"}],
    }


def test_scores_are_the_sums_of_what_is_printed(shortlist):
    record = json.loads(shortlist_json(shortlist), parse_float=Decimal)
    for job in record["jobs"]:
        assert sum(item["weight"] for item in job["requirements"]) == 100
        for candidate in job["candidates"]:
            assert candidate["score"] == sum(part["points"] for part in candidate["parts"])


def test_names_are_left_out(shortlist):
    for data in (shortlist_json(shortlist), shortlist_jsonl(shortlist)):
        assert b"Amara" not in data


def test_lines_carry_the_same_facts(shortlist):
    record = json.loads(shortlist_json(shortlist))
    lines = [json.loads(line) for line in shortlist_jsonl(shortlist).splitlines()]
    assert [line["type"] for line in lines] == ["run", "job", *["candidate"] * 3, "unscreened"]
    assert [line["candidate"] for line in lines if line["type"] == "candidate"] == record["jobs"][0]["candidates"]
    assert lines[0]["counts"] == record["counts"]
    assert lines[-1]["unscreened"] == record["unscreened"][0]
