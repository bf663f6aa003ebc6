"""Resumes that are data: JSON Resume, Europass and HR-XML, laid out as the lines that a person would write."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from hirelens_cli.config import Limits
from hirelens_cli.documents.assemble import Refused, assembled
from hirelens_cli.documents.encodings import decoded
from hirelens_cli.documents.odt import is_flat_odt, read_flat_odt
from hirelens_cli.documents.package import Element, parse_xml
from hirelens_cli.documents.text import read_text
from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.issues import Outcome, Status

_DEEPEST = 40
_HEADED = (
    "basics",
    "work",
    "volunteer",
    "education",
    "awards",
    "certificates",
    "publications",
    "skills",
    "languages",
    "interests",
    "references",
    "projects",
)
_HEADINGS = {"work": "Experience", "volunteer": "Volunteering"}
_FIRST = (
    "name",
    "position",
    "studyType",
    "area",
    "title",
    "organization",
    "company",
    "institution",
    "entity",
    "language",
    "institution",
    "label",
)
_DATED = ("startDate", "endDate", "date", "releaseDate")
_SILENT = frozenset(("$schema", "meta", "image", "picture", "id", "countryCode"))

_XML_SILENT = re.compile(
    r"(?i)(?:schema|version|attachment|photo|picture|signature|documentinfo|printingpreferences|locale|code|uri|idvalue|id)$"
)
_XML_SECTIONS = {
    "workexperiencelist": "Experience", "employmenthistory": "Experience", "positionhistory": "", "educationlist": "Education",
    "educationhistory": "Education", "skills": "Skills", "competency": "", "qualifications": "Skills", "languages": "Languages",
    "linguistic": "Languages", "foreignlanguagelist": "Languages", "licensesandcertifications": "Certificates", "publicationhistory": "Publications",
    "references": "References", "executivesummary": "Summary", "objective": "Objective", "employmenthistories": "Experience", "certifications": "Certificates",
}  # fmt: skip
_XML_ENTRIES = frozenset(
    (
        "workexperience",
        "employerorg",
        "education",
        "schoolorinstitution",
        "positionhistory",
        "employmenthistory",
        "licenseorcertification",
        "foreignlanguage",
    )
)
_XML_DATES = frozenset(
    ("period", "datesofattendance", "startdate", "enddate", "from", "to", "attendanceperiod", "employmentperiod")
)


def read_json(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """A JSON Resume as headings and lines (`json_resume`); other JSON as the text that it is.

    Statuses: `malformed`, `too_large`, `empty`.
    """
    if data.count(b",") + data.count(b"{") > limits.max_objects:
        return Refused(Status.TOO_LARGE, "it has too many values", "raise limits.max_objects").outcome(doc_id)
    try:
        content = json.loads(decoded(data))
    except (ValueError, RecursionError):
        return Refused(Status.MALFORMED, "it is no valid JSON").outcome(doc_id)
    if not isinstance(content, dict) or not _is_json_resume(content):
        return read_text(data, doc_id, limits, forensics)
    return assembled(doc_id, "json_resume", list(_json_resume(content)), limits)


def read_xml(data: bytes, doc_id: str, limits: Limits, forensics: str) -> Outcome[Document]:
    """Europass or HR-XML as headings and lines (`xml`), an OpenDocument text in one file (`odt`); other XML as its text.

    Statuses: `malformed`, `too_large`, `empty`.
    """
    try:
        root = parse_xml(data, limits.max_objects)
        if is_flat_odt(root):
            return read_flat_odt(root, doc_id, limits, forensics)
        return assembled(doc_id, "xml", list(_xml_blocks(root, 0)), limits)
    except Refused as refused:
        return refused.outcome(doc_id)
    except RecursionError:
        return Refused(Status.MALFORMED, "its parts are nested too deeply").outcome(doc_id)


def _is_json_resume(content: dict[str, object]) -> bool:
    return isinstance(content.get("basics"), dict) or sum(isinstance(content.get(key), list) for key in _HEADED) >= 2


def _json_resume(content: dict[str, object]) -> Iterator[Block]:
    for key in sorted(content, key=lambda key: _HEADED.index(key) if key in _HEADED else len(_HEADED)):
        value = content[key]
        if key in _SILENT or not value:
            continue
        if key == "basics" and isinstance(value, dict):
            yield from _basics(value)
            continue
        yield Block(_HEADINGS.get(key, _words(key)), kind=BlockKind.HEADING, bold=True)
        for entry in value if isinstance(value, list) else [value]:
            yield from _entry(entry, 0)


def _basics(basics: dict[str, object]) -> Iterator[Block]:
    """The head of the resume: name, label, then how to reach the person, and the summary under its heading."""
    for key in ("name", "label"):
        if basics.get(key):
            yield Block(
                str(basics[key]), kind=BlockKind.HEADING if key == "name" else BlockKind.PARAGRAPH, bold=key == "name"
            )
    for key, value in basics.items():
        if key in ("name", "label", "summary") or key in _SILENT or not value:
            continue
        for item in value if isinstance(value, list) else [value]:
            yield Block(", ".join(_leaves(item)))
    if basics.get("summary"):
        yield Block("Summary", kind=BlockKind.HEADING, bold=True)
        yield Block(str(basics["summary"]))


def _entry(entry: object, depth: int) -> Iterator[Block]:
    """One job, degree or skill: a head line with its names and dates, then prose, then lists as items."""
    if not isinstance(entry, dict) or depth > _DEEPEST:
        yield Block(", ".join(_leaves(entry)), kind=BlockKind.LIST_ITEM)
        return
    head = [str(entry[key]) for key in _FIRST if isinstance(entry.get(key), (str, int)) and entry[key]]
    start, end, *dates = (str(entry.get(key) or "") for key in _DATED)
    if start or end:
        dates.insert(0, f"{start} - {end or 'present'}" if start else end)
    keywords = entry.get("keywords")
    if isinstance(keywords, list) and keywords:
        head = [f"{', '.join(head)}: {', '.join(map(str, keywords))}" if head else ", ".join(map(str, keywords))]
    if head or any(dates):
        yield Block(" | ".join([", ".join(dict.fromkeys(head)), *filter(None, dates)]).strip(" |"))
    for key, value in entry.items():
        if key in _FIRST or key in _DATED or key in _SILENT or key == "keywords" or not value:
            continue
        if isinstance(value, list):
            for item in value:
                yield Block(", ".join(_leaves(item)), kind=BlockKind.LIST_ITEM)
        else:
            yield Block(", ".join(_leaves(value)))


def _leaves(value: object, depth: int = 0) -> list[str]:
    """All texts and numbers within a value, in order."""
    if isinstance(value, dict):
        return [
            leaf
            for key, item in value.items()
            if key not in _SILENT and depth < _DEEPEST
            for leaf in _leaves(item, depth + 1)
        ]
    if isinstance(value, list):
        return [leaf for item in value if depth < _DEEPEST for leaf in _leaves(item, depth + 1)]
    return [] if value is None or isinstance(value, bool) or value == "" else [str(value)]


def _words(key: str) -> str:
    """`otherSkills` and `other_skills` as `Other skills`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", key).capitalize()


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _xml_blocks(element: Element, depth: int) -> Iterator[Block]:
    """A heading where a section begins, a line for an entry's names and dates, and a line for every other text."""
    for child in element:
        name = _name(child)
        lower = name.lower()
        if not name or _XML_SILENT.search(lower) or depth > 200:
            continue
        if heading := _XML_SECTIONS.get(lower):
            yield Block(heading, kind=BlockKind.HEADING, bold=True)
        if lower == "personname":
            yield Block(" ".join("".join(part.itertext()).strip() for part in child))
            continue
        if lower in _XML_DATES:
            if dates := _dates(child):
                yield Block(dates)
            continue
        text = (child.text or "").strip()
        if text:
            for line in re.split(r"[\r\n]+|<br ?/?>", re.sub(r"</?(?:p|li|ul|ol|div)[^>]{0,200}>", "\n", text)):
                yield Block(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", line))
        yield from _xml_blocks(child, depth + 1)


def _dates(period: Element) -> str:
    """`2019-03 - 2021-06` for whatever holds a beginning and an end."""
    found: list[str] = []
    for part in period.iter():
        values = [part.get(key) for key in ("year", "month", "day")]
        if values[0]:
            found.append("-".join(value.lstrip("-").zfill(2) for value in values if value))
        elif (part.text or "").strip():
            text = part.text.strip()
            found.append("present" if text.lower() == "true" and _name(part).lower().startswith("current") else text)
    return " - ".join(text for text in found if text.lower() != "false")
