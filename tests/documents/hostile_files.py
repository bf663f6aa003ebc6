"""Files made to hurt their reader, and mutants of harmless ones. All are made here, from a fixed seed."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

LINES = (
    "Mara Okafor",
    "mara.okafor@example.org",
    "Experience",
    "Site engineer, Northwind Traders, 2018 - 2023",
    "Kept the order system running; wrote its Python services and PostgreSQL reports",
    "Education",
    "BSc Physics, University of Example, 2017",
    "Skills",
    "Python, SQL, Linux, Terraform",
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(pages: int = 2) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, A4, invariant=1)
    for page in range(pages):
        for number, line in enumerate(LINES):
            canvas.drawString(60, 780 - 16 * number, line if page == 0 else f"{line} ({page})")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx(body: str | None = None, head: str = "", **more: bytes) -> bytes:
    body = body or "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES)
    members = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
        b'.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        b' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode(),
    }
    members |= {name.replace("__", "/"): data for name, data in more.items()}
    return zipped(members)


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def rtf() -> bytes:
    return (
        b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}"
        + b"".join(b"\\pard %s\\par\n" % line.encode() for line in LINES)
        + b"}"
    )


def html() -> bytes:
    return (
        b"<!DOCTYPE html><html><body>" + b"".join(b"<p>%s</p>\n" % line.encode() for line in LINES) + b"</body></html>"
    )


def eml() -> bytes:
    head = b"From: mara@example.org\r\nTo: jobs@example.org\r\nSubject: CV\r\nMIME-Version: 1.0\r\n"
    parts = (
        b"--b\r\nContent-Type: text/plain\r\n\r\n"
        + "\r\n".join(LINES).encode()
        + b"\r\n--b\r\nContent-Type: text/html\r\n\r\n"
    )
    return head + b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n' + parts + html() + b"\r\n--b--\r\n"


def odt() -> bytes:
    text = "".join(f"<text:p>{line}</text:p>" for line in LINES)
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"{text}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def encrypted(password: str) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(buffer, encryption=pikepdf.Encryption(owner="owner", user=password))
    return buffer.getvalue()


def raw_pdf(objects: list[bytes], pages: str = "[3 0 R]", count: int = 1) -> bytes:
    """A PDF of the objects 3 and up; without a table, so that readers must search."""
    head = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids {pages} /Count {count} >>".encode()]
    bodies = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(head + objects, 1))
    return b"%PDF-1.7\n" + bodies + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def stream(data: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), extra, packed)


PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F0 5 0 R >> >> >>"
)


def nested_forms(depth: int = 30) -> bytes:
    """Each form draws the next twice: 2 to the power of `depth` drawings."""
    forms = [
        stream(
            b"/F0 Do /F0 Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F0 %d 0 R >> >>" % next_,
        )
        for next_ in range(6, 6 + depth)
    ]
    last = stream(b"BT ET", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return raw_pdf([PAGE, stream(b"/F0 Do"), *forms, last])


def bombs(secret: str) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of files that are each an attack; `secret` is the path of a file that must not be read."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield (
        "billion laughs.docx",
        docx("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'),
    )
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    yield "xxe.docx", docx("<w:p><w:r><w:t>before &e; after</w:t></w:r></w:p>", entity)
    yield "xxe.xml", f'<?xml version="1.0"?>{entity}<Resume><Name>&e;</Name></Resume>'.encode()
    yield (
        "include.rtf",
        b'{\\rtf1 {\\field{\\*\\fldinst INCLUDETEXT "%s"}{\\fldrslt x}} Skills Python}' % secret.encode(),
    )
    yield "include.html", f'<html><body><p>Skills</p><iframe src="file://{secret}"></iframe></body></html>'.encode()
    yield "bomb.docx", docx("<w:p/>" * 2_000_000)
    yield "media bomb.docx", docx(word__media__a=bytes(150_000_000))
    yield "deep.docx", docx("<w:p>" * 100_000)
    yield "entries.docx", docx(**{f"word__x{number}": b"" for number in range(5000)})
    yield "many paragraphs.docx", docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 300_000)
    yield "truncated.docx", docx()[:-200]
    yield "truncated.pdf", pdf()[:-600]
    yield "header.pdf", b"%PDF-1.7\n"
    yield "spaces.pdf", raw_pdf([PAGE, stream(b" " * 300_000_000)])
    yield "forms.pdf", nested_forms()
    yield "deep arrays.pdf", raw_pdf([PAGE, b"[" * 200_000 + b"]" * 200_000])
    yield "operators.pdf", raw_pdf([PAGE, stream(b"1 0 0 1 0 0 cm " * 5_000_000)])
    yield "pages.pdf", raw_pdf([PAGE, stream(b"BT ET")], "[" + "3 0 R " * 20_000 + "]", 20_000)
    yield "loop.pdf", raw_pdf([b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])
    yield "locked.pdf", encrypted("secret")
    yield "deep.html", b"<html><body>" + b"<div>" * 200_000 + b"x"
    yield "deep.rtf", b"{\\rtf1" + b"{" * 200_000 + b"x"
    yield "binary.rtf", b"{\\rtf1 \\bin99999999999 x}"
    yield (
        "parts.eml",
        b"".join(
            b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
            for n in range(5000)
        ),
    )
    yield "zip.eml", eml().replace(b"text/html", b"application/zip")
    yield "deep.json", b"[" * 100_000
    yield "deep objects.json", b'{"basics":' * 900 + b"{}" + b"}" * 900
    yield "many.json", b"[" + b"{}," * 500_000 + b"{}]"
    yield "deep.xml", b"<a>" * 100_000 + b"</a>" * 100_000
    yield "long line.txt", b"a" * 5_000_000
    yield "zeros.txt", bytes(1_000_000)


HARMLESS = {"pdf": pdf, "docx": docx, "rtf": rtf, "html": html, "eml": eml, "odt": odt}


def mutants(count: int, seed: int = 20240229) -> Iterator[tuple[str, bytes]]:
    """`count` damaged files, the same ones every time."""
    chance = random.Random(seed)
    whole = {name: make() for name, make in HARMLESS.items()}
    whole["packed pdf"] = _packed(whole["pdf"])
    for number in range(count):
        name = chance.choice(sorted(whole))
        how = chance.choice(("truncate", "flip", "splice", "swap"))
        yield f"{number} {how} {name}", _mutated(whole[name], how, chance, whole)


def _mutated(data: bytes, how: str, chance: random.Random, others: dict[str, bytes]) -> bytes:
    if how == "truncate":
        return data[: chance.randrange(1, len(data))]
    if how == "flip":
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 4, 32, 256))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        return bytes(damaged)
    if how == "splice":
        other = others[chance.choice(sorted(others))]
        start, end = sorted(chance.randrange(len(other)) for _ in range(2))
        at = chance.randrange(len(data))
        return data[:at] + other[start:end] + data[at + chance.choice((0, end - start)) :]
    return _swapped(data, chance)


def _swapped(data: bytes, chance: random.Random) -> bytes:
    """Two streams of a PDF, two members of a package, or two halves of anything else, exchanged."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            contents = {name: package.read(name) for name in package.namelist()}
        shuffled = list(contents.values())
        chance.shuffle(shuffled)
        return zipped(dict(zip(contents, shuffled, strict=True)))
    found = list(re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL))
    if len(found) >= 2:
        one, two = sorted(chance.sample(found, 2), key=lambda match: match.start())
        middle = data[one.end(1) : two.start(1)]
        return data[: one.start(1)] + two[1] + middle + one[1] + data[two.end(1) :]
    at = chance.randrange(len(data))
    return data[at:] + data[:at]


def _packed(data: bytes) -> bytes:
    """The same document with object streams, in which damage spreads further."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return buffer.getvalue()
