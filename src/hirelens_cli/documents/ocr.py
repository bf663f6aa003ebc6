"""OCR: pages that are images, read by RapidOCR with the models in its wheel; only where it was asked for (extra `ocr`).

A reader hands such a document to a reader of its own that has loaded the models before it was confined (see sandbox.py): it has
no network and reads no file but the interpreter's. What was read says so: the issue `ocr`, with the mean confidence.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hirelens_cli.config import Limits
from hirelens_cli.documents import confine
from hirelens_cli.documents.columns import by_columns
from hirelens_cli.documents.confine import Grant, HelperNeeded, Profile
from hirelens_cli.documents.layout import Line, blocks_of
from hirelens_cli.documents.pdfium import Page, Pdf
from hirelens_cli.documents.pictures import is_scan, netpbm
from hirelens_cli.errors import MissingExtraError
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Issue, Outcome, Severity, Status, failed

if TYPE_CHECKING:
    from rapidocr import RapidOCR

COMMAND = b"O"
"""Of OCR among the helpers, see reader_process.HELPERS."""

INSTALL = "pip install 'hirelens[ocr]'"
HINT = f"{INSTALL}, then `hirelens retry --ocr`; or ask for the document as text"

_LIBRARIES = ("rapidocr", "onnxruntime", "opencv-python-headless")
_MEMORY = 3_000_000_000
"""Address space. A page of A4 at _SCALE takes 1.5 GB of it, 0.9 GB of memory."""
_SCALE = 200 / 72
"""Pixels per point: scans are made at 200 to 300 dots per inch, and RapidOCR makes larger pages smaller."""
_MOST_PIXELS = 8_000_000
_PAPER = (595.0, 842.0)
"""Points. The page that a picture without one of its own is taken to be."""
_READABLE = ("pdf", "image")

_SPACED_ADDRESS = re.compile(r"(?<=[\w+-]) ?@ ?(?=[\w-]{1,63}\.[^\W\d_])")
"""The sign in an e-mail address: on poor scans a blank comes in before it, and the address would be no address."""

_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
    "ORT_DISABLE_TELEMETRY": "1",
}
"""Each of these libraries would start threads when it is imported; ONNX Runtime's reports on its use."""

_engine: RapidOCR | None = None
"""Loaded by `grant`, and only ever in a process that is then confined."""


def installed() -> bool:
    """Whether the extra is there; nothing is imported."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def versions() -> tuple[str, ...]:
    """The libraries that decide what is read, as `name=version`; raises MissingExtraError without them."""
    try:
        return tuple(f"{name}={metadata.version(name)}" for name in _LIBRARIES)
    except metadata.PackageNotFoundError as error:
        raise MissingExtraError("OCR is not installed", INSTALL) from error


def models() -> tuple[Path, ...]:
    """The files of models that came with RapidOCR; none without it."""
    spec = find_spec("rapidocr")
    folders = spec.submodule_search_locations if spec else None
    return tuple(sorted(Path(next(iter(folders)), "models").glob("*.onnx"))) if folders else ()


def grant(folder: str, limits: Limits) -> Grant | None:
    """What a reader may have that reads pages by OCR; None where the extra is not there or cannot be loaded."""
    global _engine
    try:
        _engine = _loaded()
    except ImportError:
        return None
    return Grant(folder, 0, (), (), _MEMORY, limits.ocr_cpu_seconds)


def _loaded() -> RapidOCR:
    """The engine on one thread, with everything loaded that it loads when it is first used."""
    os.environ |= _ENVIRONMENT
    from rapidocr import RapidOCR

    one = "EngineConfig.onnxruntime.int{}_op_num_threads"
    engine = RapidOCR(params={one.format("ra"): 1, one.format("er"): 1, "Global.log_level": "critical"})
    engine(netpbm(bytes(range(256)) * 64, 128))
    return engine


def completed(outcome: Outcome[Document], data: bytes, kind: str, doc_id: str, limits: Limits) -> Outcome[Document]:
    """The outcome of reading a file of this kind, with the text of its pages that are images where OCR was asked for.

    Raises HelperNeeded in a reader that has no OCR, where it is installed.
    """
    if not (limits.ocr_pages and kind in _READABLE and _lacks_text(outcome)):
        return outcome
    if confine.applied is Profile.READER and installed():
        raise HelperNeeded(COMMAND)
    return outcome if _engine is None else _Scan(doc_id, limits).read(outcome, data, kind)


def _lacks_text(outcome: Outcome[Document]) -> bool:
    if outcome.value is None:
        return outcome.status in (Status.IMAGE_ONLY, Status.UNREADABLE)
    return any(issue.code == "image_pages" for issue in outcome.value.issues)


class _Scan:
    """One document on its way through OCR."""

    def __init__(self, doc_id: str, limits: Limits) -> None:
        self.doc_id, self.limits = doc_id, limits
        self.lines: list[Line] = []
        self.read_pages: list[int] = []
        self.unread_pages: list[int] = []
        self.pages = 1
        self.sure = 0.0
        """Sum over all letters of how sure the engine is of their line."""

    def read(self, outcome: Outcome[Document], data: bytes, kind: str) -> Outcome[Document]:
        """The document with what OCR reads, or the outcome as it is where that is nothing."""
        if kind == "pdf":
            self._read_pdf(data, every_page=outcome.value is None)
        else:
            self._take(data, 1)
        if not any(line.text.strip() for line in self.lines):
            if outcome.value is not None:
                return outcome
            message = "the pages are images, and OCR finds no text in them"
            return failed(Status.IMAGE_ONLY, self.doc_id, message, "ask for the document as text")
        document = outcome.value or Document(self.doc_id, kind, (), self.pages)
        blocks = [block for block in document.blocks if block.page not in self.read_pages]
        blocks += blocks_of(self.lines, self.pages)
        issues = [issue for issue in document.issues if issue.code != "image_pages"]
        done = replace(
            document,
            blocks=tuple(sorted(blocks, key=lambda block: block.page)),
            issues=(*issues, *self._issues()),
        )
        return Outcome(done, done.issues)

    def _read_pdf(self, data: bytes, *, every_page: bool) -> None:
        pdf = Pdf(data)
        try:
            self.pages = max(1, min(pdf.pages, self.limits.max_pages))
            for index in range(self.pages):
                with pdf.page(index) as page:
                    if page is None or not (every_page or is_scan(page)):
                        continue
                    if len(self.read_pages) < self.limits.ocr_pages:
                        self._take(_drawn(page), index + 1, page)
                    else:
                        self.unread_pages.append(index + 1)
        finally:
            pdf.close()

    def _take(self, picture: bytes, number: int, page: Page | None = None) -> None:
        """The lines of one picture, in reading order."""
        assert _engine is not None
        found: Any = _engine(picture)
        self.read_pages.append(number)
        if found.boxes is None:
            return
        high, wide = found.img.shape[:2]
        size = (page.width, page.height) if page else (_PAPER[0], _PAPER[0] * high / wide)
        across, down = size[0] / wide, size[1] / high
        lines = []
        for corners, text, sure in zip(found.boxes.tolist(), found.txts, found.scores, strict=True):
            left, right = min(x for x, _ in corners) * across, max(x for x, _ in corners) * across
            top, foot = min(y for _, y in corners) * down, max(y for _, y in corners) * down
            text = _SPACED_ADDRESS.sub("@", text)
            lines.append(Line(text, number, (left, top, right, foot), page_height=size[1]))
            self.sure += float(sure) * len(text)
        self.lines += by_columns(lines)

    def _issues(self) -> Iterator[Issue]:
        letters = sum(len(line.text) for line in self.lines)
        count = len(self.read_pages)
        yield Issue(
            "ocr",
            Severity.WARNING,
            self.doc_id,
            f"{count} {'page' if count == 1 else 'pages'} read by OCR, mean confidence {self.sure / letters:.2f}",
            "compare it with the original: letters may be wrong",
        )
        if self.unread_pages:
            message = f"OCR read {count} of {count + len(self.unread_pages)} pages that are images"
            yield Issue("page_limit", Severity.WARNING, self.doc_id, message, "raise limits.ocr_pages")


def _drawn(page: Page) -> bytes:
    scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(1.0, page.width * page.height)))
    width, height = math.ceil(page.width * scale), math.ceil(page.height * scale)
    pixels = page.grey(0, 0, width, height, scale)
    if not pixels:
        raise MemoryError
    return netpbm(pixels, width)
