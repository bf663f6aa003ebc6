"""The skills, certificates and licences that a job asks: alternatives, months of each, required or preferred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from hirelens_cli.model.documents import Span
from hirelens_cli.model.jobs import Requirement, RequirementKind
from hirelens_cli.profiles.job_clauses import Clause
from hirelens_cli.profiles.job_cues import Demand
from hirelens_cli.profiles.job_headings import Zone
from hirelens_cli.profiles.job_years import Years
from hirelens_cli.profiles.skills import Mention, find_skills
from hirelens_cli.profiles.taxonomy import SkillKind, Taxonomy

MOST_SOFT = 3
"""Soft skills kept: every advertisement lists the same dozen, and a resume that repeats them proves nothing."""

_OR = frozenset(
    [
        "or",
        "oder",
        "ou",
        "o",
        "of",
        "bzw",
        "and/or",
        "und/oder",
        "et/ou",
        "y/o",
        "e/ou",
        "e/o",
        "en/of",
        "alternatively",
        "beziehungsweise",
    ]
)
_AND = frozenset(["and", "und", "et", "y", "e", "en", "&", "as", "plus", "sowie", "ed"])
_FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "in",
        "with",
        "of",
        "using",
        "experience",
        "knowledge",
        "any",
        "another",
        "other",
        "similar",
        "equivalent",
        "comparable",
        "either",
        "for",
        "on",
        "at",
        "least",
        "one",
        "more",
        "some",
        "framework",
        "frameworks",
        "language",
        "languages",
        "tool",
        "tools",
        "database",
        "databases",
        "system",
        "systems",
        "software",
        "platform",
        "platforms",
        "library",
        "libraries",
        "certification",
        "certificate",
        "certified",
        "licence",
        "license",
        "strong",
        "good",
        "solid",
        "hands-on",
        "proficiency",
        "proficient",
        "skills",
        "background",
        "technologies",
        "like",
        "such",
        "including",
        "eg",
        "e.g",
        "mit",
        "in",
        "von",
        "erfahrung",
        "kenntnisse",
        "kenntnissen",
        "einer",
        "eine",
        "ein",
        "de",
        "la",
        "le",
        "les",
        "du",
        "des",
        "en",
        "una",
        "un",
        "el",
        "los",
        "las",
        "con",
        "di",
        "da",
        "het",
        "een",
        "met",
        "van",
    ]
)
_EXAMPLES = re.compile(
    r"(?:such as|e\.? ?g\.?,?|for example|for instance|(?:technologies|tools|languages|frameworks|platforms|systems|databases|software|packages|libraries|providers?|services) (?:like|including)|one of|any of|at least one|one or more|some of|either|wie(?: z\. ?b\.| beispielsweise)?|z\. ?b\.|zum beispiel|beispielsweise|mindestens eine\w?|par exemple|p\. ?ex\.|tels? que|telles? que|comme|au moins une?|como|por ejemplo|p\. ?ej\.|por exemplo|al menos un[oa]?|alguno? de|pelo menos uma?|come|ad esempio|almeno un[oa]?|zoals|bijv\.?|bijvoorbeeld|minimaal één|minstens één)[\s:(]*(?:of )?(?:the following)?[\s:(]*(?:\w+[ ,/-]{1,2}){0,3}$",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    r"^\W{0,3}(?:or|oder|ou|o|of) (?:an?(?:other|y)?|some|other|similar|equivalent|comparable|another|ähnlich|vergleichbar|équivalent|similaire|similar|equivalente|simil|vergelijkbaar|gelijkwaardig)",
    re.IGNORECASE,
)
_BOTH = frozenset([frozenset({"HTML", "CSS"}), frozenset({"HTML5", "CSS3"})])
_MONTHS_GAP = re.compile(
    r"'?s?,? ?(?:\(?s?\)?)?(?:[- ]?(?:of|in|with|using|as|on|experience|exp|hands-on|practical|professional|proven|relevant|working|work|recent|solid|strong|commercial|industry|development|developing|programming|programing|building|coding|the|an?|or|and|demonstrated|production|direct|progressive|related|prior|previous|post-qualification|berufserfahrung|erfahrung|mit|im|in|der|bereich|d'expérience|expérience|de|en|sur|avec|experiencia|con|experiência|com|esperienza|nell'uso|di|ervaring|met)[ :]?){0,9} ?\(?",
    re.IGNORECASE,
)
_MONTHS_BACK = re.compile(
    r"[ :(–,-]{1,4}(?:at least |min\.? |minimum |mindestens |au moins |al menos |pelo menos |almeno |minimaal |of |for |experience |programming |development |experience,? |[(:–-] ?){0,4}$",
    re.IGNORECASE,
)


class Taken(NamedTuple):
    """Stretches that name something else than a skill."""

    degrees: Sequence[Span]
    """With their fields of study."""
    titles: Sequence[Span]
    """The job's own title: its trade is scored as the role; a tool or licence in it counts."""

    def holds(self, mention: Mention, taxonomy: Taxonomy) -> bool:
        """Whether `mention` is no skill requirement of its own."""
        span = mention.span
        if any(other.start < span.end and span.start < other.end for other in self.degrees):
            return True
        skill = taxonomy.get(mention.skill)
        if skill is None or skill.kind in _CONCRETE:
            return False
        return any(other.start <= span.start and span.end <= other.end for other in self.titles)


_CONCRETE = frozenset({SkillKind.TOOL, SkillKind.LANGUAGE, SkillKind.CERTIFICATE, SkillKind.LICENCE})


@dataclass(frozen=True, slots=True)
class _Group:
    """Skills asked together: all members, any of which is enough."""

    mentions: tuple[Mention, ...]
    clause: Clause


def skill_requirements(
    text: str, clauses: Sequence[Clause], taxonomy: Taxonomy, taken: Taken, stated: Sequence[Years]
) -> tuple[Requirement, ...]:
    """SKILL and CERTIFICATE requirements in the order of the text, each skill once.

    `taken` are stretches that are something else; `stated` are the statements of years, of which those beside a skill
    become its months.
    """
    listy = tuple(
        clause.item.span
        for clause in clauses
        if clause.item.zone in {Zone.REQUIRED, Zone.PREFERRED} and _is_list(clause.item.span.of(text))
    )
    mentions = [
        mention
        for mention in find_skills(text, taxonomy, listy=tuple(dict.fromkeys(listy)))
        if not taken.holds(mention, taxonomy)
    ]
    drafts: list[Requirement] = []
    at = 0
    for clause in clauses:
        inside = []
        while at < len(mentions) and mentions[at].span.start < clause.span.end:
            if mentions[at].span.start >= clause.span.start and mentions[at].span.end <= clause.span.end:
                inside.append(mentions[at])
            at += 1
        for group in _groups(text, clause, inside):
            draft = _requirement(text, group, taxonomy, stated)
            if draft is not None:
                drafts.append(draft)
    return _distinct(drafts, taxonomy)


def _is_list(written: str) -> bool:
    return len(written) <= 60 or written.count(",") + written.count("/") + written.count("|") >= 2


def _groups(text: str, clause: Clause, mentions: Sequence[Mention]) -> Iterator[_Group]:
    """Alternatives together, everything else alone."""
    chain: list[Mention] = []
    links: list[str] = []
    for mention in mentions:
        link = _link(text[chain[-1].span.end : mention.span.start]) if chain else ""
        if chain and not link:
            yield from _split(text, clause, chain, links)
            chain, links = [], []
        elif chain:
            links.append(link)
        chain.append(mention)
    yield from _split(text, clause, chain, links)


def _link(gap: str) -> str:
    """How two neighbouring skills are tied: `or`, `and`, `,`, `/`; empty where other words stand between."""
    if len(gap) > 60:
        return ""
    words = re.findall(r"[\w&./'-]+|[,/|+()]", gap.lower().replace("\n", " "))
    kind = ""
    for word in words:
        bare = word.strip(".")
        if bare in _OR:
            kind = "or"
        elif bare in _AND:
            kind = kind if kind == "or" else "and"
        elif bare in {",", "/", "|", "(", ")", "+"}:
            kind = kind or ("/" if bare == "/" else ",")
        elif bare not in _FILLERS and bare:
            return ""
    return kind


def _split(text: str, clause: Clause, chain: list[Mention], links: list[str]) -> Iterator[_Group]:
    """A chain of neighbours into alternatives: `A, B or C` is one, `A, B and C` are three, `A and B or C` is A, and B or C."""
    if not chain:
        return
    run: list[Mention] = [chain[0]]
    ties: list[str] = []
    for mention, link in zip(chain[1:], links, strict=True):
        if link == "and":
            yield from _run(text, clause, run, ties, closed_by_and=True)
            run, ties = [mention], []
        else:
            run.append(mention)
            ties.append(link)
    yield from _run(text, clause, run, ties, closed_by_and=len(run) < len(chain) and len(run) == 1)


def _run(text: str, clause: Clause, run: list[Mention], ties: list[str], *, closed_by_and: bool) -> Iterator[_Group]:
    alternatives = "or" in ties
    if not alternatives and not closed_by_and and run:
        before = text[max(clause.span.start, run[0].span.start - 60) : run[0].span.start]
        after = text[run[-1].span.end : min(clause.span.end, run[-1].span.end + 30)]
        alternatives = _EXAMPLES.search(before) is not None or _AND_OTHERS.match(after) is not None
    slashes = "/" in ties and all(tie == "/" for tie in ties)
    if slashes and frozenset(mention.skill for mention in run) not in _BOTH:
        alternatives = True
    if alternatives and len({mention.skill for mention in run}) > 1:
        yield _Group(tuple(run), clause)
        return
    for mention in run:
        yield _Group((mention,), clause)


def _requirement(text: str, group: _Group, taxonomy: Taxonomy, stated: Sequence[Years]) -> Requirement | None:
    first, last = group.mentions[0], group.mentions[-1]
    demand = group.clause.demand(Span(first.span.start, last.span.end))
    names = tuple(dict.fromkeys(mention.skill for mention in group.mentions))
    kinds = {skill.kind for name in names if (skill := taxonomy.get(name)) is not None}
    if demand is Demand.CANCELLED or SkillKind.HUMAN_LANGUAGE in kinds:
        return None
    must = demand is Demand.REQUIRED
    if SkillKind.SOFT in kinds:
        must = must and any(cue.demand is Demand.REQUIRED for cue in group.clause.cues)
    certified = bool(kinds) and kinds <= {SkillKind.CERTIFICATE, SkillKind.LICENCE}
    months = 0 if certified or SkillKind.SOFT in kinds else _months(text, group, stated)
    return Requirement(
        _text(names),
        RequirementKind.CERTIFICATE if certified else RequirementKind.SKILL,
        must,
        group.clause.span,
        any_of=names,
        months=months,
    )


def _text(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def _months(text: str, group: _Group, stated: Sequence[Years]) -> int:
    """Months asked of this very skill: `5 years of Java`, `Java (5 years)`."""
    start, end = group.mentions[0].span.start, group.mentions[-1].span.end
    clause = group.clause.span
    for statement in stated:
        if not (clause.start <= statement.span.start < clause.end) or not statement.minimum:
            continue
        if (
            statement.span.end <= start
            and start - statement.span.end <= 80
            and _MONTHS_GAP.fullmatch(text, statement.span.end, start)
        ):
            return statement.minimum
        if end <= statement.span.start <= end + 30 and _MONTHS_BACK.match(text, end, statement.span.start):
            return statement.minimum
    return 0


def _distinct(drafts: Sequence[Requirement], taxonomy: Taxonomy) -> tuple[Requirement, ...]:
    """Each set of alternatives once, the stronger demand kept; alternatives of which one is asked anyway are dropped."""
    merged: dict[frozenset[str], Requirement] = {}
    for draft in drafts:
        key = frozenset(draft.any_of)
        known = merged.get(key)
        if known is None:
            merged[key] = draft
        else:
            stronger = draft if draft.must and not known.must else known
            merged[key] = replace(stronger, months=max(known.months, draft.months))
    single = {next(iter(key)): requirement.must for key, requirement in merged.items() if len(key) == 1}
    kept, soft = [], 0
    for key, requirement in merged.items():
        if len(key) > 1 and any(name in single and single[name] >= requirement.must for name in key):
            continue
        skill = taxonomy.get(requirement.any_of[0])
        if skill is not None and skill.kind is SkillKind.SOFT:
            soft += 1
            if soft > MOST_SOFT:
                continue
        kept.append(requirement)
    return tuple(kept)
