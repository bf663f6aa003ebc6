"""Bytes in, Document out: the reader is chosen by what the bytes hold, and nothing that they hold raises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hirelens_cli.config import Limits
from hirelens_cli.documents.formats import format_of
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Issue, Outcome, Status, failed

Reader = Callable[[bytes, str, Limits, str], Outcome[Document]]
"""Takes data, doc_id, limits and forensics (auto, all or off)."""

_SAVE_AS = "save it as PDF or DOCX"
_UNSUPPORTED = {
    "zip": ("an archive inside an archive or a message", "unpack it first"),
    "spreadsheet": ("a spreadsheet", _SAVE_AS),
    "slides": ("a slide show", _SAVE_AS),
    "ebook": ("an e-book", _SAVE_AS),
    "ole": ("an old compound file that holds no text document", _SAVE_AS),
    "binary": ("neither a text nor a known document format", _SAVE_AS),
}


def read_bytes(
    data: bytes, doc_id: str, limits: Limits, forensics: str = "auto", accept_any: bool = False
) -> Outcome[Document]:
    """What the file with the content `data` says, or why it cannot be read; never raises for what `data` holds.

    Without `accept_any` a document that can be read but is no resume is `not_a_resume`. Crashes, hangs and memory are
    the sandbox's to bound: see documents/sandbox.py.
    """
    try:
        outcome = _read(data, doc_id, limits, forensics)
        document = outcome.value
        if document is None:
            return outcome
        return _finished(replace(document, issues=_merged(document, outcome)), limits, accept_any)
    except MemoryError:
        return failed(
            Status.MEMORY, doc_id, "reading it takes more memory than limits.memory_mb allows", "raise the limit"
        )
    except Exception as error:  # the class alone: messages of parsers quote the document
        return failed(
            Status.MALFORMED, doc_id, f"broken beyond what the reader can follow ({type(error).__name__})", _SAVE_AS
        )


def _read(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    if len(data) > limits.max_bytes:
        return too_large(doc_id, len(data), limits)
    kind = format_of(data)
    if not kind or not data.strip(b"\0 \t\r\n"):
        return failed(Status.EMPTY, doc_id, "the file holds nothing")
    if kind == "encrypted":
        return failed(Status.ENCRYPTED, doc_id, "the document is protected by a password", "ask for a copy without one")
    if kind == "image":
        return failed(
            Status.IMAGE_ONLY,
            doc_id,
            "the file is a picture, without text",
            "ask for the document as text, or read it with OCR",
        )
    reader = _reader(kind)
    if reader is None:
        what, hint = _UNSUPPORTED.get(kind, _UNSUPPORTED["binary"])
        return failed(Status.UNSUPPORTED, doc_id, what, hint)
    return reader(data, doc_id, limits, forensics)


def too_large(subject: str, size: int, limits: Limits) -> Outcome[Document]:
    """The outcome for a file of `size` bytes, above limits.max_bytes."""
    message = f"{size:,} bytes, more than limits.max_bytes allows ({limits.max_bytes:,})"
    return failed(Status.TOO_LARGE, subject, message, "raise limits.max_bytes")


def _reader(kind: str) -> Reader | None:
    """The reader of a format; each is imported when first needed, or by the sandbox before it forks."""
    match kind:
        case "pdf":
            from hirelens_cli.documents.pdf import read_pdf

            return read_pdf
        case "docx":
            from hirelens_cli.documents.docx import read_docx

            return read_docx
        case "html":
            from hirelens_cli.documents.html import read_html

            return read_html
        case "txt":
            from hirelens_cli.documents.text import read_text

            return read_text
        case _:
            return None


def _finished(document: Document, limits: Limits, accept_any: bool) -> Outcome[Document]:
    """The document with its language and what is odd about it, unless it holds too little, too much, or no resume."""
    from hirelens_cli.documents.kind import not_a_resume, several_resumes
    from hirelens_cli.documents.language import detect
    from hirelens_cli.documents.signs import signs

    length = sum(len(block.text) + 1 for block in document.blocks)
    if length > limits.max_chars:
        message = f"{length:,} characters, more than limits.max_chars allows ({limits.max_chars:,})"
        return Outcome(None, (*failed(Status.TOO_LARGE, document.doc_id, message).issues, *document.issues))
    if not document.text.strip():
        return Outcome(
            None, (*failed(Status.EMPTY, document.doc_id, "no text that a person can see").issues, *document.issues)
        )
    document = replace(document, language=document.language or detect(document.text))
    if not accept_any:
        what = not_a_resume(document)
        if what is not None:
            return failed(Status.NOT_A_RESUME, document.doc_id, what, "screen it all the same with accept_any")
    document = replace(document, issues=(*document.issues, *signs(document), *several_resumes(document)))
    return Outcome(document, document.issues)


def _merged(document: Document, outcome: Outcome[Document]) -> tuple[Issue, ...]:
    return (*document.issues, *(issue for issue in outcome.issues if issue not in document.issues))
