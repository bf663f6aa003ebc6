"""`hirelens read`: what was read of one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode, InputError

if TYPE_CHECKING:
    from rich.console import Console

    from hirelens_cli.model.documents import Document
    from hirelens_cli.model.issues import Issue

EXAMPLES = """\b
Examples:
  hirelens read resumes/amara.pdf
  hirelens read resumes/amara.pdf --format json
  hirelens read scan.pdf --ocr
"""


def read(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A resume or a job description.")],
    format: options.FileFormat = options.TextFormat.TEXT,  # noqa: A002
    forensics: options.Forensics = None,
    ocr: options.Ocr = None,
    config: options.ConfigFile = None,
) -> int:
    """Show what was read of one file, in reading order, nothing redacted; hidden words go to stderr.

    As JSON (hirelens.document/1) with the blocks, their pages and boxes, and the issues.
    """
    from hirelens_cli import app
    from hirelens_cli.cli.console import say
    from hirelens_cli.cli.output import write_result
    from hirelens_cli.cli.tables import drawn
    from hirelens_cli.rendering.to_document import document_json

    outcome = app.read_file(file, options.configure(config, forensics=forensics, accept_any=True, ocr=ocr))
    document = outcome.value
    if format is options.TextFormat.JSON:
        write_result(document_json(outcome), None)
    if document is None:
        raise unusable(file, outcome.issues)
    if format is options.TextFormat.JSON:
        return ExitCode.DONE
    write_result(drawn(lambda console: _draw(console, document), to_file=False), None)
    for issue in outcome.issues or document.issues:
        say(issue.message, label=f"{issue.code}:")
    if document.hidden:
        say(" ".join(document.hidden), label="hidden words, not scored:")
    return ExitCode.DONE


def unusable(file: str, issues: tuple[Issue, ...]) -> InputError:
    """The error that says why one file could not be used."""
    if not issues:
        return InputError(f"{file} cannot be used")
    return InputError(f"{file}: {issues[0].code}: {issues[0].message}", issues[0].hint)


def _draw(console: Console, document: Document) -> None:
    from rich.text import Text

    from hirelens_cli.rendering.safe import safe_text

    page = 0
    for block in document.blocks:
        if block.page != page:
            page = block.page
            console.print(Text(f"--- page {page} of {document.pages} ---", style="dim"))
        style = "bold" if block.kind == "heading" else ""
        for line in block.text.split("\n"):
            console.print(Text(safe_text(line), style=style), soft_wrap=True)
