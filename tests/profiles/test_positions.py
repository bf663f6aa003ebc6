import datetime
from itertools import pairwise

import pytest

from hirelens_cli.model.profiles import month_text
from hirelens_cli.profiles.lines import lines_of
from hirelens_cli.profiles.positions import find_positions
from hirelens_cli.profiles.sections import find_parts

AS_OF = datetime.date(2026, 11, 23)


def held(document, text):
    return find_positions(find_parts(lines_of(document(text))), AS_OF).positions


def short(positions):
    return [(p.title, p.employer, month_text(p.start) if p.start else "", p.months) for p in positions]


@pytest.mark.parametrize(
    "entry",
    [
        "Sous Chef\nHotel Merrion\nMay 2016 - June 2018",
        "May 2016 - June 2018\nSous Chef\nHotel Merrion, Dublin",
        "Hotel Merrion, Dublin\nSous Chef | May 2016 - June 2018",
        "Hotel Merrion, Dublin, May 2016 - June 2018\nSous Chef",
        "Sous Chef, Hotel Merrion, Dublin — May 2016 – June 2018",
        "Hotel Merrion — Sous Chef (May 2016 – June 2018)",
        "05/2016 - 06/2018 | Sous Chef | Hotel Merrion",
        "• Sous Chef, Hotel Merrion, May 2016 – June 2018",
        "Sous Chef at Hotel Merrion, May 2016 – June 2018",
        "Company: Hotel Merrion\nPosition: Sous Chef\nPeriod: May 2016 – June 2018",
        "Sous Chef 05/2016 to 06/2018 Hotel Merrion Dublin, Ireland",
        "Sous Chef\nHotel Merrion\nMay 2016 -\nJune 2018",
        "Working as Sous Chef\nHotel Merrion\nMay 2016 - June 2018",
    ],
)
def test_layouts(document, entry):
    text = f"Ada Bloom\nExperience\n{entry}\nRan the pass and ordered stock for the whole kitchen.\nSkills\nKnives"
    (position,) = held(document, text)
    assert (position.title, month_text(position.start), month_text(position.end)) == ("Sous Chef", "2016-05", "2018-06")
    assert position.employer.startswith("Hotel Merrion")
    assert position.months == 26
    assert "Ran the pass" in position.span.of(document(text).text)
    assert "Knives" not in position.span.of(document(text).text)


@pytest.mark.parametrize(
    "text",
    [
        "Acme Ltd\n4 years 2 months\nHead Baker\nJanuary 2020 - Present (2 years)\nLeeds, England\nBaker\nMay 2016 - December 2019\nMixed dough.",
        (
            "Dates\n01/2020 – today\nOccupation or position held\nHead Baker\nName and address of employer\nAcme Ltd, Leeds\n"
            "Dates\n05/2016 – 12/2019\nOccupation or position held\nBaker\nName and address of employer\nAcme Ltd, Leeds"
        ),
        "1. Acme Ltd\nDesignation: Head Baker\nFrom: Jan 2020\nTo: Till date\n2. Acme Ltd\nDesignation: Baker\nFrom: May 2016\nTo: Dec 2019",
        "Presently working with Acme Ltd as Head Baker since January 2020.\nWorked with Acme Ltd as Baker from May 2016 to Dec 2019.",
        "Acme Ltd (bakery, 20 people)\nHead Baker\n01/2020 - present\n- Led\nAcme Ltd\nBaker\n05/2016 - 12/2019\n- Baked",
        "Jan 2020 - Present - Acme Ltd - Leeds, UK - Head Baker\nMay 2016 - Dec 2019 - Acme Ltd - Leeds, UK - Baker",
        "seit 01/2020\nAcme Ltd, Köln\nHead Baker\n- Teig\n05/2016 – 12/2019\nAcme Ltd, Köln\nBaker\n- Brot",
    ],
)
def test_layouts_of_two_positions(document, text):
    assert short(held(document, f"Ada Bloom\nWork history\n{text}")) == [
        ("Head Baker", "Acme Ltd", "2020-01", 83),
        ("Baker", "Acme Ltd", "2016-05", 44),
    ]


def test_anonymised_resumes(document):
    text = "Experience\nAccountant 01/2012 to 05/2016 Company Name City, State\nPosted ledgers.\nCompany Name City , State Munitions Journeyman 2003 to 2007"
    assert short(held(document, text)) == [
        ("Accountant", "Company Name", "2012-01", 53),
        ("Munitions Journeyman", "Company Name", "2003-01", 48),
    ]


def test_roles_under_one_employer_share_it(document):
    text = "Experience\nQuillstack, Berlin\nStaff Engineer — Apr 2022 – Present\n• Designed.\nSoftware Engineer — Jun 2018 – Mar 2022\n• Built."
    assert [(p.title, p.employer) for p in held(document, text)] == [
        ("Staff Engineer", "Quillstack"),
        ("Software Engineer", "Quillstack"),
    ]


def test_an_employer_line_with_the_dates_of_its_roles_is_no_position(document):
    text = (
        "Experience\nIronbark Centre, Leeds   June 2019 - present\nGym Manager (April 2022 - present)\n- Ran a site\n"
        "Senior Trainer (June 2019 - March 2022)\n- Wrote the course"
    )
    assert [(p.title, p.employer, p.months) for p in held(document, text)] == [
        ("Gym Manager", "Ironbark Centre", 56),
        ("Senior Trainer", "Ironbark Centre", 34),
    ]


def test_unknown_titles_stand_where_the_known_ones_do(document):
    text = "Experience\nJan 2019 - Dec 2020: Baker, Oven Village, Leeds\nMixed dough.\nJan 2016 - Dec 2018: Flurbwright, Kettle Corner, York\nFlurbed."
    assert [(p.title, p.employer) for p in held(document, text)] == [
        ("Baker", "Oven Village"),
        ("Flurbwright", "Kettle Corner"),
    ]


def test_projects_inside_a_position_are_no_positions(document):
    text = (
        "Experience\nSenior Software Engineer\nVantara Ltd\nApril 2019 to Present\nProject: Claims portal\nClient: Highland Insurance\n"
        "Duration: May 2019 to March 2021\nEnvironment: Java\nDuration: Apr 2021 to till date"
    )
    assert [p.title for p in held(document, text)] == ["Senior Software Engineer"]


def test_education_and_volunteering_are_left_out(document):
    text = "Experience\nBaker, Oven Ltd, 2019 - 2021\nEducation\nBSc Chemistry, 2015 - 2018\nVolunteering\nDriver, 2012 - 2014\nProjects\nShed, 2020 - 2021"
    assert [p.title for p in held(document, text)] == ["Baker"]


def test_sentences_with_dates_are_no_positions(document):
    text = "Experience\nBaker\nOven Ltd\n2019 - 2021\nWe grew bread sales from 2019 to 2021 by a third.\nServed 2000 - 2020 guests a week in season"
    assert [p.title for p in held(document, text)] == ["Baker"]


def test_without_a_section_titles_and_dates_are_enough(document):
    text = "Ada Bloom\nStore Manager, Hearth & Home, June 2020 to present\nRan the shop.\nAssistant Manager, Hearth & Home, July 2017 to May 2020"
    work = find_positions(find_parts(lines_of(document(text))), AS_OF)
    assert not work.sectioned
    assert [p.title for p in work.positions] == ["Store Manager", "Assistant Manager"]


def test_positions_without_dates(document):
    text = "Experience\nSecurity Officer\nShieldwell Security Ltd\nPatrols and CCTV at an office park.\nDoor Supervisor\nClub Paragon\nEntry checks."
    assert short(held(document, text)) == [
        ("Security Officer", "Shieldwell Security Ltd", "", 0),
        ("Door Supervisor", "Club Paragon", "", 0),
    ]


def test_spans_are_in_order_and_do_not_overlap(document):
    text = "Experience\n" + "".join(
        f"Baker\nOven {at} Ltd\n{2001 + at} - {2002 + at}\nBaked a lot of bread.\n" for at in range(8)
    )
    positions = held(document, text)
    assert len(positions) == 8
    assert all(one.span.end <= two.span.start for one, two in pairwise(positions))


@pytest.mark.parametrize(
    "gap",
    ["Career break", "Parental leave", "Elternzeit", "Congé parental", "Full-time carer for a parent", "Sabbatical"],
)
def test_a_stretch_without_work_is_no_position(document, gap):
    text = f"Experience\nBaker\nOven Ltd\nMarch 2021 - May 2024\n{gap}\nJune 2019 - February 2021\nBaker\nHearth Ltd\nJanuary 2015 - May 2019"
    assert [p.employer for p in held(document, text)] == ["Oven Ltd", "Hearth Ltd"]


@pytest.mark.parametrize(
    "entry",
    [
        "March 2019 to present. Baker, Oven Ltd, Leeds. Made the bread and kept the books.",
        "03/2019 to date: Oven Ltd, Leeds. Baker.",
        "[03/2019 - aujourd'hui] Baker, Oven Ltd",
    ],
)
def test_a_position_in_sentences_behind_its_period(document, entry):
    assert short(held(document, f"Experience\n{entry}")) == [("Baker", "Oven Ltd", "2019-03", 93)]


def test_the_period_belongs_to_the_title_next_to_it(document):
    text = "Ada Bloom\nExperience\nKitchen Porter\nBlue Grill Ltd\nSous Chef\nHotel Merrion -\nMay 2016 - June 2018\nRan the pass."
    assert short(held(document, text)) == [
        ("Kitchen Porter", "Blue Grill Ltd", "", 0),
        ("Sous Chef", "Hotel Merrion", "2016-05", 26),
    ]


@pytest.mark.parametrize("done", ["Operated CNC lathes and mills", "Led audits of stores", "Taught math to adults"])
def test_what_was_done_is_no_employer(document, done):
    text = (
        f"EXPERIENCE\nAcme Manufacturing, Dayton OH\nMachinist  2012 - 2016\n{done}\n\nShift Supervisor  2016 - 2018\n"
    )
    first, second = held(document, text)
    assert (first.employer, second.employer) == ("Acme Manufacturing", "Acme Manufacturing")
    assert done in first.span.of(text)
