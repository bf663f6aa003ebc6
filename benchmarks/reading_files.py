"""Files that `reading.py` and whoever measures readers generates: resumes, columns, hidden text, Word documents."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Column:
    """Where the columns of a page start (points from the left), and between which heights (from the top)."""

    file: Path
    starts: tuple[float, ...]
    top: float
    bottom: float


_SKILLS = (
    "python",
    "java",
    "sql",
    "docker",
    "ansible",
    "golang",
    "react",
    "terraform",
    "kafka",
    "spark",
    "excel",
    "figma",
)
_VERBS = ("built", "designed", "led", "tested", "measured", "shipped", "migrated", "reviewed")
_THINGS = ("pipelines", "dashboards", "services", "reports", "interfaces", "clusters", "budgets", "audits")
_MEANS = ("with", "using", "by means of", "based on", "written in", "and taught")
_READERS = (
    "teams",
    "clients",
    "branches",
    "colleagues",
    "suppliers",
    "schools",
    "hospitals",
    "engineers",
    "warehouses",
)


def _sentence(dice: random.Random) -> str:
    """As varied as resumes are: where one word came in every line, it would be flagged as stuffing."""
    what = f"{dice.choice(_VERBS).title()} {dice.choice(_THINGS)} {dice.choice(_MEANS)} {dice.choice(_SKILLS)}"
    return f"{what} for {dice.randint(2, 90)} {dice.choice(_READERS)}"


def _canvas(path: Path) -> object:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    return Canvas(str(path), pagesize=A4, invariant=1)


def make_resumes(folder: Path) -> list[Path]:
    files = []
    for number in range(20):
        dice = random.Random(number)  # noqa: S311
        path = folder / f"resume{number:02d}.pdf"
        page = _canvas(path)
        for _ in range(1 + number % 3):
            for row in range(52):
                heading = row % 13 == 0
                page.setFont("Helvetica-Bold" if heading else "Helvetica", 12 if heading else 9.5)
                page.drawString(56, 800 - 14 * row, "EXPERIENCE" if heading else _sentence(dice))
            page.showPage()
        page.save()
        files.append(path)
    return files


def make_columns(folder: Path) -> list[Column]:
    """Pages of two and three columns, painted in several ways."""
    pages = []
    for starts in ((40, 230), (40, 400), (40, 220, 400)):
        for how in ("in order", "late headings", "sidebar first", "under a head", "lines apart"):
            path = folder / f"columns-{'-'.join(map(str, starts))}-{how.replace(' ', '-')}.pdf"
            _paint_columns(path, starts, how)
            pages.append(Column(path, tuple(x - 5 for x in starts[1:]), 75 if how == "under a head" else 0, 842))
    return pages


def _paint_columns(path: Path, starts: tuple[int, ...], how: str) -> None:
    """Column by column, or as `how` says; `lines apart` leaves gaps between entries that differ from column to column."""
    page = _canvas(path)
    top, headings = 780, []
    if how == "under a head":
        page.setFont("Helvetica-Bold", 18)
        page.drawString(40, 800, "Wilhelmina Featherstone")
        page.setFont("Helvetica", 9)
        page.drawString(40, 785, "Operations manager in logistics, 12 years in the trade")
        top = 750
    columns = list(enumerate(starts))
    for column, x in columns[::-1] if how == "sidebar first" else columns:
        for row in range(42):
            y = top - 16 * row - ((4 + 2 * column) * (row // 5) if how == "lines apart" else 0)
            if row % 11 == 0:
                headings.append((x, y, f"Heading{column}{'abcdefgh'[row // 11]}"))
            else:
                page.setFont("Helvetica", 9)
                page.drawString(x, y, f"word{column}x{row:02d} plain{column}y{row:02d}")
            if how != "late headings" and headings:
                page.setFont("Helvetica-Bold", 11)
                page.drawString(*headings.pop())
    for heading in headings:
        page.setFont("Helvetica-Bold", 11)
        page.drawString(*heading)
    page.save()


def make_attacks(folder: Path) -> list[tuple[Path, bool]]:
    from reportlab.lib.colors import Color

    keywords = "quantum blockchain fortran erlang haskell"
    made = []
    for name in (
        "white",
        "light",
        "tiny",
        "off-page",
        "mode3",
        "alpha",
        "clipped",
        "covered",
        "ctl-dark-panel",
        "ctl-plain",
    ):
        path = folder / f"{name}.pdf"
        page = _canvas(path)
        page.setFont("Helvetica", 10)
        for row in range(30):
            page.drawString(56, 780 - 15 * row, _sentence(random.Random(row)))  # noqa: S311
        text = page.beginText(56, 200)
        text.setFont("Helvetica", 10)
        if name == "white":
            text.setFillColor(Color(1, 1, 1))
        elif name == "light":
            text.setFillColor(Color(0.98, 0.98, 0.98))
        elif name == "tiny":
            text.setFont("Helvetica", 0.8)
        elif name == "off-page":
            text.setTextOrigin(900, 200)
        elif name == "mode3":
            text.setTextRenderMode(3)
        elif name == "alpha":
            text.setFillColor(Color(0, 0, 0, alpha=0))
        elif name == "clipped":
            clip = page.beginPath()
            clip.rect(10, 10, 20, 20)
            page.clipPath(clip, stroke=0)
        elif name == "ctl-dark-panel":
            page.setFillColor(Color(0.1, 0.1, 0.3))
            page.rect(40, 180, 300, 60, stroke=0, fill=1)
            text.setFillColor(Color(1, 1, 1))
        text.textLine(keywords)
        page.drawText(text)
        if name == "covered":
            page.setFillColor(Color(1, 1, 1))
            page.rect(40, 180, 400, 60, stroke=0, fill=1)
        page.save()
        made.append((path, not name.startswith("ctl")))
    return made


def make_docx(folder: Path) -> list[Path]:
    import docx

    files = []
    for number in range(20):
        dice = random.Random(number)  # noqa: S311
        document = docx.Document()
        for row in range(60):
            if row % 12 == 0:
                document.add_heading("Experience", 1)
            else:
                document.add_paragraph(_sentence(dice), style="List Bullet" if row % 3 else None)
        table = document.add_table(rows=8, cols=3)
        for cell in table._cells:
            cell.text = dice.choice(_SKILLS)
        files.append(folder / f"resume{number:02d}.docx")
        document.save(str(files[-1]))
    return files
