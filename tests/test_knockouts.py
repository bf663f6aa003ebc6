"""A requirement that the user marked as a knockout: shown and ranked below, never hidden, and no score changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hirelens_cli import app, history
from hirelens_cli.config import RunConfig, Weights
from hirelens_cli.model.shortlists import Ranked

JOB = """schema = "hirelens.job/1"
title = "Accountant"
[[requirement]]
any_of = ["Bookkeeping"]
[[requirement]]
any_of = ["Excel"]
[[requirement]]
kind = "certificate"
any_of = ["CPA"]
{mark}
"""
CPA = "Certified Public Accountant"
STRONG = """Ada Quist

Experience
Accountant, Harbour Ltd
01/2016 - Present
- Bookkeeping for forty clients, month-end close in Excel
- Accountant for payroll and tax returns

Skills
Bookkeeping, Excel, Payroll
"""
WEAK = """Rolf Amsel

Experience
Warehouse clerk, Amsel Freight
01/2019 - 12/2020
- Counted stock and drove a van

Certifications
CPA, 2015
"""


@pytest.fixture
def ranked(tmp_path: Path):
    (tmp_path / "resumes").mkdir()
    (tmp_path / "resumes" / "strong.txt").write_text(STRONG)
    (tmp_path / "resumes" / "weak.txt").write_text(WEAK)

    def run(mark: str, weights: Weights | None = None) -> dict[str, Ranked]:
        (tmp_path / "job.toml").write_text(JOB.format(mark=mark))
        config = RunConfig(workspace=str(tmp_path / "w"), as_of="2026-11-23", workers=1, weights=weights or Weights())
        shortlist = app.rank([str(tmp_path / "resumes")], [str(tmp_path / "job.toml")], config)
        for item in shortlist.jobs[0].candidates:
            again = app.explain(item.resume, "job.toml", replace(config, weights=Weights()))[1]
            assert again == item
        return {item.resume: item for item in shortlist.jobs[0].candidates}

    return run


@pytest.mark.slow
def test_a_must_have_without_evidence_costs_its_points_and_no_more(ranked) -> None:
    people = ranked("")
    assert people["strong.txt"].rank == 1
    assert CPA in people["strong.txt"].knockouts
    assert people["strong.txt"].knocked_out_by == ()


@pytest.mark.slow
def test_a_marked_one_ranks_below_with_its_score_and_reason(ranked) -> None:
    before, after = ranked(""), ranked("knockout = true")
    assert (after["weak.txt"].rank, after["strong.txt"].rank) == (1, 2)
    assert after["strong.txt"].knocked_out_by == (CPA,)
    assert after["weak.txt"].knocked_out_by == ()
    for name, item in after.items():
        assert (item.score, item.interval, item.parts) == (
            before[name].score,
            before[name].interval,
            before[name].parts,
        )
    assert {item.places for item in after.values()} == {(1, 1), (2, 2)}


@pytest.mark.slow
def test_what_has_no_weight_knocks_nobody_out(ranked) -> None:
    people = ranked("knockout = true", Weights(skills=0))
    assert people["strong.txt"].rank == 1
    assert people["strong.txt"].knocked_out_by == ()


@pytest.mark.slow
def test_whatif_keeps_the_knockout_and_lifts_it_with_the_requirement(ranked, tmp_path: Path) -> None:
    ranked("knockout = true")
    config = RunConfig(workspace=str(tmp_path / "w"))

    def order(without: tuple[str, ...]) -> list[str]:
        return [move.resume for move in history.what_if("job.toml", {}, without, config).moves]

    assert order(()) == ["weak.txt", "strong.txt"]
    assert order((CPA,)) == ["strong.txt", "weak.txt"]
