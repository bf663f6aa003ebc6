from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.model.documents import Block, Document, Span, page_at

BLOCKS = st.lists(st.tuples(st.text("ab ", min_size=1, max_size=4), st.integers(1, 4)), max_size=8)


@given(BLOCKS)
def test_offsets_count_in_the_text(pieces):
    blocks = tuple(Block(text, page) for text, page in sorted(pieces, key=lambda piece: piece[1]))
    document = Document("d", "pdf", blocks, pages=4)
    for start, block in zip(document.block_starts(), blocks, strict=True):
        assert Span(start, start + len(block.text)).of(document.text) == block.text
        assert page_at(document.page_starts(), start) == block.page or len(blocks) == 0
    starts = document.page_starts()
    assert len(starts) == 4
    assert list(starts) == sorted(starts)


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (4, 1), (5, 2), (99, 2)])
def test_page_at(offset, page):
    assert page_at((0, 5), offset) == page


def test_page_at_without_pages():
    assert page_at((), 3) == 1


def test_spans():
    assert Span(1, 3).of("abcd") == "bc"
    assert Span(1, 3).shifted(2) == Span(3, 5)
    assert sorted([Span(2, 3), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(2, 3)]
