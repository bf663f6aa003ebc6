"""Parts and receipts: whole or not there."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from hirelens_cli.engine.parts import Shelf

FRAME = pl.DataFrame({"key": ["a", "b"], "value": [1, 2]})


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "stage" / "print", "stage", "print")


def test_what_is_put_is_found_by_key_and_read_back(shelf: Shelf) -> None:
    receipt = shelf.put(FRAME, ["a", "b"], failed=1)
    assert shelf.holders(["b", "c"]) == {"b": receipt.shard}
    read = shelf.read(receipt.shard)
    assert read is not None
    assert read.equals(FRAME)
    assert shelf.read(receipt.shard, ["value"]).columns == ["value"]  # type: ignore[union-attr]


def test_the_same_keys_make_one_part_however_often_they_are_put(shelf: Shelf) -> None:
    assert shelf.put(FRAME, ["a", "b"]).shard == shelf.put(FRAME, ["a", "b"]).shard
    assert len(shelf.receipts()) == 1


def test_a_part_without_receipt_is_not_there(shelf: Shelf) -> None:
    receipt = shelf.put(FRAME, ["a", "b"])
    (shelf.folder / f"{receipt.shard}.json").unlink()
    assert shelf.holders(["a"]) == {}


def test_a_receipt_says_what_the_next_stage_is_asked_for(tmp_path: Path) -> None:
    profiles = Shelf(tmp_path, "profiles", "print")
    frame = FRAME.with_columns(passages_hash=pl.Series(["h", None]))
    receipt = profiles.put(frame, ["a", "b"], failed=1)
    assert profiles.linked(["a", "b", "c"]) == {"a": (receipt.shard, "h"), "b": (receipt.shard, "")}
    profiles.drop("key", {"a"})
    assert [link for _, link in profiles.linked(["a", "b"]).values()] == [""]


def test_a_receipt_of_an_earlier_version_says_nothing_of_the_next_stage(tmp_path: Path) -> None:
    profiles = Shelf(tmp_path, "profiles", "print")
    receipt = profiles.put(FRAME.with_columns(passages_hash=pl.Series(["h", "i"])), ["a", "b"])
    path = tmp_path / f"{receipt.shard}.json"
    old = json.loads(path.read_text())
    del old["links"], old["check"]
    path.write_text(json.dumps(old))
    assert profiles.linked(["a", "b"]) == {}
    assert profiles.holders(["a", "b"]).keys() == {"a", "b"}


def test_a_receipt_in_which_a_letter_changed_counts_as_none(tmp_path: Path) -> None:
    profiles = Shelf(tmp_path, "profiles", "print")
    receipt = profiles.put(FRAME.with_columns(passages_hash=pl.Series(["hash", "i"])), ["a", "b"])
    path = tmp_path / f"{receipt.shard}.json"
    whole = path.read_text()
    for before, after in (('"hash"', '"hesh"'), ('["a","b"]', '["a","c"]'), ('"failed":0', '"failed":1')):
        assert before in whole
        path.write_text(whole.replace(before, after))
        assert profiles.receipts() == ()
    path.write_text(whole)
    assert profiles.receipts() == (receipt,)


@pytest.mark.parametrize("keys", [None, ["b", "d"]])
def test_several_parts_are_read_in_one_call_whole_or_some_rows_of_them(shelf: Shelf, keys: list[str] | None) -> None:
    shards = [
        shelf.put(FRAME, ["a", "b"]).shard,
        shelf.put(FRAME.with_columns(key=pl.Series(["c", "d"])), ["c", "d"]).shard,
    ]
    rows = shelf.read_all(shards, ["value", "key"], keys=keys)
    assert rows is not None
    assert rows["key"].to_list() == (keys or ["a", "b", "c", "d"])
    assert rows.columns == ["value", "key"]


def test_of_several_parts_a_damaged_one_is_taken_away_and_the_others_stay(shelf: Shelf) -> None:
    good, bad = shelf.put(FRAME, ["a", "b"]).shard, shelf.put(FRAME, ["c", "d"]).shard
    shelf.part(bad).write_bytes(b"not what was written")
    assert shelf.read_all([good, bad]) is None
    assert shelf.holders(["a", "c"]) == {"a": good}


def test_vectors_are_stored_as_they_are(tmp_path: Path) -> None:
    noise = pl.DataFrame({"key": ["a"], "data": [bytes(10_000)]})
    shelves = [Shelf(tmp_path / stage, stage, "print") for stage in ("vectors", "documents")]
    raw, packed = (shelf.part(shelf.put(noise, ["a"]).shard).stat().st_size for shelf in shelves)
    assert raw > 10_000 > packed


@pytest.mark.parametrize("position", [0, 40, -1])
def test_a_flipped_bit_is_never_read_and_the_part_is_taken_away(shelf: Shelf, position: int) -> None:
    receipt = shelf.put(FRAME, ["a", "b"])
    data = bytearray(shelf.part(receipt.shard).read_bytes())
    data[position] ^= 1
    shelf.part(receipt.shard).write_bytes(data)
    assert shelf.read(receipt.shard) is None
    assert shelf.holders(["a"]) == {}


def test_a_damaged_receipt_counts_as_none(shelf: Shelf) -> None:
    receipt = shelf.put(FRAME, ["a", "b"])
    (shelf.folder / f"{receipt.shard}.json").write_bytes(b"{half")
    assert shelf.receipts() == ()
    assert shelf.read(receipt.shard) is None


def test_a_part_is_adopted_whole_or_not_at_all(shelf: Shelf, tmp_path: Path) -> None:
    receipt = shelf.put(FRAME, ["a", "b"])
    other = Shelf(tmp_path / "other" / "print", "stage", "print")
    assert other.adopt(shelf, receipt)
    assert other.receipts() == (receipt,)
    times = [path.stat().st_mtime_ns for path in sorted(other.folder.iterdir())]
    assert other.adopt(shelf, receipt)
    assert [path.stat().st_mtime_ns for path in sorted(other.folder.iterdir())] == times
    shelf.part(receipt.shard).write_bytes(b"torn")
    third = Shelf(tmp_path / "third" / "print", "stage", "print")
    assert not third.adopt(shelf, receipt)
    assert third.receipts() == ()
