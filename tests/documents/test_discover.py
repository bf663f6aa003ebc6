"""Every document under the paths given is a source, a further name of one, or rejected with a reason."""

from __future__ import annotations

import io
import json
import os
import random
import socket
import stat
import threading
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.discover import Discovery, discover, open_source
from hirelens_cli.errors import InputError
from hirelens_cli.model.issues import Status

LIMITS = Limits()


def names(found: Discovery) -> dict[str, tuple[str, ...]]:
    return {source.name: source.also for source in found.sources}


def reasons(found: Discovery) -> dict[str, str]:
    return {name: issue.code for name, issue in found.rejected}


def write(folder: Path, **files: bytes) -> None:
    for name, data in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def archive(path: Path | io.BytesIO, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", method) as package:
        for name, data in members.items():
            package.writestr(name, data)


def test_equal_bytes_are_one_source_under_the_smallest_name(tmp_path: Path) -> None:
    write(tmp_path, b=b"same", a=b"other", c__a=b"same", Z=b"same")
    found = discover([str(tmp_path)], LIMITS)
    assert names(found) == {"Z": ("b", "c/a"), "a": ()}
    assert (found.found, found.duplicates) == (4, 2)
    assert [source.doc_id for source in found.sources] == sorted(
        sha256(data).hexdigest() for data in (b"same", b"other")
    )
    assert {source.size for source in found.sources} == {4, 5}


def test_hidden_and_system_files_are_no_documents_unless_named(tmp_path: Path) -> None:
    files = [".hidden", "~$cv.docx", "Thumbs.db", "desktop.ini", ".git/config", "cv.txt"]
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    assert list(names(discover([tmp_path], LIMITS))) == ["cv.txt"]
    assert list(names(discover([tmp_path / ".hidden"], LIMITS))) == [".hidden"]


def test_links_stay_inside_the_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    write(inside, a=b"a", sub__b=b"b")
    write(outside, secret=b"s")
    (inside / "to_a").symlink_to("a")
    (inside / "to_sub").symlink_to("sub")
    (inside / "loop").symlink_to(".")
    (inside / "to_secret").symlink_to(outside / "secret")
    (inside / "to_out").symlink_to(outside)
    (inside / "nowhere").symlink_to("missing")
    (inside / "self").symlink_to("self")
    found = discover([inside], LIMITS)
    assert names(found) == {"a": ("to_a",), "sub/b": ()}
    unreadable = Status.UNREADABLE
    assert reasons(found) == {"to_secret": unreadable, "to_out": unreadable, "nowhere": unreadable, "self": unreadable}
    assert list(names(discover([inside / "to_secret"], LIMITS))) == ["to_secret"]  # the user named it


def test_what_is_no_regular_file_is_rejected_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "socket"))
        found = discover([tmp_path], LIMITS)
    assert reasons(found) == {"fifo": Status.UNREADABLE, "socket": Status.UNREADABLE}
    assert reasons(discover([tmp_path / "fifo"], LIMITS)) == {"fifo": Status.UNREADABLE}


def test_files_and_folders_without_permission_are_rejected(tmp_path: Path) -> None:
    base = tmp_path / "base"
    write(base, a=b"a", sub__b=b"b", c=b"c")
    (base / "a").chmod(0)
    (base / "sub").chmod(0)
    for parent in (base, *base.parents[:4]):  # pytest's folders are private; another user must come through
        if parent.stat().st_uid == os.geteuid():
            parent.chmod(parent.stat().st_mode | 0o055)
    try:
        results = as_ordinary_user(lambda: [reasons(found := discover([base], LIMITS)), list(names(found))])
    finally:
        (base / "sub").chmod(stat.S_IRWXU)
    assert results == [{"a": "unreadable", "sub": "unreadable"}, ["c"]]


def as_ordinary_user(function: Callable[[], object]) -> object:
    """The result of the function, which root calls as nobody, because modes do not bind root."""
    if os.geteuid() != 0:
        return function()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            os.write(writing, json.dumps(function()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        result = file.read()
    os.waitpid(child, 0)
    return json.loads(result)


def test_large_files_are_rejected_unread(tmp_path: Path) -> None:
    write(tmp_path, small=b"x" * 10, large=b"x" * 11)
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(1 << 40)
    found = discover([tmp_path], replace(LIMITS, max_bytes=10))
    assert reasons(found) == {"large": Status.TOO_LARGE, "sparse": Status.TOO_LARGE}


def test_equal_names_below_several_folders_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, a__x=b"1", b__x=b"2", b__y=b"3", c__a__x=b"4")
    found = discover([tmp_path / "a", tmp_path / "b"], LIMITS)
    assert set(names(found)) == {"a/x", "b/x", "y"}
    again = discover([tmp_path / "c" / "a", tmp_path / "a"], LIMITS)
    assert len(set(names(again))) == 2
    assert "c/a/x" in names(again)


def test_a_file_given_twice_is_one_document(tmp_path: Path) -> None:
    write(tmp_path, sub__x=b"1")
    (tmp_path / "link").symlink_to("sub")
    paths = [tmp_path, tmp_path / "sub", tmp_path / "sub" / "x", tmp_path / "link", str(tmp_path / "s*")]
    found = discover(paths, LIMITS)
    assert names(found) == {"sub/x": ()}
    assert discover(paths[::-1], LIMITS) == found


def test_patterns(tmp_path: Path) -> None:
    write(tmp_path, a__x=b"1", b__x=b"2", b__y=b"3")
    (tmp_path / "p[1]").write_bytes(b"4")
    assert set(names(discover([str(tmp_path / "*" / "x")], LIMITS))) == {"a/x", "b/x"}
    assert set(names(discover([str(tmp_path / "**")], LIMITS))) == {"a/x", "b/x", "b/y", "p[1]"}
    assert set(names(discover([str(tmp_path / "p[1]")], LIMITS))) == {"p[1]"}


def test_missing_paths_are_errors_of_the_input(tmp_path: Path) -> None:
    for path in ("missing", "*.missing"):
        with pytest.raises(InputError):
            discover([str(tmp_path / path)], LIMITS)
    (tmp_path / "link").symlink_to("missing")
    with pytest.raises(InputError):
        discover([tmp_path / "link"], LIMITS)
    assert discover([], LIMITS).found == 0


def test_odd_names_are_shown_escaped_and_can_be_opened(tmp_path: Path) -> None:
    for number, name in enumerate(
        (b"\xff.txt", b"new\nline", b"esc\x1b[2J", b"[link=x]y[bold]", b"'; drop table t; --")
    ):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_bytes(b"%d" % number)  # noqa: PTH118
    found = discover([tmp_path], LIMITS)
    assert set(names(found)) == {"\\xff.txt", "new\\x0aline", "esc\\x1b[2J", "[link=x]y[bold]", "'; drop table t; --"}
    assert all(open_source(source, LIMITS).value for source in found.sources)


def test_the_order_of_paths_and_files_changes_nothing(tmp_path: Path) -> None:
    order = random.Random(5)
    files = [f"{order.randrange(5)}/{number}" for number in range(60)]
    results = []
    for attempt in range(2):
        base = tmp_path / str(attempt) / "base"
        order.shuffle(files)
        for name in files:
            (base / name).parent.mkdir(parents=True, exist_ok=True)
            (base / name).write_bytes(f"content {int(name[2:]) % 40}".encode())
        paths = sorted(base.iterdir(), reverse=attempt == 1)
        found = discover(paths, LIMITS)
        results.append([(source.doc_id, source.name, source.also, source.size) for source in found.sources])
        assert found.found == 60
    assert results[0] == results[1]


def test_members_of_an_archive_are_documents(tmp_path: Path) -> None:
    archive(
        tmp_path / "applicants.dat", {"a.txt": b"a", "sub/b.txt": b"b", "../up.txt": b"u", "/etc/x": b"x", "e/": b""}
    )
    write(tmp_path, c=b"a")
    found = discover([tmp_path], LIMITS)
    base = "applicants.dat"
    assert names(found) == {
        f"{base}/a.txt": ("c",),
        f"{base}/sub/b.txt": (),
        f"{base}/../up.txt": (),
        f"{base}/etc/x": (),
    }
    assert {open_source(source, LIMITS).value for source in found.sources} == {b"a", b"b", b"u", b"x"}
    alone = discover([tmp_path / base], LIMITS)
    assert set(names(alone)) == {"a.txt", "sub/b.txt", "../up.txt", "/etc/x"}
    assert not (tmp_path.parent / "up.txt").exists()


def test_passed_over_and_repeated_members(tmp_path: Path) -> None:
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(tmp_path / "z", "w") as package:
        for name, data in (("x", "1"), ("__MACOSX/._x", "2"), (".DS_Store", "3"), ("x", "4")):
            package.writestr(name, data)
    found = discover([tmp_path / "z"], LIMITS)
    assert set(names(found)) == {"x", "x#2"}
    assert {open_source(source, LIMITS).value for source in found.sources} == {b"1", b"4"}


def test_members_that_cannot_be_read_cost_only_themselves(tmp_path: Path) -> None:
    inner = io.BytesIO()
    archive(inner, {"x": b"x"})
    archive(tmp_path / "z", {"good": b"g", "bomb": bytes(3_000_000), "inner.zip": inner.getvalue(), "last": b"l"})
    archive(tmp_path / "bzip", {"packed": b"p"}, zipfile.ZIP_BZIP2)
    found = discover([tmp_path], LIMITS)
    assert set(names(found)) == {"z/good", "z/last"}
    assert reasons(found) == {
        "z/bomb": Status.TOO_LARGE,
        "z/inner.zip": Status.UNSUPPORTED,
        "bzip/packed": Status.UNSUPPORTED,
    }


def test_encrypted_and_damaged_members(tmp_path: Path) -> None:
    archive(tmp_path / "locked", {"a": b"a"}, zipfile.ZIP_STORED)
    data = bytearray((tmp_path / "locked").read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the directory
    (tmp_path / "locked").write_bytes(data)
    archive(tmp_path / "damaged", {"b": b"content of b", "c": b"c"}, zipfile.ZIP_STORED)
    data = bytearray((tmp_path / "damaged").read_bytes())
    data[data.index(b"content of b")] ^= 1
    (tmp_path / "damaged").write_bytes(data)
    found = discover([tmp_path], LIMITS)
    assert reasons(found) == {"locked/a": Status.ENCRYPTED, "damaged/b": Status.MALFORMED}
    assert set(names(found)) == {"damaged/c"}


def test_archives_are_bounded_as_a_whole(tmp_path: Path) -> None:
    archive(tmp_path / "many", {str(number): b"%d" % number for number in range(30)})
    found = discover([tmp_path], replace(LIMITS, archive_entries=20))
    assert reasons(found) == {"many": Status.TOO_LARGE}
    found = discover([tmp_path], replace(LIMITS, archive_bytes=10))
    assert len(found.sources) == 10
    assert set(reasons(found).values()) == {Status.TOO_LARGE}
    assert found.found == 30


def test_a_broken_archive_is_one_rejected_document(tmp_path: Path) -> None:
    archive(tmp_path / "z", {"a": b"a" * 100, "b": b"b"})
    (tmp_path / "z").write_bytes((tmp_path / "z").read_bytes()[:-30])
    assert reasons(discover([tmp_path], LIMITS)) == {"z": Status.MALFORMED}


def test_a_document_that_is_a_zip_is_no_archive(tmp_path: Path) -> None:
    archive(tmp_path / "cv", {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    assert list(names(discover([tmp_path], LIMITS))) == ["cv"]


def test_what_changes_or_goes_after_it_was_found_is_unreadable(tmp_path: Path) -> None:
    write(tmp_path, a=b"1", b=b"2", c=b"3")
    archive(tmp_path / "z", {"m": b"m"})
    sources = {source.name: source for source in discover([tmp_path], LIMITS).sources}
    (tmp_path / "a").write_bytes(b"changed")
    (tmp_path / "b").unlink()
    (tmp_path / "c").unlink()
    (tmp_path / "c").symlink_to("a")
    archive(tmp_path / "z", {"m": b"other", "n": b"longer"})
    assert {name: open_source(source, LIMITS).status for name, source in sources.items()} == dict.fromkeys(
        ("a", "b", "c", "z/m"), Status.UNREADABLE
    )


def test_a_file_that_is_being_rewritten_is_never_mixed(tmp_path: Path) -> None:
    path, contents = tmp_path / "busy", (b"a" * 50_000, b"b" * 70_000)
    path.write_bytes(contents[0])
    stop = threading.Event()

    def rewrite() -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            temporary = tmp_path / ".next"
            temporary.write_bytes(contents[turn % 2])
            temporary.replace(path)

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        for _ in range(100):
            (source,) = discover([tmp_path], LIMITS).sources
            outcome = open_source(source, LIMITS)
            assert outcome.value is None or sha256(outcome.value).hexdigest() == source.doc_id
            assert outcome.value is not None or outcome.status is Status.UNREADABLE
    finally:
        stop.set()
        writer.join()


def test_damaged_archives_never_raise(tmp_path: Path) -> None:
    archive(tmp_path / "z", {f"sub/{number}.txt": b"text %d" % number * 50 for number in range(6)})
    whole = (tmp_path / "z").read_bytes()
    chance = random.Random(3)
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 2, 8))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / "z").write_bytes(damaged[: chance.choice((None, chance.randrange(len(damaged))))])
        found = discover([tmp_path], LIMITS)
        assert found.found >= 1
        for source in found.sources:
            assert open_source(source, LIMITS).value is not None
