"""How far a profile can be trusted, and why."""

from __future__ import annotations

from collections.abc import Sequence

from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.profiles import Quality
from hirelens_cli.profiles.positions import Work
from hirelens_cli.profiles.sections import Part

FEW_WORDS = 60
_BESIDE = 10
"""Lines of the first page that stand beside another before the page is said to have columns; dates set to the right
make fewer, since they are short."""
_ISSUES = {
    "glued_words": "words run together in the file",
    "page_limit": "only a part of the file was read",
    "broken_pages": "some pages cannot be read",
    "image_pages": "some pages are images",
    "several_resumes": "the file holds several resumes",
}


def judge(document: Document, text: str, parts: Sequence[Part], work: Work) -> Quality:
    """`high` unless something is missing: one grave lack, or two slight ones, make it `medium`, two grave ones `low`."""
    grave, slight = [], []
    words = len(text.split())
    if words < FEW_WORDS:
        grave.append("very little text")
    if not any(part.heading for part in parts):
        grave.append("no section headings found")
    if not work.positions:
        grave.append("no positions found")
    elif not any(position.months for position in work.positions):
        grave.append("no dates found")
    else:
        if not work.sectioned:
            slight.append("positions found outside an experience section")
        if all(position.year_only for position in work.positions if position.months):
            slight.append("dates are years only")
    if has_columns(document.blocks):
        slight.append("two columns")
    codes = {issue.code for issue in document.issues}
    if "ocr" in codes:
        grave.append("read by OCR")
    slight += [reason for code, reason in _ISSUES.items() if code in codes]
    confidence = "low" if len(grave) > 1 or words < FEW_WORDS else "medium" if grave or len(slight) > 1 else "high"
    return Quality(confidence, (*grave, *slight))


def has_columns(blocks: Sequence[Block]) -> bool:
    """Whether many lines of the first page, of three words or more, stand beside another such line."""
    boxes = sorted(
        (block.bbox[1], block.bbox[3], block.bbox[0], block.bbox[2])
        for block in blocks
        if block.page == 1 and block.bbox is not None and block.text.count(" ") >= 2
    )
    beside = 0
    for at, (_, bottom, left, right) in enumerate(boxes):
        for top, _, other_left, other_right in boxes[at + 1 : at + 4]:
            if top < bottom - 2 and (other_left >= right or other_right <= left):
                beside += 1
                break
    return beside >= _BESIDE
