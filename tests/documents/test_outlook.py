import importlib.util
from pathlib import Path

import olefile
import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.formats import format_of
from hirelens_cli.documents.mail import attachments, read_mail
from hirelens_cli.model.issues import Status

spec = importlib.util.spec_from_file_location("compound_files", Path(__file__).with_name("compound_files.py"))
assert spec
assert spec.loader
compound_files = importlib.util.module_from_spec(spec)
spec.loader.exec_module(compound_files)

PDF = b"%PDF-1.7" + bytes(5000)


def text(value):
    return value.encode("utf-16-le")


def attachment(name, content, **more):
    return {
        "__properties_version1.0": bytes(32),
        "__substg1.0_3707001F": text(name),
        "__substg1.0_37010102": content,
        **more,
    }


def message(plain=None, html=None, files=()):
    tree = {"__properties_version1.0": bytes(32), "__nameid_version1.0": {"__substg1.0_00020102": bytes(16)}}
    if plain is not None:
        tree["__substg1.0_1000001F"] = text(plain)
    if html is not None:
        tree["__substg1.0_10130102"] = html
    for number, file in enumerate(files):
        tree[f"__attach_version1.0_#{number:08X}"] = file
    return tree


def made(*arguments):
    return compound_files.compound(message(*arguments))


def read(data):
    return read_mail(data, "d" * 64, Limits(), "auto")


def test_the_body_is_read():
    data = made("Guten Tag\r\n- Python\r\n")
    assert format_of(data) == "msg"
    document = read(data).value
    assert (document.format, document.text) == ("msg", "Guten Tag\nPython")
    assert read(made("plain", "<p>Caf\u00e9</p><p hidden>kubernetes</p>".encode())).value.text == "Caf\u00e9"


def test_attachments_come_in_order():
    data = made("see attached", None, [attachment("cv.pdf", PDF), attachment("letter.docx", b"PK")])
    assert attachments(data) == (("cv.pdf", PDF), ("letter.docx", b"PK"))


def test_pictures_of_the_body_are_no_attachments():
    logo = attachment("logo.png", b"\x89PNG", **{"__substg1.0_3712001F": text("logo@x")})
    data = made("x", b"<img src='cid:logo@x'>x", [logo, attachment("cv.pdf", PDF)])
    assert attachments(data) == (("cv.pdf", PDF),)


def test_messages_within_messages_give_their_attachments():
    inner = message("inner body", None, [attachment("cv.pdf", PDF)])
    data = made("outer body", None, [{"__properties_version1.0": bytes(8), "__substg1.0_3701000D": inner}])
    assert attachments(data) == (("cv.pdf", PDF),)
    assert read(data).value.text == "outer body"


def test_a_second_opinion_on_our_files():
    with olefile.OleFileIO(made("body", None, [attachment("cv.pdf", PDF)])) as opened:
        assert ["__attach_version1.0_#00000000", "__substg1.0_37010102"] in opened.listdir()


@pytest.mark.parametrize("step", [97])
def test_damage_is_survived(step):
    whole = made("body" * 50, b"<p>x</p>", [attachment("cv.pdf", PDF)])
    for place in range(0, len(whole), step):
        for damaged in (whole[:place], whole[:place] + b"\x00\xff\x03" + whole[place + 3 :]):
            read(damaged)
            attachments(damaged)


def test_statuses():
    assert read(made()).status is Status.EMPTY
    assert read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)).status is Status.MALFORMED
