import datetime

import pytest

from hirelens_cli.profiles.education import find_degree, find_education
from hirelens_cli.profiles.lines import lines_of
from hirelens_cli.profiles.sections import find_parts

AS_OF = datetime.date(2026, 11, 23)


def studied(document, text):
    return find_education(find_parts(lines_of(document(f"Ada Bloom\nEducation\n{text}"))), AS_OF)


@pytest.mark.parametrize(
    ("text", "degree", "level", "field", "institution", "year"),
    [
        (
            "B.Tech in Computer Science, Kaveri College, 2013 - 2017",
            "B.Tech",
            3,
            "Computer Science",
            "Kaveri College",
            2017,
        ),
        (
            "B.E (Mechanical) from Rathin Institute of Technology 2019",
            "B.E",
            3,
            "Mechanical",
            "Rathin Institute of Technology",
            2019,
        ),
        (
            "Bachelor of Science in Nursing\nNorthfield State University\n2016",
            "Bachelor of Science",
            3,
            "Nursing",
            "Northfield State University",
            2016,
        ),
        (
            "MASTER OF BUSINESS ADMINISTRATION, Crest University, 2015",
            "MASTER OF BUSINESS ADMINISTRATION",
            4,
            "",
            "Crest University",
            2015,
        ),
        ("MSc Statistics, University of Kent, 2019", "MSc", 4, "Statistics", "University of Kent", 2019),
        (
            "PhD Molecular Biology, University of Troms (2018 - 2022)",
            "PhD",
            5,
            "Molecular Biology",
            "University of Troms",
            2022,
        ),
        ("J.D., Hudson Valley School of Law, 2016", "J.D.", 5, "", "Hudson Valley School of Law", 2016),
        ("BA English Literature, Cardiff University, 2017", "BA", 3, "English Literature", "Cardiff University", 2017),
        (
            "Associate of Applied Science in Logistics, Alamo College, 2021",
            "Associate of Applied Science",
            2,
            "Logistics",
            "Alamo College",
            2021,
        ),
        ("High School Diploma, 2009", "High School Diploma", 1, "", "", 2009),
        ("HSC\nD.G. Ruparel College\n2013", "HSC", 1, "", "D.G. Ruparel College", 2013),
        (
            "2010 – 2013 Ausbildung zur Steuerfachangestellten, Berufskolleg Bonn",
            "Ausbildung",
            2,
            "Steuerfachangestellten",
            "Berufskolleg Bonn",
            2013,
        ),
        (
            "Diplom-Ingenieurin Maschinenbau, Technische Universität Dresden, 2009",
            "Diplom-Ingenieurin",
            4,
            "Maschinenbau",
            "Technische Universität Dresden",
            2009,
        ),
        (
            "Licence Informatique, Université de Rennes, 2016",
            "Licence",
            3,
            "Informatique",
            "Université de Rennes",
            2016,
        ),
        ("CAP Cuisine, Lycée hôtelier de Dijon, 2019", "CAP", 2, "Cuisine", "Lycée hôtelier de Dijon", 2019),
        (
            "Licenciatura en Medicina, Universidad de Zaragoza, 2014",
            "Licenciatura",
            3,
            "Medicina",
            "Universidad de Zaragoza",
            2014,
        ),
        (
            "Graduação em Publicidade, Universidade Mackena, 2018",
            "Graduação",
            3,
            "Publicidade",
            "Universidade Mackena",
            2018,
        ),
        (
            "Laurea magistrale in Ingegneria chimica, Politecnico di Milano, 2018",
            "Laurea magistrale",
            4,
            "Ingegneria chimica",
            "Politecnico di Milano",
            2018,
        ),
        ("HBO Logistics, Hogeschool Utrecht, 2017", "HBO Logistics", 3, "", "Hogeschool Utrecht", 2017),
        ("HAVO, Christelijk Lyceum, 2013", "HAVO", 1, "", "", 2013),
    ],
)
def test_degrees(document, text, degree, level, field, institution, year):
    (found,) = studied(document, text)
    assert (found.degree, found.level, found.field, found.year) == (degree, level, field, year)
    assert not institution or found.institution == institution


def test_a_mark_behind_a_school_leaves_no_loose_end(document):
    (study,) = studied(document, "B.Tech in Electronics from Kavery with 72% in 2009")
    assert study.institution == "Kavery"


def test_institution_above_its_degree(document):
    text = "Uppvik University, 2021 - 2024\nBachelor of Arts in Economics\nKarl College, 2018\nDiploma in Design"
    assert [(item.degree, item.institution, item.year) for item in studied(document, text)] == [
        ("Bachelor of Arts", "Uppvik University", 2024),
        ("Diploma", "Karl College", 2018),
    ]


def test_a_school_without_a_degree_is_kept(document):
    first, second = studied(document, "B.Sc Physics, Kaveri College, 2012\nHosanna National High School\n2006")
    assert (first.level, second.degree, second.level, second.institution, second.year) == (
        3, "", 1, "Hosanna National High School", 2006,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "be a team player",
        "ma mère",
        "Contact me",
        "Master data management",
        "M.S. Office",
        "scrum master",
        "Boston, MA 02108",
        "Portland, ME",
    ],
)
def test_words_that_are_no_degrees(text):
    assert find_degree(text) is None


def test_without_a_section_only_what_is_sure_counts(document):
    parts = find_parts(
        lines_of(document("Ada Bloom\nBoston, MA Public Library\nMBA, Crest University, 2015\nPromotion to team lead"))
    )
    assert [(item.degree, item.year) for item in find_education(parts, AS_OF)] == [("MBA", 2015)]


@pytest.mark.parametrize("note", ["(not completed)", "- incomplete", "(did not graduate)", "(abgebrochen)"])
def test_an_unfinished_degree_is_no_evidence_of_its_level(document, note):
    (study,) = studied(document, f"Bachelor of Science in Biology {note}, Leeds University, 2010")
    assert (study.degree, study.level, study.year) == ("Bachelor of Science", 0, 2010)
