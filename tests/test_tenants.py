"""What is one tenant's is in no file, answer or record of another, and neither is what is one region's."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from hirelens_cli import app, history, rights, sharding
from hirelens_cli.config import RunConfig, load
from hirelens_cli.engine.workspace import Workspace
from hirelens_cli.errors import InputError, UsageError
from hirelens_cli.governance import ledger
from hirelens_cli.model.decisions import Choice
from hirelens_cli.rendering.to_csv import shortlist_csv

pytestmark = pytest.mark.slow
"""Each test ranks a folder of its own, a second or so."""

CANARY = "Zyxwolframite"
SHARED = "Person Shared\nshared@mail.example\n\nExperience\nWelder, Harbour Works\n01/2015 - Present\n- MIG welding\n"
OWN = f"Person {CANARY}\n\nExperience\nWelder, {CANARY} Works\n02/2016 - Present\n- Welded {CANARY} frames\n\nSkills\n{CANARY}\n"
JOB = "Welder\n\nRequirements\n- MIG welding\n- 2 years of experience as a welder\n"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Both have the same resume; acme has one more, and a job of its own."""
    folder = tmp_path / "inputs"
    for tenant in ("acme", "globex"):
        (folder / tenant).mkdir(parents=True)
        (folder / tenant / "shared.txt").write_text(SHARED)
    (folder / "acme" / "own.txt").write_text(OWN)
    (folder / "job.txt").write_text(JOB)
    (folder / f"{CANARY}.txt").write_text(JOB + f"- {CANARY}\n")
    return folder


def place(tmp_path: Path, tenant: str = "", region: str = "") -> RunConfig:
    folder = str(tmp_path / "workspace")
    return RunConfig(as_of="2026-11-23", workers=1, workspace=folder, tenant=tenant, region=region)


def everything(folder: Path) -> str:
    """Every file's name and raw bytes, and the unpacked rows of every table: compressed text hides from a raw search."""
    texts = []
    for path in sorted(folder.rglob("*")):
        texts.append(str(path.relative_to(folder)))
        if not path.is_file():
            continue
        texts.append(path.read_bytes().decode("latin-1"))
        if path.suffix == ".parquet":
            texts.append(str(pl.read_parquet(path).rows()))
        if path.suffix == ".duckdb":
            with duckdb.connect(path, read_only=True) as con:
                tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
                texts += [str(con.execute(f'FROM "{name}"').fetchall()) for name in tables]
    return "\n".join(texts)


@pytest.mark.parametrize("kind", ["tenant", "region"])
def test_nothing_of_one_is_with_the_other(tmp_path, inputs, kind):
    acme, globex = place(tmp_path, **{kind: "acme"}), place(tmp_path, **{kind: "globex"})
    own = app.rank([str(inputs / "acme")], [str(inputs / f"{CANARY}.txt")], acme)
    history.decide("own.txt", CANARY, Choice.ADVANCE, f"welds {CANARY} well", acme)
    other = app.rank([str(inputs / "globex")], [str(inputs / "job.txt")], globex)
    assert CANARY in everything(tmp_path / "workspace" / f"{kind}=acme"), "the search must be able to find it"
    found = everything(tmp_path / "workspace" / f"{kind}=globex")
    assert "shared.txt" in found
    assert CANARY not in found
    assert own.run != other.run
    assert CANARY.encode() not in shortlist_csv(other)
    assert app.query("SELECT count(*) FROM v1_candidates", globex).rows == ((1,),)
    assert app.query("SELECT count(*) FROM v1_decisions", globex).rows == ((0,),)
    assert [item.record.run for item in history.list_runs(globex)] == [other.run]
    with pytest.raises(InputError, match="no run"):
        app.explain("own.txt", CANARY, globex)


def test_runs_and_ledger_say_whose_they_are(tmp_path, inputs):
    config = place(tmp_path, "acme", "eu")
    app.rank([str(inputs / "acme")], [str(inputs / "job.txt")], config)
    root = tmp_path / "workspace" / "tenant=acme" / "region=eu"
    assert app.query("SELECT tenant, region FROM v1_runs", config).rows == (("acme", "eu"),)
    assert {(line.body["tenant"], line.body["region"]) for line in ledger.read(root / "ledger.jsonl")} == {
        ("acme", "eu")
    }
    assert {stat.S_IMODE(level.stat().st_mode) for level in (root, root.parent, root.parent.parent)} == {0o700}
    assert history.verify_run("latest", config).holds
    with pytest.raises(InputError, match="no results yet"):
        app.query("SELECT 1", place(tmp_path, "acme"))


def test_the_same_work_is_the_same_for_every_tenant_and_none_is_spared_it(tmp_path, inputs):
    answers = []
    for tenant in ("", "acme", "globex"):
        answers.append(app.rank([str(inputs / "globex")], [str(inputs / "job.txt")], place(tmp_path, tenant)))
        line = ledger.read(tmp_path / "workspace" / (f"tenant={tenant}" if tenant else ".") / "ledger.jsonl")[-1]
        assert line.body["documents_made"] == 1, "a cache of another was used"
    assert answers[0] == answers[1] == answers[2]


def test_a_plan_belongs_to_its_tenant(tmp_path, inputs):
    config = place(tmp_path, "acme", "eu")
    plan = str(tmp_path / "plan")
    sharding.plan([str(inputs / "acme")], [str(inputs / "job.txt")], plan, 2, config)
    for shard in (1, 2):
        sharding.run(plan, shard, RunConfig(workers=1))
    for wrong in (place(tmp_path, "globex"), place(tmp_path, "acme", "us")):
        with pytest.raises(UsageError, match="the plan is of"):
            sharding.merge(plan, wrong)
    merged = sharding.merge(plan, place(tmp_path))
    root = tmp_path / "workspace" / "tenant=acme" / "region=eu"
    assert not (tmp_path / "workspace" / "parts").exists()
    assert merged == app.rank([str(inputs / "acme")], [str(inputs / "job.txt")], config)
    assert [line.kind for line in ledger.read(root / "ledger.jsonl")] == ["started", "run"] * 2


def test_copies_of_the_store_are_apart_and_renewed_when_somebody_is_forgotten(tmp_path, inputs):
    places = [
        replace(place(tmp_path, tenant, region), publish_to=str(tmp_path / "copies"))
        for tenant, region in (("acme", "eu"), ("globex", ""))
    ]
    for config in places:
        app.rank([str(inputs / config.tenant)], [str(inputs / "job.txt")], config)
    copies = [tmp_path / "copies" / "tenant=acme" / "region=eu", tmp_path / "copies" / "tenant=globex"]
    assert [len(list(copy.glob("*.duckdb"))) for copy in (tmp_path / "copies", *copies)] == [0, 1, 1]
    own = hashlib.sha256(OWN.encode()).hexdigest()
    assert [own in everything(copy) for copy in copies] == [True, False]
    rights.forget("own.txt", places[0])
    assert own not in everything(tmp_path / "copies")
    assert copies[0].joinpath("hirelens.duckdb").read_bytes() == Workspace.of(places[0]).database.read_bytes()


@pytest.mark.parametrize(
    "name", ["..", ".", "a/b", "a\\b", "-a", "a.", "Acme", "a b", "a" * 65, "tenant=x", "é", "a\n"]
)
def test_a_name_that_is_no_plain_word_is_refused(name):
    for key in ("tenant", "region"):
        with pytest.raises(UsageError, match="is no name"):
            load(flags={key: name}, environment={})


def test_names_come_from_everywhere_that_settings_come_from(tmp_path):
    file = tmp_path / "hirelens.toml"
    file.write_text('tenant = "a"\nregion = "eu-west.1"\n')
    config, origins = load(file, environment={"HIRELENS_TENANT": "b"}, flags={"region": None})
    assert (config.tenant, config.region) == ("b", "eu-west.1")
    assert origins["tenant"] == "HIRELENS_TENANT"
