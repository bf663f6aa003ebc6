import pytest

from hirelens_cli.profiles.taxonomy import load_taxonomy
from hirelens_cli.profiles.titles import (
    close_families,
    find_title,
    is_title,
    practised_skills,
    title_families,
    title_family,
)


def test_there_are_families_for_all_sorts_of_trades() -> None:
    families = title_families()
    assert len(families) >= 150
    assert list(families) == sorted(families)


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Senior Software Engineer", "software engineer"),
        ("Softwareentwicklerin (m/w/d)", "software engineer"),
        ("Développeuse web", "web developer"),
        ("Staff Accountant", "accountant"),
        ("Contable", "accountant"),
        ("Registered Nurse - ICU", "nurse"),
        ("Enfermera", "nurse"),
        ("High School Math Teacher", "teacher"),
        ("Professor", "professor"),
        ("Head of Marketing", "marketing specialist"),
        ("VP, Sales", "sales manager"),
        ("Sous Chef", "chef"),
        ("Advocate", "lawyer"),
        ("Avvocato", "lawyer"),
        ("Flight Attendant", "flight attendant"),
        ("First Officer", "pilot"),
        ("Site Superintendent", "construction manager"),
        ("Kfz-Mechatroniker", "auto mechanic"),
        ("Bank Teller", "banker"),
        ("Call Center Representative", "call centre agent"),
        ("HR Manager", "hr manager"),
        ("Personal Trainer", "fitness trainer"),
        ("Public Relations Officer", "public relations specialist"),
        ("Agronomist", "farmer"),
        ("Fashion Designer", "fashion designer"),
        ("Grafikdesignerin", "graphic designer"),
        ("IT Specialist", "it support"),
        ("Magazijnmedewerker", "warehouse worker"),
        ("Quux Wrangler", ""),
        ("", ""),
    ],
)
def test_titles_have_families(title: str, family: str) -> None:
    assert title_family(title) == family


def test_what_a_family_practises_is_a_skill_that_is_known() -> None:
    taxonomy = load_taxonomy(())
    practised = {name for family in title_families() for name in practised_skills(family)}
    assert {"Accounting", "Nursing", "Welding"} <= practised
    assert [name for name in sorted(practised) if taxonomy.get(name) is None] == []


def test_the_data_says_which_families_are_close_to_one_another() -> None:
    assert "nursing assistant" in close_families("nurse")
    assert "nurse" in close_families("nursing assistant")
    assert "nurse" not in close_families("nurse")
    assert close_families("") == close_families("no such trade") == ()


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Senior Accountant", "Senior Accountant"),
        ("ACME Corp - Senior Accountant (2012-2015)", "Senior Accountant"),
        ("Senior Accountant, Contoso, Berlin 2012 – 2015", "Senior Accountant"),
        ("Accountant at Foo Ltd", "Accountant"),
        ("Assistant Manager Jan 2010 to Feb 2012", "Assistant Manager"),
        ("Director of Nursing", "Director of Nursing"),
        ("Chef de projet digital", "Chef de projet digital"),
        ("Leitende Ingenieurin", "Leitende Ingenieurin"),
        ("Executive Assistant to the CEO", "Executive Assistant to the CEO"),
        ("CERTIFIED NURSING ASSISTANT", "CERTIFIED NURSING ASSISTANT"),
        ("Cabin Crew", "Cabin Crew"),
    ],
)
def test_the_title_of_a_line_is_found(line: str, title: str) -> None:
    span = find_title(line)
    assert span is not None
    assert span.of(line) == title
    assert is_title(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "EXPERIENCE",
        "Accounting Department",
        "Teacher Training College",
        "Managed a team of five engineers",
        "Responsible for the work of our nurses and doctors.",
        "Jan 2010 to Current",
        "University of Quuxville",
        "Bachelor of Science in Nursing",
        "Master of Engineering",
        "Customer Service",
        "Executive Summary",
        "Dean's List",
        "Computer Science",
        "SQL, Python, trainer, Excel, Word, Outlook, Access",
    ],
)
def test_other_lines_hold_no_title(line: str) -> None:
    assert find_title(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Leiterin Controlling",
        "Medewerker klantenservice",
        "Leerkracht",
        "Cheffe comptable",
        "Schichtführer",
        "Bezorger",
    ],
)
def test_heads_of_other_languages_stand_in_front_too(line: str) -> None:
    span = find_title(line)
    assert span is not None
    assert span.of(line) == line


@pytest.mark.parametrize("line", ["Waterkracht BV", "Chef Kitchen Supplies Ltd", "Marketing Student Society"])
def test_firms_with_such_words_are_no_titles(line: str) -> None:
    assert find_title(line) is None
