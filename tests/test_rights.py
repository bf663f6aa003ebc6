"""What a person may ask for, on a workspace made here: after `forget` nothing that is the person's alone can be found."""

from __future__ import annotations

import datetime
import hashlib
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from hirelens_cli import app, history, rights, sharding
from hirelens_cli.config import RunConfig
from hirelens_cli.engine.tombstones import read_tombstones
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import InputError, StoreError, UsageError
from hirelens_cli.governance import ledger
from hirelens_cli.governance.erasures import commitment, expected
from hirelens_cli.model.comparisons import Result
from hirelens_cli.model.decisions import Choice
from hirelens_cli.model.issues import Status
from hirelens_cli.rendering.to_access import access_json, access_panels
from hirelens_cli.rendering.to_page import page_markdown

pytestmark = pytest.mark.slow
"""Each test ranks a folder of its own, a second or so."""

JOB = "Data Engineer\n\nRequirements\n- 3+ years of experience\n- Python\n- SQL\n"


def resume(name: str, mail: str, employer: str, town: str, work: str, skills: str) -> str:
    return (
        f"{name}\n{mail}\n+1 503 555 01{len(name)}{len(town)}\n{town}\n\nExperience\nData Engineer, {employer}\n01/2018 - Present\n- {work}\n\n"
        f"Education\nBSc, Marlow University, 2014\n\nSkills\n{skills}\n"
    )


ZELDA = resume(
    "Zelda Quillfeather", "zelda.q@plumbago.example", "Vexworth Kilns", "Umberhaven", "Fired glazes in Python for Thrumbold pots",
    "Python, SQL, Kilnography",
)  # fmt: skip
FILES = {
    "zelda-quillfeather.txt": ZELDA,
    "copy/zq-letter.txt": ZELDA,
    "zelda-newer.txt": ZELDA.replace("Thrumbold", "Ostrander").replace("Kilnography", "Kilnography, Airflow"),
    "ben.txt": resume(
        "Ben Hollow", "ben@mail.example", "Larkfield Works", "Leeds", "Wrote reports in SQL", "SQL, Excel"
    ),
    "cleo.txt": resume("Cleo Marsh", "cleo@mail.example", "Dunmore Parks", "Truro", "Kept the beds", "Pruning"),
    "odd.txt": "nothing that looks like a resume at all",
}


def settings(root: Path) -> RunConfig:
    return RunConfig(workspace=str(root / "w"), as_of="2026-11-23", workers=1, top=0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two runs, one with a manifest and one of a file by its own name, a decision about each person."""
    root = tmp_path_factory.mktemp("rights")
    for name, text in FILES.items():
        (root / "resumes" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "resumes" / name).write_text(text)
    (root / "job.txt").write_text(JOB)
    (root / "manifest.csv").write_text(
        "file,applicant_id,source\nzelda-quillfeather.txt,A-77310,Gribblefair\nben.txt,A-2,Board\ncleo.txt,A-3,Board\nodd.txt,A-4,Board\n"
        "zelda-newer.txt,A-9,Board\n"
    )
    config = settings(root)
    job = [str(root / "job.txt")]
    app.rank([str(root / "resumes")], job, config, manifest=str(root / "manifest.csv"))
    app.rank([str(root / "resumes" / name) for name in ("zelda-quillfeather.txt", "ben.txt")], job, config)
    history.decide("zelda-quillfeather.txt", "job.txt", Choice.HOLD, "ask about the Vexworth years", config, who="kim")
    history.decide("ben.txt", "job.txt", Choice.ADVANCE, "solid reports", config, who="kim")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of one's own; the resumes lie where the runs found them."""
    shutil.copytree(made / "w", tmp_path / "w", symlinks=True)
    return tmp_path


def dump(folder: Path) -> Iterator[tuple[str, str]]:
    """Everything that is kept, as text: file names, raw bytes, every table of every database and every Parquet part, decompressed."""
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        yield str(path), path.name
        yield str(path), path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet":
            frame = pl.read_parquet(path)
            blobs = [name for name, kind in frame.schema.items() if kind == pl.Binary]
            yield str(path), str(frame.drop(blobs).rows())
            yield from ((str(path), (blob or b"").decode("latin-1")) for name in blobs for blob in frame[name])
        if path.suffix == ".duckdb":
            with duckdb.connect(path, read_only=True) as con:
                for (table,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                    yield str(path), str(con.execute(f'SELECT * FROM "{table}"').fetchall())


def own_strings(*names: str) -> set[str]:
    """What only these files and their person have: words, e-mail address, telephone, file names, ids."""
    ids = [hashlib.sha256(FILES[name].encode()).hexdigest() for name in names]
    mine = " ".join([*(FILES[name] for name in names), *names, *(Path(name).stem for name in names)])
    theirs = " ".join([JOB, *(f"{name} {text}" for name, text in FILES.items() if name not in names)]).lower()
    words = {*re.findall(r"[\w.@-]{4,}", mine), *ids, *(doc_id[:16] for doc_id in ids)}
    return {word for word in words if word.lower() not in theirs}


def found(folder: Path, words: set[str]) -> set[tuple[str, str]]:
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))), re.IGNORECASE)
    return {(path, match[0]) for path, text in dump(folder) for match in pattern.finditer(text)}


ZELDAS = ("zelda-quillfeather.txt", "copy/zq-letter.txt")
EVERYTHING = own_strings(*ZELDAS, "zelda-newer.txt") | {"A-77310", "Gribblefair", "ask about the"}


def test_before_an_erasure_the_search_finds_what_it_looks_for(made: Path) -> None:
    """The control: without it an empty search would prove nothing."""
    words = {word.lower() for _, word in found(made / "w", EVERYTHING)}
    expected = (
        "quillfeather",
        "zelda.q@plumbago.example",
        "vexworth",
        "thrumbold",
        "umberhaven",
        "a-77310",
        "gribblefair",
        "zq-letter",
    )
    assert {word for word in expected if not any(word in other for other in words)} == set()


def test_after_an_erasure_nothing_of_the_person_is_left_anywhere(root: Path) -> None:
    receipt = rights.forget("zelda-quillfeather.txt", settings(root), all_files=True, who="kim")
    assert found(root / "w", EVERYTHING) == set()
    assert {item.files for item in receipt.documents} == {
        ("copy/zq-letter.txt", "zelda-quillfeather.txt"),
        ("zelda-newer.txt",),
    }
    assert (receipt.status, receipt.decisions, receipt.who) == (Status.ERASED, 1, "kim")
    others = {word.lower() for _, word in found(root / "w", {"Hollow", "Larkfield", "Dunmore", "solid reports"})}
    assert others == {"hollow", "larkfield", "dunmore", "solid reports"}


def test_one_file_may_go_and_the_other_stay(root: Path) -> None:
    plan = rights.forgetting("A-77310", settings(root))
    assert [(item.files, item.note) for item in plan.others] == [
        (("zelda-newer.txt",), "same e-mail, same telephone, same name")
    ]
    rights.forget("zelda-quillfeather.txt", settings(root))
    assert found(root / "w", {"Thrumbold", "zq-letter", "A-77310"}) == set()
    assert found(root / "w", {"Ostrander", "zelda-newer"}) != set()


def test_the_ledger_stays_valid_and_verify_says_what_is_missing(root: Path) -> None:
    config = settings(root)
    runs = [item.record.run for item in history.list_runs(config)]
    rights.forget("zelda-quillfeather.txt", config, all_files=True)
    assert [item.record.run for item in history.list_runs(config)] == runs
    entries = ledger.read(root / "w" / "ledger.jsonl")
    assert ledger.broken_at(entries) is None
    for run, erased in zip(runs, (2, 1), strict=True):
        verdict = history.verify_run(run, config)
        told = {check.name: (check.result, check.message) for check in verdict.checks}
        assert {result for result, _ in told.values()} == {Result.EQUAL}, told
        assert told["replay"][1] == f"equal except for {erased} erased"
        assert verdict.erased == erased
    rights.forget("cleo.txt", config)
    assert history.verify_run(runs[0], config).erased == 3


def test_a_table_changed_after_an_erasure_is_noticed(root: Path) -> None:
    rights.forget("zelda-quillfeather.txt", settings(root))
    run = history.list_runs(settings(root))[0].record.run
    path = root / "w" / "parts" / "runs" / run / "scores.parquet"
    frame = pl.read_parquet(path)
    frame.with_columns(pl.col("score") + 1).write_parquet(path)
    assert not history.verify_run(run, settings(root)).holds


def test_a_receipt_proves_what_the_ledger_only_commits_to(root: Path) -> None:
    receipt = rights.forget("zelda-newer.txt", settings(root))
    doc_id = hashlib.sha256(FILES["zelda-newer.txt"].encode()).hexdigest()
    assert receipt.commitment == commitment([doc_id], receipt.salt)
    assert receipt.commitment == hashlib.sha256(f"{receipt.salt}:{doc_id}".encode()).hexdigest()
    line = ledger.read(root / "w" / "ledger.jsonl")[receipt.sequence]
    assert (line.kind, line.body["commitment"], line.body["documents"]) == ("erasure", receipt.commitment, 1)
    assert receipt.salt not in (root / "w" / "ledger.jsonl").read_text()


def test_the_same_file_is_refused_unread_from_then_on(made: Path, root: Path) -> None:
    config = settings(root)
    rights.forget("zelda-quillfeather.txt", config, all_files=True)
    shortlist = app.rank([str(made / "resumes")], [str(made / "job.txt")], config)
    refused = [(item.resume, item.status) for item in shortlist.unscreened if item.status is Status.ERASED]
    assert refused == [
        (name, Status.ERASED) for name in ("copy/zq-letter.txt", "zelda-newer.txt", "zelda-quillfeather.txt")
    ]
    by_path = [str(made / "resumes" / name) for name in ("zelda-newer.txt", "ben.txt")]
    assert app.rank(by_path, [str(made / "job.txt")], config).counts.unscreened == 1
    counts = shortlist.counts
    assert counts.found == counts.scored + counts.unscreened + counts.duplicates == len(FILES)
    assert found(root / "w", EVERYTHING) == set()
    text = (root / "w" / "tombstones.json").read_text()
    assert hashlib.sha256(ZELDA.encode()).hexdigest() not in text


def test_a_plan_from_before_brings_nobody_back(made: Path, root: Path, tmp_path: Path) -> None:
    config = settings(root)
    plan = str(tmp_path / "plan")
    sharding.plan([str(made / "resumes")], [str(made / "job.txt")], plan, 1, config)
    sharding.run(plan, 1, config)
    rights.forget("zelda-quillfeather.txt", config, all_files=True)
    shortlist = sharding.merge(plan, config)
    assert {item.status for item in shortlist.unscreened} >= {Status.ERASED}
    assert found(root / "w", EVERYTHING) == set()


def test_damaged_tombstones_let_nobody_in(made: Path, root: Path) -> None:
    (root / "w" / "tombstones.json").write_text("{")
    with pytest.raises(StoreError, match="tombstones"):
        app.rank([str(made / "resumes")], [str(made / "job.txt")], settings(root))


def test_who_cannot_be_found(root: Path, tmp_path: Path) -> None:
    for wanted in ("nobody.pdf", "zz", "A-0"):
        with pytest.raises(InputError, match="nothing is kept about"):
            rights.forget(wanted, settings(root))
    with pytest.raises(InputError, match="there is no workspace"):
        rights.forget("ben.txt", RunConfig(workspace=str(tmp_path / "none")))


def test_a_document_that_was_only_read_can_go_by_its_own_bytes(made: Path, tmp_path: Path) -> None:
    config = settings(tmp_path)
    app.ingest([str(made / "resumes")], config)
    assert found(tmp_path / "w", {"Quillfeather"}) != set()
    rights.forget(str(made / "resumes" / "zelda-quillfeather.txt"), config)
    rights.forget(str(made / "resumes" / "zelda-newer.txt"), config)
    assert found(tmp_path / "w", EVERYTHING) == set()


def test_what_killed_processes_left_behind_goes_too(root: Path) -> None:
    parts = root / "w" / "parts"
    shelf = next((parts / "documents").iterdir())
    whole = next(path for path in shelf.glob("*.parquet") if b"" in path.read_bytes())
    shutil.copy(whole, shelf / "0123456789abcdef.parquet")  # written, its receipt not yet
    (shelf / ".0123.parquet.7-aa.tmp").write_text(ZELDA)
    (parts / "runs" / "feedfeedfeedfeed").mkdir()
    (parts / "runs" / "feedfeedfeedfeed" / "x.parquet").write_text(ZELDA)
    (root / "w" / ".hirelens.duckdb.tmp").write_text(ZELDA)
    (root / "w" / "hirelens.duckdb.wal").write_text(ZELDA)
    rights.forget("zelda-quillfeather.txt", settings(root), all_files=True)
    assert found(root / "w", EVERYTHING) == set()


@pytest.mark.parametrize("which", [0, 1])
def test_a_damaged_run_that_nobody_can_read_goes_too(root: Path, which: int) -> None:
    folder = sorted((root / "w" / "parts" / "runs").iterdir())[which]
    terms = (folder / "terms.json").read_bytes()
    (folder / "terms.json").write_bytes(terms[:-9] + b"?" + terms[-8:])
    assert history.damaged(settings(root)) == (folder.name,)
    rights.forget("zelda-quillfeather.txt", settings(root), all_files=True)
    assert not folder.exists()
    assert found(root / "w", EVERYTHING) == set()


def test_a_person_is_shown_all_that_is_kept_and_nothing_of_others(root: Path) -> None:
    dossier = rights.access("zelda-quillfeather.txt", settings(root))
    assert (dossier.identity.name, dossier.applicant_id, len(dossier.decisions)) == ("Zelda Quillfeather", "A-77310", 1)
    assert dossier.documents[0].text.startswith("Zelda Quillfeather")
    tables = {(rows.run, rows.table) for rows in dossier.rows}
    runs = [item.record.run for item in history.list_runs(settings(root))]
    assert tables >= {
        (run, table) for run in runs for table in ("documents", "scores", "parts", "identities", "explanations")
    }
    assert [item.files for item in dossier.others] == [("zelda-newer.txt",)]
    shown = access_json(dossier) + page_markdown(access_panels(dossier))
    for word in ("Hollow", "Larkfield", "Dunmore", "solid reports"):
        assert word.encode() not in shown
    for word in ("Umberhaven", "Thrumbold", "Vexworth", "Gribblefair"):
        assert word.encode() in shown


def test_what_is_older_than_allowed_expires(made: Path, root: Path) -> None:
    config = replace(settings(root), as_of=datetime.datetime.now(datetime.UTC).date().isoformat())
    assert rights.retain(1, config).documents == ()
    later = replace(config, as_of=(datetime.date.fromisoformat(config.as_of) + datetime.timedelta(days=31)).isoformat())
    planned = rights.retain(30, later, dry_run=True)
    assert (len(planned.documents), planned.receipt) == (5, None)
    assert found(root / "w", EVERYTHING) != set()
    done = rights.retain(30, later)
    assert done.receipt is not None
    assert done.receipt.status is Status.EXPIRED
    assert found(root / "w", EVERYTHING | {"Hollow", "Larkfield", "Dunmore"}) == set()
    assert rights.retain(30, later).documents == ()
    again = app.rank([str(made / "resumes")], [str(made / "job.txt")], config)
    assert {item.status for item in again.unscreened} == {Status.EXPIRED}


class KilledError(BaseException):
    """Stands for a process that ends here."""


def kill_at(monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    """End the process at its `moment`-th renaming or removal of a file."""
    done = [0]
    rename, unlink = Path.replace, Path.unlink

    def counted(action):  # type: ignore[no-untyped-def]
        def acted(path, *args, **kwargs):  # type: ignore[no-untyped-def]
            done[0] += 1
            if done[0] == moment:
                raise KilledError
            return action(path, *args, **kwargs)

        return acted

    monkeypatch.setattr(Path, "replace", counted(rename))
    monkeypatch.setattr(Path, "unlink", counted(unlink))


def test_killed_anywhere_and_run_again_it_is_done(made: Path, tmp_path: Path) -> None:
    moment, wanted = 1, str(made / "resumes" / "zelda-quillfeather.txt")
    while True:
        root = tmp_path / str(moment)
        shutil.copytree(made / "w", root / "w")
        with pytest.MonkeyPatch.context() as patch:
            kill_at(patch, moment)
            try:
                rights.forget(wanted, settings(root), all_files=True)
            except KilledError:
                pass
            else:
                break
        rights.forget(wanted, settings(root), all_files=True)
        assert found(root / "w", EVERYTHING) == set(), moment
        entries = ledger.read(root / "w" / "ledger.jsonl")
        assert (ledger.broken_at(entries), [line.kind for line in entries].count("erasure")) == (None, 1), moment
        assert not (root / "w" / "erasing.json").exists()
        assert read_tombstones(Workspace(root / "w")).status(hashlib.sha256(ZELDA.encode()).hexdigest())
        for item in history.list_runs(settings(root)):
            known = expected(entries, item.record.run)
            assert known is not None
            assert (item.record.digest, item.record.erased) == (known.digest, known.erased), moment
        moment += 7
    assert moment > 30


def test_a_process_that_is_killed_in_the_middle_is_finished_by_the_next(made: Path, tmp_path: Path) -> None:
    """As above with a real SIGKILL, at random moments after the journal is there."""
    wanted, moments, halfway = str(made / "resumes" / "zelda-quillfeather.txt"), random.Random(2026), 0
    for number in range(4):
        root = tmp_path / str(number)
        shutil.copytree(made / "w", root / "w")
        line = ["-m", "hirelens_cli", "forget", wanted, "--all-files", "--yes", "--workspace", str(root / "w")]
        journal = root / "w" / "erasing.json"
        with subprocess.Popen([sys.executable, *line], stdout=subprocess.DEVNULL) as process:
            while process.poll() is None and not journal.exists():
                time.sleep(0.002)
            time.sleep(moments.uniform(0, 0.1))
            process.kill()
        if journal.exists():
            halfway += 1
            rights.forget(wanted, settings(root), all_files=True)
        assert found(root / "w", EVERYTHING) == set()
        entries = ledger.read(root / "w" / "ledger.jsonl")
        assert (ledger.broken_at(entries), [line.kind for line in entries].count("erasure")) == (None, 1)
    assert halfway, "no kill came in the middle"


def test_what_was_put_right_is_scored_kept_and_erased(root: Path) -> None:
    config = settings(root)
    first = history.list_runs(config)[-1].record.run
    done = rights.correct("ben.txt", ["skill=Python", "years=20"], config, who="kim")
    (job,) = done.diff.jobs
    (moved,) = [move for move in job.moves if move.resume == "ben.txt"]
    assert moved.change > 0
    assert {part.requirement for part in moved.parts} >= {"Python"}
    _, told = app.explain("ben.txt", "job.txt", config)
    assert "20 years, as corrected (3 years asked)" in [part.reason for part in told.parts]
    assert all(move.change == 0 for move in job.moves if move.resume != "ben.txt")
    line = ledger.read(root / "w" / "ledger.jsonl")[-2]
    assert (line.kind, line.body["who"], line.body["fields"]) == ("correction", "kim", ["skill", "years"])
    (kept,) = (root / "w" / "corrections").iterdir()
    assert line.body["commitment"] == hashlib.sha256(kept.read_bytes()).hexdigest()
    for run in (first, done.diff.after):
        assert {check.result for check in history.verify_run(run, config).checks} == {Result.EQUAL}
    assert rights.access("ben.txt", config).corrections == ("skill=Python", "years=20")
    again = rights.correct("ben.txt", ["years=2"], config)
    assert again.corrections == ("skill=Python", "years=20", "years=2")
    with pytest.raises(UsageError, match="no correction 'degree' to take back"):
        rights.correct("ben.txt", [], config, undo=["degree"])
    back = rights.correct("ben.txt", [], config, undo=["skill=Python", "years"])
    assert (back.corrections, back.diff.after) == ((), first)
    for run in (first, done.diff.after, again.diff.after):
        assert {check.result for check in history.verify_run(run, config).checks} == {Result.EQUAL}
    assert rights.access("ben.txt", config).corrections == ("skill=Python", "years=20", "years=2")
    rights.forget("ben.txt", config)
    assert list((root / "w" / "corrections").iterdir()) == []
    assert ledger.broken_at(ledger.read(root / "w" / "ledger.jsonl")) is None


def test_a_document_that_no_run_has_cannot_be_corrected(made: Path, tmp_path: Path) -> None:
    app.ingest([str(made / "resumes")], settings(tmp_path))
    with pytest.raises(InputError, match="no run has screened"):
        rights.correct(str(made / "resumes" / "ben.txt"), ["years=2"], settings(tmp_path))


def test_what_is_known_of_object_stores_and_the_copy_there_go_with_the_person(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc_id = hashlib.sha256(ZELDA.encode()).hexdigest()
    index = root / "w" / "parts" / "objects.json"
    index.write_text(f'{{"s3://cv/zelda-quillfeather.txt 1 a":"{doc_id}","s3://cv/x 1 b":"{"0" * 64}"}}')
    copied: list[str] = []
    monkeypatch.setattr(rights, "publish_copy", lambda config, workspace: copied.append(config.publish_to))
    rights.forget("zelda-quillfeather.txt", replace(settings(root), publish_to="s3://out"), all_files=True)
    assert index.read_text() == f'{{"s3://cv/x 1 b":"{"0" * 64}"}}'
    assert copied == ["s3://out"]
    assert found(root / "w", EVERYTHING) == set()
