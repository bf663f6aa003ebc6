"""Wording that a careful recruiter would change."""

from __future__ import annotations

import pytest

from hirelens_cli.model.documents import Block, Document
from hirelens_cli.profiles.job import parse_job
from hirelens_cli.profiles.job_lint import Finding, lint
from hirelens_cli.profiles.taxonomy import Skill, SkillKind, Taxonomy

NAMES = [f"Tool{letter}" for letter in "abcdefghijklmnop"]
TAXONOMY = Taxonomy([Skill(name, SkillKind.TOOL) for name in NAMES], "test")


def findings(text: str) -> tuple[Finding, ...]:
    blocks = tuple(Block(line.strip()) for line in text.splitlines() if line.strip())
    job = parse_job(Document("0" * 64, "txt", blocks), "x.txt", TAXONOMY).value
    assert job is not None
    found = lint(job)
    for finding in found:
        assert finding.message
        assert finding.hint
        assert finding.rule
        if finding.span is not None:
            assert finding.span.of(job.source_text).strip()
    return found


def codes(text: str) -> set[str]:
    return {finding.code for finding in findings(text)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We want someone aged 25 to 35 for our shop", "age"),
        ("Join our young and dynamic team", "age"),
        ("Ideal for digital natives", "age"),
        ("Verstärken Sie unser junges Team", "age"),
        ("Rejoignez une équipe jeune", "age"),
        ("Female candidates preferred", "gender"),
        ("Salesman for our shop", "gendered-title"),
        ("He will close the shop at night", "gendered-title"),
        ("We need a sales ninja", "coded-wording"),
        ("Native English speaker", "native-speaker"),
        ("Deutsch als Muttersprache", "native-speaker"),
        ("Madrelingua inglese", "native-speaker"),
        ("European candidates only", "origin"),
        ("US citizens only", "citizenship"),
        ("Catholic applicants only", "belief"),
        ("Must be in good health", "health"),
        ("Unmarried candidates preferred", "family"),
        ("Please attach a photo", "appearance"),
        ("Con buena presencia", "appearance"),
        ("Must live within ZIP code 60601", "postcode"),
        ("Tell us your current salary", "pay-history"),
        ("No criminal record", "record"),
        ("No gaps", "employed-only"),
        ("Several years in shops", "vague"),
        ("Excel, QuickBooks, etc.", "vague"),
        ("Must be under 35\nGood with people", "age"),
        ("You graduated within the last 2 years", "age"),
        ("Unmarried", "family"),
        ("Photo required", "appearance"),
        ("Must have own car", "own-car"),
    ],
)
def test_wording(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "You must be at least 18 years old to sell wine.",
        "Between 2 and 5 years of experience in retail.",
        "We hire regardless of age, sex, religion, marital status and national origin.",
        "You teach African American history and English literature.",
        "Fluent English (C1) and a record of delivery.",
        "You improve the health of patients in the county.",
        "The candidate reports to the chair; he or she will lead.",
        "An active security clearance, for which US citizenship is a condition by law.",
    ],
)
def test_lawful_wording_is_left_alone(text: str) -> None:
    grave = {"age", "gender", "gendered-title", "native-speaker", "origin", "citizenship", "belief", "health", "family"}
    assert not codes(text) & grave


def test_a_german_title_is_for_all() -> None:
    def german(text: str) -> set[str]:
        blocks = tuple(Block(line) for line in text.splitlines())
        job = parse_job(Document("0" * 64, "txt", blocks, language="de"), "x.txt", TAXONOMY).value
        assert job is not None
        return {finding.code for finding in lint(job)}

    assert "title-for-one-sex" in german("Buchhalter\nSie führen die Bücher.")
    assert "title-for-one-sex" not in german("Buchhalter (m/w/d)\nSie führen die Bücher.")
    assert "title-for-one-sex" not in german("Pflegefachkraft\nSie pflegen.")


def test_contradictions() -> None:
    assert "junior-with-years" in codes("Junior Accountant\nRequirements\n- 5+ years of experience in audit")
    assert "junior-with-years" in codes("Accountant\nEntry level\nRequirements\n- 5+ years of experience in audit")
    assert "degree-denied" in codes("Baker\nRequirements\n- Bachelor's degree required\nNo degree needed.")
    assert "degree-denied" not in codes("Baker\nRequirements\n- Bachelor's degree required")
    assert "experience-denied" in codes("Baker\n3 years of experience in baking. No experience required.")
    assert "years-capped" in codes("Baker\nRequirements\n- 2-4 years of experience in baking")
    assert "place-denied" in codes("Clerk\nFully remote. The post is fully on-site.")


def test_too_many_musts_and_too_little_said() -> None:
    assert "many-musts" in codes("Requirements\n" + "\n".join(f"- {name}" for name in NAMES))
    assert {"nothing-asked", "short"} <= codes("Come and join a friendly shop")
    assert "degree-only" in codes("Requirements\n- Bachelor's degree in Law")


def test_a_plain_description_has_no_warnings() -> None:
    text = """Accountant
    Duties
    - Close the books of three companies each month and explain what changed to the people who run them
    - Answer the auditors, keep the ledger of fixed assets, and train a colleague in both
    Requirements
    - 3+ years of experience in accounting
    - Toola and Toolb
    """
    assert findings(text) == ()
