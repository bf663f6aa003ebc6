"""PDF in, Document out: pdfium's text in content order, a repaired copy or pdfplumber where it finds nothing."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence

from hirelens_cli.config import Limits
from hirelens_cli.documents.ink import HIDDEN_WORDS, hidden_words, unseen_words
from hirelens_cli.documents.layout import Line, blocks_of, in_order
from hirelens_cli.documents.lines import View
from hirelens_cli.documents.ocr import HINT as OCR_HINT
from hirelens_cli.documents.pdfium import Page, Pdf, PdfError
from hirelens_cli.documents.pictures import FEW_LETTERS, is_scan
from hirelens_cli.documents.ruled import lines_with_rows, rows_of
from hirelens_cli.documents.signs import invisible_issue
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Issue, Outcome, Severity, Status, failed

_ALNUM = re.compile(r"[^\W_]")
_STRANGE = re.compile("[\ufffd\x00\x01\x03-\x08\x0e-\x1f\ue000-\uf8ff]")
"""What stands for glyphs whose letters are not known."""
_MANY_MENDED = 10
_MOST_TABLED = 10
"""Pages of a document on which ruled tables are read as such."""


class _TooLargeError(Exception):
    """The document passes a limit; the message says which."""


_PRINT_HINT = "open it in a viewer and print it to a new PDF"


def read_pdf(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """The visible text of a PDF, one block per visual line, or the reason why there is none.

    `forensics` says how hard hidden text is looked for: `all` pages are tested by rendering, `auto` those where cheap
    signs ask for it, `off` none (see ink.py). Never raises.
    """
    try:
        if len(data) > limits.max_bytes:
            return failed(
                Status.TOO_LARGE, doc_id, "the file is larger than limits.max_bytes", "raise limits.max_bytes"
            )
        return _read(data, doc_id, limits, forensics)
    except _TooLargeError as error:
        return failed(Status.TOO_LARGE, doc_id, str(error), "raise the limit, or print the pages needed to a new PDF")
    except MemoryError:
        return failed(Status.MEMORY, doc_id, "reading the PDF takes more memory than a reader may have")
    except Exception as error:
        return failed(Status.MALFORMED, doc_id, f"the PDF cannot be read ({type(error).__name__})", _PRINT_HINT)


def _read(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    found: _Reading | None = None
    for prepared in (bytes, _repaired):
        try:
            reading = _Reading(prepared(data), doc_id, limits, forensics)
        except PdfError as error:
            if error.password:
                return failed(Status.ENCRYPTED, doc_id, "the PDF asks for a password", "save it without a password")
            continue
        if reading.lines or reading.hidden or reading.image_pages:
            return reading.outcome()
        found = found or reading
    if found is None or found.may_hold_more:
        lines, pages = _plumbed(data, limits)
        if lines:
            note = Issue("unchecked", Severity.WARNING, doc_id, "hidden text could not be looked for", _PRINT_HINT)
            return Outcome(Document(doc_id, "pdf", blocks_of(lines, pages), pages, issues=(note,)))
    if found is None:
        return failed(Status.MALFORMED, doc_id, "the file is not a PDF that can be opened", _PRINT_HINT)
    return found.outcome()


class _Reading:
    """What pdfium reads of one file."""

    def __init__(self, data: bytes, doc_id: str, limits: Limits, forensics: str) -> None:
        self.doc_id, self.limits, self.forensics = doc_id, limits, forensics
        self.lines: list[Line] = []
        self.hidden: list[str] = []
        self.image_pages: list[int] = []
        self.broken_pages = self.objects = self.chars = self.strange = self.mended = self.tabled = 0
        pdf = Pdf(data)
        try:
            self.pages = pdf.pages
            for index in range(min(self.pages, limits.max_pages)):
                with pdf.page(index) as page:
                    self._take(page, index + 1)
        finally:
            pdf.close()

    def _take(self, page: Page | None, number: int) -> None:
        if page is None:
            self.broken_pages += 1
            return
        self.objects += page.painted.count
        self.chars += page.char_count
        if self.objects > self.limits.max_objects:
            raise _TooLargeError("the PDF paints more objects than limits.max_objects")
        if self.chars > self.limits.max_chars:
            raise _TooLargeError("the PDF holds more characters than limits.max_chars")
        text = page.text
        self.strange += round(page.unmapped() * len(text)) or len(_STRANGE.findall(text))
        if is_scan(page):
            self.image_pages.append(number)
        view = View(page, number)
        hidden = hidden_words(page, view.spans, view.ends, self.forensics)
        self.mended += len(view.spaces)
        self.hidden += [view.shown(start, end) for start, end in hidden]
        grids = rows_of(view) if self.tabled < _MOST_TABLED else []
        self.tabled += bool(grids)
        lines = lines_with_rows(view, hidden, grids) if grids else view.lines(hidden)
        self.lines += in_order(lines) if view.is_displaced else lines

    @property
    def may_hold_more(self) -> bool:
        """Whether another reader may find text; on blank pages there is none."""
        return self.objects > 0 or self.broken_pages > 0

    def outcome(self) -> Outcome[Document]:
        """The document, or why there is none."""
        blocks = blocks_of(self.lines, self.pages)
        text = "\n".join(block.text for block in blocks)
        if self.image_pages and len(_ALNUM.findall(text)) < FEW_LETTERS * len(self.image_pages):
            return failed(Status.IMAGE_ONLY, self.doc_id, "the pages are images without text", OCR_HINT)
        if self.strange * 2 > self.chars:
            message = "the fonts of the PDF do not say which letters they draw"
            return failed(Status.UNREADABLE, self.doc_id, message, OCR_HINT)
        if not blocks and self.hidden:
            return failed(Status.UNREADABLE, self.doc_id, "the PDF holds text, but none that can be seen", OCR_HINT)
        if not blocks:
            return failed(Status.EMPTY, self.doc_id, "the PDF holds no text")
        hidden = unseen_words(self.hidden, text)
        pages = max(1, min(self.pages, self.limits.max_pages))
        return Outcome(Document(self.doc_id, "pdf", blocks, pages, hidden=hidden, issues=tuple(self._issues(hidden))))

    def _issues(self, hidden: Sequence[str]) -> Iterator[Issue]:
        def note(code: str, message: str, hint: str = "", severity: Severity = Severity.WARNING) -> Issue:
            return Issue(code, severity, self.doc_id, message, hint)

        if len({word.casefold() for word in hidden}) >= HIDDEN_WORDS:
            yield note("hidden_text", f"{len(hidden)} words that a person cannot see were left out", "look at the file")
        if self.forensics != "off":
            yield from invisible_issue("\n".join(line.text for line in self.lines), self.doc_id)
        if self.pages > self.limits.max_pages:
            message = f"read {self.limits.max_pages} of {self.pages} pages"
            yield note("page_limit", message, "raise limits.max_pages")
        if self.image_pages:
            shown = ", ".join(map(str, self.image_pages[:10]))
            yield note("image_pages", f"pages that are images without text: {shown}", OCR_HINT)
        if self.broken_pages:
            yield note("broken_pages", f"{self.broken_pages} pages cannot be read", _PRINT_HINT)
        if self.mended > _MANY_MENDED:
            yield note("glued_words", f"put in {self.mended} spaces between words", severity=Severity.INFO)


def _repaired(data: bytes) -> bytes:
    """The file saved anew by pikepdf, which mends what pdfium does not; empty where it cannot."""
    import pikepdf

    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # its messages quote the file
    try:
        with pikepdf.open(io.BytesIO(data)) as broken:
            saved = io.BytesIO()
            broken.save(saved)
            return saved.getvalue()
    except Exception:
        return b""


def _plumbed(data: bytes, limits: Limits) -> tuple[list[Line], int]:
    """Lines and number of pages as pdfplumber reads them; none where it cannot."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    lines: list[Line] = []
    pages = chars = 0
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages[: limits.max_pages]:
                pages = page.page_number
                for row in page.extract_text_lines(return_chars=False, use_text_flow=True):
                    chars += len(row["text"])
                    if chars > limits.max_chars:
                        raise _TooLargeError("the PDF holds more characters than limits.max_chars")
                    box = (float(row["x0"]), float(row["top"]), float(row["x1"]), float(row["bottom"]))
                    lines.append(Line(str(row["text"]), pages, box, page_height=float(page.height)))
                page.close()
    except (_TooLargeError, MemoryError):
        raise
    except Exception:  # what was read until then is kept
        return lines, pages
    return lines, pages
