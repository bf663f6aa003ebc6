from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from hirelens_cli.model.evaluations import Evaluation, Gate, LabelCounts
from hirelens_cli.rendering.to_junit import evaluation_junit, shortlist_junit


def test_documents_without_a_score_fail_with_their_reason(shortlist):
    root = ElementTree.fromstring(shortlist_junit(shortlist))
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("2", "1", "0")
    job, document = root.iter("testcase")
    assert job.get("name") == "job.txt: 3 candidates scored"
    assert len(job) == 0
    assert document.get("name") == "ruth.pdf"
    (failure,) = document
    assert failure.tag == "failure"
    assert failure.attrib == {"type": "image_only", "message": "image_only: pictures of pages, no text"}
    assert failure.text == "run it through OCR"


def test_what_is_allowed_is_skipped_instead(shortlist):
    root = ElementTree.fromstring(shortlist_junit(shortlist, allow_unscreened=True))
    assert (root.get("failures"), root.get("skipped")) == ("0", "1")
    assert [child.tag for child in root.findall(".//testcase/*")] == ["skipped"]


def test_a_job_for_which_nobody_was_scored_fails(shortlist):
    empty = replace(shortlist.jobs[0], pool=0, candidates=())
    root = ElementTree.fromstring(shortlist_junit(replace(shortlist, jobs=(empty,), unscreened=())))
    assert root.find(".//testcase/failure").get("message") == "empty: nobody was scored"


def test_text_of_others_cannot_break_the_xml(shortlist):
    evil = ']]></failure><testcase name="x"/>\x1b\x00\ud800&<'
    item = replace(shortlist.unscreened[0], resume=evil, message=evil, hint=evil)
    root = ElementTree.fromstring(shortlist_junit(replace(shortlist, unscreened=(item,))))
    names = [case.get("name") for case in root.iter("testcase")]
    assert names == ["job.txt: 3 candidates scored", ']]></failure><testcase name="x"/>\\x1b\\x00\\ud800&<']


def test_gates_are_tests():
    gates = (Gate("ndcg@10", 0.6, 0.7, True), Gate("map", 0.5, 0.4321, False))
    evaluation = Evaluation(
        "r", "static", ("j",), 1, LabelCounts(1, 1, 0, 0), "jobs", ("map",), ("hirelens",), (), gates
    )
    passed, failed = ElementTree.fromstring(evaluation_junit(evaluation)).iter("testcase")
    assert (passed.get("name"), len(passed)) == ("ndcg@10 at least 0.6", 0)
    assert failed.find("failure").get("message") == "gate: map is 0.432"
