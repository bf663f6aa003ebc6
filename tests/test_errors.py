from __future__ import annotations

import itertools

import pytest

from hirelens_cli import errors
from hirelens_cli.errors import PRECEDENCE, ExitCode, HirelensError, weightiest

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, HirelensError)]


def test_codes_are_public():
    assert {code.name: int(code) for code in ExitCode} == {
        "DONE": 0,
        "BUG": 1,
        "USAGE": 2,
        "UNSCREENED": 3,
        "INPUT": 4,
        "OUTPUT": 5,
        "LOCKED": 6,
        "CORRUPT": 7,
        "GATE": 8,
        "MISSING_EXTRA": 9,
        "INCOMPLETE": 10,
        "INTERRUPTED": 130,
        "TERMINATED": 143,
    }


def test_each_kind_of_error_has_a_code_of_its_own():
    codes = [kind.exit_code for kind in KINDS]
    assert len(set(codes)) == len(codes) == 9


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_carries_its_words(kind):
    error = kind("what", "remedy")
    assert (str(error), error.message, error.hint) == ("what", "what", "remedy")
    assert kind("what").hint == ""


def test_the_weightiest_code_stands_for_all():
    assert weightiest() == ExitCode.DONE
    assert weightiest(ExitCode.DONE, ExitCode.UNSCREENED) == ExitCode.UNSCREENED
    for heavy, light in itertools.combinations(PRECEDENCE, 2):
        assert weightiest(light, heavy) == heavy
    assert [int(code) for code in PRECEDENCE] == [1, 7, 6, 5, 9, 2, 4, 10, 8, 3]
