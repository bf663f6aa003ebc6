"""Two regions, each with its own documents: what leaves them, and that their merge is the run over everything."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from hirelens_cli import app, regions
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.exports import export_bytes, made_of
from hirelens_cli.engine.past import PastRun
from hirelens_cli.errors import InputError, StoreError, UsageError
from hirelens_cli.governance import ledger
from hirelens_cli.model.shortlists import Shortlist

pytestmark = pytest.mark.slow

JOB = """Welder

Requirements
- MIG welding
- 3 years of experience as a welder
- Reading of technical drawings

Responsibilities
- Weld steel frames for ships
"""
WORK = (
    "- MIG welding of steel frames",
    "- Read technical drawings",
    "- Swept the Quibblefax yard",
    "- Drove a Snorkelwump forklift",
)
PEOPLE = {
    "eu": ("Ottoline Vandersnoot", "Bartholomew Quizzenberry", "Philippa Grumblethwaite", "Casimir Oddlebrook"),
    "us": ("Thaddeus Winklepott", "Wilhelmina Snaggleford", "Ezekiel Thornapple"),
}
SHARED = "Cordelia Bumblewick"
YEARS = {name: 2008 + number for number, name in enumerate((*PEOPLE["eu"], *PEOPLE["us"], SHARED))}


def resume_of(name: str, number: int) -> str:
    first, last = name.split()
    work = "\n".join(WORK[number % 3 :])
    return (
        f"{name}\n{first.lower()}@{last.lower()}.example\n+44 20 7946 0{100 + number}\nlinkedin.com/in/{last.lower()}\n"
        f"{number + 3} {last} Crescent, Plympton\nDate of birth: 1980-03-{10 + number}\n\n"
        f"Experience\nWelder, Harbour Works\n03/{YEARS[name]} - 02/2020\n{work}\n\n"
        "Hobbies\nCollects Zibblewurst stamps\n"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """`eu/`, `us/` and `all/` with resumes, the one of SHARED in both regions, and a file that nobody can read in one."""
    root = tmp_path_factory.mktemp("regions")
    for region, names in PEOPLE.items():
        for number, name in enumerate((*names, SHARED)):
            text = resume_of(name, 7 if name == SHARED else number)
            for place in (region, "all"):
                (root / place).mkdir(exist_ok=True)
                (root / place / f"{name.lower().replace(' ', '-')}.txt").write_text(text)
    for place in ("us", "all"):
        (root / place / "zebedee-crumpworth.pdf").write_bytes(b"%PDF-1.7 no more of it")
    (root / "job.txt").write_text(JOB)
    applicants = [f"{name.lower().replace(' ', '-')}.txt,ATS-{name[:3]}-77" for name in YEARS]
    (root / "manifest.csv").write_text("\n".join(("file,applicant_id", *applicants, "zebedee-crumpworth.pdf,ATS-0")))
    return root


def settings(folder: Path, region: str = "", **more: object) -> RunConfig:
    config = RunConfig(as_of="2026-11-23", workers=1, workspace=str(folder / "ws"), region=region, top=0, blind=True)
    return replace(config, **more)


@pytest.fixture(scope="module")
def exported(folder) -> dict[str, Path]:
    """The files that leave, by region."""
    paths = {}
    for region in PEOPLE:
        config = settings(folder, region)
        app.rank([str(folder / region)], [str(folder / "job.txt")], config, manifest=str(folder / "manifest.csv"))
        paths[region] = folder / f"{region}.json"
        paths[region].write_bytes(export_bytes(regions.export(config)))
    return paths


def table(shortlist: Shortlist) -> bytes:
    """Everyone's id, place, score and parts, as bytes."""
    rows = [
        (ranked.candidate, ranked.rank, ranked.score, ranked.percentile, ranked.interval, ranked.places, ranked.parts)
        for job in shortlist.jobs
        for ranked in job.candidates
    ]
    return repr(rows).encode()


def test_the_merge_is_the_run_over_everything_to_the_byte(folder, exported):
    one = app.rank([str(folder / "all")], [str(folder / "job.txt")], settings(folder))
    merged = regions.merge([str(path) for path in exported.values()]).shortlist
    assert len(merged.jobs[0].candidates) == len(YEARS)
    assert len({ranked.score for ranked in merged.jobs[0].candidates}) > 3
    assert table(merged) == table(one)
    alone = tuple(replace(item, regions=()) for item in merged.jobs[0].candidates)
    assert replace(merged.jobs[0], candidates=alone) == one.jobs[0]
    assert (merged.counts.scored, merged.counts.unscreened) == (one.counts.scored, one.counts.unscreened)
    assert merged.counts.found == one.counts.found + 1, "the copy in the other region is one more file"
    assert merged.counts.duplicates == one.counts.duplicates + 1
    assert [(item.candidate, item.status) for item in merged.unscreened] == [
        (item.candidate, item.status) for item in one.unscreened
    ]
    told = sorted(ranked.regions for ranked in merged.jobs[0].candidates)
    assert told == [*[("eu",)] * 4, ("eu", "us"), *[("us",)] * 3]


def test_neither_the_order_of_files_nor_a_repeat_changes_a_byte(folder, exported):
    paths = [str(path) for path in exported.values()]
    assert regions.merge(paths) == regions.merge(paths[::-1])
    assert exported["eu"].read_bytes() == export_bytes(regions.export(settings(folder, "eu")))


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in keys(item)}
    return {key for item in value for key in keys(item)} if isinstance(value, list) else set()


def test_what_leaves_a_region_is_neither_text_nor_identity(folder, exported):
    for region, names in PEOPLE.items():
        raw = exported[region].read_text()
        found = json.loads(raw)["export"]
        quoted = [
            line["text"]
            for job in found["jobs"]
            for ranked in job["shortlisted"]
            for part in ranked["parts"]
            for line in part["evidence"]
        ]
        assert any("MIG welding" in text for text in quoted), "the search must be able to find what is there"
        for number, name in enumerate((*names, SHARED)):
            first, last = name.split()
            for word in (first, last, f"7946 0{100 + number}", f"1980-03-{10 + number}", "Crescent", f"ATS-{name[:3]}"):
                assert word.lower() not in raw.lower(), word
            for line in resume_of(name, 7 if name == SHARED else number).splitlines():
                if line.strip() and not any(line.strip("- ") in text for text in quoted):
                    assert line.strip("- ") not in [*strings(found)], line
                    assert len(line) < 12 or line.strip("- ") not in raw, line
        for word in ("Zibblewurst", "zebedee", ".pdf", str(folder), "ATS-", JOB[:30]):
            assert word.lower() not in raw.lower(), word


def test_no_other_fields_leave_a_region_than_are_known_to(exported):
    sealed = json.loads(exported["eu"].read_text())
    assert set(sealed) == {"schema", "sha256", "export"}
    job = sealed["export"]["jobs"][0]
    assert set(sealed["export"]) == {
        *("region", "run", "made", "top", "jobs", "scored", "unscreened", "duplicates"),
    }
    assert set(job) == {"job", "weights", "suggested", "entrants", "shortlisted"}
    assert keys(job["entrants"]) == {"candidate", "profile", "interval", "values"}
    assert job["job"]["text"] == job["job"]["source_text"] == ""
    for ranked in job["shortlisted"]:
        assert (ranked["resume"], ranked["also"], ranked["name"], ranked["applicant_id"]) == ("", [], "", "")


def test_the_ledger_says_what_left(folder, exported):
    lines = [line for line in ledger.read(folder / "ws" / "region=us" / "ledger.jsonl") if line.kind == "export"]
    sealed = json.loads(exported["us"].read_text())
    assert lines[-1].body["sha256"] == sealed["sha256"]
    assert (lines[-1].body["region"], lines[-1].body["candidates"]) == ("us", 4)


def test_fewer_are_shown_than_are_explained(folder, exported, tmp_path):
    whole = regions.merge([str(path) for path in exported.values()]).shortlist
    few = []
    for region in PEOPLE:
        few.append(tmp_path / f"{region}.json")
        few[-1].write_bytes(export_bytes(regions.export(settings(folder, region), top=2)))
    paths = [str(path) for path in few]
    best = regions.merge(paths).shortlist.jobs[0]
    assert best.candidates == whole.jobs[0].candidates[:2]
    assert best.pool == whole.jobs[0].pool
    with pytest.raises(InputError, match="explains too few"):
        regions.merge(paths, top=0)
    with pytest.raises(UsageError, match="top must be"):
        regions.merge(paths, top=-1)


def test_what_is_of_other_work_is_refused_by_name(folder, exported, tmp_path):
    later = settings(folder, "asia", as_of="2026-11-24")
    app.rank([str(folder / "us")], [str(folder / "job.txt")], later)
    other = tmp_path / "asia.json"
    other.write_bytes(export_bytes(regions.export(later)))
    with pytest.raises(InputError, match="as-of date 2026-11-24 and 2026-11-23; configuration"):
        regions.merge([str(exported["eu"]), str(other)])


def test_an_export_is_of_a_region_and_of_one_embedder(folder, exported, monkeypatch):
    with pytest.raises(UsageError, match="of one region"):
        regions.export(settings(folder))
    with pytest.raises(InputError, match="no run"):
        regions.export(settings(folder, "mars"))
    with pytest.raises(InputError, match="cannot read the export"):
        regions.merge([str(folder / "none.json")])
    monkeypatch.setattr(
        regions, "made_of", lambda record, prints: made_of(replace(record, scores_fingerprint="0"), prints)
    )
    with pytest.raises(StoreError, match="another version"):
        regions.export(settings(folder, "eu"))


def test_a_cascade_cannot_leave(folder, exported, monkeypatch):
    monkeypatch.setattr(PastRun, "table", lambda past, name: pl.DataFrame({"stage": [1, 2]}))
    with pytest.raises(InputError, match="cascade"):
        regions.export(settings(folder, "eu"))
