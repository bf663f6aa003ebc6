from collections import Counter
from pathlib import Path

import pytest

from hirelens_cli.errors import InputError
from hirelens_cli.profiles.taxonomy import Skill, SkillKind, Taxonomy, load_taxonomy


@pytest.fixture(scope="module")
def bundled() -> Taxonomy:
    return load_taxonomy()


def test_the_bundled_data_know_well_over_a_thousand_skills_of_every_kind(bundled: Taxonomy) -> None:
    kinds = Counter(skill.kind for skill in bundled.skills)
    assert len(bundled.skills) >= 1500
    assert sum(map(len, bundled.table.values())) >= 4000
    assert set(kinds) == set(SkillKind)
    assert len({skill.field for skill in bundled.skills}) >= 30


def test_relations_of_the_bundled_data_point_at_skills(bundled: Taxonomy) -> None:
    names = {skill.name for skill in bundled.skills}
    assert not {
        (skill.name, other)
        for skill in bundled.skills
        for other in (*skill.implies, *skill.related)
        if other not in names
    }


def test_no_spelling_of_the_bundled_data_names_two_skills(bundled: Taxonomy) -> None:
    """Where both count everywhere; a gated and a free alias may share a spelling, and so may `sale` and `sales`."""
    clashes = {}
    for aliases in bundled.table.values():
        free = [alias for alias in aliases if not (alias.exact or alias.listed or alias.context)]
        names = {alias.skill for alias in free if len(alias.stems) > 1 or alias.text == free[0].text}
        if len(names) > 1:
            clashes[free[0].text] = names
    assert not clashes


def test_nothing_implies_itself(bundled: Taxonomy) -> None:
    assert not [skill.name for skill in bundled.skills if skill.name in bundled.implied(skill.name)]


def test_what_is_used_with_context_has_context_words(bundled: Taxonomy) -> None:
    marked = {
        skill.name
        for skill in bundled.skills
        for written in (skill.mark, *skill.aliases)
        if "?" in written.split(" ")[0] and written[:1] in "=*?-"
    }
    assert not {name for name in marked if not (found := bundled.get(name)) or not found.context}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Python", "Python"),
        ("k8s", "Kubernetes"),
        ("nodejs", "Node.js"),
        ("Node JS", "Node.js"),
        ("c++", "C++"),
        ("ms excel", "Microsoft Excel"),
        ("Buchhaltung", "Accounting"),
        ("servicio al cliente", "Customer service"),
        ("front-end", "Front-end development"),
        ("wound dressings", "Wound care"),
        ("no such skill at all", None),
        ("", None),
    ],
)
def test_a_skill_is_found_by_any_of_its_names(bundled: Taxonomy, written: str, name: str | None) -> None:
    found = bundled.canonical(written)
    assert (found.name if found else None) == name


def test_implied_skills_are_closed_over_steps() -> None:
    steps = [Skill("a", implies=("b",)), Skill("b", implies=("c",)), Skill("c", implies=("a",)), Skill("d")]
    taxonomy = Taxonomy(steps, "")
    assert taxonomy.implied("a") == ("b", "c")
    assert taxonomy.implied("d") == taxonomy.implied("unknown") == ()


def test_django_implies_python_and_programming(bundled: Taxonomy) -> None:
    assert {"Python", "Programming"} <= set(bundled.implied("Django"))
    assert "Angular" in bundled.related("React")


def test_a_skill_given_twice_is_one_with_both_names() -> None:
    taxonomy = Taxonomy([Skill("Sugar work", aliases=("pulled sugar",)), Skill("Sugar work", aliases=("isomalt",))], "")
    assert [skill.aliases for skill in taxonomy.skills] == [("pulled sugar", "isomalt")]


def test_an_own_file_adds_skills_and_changes_the_fingerprint(tmp_path: Path, bundled: Taxonomy) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[[skill]]\nname = "Frobnication"\naliases = ["frobnicating"]\nimplies = ["Python"]\n')
    both = load_taxonomy((str(file),))
    found = both.canonical("Frobnicating")
    assert found is not None
    assert found.name == "Frobnication"
    assert "Programming" in both.implied("Frobnication")
    assert bundled.canonical("frobnicating") is None
    assert both.fingerprint != bundled.fingerprint
    assert load_taxonomy().fingerprint == bundled.fingerprint


def test_a_file_that_is_not_there_is_an_input_error() -> None:
    with pytest.raises(InputError, match="cannot read"):
        load_taxonomy(("/no/such/file.toml",))


def test_the_closest_spelling_decides_where_several_share_a_stem() -> None:
    taxonomy = Taxonomy(
        [Skill("Securities trading", aliases=("*securities",)), Skill("Guarding", aliases=("*security",))], ""
    )
    found = taxonomy.canonical("Security")
    assert found is not None
    assert found.name == "Guarding"
