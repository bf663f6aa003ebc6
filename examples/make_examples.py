"""Write the example resumes and jobs beside this script: `python examples/make_examples.py [FOLDER]`.

The files are committed, so that a newcomer needs neither this script nor reportlab; a test checks that they are fresh.
Every date is fixed and PDF text is not compressed: the same script gives the same text and structure on any machine, and the
same bytes with the same libraries.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import docx as word
from docx.document import Document as Docx
from docx.oxml import parse_xml
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

import openings
import people
from people import Person

WIDTH, HEIGHT = 612.0, 792.0
"""US Letter, points."""
MARGIN = 54.0


class Page:
    """Lines of text down one column of a PDF page."""

    def __init__(self, canvas: Canvas, left: float, width: float, top: float = HEIGHT - MARGIN) -> None:
        self._canvas, self._left, self._width, self.y = canvas, left, width, top

    def write(self, text: str, size: float = 10, *, bold: bool = False, indent: float = 0, gap: float = 0) -> None:
        """A paragraph, wrapped to the column."""
        font = "Helvetica-Bold" if bold else "Helvetica"
        self.y -= gap
        for line in simpleSplit(text, font, size, self._width - indent):
            self.y -= size * 1.3
            self._canvas.setFont(font, size)
            self._canvas.drawString(self._left + indent, self.y, line)

    def heading(self, text: str) -> None:
        """A section's heading."""
        self.write(text, 12, bold=True, gap=8)


def canvas_for(out: io.BytesIO, title: str) -> Canvas:
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), pageCompression=0, invariant=1)
    canvas.setTitle(title)
    return canvas


def posts(page: Page, person: Person) -> None:
    for post in person.posts:
        page.write(f"{post.title}, {post.employer}", bold=True, gap=4)
        page.write(post.dates, 9)
        for bullet in post.bullets:
            page.write("\u2022 " + bullet, indent=8)


def one_column(person: Person, hidden: str = "") -> bytes:
    """A plain resume; `hidden` is written in white."""
    out = io.BytesIO()
    canvas = canvas_for(out, "Resume")
    page = Page(canvas, MARGIN, WIDTH - 2 * MARGIN)
    page.write(person.name, 18, bold=True)
    page.write(person.headline, 12)
    page.write(" | ".join(person.contact), 9)
    page.heading("Summary")
    page.write(person.summary)
    page.heading("Experience")
    posts(page, person)
    page.heading("Education")
    for line in person.education:
        page.write(line)
    page.heading("Skills")
    page.write(", ".join(person.skills))
    for line in person.extras:
        page.write(line, gap=4)
    if hidden:
        canvas.setFillColorRGB(1, 1, 1)
        page.write(hidden, 8, gap=30)
    canvas.save()
    return out.getvalue()


def two_columns(person: Person) -> bytes:
    """Contact, skills and education in a side bar on the left; summary and work on the right."""
    out = io.BytesIO()
    canvas = canvas_for(out, "Curriculum vitae")
    canvas.setFillColorRGB(0.92, 0.94, 0.97)
    canvas.rect(0, 0, 200, HEIGHT, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    side = Page(canvas, 24, 160)
    main = Page(canvas, 224, WIDTH - 224 - 36)
    side.heading("Contact")
    for line in person.contact:
        side.write(line, 9)
    side.heading("Skills")
    for skill in person.skills:
        side.write(skill, 9)
    side.heading("Education")
    for line in (*person.education, *person.extras):
        side.write(line, 9, gap=2)
    main.write(person.name, 18, bold=True)
    main.write(person.headline, 12)
    main.heading("Profile")
    main.write(person.summary)
    main.heading("Work experience")
    posts(main, person)
    canvas.save()
    return out.getvalue()


def scan(person: Person) -> bytes:
    """A picture of a page: no text at all, as a scanner leaves it."""
    import pypdfium2

    picture = pypdfium2.PdfDocument(one_column(person))[0].render(scale=1.2).to_pil().convert("1")
    pixels = io.BytesIO()
    picture.save(pixels, "PNG")
    out = io.BytesIO()
    canvas = canvas_for(out, "Scan")
    canvas.drawImage(ImageReader(pixels), 0, 0, WIDTH, HEIGHT)
    canvas.save()
    return out.getvalue()


TEXT_BOX = """
<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
     xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
     xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
     xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
  <w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">
    <wp:extent cx="4572000" cy="640080"/><wp:docPr id="1" name="Text Box 1"/>
    <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
      <wps:wsp><wps:cNvSpPr txBox="1"/>
        <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4572000" cy="640080"/></a:xfrm>
          <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>
        <wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx>
        <wps:bodyPr/></wps:wsp>
    </a:graphicData></a:graphic>
  </wp:inline></w:drawing></w:r>
</w:p>
"""


def tabled_docx(person: Person) -> bytes:
    """Contacts in a table, the summary in a text box, skills in a table of two columns."""
    document = word.Document()
    document.add_heading(person.name, 0)
    document.add_paragraph(person.headline)
    row = document.add_table(rows=1, cols=len(person.contact)).rows[0]
    for cell, text in zip(row.cells, person.contact, strict=True):
        cell.text = text
    document.element.body.insert(-1, parse_xml(TEXT_BOX.format(text=escape(person.summary))))
    document.add_heading("Experience", 1)
    for post in person.posts:
        document.add_paragraph(f"{post.title}, {post.employer}\t{post.dates}")
        for bullet in post.bullets:
            document.add_paragraph(bullet, style="List Bullet")
    document.add_heading("Education", 1)
    for line in person.education:
        document.add_paragraph(line)
    document.add_heading("Skills", 1)
    table = document.add_table(rows=0, cols=2)
    for index in range(0, len(person.skills), 2):
        for cell, text in zip(table.add_row().cells, person.skills[index : index + 2], strict=False):
            cell.text = text
    for line in person.extras:
        document.add_paragraph(line)
    return packed(document)


def docx_job(text: str) -> bytes:
    document = word.Document()
    title, *lines = text.splitlines()
    document.add_heading(title, 0)
    for line in filter(None, lines):
        if line.startswith("- "):
            document.add_paragraph(line[2:], style="List Bullet")
        else:
            document.add_heading(line, 1)
    return packed(document)


def packed(document: Docx) -> bytes:
    """The document's bytes with fixed dates."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def text(person: Person) -> bytes:
    lines = [person.name, person.headline, *person.contact, "", "SUMMARY", person.summary, "", "EXPERIENCE"]
    for post in person.posts:
        lines += [f"{post.title}, {post.employer} ({post.dates})", *(f"- {bullet}" for bullet in post.bullets), ""]
    lines += ["EDUCATION", *person.education, "", "SKILLS", ", ".join(person.skills), *person.extras]
    return ("\n".join(lines) + "\n").encode()


def markdown(person: Person) -> bytes:
    lines = [f"# {person.name}", person.headline, "", *(f"- {line}" for line in person.contact), ""]
    lines += ["## Summary", person.summary, "", "## Experience"]
    for post in person.posts:
        lines += [
            f"### {post.title}, {post.employer}",
            f"*{post.dates}*",
            "",
            *(f"- {line}" for line in post.bullets),
            "",
        ]
    lines += ["## Education", *(f"- {line}" for line in person.education), "", "## Skills", ", ".join(person.skills)]
    return ("\n".join((*lines, *person.extras)) + "\n").encode()


def html(person: Person) -> bytes:
    def items(texts: tuple[str, ...]) -> str:
        return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in texts) + "</ul>"

    work = "".join(
        f"<h3>{escape(post.title)}, {escape(post.employer)}</h3><p>{escape(post.dates)}</p>{items(post.bullets)}\n"
        for post in person.posts
    )
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>Resume</title></head><body>\n"
        f"<h1>{escape(person.name)}</h1>\n<p>{escape(person.headline)}</p>\n"
        f"<p>{'<br>'.join(map(escape, person.contact))}</p>\n<h2>Summary</h2>\n<p>{escape(person.summary)}</p>\n"
        f"<h2>Experience</h2>\n{work}<h2>Education</h2>\n{items(person.education)}\n"
        f"<h2>Skills</h2>\n{items(person.skills + person.extras)}\n</body></html>\n"
    ).encode()


def pdf_job(body: str) -> bytes:
    out = io.BytesIO()
    canvas = canvas_for(out, "Job")
    page = Page(canvas, MARGIN, WIDTH - 2 * MARGIN)
    title, *lines = body.splitlines()
    page.write(title, 16, bold=True)
    for line in filter(None, lines):
        if line.startswith("- "):
            page.write("\u2022 " + line[2:], 11, indent=8)
        else:
            page.heading(line)
    canvas.save()
    return out.getvalue()


def examples() -> Iterator[tuple[str, bytes]]:
    """Each file's path below the examples folder, and its bytes."""
    grace = one_column(people.GRACE)
    yield "resumes/amara-okonjo-reyes.pdf", one_column(people.AMARA)
    yield "resumes/tomas-lindqvist-hale.pdf", two_columns(people.TOMAS)
    yield "resumes/priya-ramanathan-moss.docx", tabled_docx(people.PRIYA)
    yield "resumes/priya-ramanathan-moss-new.pdf", one_column(people.PRIYA_LATER)
    yield "resumes/leo-marchetti-boone.txt", text(people.LEO)
    yield "resumes/viktor-halloran.pdf", one_column(people.VIKTOR, people.STUFFING)
    yield "resumes/grace-abernathy-cole.pdf", grace
    yield "resumes/via-agency/candidate-7.pdf", grace
    yield "resumes/mateo-villalobos-king.docx", tabled_docx(people.MATEO)
    yield "resumes/hannah-kowalski-dunn.html", html(people.HANNAH)
    yield "resumes/ruth-ellery-vance-scan.pdf", scan(people.RUTH)
    yield "resumes/daniel-fitzwilliam-shah.pdf", two_columns(people.DANIEL)
    yield "resumes/mei-tanaka-ross.html", html(people.MEI)
    yield "resumes/oluwaseun-adebayo-finch.md", markdown(people.OLUWASEUN)
    yield "resumes/sofia-brandt-nolan.pdf", one_column(people.SOFIA)[:700]
    yield "jobs/senior-backend-engineer.txt", openings.BACKEND.encode()
    yield "jobs/registered-nurse-icu.docx", docx_job(openings.NURSE)
    yield "jobs/staff-accountant.pdf", pdf_job(openings.ACCOUNTANT)


def main(folder: Path) -> None:
    for name, data in examples():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"{len(data):>8} {path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
