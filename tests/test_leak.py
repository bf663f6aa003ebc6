"""Identity never reaches scoring: with another person's identity in it, a resume gives the same profile and the same scores."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from hirelens_cli import app
from hirelens_cli.config import Limits, RunConfig
from hirelens_cli.documents.read import read_bytes
from hirelens_cli.documents.text import read_text
from hirelens_cli.model.documents import Document
from hirelens_cli.model.profiles import Identity, Profile
from hirelens_cli.profiles import swap
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.swap import OTHERS
from hirelens_cli.profiles.taxonomy import load_taxonomy

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
AS_OF = datetime.date(2026, 11, 1)

PLACES = {
    "Portland, OR": "Tucson, AZ",
    "Hartford, CT": "Mobile, AL",
    "Spokane, WA": "Reading, PA",
    "Erie, PA": "Salem, OR",
    "Dayton, Ohio": "Fresno, California",
    "Albuquerque, NM": "Cheyenne, WY",
    "Boise, ID": "Macon, GA",
    "Columbus, OH": "Toledo, OH",
    "Tulsa, Oklahoma": "Laredo, Texas",
    "14 Alder Close, Leeds LS6 2QB": "9 Hazel Court, Bath BA1 4DT",
    "Chicago, IL 60614": "Denver, CO 80205",
    "12 rue des Ajoncs, 35000 Rennes": "8 avenue des Tilleuls, 44000 Nantes",
    "Musterweg 14, 20144 Hamburg": "Lindenstraße 3, 50823 Köln",
    "Houston, TX 77058": "Mobile, AL 36602",
    "Ottawa, ON K2P 1L4": "Halifax, NS B3H 1Y4",
    "Coventry CV3 4FP": "Swindon SN1 2HG",
    "Gothenburg": "Lahti",
    "Leeds": "Truro",
    "Duluth, MN": "Norman, OK",
    "Madison, WI": "Lewiston, ME",
}


@dataclass(frozen=True)
class Resume:
    """A text with who it is about."""

    what: str
    document: Document
    name: str


@cache
def examples() -> tuple[Resume, ...]:
    found = []
    for path in sorted((EXAMPLES / "resumes").rglob("*.*")):
        document = read_bytes(path.read_bytes(), "a" * 64, Limits(), "off").value
        if document is not None:
            stem = (
                "grace abernathy cole" if "candidate" in path.stem else path.stem.replace("-", " ").removesuffix(" new")
            )
            found.append(Resume(path.name, document, stem))
    return tuple(found)


@cache
def labelled() -> tuple[Resume, ...]:
    found = []
    for path in sorted((ROOT / "benchmarks" / "data" / "resumes").glob("*.txt")):
        for entry in path.read_text(encoding="utf-8").split("=== ")[1:]:
            head, _, text = entry.partition("\n---\n")
            name = re.search(r"(?m)^name: (.*)$", head)
            document = read_text(text.encode(), "a" * 64, Limits(), "off").value
            assert name
            assert document
            found.append(Resume(head.split("\n")[0], document, name[1]))
    return tuple(found)


def swapped(resume: Resume, other: str) -> Document:
    """The same resume of somebody else, who also lives somewhere else."""
    blocks = []
    for at, block in enumerate(resume.document.blocks):
        moved = _moved(block.text) if at < 8 and not re.search(r"(?:19|20)\d\d", block.text) else block.text
        blocks.append(replace(block, text=moved))
    changed = replace(resume.document, blocks=tuple(blocks), doc_id="b" * 64)
    return swap.swapped(changed, Identity(name=resume.name), other)


def _moved(text: str) -> str:
    for old, new in PLACES.items():
        text = text.replace(old, new)
    return text


def _understood(document: Document) -> Profile:
    profile = profile_resume(document, load_taxonomy(()), AS_OF).value
    assert profile is not None
    return profile


def _blind(profile: Profile) -> Profile:
    return replace(profile, doc_id="", identity=Identity())


def _differences(resumes: tuple[Resume, ...], others: tuple[str, ...]) -> Iterator[str]:
    for at, resume in enumerate(resumes):
        before = _blind(_understood(resume.document))
        other = others[at % len(others)]
        after = _blind(_understood(swapped(resume, other)))
        if before != after:
            lines = zip(before.text.split("\n"), after.text.split("\n"), strict=False)
            changed = next((f"{a!r} / {b!r}" for a, b in lines if a != b), "the same text, understood otherwise")
            yield f"{resume.what} as {other}: {changed}"


@pytest.mark.parametrize("turn", range(len(OTHERS)))
def test_an_example_is_understood_alike_whoever_it_is_about(turn: int) -> None:
    assert list(_differences(examples(), OTHERS[turn:] + OTHERS[:turn])) == []


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(2))
def test_a_labelled_resume_is_understood_alike_whoever_it_is_about(turn: int) -> None:
    assert list(_differences(labelled(), OTHERS[turn:] + OTHERS[:turn])) == []


def test_the_swap_changes_what_says_who_the_candidate_is() -> None:
    for resume in (*examples(), *labelled()):
        changed = swapped(resume, "Zora Quimby").text
        words = [word for word in re.findall(r"[^\W\d_]{3,}", resume.name) if word.lower() not in ("van", "der")]
        assert "zora" in changed.lower() or "quimby" in changed.lower(), resume.what
        assert not any(re.search(rf"(?<!\w){word}(?!\w)", changed) for word in words), resume.what


def _scores(folder: Path, resumes: dict[str, Document], workspace: Path) -> dict[tuple[str, str], object]:
    """Score and parts by job and file."""
    folder.mkdir()
    for name, document in resumes.items():
        (folder / name).write_text(document.text, encoding="utf-8")
    config = RunConfig(workspace=str(workspace), workers=1, as_of=AS_OF.isoformat(), top=0, accept_any=True)
    jobs = sorted(str(path) for path in (EXAMPLES / "jobs").iterdir())
    shortlist = app.rank([str(folder)], jobs, config)
    assert not shortlist.unscreened
    return {
        (job.title, name): (person.score, person.parts, person.knockouts, person.flags)
        for job in shortlist.jobs
        for person in job.candidates
        for name in (person.resume, *person.also)
    }


@pytest.mark.slow
def test_every_score_is_the_same_whoever_the_resume_is_about(tmp_path: Path) -> None:
    resumes = (*examples(), *labelled())
    before = {f"{at}.txt": resume.document for at, resume in enumerate(resumes)}
    after = {f"{at}.txt": swapped(resume, OTHERS[at % len(OTHERS)]) for at, resume in enumerate(resumes)}
    one = _scores(tmp_path / "before", before, tmp_path / "one")
    two = _scores(tmp_path / "after", after, tmp_path / "two")
    assert len(one) == 3 * len(before)
    assert {key: (one[key], two.get(key)) for key in one if one[key] != two.get(key)} == {}
