from __future__ import annotations

from dataclasses import dataclass

import pytest

from hirelens_cli.model import codec
from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.issues import Issue, Severity


@dataclass(frozen=True, slots=True)
class Pair:
    b: int
    a: tuple[str, ...] = ()


def test_fields_keep_their_order_and_equal_records_their_bytes():
    assert codec.encode(Pair(1, ("x",))) == codec.encode(Pair(1, ("x",))) == b'{"b":1,"a":["x"]}'


def test_a_document_and_back():
    document = Document(
        "d", "pdf", (Block("é\u2028", 2, (0.1, 2.0, 3.5, 4.0)),), 2, issues=(Issue("x", Severity.INFO, "d", "m"),)
    )
    assert codec.decode(codec.encode(document), Document) == document


@pytest.mark.parametrize("data", [b"", b"{", b'{"b":"text"}', b"{}", b"\xff", b"[1]"])
def test_what_does_not_fit_is_refused(data):
    with pytest.raises(codec.CodecError):
        codec.decode(data, Pair)


def test_indented_is_the_same_json():
    data = codec.indented(codec.encode(Pair(1, ("x",))))
    assert b"\n  " in data
    assert codec.decode(data, Pair) == Pair(1, ("x",))
