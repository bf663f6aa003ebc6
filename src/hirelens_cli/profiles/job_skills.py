"""The skills, certificates and licences that a job asks: alternatives, months of each, required or preferred."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from hirelens_cli.model.documents import Span
from hirelens_cli.model.jobs import Requirement, RequirementKind
from hirelens_cli.profiles.job_alternatives import grouped
from hirelens_cli.profiles.job_clauses import Clause
from hirelens_cli.profiles.job_cues import Demand
from hirelens_cli.profiles.job_headings import Zone
from hirelens_cli.profiles.job_lines import MOST_CHARS
from hirelens_cli.profiles.job_unlisted import pieces, unlisted
from hirelens_cli.profiles.job_years import Years
from hirelens_cli.profiles.skills import Mention, find_skills
from hirelens_cli.profiles.taxonomy import SkillKind, Taxonomy, stems_of

MOST_SOFT = 3
"""Soft skills kept: every advertisement lists the same dozen, and a resume that repeats them proves nothing."""

_MONTHS_GAP = re.compile(
    r"'?s?,? ?(?:\(?s?\)?)?(?:[- ]?(?:of|in|with|using|as|on|experience|exp|hands-on|practical|professional|proven|relevant|working|work|recent|solid|strong|commercial|industry|development|developing|programming|programing|building|coding|the|an?|or|and|demonstrated|production|direct|progressive|related|prior|previous|post-qualification|berufserfahrung|erfahrung|mit|im|in|der|bereich|d'expérience|expérience|de|en|sur|avec|experiencia|con|experiência|com|esperienza|nell'uso|di|ervaring|met)[ :]?){0,9} ?\(?",
    re.IGNORECASE,
)
_MONTHS_BACK = re.compile(
    r"[ :(–,-]{1,4}(?:at least |min\.? |minimum |mindestens |au moins |al menos |pelo menos |almeno |minimaal |of |for |experience |programming |development |experience,? |[(:–-] ?){0,4}$",
    re.IGNORECASE,
)

_MONTHS_OF = re.compile(r"'? (?:of|in|with|using|working|hands-on|experience (?:in|with|using)) \w", re.IGNORECASE)
"""The years have a thing of their own behind them: in `Terraform, 2+ years of Kafka` they are not Terraform's."""


class Taken(NamedTuple):
    """Stretches that name something else than a skill."""

    degrees: Sequence[Span]
    """With their fields of study; and the words that say that somebody is looked for."""
    titles: Sequence[Span]
    """The job's own title, where a list of requirements says what counts: its trade is scored as the role; a tool or
    licence in it is a requirement all the same."""
    others: Sequence[Span]
    """Languages and questions: no item of a list is taken from them."""

    def all(self) -> tuple[Span, ...]:
        """Everything that is no skill."""
        return (*self.degrees, *self.titles, *self.others)

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


def _concrete(mention: Mention, taxonomy: Taxonomy) -> bool:
    """A thing with a name of its own. Of duties, only such are taken out: the rest of a duty is matched as a duty."""
    skill = taxonomy.get(mention.skill)
    return skill is not None and skill.kind in _CONCRETE


_ASKED_BEFORE = re.compile(
    r"(?:experienced?|knowledge|skills?|skilled|background|proficien\w+|expertise|understanding|familiar\w*|grasp|trained|competen\w+|versed|kenntnisse\w*|erfahrung\w*|umgang|connaissances?|expérience|maîtrise|experiencia|conocimientos?|dominio|experiência|conhecimentos?|domínio|esperienza|conoscenza|ervaring|kennis)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_ASKED_BEHIND = re.compile(
    r"\s(?:experience|skills?|knowledge|background|expertise|kenntnisse|erfahrung)(?!\w)", re.IGNORECASE
)


_EVERYDAY = frozenset(
    """art design designing editing event law music reporting research support training writing study planning testing
    teaching service operation library architecture scale database system network security quality safety business
    finance language record production technology method model material account client product process contract equipment
    administration management development communication customer health care document information office project
    formation formacion formacao formazione opleiding ausbildung accueil""".split()
)
"""Words of any advertisement that are also names of skills."""


_GENERIC_TAIL = re.compile(
    r"(?: (?:skills?|experience|knowledge|basics|certifications?|qualifications?|certificate|training|principles|practices?|tools?|techniques|background|expertise|a))*[ .]?",
    re.IGNORECASE,
)


def _alike(word: str, other: str) -> bool:
    """The same word, or one of the same beginning: budgeting, budget."""
    return word == other or (len(other) >= 5 and word[:6] == other[:6])


def _meant(text: str, mention: Mention, clause: Clause, *, named: bool, english: bool) -> bool:
    """Whether common words are meant as a skill: `training is given` asks for no skill in training.

    They are where they have capitals inside or share the skill's own name, are a whole item of a list, or stand beside a
    word such as `experience`; and the `named` thing (a tool, a licence) where it is written with a capital.
    """
    written = mention.span.of(text)
    surface = stems_of(written)
    if not english and surface[0] not in _EVERYDAY:
        return True  # what the taxonomy holds of other languages are names of skills, not everyday words
    if any(map(str.isupper, written[1:])) or (
        named and (len(surface) > 1 or not written.islower() or written == mention.skill)
    ):
        return True
    telling = surface if len(surface) > 1 else tuple(stem for stem in surface if stem not in _EVERYDAY)
    if not named and any(_alike(word, stem) for word in telling for stem in stems_of(mention.skill)):
        return True
    before = text[max(clause.span.start, mention.span.start - 60) : mention.span.start].replace("\n", " ")
    if _ASKED_BEFORE.search(before) or _ASKED_BEHIND.match(text, mention.span.end):
        return True
    return any(
        piece.start >= mention.span.start
        and _GENERIC_TAIL.fullmatch(text, mention.span.end, max(mention.span.end, piece.end))
        for piece in pieces(text, clause.span)
        if piece.start < mention.span.end and mention.span.start < piece.end
    )


def skill_requirements(
    text: str, clauses: Sequence[Clause], taxonomy: Taxonomy, taken: Taken, stated: Sequence[Years], language: str
) -> tuple[Requirement, ...]:
    """SKILL and CERTIFICATE requirements in the order of the text, each skill once.

    `taken` are stretches that are something else; `stated` are the statements of years, of which those beside a skill
    become its months; `language` is that of the text.
    """
    listy = tuple(
        clause.item.span
        for clause in clauses
        if clause.item.zone in {Zone.REQUIRED, Zone.PREFERRED} and _is_list(clause.item.span.of(text))
    )
    mentions = [
        mention
        for mention in find_skills(_affirmative(text[:MOST_CHARS]), taxonomy, listy=tuple(dict.fromkeys(listy)))
        if not mention.fuzzy and not taken.holds(mention, taxonomy)
    ]
    drafts: list[Requirement] = []
    kept: list[Span] = []
    asked: set[frozenset[str]] = set()
    at = 0
    for clause in clauses:
        inside = []
        while at < len(mentions) and mentions[at].span.start < clause.span.end:
            if mentions[at].span.start >= clause.span.start and mentions[at].span.end <= clause.span.end:
                inside.append(mentions[at])
            at += 1
        context = clause.default is Demand.PREFERRED and clause.item.zone is not Zone.PREFERRED
        if context:
            inside = [mention for mention in inside if _concrete(mention, taxonomy)]
        inside = [
            one
            for one in inside
            if _meant(text, one, clause, named=_concrete(one, taxonomy), english=language in {"", "en"})
        ]
        kept += [mention.span for mention in inside]
        for group in grouped(text, clause.span, inside):
            draft = _requirement(text, clause, group, taxonomy, stated)
            if draft is not None:
                drafts.append(draft)
                asked |= set() if context else {frozenset(draft.any_of)}
    facts = [*taken.degrees, *(one.span for one in stated)]
    for clause, words, span in unlisted(text, clauses, taxonomy, [*taken.all(), *kept], facts):
        demand = clause.demand(span)
        if demand is not Demand.CANCELLED:
            must = demand is Demand.REQUIRED
            drafts.append(Requirement(words, RequirementKind.SKILL, must, clause.span, any_of=(words,)))
            asked.add(frozenset((words,)))
    return _distinct(drafts, asked, taxonomy)


_NEGATION = re.compile(
    r"(?<!\w)(?:not|no|never|without|nicht|keine?|ohne|pas|aucune?|sin|non|nessuna|sem|não|niet|geen)(?!\w)",
    re.IGNORECASE,
)


def _affirmative(text: str) -> str:
    """`text` with its negations blanked: what is not required is told by the cues, which know `not required but a plus`."""
    return _NEGATION.sub(lambda match: "~" * len(match.group()), text)


def _is_list(written: str) -> bool:
    return len(written) <= 60 or written.count(",") + written.count("/") + written.count("|") >= 2


def _requirement(
    text: str, clause: Clause, group: Sequence[Mention], taxonomy: Taxonomy, stated: Sequence[Years]
) -> Requirement | None:
    first, last = group[0], group[-1]
    demand = clause.demand(Span(first.span.start, last.span.end))
    names = tuple(dict.fromkeys(mention.skill for mention in group))
    kinds = {skill.kind for name in names if (skill := taxonomy.get(name)) is not None}
    if demand is Demand.CANCELLED or SkillKind.HUMAN_LANGUAGE in kinds:
        return None
    must = demand is Demand.REQUIRED
    if SkillKind.SOFT in kinds:
        must = must and any(cue.demand is Demand.REQUIRED for cue in clause.cues)
    certified = bool(kinds) and kinds <= {SkillKind.CERTIFICATE, SkillKind.LICENCE}
    months = (
        0
        if certified or SkillKind.SOFT in kinds
        else _months(text, clause.span, Span(first.span.start, last.span.end), stated)
    )
    return Requirement(
        _text(names),
        RequirementKind.CERTIFICATE if certified else RequirementKind.SKILL,
        must,
        clause.span,
        any_of=names,
        months=months,
    )


def _text(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def _months(text: str, clause: Span, named: Span, stated: Sequence[Years]) -> int:
    """Months asked of the very skill that is `named`: `5 years of Java`, `Java (5 years)`."""
    start, end = named.start, named.end
    months = 0
    for statement in stated:
        if not (clause.start <= statement.span.start < clause.end) or not statement.minimum:
            continue
        if (
            statement.span.end <= start
            and start - statement.span.end <= 80
            and _MONTHS_GAP.fullmatch(text, statement.span.end, start)
        ):
            months = months or statement.minimum
        behind = end <= statement.span.start <= end + 30 and _MONTHS_BACK.match(text, end, statement.span.start)
        if behind and not (text[end] == "," and _MONTHS_OF.match(text, statement.span.end)):
            months = statement.minimum  # the nearer of `Java 5+ years, Go 2+ years`
    return months


def _distinct(drafts: Sequence[Requirement], asked: set[frozenset[str]], taxonomy: Taxonomy) -> tuple[Requirement, ...]:
    """Each set of alternatives once, the stronger demand kept.

    Alternatives of which one is asked anyway are dropped, and so is what only the duties name (it is not among `asked`)
    where it is one of the alternatives of a must.
    """
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
    open_to = {name for key, requirement in merged.items() if len(key) > 1 and requirement.must for name in key}
    kept, soft = [], 0
    for key, requirement in merged.items():
        if key not in asked and key <= open_to:
            continue
        if len(key) > 1 and any(name in single and single[name] >= requirement.must for name in key):
            continue
        skill = taxonomy.get(requirement.any_of[0])
        if skill is not None and skill.kind is SkillKind.SOFT:
            soft += 1
            if soft > MOST_SOFT:
                continue
        kept.append(requirement)
    return tuple(kept)
