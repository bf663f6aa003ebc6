import pytest

from hirelens_cli.profiles.ranks import root, seniority


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Accountant", 0),
        ("Marketing Intern", 1),
        ("Senior Manager Intern", 1),
        ("Werkstudentin Controlling", 1),
        ("Junior Developer", 2),
        ("Software Engineer II", 3),
        ("Senior Staff Nurse", 4),
        ("Ingeniera sénior", 4),
        ("Lead Cook", 5),
        ("Assistant Store Manager", 5),
        ("Projektleiterin", 5),
        ("Operations Manager", 6),
        ("Vertriebsleiterin (m/w/d)", 6),
        ("Assistant Principal", 6),
        ("Directrice des achats", 7),
        ("Head of Finance", 7),
        ("Vice President, Sales", 8),
        ("Geschäftsführer", 8),
        ("CTO & Co-Founder", 8),
        ("Account Manager", 0),
        ("Senior Account Manager", 4),
        ("Executive Assistant to the CEO", 0),
        ("Sales Executive", 0),
        ("Certified Nursing Assistant", 0),
        ("Lead Generation Specialist", 0),
        ("Chef de projet", 0),
        ("", 0),
    ],
)
def test_words_of_rank(title: str, level: int) -> None:
    assert seniority(title) == level


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("entwicklerinnen", "entwickler"),
        ("ingenieurin", "ingenieur"),
        ("directrice", "directeur"),
        ("programadora", "programador"),
        ("berlin", "berlin"),
        ("nurses", "nurse"),
    ],
)
def test_roots_are_singular_and_masculine(word: str, plain: str) -> None:
    assert root(word) == plain
