import datetime
import time

import pytest

from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.issues import Issue, Severity, Status
from hirelens_cli.model.profiles import Known, month_of
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.taxonomy import load_taxonomy

TEXT = """Ada Bloom
Backend Developer | Database Administrator
ada@bloom.example | +44 20 7946 0321
Summary
Developer who has worked with Python and PostgreSQL for years.
Experience
Backend Developer
Quillstack Ltd
January 2021 to Present
• Built services with Django and Docker
Junior Developer
Meridian Labs Ltd
June 2018 to December 2020
• Wrote reports in Python and SQL for the finance team
Projects
Kelp counter
An app in React that counts kelp.
Education
BSc Computer Science, Northfield University, 2018
Certifications
Scrum Master (PSM I)
Skills
Python, Docker, Git, Flurbometry
Languages
English (native), French B2
"""


def test_the_whole_profile(profiled):
    profile = profiled(TEXT)
    assert profile.identity.name == "Ada Bloom"
    assert profile.identity.emails == ("ada@bloom.example",)
    assert profile.titles[:2] == ("Backend Developer", "Database Administrator")
    assert profile.months_total == 71 + 31
    assert [item.level for item in profile.education] == [3]
    assert [span.of(profile.text) for span in profile.certificates] == ["Scrum Master (PSM I)"]
    assert [span.of(profile.text) for span in profile.projects] == ["Kelp counter\nAn app in React that counts kelp."]
    assert [(item.language, item.level) for item in profile.languages] == [("English", "native"), ("French", "B2")]
    assert profile.quality.confidence == "high"
    assert "Bloom" not in profile.text


def test_how_a_skill_is_known(profiled):
    skills = {use.skill: use for use in profiled(TEXT).skills}
    python, git = skills["Python"], skills["Git"]
    assert (python.how, python.positions, python.months, python.last_used) == (Known.USED, (1,), 31, month_of(2020, 12))
    assert len(python.spans) == 3
    assert (git.how, git.months, git.last_used) == (Known.STATED, 0, None)
    assert skills["React"].how is Known.USED
    assert skills["Flurbometry"].how is Known.UNLISTED
    assert skills["Docker"].positions == (0,)
    implied = [use for use in skills.values() if use.how is Known.IMPLIED]
    assert implied
    assert all(use.spans for use in implied)


def test_a_title_is_work_in_what_it_is_about(profiled):
    text = "Kim Lee\nExperience\nSenior Accountant, Mill River Castings\nJan 2020 - Dec 2023\n- Closed the month for two plants\n"
    known = {use.skill: use for use in profiled(text).skills}
    assert (known["Accounting"].how, known["Accounting"].months) == (Known.USED, 48)
    assert [span.of(profiled(text).text)[:17] for span in known["Accounting"].spans] == ["Senior Accountant"]
    assert "Accounting" not in {use.skill for use in profiled(text.replace("Accountant", "Welder")).skills}


def test_a_credential_that_is_prepared_for_is_not_held(profiled):
    text = "Kim Lee\nSummary\nAccountant, preparing for the CPA examination.\n{more}\nSkills\nExcel, tax returns\n"
    known = {use.skill: use.how for use in profiled(text.format(more="")).skills}
    assert known["Certified Public Accountant"] is Known.PURSUED
    again = {use.skill: use.how for use in profiled(text.format(more="Licensed in Ohio: CPA since May.")).skills}
    assert again["Certified Public Accountant"] is Known.STATED


def test_the_name_of_an_employer_is_no_skill(profiled):
    text = (
        "Kim Lee\nExperience\nAccount Executive, Salesforce\nJan 2020 - Dec 2023\n- Sold licences to hospitals\n{more}"
    )
    known = {use.skill: use.how for use in profiled(text.format(more="")).skills}
    assert known["Salesforce"] is Known.EMPLOYER
    again = {use.skill: use.how for use in profiled(text.format(more="- Kept the pipeline in Salesforce\n")).skills}
    assert again["Salesforce"] is Known.USED


def test_what_is_denied_is_not_known(profiled):
    text = "Kim Lee\nSummary\nEngineer. I have never used Terraform. {more}\nSkills\nPython, Git\n"
    known = {use.skill: use.how for use in profiled(text.format(more="")).skills}
    assert known["Terraform"] is Known.DENIED
    assert "Infrastructure as code" not in known
    again = {use.skill: use.how for use in profiled(text.format(more="Terraform at home since.")).skills}
    assert again["Terraform"] is Known.STATED


def test_skills_are_sorted_and_their_spans_in_order(profiled):
    skills = profiled(TEXT).skills
    assert [use.skill for use in skills] == sorted(use.skill for use in skills)
    assert all(list(use.spans) == sorted(use.spans) for use in skills)


def test_the_same_text_gives_the_same_profile(profiled):
    assert profiled(TEXT) == profiled(TEXT)


def test_institutions_are_redacted_on_request(profiled):
    profile = profiled(TEXT, redact_institutions=True)
    assert "Northfield" not in profile.text
    assert profile.education[0].institution == "[institution]"
    assert profile.education[0].level == 3
    assert profile.months_total == 102


def test_an_empty_document_has_a_status():
    outcome = profile_resume(Document("a" * 64, "txt", (Block("—"),)), load_taxonomy(()), datetime.date(2026, 11, 1))
    assert outcome.status is Status.EMPTY


def test_signs_of_manipulation_are_kept(profiled):
    issues = (
        Issue("hidden_text", Severity.WARNING, "a", "words that nobody sees"),
        Issue("image_pages", Severity.WARNING, "a", "a page is an image"),
    )
    document = Document("a" * 64, "pdf", (Block("Ada Bloom"), Block("Baker")), issues=issues)
    assert [issue.code for issue in profiled(document).flags] == ["hidden_text"]


@pytest.mark.parametrize("heading", ["Kenntnisse", "COMPÉTENCES", "Skills"])
def test_a_heading_is_no_skill(profiled, heading):
    found = profiled(f"Ada Bloom\nBaker\n{heading}\nSourdough lamination, SAP")
    assert heading not in [use.skill for use in found.skills]


def test_as_of_decides_what_now_is():
    document = Document("a" * 64, "txt", tuple(Block(line) for line in TEXT.splitlines()))
    early = profile_resume(document, load_taxonomy(()), datetime.date(2022, 1, 31)).value
    assert early is not None
    assert early.months_total == 13 + 31


RUNS = ["a", "1", " x", "\n", "A b ", "1-", "2012 - ", "a: ", "•\n", "B.Sc ", "+1 ", "Jo Li\n"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "head", ["x", "Experience\nBaker\nOven Ltd\n2012 - 2014\n", "Education\nBSc\n", "Skills\nBread\n"]
)
def test_time_grows_with_the_text_and_no_faster(head):
    def cost(run, size):
        text = head + (run * size)[:size]
        blocks = tuple(Block(line) for line in text.split("\n") if line)
        document = Document("a" * 64, "txt", blocks, language="fr")
        best = 9e9
        for _ in range(2):
            began = time.process_time()
            profile_resume(document, load_taxonomy(()), datetime.date(2026, 11, 1))
            best = min(best, time.process_time() - began)
        return best

    cost("a", 1000)
    slow = [run for run in RUNS if cost(run, 12_000) > 10 * cost(run, 3_000) + 0.1]
    assert slow == []


@pytest.mark.slow
@pytest.mark.parametrize("run", ["a", "1", " ", "\n"])
def test_the_cost_of_a_long_run_grows_with_its_length_and_no_faster(run):
    def cost(size):
        blocks = (Block("x" + run * size + "x"),)
        began = time.process_time()
        profile_resume(Document("a" * 64, "txt", blocks), load_taxonomy(()), datetime.date(2026, 11, 1))
        return time.process_time() - began

    cost(1000)
    small = min(cost(40_000) for _ in range(3))
    # Ten times as long: were it to grow with the square, a hundred times as much. A busy machine makes it up to twice.
    assert min(cost(400_000) for _ in range(2)) < 30 * small + 0.1
