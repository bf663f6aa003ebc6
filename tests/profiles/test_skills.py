import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.skill_data import parse_lines
from hirelens_cli.profiles.skills import find_skills
from hirelens_cli.profiles.taxonomy import Taxonomy, load_taxonomy

DATA = """\
@kind language
Python | python3
Java
C++ | cpp
C# | c sharp
*=C | c language
*=?Go | golang | & kubernetes, microservice, java
F#
T-SQL | tsql
Objective-C | obj-c
@kind tool
.NET | dot net
ASP.NET
Node.js | nodejs, node js
J2EE
?=Chef | chef cookbooks | & puppet, ansible
Spring Framework | *?=Spring, spring boot | & java, hibernate
React
React Native
Microsoft Excel | ms excel, *=Excel
@kind skill
CI/CD
Research and development | =R&D
Customer service | servicio al cliente
Project management
Sales
Data analysis | analysis of data
*Delivery
Wound care | wound dressing
Quality assurance | =QA
Accounting
"""


@pytest.fixture(scope="module")
def small() -> Taxonomy:
    return Taxonomy(parse_lines(DATA, "test"), "")


def found(text: str, taxonomy: Taxonomy, *, section: bool = False) -> list[str]:
    listy = (Span(0, len(text)),) if section else ()
    return [mention.skill for mention in find_skills(text, taxonomy, listy=listy)]


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("C++ and C# services on .NET.", ["C++", "C#", ".NET"]),
        ("F#, T-SQL, Objective-C", ["F#", "T-SQL", "Objective-C"]),
        ("Wrote ASP.NET pages and node.js tools", ["ASP.NET", "Node.js"]),
        ("node-js, Node JS and NodeJS", ["Node.js"] * 3),
        ("Owned CI/CD and R&D budgets", ["CI/CD", "Research and development"]),
        ("java/j2ee developer", ["Java", "J2EE"]),
        ("React Native and React", ["React Native", "React"]),
        ("wound dressings", ["Wound care"]),
        ("SERVICIO AL CLIENTE", ["Customer service"]),
        ("python's ecosystem", ["Python"]),
        ("JavaScript", []),
        ("Pythonic", []),
    ],
)
def test_names_are_found_as_people_write_them(small: Taxonomy, text: str, skills: list[str]) -> None:
    assert found(text, small) == skills


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Go the extra mile", []),
        ("We go to market with Java", ["Java"]),
        ("Microservices in Go for a bank", ["Go"]),
        ("Python, Go, Java", ["Python", "Go", "Java"]),
        ("C-level reporting, vitamin C trials", []),
        ("Python, C, Java", ["Python", "C", "Java"]),
        ("In spring we ran tests; Spring is warm", []),
        ("Java since Spring 2019", ["Java"]),
        ("Java with Spring and Hibernate", ["Java", "Spring Framework"]),
        ("Excel at service", []),
        ("Word, Excel, Outlook", ["Microsoft Excel"]),
        ("Executive Chef, Paris, France", []),
        ("Puppet, Chef, Linux", ["Chef"]),
        ("The delivery of results", []),
        ("a sale", []),
        ("sales", ["Sales"]),
        ("QA lead", ["Quality assurance"]),
        ("qa", []),
    ],
)
def test_ambiguous_names_count_under_their_policy(small: Taxonomy, text: str, skills: list[str]) -> None:
    assert found(text, small) == skills


def test_a_skills_section_meets_the_list_policy_and_small_letters(small: Taxonomy) -> None:
    text = "delivery\nqa\nGo\nResponsible for the delivery of many results on time"
    assert found(text, small, section=True) == ["Delivery", "Quality assurance", "Go"]
    assert found(text, small) == []


def test_typing_errors_are_mended_in_skills_sections_alone_and_said(small: Taxonomy) -> None:
    text = "Acounting, Phython, Pythons"
    mentions = find_skills(text, small, listy=(Span(0, len(text)),))
    assert [(mention.skill, mention.fuzzy) for mention in mentions] == [
        ("Accounting", True),
        ("Python", True),
        ("Python", False),
    ]
    assert found("Acounting and Phython", small) == []


def test_a_word_of_another_skill_is_no_typing_error() -> None:
    taxonomy = Taxonomy(parse_lines("TestNG\nUnit testing\n", "test"), "")
    assert found("testing", taxonomy, section=True) == []


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("No experience with Java, but Python.", ["Python"]),
        ("Java is not required; Python is.", ["Python"]),
        ("Never used React. Sales.", ["Sales"]),
        ("Keine Erfahrung mit Java. Python gut.", ["Python"]),
        ("Java nicht erforderlich", []),
        ("Experience with Java", ["Java"]),
    ],
)
def test_what_is_denied_does_not_count(small: Taxonomy, text: str, skills: list[str]) -> None:
    assert found(text, small) == skills


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("ten years in banking and large-scale project\nmanagement of teams", ["Project management"]),
        ("Python, project\nmanagement", ["Python", "Project management"]),
        ("Project\nManagement", []),
        ("customer. Service", []),
        ("customer, service", []),
    ],
)
def test_names_run_over_a_line_only_where_the_line_does(small: Taxonomy, text: str, skills: list[str]) -> None:
    assert found(text, small) == skills


def test_spans_are_those_of_the_words(small: Taxonomy) -> None:
    text = "Analysis of data with node.js."
    assert [mention.span.of(text) for mention in find_skills(text, small)] == ["Analysis of data", "node.js"]


def test_placeholders_hide_nothing_that_counts(small: Taxonomy) -> None:
    assert found("[python] [name] Java", small) == ["Java"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Go", "C", ",", "\n", "java", "Spring", "no experience with", ".", "/", "é", "Excel"]))
)
def test_mentions_are_in_order_and_never_overlap(words: list[str]) -> None:
    text = " ".join(words)
    mentions = find_skills(text, load_taxonomy(), listy=(Span(0, len(text) // 2),))
    assert all(one.span.end <= two.span.start for one, two in itertools.pairwise(mentions))
    assert all(0 <= mention.span.start < mention.span.end <= len(text) for mention in mentions)


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Registered nurse: IV therapy, wound care, EKG interpretation", {"Intravenous therapy", "Wound care"}),
        ("Accounts payable and month-end close in QuickBooks", {"Accounts payable", "Month-end close", "QuickBooks"}),
        ("Schweißen (MIG/MAG), CNC-Drehen, Staplerschein", {"Welding", "Forklift licence"}),
        ("Gestión de inventarios y atención al cliente", {"Inventory management", "Customer service"}),
        ("Conduite de travaux, lecture de plans, AutoCAD", {"Construction management", "Blueprint reading", "AutoCAD"}),
        ("Lesson planning and classroom management in grade 3", {"Lesson planning", "Classroom management"}),
        ("Menu planning, HACCP and food cost control", {"Menu planning", "HACCP", "Food cost control"}),
        ("Litigation, legal research and contract drafting", {"Litigation", "Legal research"}),
        ("Kubernetes, Terraform and CI/CD on AWS", {"Kubernetes", "Terraform", "CI/CD", "Amazon Web Services"}),
    ],
)
def test_trades_and_languages_are_covered(text: str, skills: set[str]) -> None:
    assert skills <= set(found(text, load_taxonomy()))


@pytest.mark.slow
@pytest.mark.parametrize("run", ["a", "1 ", " ", "\n", "sales\n", "no experience with ", "Excel, ", "java/"])
def test_time_grows_with_length_alone(run: str) -> None:
    text = run * (60_000 // len(run))
    assert _cost(text) < 10 * _cost(text[:15_000]) + 0.1


def _cost(text: str) -> float:
    """CPU seconds, the least of two tries."""
    tries = []
    for _ in range(2):
        start = time.process_time()
        find_skills(text, load_taxonomy(), listy=(Span(0, len(text)),))
        tries.append(time.process_time() - start)
    return min(tries)


def test_an_elided_article_ties_nothing_and_an_exact_spelling_wins() -> None:
    taxonomy = load_taxonomy()
    assert found("Maîtrise d'Excel et de Word", taxonomy)[:1] == ["Microsoft Excel"]
    assert "IFRS" in found("Reporting under IFRS, tax", taxonomy)
    assert found("Rated IFR and VFR", taxonomy) == ["Piloting", "Piloting"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Substance Painter", "ZBrush"), ("KUKA", "Fanuc"), ("Sabre", "Amadeus"), ("LexisNexis", "Westlaw"), ("XGBoost", "LightGBM")],
)  # fmt: skip
def test_rival_tools_are_skills_of_their_own(one: str, other: str) -> None:
    taxonomy = load_taxonomy()
    first, second = taxonomy.canonical(one), taxonomy.canonical(other)
    assert first is not None
    assert second is not None
    assert first.name != second.name
    assert second.name in first.related
