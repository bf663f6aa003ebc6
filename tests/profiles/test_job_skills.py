"""Alternatives, months of a skill, and what is no skill."""

from __future__ import annotations

import pytest

from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.jobs import Requirement, RequirementKind
from hirelens_cli.profiles.job import parse_job
from hirelens_cli.profiles.taxonomy import Skill, SkillKind, Taxonomy

NAMES = ["Java", "Kotlin", "Scala", "Python", "SQL", "AWS", "Azure", "GCP", "HTML", "CSS", "Jira", "Asana"]
TAXONOMY = Taxonomy([Skill(name, SkillKind.TOOL) for name in NAMES], "test")


def asked(line: str) -> list[Requirement]:
    blocks = (Block("Requirements"), Block("- " + line))
    job = parse_job(Document("0" * 64, "txt", blocks), "x.txt", TAXONOMY).value
    assert job is not None
    return [one for one in job.requirements if one.kind is RequirementKind.SKILL]


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("Java or Kotlin", [("Java", "Kotlin")]),
        ("Java, Kotlin or Scala", [("Java", "Kotlin", "Scala")]),
        ("Java, Kotlin and Scala", [("Java",), ("Kotlin",), ("Scala",)]),
        ("SQL and Java or Kotlin", [("SQL",), ("Java", "Kotlin")]),
        ("at least one of AWS, Azure, GCP", [("AWS", "Azure", "GCP")]),
        ("a cloud platform (AWS, Azure, GCP)", [("AWS",), ("Azure",), ("GCP",)]),
        ("a cloud platform such as AWS, Azure, GCP", [("AWS", "Azure", "GCP")]),
        ("Jira, Asana, or similar", [("Jira", "Asana")]),
        ("AWS/Azure", [("AWS", "Azure")]),
        ("HTML/CSS", [("HTML",), ("CSS",)]),
        ("Java oder Kotlin", [("Java", "Kotlin")]),
        ("Java ou Kotlin", [("Java", "Kotlin")]),
        ("Java o Kotlin", [("Java", "Kotlin")]),
        ("Java of Kotlin", [("Java", "Kotlin")]),
        ("Java. Or so we hope. Kotlin", [("Java",), ("Kotlin",)]),
    ],
)
def test_alternatives(line: str, groups: list[tuple[str, ...]]) -> None:
    assert [one.any_of for one in asked(line)] == groups


@pytest.mark.parametrize(
    ("line", "months"),
    [
        ("5+ years of Java", {"Java": 60}),
        ("3 years of experience in Java and 2 years with SQL", {"Java": 36, "SQL": 24}),
        ("Java (4 years)", {"Java": 48}),
        ("Java: at least 2 years", {"Java": 24}),
        ("SQL, 2+ years of Java", {"SQL": 0, "Java": 24}),
        ("Java 5+ years, SQL 2+ years", {"Java": 60, "SQL": 24}),
        ("5 years of experience. Java too", {"Java": 0}),
        ("5 years in shops that sell coffee made in Java", {"Java": 0}),
    ],
)
def test_months(line: str, months: dict[str, int]) -> None:
    assert {one.any_of[0]: one.months for one in asked(line)} == months


def test_a_field_of_study_is_no_skill() -> None:
    taxonomy = Taxonomy([Skill("Accounting"), Skill("Excel", SkillKind.TOOL)], "test")
    blocks = (Block("Requirements"), Block("- Bachelor's degree in Accounting"), Block("- Excel"))
    job = parse_job(Document("0" * 64, "txt", blocks), "x.txt", taxonomy).value
    assert job is not None
    assert [one.any_of for one in job.requirements if one.kind is RequirementKind.SKILL] == [("Excel",)]
