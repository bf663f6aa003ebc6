import itertools

from hirelens_cli.profiles.people import same_person

BASE = """{name}
{contact}
Experience
Baker
Oven & Sons Ltd
{dates}
{body}
Education
{degree}, Northfield College, 2012
"""
BODY = "Planned the work of six bakers, ordered flour and kept the books of a village bakery with two vans and a market stall."
OTHER = (
    "Looked after wedding cakes from the first sketch to the last sugar flower, with tastings on every second Saturday."
)


def resume(profiled, doc_id, **changes):
    values = {
        "name": "Ada Bloom", "contact": "ada@bloom.example", "dates": "May 2014 - June 2018", "body": BODY, "degree": "BSc Chemistry",
    } | changes  # fmt: skip
    return profiled(BASE.format(**values), doc_id=doc_id * 64)


def test_same_contacts(profiled):
    one = resume(profiled, "a", contact="ada@bloom.example | 020 7946 0321")
    two = resume(
        profiled, "b", name="A. Bloom-Reed", contact="ADA@bloom.example", body=OTHER, dates="May 2014 - June 2016"
    )
    three = resume(
        profiled,
        "c",
        name="Karl Venter",
        contact="+44 20 7946 0321",
        body="Drove a van for years.",
        dates="2001 - 2002",
    )
    (group,) = same_person([one, two, three])
    assert group.doc_ids == ("a" * 64, "b" * 64, "c" * 64)
    assert {"same e-mail", "same phone"} <= set(group.reasons)


def test_near_identical_text(profiled):
    one = resume(profiled, "a", body=f"{BODY} {OTHER}")
    two = resume(profiled, "b", name="Zoe Marsh", contact="zoe@marsh.example", body=f"{BODY} {OTHER} Also pies.")
    (group,) = same_person([one, two])
    assert group.reasons == ("near-identical text",)
    assert "the names differ" in group.contradictions


def test_a_name_needs_a_further_agreement(profiled):
    one = resume(profiled, "a", body=OTHER)
    two = resume(profiled, "b", name="Bloom Ada", contact="other@mail.example", body=BODY)
    three = resume(
        profiled, "c", contact="third@mail.example", body="Sold shoes in a shop by the river for a long time indeed."
    )
    assert [group.reasons for group in same_person([one, two])] == [("same name and employer",)]
    stranger = profiled("Ada Bloom\nx@y.example\nExperience\nPilot\nSky Ltd\n2001 - 2009\nFlew.", doc_id="d" * 64)
    assert same_person([one, stranger]) == ()
    assert len(same_person([one, two, three])) == 1


def test_contradictions_between_versions(profiled):
    one = resume(profiled, "a")
    two = resume(profiled, "b", dates="May 2011 - June 2018", degree="MSc Chemistry")
    (group,) = same_person([one, two])
    assert "dates at Oven & Sons Ltd differ: 2014-05 to 2018-06 and 2011-05 to 2018-06" in group.contradictions
    assert "the highest degrees differ: level 3 and level 4" in group.contradictions


def test_the_order_of_the_files_does_not_matter(profiled):
    people = [
        resume(profiled, "a"),
        resume(profiled, "b", dates="2011 - 2018"),
        resume(profiled, "c", name="Zoe Marsh", contact="z@m.example"),
    ]
    results = {same_person(order) for order in itertools.permutations(people)}
    assert len(results) == 1


def test_different_people(profiled):
    one = resume(profiled, "a")
    two = profiled(
        "Karl Venter\nkarl@v.example\nExperience\nWelder\nSteel Ltd\n2015 - 2020\nWelded pipes and tanks.",
        doc_id="b" * 64,
    )
    assert same_person([one, two]) == ()
