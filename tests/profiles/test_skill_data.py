import pytest

from hirelens_cli.errors import InputError
from hirelens_cli.profiles.skill_data import Skill, SkillKind, parse_lines

FILE = """\
# remark
@field Pastry
@kind tool
Tempering machine | temperer, *=TM | > Chocolate | ~ Enrober | & cocoa, praline
*Whisk
@kind skill
Chocolate | | ! domain
Glazing
"""


def test_lines_hold_names_aliases_relations_context_and_kind() -> None:
    first, whisk, chocolate, glazing = parse_lines(FILE, "file")
    assert first == Skill(
        "Tempering machine",
        SkillKind.TOOL,
        "Pastry",
        ("temperer", "*=TM"),
        ("Chocolate",),
        ("Enrober",),
        ("cocoa", "praline"),
    )
    assert (whisk.name, whisk.mark) == ("Whisk", "*")
    assert (chocolate.kind, chocolate.aliases) == (SkillKind.DOMAIN, ())
    assert (glazing.kind, glazing.field) == (SkillKind.SKILL, "Pastry")


@pytest.mark.parametrize("line", ["@kind sorcery", "@colour red", "Skill | a | b, c", "Skill | ! sorcery", "*=", "|"])
def test_a_line_that_cannot_be_meant_is_named(line: str) -> None:
    with pytest.raises(InputError, match="file, line 2"):
        parse_lines(f"Good\n{line}\n", "file")
