"""Reading again only what was not screened: what was read well is carried over, the rest is forgotten."""

from __future__ import annotations

import polars as pl

from hirelens_cli.engine.parts import Shelf
from hirelens_cli.model.codec import decode
from hirelens_cli.model.issues import Issue

CUT_SHORT = frozenset({"page_limit", "char_limit"})
"""Issues of documents that a limit kept from being read whole: with other limits they read otherwise."""


def carry_over(old: Shelf, new: Shelf, *, ocr: bool = False) -> tuple[int, int]:
    """Leave on `new` what `old` holds of whole documents; returns how many were carried and how many are to be read again.

    The shelves may be one and the same. With `ocr`, documents with pages that are images are read again as well.
    """
    lacking = CUT_SHORT | {"image_pages"} if ocr else CUT_SHORT
    carried, dropped = 0, 0
    for receipt in old.receipts():
        part = old.read(receipt.shard)
        if part is None:
            continue
        kept = part.filter(
            pl.Series(
                [_whole(status, issues, lacking) for status, issues in part.select("status", "issues").iter_rows()],
                dtype=pl.Boolean,
            )
        )
        carried += len(kept)
        dropped += len(part) - len(kept)
        if new.folder == old.folder and len(kept) < len(part):
            old.take_away(receipt.shard)
        if len(kept) and (new.folder != old.folder or len(kept) < len(part)):
            new.put(kept, kept["doc_id"].to_list())
    return carried, dropped


def _whole(status: str, issues: bytes, lacking: frozenset[str]) -> bool:
    return not status and not any(issue.code in lacking for issue in decode(issues, tuple[Issue, ...]))
