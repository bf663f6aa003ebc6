from __future__ import annotations

import json

import pytest

from hirelens_cli.audits import Selection
from hirelens_cli.errors import ExitCode
from hirelens_cli.governance.impact import Tally, categories
from hirelens_cli.model.audits import Audit, Cut, Impact, JobAudit, Leak, LeakReport, Measure, Rule

LOW = Impact(Measure.SELECTION, "sex", categories([Tally("A", 100, 60), Tally("B<b>", 100, 30)]))
FEW = Impact(Measure.SELECTION, "sex", categories([Tally("A", 3, 2), Tally("B", 3, 1)]))


def report(rule: Rule, impact: Impact) -> Audit:
    job = JobAudit("job.txt", "Job", 200, 7, 5150.0, "the first 90 by rank", 90, (impact,), (Cut(5000, 90, (impact,)),))
    return Audit(rule, "2026-11-27", "r" * 16, "2026-11-23", "0.1.0", "c" * 16, "static", "p.csv", 207, 0, "", (job,))


@pytest.fixture
def audits(app):
    """The audits, replaced."""
    app.answers["audit"] = report(Rule.LL144, LOW)
    app.Selection = Selection
    return app


ARGUMENTS = ("audit", "--demographics", "p.csv", "--rule")


@pytest.mark.slow
def test_ll144_is_a_report_and_no_verdict(run, audits):
    ended = run(*ARGUMENTS, "ll144", "--cut", "score>=60", "--sweep")
    assert ended.code == ExitCode.DONE
    for text in ("not an independent audit", "not legal advice", "2026-11-27", "0.500", "60.0%", "unknown", "51.50"):
        assert text in ended.out
    assert "four fifths" not in ended.out
    assert audits.calls[0][2]["selection"] == Selection(cut=60.0)


@pytest.mark.slow
def test_a_finding_under_the_four_fifths_rule_fails(run, audits):
    audits.answers["audit"] = report(Rule.EEOC, LOW)
    ended = run(*ARGUMENTS, "eeoc", "--top", "90", "-f", "md")
    assert ended.code == ExitCode.GATE
    assert "adverse impact indicated" in ended.out
    assert "0.500" in ended.err


def test_too_few_to_tell_is_no_finding_but_a_gate_is_a_gate(run, audits):
    audits.answers["audit"] = report(Rule.EEOC, FEW)
    ended = run(*ARGUMENTS, "eeoc", "-f", "md")
    assert ended.code == ExitCode.DONE
    assert "too few to tell; one person would turn it" in ended.out
    assert run(*ARGUMENTS, "eeoc", "--fail-under", "0.8").code == ExitCode.GATE
    assert run(*ARGUMENTS, "ll144", "--fail-under", "0.5").code == ExitCode.DONE


def test_json_and_a_report_file(run, audits, tmp_path):
    record = json.loads(run(*ARGUMENTS, "ll144", "-f", "json").out)
    category = record["jobs"][0]["impacts"][0]["categories"][1]
    assert (record["schema"], record["independent"], category["ratio"]) == ("hirelens.audit/1", False, 0.5)
    assert run(*ARGUMENTS, "ll144", "-o", "audit.md").out == ""
    page = (tmp_path / "audit.md").read_text()
    assert page.startswith("# Audit of outcomes\n")
    assert "| B\\<b\\> | 100 | 30 | 30.0% | 0.500 |" in page


@pytest.mark.parametrize(
    "more",
    [
        ("--cut", "high"),
        ("--cut", "101"),
        ("--cut", "50", "--top", "3"),
        ("--fail-under", "80"),
        ("--top", "0"),
    ],
)
def test_what_cannot_be_meant(run, audits, more):
    assert run(*ARGUMENTS, "ll144", *more).code == ExitCode.USAGE


def test_an_audit_needs_to_know_of_what_and_by_which_rule(run, audits):
    assert run("audit", "--rule", "ll144").code == ExitCode.USAGE
    assert run("audit", "--demographics", "p.csv").code == ExitCode.USAGE
    assert audits.calls == []


def test_a_leak_is_named_and_fails(run, audits):
    audits.answers["leak_test"] = LeakReport(2, ("job.txt",), 1, "a" * 64, "a" * 64, ())
    ended = run("audit", "--leak", "r", "--job", "j")
    assert (ended.code, audits.calls[0][1][:2]) == (ExitCode.DONE, (["r"], ["j"]))
    assert "Identities swapped: equal" in ended.out
    leak = Leak("c" * 16, "zoe.pdf", ("scores",), "led by Zoe", "led by Zora")
    audits.answers["leak_test"] = LeakReport(2, ("job.txt",), 1, "a" * 64, "b" * 64, (leak,))
    ended = run("audit", "--leak", "r", "--job", "j")
    assert ended.code == ExitCode.GATE
    assert all(text in ended.out for text in ("zoe.pdf", "scores", "led by Zoe", "led by Zora"))
    assert json.loads(run("audit", "--leak", "r", "--job", "j", "-f", "json").out)["equal"] is False
    assert run("audit", "--leak", "r").code == ExitCode.USAGE
