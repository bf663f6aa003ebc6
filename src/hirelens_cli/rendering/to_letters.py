"""Letters to candidates as panels and as JSON: plain words, and nothing that only an expert would understand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hirelens_cli.model.letters import Notice, Pack
from hirelens_cli.model.shortlists import CENTI, MILLI, Part
from hirelens_cli.rendering.panels import Panel, number, points
from hirelens_cli.rendering.to_history import to_json
from hirelens_cli.rendering.to_page import NOT_ADVICE

FILL_IN = "[fill in: whom to write to]"

_NOT_SCORED = (
    "Names, e-mail addresses, telephone numbers, links, postal addresses, photographs, and what a resume says of age, sex, "
    "family, nationality or religion are taken out before anything is scored. Text that a person cannot see earns nothing."
)
_KEPT = (
    "Kept are: the text of the resume, what was understood of it (positions, skills, education, languages), the points with the "
    "lines that earned them, names and contacts in a file of their own, and what people decided. Nothing leaves the computer "
    "on which it runs."
)
_RIGHTS = (
    "You can ask to see what is kept about you, to have it corrected and your resume scored again, to have it erased, to "
    "be told how a score came about, and that a person looks at your application."
)
_OTHER_WAY = (
    "You can ask for another way of being assessed, or for an accommodation, where the law provides for one. In New York City a "
    "notice has to be given at least 10 business days before such a tool is used (6 RCNY 5-304)."
)
_HUMAN = "The tool only puts applications in an order and shows why. People decide; it rejects nobody by itself."


def notice_panels(notice: Notice) -> tuple[Panel, ...]:
    """What is scored and how much it weighs, what is not, what is kept, what one may ask for."""
    return tuple(_notice(notice))


def _notice(notice: Notice) -> Iterator[Panel]:
    about = f": {notice.title}" if notice.title else ""
    lead = (
        "We use a computer program, hirelens, to help us read applications. It compares each resume with what the job asks and "
        "gives points from 0 to 100, each tied to a line of the resume."
    )
    yield Panel(f"How we read applications{about}", notes=(lead, _HUMAN))
    rows = tuple((criterion.value, f"{weight:g}") for criterion, weight in notice.criteria)
    yield Panel("What is scored", ("Criterion", "Weight"), rows)
    if notice.asked:
        scored = tuple(
            (item.requirement.text, "required" if item.requirement.must else "preferred", points(item.weight))
            for item in notice.asked
            if item.weight
        )
        yield Panel("What this job asks", ("Asked", "", "Points at most"), scored)
        questions = tuple(item.requirement.text for item in notice.asked if not item.weight)
        if questions:
            yield Panel("Asked about, but not scored", notes=questions)
    yield Panel("What is never scored", notes=(_NOT_SCORED,))
    kept = notice.retention or "[fill in: for how long]"
    yield Panel("What is kept", notes=(_KEPT, f"It is kept: {kept}."))
    yield Panel("What you can ask for", notes=(_RIGHTS, _OTHER_WAY, f"Write to {notice.contact or FILL_IN}."))
    yield Panel("", notes=(NOT_ADVICE + " Whoever uses it answers for what a notice has to say where they are.",))


def notice_json(notice: Notice) -> bytes:
    """Schema hirelens.notice/1."""
    record: dict[str, object] = {
        "schema": "hirelens.notice/1",
        "title": notice.title or None,
        "criteria": {criterion.value: weight for criterion, weight in notice.criteria},
        "asked": [
            {
                "text": item.requirement.text,
                "kind": item.requirement.kind.value,
                "required": item.requirement.must,
                "criterion": item.criterion.value if item.criterion else None,
                "weight": number(item.weight),
            }
            for item in notice.asked
        ],
        "never_scored": _NOT_SCORED,
        "kept": _KEPT,
        "retention": notice.retention or None,
        "rights": [_RIGHTS, _OTHER_WAY],
        "contact": notice.contact or None,
    }
    return to_json(record)


def pack_panels(pack: Pack) -> tuple[Panel, ...]:
    """What was asked, what was found of it and what was not, and what the candidate can do about it."""
    return tuple(_pack(pack))


def _pack(pack: Pack) -> Iterator[Panel]:
    parts = sorted(pack.ranked.parts, key=lambda part: -part.weight)
    lead = [
        f"Your resume was compared with what the job asks and got {points(pack.ranked.score)} of 100 points.",
        _HUMAN,
    ]
    if pack.decision is not None:
        lead.append(f"A person decided on {pack.decision.at[:10]}: {pack.decision.decision}.")
    yield Panel(f"About your application: {pack.title}", notes=tuple(lead))
    columns = ("Asked", "", "Points", "of", "Why")
    found = [part for part in parts if part.value == MILLI]
    some = [part for part in parts if 0 < part.value < MILLI]
    missing = [part for part in parts if part.value == 0]
    for heading, group in (
        ("Found in your resume", found),
        ("Found in part", some),
        ("Not found in your resume", missing),
    ):
        if group:
            yield Panel(heading, columns, tuple(_asked(part) for part in group))
    lines = _lines(parts)
    if lines:
        yield Panel("The lines of your resume that this rests on", ("For", "Page", "Line"), lines)
    if missing:
        yield Panel(
            "", notes=("Not found does not mean that you cannot do it: it means that no line of the resume says so.",)
        )
    contact = pack.contact or FILL_IN
    wrong = (
        f"If something was read wrongly or is missing, write to {contact}: years of experience, skills, degrees and "
        "languages can be corrected, and your resume is then scored again."
    )
    told = (
        wrong,
        f"If you want a person to look at your application again, write to {contact}.",
        _RIGHTS,
    )
    yield Panel("What you can do", notes=told)
    yield Panel("", notes=(f"Run {pack.run}, as of {pack.as_of}. {_NOT_SCORED}", NOT_ADVICE))


def _asked(part: Part) -> tuple[str, ...]:
    required = "required" if part.must else "preferred"
    return part.requirement, required, points(part.points), points(part.weight), part.reason


def _lines(parts: Sequence[Part]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (part.requirement, str(proof.page), " / ".join(proof.text.split("\n")))
        for part in parts
        for proof in part.evidence
    )


def pack_json(pack: Pack) -> bytes:
    """Schema hirelens.pack/1."""
    record: dict[str, object] = {
        "schema": "hirelens.pack/1",
        "title": pack.title,
        "run": pack.run,
        "as_of": pack.as_of,
        "score": number(pack.ranked.score),
        "decision": {"at": pack.decision.at, "decision": pack.decision.decision} if pack.decision else None,
        "parts": [
            {
                "requirement": part.requirement,
                "required": part.must,
                "weight": part.weight / CENTI,
                "points": part.points / CENTI,
                "value": part.value / MILLI,
                "reason": part.reason,
                "lines": [{"page": proof.page, "text": proof.text} for proof in part.evidence],
            }
            for part in pack.ranked.parts
        ],
        "contact": pack.contact or None,
    }
    return to_json(record)
