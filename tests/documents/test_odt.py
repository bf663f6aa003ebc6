import io
import zipfile

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.odt import read_odt
from hirelens_cli.model.issues import Status

NAMES = "office text table style drawing"
XMLNS = " ".join(
    f'xmlns:{"draw" if name == "drawing" else name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in NAMES.split()
)
XMLNS += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'


def style(name, family="text", *, parent="", text="", other=""):
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties {text}/>{other}</style:style>"
    )


STYLES = "".join(
    (
        style("Base", "paragraph", text='fo:font-size="11pt"'),
        style("Bold", "paragraph", parent="Base", text='fo:font-weight="bold" fo:font-size="200%"'),
        style("Heading_20_1", "paragraph", parent="Base"),
        style("Mine", "paragraph", parent="Heading_20_1"),
        style("New", "paragraph", parent="Base", other='<style:paragraph-properties fo:break-before="page"/>'),
        style("White", text='fo:color="#ffffff"'),
        style("Tiny", text='fo:font-size="1pt"'),
        style("Gone", text='text:display="none"'),
        style("Dark", "paragraph", other='<style:paragraph-properties fo:background-color="#203040"/>'),
        style("DarkCell", "table-cell", other='<style:table-cell-properties fo:background-color="#203040"/>'),
        style("Shape", "graphic", other='<style:graphic-properties draw:fill="solid" draw:fill-color="#ffffff"/>'),
    )
)
MASTER = (
    "<office:master-styles><style:master-page><style:header><text:p>Top</text:p></style:header>"
    "<style:header-left><text:p>Top</text:p></style:header-left><style:footer><text:p>Bottom</text:p></style:footer>"
    "</style:master-page></office:master-styles>"
)


def package(body, extra=None, **parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {XMLNS}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def read(body, forensics="auto", extra=None, **limits):
    return read_odt(package(body, extra), "d" * 64, Limits(**limits), forensics)


def blocks(body, extra=None):
    outcome = read(body, extra=extra)
    assert outcome.value is not None, outcome.issues
    return [(block.text, block.kind.value) for block in outcome.value.blocks]


def p(text, name="Base"):
    return f'<text:p text:style-name="{name}">{text}</text:p>'


def span(text, name):
    return f'<text:span text:style-name="{name}">{text}</text:span>'


def test_structure():
    body = (
        "<text:tracked-changes><text:deletion><text:p>deleted</text:p></text:deletion></text:tracked-changes>"
        "<text:h text:outline-level='1'>Work</text:h>"
        + p("Styled", "Mine")
        + p(
            "a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note</text:p></text:note-body></text:note>"
        )
        + f"<text:list><text:list-item>{p('item')}<text:list><text:list-item>{p('deeper')}</text:list-item></text:list></text:list-item></text:list>"
        + f"<table:table><table:table-row><table:table-cell>{p('Python')}</table:table-cell><table:covered-table-cell>{p('covered')}</table:covered-table-cell>"
        f"<table:table-cell>{p('5 years')}</table:table-cell></table:table-row></table:table>"
        + p(f"anchor<draw:frame><draw:text-box>{p('boxed')}</draw:text-box></draw:frame> goes on")
        + f"<text:section>{p('in a section')}</text:section>"
        + p("<office:annotation><text:p>remark</text:p></office:annotation>kept")
    )
    assert blocks(body, {"styles.xml": f"<office:document-styles {XMLNS}>{MASTER}</office:document-styles>"}) == [
        ("Top", "header"), ("Work", "heading"), ("Styled", "heading"), ("a b c", "paragraph"), ("d", "paragraph"), ("item", "list_item"),
        ("deeper", "list_item"), ("Python | 5 years", "table_row"), ("anchor goes on", "paragraph"), ("boxed", "text_box"),
        ("in a section", "paragraph"), ("kept", "paragraph"), ("Bottom", "footer"), ("A note", "note"),
    ]  # fmt: skip


def test_sizes_weights_and_pages():
    result = read(p("x", "Bold") + p("y", "New") + "<text:soft-page-break/>" + p("z")).value
    assert [(block.size, block.bold, block.page) for block in result.blocks] == [
        (22.0, True, 1),
        (11.0, False, 2),
        (11.0, False, 3),
    ]
    assert result.pages == 3


@pytest.mark.parametrize(
    "attack",
    [
        p(span("kubernetes", "White")),
        p(span("kubernetes", "Tiny")),
        p(span("kubernetes", "Gone")),
        f"<text:section text:display='none'>{p('kubernetes')}</text:section>",
        p(
            f"<draw:frame draw:style-name='Shape'><draw:text-box>{p(span('kubernetes', 'White'))}</draw:text-box></draw:frame>"
        ),
    ],
)
def test_hidden_words_are_left_out_and_reported(attack):
    outcome = read(p("Visible") + attack)
    assert outcome.value.text == "Visible"
    assert outcome.value.hidden == ("kubernetes",)
    assert [issue.code for issue in outcome.issues] == ["hidden_text"]
    assert "kubernetes" in read(p("Visible") + attack, "off").value.text


@pytest.mark.parametrize(
    "control",
    [
        p(span("kubernetes", "White"), "Dark"),
        f"<table:table><table:table-row><table:table-cell table:style-name='DarkCell'>{p(span('kubernetes', 'White'))}</table:table-cell></table:table-row></table:table>",
        p(f"<draw:frame><draw:text-box>{p(span('kubernetes', 'White'))}</draw:text-box></draw:frame>"),
    ],
)
def test_what_a_person_sees_is_kept(control):
    outcome = read(p("Visible") + control)
    assert "kubernetes" in outcome.value.text
    assert outcome.issues == ()


def test_statuses():
    assert read(p("")).status is Status.EMPTY
    assert read("", extra={"Pictures/1.png": "x"}).status is Status.IMAGE_ONLY
    assert read(p("x"), extra={"META-INF/manifest.xml": "<manifest:encryption-data/>"}).status is Status.ENCRYPTED
    assert read(p("x") * 300_000).status is Status.TOO_LARGE
    assert read("<text:section>" * 300).status is Status.MALFORMED
    assert read_odt(b"PK", "d", Limits(), "auto").status is Status.MALFORMED
    assert read(p("x"), extra={"styles.xml": "<!DOCTYPE x><x/>"}).status is Status.MALFORMED
