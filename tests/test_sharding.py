"""A batch in shards gives what one run gives, whoever did the shards, in whatever order, killed or repeated."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from hirelens_cli import app, assembly, sharding
from hirelens_cli.config import RunConfig
from hirelens_cli.engine import plan as plan_module
from hirelens_cli.engine import tasks
from hirelens_cli.engine.shards import open_plan
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import ExitCode, IncompleteError, InputError, LockedError, StoreError, UsageError
from hirelens_cli.model.shortlists import Shortlist
from hirelens_cli.rendering.to_json import shortlist_json

pytestmark = pytest.mark.slow
"""Each test ranks a folder of its own, a second or so."""

SHARDS = 3
TRADES = ("nurse", "welder", "teacher", "accountant", "driver")


def resume(number: int) -> str:
    trade = TRADES[number % len(TRADES)]
    return (
        f"Person Number{number}\nnumber{number}@mail.example\n\nExperience\n{trade.title()}, Company {number}\n"
        f"01/20{number % 10 + 10} - Present\n- Worked as a {trade} for {number + 1} customers every week\n"
    )


def make_inputs(folder: Path, count: int) -> None:
    resumes = folder / "resumes"
    (resumes / "more").mkdir(parents=True)
    for number in range(count):
        (resumes / ("more" if number % 4 == 0 else ".") / f"{number}.txt").write_text(resume(number))
    (resumes / "again.txt").write_text(resume(1))
    (resumes / "broken.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<< /Type")
    (resumes / "broken.zip").write_bytes(b"PK\x03\x04 but no archive")
    (folder / "job.txt").write_text(
        "Welder\n\nRequirements\n- 3 years of experience as a welder\n- MIG and TIG welding\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_inputs(tmp_path, 8)
    return tmp_path


def settings(folder: Path, workspace: str = "w") -> RunConfig:
    return RunConfig(workspace=str(folder / workspace), as_of="2026-11-23", workers=1)


def ranked(folder: Path, config: RunConfig | None = None, manifest: str | None = None) -> bytes:
    jobs = [str(folder / "job.txt")]
    return shortlist_json(app.rank([str(folder / "resumes")], jobs, config or settings(folder), manifest=manifest))


def planned(folder: Path, config: RunConfig | None = None, manifest: str | None = None) -> str:
    plan, jobs = str(folder / "plan"), [str(folder / "job.txt")]
    sharding.plan([str(folder / "resumes")], jobs, plan, SHARDS, config or settings(folder), manifest=manifest)
    return plan


def run_all(plan: str, root: str | None = None) -> list[sharding.ShardReport]:
    shards = list(range(1, SHARDS + 1))
    random.Random(7).shuffle(shards)
    return [sharding.run(plan, shard, RunConfig(workers=1), root=root) for shard in shards]


def merged(folder: Path, workspace: str = "merged", **more: bool) -> Shortlist:
    return sharding.merge(str(folder / "plan"), settings(folder, workspace), **more)


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Contents and times of all that a plan holds."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def test_merged_shards_are_the_run_to_the_byte_and_to_the_table(folder: Path) -> None:
    expected = ranked(folder)
    reports = run_all(planned(folder))
    shortlist = merged(folder)
    assert shortlist_json(shortlist) == expected
    assert sum(report.counts.found for report in reports) == shortlist.counts.found - 1, "broken.zip is in no shard"
    records = [(folder / w / "parts" / "runs" / shortlist.run / "run.json").read_bytes() for w in ("w", "merged")]
    assert records[0] == records[1]
    explained = app.explain("1.txt", "job", settings(folder, "merged"))
    assert explained == app.explain("1.txt", "job", settings(folder))


def test_a_merge_needs_no_documents_and_repeats_itself(folder: Path) -> None:
    expected = ranked(folder)
    run_all(planned(folder))
    shutil.rmtree(folder / "resumes")
    (folder / "job.txt").unlink()
    before = files(folder / "plan")
    assert shortlist_json(merged(folder)) == expected
    parts = files(folder / "merged" / "parts")
    assert shortlist_json(merged(folder)) == expected
    assert files(folder / "merged" / "parts") == parts
    assert files(folder / "plan") == before


def test_planning_and_running_once_more_change_nothing(folder: Path) -> None:
    run_all(planned(folder))
    before = files(folder / "plan")
    run_all(planned(folder))
    assert files(folder / "plan") == before


def test_each_document_is_in_exactly_one_shard_whatever_comes_later(folder: Path) -> None:
    place = open_plan(Path(planned(folder)))
    (folder / "resumes" / "late.txt").write_text(resume(99))
    dealt = [person.source.doc_id for shard in range(1, SHARDS + 1) for person in place.people(shard)]
    assert len(dealt) == len(set(dealt)) == place.plan.documents == 9
    run_all(str(place.root))
    assert merged(folder).counts.found == 11


def test_missing_shards_are_named_and_partial_merges_the_others(folder: Path) -> None:
    plan = planned(folder)
    with pytest.raises(IncompleteError, match=r"3 of 3 shards .* 9 of 9 documents \(not run: 1-3\)"):
        merged(folder, partial=True)
    report = sharding.run(plan, 2, RunConfig(workers=1), of=SHARDS)
    with pytest.raises(IncompleteError, match=r"2 of 3 shards .*\(not run: 1, 3\)") as raised:
        merged(folder)
    assert "--shard 1/3" in raised.value.hint
    assert merged(folder, partial=True).counts.scored == report.counts.scored


def test_a_damaged_part_is_not_merged_and_running_the_shard_mends_it(folder: Path) -> None:
    expected = ranked(folder)
    plan = planned(folder)
    run_all(plan)
    for path in (folder / "plan" / "shards" / "2").rglob("*.parquet"):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(data)
    with pytest.raises(IncompleteError, match="parts missing or changed: 2"):
        merged(folder)
    sharding.run(plan, 2, RunConfig(workers=1))
    shutil.rmtree(folder / "plan" / "shards" / "1" / "parts" / "vectors")
    with pytest.raises(IncompleteError, match="parts missing or changed: 1"):
        merged(folder)
    sharding.run(plan, 1, RunConfig(workers=1))
    assert shortlist_json(merged(folder)) == expected


def test_what_changed_since_it_was_planned_is_unreadable_until_it_is_back(folder: Path) -> None:
    expected = ranked(folder)
    plan = planned(folder)
    kept = folder / "resumes" / "2.txt"
    text = kept.read_text()
    kept.write_text("another text")
    gone = (folder / "resumes" / "3.txt").rename(folder / "elsewhere.txt")
    reports = run_all(plan)
    unscreened = {item.resume: item.status.value for report in reports for item in report.unscreened}
    assert unscreened == {"2.txt": "unreadable", "3.txt": "unreadable", "broken.pdf": "malformed"}
    kept.write_text(text)
    gone.rename(folder / "resumes" / "3.txt")
    for shard in range(1, SHARDS + 1):
        sharding.run(plan, shard, RunConfig(workers=1))
    assert shortlist_json(merged(folder)) == expected


def test_what_could_not_be_screened_is_read_again_on_request(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(folder)
    run_all(plan)
    expected = shortlist_json(merged(folder))
    read: list[str] = []
    opened = tasks.open_source
    monkeypatch.setattr(tasks, "open_source", lambda source, limits: read.append(source.name) or opened(source, limits))
    run_all(plan)
    assert read == []
    for shard in range(1, SHARDS + 1):
        sharding.run(plan, shard, RunConfig(workers=1), again=True)
    assert read == ["broken.pdf"]
    assert shortlist_json(merged(folder)) == expected


def test_documents_may_lie_elsewhere_on_the_machine_of_a_shard(folder: Path) -> None:
    expected = ranked(folder)
    plan = planned(folder)
    moved = (folder / "resumes").rename(folder / "mounted")
    with pytest.raises(InputError, match=r"not at .*resumes on this machine"):
        run_all(plan)
    run_all(plan, str(moved))
    assert shortlist_json(merged(folder)) == expected


def test_names_that_are_no_text_and_archives_survive_the_plan(folder: Path) -> None:
    resumes = folder / "resumes"
    shutil.make_archive(str(folder / "packed"), "zip", resumes)
    Path(os.fsdecode(os.fsencode(resumes) + b"/caf\xe9 100%.txt")).write_text(resume(50))
    (folder / "packed.zip").rename(resumes / "packed.zip")
    shutil.rmtree(resumes / "more")
    expected = ranked(folder)
    run_all(planned(folder))
    assert shortlist_json(merged(folder)) == expected


def test_the_users_skills_travel_with_the_plan(folder: Path) -> None:
    (folder / "mine.csv").write_text("name\nstuffed crust handling\n")
    config = replace(settings(folder), taxonomy=(str(folder / "mine.csv"),))
    expected = ranked(folder, config)
    plan = planned(folder, config)
    (folder / "mine.csv").write_text("name\nanother skill\n")
    run_all(plan)
    assert shortlist_json(merged(folder)) == expected


def test_applications_and_their_dates_travel_with_the_plan(folder: Path) -> None:
    (folder / "m.csv").write_text("file,applicant_id,job,received_on\n1.txt,A-1,job.txt,2020-03-01\nmore/4.txt,A-2,,\n")
    expected = ranked(folder, manifest=str(folder / "m.csv"))
    run_all(planned(folder, manifest=str(folder / "m.csv")))
    assert shortlist_json(merged(folder)) == expected


def test_another_version_library_or_model_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(folder)
    run_all(plan)
    here = assembly.fingerprints
    for stage, word in (("scores", "scoring"), ("vectors", "embedding"), ("documents", "reading")):
        with monkeypatch.context() as patch:
            other = {stage: "0" * 16}
            patch.setattr(assembly, "fingerprints", lambda *given, other=other: replace(here(*given), **other))
            with pytest.raises(InputError, match=f"made by another version: {word} differ"):
                sharding.run(plan, 1, RunConfig(workers=1))
            with pytest.raises(InputError, match=word):
                merged(folder)


def test_a_plan_that_was_changed_is_refused(folder: Path) -> None:
    plan = Path(planned(folder))
    frozen = (plan / "plan.json").read_bytes()
    (plan / "plan.json").write_bytes(frozen.replace(b'"skills": 40.0', b'"skills": 41.0'))
    with pytest.raises(StoreError, match="was changed"):
        sharding.run(str(plan), 1)
    (plan / "plan.json").write_bytes(frozen.replace(b"hirelens.plan/1", b"hirelens.plan/2"))
    with pytest.raises(StoreError, match="newer version"):
        sharding.run(str(plan), 1)
    (plan / "plan.json").write_bytes(b"{")
    with pytest.raises(StoreError, match="damaged"):
        sharding.run(str(plan), 1)
    (plan / "plan.json").write_bytes(frozen)
    for kept in (plan / "parts" / "jobs").rglob("*.json"):
        kept.write_bytes(b"{}")
    run_all(str(plan))
    with pytest.raises(StoreError, match="a job kept in"):
        merged(folder)
    (plan / "shards" / "1" / "documents.json").write_bytes(b"[]")
    with pytest.raises(StoreError, match="list of shard 1"):
        sharding.run(str(plan), 1)


def test_what_cannot_be_meant_says_why(folder: Path) -> None:
    plan = planned(folder)
    for shard, of in ((0, None), (4, None), (1, 4)):
        with pytest.raises(UsageError, match="no shard"):
            sharding.run(plan, shard, of=of)
    with pytest.raises(InputError, match="no plan"):
        sharding.run(str(folder), 1)
    with pytest.raises(InputError, match="another plan"):
        planned(folder, replace(settings(folder), top=3))
    with pytest.raises(UsageError, match="1 shard or more"):
        sharding.plan([str(folder / "resumes")], [str(folder / "job.txt")], str(folder / "none"), 0)
    with pytest.raises(UsageError, match="among the resumes"):
        sharding.plan([str(folder / "resumes")], [str(folder / "job.txt")], str(folder / "resumes" / "more" / "p"), 2)
    assert not (folder / "resumes" / "more" / "p").exists()


def test_two_copies_of_one_shard_do_not_meet_but_two_shards_may(folder: Path) -> None:
    plan = planned(folder)
    first = Workspace(folder / "plan" / "shards" / "1")
    first.prepare()
    with first.locked():
        with pytest.raises(LockedError):
            sharding.run(plan, 1, RunConfig(workers=1))
        sharding.run(plan, 2, RunConfig(workers=1))


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "hirelens_cli", *words]


def test_more_shards_than_documents(folder: Path) -> None:
    jobs = [str(folder / "job.txt")]
    one = [str(folder / "resumes" / "1.txt")]
    expected = app.rank(one, jobs, settings(folder))
    plan = sharding.plan(one, jobs, str(folder / "plan"), SHARDS, settings(folder))
    assert sorted(share.documents for share in plan.shares) == [0, 0, 1]
    run_all(str(folder / "plan"))
    assert merged(folder) == expected


def test_serial_joblib_shards_at_once_and_killed_shards_agree(tmp_path: Path) -> None:
    make_inputs(tmp_path, 40)
    count, chance = 8, random.Random(2026)
    expected = ranked(tmp_path)
    assert ranked(tmp_path, replace(settings(tmp_path, "two"), workers=2, chunk=3)) == expected
    plan, inputs = str(tmp_path / "plan"), (str(tmp_path / "resumes"), "--job", str(tmp_path / "job.txt"))
    done = subprocess.run(
        command("shard", "plan", *inputs, "--shards", str(count), "--out", plan, "--as-of", "2026-11-23"),
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b"41 documents in 8 shards of")
    waiting = [f"{shard}/{count}" for shard in range(1, count + 1)]
    chance.shuffle(waiting)
    killed = 0
    environment = {**os.environ, "HIRELENS_CHUNK": "1"}
    while waiting:
        pair = [
            subprocess.Popen(
                command("shard", "run", plan, "--shard", shard, "--workers", "1", "--allow-unscreened"),
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            for shard in waiting[:2]
        ]
        if killed < 3:
            time.sleep(chance.uniform(0.5, 2.5))
            pair[0].send_signal(signal.SIGKILL)
            killed += 1
        codes = [process.wait(timeout=120) for process in pair]
        assert all(code in {ExitCode.DONE, -signal.SIGKILL} for code in codes), [p.stderr.read() for p in pair]  # type: ignore[union-attr]
        for process in pair:
            process.stderr.close()  # type: ignore[union-attr]
        again = [shard for shard, code in zip(waiting[:2], codes, strict=False) if code]
        waiting = waiting[2:] + again
    merge = command("shard", "merge", plan, "--workspace", str(tmp_path / "merged"), "--format", "json")
    finished = subprocess.run(merge, capture_output=True, check=False)
    assert (finished.returncode, finished.stdout) == (ExitCode.UNSCREENED, expected)


@pytest.mark.parametrize(
    ("library", "word"),
    [("lxml", "reading"), ("rapidfuzz", "understanding"), ("tokenizers", "embedding"), ("polars", "scoring")],
)
def test_another_library_version_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, library: str, word: str
) -> None:
    plan = planned(folder)
    run_all(plan)
    installed = metadata.version

    def other(name: str) -> str:
        return "0.0.1" if name == library else installed(name)

    monkeypatch.setattr("hirelens_cli.backends.embedders.static.version", other)
    monkeypatch.setattr(metadata, "version", other)
    with pytest.raises(InputError, match=f"made by another version: {word} differ"):
        merged(folder)
    with pytest.raises(InputError, match=word):
        sharding.run(plan, 1, RunConfig(workers=1))


def test_another_model_hash_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_all(planned(folder))
    monkeypatch.setattr("hirelens_cli.backends.embedders.static.WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(InputError, match="made by another version: embedding differ"):
        merged(folder)


def test_another_way_of_scoring_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run_all(planned(folder))
    package = tmp_path / "package"
    shutil.copytree(plan_module.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(plan_module, "PACKAGE", package)
    assert merged(folder, "same").counts.scored
    with (package / "scores" / "combine.py").open("a") as code:
        code.write("\n# changed\n")
    with pytest.raises(InputError, match="made by another version: scoring differ"):
        merged(folder)


def test_parts_that_another_version_made_for_the_same_plan_are_not_merged(folder: Path) -> None:
    plan = Path(planned(folder))
    run_all(str(plan))
    marker = plan / "done" / "2.json"
    prints = open_plan(plan).plan.prints
    marker.write_bytes(marker.read_bytes().replace(prints.scores.encode(), b"0" * 16))
    with pytest.raises(IncompleteError, match="made by another version: 2"):
        merged(folder)


def test_a_worker_of_another_version_refuses_its_task(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for stage in ("documents", "profiles", "vectors"):
        with monkeypatch.context() as patch:
            patch.setattr(tasks, f"_{stage}_print", lambda *_: "0" * 16)
            with pytest.raises(InputError, match=f"has another version .* its {stage} would differ"):
                ranked(folder, settings(folder, stage))
