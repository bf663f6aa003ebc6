TEXT = """Ada Bloom
Head Baker
ada@bloom.example | Leeds LS6 2QB
Profile
I have baked bread for ten years, most of them in village bakeries, and I still like the smell of it at four in the morning.
Experience
Head Baker
Oven & Sons Ltd
May 2018 - Present
• Planned the work of six bakers
• Cut waste by a third through smaller
batches and a second proving
Baker
Mill Street Bakery
2014 - 2018
Kneaded, proved and baked.
Skills
Sourdough, Pastry, Costing
References
Karl Venter, foreman
"""


def test_passages_keep_to_sections_and_positions(profiled):
    profile = profiled(TEXT)
    shown = [(passage.section.value, passage.position, passage.text) for passage in profile.passages]
    assert shown == [
        ("header", None, "Head Baker"),
        ("summary", None, TEXT.split("\n")[4]),
        ("experience", 0, "Head Baker\nOven & Sons Ltd\nMay 2018 - Present"),
        ("experience", 0, "Planned the work of six bakers"),
        ("experience", 0, "Cut waste by a third through smaller\nbatches and a second proving"),
        ("experience", 1, "Baker\nMill Street Bakery\n2014 - 2018"),
        ("experience", 1, "Kneaded, proved and baked."),
        ("skills", None, "Sourdough, Pastry, Costing"),
    ]


def test_passages_are_what_their_spans_cover(profiled):
    profile = profiled(TEXT)
    assert all(passage.span.of(profile.text) == passage.text for passage in profile.passages)


def test_long_paragraphs_are_cut_at_sentences(profiled):
    sentence = (
        "We moved the ovens to the new hall and kept the shop open while we did it, which took four weekends in all."
    )
    profile = profiled("Ada Bloom\nExperience\n" + " ".join([sentence] * 12))
    sizes = [len(passage.text.split()) for passage in profile.passages]
    assert len(sizes) > 3
    assert max(sizes) <= 90
    assert all(passage.text.endswith(".") for passage in profile.passages)


def test_text_without_sentences_is_cut_too(profiled):
    profile = profiled("Ada Bloom\nSummary\n" + "bread " * 700)
    assert max(len(passage.text.split()) for passage in profile.passages) <= 130
