"""Foreign documents that some programs put into a Word document as they are, instead of converting them."""

from __future__ import annotations

from hirelens_cli.config import Limits
from hirelens_cli.documents.html import read_html
from hirelens_cli.documents.mail import read_mail
from hirelens_cli.documents.rtf import read_rtf
from hirelens_cli.documents.text import read_text
from hirelens_cli.model.documents import Document


def read_chunk(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Document | None:
    """The HTML (alone or as MHTML), rich or plain text that a chunk holds; None where it cannot be read."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:2000].lower()
    if start.startswith(b"{\\rtf"):
        reader = read_rtf
    elif start.startswith((b"mime-version", b"from:", b"content-type")):
        reader = read_mail
    elif b"<" in start:
        reader = read_html
    else:
        reader = read_text
    return reader(data, doc_id, limits, forensics).value
