from __future__ import annotations

import json

import pytest

from hirelens_cli.errors import ExitCode
from hirelens_cli.model.documents import Span
from hirelens_cli.model.issues import Outcome, Status, failed
from hirelens_cli.model.profiles import (
    Education,
    Identity,
    Known,
    LanguageSkill,
    Position,
    Profile,
    Quality,
    SkillUse,
    month_of,
)

ZERO = Span(0, 6)
PROFILE = Profile(
    doc_id="d" * 64,
    text="[name] engineer",
    page_starts=(0,),
    language="en",
    identity=Identity("Jane Doe", ("jane@example.com",)),
    sections=(),
    titles=("Engineer",),
    skills=(SkillUse("Python", Known.USED, (ZERO,), months=30, last_used=month_of(2024, 5)),),
    positions=(Position("Engineer", "Acme", month_of(2020, 1), month_of(2024, 5), False, 53, ZERO, ZERO),),
    education=(Education("BSc", 3, "Computing", "Aldermoor", 2019, ZERO),),
    certificates=(),
    projects=(),
    languages=(LanguageSkill("French", "B2", ZERO),),
    passages=(),
    months_total=53,
    quality=Quality("high"),
)


@pytest.fixture(autouse=True)
def answer(app):
    app.answers["profile_file"] = Outcome(PROFILE)


def test_what_was_understood(run):
    ended = run("profile", "a.pdf")
    assert ended.code == ExitCode.DONE
    for words in ("Jane Doe", "jane@example.com", "4 years 5 months", "2020-01", "2024-05", "Python", "BSc", "French"):
        assert words in ended.out


def test_blind_leaves_the_person_out(run):
    for form in ("text", "json"):
        out = run("profile", "a.pdf", "--blind", "--format", form).out
        assert "Jane" not in out
        assert "jane@example.com" not in out


def test_json_names_the_line_behind_each_field(run):
    record = json.loads(run("profile", "a.pdf", "-f", "json").out)
    assert (record["schema"], record["name"], record["months_total"]) == ("hirelens.profile/1", "Jane Doe", 53)
    assert record["positions"][0] | {"source": None} == {
        "title": "Engineer",
        "employer": "Acme",
        "start": "2020-01",
        "end": "2024-05",
        "current": False,
        "months": 53,
        "source": None,
    }
    skill = record["skills"][0]
    assert (skill["skill"], skill["how"], skill["last_used"]) == ("Python", "used", "2024-05")
    assert skill["spans"] == [{"page": 1, "start": 0, "end": 6, "line": "[name] engineer"}]
    assert record["education"][0]["level"] == 3


def test_what_is_no_resume_says_so(run, app):
    app.answers["profile_file"] = failed(Status.NOT_A_RESUME, "d", "an invoice")
    ended = run("profile", "a.pdf")
    assert (ended.code, ended.err) == (ExitCode.INPUT, "error: a.pdf: not_a_resume: an invoice\n")
