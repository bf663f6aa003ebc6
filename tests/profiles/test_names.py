import pytest

from hirelens_cli.model.documents import Block, Document
from hirelens_cli.profiles.contacts import find_identity


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Bloom\nada@bloom.example", "Ada Bloom"),
        ("CURRICULUM VITAE\nADA BLOOM\nBaker", "ADA BLOOM"),
        ("Resume of Ada Bloom\nBaker", "Ada Bloom"),
        ("Ada Bloom, RN, BSN\nChicago, IL", "Ada Bloom"),
        ("Dr. Ada Bloom\nSurgeon", "Ada Bloom"),
        ("TOMASZ WIELGOSZ - SOUS CHEF\ntw@food.example", "TOMASZ WIELGOSZ"),
        ("Registered Nurse\nAda Bloom\nada.bloom@mail.example", "Ada Bloom"),
        ("Lebenslauf\nPersönliche Daten\nName: Sabine Lindenthal\nTelefon: 0151 1234567", "Sabine Lindenthal"),
        ("Vorname: Sabine\nNachname: Lindenthal", "Sabine Lindenthal"),
        ("Willem van den Berg\nLoodgieter", "Willem van den Berg"),
        ("Sinéad O'Brien\nTeacher", "Sinéad O'Brien"),
        ("Jean-Luc D'Arcy\nCuisinier", "Jean-Luc D'Arcy"),
        ("mark baker\nmark.baker@mail.example", "mark baker"),
        ("Mason Turner\nBricklayer", "Mason Turner"),
        ("June Summers\nRetail Assistant", "June Summers"),
        ("A D A   B L O O M\nBaker", "A D A   B L O O M"),
        ("Casey G.\nFinancial Analyst", "Casey G."),
        ("Name: Will Carpenter\nAddress: 3 Elm Road", "Will Carpenter"),
        ("Contact\nada.bloom@mail.example\nSkills\n" + "Baking\n" * 20 + "Ada Bloom\nBaker", "Ada Bloom"),
        ("OUTBOUND SALES\nCareer Overview\nCall centre agent", ""),
    ],
)
def test_names(document, text, name):
    assert find_identity(document(text)).identity.name == name


@pytest.mark.parametrize(
    "text",
    [
        "STAFF ACCOUNTANT\nSummary\nFlexible accountant.\nSkills\nAccounts Payable\nGeneral Ledger",
        "Customer Service Representative\nHighlights\nConflict Resolution",
        "Objective\nTo bake bread.",
    ],
)
def test_no_name_rather_than_a_wrong_one(document, text):
    assert find_identity(document(text)).identity.name == ""


def test_a_large_name_in_a_sidebar_below_the_text_is_found():
    lines = [
        ("Skills", 12.0),
        ("Bread and cake and other good things to eat", 10.0),
        ("Jessica Parnell", 26.0),
        ("Baker", 12.0),
    ]
    document = Document("a" * 64, "pdf", tuple(Block(text, size=size) for text, size in lines))
    assert find_identity(document).identity.name == "Jessica Parnell"


def test_a_large_name_over_two_lines_is_one():
    lines = [("MATTEO", 30.0), ("QUADRELLI", 30.0), ("Analyst with many years of work in banks and shops", 10.0)]
    document = Document("a" * 64, "pdf", tuple(Block(text, size=size) for text, size in lines))
    assert find_identity(document).identity.name == "MATTEO QUADRELLI"
