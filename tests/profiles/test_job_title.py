"""What a job is called."""

from __future__ import annotations

import pytest

from hirelens_cli.model.documents import Block, Document
from hirelens_cli.profiles.job_lines import outline
from hirelens_cli.profiles.job_title import family_of, job_title, title_of_name


def title(text: str, name: str = "job.txt") -> str:
    blocks = tuple(Block(line.strip()) for line in text.splitlines() if line.strip())
    return job_title(outline(Document("0" * 64, "txt", blocks)), name)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Job Title: Ward Sister - Oncology\nDuties: care", "Ward Sister - Oncology"),
        ("Intitulé du poste : Comptable général\nMissions", "Comptable général"),
        ("Northquay Ltd\nSenior Accountant (m/f/d)\nBerlin", "Senior Accountant"),
        ("MECHANICAL ENGINEER\nRequirements", "Mechanical Engineer"),
        ("Software Engineer | Remote (EU)\nRequirements", "Software Engineer"),
        ("Wanted: Electrician\nRequirements", "Electrician"),
        ("We're hiring: Project Manager\nRequirements", "Project Manager"),
        ("Electrician wanted for a busy firm in Leeds. Ring Sam.", "Electrician"),
        ("Tischler/in (m/w/d) in Vollzeit\nAufgaben", "Tischler"),
        ("Nurse Manager (maternity cover, 12-month contract)\nDuties", "Nurse Manager"),
        ("Product Manager 🚀\nRequirements", "Product Manager"),
        ("About us\nWe bake.\nWe are looking for an experienced accountant to keep our books.", "accountant"),
        ("Our school seeks a teacher who loves chalk. You teach.", "teacher"),
        ("Wir suchen einen Strategischen Einkäufer für Ulm. Sie kaufen.", "Strategischer Einkäufer"),
    ],
)
def test_titles(text: str, expected: str) -> None:
    assert title(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("jobs/senior_data-engineer_0042.pdf", "senior data engineer"),
        ("welder.txt", "welder"),
        ("JD_nurse_v2.docx", "nurse"),
        ("12345.pdf", ""),
        ("job description.pdf", ""),
        ("REQ10023 barista.txt", "barista"),
    ],
)
def test_the_name_of_the_file(name: str, expected: str) -> None:
    assert title_of_name(name) == expected


def test_a_paragraph_takes_its_title_from_the_file() -> None:
    assert title("Bakers make bread. They begin early.", "oven/baker.txt") == "baker"


def test_there_is_always_a_title() -> None:
    assert title("x " * 60, "0001.txt") == "Untitled job"


def test_a_title_that_names_the_work_has_the_family_of_the_person() -> None:
    assert family_of("Software Engineering") == family_of("Software Engineer") != ""
    assert family_of("Sailing") == ""
