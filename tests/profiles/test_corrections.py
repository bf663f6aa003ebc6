from __future__ import annotations

import datetime

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.text import read_text
from hirelens_cli.errors import UsageError
from hirelens_cli.model.corrections import Correction, Field
from hirelens_cli.model.profiles import Profile
from hirelens_cli.profiles.corrections import correction_of, put_right, with_lines
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.taxonomy import load_taxonomy

TEXT = "Ada Bright\n\nExperience\nData Engineer, Larkfield Works\n01/2020 - 12/2021\n- Built pipelines in Java\n\nSkills\nJava, SQL\n"
AS_OF = datetime.date(2026, 11, 1)


def understood(*texts: str) -> Profile:
    corrections = tuple(map(correction_of, texts))
    document = read_text(TEXT.encode(), "a" * 64, Limits(), "off").value
    assert document is not None
    profile = profile_resume(with_lines(document, corrections), load_taxonomy(()), AS_OF).value
    assert profile is not None
    return put_right(profile, corrections)


def test_without_corrections_nothing_changes() -> None:
    assert understood().flags == ()
    assert understood().months_total == 24


def test_each_field_is_put_right_and_said() -> None:
    profile = understood("years=7.5", "skill=Kafka", "skill=-Java", "degree=MSc in Physics, 2015", "language=German C1")
    skills = {item.skill for item in profile.skills}
    assert profile.months_total == 90
    assert "Java" not in skills
    assert skills & {"Kafka", "Apache Kafka"}
    assert max(item.level for item in profile.education) == 4
    assert [(item.language, item.level) for item in profile.languages] == [("German", "C1")]
    assert [flag.code for flag in profile.flags] == ["corrected"]
    assert profile.flags[0].message.endswith("years, skill, degree, language")


def test_what_is_added_can_be_quoted() -> None:
    profile = understood("skill=Kafka")
    (use,) = [item for item in profile.skills if "Kafka" in item.skill]
    assert [span.of(profile.text) for span in use.spans] == ["Kafka"]


@pytest.mark.parametrize(
    "text", ["Kafka", "name=Zoe", "skill=", "=x", "years=many", "years=-1", "years=99", "skill=" + "x" * 201]
)
def test_what_cannot_be_meant(text: str) -> None:
    with pytest.raises(UsageError):
        correction_of(text)


def test_a_correction_reads_as_it_was_given() -> None:
    assert str(correction_of(" years = 7 ")) == "years=7"
    assert correction_of("skill=-C++") == Correction(Field.SKILL, "-C++")
