"""Plain text in any encoding, and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import assembled
from hirelens_cli.documents.encodings import decoded
from hirelens_cli.documents.signs import invisible_issue
from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Outcome, Status, failed

_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\ufffd]")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")
_RULE = re.compile(r"[-=_*~#+ ]{3,}$")
_ITEM = re.compile(r"(?:[-*+\u2013]|\u2022|\uf0b7)[ \t]{1,8}(?=\S)")
_GAP = re.compile(r"(?<=[^\W_][\w.,)])(?: {3,200}|[ ]?\t[ \t]{0,200})(?=\S\S)")
_NUMBERED = re.compile(r"\d{1,2}[.)][ \t]{1,8}(?=\S)")

_MD_HEADING = re.compile(r"(?m)^#{1,6}[ \t]+\S")
_MD_OTHER = re.compile(
    r"(?m)\*\*[^*\n]{1,200}\*\*|^[-*+] +\S|\[[^\]\n]{1,200}\]\([^)\n]{1,200}\)|^```|^> |^\|.{1,400}\|[ \t]{0,8}$"
)
_MD_TABLE_RULE = re.compile(r"[|:\- ]{3,400}$")
_MD_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{1,400}\)")
_MD_LINK = re.compile(r"\[([^\]\n]{1,200})\]\(<?([^)\s\n]{1,400}?)>?(?: \"[^\"\n]{0,200}\")?\)")
_MD_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,300})(?<=\S)\1")
_MD_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{1,300})(?<=\S)\1(?![\w*_])")
_MD_CODE = re.compile(r"`{1,3}([^`\n]{1,300})`{1,3}")
_MD_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_MD_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,12}(?: [^<>\n]{0,300})?/?>")

_SAMPLE = 50_000
_LONGEST = 5_000
"""Characters of a line that a person marked up."""
_ASIDE = 0x10FF00
_BACK = {_ASIDE + code: chr(code) for code in range(128)}
"""Escaped characters step aside, into code points that no text uses, while marks are taken off."""


def read_text(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """A text, one block per line; `md` where it is Markdown, whose marks are taken off, else `txt`.

    Statuses: `empty`, `too_large`, and `unsupported` for bytes that are no text at all.
    """
    text = decoded(data)
    if len(_CONTROL.findall(text[:20_000])) > 0.05 * min(len(text), 20_000) + 3:
        return failed(
            Status.UNSUPPORTED, doc_id, "it holds bytes that no text is made of", "save it as PDF, DOCX or UTF-8 text"
        )
    if len(text) > 2 * limits.max_chars:
        return failed(Status.TOO_LARGE, doc_id, "it holds more text than a resume can", "raise limits.max_chars")
    return assembled_text(text, doc_id, limits, forensics)


def assembled_text(text: str, doc_id: str, limits: Limits, forensics: str, format_name: str = "") -> Outcome[Document]:
    """The Document of characters that are already decoded, read as plain text or as Markdown."""
    issues = invisible_issue(text, doc_id) if forensics != "off" else ()
    if is_markdown(text):
        shown, comments = _without_comments(text)
        hidden = comments if forensics != "off" else ""
        blocks = list(_markdown(shown))
        return assembled(doc_id, format_name or "md", blocks, limits, hidden=hidden, issues=issues)
    blocks = list(plain_blocks(text))
    pages = max((block.page for block in blocks), default=1)
    return assembled(doc_id, format_name or "txt", blocks, limits, pages=pages, issues=issues)


def is_markdown(text: str) -> bool:
    """Whether the text is marked up: headings with number signs, and something else that only Markdown has."""
    sample = text[:_SAMPLE]
    headings = len(_MD_HEADING.findall(sample))
    return headings >= 3 or (headings >= 1 and len(_MD_OTHER.findall(sample)) >= 2)


def plain_blocks(text: str) -> Iterator[Block]:
    """A block per line that says something; a ruled line makes the one above it a heading; form feeds end pages."""
    for page, sheet in enumerate(text.split("\f"), 1):
        held: Block | None = None
        for raw in _BREAK.split(sheet):
            line = _columns(raw.strip())
            if _RULE.match(line):
                if held is not None and held.kind is BlockKind.PARAGRAPH and len(held.text) < 60:
                    held = Block(held.text, page, kind=BlockKind.HEADING)
                continue
            if held is not None:
                yield held
            held = None
            if line:
                item = _ITEM.match(line)
                held = Block(line[item.end() :], page, kind=BlockKind.LIST_ITEM) if item else Block(line, page)
        if held is not None:
            yield held


def _columns(line: str) -> str:
    """The line with ` | ` for the blanks between its columns, as in tables of other formats; a line of many gaps stays."""
    if ("   " not in line and "\t" not in line) or len(_GAP.findall(line)) > 3:
        return line
    return _GAP.sub(" | ", line)


def _without_comments(text: str) -> tuple[str, str]:
    """The text without `<!-- remarks -->`, and the remarks."""
    shown, remarks = [], []
    for number, piece in enumerate(text.split("<!--")):
        remark, mark, rest = piece.partition("-->") if number else ("", "", piece)
        shown.append(rest if mark or not number else f"<!--{piece}")
        remarks.append(remark if mark else "")
    return "".join(shown), " ".join(remarks)


def _markdown(text: str) -> Iterator[Block]:
    """A block per line, its marks taken off; table rows with ` | ` between cells."""
    held: Block | None = None
    is_code = False
    for raw in _BREAK.split(text):
        line = raw.strip().lstrip("> \t") if not is_code else raw.strip()
        if line.startswith(("```", "~~~")):
            is_code = not is_code
            continue
        if _RULE.match(line) or (line.startswith("|") and _MD_TABLE_RULE.match(line)):
            if held is not None and held.kind is BlockKind.PARAGRAPH and line[:1] in "=-" and len(held.text) < 80:
                held = Block(held.text, kind=BlockKind.HEADING, bold=True)
            continue
        if held is not None:
            yield held
        held = None
        for piece in re.split(r"<br ?/?>", line) if line else ():
            if held is not None:
                yield held
            held = Block(piece) if is_code else _marked(piece)
    if held is not None:
        yield held


def _marked(line: str) -> Block:
    """One line of Markdown, without its marks."""
    kind = BlockKind.PARAGRAPH
    if line.startswith("#") and _MD_HEADING.match(line):
        kind, line = BlockKind.HEADING, line.strip("# \t")
    elif match := _ITEM.match(line) or _NUMBERED.match(line):
        kind, line = BlockKind.LIST_ITEM, line[match.end() :]
        line = line.removeprefix("[ ] ").removeprefix("[x] ")
    elif line.startswith("|") and line.endswith("|"):
        kind, line = (
            BlockKind.TABLE_ROW,
            " | ".join(filter(None, (cell.strip() for cell in line.strip("|").split("|")))),
        )
    bold = kind is BlockKind.HEADING or (line.startswith("**") and line.rstrip(" :.").endswith("**"))
    return Block(_inline(line), kind=kind, bold=bold)


def _inline(line: str) -> str:
    if len(line) > _LONGEST:
        return line
    if "\\" in line:
        line = _MD_ESCAPE.sub(lambda match: chr(_ASIDE + ord(match[1])), line)
    line = _MD_LINK.sub(_link, _MD_IMAGE.sub("", line))
    line = _MD_CODE.sub(r"\1", line)
    line = _MD_EMPHASIS.sub(r"\2", _MD_STRONG.sub(r"\2", _MD_EMPHASIS.sub(r"\2", line)))
    return _MD_TAG.sub("", line).translate(_BACK)


def _link(match: re.Match[str]) -> str:
    """`label (address)`, or the label alone where it already says it."""
    label, address = match[1], match[2].removeprefix("mailto:").removeprefix("tel:")
    bare = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    return label if bare.casefold() in label.casefold() or address.startswith("#") else f"{label} ({address})"
