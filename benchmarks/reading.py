"""What reading costs and how right it is: CPU ratios, reading order, hidden text, false alarms.

    python benchmarks/reading.py                    on files that it generates
    python benchmarks/reading.py --data FOLDER      on layout/, hidden-text/ and ranking/**/resumes/ below FOLDER

CPU seconds count child processes. Every engine reads every file in one process, in an order shuffled per file with a
fixed seed; ratios are paired per file and the median is printed. What is not installed is skipped and said.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import logging
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from hirelens_cli.config import Limits
from hirelens_cli.documents.pdf import read_pdf
from hirelens_cli.model.documents import Document

Engine = Callable[[Path, bytes], object]
_LIMITS = Limits()
_TOKEN = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Column:
    """Where the columns of a page start (points from the left), and between which heights (from the top)."""

    file: Path
    starts: tuple[float, ...]
    top: float
    bottom: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with layout/, hidden-text/ and ranking/")
    parser.add_argument("--files", type=int, default=40, help="files of each kind that are timed (default 40)")
    parser.add_argument("--only", choices=("cost", "order", "hidden", "alarms"), help="one table alone")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        resumes = sorted(options.data.glob("ranking/**/resumes/*.pdf")) if options.data else _make_resumes(made)
        tables: dict[str, Callable[[], None]] = {
            "cost": lambda: _cost(resumes, options.files, options.data),
            "order": lambda: _order([*_columns(options.data), *_make_columns(made)]),
            "hidden": lambda: _hidden([*_attacks(options.data), *_make_attacks(made)]),
            "alarms": lambda: _alarms(resumes),
        }
        for name, table in tables.items():
            if options.only in (None, name):
                table()
                print()


def _read(data: bytes, forensics: str = "auto") -> Document | None:
    return read_pdf(data, "", _LIMITS, forensics).value


# --- cost


def _cost(files: Sequence[Path], count: int, data: Path | None) -> None:
    engines, missing = _engines()
    print(f"CPU per file, median; not installed: {', '.join(missing) or 'nothing'}")
    groups: dict[str, list[Path]] = {}
    for file in files:
        groups.setdefault(str(file.parent.relative_to(data)) if data else "generated", []).append(file)
    if data:
        groups["layout"] = sorted(data.glob("layout/*.pdf"))
    for name, members in groups.items():
        if members:
            _compare(name, members[:: max(1, len(members) // count)], engines, "pdfplumber", "pdftotext")
    docx, missing = _docx_engines()
    if docx:
        print(f"DOCX; not installed: {', '.join(missing) or 'nothing'}")
        with tempfile.TemporaryDirectory() as folder:
            _compare("generated", _make_docx(Path(folder)), docx, "python-docx", "")


def _compare(name: str, files: Sequence[Path], engines: dict[str, Engine], first: str, second: str) -> None:
    spent: dict[str, list[float]] = {engine: [] for engine in engines}
    shuffle = random.Random(7)  # noqa: S311
    for engine in engines.values():
        engine(files[0], files[0].read_bytes())  # imports and caches are not the file's cost
    for file in files:
        data = file.read_bytes()
        order = list(engines)
        shuffle.shuffle(order)
        for engine in order:
            start = _cpu()
            engines[engine](file, data)
            spent[engine].append(_cpu() - start)
    print(f"  {name}, {len(files)} files")
    for engine, times in spent.items():
        ratios = [
            f"{statistics.median(a / b for a, b in zip(spent[base], times, strict=True)):6.2f} x faster than {base}"
            for base in (first, second)
            if base in spent
        ]
        print(f"    {engine:28}{statistics.median(times) * 1000:8.2f} ms   {'   '.join(ratios)}")


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _engines() -> tuple[dict[str, Engine], list[str]]:
    engines: dict[str, Engine] = {
        "hirelens": lambda _, data: _read(data),
        "hirelens, forensics off": lambda _, data: _read(data, "off"),
        "hirelens, forensics all": lambda _, data: _read(data, "all"),
        "pypdfium2, text alone": _pypdfium2,
        "pdfplumber": _pdfplumber,
    }
    missing = []
    if find_spec("pypdf"):
        engines["pypdf"] = _pypdf
    else:
        missing.append("pypdf")
    if find_spec("pdfminer"):
        engines["pdfminer.six"] = _pdfminer
    program = shutil.which("pdftotext")
    if program:
        engines["pdftotext"] = lambda file, _: subprocess.run([program, file, "-"], capture_output=True, check=False)
    else:
        missing.append("pdftotext")
    return engines, missing


def _pypdfium2(_: Path, data: bytes) -> None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    pdf.close()


def _pdfplumber(_: Path, data: bytes) -> None:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()


def _pypdf(_: Path, data: bytes) -> None:
    import pypdf

    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        page.extract_text()


def _pdfminer(_: Path, data: bytes) -> None:
    from pdfminer.high_level import extract_text

    extract_text(io.BytesIO(data))


def _docx_engines() -> tuple[dict[str, Engine], list[str]]:
    try:
        from hirelens_cli.documents.docx import read_docx
    except ImportError:
        return {}, ["hirelens' own reader"]
    engines: dict[str, Engine] = {"hirelens": lambda _, data: read_docx(data, "", _LIMITS, "auto")}
    if not find_spec("docx"):
        return engines, ["python-docx"]
    return engines | {"python-docx": _python_docx}, []


def _python_docx(_: Path, data: bytes) -> None:
    import docx

    document = docx.Document(io.BytesIO(data))
    "\n".join(paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            "\t".join(cell.text for cell in row.cells)


# --- reading order


def _order(pages: Sequence[Column]) -> None:
    print(
        "Reading order: column switches on page 1 beyond the least needed (aim: at most 2), share of labelled words read"
    )
    results = []
    for page in pages:
        document = _read(page.file.read_bytes())
        if document is None:
            print(f"  {page.file.name[:60]:62} not read")
            continue
        labels = _labels(page)
        read = [word for block in document.blocks if block.page == 1 for word in _words(block.text)]
        # A word that we mend (`topics` from `top-` and `ics`) may stand once for the other engine and twice for us.
        count = Counter(read)
        seen = [labels[word] for word in read if word in labels and count[word] == 1]
        switches = sum(a != b for a, b in itertools.pairwise(seen))
        extra = switches - (len(set(seen)) - 1)
        share = len(set(read) & set(labels)) / len(labels) if labels else 0.0
        results.append(extra)
        print(f"  {page.file.name[:60]:62} {extra:3d} extra   {share:.2f} of {len(labels)} words")
    print(f"  {sum(extra <= 2 for extra in results)} of {len(pages)} pages with at most 2 extra")


def _words(text: str) -> list[str]:
    return [match.group().lower() for match in _TOKEN.finditer(text)]


def _labels(page: Column) -> dict[str, int]:
    """The column of each word that stands once on the page, by where another engine sees it."""
    placed = [
        (word, sum(x >= start for start in page.starts))
        for text, x, y in _placed(page.file)
        if page.top <= y <= page.bottom
        for word in _words(text)
    ]
    count = Counter(word for text, _, _ in _placed(page.file) for word in _words(text))
    return {word: column for word, column in placed if count[word] == 1}


def _placed(file: Path) -> list[tuple[str, float, float]]:
    program = shutil.which("pdftotext")
    if program:
        shown = subprocess.run([program, "-l", "1", "-bbox", file, "-"], capture_output=True, check=True).stdout
        pattern = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)"[^>]*>([^<]*)</word>')
        return [(text, float(x), float(y)) for x, y, text in pattern.findall(shown.decode("utf-8", "replace"))]
    import pdfplumber

    with pdfplumber.open(file) as pdf:
        words = pdf.pages[0].extract_words(x_tolerance_ratio=0.15)
        return [(str(word["text"]), float(word["x0"]), float(word["top"])) for word in words]


def _columns(data: Path | None) -> list[Column]:
    index = data / "layout" / "columns.json" if data else None
    if index is None or not index.is_file():
        return []
    return [
        Column(index.parent / row["file"], tuple(row["columns_start_at_x"]), row["y_from"], row["y_to"])
        for row in json.loads(index.read_text())
    ]


# --- hidden text


def _attacks(data: Path | None) -> list[tuple[Path, bool]]:
    files = sorted(data.glob("hidden-text/*.pdf")) if data else []
    return [(file, not file.name.startswith("ctl_")) for file in files]


def _hidden(files: Sequence[tuple[Path, bool]]) -> None:
    print("Hidden text: words found, with forensics auto and all")
    right: Counter[str] = Counter()
    for file, is_attack in files:
        found = []
        for forensics in ("auto", "all"):
            document = _read(file.read_bytes(), forensics)
            flagged = document is not None and any(issue.code == "hidden_text" for issue in document.issues)
            right[forensics] += flagged == is_attack
            found.append(
                f"{forensics} {len(document.hidden) if document else 0:3d} words{', flagged' if flagged else ''}"
            )
        print(f"  {file.name:28}{'attack' if is_attack else 'control':10}{'   '.join(found)}")
    print("  " + "   ".join(f"{name}: {count} of {len(files)} right" for name, count in right.items()))


def _alarms(files: Sequence[Path]) -> None:
    print(f"False alarms over {len(files)} resumes")
    for forensics in ("auto", "all"):
        flagged = words = 0
        for file in files:
            document = _read(file.read_bytes(), forensics)
            if document:
                words += len(document.hidden)
                flagged += any(issue.code == "hidden_text" for issue in document.issues)
        print(f"  {forensics}: {flagged} files flagged, {words} words left out")


# --- generated files

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


def _sentence(dice: random.Random) -> str:
    return f"{dice.choice(_VERBS).title()} {dice.choice(_THINGS)} with {dice.choice(_SKILLS)} for {dice.randint(2, 90)} teams"


def _canvas(path: Path) -> object:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    return Canvas(str(path), pagesize=A4, invariant=1)


def _make_resumes(folder: Path) -> list[Path]:
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


def _make_columns(folder: Path) -> list[Column]:
    """Pages of two and three columns: column by column, and with the headings drawn after all bodies."""
    pages = []
    for starts in ((40, 230), (40, 400), (40, 220, 400)):
        for late in (False, True):
            path = folder / f"columns-{'-'.join(map(str, starts))}{'-late-headings' if late else ''}.pdf"
            page = _canvas(path)
            headings = []
            for column, x in enumerate(starts):
                for row in range(44):
                    y = 780 - 16 * row
                    if row % 11 == 0:
                        headings.append((x, y, f"Heading{column}{'abcdefgh'[row // 11]}"))
                    else:
                        page.setFont("Helvetica", 9)
                        page.drawString(x, y, f"word{column}x{row:02d} plain{column}y{row:02d}")
                    if not late and headings:
                        page.setFont("Helvetica-Bold", 11)
                        page.drawString(*headings.pop())
            for heading in headings:
                page.setFont("Helvetica-Bold", 11)
                page.drawString(*heading)
            page.save()
            pages.append(Column(path, tuple(x - 5 for x in starts[1:]), 0, 842))
    return pages


def _make_attacks(folder: Path) -> list[tuple[Path, bool]]:
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


def _make_docx(folder: Path) -> list[Path]:
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


if __name__ == "__main__":
    sys.exit(main())
