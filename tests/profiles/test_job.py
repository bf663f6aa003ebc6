"""A job description understood as a whole."""

from __future__ import annotations

import hashlib
import time

import pytest

from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Status
from hirelens_cli.model.jobs import Job, Requirement, RequirementKind
from hirelens_cli.profiles.job import parse_job
from hirelens_cli.profiles.taxonomy import Skill, SkillKind, Taxonomy

_TOOLS = [
    "Python",
    "SQL",
    "Java",
    "Kotlin",
    "Spark",
    "Kafka",
    "Terraform",
    "Docker",
    "Excel",
    "HTML",
    "CSS",
    "Snowflake",
    "Go",
]
TAXONOMY = Taxonomy(
    [
        *(Skill(name, SkillKind.TOOL) for name in _TOOLS),
        Skill("Negotiation", SkillKind.SKILL),
        Skill("Data engineering", SkillKind.SKILL, aliases=("data engineer",)),
        Skill("Communication", SkillKind.SOFT),
        Skill("Teamwork", SkillKind.SOFT),
        Skill("Leadership", SkillKind.SOFT),
        Skill("Creativity", SkillKind.SOFT),
        Skill("Forklift licence", SkillKind.LICENCE),
    ],
    "test",
)

ADVERT = """\
Senior Data Engineer (m/f/d)
Berlin

About us
Northquay is a provider of port software. We have 20 years of experience and love Java.

What you'll do
- Build data pipelines in Spark for the harbour authorities
- Turn questions of the pilots into models in Snowflake

What you bring
- 5+ years of experience in data engineering
- Bachelor's degree in Computer Science, Mathematics or a related field, or equivalent experience
- Strong SQL and Python; at least three (3) years with Spark
- Java or Kotlin
- Fluent English; German is a plus

Nice to have
- Kafka
- Terraform (required for platform roles)
- Docker is not required

We offer
- 30 days of holiday and an Excel course

Northquay is an equal opportunity employer.
"""


def document(text: str, form: str = "txt") -> Document:
    blocks = tuple(Block(line.strip()) for line in text.splitlines() if line.strip())
    return Document(hashlib.sha256(text.encode()).hexdigest(), form, blocks)


def parse(text: str, name: str = "job.txt") -> Job:
    job = parse_job(document(text), name, TAXONOMY).value
    assert job is not None
    return job


def of_kind(job: Job, kind: RequirementKind) -> list[Requirement]:
    return [asked for asked in job.requirements if asked.kind is kind]


def skills(job: Job, *, must: bool) -> set[tuple[str, ...]]:
    return {asked.any_of for asked in of_kind(job, RequirementKind.SKILL) if asked.must is must}


def test_an_advert_with_headings() -> None:
    job = parse(ADVERT)
    assert (job.title, job.seniority, job.title_family) == ("Senior Data Engineer", 4, "data engineer")
    required = skills(job, must=True)
    assert {("Python",), ("SQL",), ("Spark",), ("Java", "Kotlin"), ("Terraform",)} <= required
    assert {("Kafka",), ("Snowflake",)} <= skills(job, must=False)
    assert not {name for names in required | skills(job, must=False) for name in names} & {"Docker", "Excel"}
    [years] = of_kind(job, RequirementKind.YEARS)
    assert (years.minimum, years.maximum, years.must, years.text) == (60, 0, True, "5+ years of experience")
    [degree] = of_kind(job, RequirementKind.DEGREE)
    assert (degree.minimum, degree.fields, degree.or_equivalent) == (3, ("Computer Science", "Mathematics"), True)
    [spark] = [asked for asked in job.requirements if asked.any_of == ("Spark",)]
    assert spark.months == 36
    tongues = {asked.any_of[0]: (asked.must, asked.level) for asked in of_kind(job, RequirementKind.LANGUAGE)}
    assert tongues == {"English": (True, "C1"), "German": (False, "")}


def test_every_requirement_points_at_the_line_that_asks_it() -> None:
    job = parse(ADVERT)
    for asked in job.requirements:
        if asked.kind in {RequirementKind.TITLE, RequirementKind.DOMAIN, RequirementKind.SENIORITY}:
            assert asked.span is None
            continue
        assert asked.span is not None
        line = asked.span.of(job.source_text)
        assert line == line.strip()
        assert "\n" not in line
        if asked.kind is RequirementKind.SKILL:
            assert any(name.casefold() in line.casefold() for name in asked.any_of)
    [title] = of_kind(job, RequirementKind.TITLE)
    [whole] = of_kind(job, RequirementKind.DOMAIN)
    assert title.text == job.title
    assert not whole.must


def test_company_benefits_and_equal_opportunity_are_left_out() -> None:
    job = parse(ADVERT)
    for words in ("Northquay", "20 years", "holiday", "equal opportunity"):
        assert words in job.source_text
        assert words not in job.text
    assert "harbour authorities" in job.text
    assert [asked.text for asked in of_kind(job, RequirementKind.RESPONSIBILITY)] == [
        "Build data pipelines in Spark for the harbour authorities",
        "Turn questions of the pilots into models in Snowflake",
    ]


def test_forty_words_of_prose_make_a_job() -> None:
    job = parse(
        "Beekeepers look after colonies of bees. They inspect hives, harvest and bottle honey, breed queens and protect "
        "the colonies from mites. They sell at markets and to shops, where negotiation is part of the day.",
        "occupations/bee-keeper_0042.txt",
    )
    assert job.title == "bee keeper"
    assert len(of_kind(job, RequirementKind.RESPONSIBILITY)) == 3
    assert skills(job, must=True) == {("Negotiation",)}
    assert not of_kind(job, RequirementKind.YEARS)
    assert not of_kind(job, RequirementKind.DEGREE)


def test_prose_keeps_each_sentence_to_its_own_demand() -> None:
    job = parse(
        "We are looking for a data engineer with four years of experience. You must know SQL and Python. "
        "Kafka is a plus. A degree is not required. Docker would be an advantage, Terraform is essential."
    )
    assert job.title == "data engineer"
    assert {("Data engineering",), ("SQL",), ("Python",), ("Terraform",)} == skills(job, must=True)
    assert {("Kafka",), ("Docker",)} == skills(job, must=False)
    assert not of_kind(job, RequirementKind.DEGREE)
    assert [asked.minimum for asked in of_kind(job, RequirementKind.YEARS)] == [48]


def test_a_skill_asked_twice_is_one_requirement_and_must_wins() -> None:
    job = parse(
        "Requirements\n- Python\n- SQL\n- Java or Kotlin\n- Kotlin\nNice to have\n- Python for scripting\n- SQL"
    )
    assert skills(job, must=True) == {("Python",), ("SQL",), ("Kotlin",)}
    assert skills(job, must=False) == set()


def test_what_only_the_duties_name_is_context() -> None:
    job = parse("Tasks\n- Maintain reports in Excel for negotiation rounds\nRequirements\n- SQL")
    assert skills(job, must=True) == {("SQL",)}
    assert skills(job, must=False) == {("Excel",)}


def test_context_that_is_one_of_the_alternatives_of_a_must_is_not_asked_again() -> None:
    job = parse("Tasks\n- Write services in Kotlin\nRequirements\n- Java or Kotlin\nNice to have\n- Java")
    assert skills(job, must=True) == {("Java", "Kotlin")}
    assert skills(job, must=False) == {("Java",)}


def test_few_soft_skills_and_a_must_only_where_it_is_said() -> None:
    job = parse("Requirements\n- Communication, teamwork, creativity and more\n- Leadership is a must\n- SQL")
    soft = [
        asked for asked in of_kind(job, RequirementKind.SKILL) if TAXONOMY.get(asked.any_of[0]).kind is SkillKind.SOFT
    ]
    assert len(soft) == 3
    assert not any(asked.must for asked in soft if asked.any_of != ("Leadership",))


def test_an_everyday_word_is_no_skill_unless_it_is_meant() -> None:
    taxonomy = Taxonomy(
        [Skill("Training and development", aliases=("training",)), Skill("SQL", SkillKind.TOOL)], "test"
    )

    def found(text: str) -> set[str]:
        job = parse_job(document(text), "x.txt", taxonomy).value
        assert job is not None
        return {name for asked in of_kind(job, RequirementKind.SKILL) for name in asked.any_of}

    assert found("Requirements\n- SQL, full training is given to every one of us") == {"SQL"}
    assert found("Requirements\n- SQL, training") == {"SQL", "Training and development"}
    assert found("Requirements\n- You bring experience in training") == {"Training and development"}


def test_not_required_cancels_and_yields_to_a_preference() -> None:
    job = parse("Requirements\n- SQL\n- Java is not required\n- Kafka and Spark are nice to have, not required")
    assert skills(job, must=True) == {("SQL",)}
    assert skills(job, must=False) == {("Kafka",), ("Spark",)}


def test_items_that_no_taxonomy_knows_are_kept_as_written() -> None:
    job = parse("Anforderungen\n- Sicherer Umgang mit DATEV\n- Wundmanagement und Palliativpflege\nVon Vorteil\n- KNX")
    assert {("DATEV",), ("Wundmanagement",), ("Palliativpflege",)} <= skills(job, must=True)
    assert ("KNX",) in skills(job, must=False)


def test_licences_are_certificates() -> None:
    job = parse("Requirements\n- Forklift licence\n- SQL")
    [licence] = of_kind(job, RequirementKind.CERTIFICATE)
    assert (licence.any_of, licence.must) == (("Forklift licence",), True)


def test_the_level_follows_from_years_where_the_title_says_none() -> None:
    for years, level in (("1 year", 2), ("3 years", 3), ("7 years", 4)):
        job = parse(f"Welder\nRequirements\n- {years} of experience in a workshop")
        assert job.seniority == level
        assert not of_kind(job, RequirementKind.SENIORITY)


def test_degrees_traded_against_years_take_the_shorter_way_in() -> None:
    job = parse(
        "Requirements\n- Bachelor's degree and 5 years of experience or Master's degree and 3 years of experience"
    )
    assert [asked.minimum for asked in of_kind(job, RequirementKind.YEARS)] == [36]
    assert [asked.minimum for asked in of_kind(job, RequirementKind.DEGREE)] == [3]


def test_questions_are_asked_and_not_scored() -> None:
    job = parse("Welder\nRequirements\n- Willing to travel\n- Night shifts\n- Valid work permit\nLocation: Porto")
    topics = {asked.text.split(":")[0] for asked in of_kind(job, RequirementKind.QUESTION)}
    assert topics == {"Travel", "Shifts and hours", "Work permit", "Location"}
    assert not any(asked.must for asked in of_kind(job, RequirementKind.QUESTION))


def test_everything_under_a_company_heading_is_better_matched_than_nothing() -> None:
    job = parse("About us\nWe mend clocks in church towers and museums, and we teach SQL to the apprentices.")
    assert "church towers" in job.text


def test_no_words_no_job() -> None:
    for text in ("", "123 456", "-----"):
        outcome = parse_job(document(text), "job.txt", TAXONOMY)
        assert outcome.value is None
        assert outcome.status is Status.EMPTY


def test_headings_by_typography() -> None:
    blocks = (
        Block("Clockmaker", kind=BlockKind.HEADING),
        Block("Your craft", kind=BlockKind.HEADING),
        Block("Mend tower clocks in four counties", kind=BlockKind.LIST_ITEM),
        Block("What we are looking for", kind=BlockKind.HEADING),
        Block("Excel", kind=BlockKind.LIST_ITEM),
        Block("Page 1", kind=BlockKind.FOOTER),
    )
    job = parse_job(Document("0" * 64, "docx", blocks), "x.docx", TAXONOMY).value
    assert job is not None
    assert job.title == "Clockmaker"
    assert skills(job, must=True) == {("Excel",)}
    assert "Page 1" not in job.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "run", ["a", "1", " ", "\n", "-", ".", "a ", "1 ", "or ", "no ", "(", "A, ", "years ", "e.g. "]
)
def test_time_grows_with_the_text_and_no_faster(run: str) -> None:
    def seconds(size: int) -> float:
        text = "Requirements\n" + (run * size)[:size]
        source = Document("0" * 64, "txt", (Block(text),))
        began = time.process_time()
        parse_job(source, "x.txt", TAXONOMY)
        return time.process_time() - began

    seconds(1_000)
    small, large = (min(seconds(size) for _ in range(3)) for size in (10_000, 40_000))
    assert large < 10 * small + 0.1  # four times the text: four times the work, or sixteen times
