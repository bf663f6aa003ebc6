from __future__ import annotations

from hirelens_cli.profiles.tokens import terms
from hirelens_cli.scores.rarity import COMMON, RARE, _tiers, rarity


def test_common_words_say_less_than_rare_ones() -> None:
    assert rarity("kubernet") == RARE
    assert rarity("2019") == COMMON
    [experience] = terms("experience")
    assert rarity(experience) == COMMON
    [office] = terms("insurance")
    assert COMMON < rarity(office) < RARE


def test_the_table_finds_words_in_the_form_that_terms_have() -> None:
    """Endings are stripped elsewhere; the table must know what is left of each word."""
    lost = [word for tier, words in _tiers() for word in words for term in terms(word) if rarity(term) > tier]
    assert lost == []


def test_the_table_is_of_the_words_that_it_says() -> None:
    assert all(word.isascii() and word.islower() for _, words in _tiers() for word in words)
