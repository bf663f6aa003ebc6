"""Fingerprints, run ids and chunks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hirelens_cli.config import Limits, RunConfig, Weights
from hirelens_cli.engine import plan
from hirelens_cli.engine.plan import Applicant, chunked, fingerprints, run_id
from hirelens_cli.errors import InputError
from hirelens_cli.model.documents import SourceFile

BASE = RunConfig(as_of="2026-11-23")


def changed(config: RunConfig, embedder: str = "e") -> set[str]:
    """The stages whose fingerprint differs from that of BASE."""
    before, after = fingerprints(BASE, "e"), fingerprints(config, embedder)
    return {name for name in before.__slots__ if getattr(before, name) != getattr(after, name)}


@pytest.mark.parametrize(
    ("config", "stages"),
    [
        (BASE, set()),
        (replace(BASE, top=3, workers=7, chunk=2, blind=True, workspace="w"), set()),
        (replace(BASE, as_of="2020-01-01"), set()),
        (replace(BASE, limits=Limits(max_pages=3)), {"documents", "jobs", "scores"}),
        (replace(BASE, weights=Weights(skills=50)), {"scores"}),
        (replace(BASE, redact_institutions=True), {"profiles", "jobs", "scores"}),
    ],
)
def test_a_setting_touches_only_the_stages_that_it_bears_on(config: RunConfig, stages: set[str]) -> None:
    assert changed(config) == stages


def test_another_embedder_makes_other_vectors() -> None:
    assert changed(BASE, "other") == {"vectors", "jobs", "scores"}


def test_a_skill_file_of_ones_own_counts_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("a")
    config = replace(BASE, taxonomy=(str(file),))
    first = fingerprints(config, "e").profiles
    file.write_text("b")
    assert fingerprints(config, "e").profiles != first
    with pytest.raises(InputError):
        fingerprints(replace(BASE, taxonomy=(str(tmp_path / "none"),)), "e")


def test_code_counts_wherever_it_is_installed_and_caches_beside_it_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / ".venv" / "hirelens_cli"
    (package / "documents").mkdir(parents=True)
    monkeypatch.setattr(plan, "PACKAGE", package)
    empty = fingerprints(BASE, "e").documents
    (package / "documents" / "pdf.py").write_text("x = 1\n")
    with_code = fingerprints(BASE, "e").documents
    assert with_code != empty
    (package / "documents" / "__pycache__").mkdir()
    (package / "documents" / "__pycache__" / "pdf.pyc").write_bytes(b"x")
    assert fingerprints(BASE, "e").documents == with_code


def test_a_run_is_named_by_what_it_was_given() -> None:
    person = Applicant(SourceFile("ab" * 32, "a.txt", "/x/a.txt"), "2026-11-23")
    base = run_id([person], [], [], "c", "s")
    assert run_id([replace(person, source=replace(person.source, location="/y/a.txt"))], [], [], "c", "s") == base
    others = {
        run_id([], [], [], "c", "s"),
        run_id([replace(person, as_of="2026-11-24")], [], [], "c", "s"),
        run_id([replace(person, source=replace(person.source, name="b.txt"))], [], [], "c", "s"),
        run_id([person], ["broken.pdf"], [], "c", "s"),
        run_id([person], [], [], "d", "s"),
    }
    assert base not in others
    assert len(others) == 5


def test_large_batches_have_larger_chunks() -> None:
    sources = [SourceFile(f"{number:064x}", str(number), "") for number in range(2_000)]
    assert {len(chunk) for chunk in chunked(sources[:40], 16)} == {16, 8}
    assert len(chunked(sources, 1)) <= 500
    assert [source for chunk in chunked(sources, 7) for source in chunk] == sources
