"""Resumes, parts, plans and the published store in an object store: what comes out is what folders give."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hirelens_cli import app, objects, sharding
from hirelens_cli.config import Limits, RunConfig
from hirelens_cli.documents.discover import discover, open_source
from hirelens_cli.engine import tasks
from hirelens_cli.errors import IncompleteError, InputError, MissingExtraError, OutputError
from hirelens_cli.objects import ObjectPath, is_url
from hirelens_cli.rendering.to_json import shortlist_json

pytestmark = pytest.mark.slow
"""Each test ranks a folder of its own, a second or so."""

SHARDS = 3


def resume(number: int) -> bytes:
    return (
        f"Person Number{number}\nnumber{number}@mail.example\n\nExperience\nWelder, Company {number}\n"
        f"01/20{number + 10} - Present\n- Welded frames for {number + 1} customers every week\n"
    ).encode()


FILES = {f"{number}.txt": resume(number) for number in range(6)} | {
    "deep/again é #1.txt": resume(1),
    "broken.pdf": b"%PDF-1.4\n1 0 obj\n<< /Type",
    ".hidden.txt": resume(99),
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An S3 server on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = str(Path(sys.executable).parent / "moto_server")
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(port)], **silent)  # type: ignore[call-overload]
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(params=["memory", pytest.param("s3", marks=pytest.mark.extras)])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A place of its own for each test, in memory or in a bucket."""
    if request.param == "memory":
        return f"memory://{tmp_path.name}"
    import s3fs

    environment = {
        "AWS_ENDPOINT_URL": request.getfixturevalue("server"),
        "AWS_ACCESS_KEY_ID": "someone",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    bucket = "".join(char for char in tmp_path.name.lower() if char.isalnum())[:40]
    s3fs.S3FileSystem().mkdir(bucket)
    return f"s3://{bucket}"


@pytest.fixture
def folder(tmp_path: Path, store: str) -> Path:
    """The same files in a folder and in the store."""
    for name, data in FILES.items():
        path = tmp_path / "resumes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        (ObjectPath(store) / "resumes" / name).write_bytes(data)
    (tmp_path / "job.txt").write_text("Welder\n\nRequirements\n- 3 years of experience as a welder\n- TIG welding\n")
    return tmp_path


def config(folder: Path, workspace: str) -> RunConfig:
    return RunConfig(workspace=str(folder / workspace), as_of="2026-11-23", workers=1)


def ranked(folder: Path, resumes: str, settings: RunConfig) -> bytes:
    return shortlist_json(app.rank([resumes], [str(folder / "job.txt")], settings))


def test_resumes_in_a_store_give_what_a_folder_gives(folder: Path, store: str) -> None:
    expected = ranked(folder, str(folder / "resumes"), config(folder, "w"))
    assert ranked(folder, f"{store}/resumes", config(folder, "objects")) == expected
    (one,) = discover([f"{store}/resumes/2.txt"], Limits()).sources
    assert (one.name, one.doc_id) == ("2.txt", app._single(str(folder / "resumes" / "2.txt"), RunConfig()).doc_id)


def test_what_is_known_by_key_size_and_etag_is_not_fetched_again(
    folder: Path, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = config(folder, "objects")
    expected = ranked(folder, f"{store}/resumes", settings)
    fetched: list[str] = []
    fetch = objects.contents
    monkeypatch.setattr(
        "hirelens_cli.documents.discover.contents", lambda urls: fetch([url for url in urls if not fetched.append(url)])
    )
    assert ranked(folder, f"{store}/resumes", settings) == expected
    assert fetched == []
    (ObjectPath(store) / "resumes" / "2.txt").write_bytes(resume(50))
    assert ranked(folder, f"{store}/resumes", settings) != expected
    assert {Path(url).name for url in fetched} == {"2.txt"}


def test_an_object_that_changed_since_it_was_planned_is_unreadable(folder: Path, store: str) -> None:
    source = next(item for item in discover([f"{store}/resumes"], Limits()).sources if item.name == "3.txt")
    (ObjectPath(store) / "resumes" / "3.txt").write_bytes(b"something else")
    assert open_source(source, Limits()).issues[0].message == "changed while being read"
    (ObjectPath(store) / "resumes" / "3.txt").unlink()
    assert open_source(source, Limits()).issues[0].message == "no longer in the object store"


def test_limits_keep_objects_out_before_they_are_fetched(folder: Path, store: str) -> None:
    found = discover([f"{store}/resumes"], replace(Limits(), max_bytes=100))
    assert {name: issue.code for name, issue in found.rejected if name == "2.txt"} == {"2.txt": "too_large"}
    (ObjectPath(store) / "packed" / "a.zip").write_bytes(b"PK\x03\x04 an archive")
    (rejected,) = discover([f"{store}/packed"], Limits()).rejected
    assert (rejected.issue.code, rejected.issue.message) == ("malformed", "a broken archive")


def archive(*names: str) -> bytes:
    """The files of these names, and whatever has no name of ours as a resume of its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, name in enumerate(names):
            packed.writestr(name, FILES.get(name, resume(20 + number)))
    return buffer.getvalue()


@pytest.fixture
def packed(folder: Path, store: str) -> dict[str, bytes]:
    """Archives beside the resumes, by key; one has a name that says nothing, one is larger than a document may be."""
    files = {
        "team.zip": archive("1.txt", "in/a.txt", "in/b.txt", ".c.txt", "in/inner.zip"),
        "in/nameless": archive("x.txt", "y.txt"),
        "mail.eml": b"From: a@mail.example\nTo: b@mail.example\nSubject: CV\n\n" + resume(40),
    }
    for name, data in files.items():
        path = folder / "resumes" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        (ObjectPath(store) / "resumes" / name).write_bytes(data)
    return files


def test_archives_in_a_store_give_what_archives_in_a_folder_give(
    folder: Path, store: str, packed: dict[str, bytes]
) -> None:
    def seen(resumes: str, limits: Limits) -> tuple[list[tuple[object, ...]], list[tuple[str, str]]]:
        found = discover([resumes], limits)
        sources = [(item.doc_id, item.name, item.member, item.size, item.also) for item in found.sources]
        return sources, [(name, issue.message) for name, issue in found.rejected]

    for limits in (Limits(), replace(Limits(), max_bytes=len(packed["team.zip"]) - 1), Limits(archive_entries=2)):
        assert seen(f"{store}/resumes/team.zip", limits) == seen(str(folder / "resumes" / "team.zip"), limits)
    assert seen(f"{store}/resumes", Limits()) == seen(str(folder / "resumes"), Limits())
    both = discover([f"{store}/resumes", f"{store}/resumes/team.zip", f"{store}/resumes/2.txt"], Limits())
    assert both.found == discover([f"{store}/resumes"], Limits()).found
    expected = ranked(folder, str(folder / "resumes"), config(folder, "w"))
    assert ranked(folder, f"{store}/resumes", config(folder, "objects")) == expected
    plan = f"{store}/plan"
    sharding.plan([f"{store}/resumes"], [str(folder / "job.txt")], plan, SHARDS, config(folder, "unused"))
    for shard in (2, 3, 1):
        sharding.run(plan, shard, RunConfig(workers=1))
    assert shortlist_json(sharding.merge(plan, config(folder, "merged"))) == expected


def test_an_archive_that_changed_since_it_was_planned_is_unreadable(
    folder: Path, store: str, packed: dict[str, bytes]
) -> None:
    place = ObjectPath(store) / "resumes" / "team.zip"
    found = {item.member: item for item in discover([str(place)], Limits()).sources}
    assert open_source(found["in/a.txt"], Limits()).value == resume(21)
    place.write_bytes(archive("other.txt", "in/b.txt"))
    assert open_source(found["in/a.txt"], Limits()).issues[0].message == "no longer in its archive"
    assert open_source(found["in/b.txt"], Limits()).issues[0].message == "changed while being read"
    place.write_bytes(packed["team.zip"])
    assert open_source(found["in/b.txt"], Limits()).value == resume(22)
    place.unlink()
    assert open_source(found["in/b.txt"], Limits()).issues[0].message == "no longer in the object store"


def test_a_plan_and_its_shards_live_in_a_store(folder: Path, store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = ranked(folder, str(folder / "resumes"), config(folder, "w"))
    plan, jobs = f"{store}/plan", [str(folder / "job.txt")]
    (folder / "mine.csv").write_text("name\nstuffed crust handling\n")
    frozen = sharding.plan([f"{store}/resumes"], jobs, plan, SHARDS, config(folder, "unused"))
    assert sharding.plan([f"{store}/resumes"], jobs, plan, SHARDS, config(folder, "unused")) == frozen
    sharding.run(plan, 2, RunConfig(workers=1))
    with pytest.raises(IncompleteError, match=r"not run: 1, 3"):
        sharding.merge(plan, config(folder, "merged"))
    for shard in (3, 1):
        sharding.run(plan, shard, RunConfig(workers=1))
    opened: list[str] = []
    monkeypatch.setattr(tasks, "open_source", lambda source, _: opened.append(source.name))
    sharding.run(plan, 1, RunConfig(workers=1))
    assert opened == [], "a shard that is whole is only checked"
    published = replace(config(folder, "merged"), publish_to=f"{store}/published")
    assert shortlist_json(sharding.merge(plan, published)) == expected
    copy = (ObjectPath(store) / "published" / "hirelens.duckdb").read_bytes()
    assert copy == (folder / "merged" / "hirelens.duckdb").read_bytes()
    assert not (ObjectPath(store) / "published" / "identities.duckdb").exists()


def test_the_users_skills_travel_with_a_plan_in_a_store(folder: Path, store: str) -> None:
    (folder / "mine.csv").write_text("name\nframe welding\n")
    settings = replace(config(folder, "w"), taxonomy=(str(folder / "mine.csv"),))
    expected = ranked(folder, str(folder / "resumes"), settings)
    plan = f"{store}/plan"
    sharding.plan([f"{store}/resumes"], [str(folder / "job.txt")], plan, 1, settings)
    (folder / "mine.csv").unlink()
    sharding.run(plan, 1, RunConfig(workers=1))
    assert shortlist_json(sharding.merge(plan, config(folder, "merged"))) == expected


def test_damaged_parts_in_a_store_are_not_merged(folder: Path, store: str) -> None:
    plan = f"{store}/plan"
    sharding.plan([f"{store}/resumes"], [str(folder / "job.txt")], plan, 1, config(folder, "w"))
    sharding.run(plan, 1, RunConfig(workers=1))
    stage = (
        ObjectPath(plan)
        / "shards"
        / "1"
        / "parts"
        / "vectors"
        / sharding.open_plan(ObjectPath(plan)).plan.prints.vectors
    )
    (part,) = stage.glob("*.parquet")
    part.write_bytes(part.read_bytes()[:-1])
    with pytest.raises(IncompleteError, match="parts missing or changed: 1"):
        sharding.merge(plan, config(folder, "merged"))
    sharding.run(plan, 1, RunConfig(workers=1))
    sharding.merge(plan, config(folder, "merged"))


def test_only_the_first_of_two_writers_creates(store: str) -> None:
    path = ObjectPath(store) / "done" / "1.json"
    assert path.create(b"first")
    assert not path.create(b"second")
    assert path.read_bytes() == b"first"


def test_what_is_missing_is_said_in_words(store: str) -> None:
    with pytest.raises(InputError, match="nothing at"):
        discover([f"{store}/nothing"], Limits())
    with pytest.raises(FileNotFoundError):
        (ObjectPath(store) / "nothing").read_bytes()
    (ObjectPath(store) / "nothing").unlink(missing_ok=True)
    assert list((ObjectPath(store) / "nothing").glob("*")) == []


@pytest.mark.extras
@pytest.mark.parametrize("store", ["s3"], indirect=True)
def test_a_bucket_or_credentials_that_are_missing_are_named(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import s3fs

    with pytest.raises(InputError, match=r"there is no bucket s3://elsewhere-nowhere"):
        discover(["s3://elsewhere-nowhere/x"], Limits())
    with pytest.raises(OutputError, match=r"there is no bucket s3://elsewhere-nowhere"):
        ObjectPath("s3://elsewhere-nowhere/x").write_bytes(b"")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(InputError, match=f"no credentials for {store}") as raised:
        discover([f"{store}/x"], Limits())
    assert "AWS_PROFILE" in raised.value.hint
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "someone")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(InputError, match="does not answer"):
        discover([f"{store}/x"], Limits())


def test_a_kind_of_store_that_is_not_installed_names_the_extra() -> None:
    with pytest.raises(MissingExtraError, match="nosuch:// is not installed"):
        ObjectPath("nosuch://bucket/x").read_bytes()


def test_paths_are_no_urls() -> None:
    assert is_url("s3://bucket/key")
    assert not any(map(is_url, ["resumes", "/a//b", "C:/x", "./s3:/x", "x://"[1:]]))
    assert os.fspath(objects.place_of("a/b")) == "a/b"
