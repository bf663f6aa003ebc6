import importlib.util
from pathlib import Path

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents import legacy
from hirelens_cli.documents.assemble import Refused
from hirelens_cli.documents.converters import Converter
from hirelens_cli.documents.legacy import read_doc
from hirelens_cli.model.issues import Status

spec = importlib.util.spec_from_file_location("word_files", Path(__file__).with_name("word_files.py"))
assert spec
assert spec.loader
word_files = importlib.util.module_from_spec(spec)
spec.loader.exec_module(word_files)
word = word_files.word


DAMAGED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)


def read(data, forensics="auto", **limits):
    return read_doc(data, "d" * 64, Limits(**limits), forensics)


@pytest.mark.parametrize("small_table", [False, True])
@pytest.mark.parametrize("wide", [False, True])
def test_text_comes_in_order(wide, small_table):
    body = "Ada Example\rCaf\u00e9\tLeeds\x0bsecond line\x0cnew page\rdash\x1ehere\r"
    document = read(word(body, wide=wide, small_table=small_table)).value
    assert document.format == "doc"
    assert [(block.text, block.page) for block in document.blocks] == [
        ("Ada Example", 1), ("Caf\u00e9 Leeds", 1), ("second line", 1), ("new page", 2), ("dash-here", 2),
    ]  # fmt: skip


def test_rows_fields_boxes_and_notes():
    body = "before\rPython\x075 years\x07\x07Go\x073 years\x07\x07after \x13 HYPERLINK x \x14link\x15 end\r"
    document = read(word(body, notes="\x02 a note\r", margins="Top\rTop\r", boxes="boxed\r")).value
    assert [(block.text, block.kind.value) for block in document.blocks] == [
        ("Top", "header"), ("before", "paragraph"), ("Python | 5 years", "table_row"), ("Go | 3 years", "table_row"),
        ("after link end", "paragraph"), ("boxed", "text_box"), ("a note", "note"),
    ]  # fmt: skip


def test_hidden_text_is_left_out_and_reported():
    body = "Visible Java kubernetes words\r"
    data = word(body, hidden=[(13, 23)])
    outcome = read(data)
    assert outcome.value.text == "Visible Java words"
    assert outcome.value.hidden == ("kubernetes",)
    assert [issue.code for issue in outcome.issues] == ["hidden_text"]
    assert "kubernetes" in read(data, "off").value.text


def test_documents_of_before_1997_are_read():
    assert read(word("old text\r", version=0x68)).value.text == "old text"


def test_statuses():
    assert read(word("x\r", encrypted=True)).status is Status.ENCRYPTED
    assert read(word("\r\r")).status is Status.EMPTY
    assert read(word("x" * 5000), max_chars=1000).status is Status.TOO_LARGE
    outcome = read(DAMAGED)
    assert outcome.status is Status.MALFORMED
    assert "catdoc" in outcome.issues[0].hint


def test_damage_is_survived():
    whole = word("Ada Example\rCaf\u00e9\tLeeds\x0bsecond line\r" * 20, hidden=[(3, 9)])
    for place in range(0, len(whole), 61):
        for damaged in (whole[:place], whole[:place] + b"\xff\xff\xff\x7f" + whole[place + 4 :]):
            outcome = read(damaged)
            assert outcome.value is not None or outcome.status is not None


def with_antiword(monkeypatch, converted):
    monkeypatch.setattr(legacy, "startable", lambda: Converter("antiword", "/usr/bin/antiword", (), ()))
    monkeypatch.setattr(legacy, "converted", converted)


def test_a_program_reads_what_we_cannot(monkeypatch):
    with_antiword(monkeypatch, lambda *arguments: b"read by a program\n")
    outcome = read(DAMAGED)
    assert (outcome.value.text, outcome.value.format) == ("read by a program", "doc")
    assert [issue.code for issue in outcome.issues] == ["converted"]
    assert read(word("ours\r")).value.text == "ours"


@pytest.mark.parametrize(
    ("error", "status"), [(Refused(Status.TIMEOUT, "too slow"), Status.TIMEOUT), (PermissionError(), Status.MALFORMED)]
)
def test_a_program_that_fails_is_a_status(monkeypatch, error, status):
    def fail(*arguments):
        raise error

    with_antiword(monkeypatch, fail)
    assert read(DAMAGED).status is status
