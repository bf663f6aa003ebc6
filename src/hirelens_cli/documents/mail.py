"""Messages: the body of an EML or MSG, and the files attached to it."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message, MIMEPart

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import Refused
from hirelens_cli.documents.compound import SIGNATURE
from hirelens_cli.documents.encodings import decoded
from hirelens_cli.documents.html import read_html_text
from hirelens_cli.documents.outlook import open_outlook
from hirelens_cli.documents.text import assembled_text
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Outcome, Status

Attachment = tuple[str, bytes]
"""File name as the message gives it (never trusted, only shown), and content."""

_MOST_PARTS = 200
_DEEPEST = 20
_MOST_BYTES = 200_000_000
"""Of the attachments of one Outlook message together."""


def attachments(data: bytes) -> tuple[Attachment, ...]:
    """The files attached to a message, in their order, messages within it included; empty where there is none.

    Pictures shown in the body are no attachments. A message without any whose body is a file (as a mailed scan is) has it
    as its only one. Never raises.
    """
    try:
        return open_outlook(data, _MOST_BYTES).attachments if data.startswith(SIGNATURE) else _eml_attachments(data)
    except Exception:  # a damaged message has no attachments; its body may still be read
        return ()


def read_mail(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """The body of a message as a Document: its HTML where it has one, else its text.

    Statuses: `malformed`, `empty`, `too_large`.
    """
    try:
        if data.startswith(SIGNATURE):
            message = open_outlook(data, limits.package_bytes)
            return _body(message.html, message.plain, "msg", doc_id, limits, forensics)
        return _read_eml(data, doc_id, limits, forensics)
    except Refused as refused:
        return refused.outcome(doc_id)
    except RecursionError:
        return Refused(Status.MALFORMED, "its parts are nested too deeply").outcome(doc_id)


def _parts(message: MIMEPart, depth: int = 0) -> list[MIMEPart]:
    """The leaves of a message, in order; a message within it is a leaf."""
    if not message.is_multipart() or message.get_content_type() == "message/rfc822":
        return [message]
    if depth > _DEEPEST:
        return []
    leaves: list[MIMEPart] = []
    for part in message.iter_parts():
        leaves += _parts(part, depth + 1)
        if len(leaves) > _MOST_PARTS:
            return leaves[:_MOST_PARTS]
    return leaves


def _eml_attachments(data: bytes) -> tuple[Attachment, ...]:
    message = message_from_bytes(data, policy=policy.default)
    leaves = _parts(message)
    found: list[Attachment] = []
    for part in leaves:
        kind = part.get_content_type()
        name = part.get_filename() or ""
        is_text = part.get_content_maintype() == "text" and not name
        is_inline_picture = kind.startswith("image/") and (
            part.get("Content-ID") or part.get_content_disposition() == "inline"
        )
        if kind == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if isinstance(inner, Message):
                found.append((name or "message.eml", inner.as_bytes()))
        elif kind.startswith("multipart/") or is_text or (is_inline_picture and len(leaves) > 1):
            continue
        elif content := _bytes(part):
            found.append((name, content))
    return tuple(found)


def _bytes(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _read_eml(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    message = message_from_bytes(data, policy=policy.default)
    bodies: dict[str, str] = {}
    for part in _parts(message):
        kind = part.get_content_type()
        if kind in ("text/html", "text/plain") and not part.get_filename():
            text = decoded(_bytes(part), str(part.get_content_charset() or ""))
            bodies[kind] = f"{bodies[kind]}\n{text}" if kind in bodies else text
    return _body(bodies.get("text/html", ""), bodies.get("text/plain", ""), "eml", doc_id, limits, forensics)


def _body(html: str, plain: str, name: str, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    if html.strip():
        outcome = read_html_text(html, doc_id, limits, forensics, name)
        if outcome.value is not None or not plain.strip():
            return outcome
    if len(plain) > 2 * limits.max_chars:
        raise Refused(Status.TOO_LARGE, "it holds more text than a resume can", "raise limits.max_chars")
    return assembled_text(plain, doc_id, limits, forensics, name)
