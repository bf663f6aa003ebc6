"""Resumes of people who do not exist, as text and as PDF: what a calibration and the benchmarks work on."""

from __future__ import annotations

import random
from pathlib import Path

ROLES = ("Accountant", "Data Analyst", "Electrician", "Nurse", "Teacher", "Welder", "Driver", "Cook")
DEEDS = (
    "Kept patient records",
    "Built reports in SQL",
    "Taught beginners",
    "Wired workshops",
    "Planned yearly budgets",
    "Led a team of five",
    "Cleaned data in Python",
    "Reviewed invoices in Excel",
)
SKILLS = ("Python", "SQL", "Excel", "Payroll", "Welding", "First aid", "Forklifts", "German", "Training", "Invoicing")
JOB = "\n".join(
    (
        "{role}",
        "",
        "Requirements",
        "- {years} years of experience as a {role}",
        "- {skill}, SQL and Excel",
        "- Bachelor's degree",
        "",
        "Responsibilities",
        "- {deed}",
    )
)


def write_resumes(folder: Path, count: int, *, seed: int = 2026) -> None:
    """So many different resumes of about a page, three of four as PDF; the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - the same resumes every time
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        lines = resume(chance, number, positions=4, deeds=5, skills=8)
        if number % 4:
            (folder / f"{number}.pdf").write_bytes(pdf(lines))
        else:
            (folder / f"{number}.txt").write_text("\n".join(lines), encoding="utf-8")


def write_jobs(folder: Path, count: int) -> None:
    """So many different job descriptions."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        role, skill, deed = (words[number % len(words)] for words in (ROLES, SKILLS, DEEDS))
        text = JOB.format(role=role, years=2 + number % 5, skill=skill, deed=deed)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


def resume(chance: random.Random, number: int, *, positions: int, deeds: int, skills: int = 0) -> list[str]:
    """The lines of one person's resume."""
    lines = [f"Person Number{number}", f"person{number}@mail.example", "", "Experience"]
    for place in range(positions):
        start = 2022 - 3 * place
        lines += [f"{chance.choice(ROLES)}, Company {chance.randrange(1000)}", f"03/{start} - 02/{start + 3}"]
        lines += [f"- {chance.choice(DEEDS)} in {chance.randrange(2, 999)} cases" for _ in range(deeds)]
    if skills:
        lines += ["", "Skills", ", ".join(sorted(chance.sample(SKILLS, skills)))]
    return [*lines, "", "Education", f"BSc, University {number % 40}, 2009"]


def pdf(lines: list[str]) -> bytes:
    """The lines on one page (57 fit), in a font that every reader has; none holds a bracket or a backslash."""
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    content = f"BT /F1 11 Tf 14 TL 60 780 Td\n{shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for index, item in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (index, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(data),
    )
