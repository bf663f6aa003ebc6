"""What reading costs and how right it is: CPU ratios, reading order, hidden text, false alarms.

    python benchmarks/reading.py                    on files that it generates
    python benchmarks/reading.py --data FOLDER      on layout/, hidden-text/ and ranking/**/resumes/ below FOLDER

CPU seconds count child processes. Every engine reads every file in one process, in an order shuffled per file with a
fixed seed. Each ratio is printed twice: the median over files, paired, and that of the sums. `x bare pdfium` is our time
over that of the bare text of the same pages: what is ours, and what no reader on pdfium can save. What is not installed is
skipped and said.
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
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hirelens_cli.config import Limits
from hirelens_cli.documents.discover import discover, open_source
from hirelens_cli.documents.docx import read_docx
from hirelens_cli.documents.pdf import read_pdf
from hirelens_cli.documents.read import read_bytes
from hirelens_cli.documents.sandbox import Sandbox
from hirelens_cli.model.documents import Document
from reading_files import Column, make_attacks, make_columns, make_docx, make_resumes

Engine = Callable[[Path, bytes], object]
_LIMITS = Limits()
_RUNS = 3
_TOKEN = re.compile(r"[^\W_]{3,}")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_PART = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with layout/, hidden-text/, ranking/ and hostile/")
    parser.add_argument("--files", type=int, default=40, help="files of each kind that are timed (default 40)")
    parser.add_argument(
        "--only", choices=("cost", "isolation", "order", "hidden", "alarms", "docx"), help="one table alone"
    )
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        generated = make_resumes(made)
        resumes = _resumes(options.data) or generated
        tables: dict[str, Callable[[], None]] = {
            "cost": lambda: _cost(options.data, generated, options.files),
            "isolation": lambda: _isolation(resumes),
            "order": lambda: _order([*_columns(options.data), *make_columns(made)]),
            "hidden": lambda: _hidden([*_attacks(options.data), *make_attacks(made)]),
            "alarms": lambda: _alarms(resumes),
            "docx": lambda: _recall({"generated": make_docx(made), "found": _word_files(options.data)}),
        }
        for name, table in tables.items():
            if options.only in (None, name):
                table()
                print()


def _read(data: bytes, forensics: str = "auto") -> Document | None:
    return read_pdf(data, "", _LIMITS, forensics).value


# --- cost


Spent = dict[str, list[float]]
"""CPU seconds per file of each engine."""


def _cost(data: Path | None, made: Sequence[Path], count: int) -> None:
    engines, missing = _engines()
    print(f"CPU per file; paired ratios: median / all files of the group together; not installed: {_list(missing)}")
    resumes = _resumes(data)
    groups = {"generated": list(made)}
    for file in resumes:
        groups.setdefault(str(file.parent.parent.name), []).append(file)
    if data:
        groups["layout"] = sorted(data.glob("layout/*.pdf"))
    ranking: dict[str, float] = {}
    for name, members in groups.items():
        if members:
            spent = _timed(members[:: max(1, len(members) // count)], engines)
            _print(name, spent, "pdfplumber", "pdftotext", floor="pypdfium2, text alone")
            for engine, times in spent.items() if members[0] in resumes else ():
                ranking[engine] = ranking.get(engine, 0.0) + statistics.mean(times) * len(members)
    for engine, total in ranking.items():
        ratios = [
            f"{ranking[base] / total:6.2f} x faster than {base}"
            for base in ("pdfplumber", "pdftotext")
            if base in ranking
        ]
        print(f"  all {len(resumes)} of ranking/ together: {engine:28}{'   '.join(ratios)}")
    docx, missing = _docx_engines()
    print(f"DOCX; not installed: {_list(missing)}")
    with tempfile.TemporaryDirectory() as folder:
        _print("generated", _timed(make_docx(Path(folder)), docx), "python-docx")


def _resumes(data: Path | None) -> list[Path]:
    return sorted(data.glob("ranking/**/resumes/*.pdf")) if data else []


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) or "nothing"


def _timed(files: Sequence[Path], engines: dict[str, Engine]) -> Spent:
    spent: Spent = {engine: [] for engine in engines}
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
    return spent


def _print(name: str, spent: Spent, *bases: str, floor: str = "") -> None:
    print(f"  {name}, {len(next(iter(spent.values())))} files")
    for engine, times in spent.items():
        columns = [_ratio(spent[base], times) + f" x faster than {base}" for base in bases if base in spent]
        if floor and engine.startswith("hirelens"):
            columns.append(f"{_ratio(times, spent[floor])} x bare pdfium")
        print(f"    {engine:28}{statistics.median(times) * 1000:8.2f} ms   {'   '.join(columns)}")


def _ratio(times: Sequence[float], others: Sequence[float]) -> str:
    paired = statistics.median(a / b for a, b in zip(times, others, strict=True) if b > 0)
    return f"{paired:6.2f} /{sum(times) / max(1e-9, sum(others)):6.2f}"


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


# --- isolation


def _isolation(files: Sequence[Path]) -> None:
    """What the sandbox costs over reading the same files in this process; the least of several runs of each."""
    found = discover([str(file) for file in files], _LIMITS)
    entries = []
    for source in found.sources:
        data = open_source(source, _LIMITS).value
        if data is not None:
            entries.append((source.doc_id, source.name, data))
    print(f"Isolation: CPU for {len(entries)} files, child processes included, least of {_RUNS} runs")
    within = min(
        _spent(lambda: [read_bytes(data, doc_id, _LIMITS) for doc_id, _, data in entries]) for _ in range(_RUNS)
    )
    print(f"  in this process {within:15.2f} s")
    for chunk in (16, 4):
        start = min(_sandboxed(entries[:1], chunk)[0] for _ in range(_RUNS))  # the helper starts once a run
        runs = [_sandboxed(entries, chunk) for _ in range(_RUNS)]
        least, peak = min(spent for spent, _ in runs) - start, max(peak for _, peak in runs)
        more = f"{100 * (least / within - 1):+.0f}%"
        print(f"  in the sandbox, {chunk:2} a chunk {least:5.2f} s   {more}   largest reader {peak / 2**20:.0f} MB")


def _sandboxed(entries: Sequence[tuple[str, str, bytes]], chunk: int) -> tuple[float, int]:
    """CPU seconds of a sandbox from its start to its end, and the peak bytes of its largest reader."""
    start = _cpu()
    with Sandbox(_LIMITS) as sandbox:
        for at in range(0, len(entries), chunk):
            list(sandbox.read_many(entries[at : at + chunk]))
    return _cpu() - start, sandbox.usage.peak_bytes


def _spent(work: Callable[[], object]) -> float:
    start = _cpu()
    work()
    return _cpu() - start


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
    found: Counter[str] = Counter()
    for file in files:
        outcome = read_bytes(file.read_bytes(), "", _LIMITS)
        found.update({str(outcome.status or "")} | {issue.code for issue in outcome.issues})
    shown = (
        "not_a_resume",
        "several_resumes",
        "stuffing",
        "pasted_job",
        "homoglyphs",
        "addressed_to_machine",
        "zero_width",
    )
    print("  " + "   ".join(f"{code} {found[code]}" for code in shown))


# --- what becomes of honest files


def _word_files(data: Path | None) -> list[Path]:
    return sorted(data.glob("**/*.docx")) if data else []


def _recall(groups: dict[str, list[Path]]) -> None:
    """Words read of Word files against all that their XML holds, each text once."""
    print("DOCX: share of the words in the XML that were read, and words read more often than they stand there")
    for name, files in groups.items():
        if files:
            print(f"  {name}: {_recalled(files)}")


def _recalled(files: Sequence[Path]) -> str:
    shares, doubled, refused = [], 0, 0
    for file in files:
        data = file.read_bytes()
        document = read_docx(data, "", _LIMITS, "off").value
        held = _words_held(data) if document else None
        if document is None or not held:
            refused += 1
            continue
        read = Counter(_words(document.text))
        shares.append(sum(min(count, read[word]) for word, count in held.items()) / sum(held.values()))
        doubled += sum(max(0, read[word] - count) for word, count in held.items())
    if not shares:
        return f"none of {len(files)} files could be read"
    return (
        f"{len(shares)} files, mean {statistics.mean(shares):.4f}, least {min(shares):.4f}, doubled words {doubled};"
        f" {refused} are broken, locked or hold no words"
    )


def _words_held(data: bytes) -> Counter[str] | None:
    """The words of the texts in a Word file, those of each drawing once; None where it cannot be walked."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [name for name in package.namelist() if _TEXT_PART.fullmatch(name)]
            trees = [etree.fromstring(package.read(name)) for name in parts]
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, ValueError):
        return None
    held: Counter[str] = Counter()
    for tree in trees:
        for paragraph in tree.iter(f"{_W}p"):
            texts = [text for text in paragraph.iter(f"{_W}t") if _is_of(text, paragraph)]
            held.update(_words("".join(text.text or "" for text in texts)))
    return held


def _is_of(text: Any, paragraph: Any) -> bool:
    """Whether a text is of this paragraph, and not of one inside it or of a fallback for older programs."""
    inner = next(text.iterancestors(f"{_W}p"))
    return inner is paragraph and not any(True for _ in text.iterancestors(_FALLBACK))


if __name__ == "__main__":
    sys.exit(main())
