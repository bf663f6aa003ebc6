"""Bytes in, Document out: the reader is chosen by what the bytes hold, and nothing that they hold raises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hirelens_cli.config import Limits
from hirelens_cli.documents.formats import format_of
from hirelens_cli.documents.ocr import HINT, completed
from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.issues import Issue, Outcome, Severity, Status, failed

Reader = Callable[[bytes, str, Limits, str], Outcome[Document]]
"""Takes data, doc_id, limits and forensics (auto, all or off)."""

_DEEPEST_MESSAGE = 3
"""Messages forwarded inside messages that are opened."""
_NO_DOCUMENTS = (b"BEGIN:VCARD", b"BEGIN:VCALENDAR", b"-----BEGIN PGP SIGNATURE")

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


def _read(data: bytes, doc_id: str, limits: Limits, forensics: str, depth: int = 0) -> Outcome[Document]:
    if len(data) > limits.max_bytes:
        return too_large(doc_id, len(data), limits)
    kind = format_of(data)
    if not kind or not data.strip(b"\0 \t\r\n"):
        return failed(Status.EMPTY, doc_id, "the file holds nothing")
    if kind == "encrypted":
        return failed(Status.ENCRYPTED, doc_id, "the document is protected by a password", "ask for a copy without one")
    if kind == "image":
        picture: Outcome[Document] = failed(Status.IMAGE_ONLY, doc_id, "the file is a picture, without text", HINT)
        return completed(picture, data, kind, doc_id, limits)
    reader = _reader(kind)
    if reader is None:
        what, hint = _UNSUPPORTED.get(kind, _UNSUPPORTED["binary"])
        return failed(Status.UNSUPPORTED, doc_id, what, hint)
    outcome = completed(reader(data, doc_id, limits, forensics), data, kind, doc_id, limits)
    if kind in ("eml", "msg") and depth < _DEEPEST_MESSAGE:
        return _with_enclosures(data, outcome, doc_id, limits, forensics, depth)
    return outcome


def _with_enclosures(
    data: bytes, body: Outcome[Document], doc_id: str, limits: Limits, forensics: str, depth: int
) -> Outcome[Document]:
    """What a message brings: the documents attached to it, letters left out; the body where it is the resume itself.

    Where no attachment can be read, the message has the status of the first, and is not scored by its covering words.
    """
    from hirelens_cli.documents.kind import has_sections, not_a_resume
    from hirelens_cli.documents.mail import attachments

    read: list[Document] = []
    letters: list[Document] = []
    reasons: list[Issue] = []
    for _, content in attachments(data):
        if content.lstrip()[:32].startswith(_NO_DOCUMENTS):
            continue
        outcome = _read(content, doc_id, limits, forensics, depth + 1)
        if outcome.value is None:
            reasons += [issue for issue in outcome.issues if issue.severity is Severity.ERROR][:1]
        elif not_a_resume(outcome.value):
            letters.append(outcome.value)
        else:
            read.append(outcome.value)
    if body.value is not None and (has_sections(body.value) or not (read or letters or reasons)):
        return body
    if read or letters:
        return Outcome(_joined(read or letters, doc_id, format_of(data)))
    if reasons:
        return Outcome(None, (replace(reasons[0], message=f"its attachment: {reasons[0].message}"),))
    return body


def _joined(documents: list[Document], doc_id: str, kind: str) -> Document:
    """Several documents as one, each beginning on a new page."""
    blocks: list[Block] = []
    pages = 0
    for document in documents:
        blocks += [replace(block, page=block.page + pages) for block in document.blocks]
        pages += document.pages
    hidden = tuple(word for document in documents for word in document.hidden)
    issues = tuple(issue for document in documents for issue in document.issues)
    return Document(doc_id, kind, tuple(blocks), pages, hidden=hidden, issues=issues)


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
        case "odt":
            from hirelens_cli.documents.odt import read_odt

            return read_odt
        case "rtf":
            from hirelens_cli.documents.rtf import read_rtf

            return read_rtf
        case "html":
            from hirelens_cli.documents.html import read_html

            return read_html
        case "eml" | "msg":
            from hirelens_cli.documents.mail import read_mail

            return read_mail
        case "doc":
            from hirelens_cli.documents.legacy import read_doc

            return read_doc
        case "json":
            from hirelens_cli.documents.records import read_json

            return read_json
        case "xml":
            from hirelens_cli.documents.records import read_xml

            return read_xml
        case "txt":
            from hirelens_cli.documents.text import read_text

            return read_text
        case _:
            return None


def _finished(document: Document, limits: Limits, accept_any: bool) -> Outcome[Document]:
    """The document with its language and what is odd about it, unless it holds too little, too much, or no resume."""
    from hirelens_cli.documents.kind import not_a_resume, several_resumes
    from hirelens_cli.documents.language import detect
    from hirelens_cli.documents.signs import flagged_spans, signs

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
    found = signs(document)
    issues = (*document.issues, *found, *several_resumes(document))
    document = replace(document, issues=issues, flagged=flagged_spans(document.text) if found else ())
    return Outcome(document, document.issues)


def _merged(document: Document, outcome: Outcome[Document]) -> tuple[Issue, ...]:
    return (*document.issues, *(issue for issue in outcome.issues if issue not in document.issues))
