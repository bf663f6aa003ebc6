"""Who belongs to which shard, and what a plan says of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from hirelens_cli.config import RunConfig
from hirelens_cli.documents.discover import Discovery
from hirelens_cli.engine.plan import Applicant, Fingerprints
from hirelens_cli.engine.results import Inputs
from hirelens_cli.engine.run import Batch
from hirelens_cli.engine.shards import PlanFolder, freeze, open_plan, shard_of
from hirelens_cli.model.documents import SourceFile

CONFIG = RunConfig(as_of="2026-11-23")


def batch(count: int) -> Batch:
    names = [f"{number}.pdf" for number in range(count)]
    sources = [
        SourceFile(
            hashlib.sha256(name.encode()).hexdigest(), name, f"/data/cvs/{name}", "é\udcff%" if name == "3.pdf" else ""
        )
        for name in names
    ]
    sources.sort(key=lambda source: source.doc_id)
    return Batch(tuple(Applicant(source, CONFIG.as_of) for source in sources), Discovery(tuple(sources), ()), 0)


def frozen(folder: Path, documents: Batch, shards: int) -> PlanFolder:
    prints = Fingerprints("d", "p", "v", "j", "s")
    inputs = Inputs(("/data",), (), None, "d")
    return freeze(folder, documents, Discovery((), ()), shards, config=CONFIG, prints=prints, inputs=inputs)


def test_every_document_comes_back_as_it_was_planned(tmp_path: Path) -> None:
    documents = batch(50)
    frozen(tmp_path, documents, 7)
    place = open_plan(tmp_path)
    assert place.batch(range(1, 8)) == documents
    assert {person.source.location for person in place.people(1, "/mnt")} == {
        person.source.location.replace("/data/cvs", "/mnt") for person in place.people(1)
    }


@pytest.mark.slow
def test_shards_are_of_about_one_size() -> None:
    sizes = Counter(shard_of(person.source.doc_id, 8) for person in batch(2000).people)
    assert set(sizes) == set(range(1, 9))
    assert max(sizes.values()) < 1.3 * min(sizes.values())


@pytest.mark.parametrize("shards", [1, 60])
def test_any_number_of_shards_holds_all(tmp_path: Path, shards: int) -> None:
    assert frozen(tmp_path, batch(20), shards).plan.documents == 20
    assert len(list((tmp_path / "shards").iterdir())) == shards
