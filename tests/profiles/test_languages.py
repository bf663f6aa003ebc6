import pytest

from hirelens_cli.profiles.languages import find_languages
from hirelens_cli.profiles.lines import lines_of
from hirelens_cli.profiles.sections import find_parts


def spoken(document, text):
    source = document(text)
    return [(item.language, item.level) for item in find_languages(source.text, find_parts(lines_of(source)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Languages\nEnglish (native), Spanish (fluent), Dutch",
            [("English", "native"), ("Spanish", "C1"), ("Dutch", "")],
        ),
        ("Languages\nPolish - C2\nGerman: B1", [("Polish", "C2"), ("German", "B1")]),
        (
            "Sprachen\nDeutsch: Muttersprache\nEnglisch: fließend\nFranzösisch: Grundkenntnisse",
            [("German", "native"), ("English", "C1"), ("French", "A2")],
        ),
        ("Langues\nFrançais : langue maternelle\nAnglais : courant", [("French", "native"), ("English", "C1")]),
        ("Idiomas\nEspañol: nativo. Inglés: intermedio", [("Spanish", "native"), ("English", "B1")]),
        ("Idiomas\nPortuguês nativo, inglês avançado", [("Portuguese", "native"), ("English", "C1")]),
        ("Lingue\nItaliano: madrelingua\nTedesco: scolastico", [("Italian", "native"), ("German", "A2")]),
        ("Talen\nNederlands: moedertaal\nDuits: redelijk", [("Dutch", "native"), ("German", "B1")]),
        ("Summary\nI am fluent in English and Hindi.", [("English", "C1"), ("Hindi", "")]),
        ("Languages Known: Tamil, English", [("Tamil", ""), ("English", "")]),
    ],
)
def test_levels_in_seven_languages(document, text, expected):
    assert spoken(document, f"Ada Bloom\n{text}") == expected


@pytest.mark.parametrize(
    "text",
    ["Summary\nTaught English literature to pupils.", "Skills\nLanguages: Java, Python", "Summary\nPolish and clean."],
)
def test_no_languages(document, text):
    assert spoken(document, f"Ada Bloom\n{text}") == []
