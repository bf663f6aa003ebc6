import importlib.util
import struct
import subprocess
from pathlib import Path

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents import legacy
from hirelens_cli.documents.legacy import read_doc
from hirelens_cli.model.issues import Status

spec = importlib.util.spec_from_file_location("compound_files", Path(__file__).with_name("compound_files.py"))
assert spec
assert spec.loader
compound_files = importlib.util.module_from_spec(spec)
spec.loader.exec_module(compound_files)
compound = compound_files.compound


def word(
    body, *, notes="", margins="", boxes="", hidden=(), wide=False, encrypted=False, version=0xC1, small_table=False
):
    """A DOC with its text in two pieces; `hidden` are ranges of characters marked as hidden."""
    text = body + notes + margins + boxes
    half = len(text) // 2
    first, second = text[:half], text[half:]
    start = 1024
    raw_first = first.encode("cp1252")
    raw_second = second.encode("utf-16-le" if wide else "cp1252")
    offset = start + len(raw_first)
    main = bytearray(start) + raw_first + raw_second
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 10, 0x200 | (0x100 if encrypted else 0))
    struct.pack_into("<II", main, 0x18, start, start + len(text))
    counts = (len(body), len(notes), len(margins), 0, 0, 0, len(boxes), 0)
    struct.pack_into("<8i", main, 0x4C if version >= 0xC1 else 0x34, *counts)
    page = -(-len(main) // 512)
    main = main.ljust(page * 512, b"\0")
    bounds = sorted({start, start + len(text), *(start + place for pair in hidden for place in pair)})
    sheet = bytearray(512)
    runs = len(bounds) - 1
    struct.pack_into(f"<{runs + 1}I", sheet, 0, *bounds)
    vanish = struct.pack("<BHBHB", 6, 0x0835, 1, 0x083C, 1)
    sheet[480 : 480 + len(vanish)] = vanish
    for run in range(runs):
        sheet[4 * (runs + 1) + run] = (
            240 if any(start + low <= bounds[run] < start + high for low, high in hidden) else 0
        )
    sheet[511] = runs
    main += sheet
    where = offset if wide else (offset * 2) | 0x40000000
    clx = b"\x01" + struct.pack("<H", 3) + b"abc" + b"\x02" + struct.pack("<I", 4 * 3 + 8 * 2)
    clx += (
        struct.pack("<3I", 0, half, len(text))
        + struct.pack("<HIH", 0, (start * 2) | 0x40000000, 0)
        + struct.pack("<HIH", 0, where, 0)
    )
    looks = struct.pack("<3I", start, start + len(text), page)
    struct.pack_into("<II", main, 0x1A2, 16, len(clx))
    struct.pack_into("<II", main, 0xFA, 16 + len(clx), len(looks))
    table = bytes(16) + clx + looks
    return compound(
        {"WordDocument": bytes(main).ljust(4096, b"\0"), "1Table": table if small_table else table.ljust(4096, b"\0")}
    )


def read(data, forensics="auto", **limits):
    return read_doc(data, "d" * 64, Limits(**limits), forensics)


@pytest.fixture(autouse=True)
def no_programs(monkeypatch):
    monkeypatch.setattr(legacy.shutil, "which", lambda name: None)


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
    outcome = read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000))
    assert outcome.status is Status.MALFORMED
    assert "catdoc" in outcome.issues[0].hint


def test_damage_is_survived():
    whole = word("Ada Example\rCaf\u00e9\tLeeds\x0bsecond line\r" * 20, hidden=[(3, 9)])
    for place in range(0, len(whole), 61):
        for damaged in (whole[:place], whole[:place] + b"\xff\xff\xff\x7f" + whole[place + 4 :]):
            outcome = read(damaged)
            assert outcome.value is not None or outcome.status is not None


def test_a_program_reads_what_we_cannot(monkeypatch):
    monkeypatch.setattr(legacy.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "antiword" else None)
    asked = []

    def run(command, **more):
        asked.append(command[0])
        return subprocess.CompletedProcess(command, 0, b"read by a program\n", b"")

    monkeypatch.setattr(legacy.subprocess, "run", run)
    outcome = read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000))
    assert (outcome.value.text, outcome.value.format, asked) == ("read by a program", "doc", ["antiword"])


@pytest.mark.parametrize(
    ("error", "status"),
    [(subprocess.TimeoutExpired("antiword", 1), Status.TIMEOUT), (PermissionError(), Status.MALFORMED)],
)
def test_a_program_that_fails_is_a_status(monkeypatch, error, status):
    monkeypatch.setattr(legacy.shutil, "which", lambda name: name)

    def run(command, **more):
        raise error

    monkeypatch.setattr(legacy.subprocess, "run", run)
    assert read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)).status is status
