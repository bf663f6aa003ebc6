import time

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.rtf import read_rtf
from hirelens_cli.model.issues import Status

COLOURS = r"{\colortbl;\red255\green255\blue255;\red31\green56\blue100;\red0\green0\blue0;}"
HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil Calibri;}{\f1\fcharset204 Arial;}{\f2\fcharset238 Arial;}}"
    + COLOURS
)
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\cs2 heading of characters;}}{\info{\author Nobody}}"


def read(body, forensics="auto", **limits):
    data = (HEAD + STYLES + body + "}").encode("latin-1")
    return read_rtf(data, "d" * 64, Limits(**limits), forensics)


def blocks(body):
    outcome = read(body)
    assert outcome.value is not None, outcome.issues
    return [(block.text, block.kind.value) for block in outcome.value.blocks]


def test_paragraphs_headings_and_lists():
    body = (
        r"\pard\s1\b\fs32 Experience\b0\fs24\par\pard Engineer\tab 2019\endash 2021\line Leeds\par"
        r"{\pntext\bullet\tab}\pard\ls1 Led a team\par {\listtext 1.\tab}Built it\par\pard\outlinelevel1 Skills\par \pard\bullet  typed\par"
    )
    assert blocks(body) == [
        ("Experience", "heading"), ("Engineer 2019–2021", "paragraph"), ("Leeds", "paragraph"), ("Led a team", "list_item"),
        ("Built it", "list_item"), ("Skills", "heading"), ("typed", "list_item"),
    ]  # fmt: skip
    first = read(body).value.blocks[0]
    assert (first.size, first.bold) == (16.0, True)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Caf\'e9 Z\'fcrich", "Café Zürich"),
        ("Caf\u00e9", "Café"),
        (r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (r"{\f2 \'b3\'f3d\'9f}", "łódź"),
        (r"\u1055?\u1088?\u1080?", "При"),
        (r"{\uc2 \u233\'c3\'a9x}", "éx"),
        (r"{\uc0 \u233x}", "éx"),
        (r"\u-3913?dot", "dot"),
        (r"a\~b\_c \{d\}", "a b-c {d}"),
        (r"link {\field{\*\fldinst{HYPERLINK 'x'}}{\fldrslt{to here}}}", "link to here"),
        (r"{\pict\pngblip 89504e470d0a}after", "after"),
        ("{\\pict\\bin5 }}}{\\}after", "after"),
        (r"{\*\unknown secret}seen", "seen"),
        (r"kept {\deleted gone}", "kept"),
        (r"{\object{\*\objdata 00ff}{\result shown}}", "shown"),
    ],
)
def test_characters(body, text):
    assert read(body).value.text == text


def test_rows_boxes_headers_and_notes():
    body = (
        r"{\header\pard Top\par}{\headerf\pard Top\par}{\footer\pard Bottom\par}\pard Body{\footnote A note}"
        r"{\shp{\*\shpinst\shpleft1{\sp{\sn fillColor}{\sv 9}}{\shptxt\pard Boxed\par}}{\shprslt Boxed again}}\par"
        r"\trowd\cellx1\cellx2\pard\intbl Python\cell 5 years\cell\row"
        r"\trowd\cellx1\cellx2\pard\intbl one\par two\cell three\cell\row\pard end\par"
    )
    assert blocks(body) == [
        ("Top", "header"), ("Body", "paragraph"), ("Boxed", "text_box"), ("Python | 5 years", "table_row"), ("one", "paragraph"),
        ("two", "paragraph"), ("three", "paragraph"), ("end", "paragraph"), ("Bottom", "footer"), ("A note", "note"),
    ]  # fmt: skip


def test_pages_count():
    assert [block.page for block in read(r"one\par\page two\par\page three\par").value.blocks] == [1, 2, 3]


@pytest.mark.parametrize(
    "attack",
    [
        r"{\v kubernetes}",
        r"{\fs2 kubernetes}",
        r"{\cf1 kubernetes}",
        r"{\cf2\highlight2 kubernetes}",
        r"\par\pard\cbpat3{\cf3 kubernetes}",
        r"\par\trowd\clcbpat2\cellx9\pard\intbl{\cf2 kubernetes}\cell\row",
    ],
)
def test_hidden_words_are_left_out_and_reported(attack):
    outcome = read(r"\pard Visible " + attack + r"\par")
    assert outcome.value.text == "Visible"
    assert outcome.value.hidden == ("kubernetes",)
    assert [issue.code for issue in outcome.issues] == ["hidden_text"]
    assert "kubernetes" in read(r"\pard Visible " + attack + r"\par", "off").value.text


@pytest.mark.parametrize(
    "control",
    [
        r"{\cf1\highlight2 kubernetes}",
        r"\par\pard\cbpat2{\cf1 kubernetes}",
        r"\par\trowd\clcbpat2\cellx9\pard\intbl{\cf1 kubernetes}\cell\row",
        r"{\cf3 kubernetes}",
        r"{\v\v0 kubernetes}",
        r"{\shp{\*\shpinst{\shptxt\pard\cf1 kubernetes\par}}}",
    ],
)
def test_what_a_person_sees_is_kept(control):
    outcome = read(r"\pard Visible " + control + r"\par")
    assert "kubernetes" in outcome.value.text
    assert outcome.issues == ()


def test_statuses():
    assert read_rtf(b"plain", "d", Limits(), "auto").status is Status.MALFORMED
    assert read("").status is Status.EMPTY
    assert read(r"{\pict 00}").status is Status.IMAGE_ONLY
    assert read(r"\b" * 300, max_objects=10).status is Status.TOO_LARGE
    assert read("{" * 5000).status is Status.TOO_LARGE
    assert read("word " * 300_000).status is Status.TOO_LARGE


@pytest.mark.parametrize(
    "unit", ["\\", "{", "}", "\\'", "\\u", "\\bin", "\\b1 ", "a", ";", "\\par ", "\\cell", "\\u-1", "{\\shptxt "]
)
def test_time_is_linear(unit):
    started = time.process_time()
    read(unit * 30_000)
    assert time.process_time() - started < 1.5


def test_damage_is_survived():
    whole = HEAD + STYLES + r"\pard One \b two\b0\par {\shp{\*\shpinst{\shptxt\pard Boxed\par}}}\u233? \'e9\par}"
    for cut in range(0, len(whole), 7):
        read_rtf(whole[:cut].encode("latin-1"), "d", Limits(), "auto")
        read_rtf((whole[:cut] + whole[cut + 3 :]).encode("latin-1"), "d", Limits(), "auto")
