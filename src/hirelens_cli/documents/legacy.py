"""Word documents of before 2007 (DOC): by our own reader, and where that gives up, by a program that knows more of them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import Refused, assembled
from hirelens_cli.documents.docx import read_docx
from hirelens_cli.documents.encodings import decoded
from hirelens_cli.documents.package import is_encrypted_office
from hirelens_cli.documents.text import plain_blocks
from hirelens_cli.documents.word97 import read_word97
from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Outcome, Status, failed

PROGRAMS = ("catdoc", "antiword", "soffice")
"""Programs that can read DOC, best first: of 49 test files catdoc found text in all, antiword in 45."""

_HINT = "install catdoc, antiword or LibreOffice, or save it as DOCX or PDF"


def read_doc(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """The text of a DOC. What our own reader cannot follow is given to the first of PROGRAMS that is installed.

    A program starts only where the sandbox lets it. Statuses: `encrypted`, `unsupported` without any of the programs or
    where they may not be started, `timeout`, `malformed`, `empty`, `too_large`.
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
    program = next((name for name in PROGRAMS if shutil.which(name)), None)
    if program is None:
        return failed(reason.status, doc_id, reason.message, _HINT)
    try:
        with TemporaryDirectory(prefix="hirelens-") as folder:
            return _CONVERTERS[program](data, Path(folder), doc_id, limits, forensics)
    except Refused as refused:
        return refused.outcome(doc_id)
    except subprocess.TimeoutExpired:
        return failed(Status.TIMEOUT, doc_id, f"{program} did not finish it in time")
    except OSError:
        return failed(reason.status, doc_id, f"{reason.message}, and {program} could not be started here", _HINT)


def _by_text(*arguments: str) -> Callable[[bytes, Path, str, Limits, str], Outcome[Document]]:
    """A converter that prints the text; its arguments end with the file."""

    def convert(data: bytes, folder: Path, doc_id: str, limits: Limits, _forensics: str) -> Outcome[Document]:
        source = folder / "document.doc"
        source.write_bytes(data)
        printed = _run([*arguments, str(source)], folder, limits)
        return assembled(doc_id, "doc", plain_blocks(decoded(printed[: 8 * limits.max_chars])), limits)

    return convert


def _by_soffice(data: bytes, folder: Path, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    source = folder / "document.doc"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    _run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            str(folder),
            str(source),
        ],
        folder,
        limits,
    )
    made = folder / "document.docx"
    if not made.is_file():
        raise Refused(Status.MALFORMED, "LibreOffice could not read it")
    outcome = read_docx(made.read_bytes(), doc_id, limits, forensics)
    document = outcome.value
    if document is None:
        return outcome
    converted = Document(
        doc_id, "doc", document.blocks, document.pages, document.language, document.hidden, document.issues
    )
    return Outcome(converted, outcome.issues)


def _run(command: list[str], folder: Path, limits: Limits) -> bytes:
    """What a converter prints; raises Refused where it fails and prints nothing."""
    done = subprocess.run(  # noqa: S603 - the program is one of PROGRAMS, its arguments are ours
        command, cwd=folder, capture_output=True, timeout=limits.wall_seconds, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode and not done.stdout.strip():
        raise Refused(Status.MALFORMED, f"{command[0]} could not read it")
    return done.stdout


_CONVERTERS: dict[str, Callable[[bytes, Path, str, Limits, str], Outcome[Document]]] = {
    "catdoc": _by_text("catdoc", "-w", "-d", "utf-8"),
    "antiword": _by_text("antiword", "-w", "0", "-m", "UTF-8.txt"),
    "soffice": _by_soffice,
}
