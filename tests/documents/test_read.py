"""The reader is chosen by content, and whatever a document holds, the outcome says it."""

from __future__ import annotations

import sys
import types
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents import read
from hirelens_cli.documents.formats import format_of
from hirelens_cli.documents.read import read_bytes
from hirelens_cli.documents.reader_process import READERS
from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.issues import Outcome, Status

LIMITS = Limits()
RESUME = b"Mara Okafor\nmara@example.org\n\nExperience\nSite engineer, Northwind, 2018 - 2022\nI kept the systems of the plant running and wrote the reports that the owners asked for.\n\nSkills\nPython, SQL\n"
LETTER = b"Dear Hiring Manager,\nI am writing to apply for the post.\nKind regards,\nMara"


def status(data: bytes, limits: Limits = LIMITS) -> Status | None:
    return read_bytes(data, "id", limits).status


def test_a_resume_is_read_with_its_language() -> None:
    document = read_bytes(RESUME, "id", LIMITS).value
    assert document is not None
    assert (document.doc_id, document.format, document.language) == ("id", "txt", "en")
    assert "Site engineer" in document.text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Status.EMPTY),
        (b" \n\0\t", Status.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), Status.IMAGE_ONLY),
        (b"\x7fELF" + bytes(100), Status.UNSUPPORTED),
        (b"PK\x05\x06" + bytes(18), Status.UNSUPPORTED),
        (b"%PDF-1.7\n", Status.MALFORMED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Status.ENCRYPTED),
        (LETTER, Status.NOT_A_RESUME),
    ],
)
def test_what_cannot_be_screened_says_why(data: bytes, expected: Status) -> None:
    outcome = read_bytes(data, "id", LIMITS)
    assert outcome.status is expected
    assert outcome.issues[0].subject == "id"
    assert outcome.issues[0].message


def test_any_document_can_be_asked_for() -> None:
    assert read_bytes(LETTER, "id", LIMITS, accept_any=True).value is not None


def test_limits_on_bytes_and_characters() -> None:
    assert status(RESUME, replace(LIMITS, max_bytes=20)) is Status.TOO_LARGE
    assert status(RESUME, replace(LIMITS, max_chars=20)) is Status.TOO_LARGE


def returning(result: object) -> object:
    def reader(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
        if isinstance(result, BaseException):
            raise result
        assert isinstance(result, Outcome)
        return result

    return lambda kind: reader


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ValueError("Mara's secret"), Status.MALFORMED),
        (RecursionError(), Status.MALFORMED),
        (AssertionError("Mara's secret"), Status.MALFORMED),
        (MemoryError(), Status.MEMORY),
    ],
)
def test_errors_of_readers_are_a_status_without_their_words(
    monkeypatch: pytest.MonkeyPatch, error: Exception, expected: Status
) -> None:
    monkeypatch.setattr(read, "_reader", returning(error))
    outcome = read_bytes(RESUME, "id", LIMITS)
    assert outcome.status is expected
    assert "secret" not in outcome.issues[0].message


def test_a_document_without_visible_text_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = Document("id", "pdf", (), hidden=("python",))
    monkeypatch.setattr(read, "_reader", returning(Outcome(hidden)))
    assert status(RESUME) is Status.EMPTY


def test_issues_of_reader_and_document_are_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    issue = read_bytes(b"", "id", LIMITS).issues[0]
    document = Document("id", "pdf", (Block("Python developer since 2010"),), issues=(issue,))
    monkeypatch.setattr(read, "_reader", returning(Outcome(document, (issue,))))
    outcome = read_bytes(RESUME, "id", LIMITS)
    assert outcome.value is not None
    assert outcome.value.issues.count(issue) == 1
    assert outcome.issues == outcome.value.issues


def test_the_sandbox_imports_every_reader_before_it_forks() -> None:
    kinds = ("pdf", "docx", "odt", "rtf", "html", "eml", "msg", "doc", "xml", "json", "txt")
    readers = [read._reader(kind) for kind in kinds]
    assert {reader.__module__ for reader in readers if isinstance(reader, types.FunctionType)} <= set(READERS)
    assert read._reader("binary") is None
    assert {"pdf", "txt"} <= {format_of(data) for data in (b"%PDF-1.7", RESUME)}
    assert "hirelens_cli.documents.pdf" in sys.modules


def message(body: str, *enclosed: tuple[str, str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "mara@example.org", "jobs@example.org", "My application"
    mail.set_content(body)
    for kind, name, data in enclosed:
        mail.add_attachment(data, maintype=kind.split("/")[0], subtype=kind.split("/")[1], filename=name)
    return mail.as_bytes()


ATTACHED = ("application/octet-stream", "cv.bin", RESUME)
CARD = ("text/vcard", "mara.vcf", b"BEGIN:VCARD\nFN:Mara\nEND:VCARD\n")
PICTURE = ("image/png", "scan.png", b"\x89PNG\r\n\x1a\n" + bytes(100))


def text_of(data: bytes) -> str:
    document = read_bytes(data, "id", LIMITS).value
    return document.text if document else ""


def test_a_message_is_the_resume_attached_to_it() -> None:
    letter = ("text/plain", "letter.txt", LETTER)
    text = text_of(message("Please see my resume.", CARD, letter, ATTACHED))
    assert "Northwind" in text
    assert "Please see" not in text
    assert "Hiring Manager" not in text
    forwarded = EmailMessage()
    forwarded["From"], forwarded["To"], forwarded["Subject"] = "a@example.org", "b@example.org", "Fwd"
    forwarded.set_content("See below.")
    forwarded.add_attachment(message_from_bytes(message("Hello", ATTACHED), policy=default))
    assert "Northwind" in text_of(forwarded.as_bytes())


def test_a_message_without_attachment_is_its_body() -> None:
    assert "Northwind" in text_of(message(RESUME.decode()))
    assert "Northwind" in text_of(message(RESUME.decode(), PICTURE))
    assert "Northwind" in text_of(message(RESUME.decode(), CARD))


def test_a_message_whose_attachment_cannot_be_read_is_not_scored_by_its_words() -> None:
    outcome = read_bytes(message("My resume is attached.", PICTURE), "id", LIMITS)
    assert outcome.status is Status.IMAGE_ONLY
    assert "attachment" in outcome.issues[0].message
    assert status(message("Attached.", ("application/zip", "cv.zip", b"PK\x05\x06" + bytes(18)))) is Status.UNSUPPORTED


def test_attachments_follow_each_other_page_by_page() -> None:
    other = ("text/plain", "more.txt", b"Projects\nA garden of sensors, 2021 - 2022\n\nLanguages\nIgbo, English\n")
    document = read_bytes(message("Hello", ATTACHED, other), "id", LIMITS).value
    assert document is not None
    assert (document.format, document.pages) == ("eml", 2)
    assert [block.page for block in document.blocks] == sorted(block.page for block in document.blocks)
    assert document.page_starts() == (0, document.text.index("Projects"))
