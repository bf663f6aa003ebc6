"""PDF in, Document out: pdfium's text in content order, a repaired copy or pdfplumber where it finds nothing."""

from __future__ import annotations

import io
import logging
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence

from hirelens_cli.config import Limits
from hirelens_cli.documents.ink import HIDDEN_WORDS, hidden_words, unseen_words
from hirelens_cli.documents.layout import Line, blocks_of, in_order, line_spans, on_one_line, union
from hirelens_cli.documents.pdfium import Box, Page, Pdf, PdfError
from hirelens_cli.documents.spacing import Glyphs, is_tracked, looks_glued, missing_spaces, untracked, word_gap
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Issue, Outcome, Severity, Status, failed

_ALNUM = re.compile(r"[^\W_]")
_BOLD = re.compile(r"(?i)bold|black|heavy|semibd|demi")
_BOLD_WEIGHT = 600
_NO_TEXT = re.compile("[\ufffd\x00-\x08\ue000-\uf8ff]")
_FEW = 20
"""Letters and digits below which a page counts as without text."""
_PICTURE = 0.3
"""Share of the page that an image must cover to be what the page says."""


Span = tuple[int, int]


_PRINT_HINT = "open it in a viewer and print it to a new PDF"


class _TooLargeError(Exception):
    """The document passes a limit; the message says which."""


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
    try:
        first = _Reading(data, doc_id, limits, forensics)
    except PdfError as error:
        if error.password:
            return failed(Status.ENCRYPTED, doc_id, "the PDF asks for a password", "save it without a password")
        first = None
    if first and first.lines:
        return first.outcome()
    repaired = _repaired(data)
    if repaired:
        try:
            second = _Reading(repaired, doc_id, limits, forensics)
        except PdfError:
            second = None
        if second and second.lines:
            return second.outcome()
        first = first or second
    if first and first.image_pages:
        return first.outcome()
    lines, pages = _plumbed(data, limits)
    if lines:
        return Outcome(Document(doc_id, "pdf", blocks_of(lines, pages), pages))
    if first:
        return first.outcome()
    return failed(Status.MALFORMED, doc_id, "the file is not a PDF that can be opened", _PRINT_HINT)


class _Reading:
    """What pdfium reads of one file."""

    def __init__(self, data: bytes, doc_id: str, limits: Limits, forensics: str) -> None:
        self.doc_id, self.limits, self.forensics = doc_id, limits, forensics
        self.lines: list[Line] = []
        self.image_pages: list[int] = []
        self.broken_pages = 0
        self.hidden: list[str] = []
        self.objects = self.chars = 0
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
        self.objects += page.object_count
        self.chars += page.char_count
        if self.objects > self.limits.max_objects:
            raise _TooLargeError("the PDF paints more objects than limits.max_objects")
        if self.chars > self.limits.max_chars:
            raise _TooLargeError("the PDF holds more characters than limits.max_chars")
        text = page.text
        if len(text) < 20 * _FEW and len(_ALNUM.findall(text)) < _FEW and sum(page.images(1000)) > _PICTURE:
            self.image_pages.append(number)
        spans, ends = _visual(page, text)
        hidden = hidden_words(page, spans, ends, self.forensics)
        spaces = _missing(page, text)
        self.hidden += [_shown(text, start, end, (), spaces) for start, end in hidden]
        self.lines += in_order(_lines(page, number, spans, ends, hidden, spaces))

    def outcome(self) -> Outcome[Document]:
        """The document, or why there is none."""
        blocks = blocks_of(self.lines, self.pages)
        if self.image_pages and sum(len(_ALNUM.findall(block.text)) for block in blocks) < _FEW * len(self.image_pages):
            return failed(
                Status.IMAGE_ONLY, self.doc_id, "the pages are images without text", "run OCR over it and give it again"
            )
        text = "\n".join(block.text for block in blocks)
        hidden = unseen_words(self.hidden, text)
        if not blocks and self.hidden:
            return failed(Status.UNREADABLE, self.doc_id, "the PDF holds text, but none that can be seen", _PRINT_HINT)
        if not blocks:
            return failed(Status.EMPTY, self.doc_id, "the PDF holds no text")
        if len(_NO_TEXT.findall(text)) * 2 > len(text):
            message = "the fonts of the PDF do not say which letters they draw"
            return failed(Status.UNREADABLE, self.doc_id, message, "run OCR over it, or " + _PRINT_HINT)
        pages = max(1, min(self.pages, self.limits.max_pages))
        return Outcome(Document(self.doc_id, "pdf", blocks, pages, hidden=hidden, issues=self._issues(hidden)))

    def _issues(self, hidden: Sequence[str]) -> tuple[Issue, ...]:
        notes: list[tuple[str, str, str]] = []
        if len({word.casefold() for word in hidden}) >= HIDDEN_WORDS:
            message = f"{len(hidden)} words that a person cannot see were left out"
            notes.append(("hidden_text", message, "`hirelens read` shows them"))
        if self.pages > self.limits.max_pages:
            notes.append(
                ("page_limit", f"read {self.limits.max_pages} of {self.pages} pages", "raise limits.max_pages")
            )
        if self.image_pages:
            shown = ", ".join(map(str, self.image_pages[:10]))
            notes.append(("image_pages", f"pages that are images without text: {shown}", "run OCR over the file"))
        if self.broken_pages:
            notes.append(("broken_pages", f"{self.broken_pages} pages cannot be read", _PRINT_HINT))
        return tuple(Issue(code, Severity.WARNING, self.doc_id, message, hint) for code, message, hint in notes)


def _visual(page: Page, text: str) -> tuple[list[Span], list[tuple[Box, Box]]]:
    """Spans of the visual lines of a page's text, and the boxes of the first and last character of each."""
    spans, ends = [], []
    queue = deque(line_spans(text))
    while queue:
        start, end = queue.popleft()
        first, last = page.box(start), page.box(end - 1)
        at = 0 if on_one_line(first, last) else _turn(page, text, start, end, first)
        if at:
            queue.extendleft([(at, end), (start, at - 1)])
        else:
            spans.append((start, end))
            ends.append((first, last))
    return spans, ends


def _turn(page: Page, text: str, start: int, end: int, first: Box) -> int:
    """Where pdfium ran two lines into one: offset of the first word that is not on the line of `first`; 0 for none.

    It happens where a large name stands beside or under small print.
    """
    words = [at + 1 for at in range(start + 1, end - 1) if text[at] == " " and text[at - 1] != " " != text[at + 1]]
    low = bisect_left(words, True, key=lambda at: not on_one_line(first, page.box(at)))
    return words[low] if low < len(words) else 0


def _lines(
    page: Page,
    number: int,
    spans: Sequence[Span],
    ends: Sequence[tuple[Box, Box]],
    hidden: Sequence[Span],
    spaces: Sequence[int],
) -> list[Line]:
    text, lines = page.text, []
    for (start, end), boxes in zip(spans, ends, strict=True):
        shown = _shown(text, start, end, hidden, spaces)
        if is_tracked(shown):
            shown = _whole(page, text, start, end)
        elif not shown.strip():
            continue
        middle = _middle(text, start, end)
        bold = _is_bold(page.font(middle)) and _is_bold(page.font(start))
        lines.append(Line(shown, number, union(*boxes), page.size(middle), bold, page.height))
    return lines


def _middle(text: str, start: int, end: int) -> int:
    """Offset of the character whose size is taken to be the line's."""
    middle = (start + end) // 2
    while text[middle].isspace():
        middle += 1
    return middle


def _missing(page: Page, text: str) -> list[int]:
    """Offsets of the page's text before which a space is missing."""
    if not looks_glued(text):
        return []
    glyphs = Glyphs(*page.runs())
    gap = word_gap(text, glyphs)
    return missing_spaces(text, glyphs, gap) if gap > 0 else []


def _shown(text: str, start: int, end: int, hidden: Sequence[Span], spaces: Sequence[int]) -> str:
    """The text of a line without its hidden words, with the spaces that it misses."""
    cuts = [(max(a, start), min(b, end), "") for a, b in _between(hidden, start, end)]
    cuts += [(at, at, " ") for at in spaces[bisect_left(spaces, start) : bisect_left(spaces, end)]]
    if not cuts:
        return text[start:end]
    parts, done = [], start
    for a, b, instead in sorted(cuts):
        if a >= done:
            parts += [text[done:a], instead]
            done = b
    return "".join([*parts, text[done:end]])


def _between(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    return spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (end, 0))] if spans else ()


def _whole(page: Page, text: str, start: int, end: int) -> str:
    """A letter-spaced line with its words made whole."""
    boxes = [page.box(at) for at in range(start, end)]
    glyphs = Glyphs(*([box[side] for box in boxes] for side in (0, 2, 1, 3)))
    return untracked(text[start:end], glyphs)


def _is_bold(font: tuple[str, int]) -> bool:
    name, weight = font
    return weight >= _BOLD_WEIGHT or _BOLD.search(name) is not None


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
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
            for page in pdf.pages[: limits.max_pages]:
                for row in page.extract_text_lines(return_chars=False, use_text_flow=True):
                    box = (float(row["x0"]), float(row["top"]), float(row["x1"]), float(row["bottom"]))
                    lines.append(Line(str(row["text"]), int(page.page_number), box, page_height=float(page.height)))
                page.close()
    except Exception:
        return lines, max((line.page for line in lines), default=0)
    return lines, min(pages, limits.max_pages)
