import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hirelens_cli.profiles.tokens import fold, singular, terms, tokenize


def folded(text: str) -> list[str]:
    return [token.folded for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++, C# and F#.", ["c++", "c#", "and", "f#"]),
        ("the .NET platform", ["the", ".net", "platform"]),
        ("ASP.NET and node.js", ["asp", "net", "and", "node", "js"]),
        ("java/j2ee", ["java", "j2ee"]),
        ("CI/CD, R&D, T-SQL", ["ci", "cd", "r", "d", "t", "sql"]),
        ("Worked hard.", ["worked", "hard"]),
        ("driver's licence, Master’s degree", ["driver", "licence", "master", "degree"]),
        ("Straße, Ingénieur, Ação", ["strasse", "ingenieur", "acao"]),
        ("end.Begin", ["end", "begin"]),
        ("#hashtag C#7", ["hashtag", "c", "7"]),
    ],
)
def test_words_are_cut_with_the_signs_that_belong_to_them(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


def test_placeholders_of_redaction_are_no_tokens() -> None:
    assert folded("[name] knows SQL, [date of birth], [e] x [Not one]") == ["knows", "sql", "x", "not", "one"]
    assert terms("[name] [email] nurse") == {"nurse": 1}


@given(st.text(max_size=300))
def test_spans_are_exact(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(one.end <= two.start for one, two in itertools.pairwise(tokens))


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("technologies", "technology"),
        ("processes", "process"),
        ("skills", "skill"),
        ("business", "business"),
        ("analysis", "analysis"),
        ("status", "status"),
        ("aws", "aws"),
        ("boxes", "box"),
    ],
)
def test_plural_endings_are_taken_off(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_terms_count_forms_of_a_word_together_and_leave_general_words_out() -> None:
    counted = terms("Managing and managed; manages the plans of planning in 2019, 12345 and C++ und die Planung")
    assert counted == {"2019": 1, "c++": 1, "manag": 3, "plan": 2, "planung": 1}
    assert list(counted) == sorted(counted)


@pytest.mark.slow
@pytest.mark.parametrize("run", ["a", "1", " ", "\n", "+", "#", "[a ", "a'", "."])
def test_time_grows_with_length_alone(run: str) -> None:
    text = run * (100_000 // len(run))
    assert _cost(text) < 10 * _cost(text[:25_000]) + 0.1


def _cost(text: str) -> float:
    """CPU seconds, the least of three tries."""
    tries = []
    for _ in range(3):
        start = time.process_time()
        tokenize(text)
        tries.append(time.process_time() - start)
    return min(tries)
