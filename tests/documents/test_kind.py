from __future__ import annotations

import time

import pytest

from hirelens_cli.documents.kind import not_a_resume, several_resumes
from hirelens_cli.model.documents import Block, Document

RESUME = """Mara Okafor
mara@example.org
Summary
Dear reader of many systems, calm in incidents.
Experience
Site engineer, Northwind, 2018 - 2022
Education
BSc Physics
Skills
Python, SQL"""

LETTER = """Mara Okafor
12 May 2024
Dear Hiring Manager,
I am writing to apply for the post of site engineer. I have run services for six years.
My references will gladly tell you more.
Kind regards,
Mara Okafor"""

BRIEF = """Sehr geehrte Damen und Herren,
hiermit bewerbe ich mich als Ingenieurin.
Mit freundlichen Grüßen
Mara Okafor"""

TRANSCRIPT = """University of Example
Official Transcript
Name: Mara Okafor
CS 101 Programming 4 credits grade A
CS 204 Databases 4 credits grade B
GPA 3.6 for the semester"""

FORM = "Application form\n" + "\n".join(
    f"{label}: ______________" for label in ("Name", "Street", "Town", "Phone", "Employer", "From", "To", "Signature")
)


def document(text: str, *more: str) -> Document:
    pages = (text, *more)
    blocks = [Block(line, page) for page, each in enumerate(pages, 1) for line in each.split("\n")]
    return Document("id", "txt", tuple(blocks), pages=len(pages))


@pytest.mark.parametrize(
    ("text", "word"), [(LETTER, "letter"), (BRIEF, "letter"), (TRANSCRIPT, "transcript"), (FORM, "form")]
)
def test_other_documents_are_named(text: str, word: str) -> None:
    reason = not_a_resume(document(text))
    assert reason is not None
    assert word in reason


@pytest.mark.parametrize(
    "text",
    [
        RESUME,
        LETTER + "\n" + RESUME,  # both in one file: the resume is there
        "Mara Okafor\nPython developer for ten years",
        "Site engineer 2018 - 2022\nDeveloper 2014 - 2018\nKind regards, Mara",
        "Education\nTranscript of records on request\nExperience\nTutor of CS 101",
    ],
)
def test_in_doubt_it_is_a_resume(text: str) -> None:
    assert not_a_resume(document(text)) is None


def test_several_people_in_one_file_are_said() -> None:
    other = RESUME.replace("Mara Okafor", "Jon Lind").replace("mara@", "jon@")
    (issue,) = several_resumes(document(RESUME, other))
    assert "2 people" in issue.message
    assert several_resumes(document(RESUME)) == ()
    assert several_resumes(document(RESUME, RESUME)) == ()
    assert several_resumes(document(RESUME, "References\nJon Lind\njon@example.org\nformer manager")) == ()


@pytest.mark.parametrize("filler", ["a", "1", " ", "2019 - ", "a@", "_", ".", "\n"])
def test_long_runs_take_no_time(filler: str) -> None:
    long = document(filler * (100_000 // len(filler)))
    started = time.process_time()
    not_a_resume(long)
    several_resumes(long)
    assert time.process_time() - started < 1
