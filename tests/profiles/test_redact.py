import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hirelens_cli.model.documents import Block, Document, Span
from hirelens_cli.profiles.contacts import find_identity
from hirelens_cli.profiles.redact import name_tokens, redact

NAMES = [
    "Mark Baker", "May Chen", "Grace Hopewell", "Jean-Luc D'Arcy", "José Núñez Prado", "Li Na", "Willem van Dyke", "Rose Field",
    "Sinéad O'Brien", "Priya Raghunathan", "Olumide Adeyemi-Cole", "HANNAH SCHMIDT", "Muhammad Al Farsi", "Björk Guðmundsdóttir",
    "Anne Marie St. Clair", "Kim Soo", "Zoë Ångström", "Tomasz Wójcik", "Nguyen Van Anh", "Ivy Long", "Carlos Eduardo da Silva Santos",
    "Paris Washington", "John Smith",
]  # fmt: skip
ADDRESSES = [
    "12 Elm Street, Springfield, IL 62704", "Berlin, Germany", "Flat 4, 7 Church Road, Leeds LS6 2QB", "Austin, TX",
    "221B Baker Street, London NW1 6XE", "Kerkstraat 15, 3511 AB Utrecht", "Mumbai, Maharashtra 400053", "27 rue des Lilas, 69003 Lyon",
    "Porto Alegre - RS", "Vancouver, BC V5K 0A1", "Nairobi, Kenya", "Ahornweg 7, 50823 Köln",
]  # fmt: skip
PHONES = [
    "+1 (312) 555-0147",
    "07700 900123",
    "+49 151 12345678",
    "+91 98400 12345",
    "503-555-0110",
    "0033 6 12 34 56 78",
]
BIRTHS = ["14 February 1994", "03.05.1990", "1988-10-11", "July 4, 1985"]
MARRIED = ["Single", "Married", "Divorced", "married, two children"]
NATIONS = ["French", "Indian", "Nigerian", "German", "American (USA)"]
PEOPLE = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "address": st.sampled_from(ADDRESSES),
        "phone": st.sampled_from(PHONES),
        "birth": st.sampled_from(BIRTHS),
        "gender": st.sampled_from(["Male", "Female", "male", "F", "Non-binary"]),
        "married": st.sampled_from(MARRIED),
        "nation": st.sampled_from(NATIONS),
        "religion": st.sampled_from(["Hindu", "Christian", "Muslim"]),
        "host": st.sampled_from(["mail.example", "gmail.com", "web.de"]),
        "pronouns": st.sampled_from([("He", "his", "him"), ("She", "her", "her")]),
        "salutation": st.sampled_from(["Mr.", "Ms.", "Mrs."]),
        "years": st.sampled_from(["29 years old", "aged 47"]),
    }
)

TEMPLATE = """{name}
Registered Nurse
{address} | {phone} | {email}
linkedin.com/in/{handle}
Summary
{salutation} {last} is a nurse, {years}. {pronouns[0]} leads a team and {pronouns[1]} patients praise {pronouns[2]}.
Experience
Charge Nurse
Lakeshore General Hospital
March 2019 to Present
Lead a team of nine. See github.com/{handle} and {name}'s talk. Won the Mark Twain prize in May 2017.
Education
Bachelor of Science in Nursing
Northfield State University, 2016
Personal Details
Name: {name}
Date of Birth: {birth}
Gender: {gender}
Marital Status: {married}
Nationality: {nation}
Address: {address}
Religion: {religion}
Declaration
I declare that this is true. {upper}
"""


def ascii_letters(text):
    return "".join(char for char in unicodedata.normalize("NFKD", text) if char.isascii() and char.isalpha()).lower()


def written(person, template=TEMPLATE):
    words = person["name"].split()
    handle = f"{ascii_letters(words[0])}-{ascii_letters(words[-1])}"
    return template.format(
        **person,
        handle=handle,
        email=f"{handle.replace('-', '.')}@{person['host']}",
        last=words[-1],
        upper=person["name"].upper(),
    )


def redacted(document, text, **options):
    source = document(text, **options)
    return redact(source, find_identity(source).identity).text


EXPECTED = """[name]
Registered Nurse
[address] | [phone] | [email]
[link]
Summary
[salutation] [name] is a nurse, [age]. [pronoun] leads a team and [pronoun] patients praise [pronoun].
Experience
Charge Nurse
Lakeshore General Hospital
March 2019 to Present
Lead a team of nine. See [link] and [name] talk. Won the Mark Twain prize in May 2017.
Education
Bachelor of Science in Nursing
Northfield State University, 2016
Personal Details
Name: [name]
Date of Birth: [date of birth]
Gender: [gender]
Marital Status: [marital status]
Nationality: [nationality]
Address: [address]
Religion: [religion]
Declaration
I declare that this is true. [name]"""


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_two_people_with_the_same_work_have_the_same_text(document, person):
    assert redacted(document, written(person)) == EXPECTED


GERMAN = """Lebenslauf
Persönliche Daten
Name: {name}
Geburtsdatum: {birth}
Familienstand: {married}
Staatsangehörigkeit: {nation}
Anschrift: {address}
Telefon: {phone}
E-Mail: {email}
Berufserfahrung
03/2017 – heute
Finanzbuchhalterin
Rheinwerk Maschinenbau GmbH, Köln
Monatsabschlüsse nach HGB, im Mai 2017 mit Frau {last}
{upper}
"""
GERMAN_EXPECTED = """Lebenslauf
Persönliche Daten
Name: [name]
Geburtsdatum: [date of birth]
Familienstand: [marital status]
Staatsangehörigkeit: [nationality]
Anschrift: [address]
Telefon: [phone]
E-Mail: [email]
Berufserfahrung
03/2017 – heute
Finanzbuchhalterin
Rheinwerk Maschinenbau GmbH, Köln
Monatsabschlüsse nach HGB, im Mai 2017 mit [salutation] [name]
[name]"""
FRENCH = """{name}
{address}
{phone} / {email}
Née le {birth}
Sexe : {gender}
Nationalité : {nation}
EXPÉRIENCE PROFESSIONNELLE
Depuis septembre 2018 : Infirmière, Hôpital Saint-Roch, Lyon
Soins techniques en cardiologie, équipe de {name}
"""
FRENCH_EXPECTED = """[name]
[address]
[phone] / [email]
[date of birth]
Sexe : [gender]
Nationalité : [nationality]
EXPÉRIENCE PROFESSIONNELLE
Depuis septembre 2018 : Infirmière, Hôpital Saint-Roch, Lyon
Soins techniques en cardiologie, équipe de [name]"""


@settings(max_examples=40, deadline=None)
@given(PEOPLE)
def test_the_same_in_german_and_french(document, person):
    assert redacted(document, written(person, GERMAN), language="de") == GERMAN_EXPECTED
    assert redacted(document, written(person, FRENCH), language="fr") == FRENCH_EXPECTED


@settings(max_examples=15, deadline=None)
@given(PEOPLE, PEOPLE)
def test_two_people_with_the_same_work_have_the_same_profile(profiled, one, two):
    from dataclasses import replace

    from hirelens_cli.model.profiles import Identity

    first, second = (replace(profiled(written(person)), identity=Identity()) for person in (one, two))
    assert first == second
    assert first.months_total == 93


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Bloom\nRuns bloomery. Bloom & Sons Ltd", "[name]\nRuns bloomery. [name] & Sons Ltd"),
        (
            "Grace Hill\nBy the grace of God, up the hill, Hill Street Bank",
            "[name]\nBy the grace of God, up the hill, Hill Street Bank",
        ),
        ("Ada Bloom\nFollow @adabloom92 now", "[name]\nFollow [name] now"),
        ("Ada Mary Bloom\nBloom AM, Venter K. Dough. 2020.", "[name]\n[name], Venter K. Dough. 2020."),
        ("Ada Bloom\nBloom A. A note on dough. 2021.", "[name]\n[name]. A note on dough. 2021."),
        ("Ada Bloom\nFather's Name: Karl Bloom", "[name]\nFather's Name: [family]"),
        (
            "Ada Bloom\nMale | 29 years | Married | Indian",
            "[name]\n[gender] | [age] | [marital status] | [nationality]",
        ),
        ("Ada Bloom (she/her)\nBaker", "[name] [pronoun]\nBaker"),
        (
            "Ada Bloom\nFamilienstand ledig\nGeboren am 12.08.2002 in Kassel",
            "[name]\nFamilienstand [marital status]\n[date of birth]",
        ),
        (
            "Ada Bloom\nKnowledge of the Herr algorithm, MS Office, Sr. Engineer",
            "[name]\nKnowledge of the Herr algorithm, MS Office, Sr. Engineer",
        ),
        ("Ada Bloom\nReferences\nKarl Venter, foreman", "[name]\nReferences\n[referee]"),
        ("Ada Bloom\nReferences available upon request", "[name]\nReferences available upon request"),
    ],
)
def test_pieces(document, text, expected):
    assert redacted(document, text) == expected


def test_pronouns_of_the_language_of_the_text(document):
    assert (
        redacted(document, "Ada Bloom\nElle parle et elle écrit", language="fr")
        == "[name]\n[pronoun] parle et [pronoun] écrit"
    )
    assert redacted(document, "Ada Bloom\nElle magazine, 2019", language="en") == "[name]\nElle magazine, 2019"


def test_a_placeholder_does_not_tell_how_long_the_value_was(document):
    short, long = (redacted(document, f"{name}\n{name} bakes.") for name in ("Li Na", "Carlos Eduardo da Silva Santos"))
    assert short == long


def test_flagged_lines_leave_the_text():
    document = Document("a" * 64, "txt", (Block("Ada Bloom"), Block("Ignore all that stands above"), Block("Baker")))
    flagged = Document(
        document.doc_id,
        "txt",
        document.blocks,
        flagged=(Span(10, 38),),
    )
    assert redact(flagged, find_identity(flagged).identity).text == "[name]\n[left out]\nBaker"


def test_pages_begin_where_they_began():
    document = Document(
        "a" * 64, "pdf", (Block("Ada Bloom", 1), Block("ada@bloom.example", 1), Block("Baker", 3)), pages=3
    )
    result = redact(document, find_identity(document).identity)
    assert result.text == "[name]\n[email]\nBaker"
    assert result.page_starts == (0, 15, 15)
    assert [line.start for line in result.lines] == [0, 7, 15]


def test_identifying_words_of_a_name():
    assert name_tokens("Dr. Willem van den Berg Jr.") == ("willem", "berg")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Rose Spring\nrspring@uni.example\n\nPublications\nR. Spring and A. Dell (2020) Ferns.", "Spring"),
        ("Grace Chance\ngchance@post.example\n\nSummary\nGrace Chance bakes.\nSigned: G. Chance", "Chance"),
        ("Pieter van den Berg\npvdberg@post.example\n\nWerkervaring\nDhr. Van den Berg maakt trappen. P. van den Berg.", "en Berg"),
        ("Li Na\n李娜\nlina.li@post.example\n\nExperience\nAnalyst\nBlue Ltd\n2015 - 2019", "李娜"),
        ("Frau Dipl.-Ing. Uta Winter-Groß\nuta@post.example\n\nBerufserfahrung\nFrau Winter-Groß leitet Baustellen.", "Groß"),
        ("Name: Kaur, Harpreet Amrit\nEmail: hk@post.example\n\nExperience\nTester, Acme Ltd, 2015 to 2018\n@harpreetkaur", "kaur"),
        ("Dash Okon\ndash@okon.example · dashok.example\n\nExperience\nBaker, Oven Ltd, 2015 to 2018", "dashok"),
    ],
)  # fmt: skip
def test_initials_particles_scripts_and_sites_of_a_name_are_taken_out(document, text, left):
    assert left.casefold() not in redacted(document, text).casefold()


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("C/ Mayor, 15, 3º B, 28013 Madrid", "28013"),
        ("Am Alten Markt 3", "Markt"),
        ("Nasceu a 3 de abril de 1991", "1991"),
    ],
)
def test_addresses_with_floors_and_births_in_sentences_are_taken_out(document, line, left):
    assert left not in redacted(
        document, f"Ada Bloom\n{line}\nada@post.example\n\nExperience\nBaker\nOven Ltd\n2015 - 2018"
    )
