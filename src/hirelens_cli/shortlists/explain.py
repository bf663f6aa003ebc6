"""A candidate in plain words. Every sentence is made from the parts; nothing else is known here."""

from __future__ import annotations

from collections.abc import Sequence

from hirelens_cli.model.jobs import Criterion, Job, RequirementKind
from hirelens_cli.model.profiles import Profile
from hirelens_cli.model.shortlists import CENTI, Explanation, Part
from hirelens_cli.shortlists.parts import DENIED, PURSUED
from hirelens_cli.shortlists.rank import GUESS

_MOST, _LEAST = 5, 3
_NAMES = 6
"""Missing skills that are named one by one."""
_NAME = {
    Criterion.SKILLS: "skills",
    Criterion.EXPERIENCE: "experience",
    Criterion.PROJECTS: "the work itself",
    Criterion.DOMAIN: "the field as a whole",
}
_NAMED = frozenset({RequirementKind.SKILL, RequirementKind.CERTIFICATE, RequirementKind.LANGUAGE})
_SKILLS = frozenset({RequirementKind.SKILL, RequirementKind.CERTIFICATE})
_BY_MEANING = frozenset({RequirementKind.RESPONSIBILITY, RequirementKind.DOMAIN})
_CONFIDENCE = ("low", "medium", "high")


def explain(parts: Sequence[Part], profile: Profile, job: Job) -> Explanation:
    """One sentence, what speaks for the candidate, what it lacks and at what cost, and what to ask."""
    strongest = _strongest(parts)
    return Explanation(
        summary=_summary(parts, job),
        strengths=tuple(_strength(part) for part in strongest),
        gaps=_gaps(parts, strongest),
        recommendations=_recommendations(parts, profile),
    )


def confidence_of(parts: Sequence[Part], profile: Profile) -> str:
    """high, medium or low: how well the resume was read, a step lower where most points rest on likeness of meaning."""
    read = _CONFIDENCE.index(profile.quality.confidence) if profile.quality.confidence in _CONFIDENCE else 0
    total = sum(part.points for part in parts)
    likeness = sum(part.points for part in parts if part.kind in _BY_MEANING)
    weight = sum(part.weight for part in parts if part.kind not in _BY_MEANING)
    soft = weight > 0 and 3 * likeness > 2 * max(total, 1)
    return _CONFIDENCE[max(0, read - soft)]


def points_text(hundredths: int) -> str:
    """`7.5` for 750 hundredths of a point."""
    text = f"{hundredths / CENTI:.2f}".rstrip("0").rstrip(".")
    return text or "0"


def _summary(parts: Sequence[Part], job: Job) -> str:
    musts = [part for part in parts if part.must and part.kind in _SKILLS]
    told = []
    if musts:
        met = sum(part.value > GUESS for part in musts)
        told.append(f"shows {_count(met, len(musts))} required skill{'s' * (len(musts) != 1)}")
    years = next((part for part in parts if part.kind is RequirementKind.YEARS), None)
    if years is not None:
        told.append(years.reason)
    share = {
        criterion: (
            sum(part.points for part in parts if part.criterion is criterion),
            sum(part.weight for part in parts if part.criterion is criterion),
        )
        for criterion in Criterion
    }
    asked = [criterion for criterion in Criterion if share[criterion][1]]
    if asked:
        ranked = sorted(asked, key=lambda item: (-share[item][0] / share[item][1], list(Criterion).index(item)))
        best, worst = ranked[0], ranked[-1]
        told.append(f"strongest in {_NAME[best]} ({_of(*share[best])})")
        if worst is not best:
            told.append(f"weakest in {_NAME[worst]} ({_of(*share[worst])})")
    title = f" for {job.title}" if job.title else ""
    total = sum(part.points for part in parts)
    text = f"{points_text(total)} of 100 points{title}"
    return f"{text}: {'; '.join(told)}." if told else f"{text}."


def _count(met: int, asked: int) -> str:
    if asked == 1:
        return "the one" if met else "not the one"
    return f"all {asked}" if met == asked else f"none of the {asked}" if not met else f"{met} of the {asked}"


def _of(points: int, weight: int) -> str:
    return f"{points_text(points)} of {points_text(weight)}"


def _strongest(parts: Sequence[Part]) -> list[Part]:
    """The parts that gave most, of those that gave at least half of what they could; three where there are so many."""
    earning = sorted((part for part in parts if part.points > 0), key=lambda part: -part.points)
    good = [part for part in earning if part.value >= 500 and part.evidence]
    rest = [part for part in earning if part not in good and part.evidence]
    return (good + rest[: max(0, _LEAST - len(good))])[:_MOST]


def _strength(part: Part) -> str:
    quote = " ".join(part.evidence[0].text.split()).lstrip("•·-–*▪◦‣ ") if part.evidence else ""
    return f"{_label(part)}: {part.reason}" + (f" — “{quote}”" if quote else "")


def _gaps(parts: Sequence[Part], strongest: Sequence[Part]) -> tuple[str, ...]:
    """What lost most, at least half of what it could; three where there are so many, strengths last among them.

    Several missing skills are one gap.
    """
    missing = [part for part in parts if part.kind in _NAMED and part.value == 0 and not part.reason.endswith(DENIED)]
    if len(missing) < _LEAST:
        missing = []
    losing = [part for part in parts if part.points < part.weight and part not in missing]
    told = [(part.weight - part.points, (part.value >= 500) + (part in strongest), _gap(part)) for part in losing]
    if missing:
        told.append((sum(part.weight for part in missing), 0, _missing(missing)))
    told.sort(key=lambda item: (item[1], -item[0]))
    bad = sum(part.value < 500 for part in losing) + bool(missing)
    kept = told[: min(_MOST, max(_LEAST, bad))]
    return tuple(text for _, _, text in sorted(kept, key=lambda item: -item[0]))


def _gap(part: Part) -> str:
    must = ", required" if part.must and part.kind in _NAMED else ""
    return f"{_label(part)}{must}: {part.reason}; cost {_of(part.weight - part.points, part.weight)} points"


def _missing(parts: Sequence[Part]) -> str:
    must = [part for part in parts if part.must]
    names = _listed([part.requirement for part in sorted(must or parts, key=lambda part: -part.weight)])
    cost = points_text(sum(part.weight for part in parts))
    if not must:
        return f"{names}, preferred: not found in the resume; cost {cost} of {cost} points"
    more = f", and {len(parts) - len(must)} that are preferred" if len(parts) > len(must) else ""
    return f"{names}, required{more}: not found in the resume; cost {cost} of {cost} points"


def _listed(names: Sequence[str]) -> str:
    """`A, B and C`, or the first few and how many more."""
    if len(names) > _NAMES:
        return f"{', '.join(names[:_NAMES])} and {len(names) - _NAMES} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _label(part: Part) -> str:
    if part.kind is RequirementKind.TITLE:
        return "Role"
    if part.kind is RequirementKind.DOMAIN:
        return "Overall fit"
    return part.requirement


def _recommendations(parts: Sequence[Part], profile: Profile) -> tuple[str, ...]:
    """Two or three questions, those about the most points first, no two of a kind; what bears on the reading before all."""
    told = [_FLAG[issue.code] for issue in profile.flags if issue.code in _FLAG]
    if profile.quality.confidence == "low":
        told.append("Read the original file: it could not be understood well, so points may be missing.")
    asked: dict[str, str] = {}
    unnamed = [
        part for part in parts if part.kind in _SKILLS and part.value <= GUESS and not part.reason.endswith(PURSUED)
    ]
    unnamed.sort(key=lambda part: (not part.must, -part.weight))
    if unnamed:
        names = [part.requirement for part in unnamed[:3]]
        says = "the resume does not name it" if len(names) == 1 else "the resume names none of them"
        asked["missing"] = f"Ask about {_listed(names)}: {says}."
    for part in sorted(parts, key=lambda part: part.points - part.weight):
        if part not in unnamed and (question := _question(part)):
            asked.setdefault(part.kind.value, question)
    return tuple(dict.fromkeys([*told, *asked.values()]))[:3]


_FLAG = {
    "ocr": "Compare with the original file: it is a scan that was read by OCR, and letters may be wrong.",
    "hidden_text": "Look at the original file: it holds text that a person cannot see; it earned nothing.",
    "stuffing": "Ask about the lists of keywords: repeats and lists without work behind them earned nothing more.",
}


def _question(part: Part) -> str:
    lost = part.weight - part.points
    if not lost or part.value >= 800 or part.reason.endswith(DENIED):
        return ""
    match part.kind:
        case RequirementKind.SKILL | RequirementKind.CERTIFICATE if part.reason.endswith(PURSUED):
            return f"Ask when {part.requirement} will be held: the resume says that it is prepared for."
        case RequirementKind.SKILL if part.reason.endswith("not shown in dated work"):
            return f"Ask where and for how long {part.requirement} was used: it is named, but not shown in dated work."
        case RequirementKind.SKILL:
            return f"Ask how deep and how recent the experience with {part.requirement} is: {part.reason}."
        case RequirementKind.LANGUAGE:
            return f"Check {part.requirement}: {part.reason}."
        case RequirementKind.YEARS:
            return f"Go through the positions and their dates: {part.reason}."
        case RequirementKind.SENIORITY:
            return f"Ask how much responsibility the last positions carried: {part.reason}."
        case RequirementKind.DEGREE:
            return f"Check the education: {part.reason}."
        case RequirementKind.RESPONSIBILITY:
            return f"Ask for an example of this: {part.requirement.rstrip('.')}."
        case RequirementKind.TITLE if part.reason.startswith("worked as"):
            return f"Ask how much of the work as {part.requirement} was like this one."
        case RequirementKind.TITLE:
            return f"Ask which past role came closest to {part.requirement or 'this one'}."
        case _:
            return ""
