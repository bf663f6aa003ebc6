"""Labels against a finished run, end to end on a few texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from hirelens_cli import app
from hirelens_cli.config import RunConfig
from hirelens_cli.errors import InputError
from hirelens_cli.model.evaluations import LabelCounts

pytestmark = pytest.mark.slow

JOB = """Backend Engineer

Requirements
- 4+ years of experience in backend development
- Strong Python and PostgreSQL

Responsibilities
- Design and build backend services and REST APIs
"""
PERSON = """{name}

Experience
{title}, {employer}
01/2016 - 12/2022
- {work}

Education
BSc, Westport University, 2015

Skills
{skills}
"""
PEOPLE = {
    "team/ada.txt": PERSON.format(
        name="Ada Quist",
        title="Backend Engineer",
        employer="Harbour Software",
        work="Built REST APIs in Python on PostgreSQL",
        skills="Python, PostgreSQL, Docker",
    ),
    "cook.txt": PERSON.format(
        name="Ines Carvalho",
        title="Sous Chef",
        employer="Taverna Azul",
        work="Ran the kitchen of a restaurant with 120 seats",
        skills="Menu planning, Food safety",
    ),
    "clerk.txt": PERSON.format(
        name="Rolf Amsel",
        title="Office Clerk",
        employer="Amsel Freight",
        work="Kept the books and wrote a small report in Python",
        skills="Excel, Filing",
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("judging")
    for name, text in PEOPLE.items():
        path = root / "resumes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "resumes" / "cook copy.txt").write_text(PEOPLE["cook.txt"])
    (root / "resumes" / "broken.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type")
    (root / "engineer.txt").write_text(JOB)
    app.rank([str(root / "resumes")], [str(root / "engineer.txt")], settings(root))
    return root


def settings(root: Path) -> RunConfig:
    return RunConfig(workspace=str(root / "w"), as_of="2026-11-23", workers=1, top=1)


def labels(root: Path, *rows: str) -> str:
    path = root / "labels.csv"
    path.write_text("job,resume,relevance\n" + "".join(row + "\n" for row in rows))
    return str(path)


def test_stored_scores_are_measured_beside_every_method(folder: Path) -> None:
    marks = labels(folder, "engineer,ada.txt,1", "engineer,resumes/cook copy.txt,0", "engineer.txt,clerk,0")
    told = app.evaluate(marks, settings(folder), metrics=["map", "ndcg@2"], gates={"p@1": 1.0}, rounds=30)
    assert told.labels == LabelCounts(3, 3, 0, 0)
    assert (told.jobs, told.pairs, told.metrics) == (("engineer.txt",), 3, ("map", "ndcg@2", "p@1"))
    assert told.systems[0] == "hirelens"
    assert {"random", "constant", "length", "bm25", "tfidf", "embedding", "bm25+embedding"} == set(told.systems[1:])
    means = {(item.system, item.metric): item.mean.value for item in told.measured}
    for system in ("hirelens", "bm25", "tfidf", "embedding"):
        assert means[system, "map"] == 1.0, "all of them find the only engineer"
    assert told.failed == ()
    assert app.evaluate(marks, settings(folder), metrics=["map", "ndcg@2"], gates={"p@1": 1.0}, rounds=30) == told


def test_what_became_of_each_label_is_counted(folder: Path) -> None:
    marks = labels(folder, "engineer,ada.txt,1", "engineer,broken.pdf,1", "engineer,nobody.txt,1", "pilot,ada.txt,1")
    told = app.evaluate(marks, settings(folder), rounds=30)
    assert told.labels == LabelCounts(4, 1, 1, 2)
    assert told.pairs == 3
    assert app.evaluate(marks, settings(folder), rounds=30, labelled_only=True).pairs == 1


def test_copies_are_one_candidate_and_the_higher_label_counts(folder: Path) -> None:
    marks = labels(folder, "engineer,cook.txt,2", "engineer,cook copy.txt,1", "engineer,ada.txt,1")
    told = app.evaluate(marks, settings(folder), metrics=["p@1"], rounds=30)
    assert told.labels.used == 2
    assert {item.mean.value for item in told.measured if item.system == "hirelens"} == {1.0}


def test_a_run_can_be_named(folder: Path) -> None:
    marks = labels(folder, "engineer,ada.txt,1")
    run = app.evaluate(marks, settings(folder), rounds=30).run
    assert app.evaluate(marks, settings(folder), rounds=30, run=run[:8]).run == run
    with pytest.raises(InputError, match="no run"):
        app.evaluate(marks, settings(folder), run="ffff0000ffff")


@pytest.mark.parametrize(
    ("row", "says"),
    [("pilot,ada.txt,1", "no run with any"), ("engineer,nobody.txt,1", "none of the 1 labels fits")],
)
def test_labels_that_match_nothing_are_an_input_error(folder: Path, row: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        app.evaluate(labels(folder, row), settings(folder), rounds=30)
