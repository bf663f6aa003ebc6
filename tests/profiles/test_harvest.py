import pytest

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.harvest import harvest
from hirelens_cli.profiles.skills import find_skills
from hirelens_cli.profiles.taxonomy import Skill, Taxonomy

KNOWN = Taxonomy([Skill("Python"), Skill("Sales"), Skill("Cold calling")], "")


def known(text: str) -> list[Span]:
    return [mention.span for mention in find_skills(text, KNOWN, listy=(Span(0, len(text)),))]


def items(text: str) -> list[str]:
    found = harvest(text, Span(0, len(text)), known(text))
    assert all(span.of(text).split() == item.split() for item, span in found)
    return [item for item, _ in found]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Python, Frobnication; Xylo | Quux tuning", ["Frobnication", "Xylo", "Quux tuning"]),
        ("Tools: FrobCAD, Python\nLanguages: Xylo", ["FrobCAD", "Xylo"]),
        ("• Glazing\n• Cold calling\n• Sugar pulling", ["Glazing", "Sugar pulling"]),
        ("Knowledge of Frobnication, proficient in XyloSuite", ["Frobnication", "XyloSuite"]),
        ("Frobnication (advanced), Xylo - expert", ["Frobnication", "Xylo"]),
        ("copywheeling/scanwheeling, A/R", ["copywheeling", "scanwheeling", "A/R"]),
        ("Frobbing, frobbing, FROBBING", ["Frobbing"]),
        ("Frob skills, Quux experience", ["Frob", "Quux"]),
    ],
)
def test_items_are_what_stands_between_separators(text: str, unknown: list[str]) -> None:
    assert items(text) == unknown


@pytest.mark.parametrize(
    "text",
    [
        "I was responsible for many glazing works",
        "Managed five frobbers and reported to the head of frobbing",
        "2014 - 2016",
        "[name], [email]",
        "Other skills, technical, various",
        "5 years",
        "a, b, c",
        "and the",
        "",
    ],
)
def test_sentences_dates_placeholders_and_general_words_are_no_items(text: str) -> None:
    assert items(text) == []


def test_spans_count_in_the_whole_text() -> None:
    text = "Head\nFrobnication, Python\nTail words"
    found = harvest(text, Span(5, 25), known(text))
    assert [(item, span.of(text)) for item, span in found] == [("Frobnication", "Frobnication")]
