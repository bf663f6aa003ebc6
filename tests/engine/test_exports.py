from __future__ import annotations

import json
from dataclasses import replace

import pytest

from hirelens_cli.engine.exports import Entrant, Export, JobPart, Made, export_bytes, read_export
from hirelens_cli.engine.plan import Fingerprints
from hirelens_cli.errors import InputError, StoreError
from hirelens_cli.model.issues import Status
from hirelens_cli.model.jobs import Criterion, Job, Requirement, RequirementKind
from hirelens_cli.model.shortlists import Evidence, Explanation, Part, Ranked

ASKED = (
    Requirement("Python", RequirementKind.SKILL, True, None),
    Requirement("Visa?", RequirementKind.QUESTION, False, None),
)
PART = Part(
    Criterion.SKILLS, "Python", RequirementKind.SKILL, True, 10_000, 500, 5000, "used", (Evidence(1, 2, 9, "Python!"),)
)
RANKED = Ranked(
    1,
    "a" * 16,
    "",
    (),
    5000,
    100.0,
    "high",
    (PART,),
    Explanation("ok", (), (), ()),
    interval=(4000, 6000),
    places=(1, 1),
)
JOB_PART = JobPart(
    Job("j" * 64, "job.txt", "Developer", 0, "", "", ASKED),
    (10_000, 0),
    (10_000, 0),
    (Entrant("a" * 16, "b" * 64, (4000, 6000), (500, 0)),),
    (RANKED,),
)
EXPORT = Export(
    "eu",
    "r",
    Made("", "2026-11-23", "c", "0.1", "static", "m", Fingerprints("d", "p", "v", "j", "s"), {}),
    20,
    (JOB_PART,),
    ("a" * 16,),
    (("c" * 16, Status.EMPTY), ("", Status.UNREADABLE)),
    1,
)


def written(tmp_path, export):
    path = tmp_path / "export.json"
    path.write_bytes(export_bytes(export) if isinstance(export, Export) else export)
    return path


def test_what_was_written_is_what_is_read(tmp_path):
    assert read_export(written(tmp_path, EXPORT)) == EXPORT


def with_job(**more):
    return replace(EXPORT, jobs=(replace(JOB_PART, **more),))


def with_entrant(**more):
    return with_job(entrants=(replace(JOB_PART.entrants[0], **more),))


def with_ranked(**more):
    return with_job(shortlisted=(replace(RANKED, **more),))


@pytest.mark.parametrize(
    "export",
    [
        replace(EXPORT, region=""),
        replace(EXPORT, region="../eu"),
        replace(EXPORT, made=replace(EXPORT.made, tenant="A/B")),
        replace(EXPORT, made=replace(EXPORT.made, as_of="yesterday")),
        replace(EXPORT, scored=("a" * 16, "a" * 16)),
        replace(EXPORT, scored=("\x1b[2J", "a" * 16)),
        replace(EXPORT, unscreened=(("a" * 16, Status.EMPTY),)),
        replace(EXPORT, duplicates=-1),
        replace(EXPORT, duplicates=10**30),
        replace(EXPORT, top=-1),
        replace(EXPORT, scored=()),
        replace(EXPORT, jobs=(JOB_PART, JOB_PART)),
        with_job(weights=(10_000,)),
        with_job(weights=(9_000, 0)),
        with_job(weights=(20_000, -10_000)),
        with_job(weights=(20_000, 0), entrants=(), shortlisted=()),
        with_job(suggested=(1,)),
        with_job(entrants=JOB_PART.entrants * 2),
        with_job(entrants=()),
        with_entrant(profile="x"),
        with_entrant(values=(500,)),
        with_entrant(values=(10**30, 0)),
        with_entrant(values=(-1, 0)),
        with_entrant(values=(501, 0)),
        with_entrant(interval=(5001, 6000)),
        with_entrant(interval=(4000, 10**30)),
        with_job(shortlisted=(RANKED, RANKED)),
        with_ranked(candidate="d" * 16),
        with_ranked(name="Somebody"),
        with_ranked(resume="cv.pdf"),
        with_ranked(score=5001),
        with_ranked(interval=(1, 2)),
        with_ranked(stage=2),
        with_ranked(parts=()),
        with_ranked(parts=(PART, PART)),
        with_ranked(parts=(replace(PART, index=1),)),
        with_ranked(parts=(replace(PART, points=5001),)),
        with_ranked(parts=(replace(PART, evidence=(Evidence(10**30, 0, 1, ""),)),)),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, export):
    with pytest.raises(StoreError, match="cannot be meant"):
        read_export(written(tmp_path, export))


def test_damage_is_noticed_whatever_it_is(tmp_path):
    data = export_bytes(EXPORT)
    with pytest.raises(StoreError, match="changed after it was made"):
        read_export(written(tmp_path, data.replace(b"Python!", b"Pascal!")))
    newer = data.replace(b"hirelens.region/1", b"hirelens.region/2")
    with pytest.raises(StoreError, match="of another version"):
        read_export(written(tmp_path, newer))
    record = json.loads(data)
    record["export"]["jobs"][0]["weights"] = ["1e4", None]
    for broken in (
        b"",
        b"PAR1\0\0",
        b"\x80\x04N.",
        b"[" * 100_000,
        data[:-20],
        json.dumps(record).encode(),
        b"\xff\xfe",
    ):
        with pytest.raises(StoreError, match="damaged, or no export"):
            read_export(written(tmp_path, broken))


def test_what_is_not_there_or_too_large_is_said(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="No such file"):
        read_export(tmp_path / "none")
    with pytest.raises(InputError, match="cannot read the export"):
        read_export(tmp_path)
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(InputError, match="larger than 512 MiB"):
        read_export(path)
