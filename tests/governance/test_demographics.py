from __future__ import annotations

import ast
from pathlib import Path

import pytest

import hirelens_cli
from hirelens_cli.errors import InputError
from hirelens_cli.governance.demographics import BY_BOTH, BY_RACE, BY_SEX, Person, category, matched, read_demographics

SOURCE = Path(hirelens_cli.__file__).parent


def write(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "header",
    [
        "candidate,sex,race_ethnicity",
        "Resume,Gender,Race/Ethnicity",
        " APPLICANT ID ,Sex,Race & Ethnicity",
        "file,gender,race",
    ],
)
def test_columns_may_be_called_as_people_call_them(tmp_path: Path, header: str) -> None:
    found = read_demographics(write(tmp_path, f"{header}\na.pdf, Female ,White\n"))
    assert [(row.line, row.who, row.sex, row.race) for row in found.rows] == [(2, "a.pdf", "Female", "White")]
    assert list(found.tables()) == [BY_SEX, BY_RACE, BY_BOTH]


def test_values_are_free_one_spelling_each_and_unknown_is_unknown(tmp_path: Path) -> None:
    rows = "a,female,x\nb,Female,X\nc,Female,n/a\nd,Prefer not to say,X\ne,,Unknown\n"
    found = read_demographics(write(tmp_path, "id,sex,race\n" + rows))
    assert [row.sex for row in found.rows] == ["Female", "Female", "Female", "", ""]
    assert [row.race for row in found.rows] == ["X", "X", "", "X", ""]
    assert [found.complete(row) for row in found.rows] == [True, True, False, False, False]
    assert not found.complete(None)


def test_hispanic_or_latino_counts_whatever_the_race(tmp_path: Path) -> None:
    rows = "a,White,Hispanic or Latino\nb,White,Not Hispanic or Latino\nc,Black,\n"
    found = read_demographics(write(tmp_path, "id,race,ethnicity\n" + rows))
    assert [row.race for row in found.rows] == ["Hispanic or Latino", "White", "Black"]
    assert [category(row, (False, True)) for row in found.rows] == ["Hispanic or Latino", "White", "Black"]
    assert list(found.tables()) == [BY_RACE]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,sex\na,F\n", "says who"),
        ("candidate,age\na,40\n", "sex or race_ethnicity"),
        ("candidate,sex\n,F\n", "line 2"),
        ("", "says who"),
    ],
)
def test_what_cannot_be_meant_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_demographics(write(tmp_path, text))


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "people.csv", tmp_path / "none.csv"):
        with pytest.raises(InputError, match="cannot read the demographics"):
            read_demographics(path)


PEOPLE = (
    Person("a" * 64, ("a" * 64, "a" * 16, "north/ada.pdf", "A-1")),
    Person("ab" * 32, ("ab" * 32, "ab" * 8, "south/ada.pdf", "copy/x.pdf")),
)


def test_rows_find_people_by_path_id_and_applicant(tmp_path: Path) -> None:
    for who, doc_id in (("./north/ada.pdf", "a" * 64), ("A-1", "a" * 64), ("abab", "ab" * 32), ("x.pdf", "ab" * 32)):
        demographics = read_demographics(write(tmp_path, f"candidate,sex\n{who},F\n"))
        found, unmatched = matched(demographics.rows, PEOPLE, "people.csv")
        assert (list(found), unmatched) == ([doc_id], ())


def test_rows_that_name_nobody_several_or_somebody_twice(tmp_path: Path) -> None:
    demographics = read_demographics(write(tmp_path, "candidate,sex\nada.pdf,F\n"))
    with pytest.raises(InputError, match=r"line 2 of people.csv: ada.pdf fits 2 candidates"):
        matched(demographics.rows, PEOPLE, "people.csv")
    demographics = read_demographics(write(tmp_path, "candidate,sex\nA-1,F\nnorth/ada.pdf,M\n"))
    with pytest.raises(InputError, match="lines 2 and 3"):
        matched(demographics.rows, PEOPLE, "people.csv")
    demographics = read_demographics(write(tmp_path, "candidate,sex\naaa,F\nzoe.pdf,F\n"))
    found, unmatched = matched(demographics.rows, PEOPLE, "people.csv")
    assert (found, [row.line for row in unmatched]) == ({}, [2, 3])


def test_errors_do_not_say_what_the_file_says_of_a_person(tmp_path: Path) -> None:
    demographics = read_demographics(write(tmp_path, "candidate,sex\nA-1,Canary\nA-1,Canary\n"))
    with pytest.raises(InputError) as caught:
        matched(demographics.rows, PEOPLE, "people.csv")
    assert "Canary" not in caught.value.message + caught.value.hint


@pytest.mark.slow
def test_nothing_but_an_audit_can_read_demographics() -> None:
    """import-linter forbids it too; here whoever imports the module by any form is listed."""
    users = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [f"{node.module}.{item.name}" for item in node.names] if isinstance(node, ast.ImportFrom) else []
            names += [item.name for item in node.names] if isinstance(node, ast.Import) else []
            if any(name.endswith("governance.demographics") for name in names):
                users.add(path.relative_to(SOURCE).as_posix())
    assert users == {"audits.py", "governance/audit.py"}
