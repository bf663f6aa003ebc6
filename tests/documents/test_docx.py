import io
import re
import zipfile
from collections import Counter
from xml.sax.saxutils import escape

import pytest
from docx import Document as WordDocument
from docx.shared import Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from hirelens_cli.config import Limits
from hirelens_cli.documents.docx import read_docx
from hirelens_cli.model.documents import BlockKind
from hirelens_cli.model.issues import Status

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(body, parts=None, relations=(), head=""):
    """A DOCX of hand-written XML."""
    document = f"<w:document {NAMESPACES}>{head}<w:body>{body}</w:body></w:document>"
    links = "".join(f'<Relationship Id="{key}" Type="{RELATION}/x" Target="{target}"/>' for key, target in relations)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{links}</Relationships>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*runs, properties=""):
    inner = "".join(item if item.startswith("<") else run(item) for item in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(*paragraphs, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def table(*rows, style=""):
    return f"<w:tbl><w:tblPr>{style}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def box(*paragraphs, fill="<a:noFill/>"):
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    shape = f"<wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx>{content}</wps:txbx></wps:wsp>"
    choice = (
        f"<w:drawing><wp:inline><a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    fallback = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def anchored(text, *, x=0, y=0, width=2_000_000, height=500_000, base="column"):
    """A text box at a place, in EMU."""
    position = f'<wp:positionH relativeFrom="{base}"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
    position += f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
    shape = f"<wps:wsp><wps:spPr/><wps:txbx><w:txbxContent>{para(text)}</w:txbxContent></wps:txbx></wps:wsp>"
    return (
        f'<w:r><w:drawing><wp:anchor>{position}<wp:extent cx="{width}" cy="{height}"/><a:graphic><a:graphicData>{shape}'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


@pytest.mark.parametrize(
    "place", [{"x": -9_000_000}, {"x": 20_000_000}, {"y": -30_000_000}, {"height": 1}, {"width": 10_000}]
)
def test_boxes_that_nobody_finds_are_hidden(place):
    assert document(package(para("Visible ", anchored("kubernetes", **place)))).hidden == ("kubernetes",)


@pytest.mark.parametrize(
    "place", [{}, {"x": -900_000}, {"x": 6_000_000, "y": -8_000_000}, {"x": -6_000_000, "base": "rightMargin"}]
)
def test_boxes_on_the_page_are_read(place):
    assert document(package(para("Visible ", anchored("kubernetes", **place)))).text == "Visible\nkubernetes"


def backdrop(width, height):
    """A painted rectangle behind the text, of so many EMU."""
    fill = '<a:solidFill><a:srgbClr val="102030"/></a:solidFill>'
    return (
        f'<w:r><w:drawing><wp:anchor behindDoc="1"><wp:extent cx="{width}" cy="{height}"/><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:spPr>{fill}</wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def read(data, forensics="auto", **limits):
    return read_docx(data, "d" * 64, Limits(**limits), forensics)


def document(data, **more):
    outcome = read(data, **more)
    assert outcome.value is not None, outcome.issues
    return outcome.value


def texts(data):
    return [block.text for block in document(data).blocks]


def styles(*entries, defaults=""):
    return f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>{''.join(entries)}</w:styles>"


STYLED = styles(
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>',
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style>',
    '<w:style w:type="paragraph" w:styleId="Bullets"><w:name w:val="Bullets"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>',
    '<w:style w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>',
    '<w:style w:type="table" w:styleId="Dark"><w:name w:val="Dark"/><w:tblStylePr w:type="firstRow"><w:tcPr>'
    '<w:shd w:val="clear" w:fill="203040"/></w:tcPr></w:tblStylePr></w:style>',
    '<w:style w:type="table" w:styleId="Bare"><w:name w:val="Bare"/></w:style>',
    defaults='<w:sz w:val="22"/>',
)


def test_kinds_sizes_and_weights_come_from_the_style_chain():
    body = (
        para("Experience", properties='<w:pStyle w:val="Mine"/>')
        + para("Led a team", properties='<w:pStyle w:val="Bullets"/>')
        + para("no bullet", properties='<w:pStyle w:val="Bullets"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + para(run("Bold", "<w:b/>"), " x")
        + para("\u2022 typed by hand")
        + para("Outlined", properties='<w:outlineLvl w:val="2"/>')
    )
    blocks = document(package(body, {"word/styles.xml": STYLED})).blocks
    assert [(block.text, block.kind, block.size, block.bold) for block in blocks] == [
        ("Experience", BlockKind.HEADING, 16.0, True),
        ("Led a team", BlockKind.LIST_ITEM, 11.0, False),
        ("no bullet", BlockKind.PARAGRAPH, 11.0, False),
        ("Bold x", BlockKind.PARAGRAPH, 11.0, True),
        ("typed by hand", BlockKind.LIST_ITEM, 11.0, False),
        ("Outlined", BlockKind.HEADING, 11.0, False),
    ]


def test_text_boxes_come_once_and_after_their_paragraph():
    body = para("before", box(para("in the box"), para("second line"))) + para("after")
    data = package(body)
    assert texts(data) == ["before", "in the box", "second line", "after"]
    assert [block.kind for block in document(data).blocks][1] is BlockKind.TEXT_BOX


def test_old_text_boxes_without_a_choice_are_read():
    pict = f"<w:r><w:pict><v:rect><v:textbox><w:txbxContent>{para('old box')}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    assert texts(package(para("anchor", pict))) == ["anchor", "old box"]


def test_controls_links_and_changes():
    body = (
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{para('controlled')}</w:sdtContent></w:sdt>"
        + para(
            "a ",
            f"<w:sdt><w:sdtContent>{run('b')}</w:sdtContent></w:sdt>",
            f"<w:hyperlink>{run(' link')}</w:hyperlink>",
        )
        + para(f"<w:ins>{run('added')}</w:ins>", f"<w:del><w:r><w:delText>gone</w:delText></w:r>{run('gone')}</w:del>")
        + para(f"<w:moveFrom>{run('moved')}</w:moveFrom>")
        + para(f"<w:moveTo>{run('moved')}</w:moveTo>")
        + para("<w:r><w:instrText>PAGE</w:instrText></w:r>", f"<w:fldSimple>{run('field')}</w:fldSimple>")
        + para("non", "<w:r><w:noBreakHyphen/><w:t>break</w:t><w:tab/><w:t>tab</w:t></w:r>")
    )
    assert texts(package(body)) == ["controlled", "a b link", "added", "moved", "field", "non-break tab"]


def test_line_breaks_begin_blocks_and_page_breaks_count_once():
    body = (
        para("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r>")
        + para('<w:r><w:br w:type="page"/></w:r>')
        + para("<w:r><w:lastRenderedPageBreak/><w:t>three</w:t></w:r>")
        + para("four", properties="<w:pageBreakBefore/>")
        + para("five", properties="<w:sectPr/>")
        + para("six", properties='<w:sectPr><w:type w:val="continuous"/></w:sectPr>')
        + para("seven")
    )
    result = document(package(body))
    assert [(block.text, block.page) for block in result.blocks] == [
        ("one", 1), ("two", 1), ("three", 2), ("four", 3), ("five", 3), ("six", 4), ("seven", 4),
    ]  # fmt: skip
    assert result.pages == 4


def test_rows_of_short_cells_are_rows_and_layouts_are_paragraphs():
    data_row = cell(para("Python")) + cell(para("5 years"))
    layout = cell(para("Contact", properties='<w:outlineLvl w:val="0"/>'), para("me@example.org")) + cell(
        para("Profile"), para("Long story")
    )
    heading_row = cell(para("Skills", properties='<w:outlineLvl w:val="0"/>')) + cell(para("Java"))
    prose = cell(para("2019")) + cell(para("word " * 40))
    nested = cell(para("outer"), table(cell(para("x")) + cell(para("y")))) + cell(para("z"))
    blocks = document(package(table(data_row, layout, heading_row, prose, nested))).blocks
    assert [(block.text[:20].strip(), block.kind.value) for block in blocks] == [
        ("Python | 5 years", "table_row"),
        ("Contact", "heading"), ("me@example.org", "paragraph"), ("Profile", "paragraph"), ("Long story", "paragraph"),
        ("Skills", "heading"), ("Java", "paragraph"),
        ("2019", "paragraph"), ("word word word word", "paragraph"),
        ("outer", "paragraph"), ("x | y", "table_row"), ("z", "paragraph"),
    ]  # fmt: skip


def test_merged_cells_come_once():
    word = WordDocument()
    grid = word.add_table(rows=3, cols=3)
    grid.cell(0, 0).merge(grid.cell(0, 2)).text = "across"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "down"
    grid.cell(1, 1).text = "middle"
    buffer = io.BytesIO()
    word.save(buffer)
    text = document(buffer.getvalue()).text
    assert [text.count(item) for item in ("across", "down", "middle")] == [1, 1, 1]


def test_headers_footers_and_notes_come_once_each_in_their_place():
    header = f"<w:hdr {NAMESPACES}>{para('Header line')}</w:hdr>"
    parts = {
        "word/header1.xml": header,
        "word/header2.xml": header,
        "word/header3.xml": f"<w:hdr {NAMESPACES}>{para('Not referenced')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {NAMESPACES}>{para('Footer line')}</w:ftr>",
        "word/footnotes.xml": f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator">{para("rule")}</w:footnote>'
        f"<w:footnote>{para('A note')}</w:footnote></w:footnotes>",
    }
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/>'
        '<w:footerReference w:type="default" r:id="f1"/></w:sectPr>'
    )
    relations = [("h1", "header1.xml"), ("h2", "header2.xml"), ("f1", "/word/footer1.xml")]
    blocks = document(package(para("Body") + section, parts, relations)).blocks
    assert [(block.text, block.kind.value) for block in blocks] == [
        ("Header line", "header"), ("Body", "paragraph"), ("Footer line", "footer"), ("A note", "note"),
    ]  # fmt: skip


def test_diagrams_are_read():
    drawing = '<w:r><w:drawing><a:graphic><a:graphicData><dgm:relIds r:dm="d1"/></a:graphicData></a:graphic></w:drawing></w:r>'
    data = f"<dgm:dataModel {NAMESPACES}><dgm:pt><a:p><a:r><a:t>Smart art</a:t></a:r></a:p></dgm:pt></dgm:dataModel>"
    assert texts(package(para("Body", drawing), {"word/diagrams/data1.xml": data}, [("d1", "diagrams/data1.xml")])) == [
        "Body",
        "Smart art",
    ]


@pytest.mark.parametrize(
    "chunk",
    [
        "<html><body><p>Chunk of <b>HTML</b></p><p style='display:none'>kubernetes</p></body></html>",
        (
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
            "<p>Chunk of HTML</p><p hidden>kubernetes</p>\n--b--"
        ),
        r"{\rtf1 Chunk of HTML {\v kubernetes}}",
    ],
)
def test_foreign_chunks_are_read(chunk):
    data = package(para("Body") + '<w:altChunk r:id="c1"/>', {"word/afchunk.bin": chunk}, [("c1", "afchunk.bin")])
    result = document(data)
    assert [block.text for block in result.blocks] == ["Body", "Chunk of HTML"]
    assert result.hidden == ("kubernetes",)


def rich_body():
    """Everything at once, each word different."""
    words = (f"word{number}" for number in range(10_000))

    def line(count=6):
        return " ".join(next(words) for _ in range(count))

    inner = table(cell(para(line())) + cell(para(line()), para(line())))
    parts = [
        para(line(), run(line(), "<w:b/>"), properties='<w:pStyle w:val="Mine"/>'),
        para(line(), box(para(line()), inner)),
        table(*(cell(para(line(2))) + cell(para(line(2))) for _ in range(5))),
        table(cell(para(line()), table(cell(para(line(3))))) + cell(para(line(40)))),
        f"<w:sdt><w:sdtContent>{para(line())}<w:sdt><w:sdtContent>{para(line())}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>",
        f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cell(para(line()))}</w:tr></w:sdtContent></w:sdt></w:tbl>",
        para(
            f"<w:smartTag>{run(line())}</w:smartTag>",
            f"<w:hyperlink>{run(line())}</w:hyperlink>",
            f"<w:ins>{run(line())}</w:ins>",
        ),
        f"<w:customXml>{para(line())}</w:customXml>",
    ]
    return "".join(parts * 1)


def test_recall_against_a_full_walk_is_complete_and_nothing_is_doubled():
    body = rich_body()
    choice_only = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", body, flags=re.DOTALL)
    reference = Counter(re.findall(r"word\d+", " ".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", choice_only))))
    assert len(reference) > 100
    assert Counter(re.findall(r"word\d+", document(package(body, {"word/styles.xml": STYLED})).text)) == reference


STRUCTURE = st.recursive(
    st.just("p"),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["sdt", "customXml", "box"]), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(
            st.just("table"),
            st.lists(st.lists(st.lists(inner, min_size=1, max_size=2), min_size=1, max_size=3), min_size=1, max_size=3),
        ),
    ),
    max_leaves=12,
)


def built(node, words):
    """The XML of a structure, each paragraph with the next word; a box is anchored in a paragraph of its own."""
    if node == "p":
        return para(next(words))
    kind, inner = node
    if kind == "table":
        return table(*("".join(cell(*(built(item, words) for item in content)) for content in row) for row in inner))
    if kind == "box":
        anchor = next(words)
        return para(anchor, box(*(built(item, words) for item in inner)))
    content = "".join(built(item, words) for item in inner)
    return (
        f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        if kind == "sdt"
        else f"<w:customXml>{content}</w:customXml>"
    )


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(STRUCTURE, min_size=1, max_size=4))
def test_every_word_comes_once_and_in_order(nodes):
    words = iter(f"word{number}" for number in range(10_000))
    body = "".join(built(node, words) for node in nodes)
    count = int(next(words).removeprefix("word"))
    assert re.findall(r"word\d+", document(package(body)).text) == [f"word{number}" for number in range(count)]


WHITE = '<w:color w:val="FFFFFF"/>'
SHADE = '<w:shd w:val="clear" w:fill="1F3864"/>'


@pytest.mark.parametrize(
    "attack",
    [
        run("kubernetes", "<w:vanish/>"),
        run("kubernetes", '<w:sz w:val="2"/>'),
        run("kubernetes", WHITE),
        run("kubernetes", '<w:color w:val="FDFDFD"/>'),
        run("kubernetes", '<w:rStyle w:val="Ghost"/>'),
        run("kubernetes", '<w:color w:val="1F3864"/><w:shd w:val="clear" w:fill="1F3864"/>'),
        run("kubernetes", '<w:color w:val="000000"/><w:highlight w:val="black"/>'),
        run("kubernetes", '<w:w w:val="1"/>'),
        run("kubernetes", '<w:color w:val="000000" w:themeColor="background1"/>'),
    ],
)
def test_hidden_words_are_left_out_and_reported(attack):
    body = para("Visible words about Java ", attack)
    outcome = read(package(body, {"word/styles.xml": STYLED}))
    assert outcome.value.text == "Visible words about Java"
    assert outcome.value.hidden == ("kubernetes",)
    assert [issue.code for issue in outcome.issues] == ["hidden_text"]
    assert "kubernetes" not in outcome.issues[0].message
    assert "kubernetes" in read(package(body, {"word/styles.xml": STYLED}), "off").value.text


@pytest.mark.parametrize(
    "control",
    [
        para(run("kubernetes", WHITE), properties=SHADE),
        para(run("kubernetes", WHITE + SHADE)),
        para(run("kubernetes", WHITE + '<w:highlight w:val="darkBlue"/>')),
        table(cell(para(run("kubernetes", WHITE)), properties=SHADE) + cell(para("x"), para("y"))),
        table(cell(para(run("kubernetes", WHITE))), style='<w:tblStyle w:val="Dark"/>'),
        para("a", box(para(run("kubernetes", WHITE)), fill='<a:solidFill><a:srgbClr val="102030"/></a:solidFill>')),
        para("a", box(para(run("kubernetes", WHITE)), fill='<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>')),
        para("a", box(para(run("kubernetes", WHITE)), fill="<a:gradFill/>")),
        para(run("kubernetes", WHITE + "<w14:textOutline/>")),
        para(run("kubernetes", '<w:color w:val="auto"/>')),
        para(run("kubernetes", '<w:color w:val="A6A6A6" w:themeColor="background1" w:themeShade="A6"/>')),
        para(run("kubernetes", '<w:color w:val="C8C8C8"/>')),
        para(run("kubernetes", '<w:vanish w:val="0"/>')),
        para(run("kubernetes", '<w:sz w:val="12"/>')),
        para(run("kubernetes", WHITE), backdrop(7_000_000, 900_000)),
    ],
)
def test_what_a_person_sees_is_kept(control):
    outcome = read(package(para("Visible") + control, {"word/styles.xml": STYLED}))
    assert "kubernetes" in outcome.value.text
    assert outcome.value.hidden == ()
    assert outcome.issues == ()


@pytest.mark.parametrize(
    "attack",
    [
        para(run("kubernetes", WHITE), backdrop(900_000, 900_000)),
        table(cell(para(run("kubernetes", WHITE)), properties=SHADE.replace("1F3864", "FFFFFF"))),
        table(cell(para(run("kubernetes", WHITE))), style='<w:tblStyle w:val="Bare"/>'),
        para("a", box(para(run("kubernetes", WHITE)))),
        para("a", box(para(run("kubernetes", WHITE)), fill='<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>')),
        para(run("kubernetes", '<w:color w:val="1F3864"/>'), properties=SHADE),
        table(
            cell(para("seen"), properties='<w:vMerge w:val="restart"/>'),
            cell(para("kubernetes"), properties="<w:vMerge/>"),
        ),
    ],
)
def test_shading_can_hide_too(attack):
    outcome = read(package(para("Visible") + attack, {"word/styles.xml": STYLED}))
    assert "kubernetes" not in outcome.value.text
    assert outcome.value.hidden == ("kubernetes",)


def test_a_banner_in_the_header_is_the_ground_of_the_body():
    header = {"word/header1.xml": f"<w:hdr {NAMESPACES}>{para(backdrop(7_000_000, 900_000))}</w:hdr>"}
    body = para(run("Name", WHITE)) + '<w:sectPr><w:headerReference r:id="h1"/></w:sectPr>'
    assert document(package(body, header, [("h1", "header1.xml")])).text == "Name"


def test_a_coloured_page_is_the_ground():
    body = para(run("kubernetes", '<w:color w:val="202020"/>'), " text")
    assert document(package(body, head='<w:background w:color="202020"/>')).hidden == ("kubernetes",)


def test_hidden_words_that_are_visible_elsewhere_are_no_offence():
    outcome = read(package(para("Java and Python") + para(run("python java", "<w:vanish/>"))))
    assert outcome.value.hidden == ()
    assert outcome.issues == ()
    assert outcome.value.text == "Java and Python"


def test_hidden_words_split_over_runs_are_whole():
    body = para(
        "Java ", run("kuber", "<w:vanish/>"), run("netes", "<w:vanish/>"), " ", run("go", "<w:vanish/>")
    ) + para(run("rust", "<w:vanish/>"))
    assert document(package(body)).hidden == ("kubernetes", "go", "rust")


def test_python_docx_files_are_read():
    word = WordDocument()
    word.add_heading("Work", 1)
    word.add_paragraph("Did it", style="List Bullet")
    hidden = word.add_paragraph("Seen ").add_run("unseen")
    hidden.font.color.rgb = RGBColor(255, 255, 255)
    hidden.font.size = Pt(1)
    buffer = io.BytesIO()
    word.save(buffer)
    result = document(buffer.getvalue())
    assert [(block.text, block.kind.value) for block in result.blocks] == [
        ("Work", "heading"),
        ("Did it", "list_item"),
        ("Seen", "paragraph"),
    ]
    assert result.hidden == ("unseen",)


def test_strict_documents_are_read():
    data = package(para("strictly"))
    strict = NAMESPACES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode().replace(NAMESPACES, strict)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", xml)
    assert texts(buffer.getvalue()) == ["strictly"]


DOCTYPE = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document {NAMESPACES}><w:body>{para("&e;")}</w:body></w:document>'


def raw(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", Status.MALFORMED),
        (b"PK\x03\x04 and then nothing", Status.MALFORMED),
        (package(para("cut"))[:-60], Status.MALFORMED),
        (raw(**{"word/document.xml": DOCTYPE}), Status.MALFORMED),
        (raw(**{"word/document.xml": DOCTYPE.encode("utf-16")}), Status.MALFORMED),
        (raw(**{"word/document.xml": "<w:document"}), Status.MALFORMED),
        (raw(**{"word/other.xml": "<x/>"}), Status.MALFORMED),
        (package(para("  ")), Status.EMPTY),
        (package(para("x"), {"word/styles.xml": DOCTYPE}), Status.MALFORMED),
        (package("", {"word/media/image1.png": "x"}), Status.IMAGE_ONLY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), Status.ENCRYPTED),
        (package("<w:p/>" * 300_000), Status.TOO_LARGE),
        (package(para("bomb"), {"word/media/image1.png": bytes(30_000_000)}), Status.TOO_LARGE),
        (package(para("many"), {f"word/media/{number}": "x" for number in range(2001)}), Status.TOO_LARGE),
        (package("<w:sdt>" * 300 + para("deep") + "</w:sdt>" * 300), Status.MALFORMED),
    ],
    ids=range(15),
)
def test_hostile_packages_become_a_status(data, status):
    assert read(data).status is status


def test_a_damaged_lesser_part_costs_only_itself():
    outcome = read(package(para("Body"), {"word/styles.xml": "<w:styles", "word/footnotes.xml": "<broken"}))
    assert outcome.value.text == "Body"
    assert [issue.code for issue in outcome.issues] == ["partly_read"]


def test_python_docx_is_the_second_way(monkeypatch):
    def fail(*arguments):
        raise KeyError("a fault of ours")

    monkeypatch.setattr("hirelens_cli.documents.docx._read", fail)
    word = WordDocument()
    word.add_heading("Work", 1)
    word.add_table(1, 2).cell(0, 0).text = "in a cell"
    buffer = io.BytesIO()
    word.save(buffer)
    outcome = read(buffer.getvalue())
    assert [(block.text, block.kind.value) for block in outcome.value.blocks] == [
        ("Work", "heading"),
        ("in a cell", "paragraph"),
    ]
    assert [issue.code for issue in outcome.issues] == ["partly_read"]
    assert read(package(para("x"))).status is Status.MALFORMED


def test_no_media_is_ever_unpacked(monkeypatch):
    asked = []
    original = zipfile.ZipFile.read
    monkeypatch.setattr(
        zipfile.ZipFile, "read", lambda self, name, *more: asked.append(name) or original(self, name, *more)
    )
    assert texts(package(para("x"), {"word/media/image1.png": bytes(900_000)})) == ["x"]
    assert asked
    assert not [name for name in asked if "media" in name]


def test_total_of_bytes_is_limited():
    assert read(package(para("x" * 2000)), package_bytes=1000).status is Status.TOO_LARGE
    assert read(package(para("x" * 2000)), max_chars=1000).status is Status.TOO_LARGE
