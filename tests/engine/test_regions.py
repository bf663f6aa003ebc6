from __future__ import annotations

import random
from dataclasses import replace

import pytest

from hirelens_cli.engine.exports import Entrant, Export, JobPart, Made
from hirelens_cli.engine.plan import Fingerprints
from hirelens_cli.engine.regions import across
from hirelens_cli.errors import InputError
from hirelens_cli.model.issues import Status
from hirelens_cli.model.jobs import CRITERION_OF, Job, Requirement, RequirementKind
from hirelens_cli.model.shortlists import Explanation, Part, Ranked

ASKED = (
    Requirement("Python", RequirementKind.SKILL, True, None, knockout=True),
    Requirement("3 years of experience", RequirementKind.YEARS, True, None),
    Requirement("Where do you live?", RequirementKind.QUESTION, False, None),
)
JOB = Job("j" * 64, "job.txt", "Developer", 3, "", "", ASKED)
WEIGHTS = (6000, 4000, 0)
MADE = Made("", "2026-11-23", "c", "0.1", "static", "m", Fingerprints("d", "p", "v", "j", "s"), {"numpy": "2"})


def entrant(number: int, values: tuple[int, int], *, tie: int = 0) -> Entrant:
    score = sum((weight * value + 500) // 1000 for weight, value in zip(WEIGHTS, values, strict=False))
    interval = (max(0, score - 150), min(10_000, score + 150))
    return Entrant(f"{number:016x}", f"{tie:064x}", interval, (*values, 0))


def ranked(item: Entrant) -> Ranked:
    parts = []
    for index, (asked, weight) in enumerate(zip(ASKED, WEIGHTS, strict=True)):
        criterion, value = CRITERION_OF[asked.kind], item.values[index]
        if weight and criterion:
            points = (weight * value + 500) // 1000
            parts.append(Part(criterion, asked.text, asked.kind, asked.must, weight, value, points, index=index))
    score = sum(part.points for part in parts)
    words = Explanation("", (), (), ())
    return Ranked(0, item.candidate, "", (), score, 0.0, "high", tuple(parts), words, interval=item.interval)


def export(region: str, entrants: list[Entrant], *, top: int = 0, **more: object) -> Export:
    best = sorted(entrants, key=lambda item: (item.values[0] <= 250, -ranked(item).score, item.profile, item.candidate))
    shown = tuple(ranked(item) for item in best[: top or None])
    weights = WEIGHTS if entrants else (0, 0, 0)
    part = JobPart(JOB, weights, (), tuple(sorted(entrants, key=lambda item: item.candidate)), shown)
    whole = Export(region, "r", MADE, top, (part,), tuple(item.candidate for item in entrants), (), 0)
    return replace(whole, **more)


def test_any_split_gives_the_order_of_all():
    rng = random.Random(7)
    everyone = [
        entrant(number, (rng.choice((0, 250, 500, 1000)), rng.choice((0, 500))), tie=rng.randrange(3))
        for number in rng.sample(range(10_000), 60)
    ]
    whole = across([export("all", everyone)], None).jobs[0]
    assert len({item.score for item in whole.candidates}) < 9, "there must be many ties"
    for count in (2, 3, 5):
        shares: list[list[Entrant]] = [[] for _ in range(count)]
        for item in everyone:
            for share in rng.sample(shares, rng.choice((1, 1, 2))):
                share.append(item)
        merged = across([export(f"r{number}", share) for number, share in enumerate(shares)], None).jobs[0]
        assert tuple(replace(item, regions=("all",)) for item in merged.candidates) == whole.candidates
        assert any(len(item.regions) == 2 for item in merged.candidates)
        few = across([export(f"r{number}", share, top=7) for number, share in enumerate(shares)], None).jobs[0]
        assert few.candidates == merged.candidates[:7]


def test_a_region_where_nobody_applied_takes_part():
    merged = across([export("eu", []), export("us", [entrant(1, (500, 0))])], None)
    assert (merged.jobs[0].weights, merged.jobs[0].pool) == (WEIGHTS, 1)
    assert across([export("eu", [])], None).jobs[0].candidates == ()


def test_what_was_scored_anywhere_counts_as_scored_and_copies_as_duplicates():
    a, b = entrant(1, (500, 0)), entrant(2, (0, 0))
    lost = (("", Status.UNREADABLE), (a.candidate, Status.TIMEOUT), ("f" * 16, Status.EMPTY))
    merged = across([export("eu", [a, b]), export("us", [b], unscreened=lost, duplicates=2)], None)
    told = [(item.candidate, item.status, item.message) for item in merged.unscreened]
    assert told == [
        ("", Status.UNREADABLE, "not screened in us"),
        ("f" * 16, Status.EMPTY, "not screened in us"),
    ]
    counts = merged.counts
    assert (counts.found, counts.scored, counts.unscreened, counts.duplicates) == (8, 2, 2, 4)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ({"tenant": "acme"}, r"tenant \(none\) and acme"),
        ({"as_of": "2026-11-24"}, "as-of date 2026-11-23 and 2026-11-24"),
        ({"config": "d"}, "configuration c and d"),
        ({"version": "0.2"}, "version of hirelens 0.1 and 0.2"),
        ({"model": "n"}, "model m and n"),
        ({"libraries": {"numpy": "3"}}, "numpy 2 and 3"),
        ({"prints": Fingerprints("d", "p", "v", "j", "t")}, "code or data of scoring"),
        ({"prints": Fingerprints("d", "q", "v", "k", "t")}, "code or data of understanding"),
    ],
)
def test_each_term_that_differs_is_named(made, told):
    with pytest.raises(InputError, match=told):
        across([export("eu", []), export("us", [], made=replace(MADE, **made))], None)


def test_jobs_that_differ_are_named():
    part = export("us", [entrant(1, (500, 0))]).jobs[0]
    eu = export("eu", [entrant(2, (500, 0))])
    other = replace(part, job=replace(JOB, job_id="k" * 64, name="other.txt"))
    with pytest.raises(InputError, match=r"job job\.txt is in eu alone; job other\.txt is in us alone"):
        across([eu, export("us", [], jobs=(other,))], None)
    for changed in (replace(part, weights=(5000, 5000, 0)), replace(part, job=replace(JOB, requirements=ASKED[::-1]))):
        with pytest.raises(InputError, match=r"job job\.txt is understood or weighed otherwise"):
            across([eu, export("us", [], jobs=(changed,))], None)
    renamed = replace(part, job=replace(JOB, name="elsewhere/job.txt"))
    assert across([eu, export("us", [], jobs=(renamed,))], None).jobs[0].job == "job.txt"


def test_two_of_one_region_and_a_candidate_scored_unlike_are_refused():
    with pytest.raises(InputError, match="two exports are of the region eu"):
        across([export("eu", []), export("eu", [])], None)
    with pytest.raises(InputError, match="0000000000000001 is not scored alike in eu and us"):
        across([export("eu", [entrant(1, (500, 0))]), export("us", [entrant(1, (0, 0))])], None)
