from __future__ import annotations

import json

from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.issues import Issue, Outcome, Severity, Status, failed
from hirelens_cli.rendering.to_document import document_json


def test_a_document_with_boxes_and_issues():
    issue = Issue("hidden_text", Severity.WARNING, "d", "2 words")
    document = Document("d", "pdf", (Block("a", 1, (1.0, 2.0, 3.0, 4.0)), Block("b", 2)), 2, "en", ("x",), (issue,))
    record = json.loads(document_json(Outcome(document, (issue,))))
    assert (record["schema"], record["status"], record["text"]) == ("hirelens.document/1", "read", "a\nb")
    assert record["blocks"][0]["bbox"] == [1.0, 2.0, 3.0, 4.0]
    assert [item["code"] for item in record["issues"]] == ["hidden_text"]


def test_no_document():
    record = json.loads(document_json(failed(Status.TIMEOUT, "d", "took too long")))
    assert (record["status"], record["text"], record["blocks"]) == ("timeout", "", [])
