import pytest

from hirelens_cli.errors import InputError
from hirelens_cli.profiles.skill_data import Skill, SkillKind
from hirelens_cli.profiles.skill_files import parse_user_file


def test_toml_of_ours() -> None:
    text = '[[skill]]\nname = "Glazing"\nkind = "method"\nfield = "Pastry"\naliases = ["glaze", "*=GL"]\nrelated = ["Baking"]\n'
    assert parse_user_file("own.toml", text.encode()) == [
        Skill("Glazing", SkillKind.METHOD, "Pastry", ("glaze", "*=GL"), related=("Baking",))
    ]


def test_an_esco_shaped_table() -> None:
    text = (
        "conceptType,conceptUri,preferredLabel,altLabels\n"
        'K,u1,Xylo (computer programming),"xylo script\nXY"\n'
        "K,u2,apply techniques of welding to many sorts of metal in a workshop,\n"
    )
    xylo, long = parse_user_file("esco.csv", text.encode())
    assert (xylo.name, xylo.aliases, xylo.mark) == ("Xylo", ("xylo script", "*=XY"), "")
    assert long.mark == "-"


def test_an_onet_shaped_table() -> None:
    text = "O*NET-SOC Code,Example,Commodity Code,Commodity Title,Hot Technology\n1,FrobCAD,4,CAD software,N\n2,FrobCAD,4,CAD software,N\n"
    assert parse_user_file("tools.csv", text.encode()) == [Skill("FrobCAD", SkillKind.TOOL, "CAD software")]
    table = text.replace(",", "\t").replace("Example", "Workplace Example")
    assert parse_user_file("Technology Skills.txt", table.encode()) == [
        Skill("FrobCAD", SkillKind.TOOL, "CAD software")
    ]
    assert parse_user_file("tools.csv", text.replace(",", ";").encode())[0].name == "FrobCAD"


def test_a_lightcast_shaped_table() -> None:
    text = "\ufeffid,name,type\n1,Frob (Programming Language),Specialized Skill\n2,Certified Frobber,Certification\n3,OR,Specialized Skill\n"
    frob, certified, general = parse_user_file("skills.csv", text.encode())
    assert (frob.name, frob.kind) == ("Frob", SkillKind.SKILL)
    assert certified.kind is SkillKind.CERTIFICATE
    assert general.mark == "-"


def test_tabs_and_line_files() -> None:
    assert parse_user_file("a.tsv", b"name\ttype\nFrob\tx\n")[0].name == "Frob"
    assert parse_user_file("a.txt", b"Frob | frobbing\n") == [Skill("Frob", aliases=("frobbing",))]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.toml", b"[[skill]\n", "not valid TOML"),
        ("a.toml", b"x = 1\n", "no skills"),
        ("a.toml", b'[[skill]]\nkind = "tool"\n', "without a name"),
        ("a.toml", b'[[skill]]\nname = "x"\nalias = ["y"]\n', "unknown key 'alias'"),
        ("a.toml", b'[[skill]]\nname = "x"\naliases = "y"\n', "must be lists"),
        ("a.toml", b'[[skill]]\nname = "x"\nkind = "sorcery"\n', "no kind of skill"),
        ("a.csv", b"colour,size\nred,1\n", "the header is none"),
        ("a.csv", b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_meant_is_an_input_error(name: str, data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        parse_user_file(name, data)
