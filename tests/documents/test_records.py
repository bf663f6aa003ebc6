import json

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.records import read_json, read_xml
from hirelens_cli.model.issues import Status

RESUME = {
    "$schema": "https://example.org/schema.json",
    "skills": [{"name": "Backend", "level": "Master", "keywords": ["Python", "Go"]}],
    "basics": {
        "name": "Ada Example",
        "label": "Engineer",
        "image": "me.png",
        "email": "ada@example.org",
        "summary": "Ten years of services.",
        "location": {"city": "Leeds", "countryCode": "GB"},
        "profiles": [{"network": "Git", "username": "ada"}],
    },
    "work": [
        {
            "name": "Northwind",
            "position": "Lead",
            "startDate": "2019-03",
            "endDate": "2021-06",
            "summary": "Ran it.",
            "highlights": ["Built A", "Built B"],
        },
        {"name": "Fjord", "position": "Head", "startDate": "2021-07"},
    ],
    "education": [{"institution": "Example University", "area": "Physics", "studyType": "Bachelor", "endDate": "2015"}],
}


def read(value, **limits):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_json(data, "d" * 64, Limits(**limits), "auto")


def test_a_json_resume_reads_like_one():
    document = read(RESUME).value
    assert document.format == "json_resume"
    assert [(block.text, block.kind.value) for block in document.blocks] == [
        ("Ada Example", "heading"), ("Engineer", "paragraph"), ("ada@example.org", "paragraph"), ("Leeds", "paragraph"), ("Git, ada", "paragraph"),
        ("Summary", "heading"), ("Ten years of services.", "paragraph"),
        ("Experience", "heading"), ("Northwind, Lead | 2019-03 - 2021-06", "paragraph"), ("Ran it.", "paragraph"),
        ("Built A", "list_item"), ("Built B", "list_item"), ("Fjord, Head | 2021-07 - present", "paragraph"),
        ("Education", "heading"), ("Bachelor, Physics, Example University | 2015", "paragraph"),
        ("Skills", "heading"), ("Backend: Python, Go", "paragraph"), ("Master", "paragraph"),
    ]  # fmt: skip


def test_other_json_is_text():
    assert read({"a": 1}).value.format == "txt"
    assert read([1, 2]).value.text == "[1, 2]"


@pytest.mark.parametrize(
    "value",
    [b"{", b'{"basics": {}}', {"basics": {"name": None}, "work": [None, 3, "x", [["y"]]]}, {"work": [], "skills": []}],
)
def test_odd_values_are_survived(value):
    read(value)


def test_limits():
    assert read(b"[" * 100_000).status is Status.MALFORMED
    assert read([0] * 300_000).status is Status.TOO_LARGE


EUROPASS = """<SkillsPassport xmlns="http://example.org/europass"><DocumentInfo><DocumentType>ECV</DocumentType></DocumentInfo><LearnerInfo>
<Identification><PersonName><FirstName>Ada</FirstName><Surname>Example</Surname></PersonName></Identification>
<WorkExperienceList><WorkExperience><Period><From year="2019" month="--03"/><To year="2021"/><Current>false</Current></Period>
<Position><Code>1</Code><Label>Engineer</Label></Position><Activities>&lt;p&gt;Ran it&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Built &lt;b&gt;A&lt;/b&gt;&lt;/li&gt;&lt;/ul&gt;</Activities>
<Employer><Name>Northwind</Name></Employer></WorkExperience></WorkExperienceList>
<EducationList><Education><Period><From year="2012"/><Current>true</Current></Period><Title>BSc</Title></Education></EducationList>
</LearnerInfo></SkillsPassport>"""


def test_europass_reads_like_a_resume():
    document = read_xml(EUROPASS.encode(), "d" * 64, Limits(), "auto").value
    assert document.format == "xml"
    assert [(block.text, block.kind.value) for block in document.blocks] == [
        ("Ada Example", "paragraph"), ("Experience", "heading"), ("2019-03 - 2021", "paragraph"), ("Engineer", "paragraph"),
        ("Ran it", "paragraph"), ("Built A", "paragraph"), ("Northwind", "paragraph"), ("Education", "heading"),
        ("2012 - present", "paragraph"), ("BSc", "paragraph"),
    ]  # fmt: skip


def test_flat_opendocument_is_read():
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    xml = f"<office:document {names}><office:body><office:text><text:p>flat</text:p></office:text></office:body></office:document>"
    document = read_xml(xml.encode(), "d" * 64, Limits(), "auto").value
    assert (document.format, document.text) == ("odt", "flat")


def test_hostile_xml():
    for data, status in (
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", Status.MALFORMED),
        (b"<x>", Status.MALFORMED),
        (b"<x></x>", Status.EMPTY),
        (b"<x>" + b"<y/>" * 300_000 + b"</x>", Status.TOO_LARGE),
        (b"<x>" * 2000 + b"</x>" * 2000, Status.MALFORMED),
    ):
        assert read_xml(data, "d" * 64, Limits(), "auto").status is status
