"""Resumes as documents and as profiles."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache

import pytest

from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.profiles import Profile
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.taxonomy import Taxonomy, load_taxonomy

AS_OF = datetime.date(2026, 11, 23)


@lru_cache(maxsize=1)
def _taxonomy() -> Taxonomy:
    return load_taxonomy(())


def _document(text: str, *, language: str = "en", doc_id: str = "a" * 64) -> Document:
    blocks = tuple(Block(line.strip()) for line in text.split("\n") if line.strip())
    return Document(doc_id, "txt", blocks, language=language)


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """A document of plain lines."""
    return _document


@pytest.fixture(scope="session")
def profiled() -> Callable[..., Profile]:
    """The profile of a text, or of a Document, as of November 2026."""

    def profile(text: str | Document, *, language: str = "en", doc_id: str = "a" * 64, **options: bool) -> Profile:
        source = text if isinstance(text, Document) else _document(text, language=language, doc_id=doc_id)
        outcome = profile_resume(source, _taxonomy(), AS_OF, **options)
        assert outcome.value is not None
        return outcome.value

    return profile
