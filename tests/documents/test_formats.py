from __future__ import annotations

import io
import json
import time
import zipfile

import pytest

from hirelens_cli.documents.formats import format_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(*names: str, data: bytes = b"x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, data)
    return buffer.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")
MAIL = b"From: a@example.org\r\nSubject: CV\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello\r\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ""),
        (b"%PDF-1.7\n", "pdf"),
        (b"\n" * 900 + b"%PDF-1.4\n", "pdf"),
        (b"$PDF-1.7\n1 0 obj << >> endobj\n", "pdf"),
        (DOCX, "docx"),
        (DOCX[: len(DOCX) // 2], "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "spreadsheet"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "slides"),
        (zipped("mimetype", "content.xml", data=b"application/vnd.oasis.opendocument.text"), "odt"),
        (zipped("mimetype", "content.xml", data=b"application/vnd.oasis.opendocument.spreadsheet"), "spreadsheet"),
        (zipped("mimetype", "META-INF/container.xml", data=b"application/epub+zip"), "ebook"),
        (zipped("a.pdf", "b.docx"), "zip"),
        (zipped(), "zip"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "msg"),
        (OLE, "ole"),
        (b"{\\rtf1 hello}", "rtf"),
        (b"\xef\xbb\xbf{\\rtf1 hello}", "rtf"),
        (b"<!DOCTYPE html><p>x", "html"),
        (b"  <html lang=en>", "html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html xmlns="x"></html>', "html"),
        (b"<p>Skills</p>", "html"),
        (b'<?xml version="1.0"?><Resume></Resume>', "xml"),
        (b"<Candidate><Name>x</Name></Candidate>", "xml"),
        (MAIL, "eml"),
        (b"From: Ana\nTo: Ben\n\nDear Ben,", "txt"),
        (json.dumps({"basics": {}}).encode(), "json"),
        (b"{not json}", "txt"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "image"),
        (b"II*\x00" + bytes(100), "image"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "image"),
        (b"\0\0\0\x18ftypisom" + bytes(50), "binary"),
        (b"\x7fELF" + bytes(100), "binary"),
        (b"\x1f\x8b\x08" + bytes(100), "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"Curriculum vitae\nSkills: Python, <html>\n", "txt"),
        ("Résumé\n".encode("latin-1"), "txt"),
        ("\ufeffRésumé\n".encode("utf-16-le"), "txt"),
        ("Resume of someone\n".encode("utf-16-be"), "txt"),
        (b"# Resume\n\n- Python\n", "txt"),
    ],
)
def test_the_content_says_what_it_is(data: bytes, expected: str) -> None:
    assert format_of(data) == expected


@pytest.mark.parametrize("filler", [b"a", b"1", b" ", b"\n", b"a: ", b"<", b"PK\x03\x04", b"{"])
def test_long_runs_take_no_time(filler: bytes) -> None:
    data = filler * (2_000_000 // len(filler))
    started = time.process_time()
    format_of(data)
    assert time.process_time() - started < 1
