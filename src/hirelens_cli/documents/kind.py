"""Whether a document is a resume, as far as that can be told cheaply; in doubt it is one.

To turn a resume away is worse than to score a letter, so each rule asks for plain marks of another kind of document and
for the absence of what makes a resume: headings of its sections, and spans of dates.
"""

from __future__ import annotations

import re

from hirelens_cli.model.documents import Document
from hirelens_cli.model.issues import Issue, Severity

_HEADINGS = {
    "experience": (
        "experience, work experience, professional experience, employment, employment history, work history, career history, "
        "experiencia, experiencia laboral, experiência, experiência profissional, expérience, expériences, "
        "expérience professionnelle, expériences professionnelles, berufserfahrung, berufspraxis, werkervaring, "
        "esperienza, esperienze lavorative, internships, 工作经历, 工作经验, 職務経歴"
    ),
    "education": (
        "education, academic background, qualifications, academic qualifications, educación, formación, "
        "formación académica, educação, formação, formação acadêmica, formation, formations, éducation, ausbildung, "
        "bildung, studium, opleiding, opleidingen, istruzione, istruzione e formazione, 教育背景, 教育经历, 学歴"
    ),
    "skills": (
        "skills, technical skills, key skills, core competencies, areas of expertise, technologies, habilidades, "
        "competencias, competências, compétences, kenntnisse, fähigkeiten, vaardigheden, competenze, 专业技能, 技能"
    ),
    "summary": (
        "summary, professional summary, profile, objective, career objective, about me, highlights, accomplishments, "
        "perfil, resumo, profil, über mich, profilo"
    ),
    "more": (
        "projects, certifications, certificates, languages, publications, references, interests, awards, proyectos, "
        "projets, projekte, langues, sprachen, idiomas, lingue"
    ),
}
_HEADING_OF = {words: kind for kind, listed in _HEADINGS.items() for words in listed.split(", ")}

_YEAR = r"(?:19|20)\d\d"
_DATES = re.compile(
    rf"{_YEAR}\s{{0,2}}(?:-|–|—|to|until|bis|à|a|au|hasta|até)\s{{0,2}}(?:[^\W\d]{{3,12}}\.?\s{{0,2}}|\d\d?[/.])?{_YEAR}"
    rf"|{_YEAR}\s{{0,2}}(?:-|–|—|to|until|bis|à|au|hasta|até)\s{{0,2}}(?:present|current|now|today|ongoing|heute|aujourd|actual|atual|presente)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_SALUTATION = re.compile(
    r"^(?:dear\b|to whom it may concern|sehr geehrte|madame,? monsieur|estimad[oa]s?\b|prezad[oa]s?\b|geachte\b|gentile\b|egregi)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:sincerely|yours|kind regards|best regards|warm regards|regards|respectfully|mit freundlichen|cordialement"
    r"|je vous prie|atentamente|atenciosamente|cordiali saluti|met vriendelijke)\b",
    re.IGNORECASE,
)
_APPLYING = re.compile(
    r"\b(?:i am writing (?:to|in)|apply for the|application for the|express my (?:strong )?interest|enclosed (?:is|please)"
    r"|bewerbe ich mich|ma candidature|me dirijo a usted)",
    re.IGNORECASE,
)
_COURSE = re.compile(r"^[A-Z]{2,5}[ -]?\d{3,4}[A-Z]?\b")
_OURS = re.compile(
    r'"schema": ?"hirelens\.|^schema = "hirelens\.|^hirelens report$|^job,title,status,rank,candidate,|^#? ?\|? ?# \| Score \| Candidate \|'
)
"""How shortlists, reports and jobs begin that lie beside the resumes they were made from: full of all that a job asks."""
_BLANK = re.compile(r"_{5,}|\.{8,}|…{3,}|☐|□")


def not_a_resume(document: Document) -> str | None:
    """Why the document is something else, as a sentence; None where it is a resume or may be one."""
    lines = [line.strip() for block in document.blocks for line in block.text.split("\n") if line.strip()]
    if any(_OURS.search(line) for line in lines[:20]):
        return "it was written by hirelens"
    headings = {kind for line in lines if (kind := heading(line))}
    if "experience" in headings or len(headings) >= 3:
        return "it is an empty form" if _is_blank_form(lines) else None
    if _is_transcript(lines):
        return "it is a transcript of courses and grades"
    if _is_blank_form(lines):
        return "it is an empty form"
    return "it is a letter" if len(headings) < 2 and _is_letter(lines) else None


def has_sections(document: Document) -> bool:
    """Whether it has headings of at least two kinds of section, as a resume has."""
    lines = (line.strip() for block in document.blocks for line in block.text.split("\n"))
    return len({kind for line in lines if (kind := heading(line))}) >= 2


def heading(line: str) -> str | None:
    """The kind of section that a line of its own begins: experience, education, skills, summary or more."""
    if len(line) > 40:
        return None
    return _HEADING_OF.get(" ".join(line.strip(" \t:•-–—|#*_.").casefold().split()))


def several_resumes(document: Document) -> tuple[Issue, ...]:
    """A warning where one file seems to hold the resumes of several people, each beginning on a page of its own."""
    starts: list[int] = []
    addresses: set[str] = set()
    sections: list[set[str]] = []
    page, line_of_page = 0, 0
    for index, block in enumerate(document.blocks):
        line_of_page = line_of_page + 1 if block.page == page else 1
        page = block.page
        found = _MAIL.search(block.text) if line_of_page <= 10 else None
        if found and found[0].casefold() not in addresses and (not starts or document.blocks[starts[-1]].page < page):
            addresses.add(found[0].casefold())
            starts.append(index)
            sections.append(set())
        elif sections and (kind := heading(block.text.strip())):
            sections[-1].add(kind)
    people = sum(1 for kinds in sections if len(kinds & {"experience", "education", "skills"}) >= 2)
    if people < 2:
        return ()
    message = f"it seems to hold the resumes of {people} people, and is scored as one"
    return (Issue("several_resumes", Severity.WARNING, document.doc_id, message, "split it into one file per person"),)


def _is_letter(lines: list[str]) -> bool:
    text = " ".join(lines)
    if len(_DATES.findall(text)) > 1 or len(text) > 8000:
        return False
    begins = any(_SALUTATION.match(line) for line in lines[:25])
    ends = any(_CLOSING.match(line) for line in lines[-12:])
    return begins and (ends or _APPLYING.search(text) is not None)


def _is_transcript(lines: list[str]) -> bool:
    head = " ".join(lines[:15]).casefold()
    text = " ".join(lines).casefold()
    named = any(
        word in head
        for word in ("transcript", "relevé de notes", "notenspiegel", "historial académico", "histórico escolar")
    )
    graded = sum(
        word in text for word in ("credit", "grade", "gpa", "semester", "term", "ects", "note", "nota", "crédit")
    )
    courses = sum(1 for line in lines if _COURSE.match(line))
    return (named and graded >= 2) or (courses >= 12 and graded >= 3 and 3 * courses > len(lines))


def _is_blank_form(lines: list[str]) -> bool:
    """Most lines are labels with nothing after them but a place to write."""
    places = sum(1 for line in lines if _BLANK.search(line))
    if places < 6:
        return False
    labels = sum(1 for line in lines if line.endswith(":") and len(line) < 40 and not _BLANK.search(line))
    return 2 * (places + labels) > len(lines)
