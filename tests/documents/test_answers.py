from __future__ import annotations

from hirelens_cli.documents.answers import accepted
from hirelens_cli.documents.reader_process import Item
from hirelens_cli.model.codec import encode
from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.issues import Outcome, Status, failed
from hirelens_cli.model.pictures import Drawing, Picture

PICTURE = Picture(2, 10.0, 10.0, b"png")
READ, DRAWN = Item("a", 1), Item("a", 1, (2, 3))


def test_an_answer_about_the_document_is_taken():
    document = Outcome(Document("a", "txt", (Block("words"),)))
    assert accepted(encode(document), READ) == document
    drawing = Outcome(Drawing("a", (PICTURE,)))
    assert accepted(encode(drawing), DRAWN) == drawing
    refused = failed(Status.MALFORMED, "a", "broken")
    assert accepted(encode(refused), DRAWN) == refused


def test_an_answer_about_something_else_is_not():
    assert accepted(encode(Outcome(Document("b", "txt", ()))), READ) is None
    assert accepted(encode(Outcome(Document("a", "txt", (Block("words", page=0),)))), READ) is None
    assert accepted(encode(Outcome(Drawing("b", (PICTURE,)))), DRAWN) is None
    assert accepted(encode(Outcome(Drawing("a", (Picture(4, 1.0, 1.0, b""),)))), DRAWN) is None
    assert accepted(encode(Outcome(Drawing("a", (PICTURE,)))), READ) is None
    assert accepted(encode(Outcome(None)), DRAWN) is None
    assert accepted(b"no JSON", DRAWN) is None
