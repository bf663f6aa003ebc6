"""A small shortlist, made by hand, for everything that shows one."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from hirelens_cli.model.issues import Status
from hirelens_cli.model.jobs import CRITERION_OF, Requirement, RequirementKind
from hirelens_cli.model.shortlists import (
    Counts,
    Evidence,
    Explanation,
    JobShortlist,
    Part,
    Ranked,
    Shortlist,
    Unscreened,
)

settings.register_profile("same", derandomize=True, deadline=None)  # a busy machine is no failure
settings.register_profile("search", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HIRELENS_HYPOTHESIS", "same"))
"""The same examples in every run, so that a change is to blame for a failure; `search` looks further, with new ones."""

os.environ["HIRELENS_MODELS"] = str(Path(__file__).parent / "no-models")
"""What a developer has built must not change what a test sees; processes that tests start inherit it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs an extra is never in the fast lane, however that is asked for."""
    for item in items:
        if item.get_closest_marker("extras"):
            item.add_marker(pytest.mark.slow)


REQUIREMENTS = (
    (Requirement("Python", RequirementKind.SKILL, True, None), 4000),
    (Requirement("5+ years of experience", RequirementKind.YEARS, True, None), 2500),
    (Requirement("Build services", RequirementKind.RESPONSIBILITY, False, None), 2000),
    (Requirement("Senior Backend Engineer", RequirementKind.DOMAIN, False, None), 1500),
    (Requirement("Can you work in Portland?", RequirementKind.QUESTION, False, None), 0),
)
QUOTE = Evidence(1, 102, 140, "Designed REST APIs in Python")


def parts_of(values: tuple[int, ...]) -> tuple[Part, ...]:
    """The parts for the scored requirements, with these values in thousandths."""
    parts = []
    for (requirement, weight), value in zip(REQUIREMENTS, values, strict=False):
        criterion = CRITERION_OF[requirement.kind]
        assert criterion is not None
        parts.append(
            Part(
                criterion,
                requirement.text,
                requirement.kind,
                requirement.must,
                weight,
                value,
                (weight * value + 500) // 1000,
                "used for 38 months" if value else "no evidence",
                (QUOTE,) if value else (),
                index=len(parts),
            )
        )
    return tuple(parts)


def ranked(rank: int, values: tuple[int, ...], resume: str, name: str, **more: object) -> Ranked:
    """A candidate with these values."""
    parts = parts_of(values)
    score = sum(part.points for part in parts)
    words = Explanation(
        "Meets most of what is asked.",
        ("Python for 38 months", "Six years", "Services"),
        ("No Kafka", "No Go", "No degree"),
        ("Ask about Kafka", "Check the dates"),
    )
    person = Ranked(
        rank,
        f"{rank:x}" * 16,
        resume,
        (),
        score,
        100.0 - rank,
        "high",
        parts,
        words,
        name=name,
        interval=(max(0, score - 250), min(10_000, score + 250)),
        places=(rank, rank),
    )
    return replace(person, **more)


@pytest.fixture
def shortlist() -> Shortlist:
    """Three candidates for one job, one document that could not be screened."""
    job = JobShortlist(
        "a" * 64,
        "job.txt",
        "Senior Backend Engineer",
        tuple(requirement for requirement, _ in REQUIREMENTS),
        tuple(weight for _, weight in REQUIREMENTS),
        3,
        (
            ranked(1, (1000, 1000, 713, 500), "amara.pdf", "Amara Okonjo", also=("copy/amara.pdf",)),
            ranked(
                2,
                (1000, 0, 333, 100),
                "tomas.pdf",
                "Tomas Lindqvist",
                knockouts=("5+ years of experience",),
                places=(2, 3),
            ),
            ranked(
                3,
                (0, 0, 0, 0),
                "viktor.pdf",
                "Viktor Halloran",
                flags=("hidden_text",),
                confidence="low",
                places=(2, 3),
            ),
        ),
    )
    unscreened = (
        Unscreened("ruth.pdf", "f" * 16, Status.IMAGE_ONLY, "pictures of pages, no text", "run it through OCR"),
    )
    return Shortlist("r" * 16, "2026-11-23", "c" * 16, "static", (job,), unscreened, Counts(5, 3, 1, 1))


@pytest.fixture(scope="session")
def built_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models with minilm-int8, built from the installed package; for tests marked `extras`."""
    from hirelens_cli.backends.embedders.built import INT8, build

    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HIRELENS_MODELS", str(folder))
        build(INT8)
    return folder


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With HIRELENS_NO_SKIPS a skipped test fails the run: `make test-extras` has all that the tests need."""
    if not os.environ.get("HIRELENS_NO_SKIPS") or exitstatus != pytest.ExitCode.OK:
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("a test was skipped, and HIRELENS_NO_SKIPS is set", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
