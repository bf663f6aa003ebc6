"""What a build server shows: JUnit XML, in which a document without a score and a gate that was not passed are failures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from hirelens_cli.model.evaluations import Evaluation, Gate
from hirelens_cli.model.shortlists import JobShortlist, Shortlist, Unscreened
from hirelens_cli.rendering.panels import some
from hirelens_cli.rendering.safe import safe_text


@dataclass(frozen=True, slots=True)
class _Case:
    """One test: passed, failed, or let pass."""

    name: str
    kind: str = ""
    """What went wrong, in a word; empty where nothing did."""
    message: str = ""
    text: str = ""
    allowed: bool = False


def shortlist_junit(shortlist: Shortlist, *, allow_unscreened: bool = False) -> bytes:
    """A suite of jobs, which fail where nobody was scored, and one of the documents that were not screened.

    With `allow_unscreened` these are skipped tests instead of failures, as the exit status then is 0.
    """
    jobs = [_job(job) for job in shortlist.jobs]
    documents = [_document(item, allow_unscreened) for item in shortlist.unscreened]
    return _xml([("hirelens.jobs", jobs), ("hirelens.documents", documents)])


def evaluation_junit(evaluation: Evaluation) -> bytes:
    """A suite of gates."""
    return _xml([("hirelens.eval", [_gate(gate) for gate in evaluation.gates])])


def _job(job: JobShortlist) -> _Case:
    name = f"{job.job}: {some(job.pool, 'candidate')} scored"
    return _Case(name) if job.pool else _Case(name, "empty", "nobody was scored")


def _document(item: Unscreened, allowed: bool) -> _Case:
    name = item.resume or item.candidate or "a file that could not be opened"
    return _Case(name, item.status.value, item.message, item.hint, allowed)


def _gate(gate: Gate) -> _Case:
    name = f"{gate.metric} at least {gate.least:g}"
    return _Case(name) if gate.passed else _Case(name, "gate", f"{gate.metric} is {gate.value:.3f}")


def _xml(suites: Sequence[tuple[str, Sequence[_Case]]]) -> bytes:
    root = Element("testsuites", _counted("hirelens", [case for _, cases in suites for case in cases]))
    for name, cases in suites:
        suite = SubElement(root, "testsuite", _counted(name, cases))
        for case in cases:
            test = SubElement(suite, "testcase", {"classname": name, "name": safe_text(case.name), "time": "0"})
            if case.kind:
                about = {"message": safe_text(f"{case.kind}: {case.message}")}
                outcome = "skipped" if case.allowed else "failure"
                if not case.allowed:
                    about["type"] = case.kind
                SubElement(test, outcome, about).text = safe_text(case.text) or None
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _counted(name: str, cases: Sequence[_Case]) -> dict[str, str]:
    failed = [case for case in cases if case.kind]
    skipped = sum(case.allowed for case in failed)
    return {
        "name": name,
        "tests": str(len(cases)),
        "failures": str(len(failed) - skipped),
        "skipped": str(skipped),
        "errors": "0",
        "time": "0",
    }
