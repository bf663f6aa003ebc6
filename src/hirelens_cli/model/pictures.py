"""Pages of documents as pictures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """One page of a document as a person sees it, in shades of grey."""

    page: int
    """1-based."""
    width: float
    """Points."""
    height: float
    png: bytes


@dataclass(frozen=True, slots=True)
class Drawing:
    """The pages of one document that were asked for and could be drawn."""

    doc_id: str
    pictures: tuple[Picture, ...]
