import time

import pytest

from hirelens_cli.documents.spacing import (
    Glyphs,
    is_tracked,
    looks_glued,
    missing_spaces,
    otsu,
    untracked,
    word_gap,
)


def glyphs_of(words, gap, *, letter=5.0, between=0.0, height=10.0, written=""):
    """Text and glyphs of `words`: `between` points between letters, `gap` between words, `written` is what pdfium puts there."""
    text, left, right, x = "", [], [], 0.0
    for word in words:
        if text:
            if written:
                text += written
                left.append(x)
                right.append(x)
            x += gap - between
        for char in word:
            text += char
            left.append(x)
            right.append(x + letter)
            x += letter + between
    count = len(text)
    return text, Glyphs(left, right, [height] * count, [0.0] * count)


WORDS = [
    "an",
    "assistant",
    "of",
    "the",
    "accountant",
    "who",
    "reports",
    "to",
    "a",
    "manager",
    "in",
    "sales",
    "or",
    "law",
]


def put_in(text, offsets):
    return "".join(" " * (at in offsets) + char for at, char in enumerate(text))


def test_spaces_are_found_by_the_usual_gap():
    text, glyphs = glyphs_of(WORDS, 2.4, written=" ")
    start = len(text)
    glued, more = glyphs_of(WORDS, 2.0)
    joined = Glyphs(
        *(
            [*a, *(value + shift for value in b)]
            for a, b, shift in (
                (glyphs.left, more.left, 1000),
                (glyphs.right, more.right, 1000),
                (glyphs.upper, more.upper, 0),
                (glyphs.lower, more.lower, 0),
            )
        )
    )
    gap = word_gap(text + glued, joined)
    assert gap == pytest.approx(0.12)
    found = missing_spaces(text + glued, joined, gap)
    assert put_in(glued, [at - start for at in found]).split() == WORDS


def test_a_page_without_any_space_is_split_by_its_gaps():
    text, glyphs = glyphs_of(WORDS, 6.0, between=0.5)
    gap = word_gap(text, glyphs)
    assert 0.05 < gap < 0.6
    assert put_in(text, missing_spaces(text, glyphs, gap)).split() == WORDS


def test_a_page_of_one_kind_of_gap_tells_nothing():
    text, glyphs = glyphs_of(["".join(WORDS)], 0.0, between=0.4)
    assert word_gap(text, glyphs) == 0.0


def test_letter_spaced_words_are_left_alone():
    text, glyphs = glyphs_of(["EXPERIENCE"], 0.0, between=3.0)
    assert missing_spaces(text, glyphs, 0.12) == []


def test_the_hook_of_an_f_is_no_part_of_its_word():
    words = ["of", "offers", "staff", "if", "after", "safe", "left", "useful", "of", "effort", "shift", "office"] * 3
    text, glyphs = glyphs_of(words, 2.4)
    right = [edge + 2.0 * (char == "f") for edge, char in zip(glyphs.right, text, strict=True)]
    hooked = Glyphs(glyphs.left, right, glyphs.upper, glyphs.lower)
    assert put_in(text, missing_spaces(text, hooked, 0.12)).split() == words


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("He ran a small team and was paid well for the work that it did in those years", False),
        ("Heranasmallteam andwaspaidwellforthe workthatitdid inthose years", True),
        ("", False),
        ("経験豊富なソフトウェアエンジニアとして十年以上働いてきました", False),
    ],
)
def test_looks_glued(text, glued):
    assert looks_glued(text) is glued


@pytest.mark.parametrize("words", [["EXPERIENCE"], ["WORK", "EXPERIENCE"], ["DATA", "AND", "AI", "ENGINEER"]])
def test_letter_spaced_lines_are_made_whole(words):
    _, glyphs = glyphs_of(words, 9.0, between=3.0)
    assert untracked("".join(words), glyphs) == " ".join(words)
    parted, glyphs = glyphs_of(list("".join(words)), 3.0, written=" ")
    assert untracked(parted, glyphs) == "".join(words)


@pytest.mark.parametrize(
    ("text", "tracked"),
    [
        ("E X P E R I E N C E", True),
        ("EXPERI ENCE", True),
        ("e x p e r i e n c e", True),
        ("EXPERIENCE", False),
        ("I am a baker", False),
        ("", False),
    ],
)
def test_is_tracked(text, tracked):
    assert is_tracked(text) is tracked


def test_a_line_that_is_not_letter_spaced_keeps_its_spaces():
    text, glyphs = glyphs_of(["I", "AM", "A", "BAKER"], 2.4, written=" ")
    assert untracked(text, glyphs) == text


def test_otsu():
    assert 0.1 < otsu([0.0, 0.01, 0.02] * 30 + [0.5, 0.6] * 10) < 0.5
    assert otsu([0.0, 0.01, 0.02] * 30) == 0.0
    assert otsu([]) == 0.0


@pytest.mark.parametrize("char", ["a", "1", " ", "\n", "f", "é"])
def test_long_runs_take_linear_time(char):
    text = char * 100_000
    count = len(text)
    glyphs = Glyphs(
        [5.0 * at for at in range(count)], [5.0 * at + 3 for at in range(count)], [10.0] * count, [0.0] * count
    )
    start = time.process_time()
    looks_glued(text)
    is_tracked(text)
    missing_spaces(text, glyphs, word_gap(text, glyphs) or 0.1)
    assert time.process_time() - start < 2
