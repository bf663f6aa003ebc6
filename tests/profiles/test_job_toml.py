"""The job as a file that a person edits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hirelens_cli.errors import InputError
from hirelens_cli.model.documents import Span
from hirelens_cli.model.jobs import Job, Requirement, RequirementKind
from hirelens_cli.profiles.job_toml import from_toml, is_job_toml, to_toml
from hirelens_cli.profiles.taxonomy import Skill, Taxonomy

LINES = "Java or Kotlin\nGerman at B2\nFive to seven years"
JOB = Job(
    job_id="0" * 64,
    name="welder.txt",
    title="Welder",
    seniority=4,
    text="Welder\nJoins 'pipes' \"for\" ships",
    source_text=LINES,
    requirements=(
        Requirement("Welder", RequirementKind.TITLE, False, None),
        Requirement("Senior level", RequirementKind.SENIORITY, True, None, minimum=4),
        Requirement("5-7 years of experience", RequirementKind.YEARS, True, Span(28, 47), minimum=60, maximum=84),
        Requirement("Java or Kotlin", RequirementKind.SKILL, True, Span(0, 14), any_of=("Java", "Kotlin"), months=24),
        Requirement("German (B2)", RequirementKind.LANGUAGE, False, Span(15, 27), any_of=("German",), level="B2"),
        Requirement(
            "Bachelor's degree in Physics or equivalent",
            RequirementKind.DEGREE,
            True,
            None,
            minimum=3,
            fields=("Physics",),
            or_equivalent=True,
            weight=2.5,
        ),
        Requirement("Joins pipes", RequirementKind.RESPONSIBILITY, False, None),
        Requirement("The job as a whole", RequirementKind.DOMAIN, False, None),
        Requirement("Travel: some", RequirementKind.QUESTION, False, None),
    ),
    language="en",
    title_family="",
)


def scored(job: Job) -> tuple[object, ...]:
    """All that scoring sees of a job."""
    plain = tuple(replace(asked, span=None) for asked in job.requirements)
    return (job.title, job.seniority, job.text, job.language, job.title_family, plain)


def test_round_trip() -> None:
    text = to_toml(JOB)
    back = from_toml(text, "welder.toml")
    assert is_job_toml(text)
    assert scored(back) == scored(JOB)
    assert [asked.span.of(back.source_text) for asked in back.requirements if asked.span] == [
        "Five to seven years",
        "Java or Kotlin",
        "German at B2",
    ]
    assert to_toml(replace(back, name=JOB.name)) == text


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: text.strip() == text
)


@settings(deadline=None)  # the first example loads the titles
@given(TEXTS, TEXTS, st.lists(TEXTS, min_size=1, max_size=3, unique=True))
def test_round_trip_of_any_text(title: str, text: str, names: list[str]) -> None:
    asked = Requirement("x", RequirementKind.SKILL, True, None, any_of=tuple(names))
    job = replace(
        JOB,
        title=title,
        text=text.replace("\r", " "),
        requirements=(replace(asked, text=title), *JOB.requirements[1:2]),
    )
    back = from_toml(to_toml(job), "x.toml")
    assert (back.title, back.text) == (job.title, job.text)
    assert [one for one in back.requirements if one.kind is RequirementKind.SKILL] == [job.requirements[0]]


def test_a_few_lines_by_hand_are_a_job() -> None:
    taxonomy = Taxonomy([Skill("Kubernetes", aliases=("k8s",))], "test")
    text = 'schema = "hirelens.job/1"\ntitle = "Senior Sailor"\n[[requirement]]\nany_of = "k8s"\n'
    job = from_toml(text, "sailor.toml", taxonomy)
    assert (job.title, job.seniority) == ("Senior Sailor", 4)
    kinds = [asked.kind for asked in job.requirements]
    assert kinds == [RequirementKind.TITLE, RequirementKind.SKILL, RequirementKind.DOMAIN]
    assert job.requirements[1].any_of == ("Kubernetes",)
    assert job.requirements[1].must
    assert job.text
    assert len(job.job_id) == 64


def test_a_knockout_is_a_must_and_survives_the_round_trip() -> None:
    text = 'title = "x"\n[[requirement]]\nkind = "certificate"\nany_of = ["CPA"]\nknockout = true'
    job = from_toml(text, "x.toml")
    (asked,) = [item for item in job.requirements if item.kind is RequirementKind.CERTIFICATE]
    assert (asked.knockout, asked.must) == (True, True)
    assert any(item.knockout for item in from_toml(to_toml(job), "x.toml").requirements)
    assert not any(item.knockout for item in from_toml(to_toml(JOB), "x.toml").requirements)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "not valid TOML"),
        ("seniority = 3", "no title"),
        ('title = "x"\nsenority = 3', "senority"),
        ('title = "x"\nseniority = 9', "seniority"),
        ('title = "x"\n[[requirement]]\nkind = "skil"', "skil"),
        ('title = "x"\n[[requirement]]\nany = ["a"]', "any"),
        ('title = "x"\n[[requirement]]\nmust = true', "says nothing"),
        ('title = "x"\n[[requirement]]\nany_of = ["a"]\nweight = -1', "weight"),
        ('title = "x"\n[[requirement]]\nany_of = [1]', "any_of"),
        ('title = "x"\nrequirement = 3', "requirement"),
        ('title = "x"\nschema = "hirelens.job/9"', "hirelens.job/9"),
        ('title = "x"\n[[requirement]]\nkind = "domain"\nknockout = true', "knockout"),
        ('title = "x"\n[[requirement]]\nkind = "question"\ntext = "a?"\nknockout = true', "knockout"),
        ('title = "x"\n[[requirement]]\nany_of = ["a"]\nmust = false\nknockout = true', "knockout"),
        ('title = "x"\n[[requirement]]\nany_of = ["a"]\nweight = 0\nknockout = true', "knockout"),
    ],
)
def test_what_cannot_be_meant_is_said(text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        from_toml(text, "x.toml")
    assert says in caught.value.message


def test_other_files_are_no_job_toml() -> None:
    assert not is_job_toml("We use TOML. schema = none")
    assert not is_job_toml('schema = "other/1"')
    assert is_job_toml('title = "Nurse"\n[[requirement]]\nkind = "years"\n')
    assert not is_job_toml("Fill in [[requirement]] below")
