"""Attacks on the whole: hostile names through every output, hostile stores, and what our own source may not do."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import re
import shlex
import shutil
import stat
from pathlib import Path

import duckdb
import pytest

import hirelens_cli
from hirelens_cli import app, history, rights
from hirelens_cli.backends.duckdb.schema import SCHEMA_VERSION
from hirelens_cli.cli.main import main
from hirelens_cli.config import RunConfig
from hirelens_cli.errors import HirelensError, InputError
from hirelens_cli.governance import ledger
from hirelens_cli.model.codec import decode
from hirelens_cli.model.decisions import Choice

ROOT = Path(__file__).resolve().parents[1]
SOURCE = Path(hirelens_cli.__file__).parent
TREES = {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8")) for path in SOURCE.rglob("*.py")}
NAMES = (
    b"=cmd|' calc'!A0.txt",
    b"@SUM(1+1).txt",
    b"[bold red]HIRED[,].txt",
    b"[link=https:evil.test]x.txt",
    b"\x1b[2J\x1b]8;;http:evil\x07x.txt",
    b"x'); DROP TABLE scores; --.txt",
    "\u202etxt.fdp\u200b.txt".encode(),
    b"line\nbreak.txt",
    b"no-utf8-\xff.txt",
)
JOB = "Data Engineer\n\nRequirements\n- Python\n- SQL\n"
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey; a line break is not among them."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace made of resumes whose names are attacks."""
    root = tmp_path_factory.mktemp("security")
    (root / "resumes").mkdir()
    for number, name in enumerate(NAMES):
        text = f"Person Number{number}\n\nExperience\nAnalyst, Firm {number}\n0{number + 1}/2019 - Present\n- SQL\n\nSkills\nSQL, Python\n"
        Path(os.fsdecode(os.fsencode(root / "resumes") + b"/" + name)).write_text(text)
    (root / "job.txt").write_text(JOB)
    app.rank([str(root / "resumes")], [str(root / "job.txt")], config(root))
    return root


def config(root: Path) -> RunConfig:
    return RunConfig(workspace=str(root / "w"), as_of="2026-11-23", workers=1)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "md", "csv", "json", "jsonl"])
def test_a_file_name_is_only_a_name_in_every_format(made: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "rank",
        str(made / "resumes"),
        "--job",
        str(made / "job.txt"),
        "--workspace",
        str(made / "w"),
        "--as-of",
        "2026-11-23",
    ]
    assert main([*words, "--format", form, "--workers", "1"]) == 0
    out, err = capsys.readouterr()
    assert ACTS.search(err) is None
    if form in {"json", "jsonl"}:
        first = json.loads(out if form == "json" else out.splitlines()[0])
        assert first
        return
    assert ACTS.search(out.replace("\r\n", "\n")) is None
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert [cell for cell in cells if cell.lstrip()[:1] in {"=", "@", "+", "\t"}] == []
        assert "'=cmd|' calc'!A0.txt" in cells
    if form == "md":
        assert "[link=" not in out.replace("\\[", "")


def test_hostile_names_leave_the_store_whole(made: Path) -> None:
    answer = app.query("SELECT count(*) FROM v1_scores", config(made))
    assert answer.rows == ((len(NAMES),),)
    text = (made / "w" / "ledger.jsonl").read_text()
    assert not any(part in text for part in ("HIRED", "DROP", "calc"))


@pytest.mark.slow
def test_every_file_of_a_workspace_is_its_owners(made: Path) -> None:
    settings = config(made)
    history.decide("@SUM(1+1).txt", "job.txt", Choice.HOLD, "ask first", settings, who="kim")
    rights.correct("@SUM(1+1).txt", ["years=9"], settings)
    rights.forget("=cmd|' calc'!A0.txt", settings)
    assert stat.S_IMODE((made / "w").stat().st_mode) == 0o700
    open_files = {
        path.name: oct(path.stat().st_mode)
        for path in (made / "w").rglob("*")
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) != 0o600
    }
    assert open_files == {}


@pytest.mark.slow
def test_a_run_that_stops_is_in_the_ledger(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "job.txt").write_text("\n")
    with pytest.raises(InputError):
        app.rank([str(made / "resumes")], [str(tmp_path / "job.txt")], config(tmp_path))
    monkeypatch.setattr(app, "finish", stop)
    with pytest.raises(KeyboardInterrupt):
        app.rank([str(made / "resumes")], [str(made / "job.txt")], config(tmp_path))
    monkeypatch.undo()
    app.rank([str(made / "resumes")], [str(made / "job.txt")], config(tmp_path))
    with pytest.raises(InputError):
        rights.forget("nobody.txt", config(tmp_path))
    entries = ledger.read(tmp_path / "w" / "ledger.jsonl")
    assert [(line.kind, line.body.get("command"), line.body.get("exit")) for line in entries] == [
        ("started", "rank", None),
        ("stopped", "rank", 4),
        ("started", "rank", None),
        ("stopped", "rank", 130),
        ("started", "rank", None),
        ("run", None, None),
        ("stopped", "forget", 4),
    ]
    started, run = entries[4].body, entries[5].body
    assert started["config"] == run["config"] == decode(str(run["settings"]).encode(), RunConfig).hash()
    assert started["as_of"] == run["as_of"] == "2026-11-23"
    assert ledger.broken_at(entries) is None
    assert len(history.list_runs(config(tmp_path))) == 1


@pytest.mark.parametrize("version", [2, SCHEMA_VERSION])
def test_a_store_made_by_somebody_else_can_reach_nothing(tmp_path: Path, version: int) -> None:
    """A view may hold any query: with read_only alone this one would read the file (DuckDB 2.0)."""
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    workspace = tmp_path / "w"
    workspace.mkdir()
    with duckdb.connect(workspace / "hirelens.duckdb") as con:
        con.execute("CREATE TABLE meta (version INTEGER, snapshot VARCHAR)")
        con.execute("INSERT INTO meta VALUES (?, 'x')", [version])
        con.execute(f"CREATE VIEW v1_scores AS SELECT content FROM read_text('{secret}')")
    with pytest.raises(HirelensError) as caught:
        app.query("FROM v1_scores", RunConfig(workspace=str(workspace)))
    assert "canary" not in caught.value.message + caught.value.hint


MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal", "yaml", "ruamel", "xmlrpc", "telnetlib"}
CALLS = {"eval", "exec", "compile", "__import__"}
ATTRIBUTES = {
    ("os", "system"), ("os", "popen"), ("joblib", "load"), ("joblib", "dump"), ("torch", "load"), ("subprocess", "getoutput"),
}  # fmt: skip


@pytest.mark.slow
def test_nothing_is_unpickled_evaluated_or_given_to_a_shell() -> None:
    found = []
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found += [(name, item.name) for item in node.names if item.name.partition(".")[0] in MODULES]
            elif isinstance(node, ast.ImportFrom):
                found += [(name, node.module)] if (node.module or "").partition(".")[0] in MODULES else []
            elif isinstance(node, ast.Call):
                found += [(name, told) for told in forbidden(node)]
    assert found == []


def forbidden(call: ast.Call) -> list[str]:
    told = []
    if isinstance(call.func, ast.Name) and call.func.id in CALLS:
        told.append(call.func.id)
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        place = (call.func.value.id, call.func.attr)
        told += [".".join(place)] if place in ATTRIBUTES else []
    for keyword in call.keywords:
        on = isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        told += [f"{keyword.arg}=True"] if keyword.arg in {"shell", "allow_pickle", "trust_remote_code"} and on else []
    return told


def test_the_search_for_forbidden_calls_finds_them() -> None:
    code = "eval(x); os.system('x'); run(x, shell=True); np.load(x, allow_pickle=True); re.compile('x')"
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    assert sorted(told for call in calls for told in forbidden(call)) == [
        "allow_pickle=True", "eval", "os.system", "shell=True",
    ]  # fmt: skip


def test_every_promise_names_tests_that_exist() -> None:
    """docs/security.md and docs/for-auditors.md name their tests as `file::test`."""
    named = set()
    for page in ("security.md", "for-auditors.md"):
        named |= set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / page).read_text("utf-8")))
    assert len(named) > 30
    missing = [
        f"{path}::{name}"
        for path, name in sorted(named)
        if not (ROOT / path).is_file() or not re.search(rf"^\s*def {name}\(", (ROOT / path).read_text("utf-8"), re.M)
    ]
    assert missing == []


@pytest.mark.slow
def test_the_page_for_auditors_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    files = sorted(path.name for path in (tmp_path / "examples" / "resumes").glob("*.*"))
    people = [f"{name},{'FM'[number % 2]},{'XY'[number // 2 % 2]}" for number, name in enumerate(files)]
    (tmp_path / "people.csv").write_text("\n".join(["resume,sex,race_ethnicity", *people]))
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / "docs" / "for-auditors.md").read_text("utf-8"), re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) > 15
    for line in lines:
        code = main(shlex.split(line)[1:])
        out, err = capsys.readouterr()
        assert code == 0, (line, err)
        assert out or " -o " in line, line
    assert "equal except for 1 erased" in out
    assert "not an independent audit" in (tmp_path / "ll144.md").read_text("utf-8")
    assert json.loads((tmp_path / "receipt.json").read_text("utf-8"))["status"] == "erased"
