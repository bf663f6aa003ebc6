"""Word documents of before 2007 (DOC): by our own reader, and where that gives up, by a program that knows more of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import Refused, assembled
from hirelens_cli.documents.converters import Converter, converted, startable
from hirelens_cli.documents.docx import read_docx
from hirelens_cli.documents.encodings import decoded
from hirelens_cli.documents.package import is_encrypted_office
from hirelens_cli.documents.text import plain_blocks
from hirelens_cli.documents.word97 import read_word97
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Issue, Outcome, Severity, Status, failed

_HINT = "install catdoc, antiword or LibreOffice, or save it as DOCX or PDF"


def read_doc(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """The text of a DOC. What our own reader cannot follow is given to an installed program (see converters.py).

    Outside the sandbox no program is started. Raises HelperNeeded in a reader that must not start one. Statuses: `encrypted`, `unsupported`, `malformed`, `empty`,
    `too_large`; of a program also `timeout`, `memory`, `crashed`.
    """
    if is_encrypted_office(data):
        return failed(Status.ENCRYPTED, doc_id, "it is protected by a password", "save it without a password")
    try:
        return read_word97(data, doc_id, limits, forensics)
    except Refused as refused:
        if refused.status not in (Status.MALFORMED, Status.UNSUPPORTED):
            return refused.outcome(doc_id)
        return _by_program(data, doc_id, limits, forensics, refused)


def _by_program(data: bytes, doc_id: str, limits: Limits, forensics: str, reason: Refused) -> Outcome[Document]:
    """What an installed program makes of it; `reason`, with a hint, where there is none."""
    converter = startable()
    if converter is None:
        return failed(reason.status, doc_id, reason.message, _HINT)
    try:
        with TemporaryDirectory() as folder:
            outcome = _BY[converter.name](converter, data, Path(folder), doc_id, limits, forensics)
        if outcome.value is None:
            return outcome
        issues = (*outcome.issues, _by_another(converter, doc_id))
        return Outcome(replace(outcome.value, format="doc", issues=issues), issues)
    except Refused as refused:
        return refused.outcome(doc_id)
    except OSError:
        return failed(reason.status, doc_id, f"{reason.message}, and {converter.name} could not be started here", _HINT)


def _by_another(converter: Converter, doc_id: str) -> Issue:
    message = f"it was read by {converter.name}: parts may be missing, and hidden text may be among the rest"
    return Issue("converted", Severity.WARNING, doc_id, message, "save it as DOCX or PDF")


_Convert = Callable[[Converter, bytes, Path, str, Limits, str], Outcome[Document]]


def _by_text(*arguments: str) -> _Convert:
    """For a converter that prints the text; its arguments end with the file."""

    def convert(
        converter: Converter, data: bytes, folder: Path, doc_id: str, limits: Limits, _forensics: str
    ) -> Outcome[Document]:
        source = folder / "document.doc"
        source.write_bytes(data)
        printed = converted(converter, [*arguments, str(source)], folder, limits)
        return assembled(doc_id, "doc", plain_blocks(decoded(printed[: 8 * limits.max_chars])), limits)

    return convert


def _by_soffice(
    converter: Converter, data: bytes, folder: Path, doc_id: str, limits: Limits, forensics: str
) -> Outcome[Document]:
    source = folder / "document.doc"
    source.write_bytes(data)
    settings = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    converted(
        converter,
        [settings, "--headless", "--convert-to", "docx", "--outdir", str(folder), str(source)],
        folder,
        limits,
    )
    made = folder / "document.docx"
    if not made.is_file():
        raise Refused(Status.MALFORMED, "LibreOffice could not read it")
    return read_docx(made.read_bytes(), doc_id, limits, forensics)


_BY: dict[str, _Convert] = {
    "catdoc": _by_text("-w", "-d", "utf-8"),
    "antiword": _by_text("-w", "0", "-m", "UTF-8.txt"),
    "soffice": _by_soffice,
}
