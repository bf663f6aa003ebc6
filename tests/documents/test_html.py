import time

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.html import read_html
from hirelens_cli.model.issues import Status


def read(html, forensics="auto", **limits):
    data = html if isinstance(html, bytes) else html.encode()
    return read_html(data, "d" * 64, Limits(**limits), forensics)


def blocks(html):
    outcome = read(html)
    assert outcome.value is not None, outcome.issues
    return [(block.text, block.kind.value) for block in outcome.value.blocks]


def test_structure_becomes_kinds():
    html = """<!DOCTYPE html><html><head><title>T</title><style>p{}</style><script>var x = "no";</script></head><body>
    <h1>Ada  Example</h1><p>Writes <b>good</b> code<br>and tests</p><ul><li>first<li>second <i>item</i></ul>
    <table><tr><td>Python</td><td>5 years</td></tr><tr><td><h2>Work</h2><p>Did it</p></td><td>x</td></tr></table>
    <div>loose <span>text</span></div><pre>one
two</pre></body></html>"""
    assert blocks(html) == [
        ("Ada Example", "heading"), ("Writes good code", "paragraph"), ("and tests", "paragraph"), ("first", "list_item"),
        ("second item", "list_item"), ("Python | 5 years", "table_row"), ("Work", "heading"), ("Did it", "paragraph"), ("x", "paragraph"),
        ("loose text", "paragraph"), ("one", "paragraph"), ("two", "paragraph"),
    ]  # fmt: skip


def test_nested_tables_keep_their_order():
    html = "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table>d</td><td>e</td></tr></table>f"
    assert [text for text, _ in blocks(html)] == ["a", "b | c", "d", "e", "f"]


def test_bold_is_known():
    document = read("<p><b>All of it</b> x</p><p>none <b>x</b></p><p style='font-weight:bold'>styled</p>").value
    assert [block.bold for block in document.blocks] == [True, False, True]


@pytest.mark.parametrize(
    "attack",
    [
        "<p style='display:none'>kubernetes</p>",
        "<p style='DISPLAY : none !important'>kubernetes</p>",
        "<p style='visibility:hidden'>kubernetes</p>",
        "<p hidden>kubernetes</p>",
        "<div style='display:none'><p>kubernetes</p></div>",
        "<span style='font-size:0'>kubernetes</span>",
        "<span style='font-size: 1px'>kubernetes</span>",
        "<span style='opacity:0'>kubernetes</span>",
        "<span style='color:#fff'>kubernetes</span>",
        "<span style='color:rgb(255, 255, 255)'>kubernetes</span>",
        "<span style='color:transparent'>kubernetes</span>",
        "<span style='color:rgba(0,0,0,0)'>kubernetes</span>",
        "<font color='white'>kubernetes</font>",
        "<div style='background:#123'><span style='color:#112233'>kubernetes</span></div>",
        "<style>.h{display:none} @media print{.v{display:none}}</style><p class='h'>kubernetes</p>",
        "<style>#h, p.z {color:white}</style><p id='h'>kubernetes</p>",
        "<span style='position:absolute;left:-9999px'>kubernetes</span>",
        "<span style='text-indent:-5000px'>kubernetes</span>",
        "<div style='overflow:hidden;height:0'>kubernetes</div>",
    ],
)
def test_hidden_words_are_left_out_and_reported(attack):
    outcome = read(f"<html><body><p>Visible Java</p>{attack}</body></html>")
    assert outcome.value.text == "Visible Java"
    assert outcome.value.hidden == ("kubernetes",)
    assert [issue.code for issue in outcome.issues] == ["hidden_text"]
    assert "kubernetes" in read(f"<p>Visible Java</p>{attack}", "off").value.text


@pytest.mark.parametrize(
    "control",
    [
        "<div style='background-color:#1f3864;color:white'>kubernetes</div>",
        "<div style='background:navy'><p style='color:#fff'>kubernetes</p></div>",
        "<div style='background:url(x.png)'><p style='color:#fff'>kubernetes</p></div>",
        "<div style='background:linear-gradient(#000,#fff)'><p style='color:#fff'>kubernetes</p></div>",
        "<style>.side .name{background:#000}</style><p style='color:#fff'>kubernetes</p>",
        "<link rel='stylesheet' href='x.css'><p style='color:#fff'>kubernetes</p>",
        "<style>.side{background:#222;color:#fff}</style><div class='side'>kubernetes</div>",
        "<style>@media print{.v{display:none}}</style><p class='v'>kubernetes</p>",
        "<td bgcolor='#000000'><font color='#ffffff'>kubernetes</font></td>",
        "<div style='overflow:hidden;height:auto'>kubernetes</div>",
        "<p style='color:#777'>kubernetes</p>",
        "<p style='opacity:0.9;font-size:0.9em'>kubernetes</p>",
    ],
)
def test_what_a_browser_shows_is_kept(control):
    outcome = read(f"<html><body><p>Visible</p>{control}</body></html>")
    assert "kubernetes" in outcome.value.text
    assert outcome.value.hidden == ()
    assert outcome.issues == ()


def test_scripts_are_no_hidden_text():
    outcome = read("<script>kubernetes()</script><p>x</p><noscript>enable scripts</noscript>")
    assert (outcome.value.text, outcome.value.hidden) == ("x", ())


@pytest.mark.parametrize(
    "data",
    [
        "<p>Caf\u00e9 \u2013 Z\u00fcrich</p>".encode(),
        "<meta charset='windows-1252'><p>Caf\u00e9 \u2013 Z\u00fcrich</p>".encode("cp1252"),
        "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-15'><p>Caf\u00e9 \u2013 Z\u00fcrich</p>".encode(
            "cp1252"
        ),
        "\ufeff<p>Caf\u00e9 \u2013 Z\u00fcrich</p>".encode("utf-16-le"),
        "<?xml version='1.0' encoding='utf-8'?><html><p>Caf\u00e9 \u2013 Z\u00fcrich</p></html>".encode(),
    ],
)
def test_character_sets(data):
    assert read(data).value.text.startswith("Caf\u00e9 ")
    assert read(data).value.text.endswith("Z\u00fcrich")


def test_statuses():
    assert read("<html><body></body></html>").status is Status.EMPTY
    assert read("<html><body><img src='scan.png'></body></html>").status is Status.IMAGE_ONLY
    assert read("<b>x" * 300_000).status is Status.TOO_LARGE
    assert read("<p>" + "word " * 300_000).status is Status.TOO_LARGE


def test_deep_nesting_ends():
    outcome = read("<div>" * 50_000 + "deep" + "</div>" * 50_000)
    assert outcome.value is not None or outcome.status is not None


@pytest.mark.parametrize("unit", ["{", "}", "/*", "a{", "@", ";", "<p style='", "rgb(", "a ", "/* a*", "*"])
def test_style_sheets_take_linear_time(unit):
    started = time.process_time()
    read("<style>" + unit * 20_000 + "</style><p style='color:" + unit * 20_000 + "'>x</p>")
    assert time.process_time() - started < 1
