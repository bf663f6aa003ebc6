"""Items, wrapped lines, sentences and the headings above them."""

from __future__ import annotations

from hirelens_cli.model.documents import Block, Document
from hirelens_cli.profiles.job_headings import Zone
from hirelens_cli.profiles.job_lines import Outline, outline


def read(text: str, form: str = "txt") -> Outline:
    return outline(Document("0" * 64, form, tuple(Block(line.strip()) for line in text.splitlines() if line.strip())))


def shown(plan: Outline) -> list[tuple[Zone, str]]:
    return [(item.zone, " ".join(item.span.of(plan.text).split())) for item in plan.items]


def test_wrapped_bullets_are_one_item() -> None:
    plan = read(
        "Requirements\n"
        "- At least five years of experience with SQL and data\n"
        "  modeling\n"
        "- Bachelor's degree in Information Systems, Computer\n"
        "  Science or a related field\n"
    )
    assert shown(plan) == [
        (Zone.REQUIRED, "At least five years of experience with SQL and data modeling"),
        (Zone.REQUIRED, "Bachelor's degree in Information Systems, Computer Science or a related field"),
    ]


def test_lines_of_their_own_stay_apart() -> None:
    plan = read("Requirements\nStrong SQL\nGood with people\nKnows the railway from the inside and the outside\n")
    assert [text for _, text in shown(plan)] == [
        "Strong SQL",
        "Good with people",
        "Knows the railway from the inside and the outside",
    ]


def test_a_heading_with_its_text_on_the_same_line() -> None:
    plan = read("Requirements: SQL and patience\nNice to have: Perl\n- Benefits: tea\n- Coffee")
    assert shown(plan) == [
        (Zone.REQUIRED, "SQL and patience"),
        (Zone.PREFERRED, "Perl"),
        (Zone.BENEFITS, "tea"),
        (Zone.PREFERRED, "Coffee"),
    ]
    assert plan.sectioned


def test_an_unknown_heading_keeps_the_demand_and_ends_the_company() -> None:
    plan = read("Nice to have:\nBackend:\n- Perl\nAbout us:\n- We knit\nThe adventure:\n- Climb")
    zones = {text: zone for zone, text in shown(plan)}
    assert zones["Perl"] is Zone.PREFERRED
    assert zones["We knit"] is Zone.COMPANY
    assert zones["Climb"] is Zone.ROLE


def test_a_heading_in_words_of_its_own() -> None:
    plan = read("Needed:\n- Saws\nNot needed, but we'd be delighted\n- Glue\nSchön, aber kein Muss:\n- Leim")
    assert shown(plan) == [(Zone.REQUIRED, "Saws"), (Zone.PREFERRED, "Glue"), (Zone.PREFERRED, "Leim")]


def test_only_a_heading_of_requirements_makes_the_rest_context() -> None:
    assert not read("Welder\nNice to have\n- TIG").sectioned
    assert read("Welder\nRequirements\n- TIG").sectioned


def test_sentences_end_where_sentences_end() -> None:
    plan = read("We need tools, e.g. Saws and planes. You have approx. 3 years in Wood Ltd. Glue is a plus; Paint too.")
    [item] = plan.items
    assert [sentence.of(plan.text) for sentence in item.sentences] == [
        "We need tools, e.g. Saws and planes.",
        "You have approx. 3 years in Wood Ltd.",
        "Glue is a plus",
        "Paint too.",
    ]


def test_spans_lie_in_the_text_and_in_order() -> None:
    plan = read("Welder\n\n• One. Two; three\n• Four\nfive\n\n1. Six\n2) Seven")
    last = 0
    for item in plan.items:
        for sentence in item.sentences:
            assert last <= sentence.start < sentence.end <= len(plan.text)
            last = sentence.end
