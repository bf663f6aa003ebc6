from itertools import pairwise

import pytest

from hirelens_cli.model.documents import Block, BlockKind, Document
from hirelens_cli.model.profiles import SectionKind as Kind
from hirelens_cli.profiles.lines import lines_of
from hirelens_cli.profiles.sections import find_parts, normal


def kinds(document):
    return [part.kind for part in find_parts(lines_of(document))]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("WORK EXPERIENCE", Kind.EXPERIENCE),
        ("Employment History:", Kind.EXPERIENCE),
        ("1. Education & Training", Kind.EDUCATION),
        ("S K I L L S", Kind.SKILLS),
        ("ProfessionalExperience", Kind.EXPERIENCE),
        ("RELEVANT NURSING EXPERIENCE", Kind.EXPERIENCE),
        ("➢ ACADEMIC PROJECTS", Kind.PROJECTS),
        ("Beruflicher Werdegang", Kind.EXPERIENCE),
        ("Sprachkenntnisse", Kind.LANGUAGES),
        ("Expérience professionnelle", Kind.EXPERIENCE),
        ("Centres d'intérêt", Kind.INTERESTS),
        ("Formación académica", Kind.EDUCATION),
        ("Experiência profissional", Kind.EXPERIENCE),
        ("Competenze informatiche", Kind.SKILLS),
        ("Werkervaring", Kind.EXPERIENCE),
        ("EDUCATION & LICENSES", Kind.EDUCATION),
        ("Persoonlijke gegevens", Kind.HEADER),
    ],
)
def test_headings_in_seven_languages(document, heading, kind):
    assert kinds(document(f"Ada Bloom\n{heading}\nsomething below it here")) == [Kind.HEADER, kind]


@pytest.mark.parametrize(
    "line",
    [
        "• Training",
        "experience",
        "10 years of experience in retail",
        "User experience designer",
        "Customer experience, loyalty, complaints",
        "SKILLS TRAINER",
    ],
)
def test_lines_that_only_look_like_headings(document, line):
    assert kinds(document(f"Ada Bloom\n{line}\nsomething below it here")) == [Kind.HEADER]


def test_heading_on_the_line_of_its_content(document):
    _, skills, education = find_parts(lines_of(document("Ada Bloom\nSKILLS: Welding, Brazing\nEducation\nGED")))
    assert skills.kind is Kind.SKILLS
    assert skills.heading == "SKILLS"
    assert [line.text for line in skills.lines] == ["Welding, Brazing"]
    assert education.heading == "Education"


def test_labels_inside_a_position_stay_there(document):
    text = "Ada Bloom\nExperience\nEngineer, Acme Ltd, 2019 - 2021\nTools: Java, Maven\nSkills: SQL\nBaker, Oven Ltd, 2016 - 2019"
    assert kinds(document(text)) == [Kind.HEADER, Kind.EXPERIENCE]


def test_languages_of_machines_are_skills(document):
    assert kinds(document("Ada Bloom\nLANGUAGES\nJava, Python, Go")) == [Kind.HEADER, Kind.SKILLS]
    assert kinds(document("Ada Bloom\nLanguages\nFrench, Dutch")) == [Kind.HEADER, Kind.LANGUAGES]


def test_prose_without_a_heading_is_a_summary(document):
    text = "Ada Bloom\nada@bloom.example\nI have baked bread for ten years and love early mornings.\nExperience\nBaker"
    parts = find_parts(lines_of(document(text)))
    assert [(part.kind, part.heading) for part in parts] == [
        (Kind.HEADER, ""),
        (Kind.SUMMARY, ""),
        (Kind.EXPERIENCE, "Experience"),
    ]


def test_typography_tells_headings_from_list_items():
    def line(text, size=10.0, bold=False, kind=BlockKind.PARAGRAPH):
        return Block(text, kind=kind, size=size, bold=bold)

    document = Document(
        "a" * 64,
        "pdf",
        (
            line("Ada Bloom", 20.0),
            line("Skills", 14.0),
            line("Budgets"),
            line("Education"),
            line("Experience", 14.0),
            line("Baker, Oven Ltd, 2016 - 2019, with a long line of text so that this is the body"),
            line("Stage Credits", 14.0),
            line("Hamlet, as Ophelia"),
            line("Education", 14.0),
            line("BA Drama"),
        ),
    )
    parts = find_parts(lines_of(document))
    assert [(part.kind, part.heading) for part in parts] == [
        (Kind.HEADER, ""),
        (Kind.SKILLS, "Skills"),
        (Kind.EXPERIENCE, "Experience"),
        (Kind.OTHER, "Stage Credits"),
        (Kind.EDUCATION, "Education"),
    ]


def test_sections_cover_the_text_in_order(document):
    whole = document("Ada Bloom\nSummary\nGood baker.\nExperience\nBaker\nSkills\nBread, cake")
    parts = find_parts(lines_of(whole))
    assert [part.span.of(whole.text).split("\n")[0] for part in parts] == [
        "Ada Bloom",
        "Summary",
        "Experience",
        "Skills",
    ]
    assert all(one.span.end < two.span.start for one, two in pairwise(parts))


def test_normal_takes_decoration_off():
    assert normal("  II. Skills & Abilities: ") == "skills and abilities"
    assert normal("W O R K   H I S T O R Y") == "work history"


def test_empty_text_has_no_sections():
    assert find_parts(()) == ()
