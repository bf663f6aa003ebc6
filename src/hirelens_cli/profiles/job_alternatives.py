"""Skills named side by side: which of them are alternatives (`Java or Kotlin`) and which are each asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.skills import Mention

_OR = frozenset("or oder ou o of bzw and/or und/oder et/ou y/o e/ou e/o en/of alternatively beziehungsweise".split())
_AND = frozenset("and und et y e en & as plus sowie ed".split())
_FILLERS = frozenset(
    """a an the in with of using experience knowledge any another other similar equivalent comparable either for on at least
    one more some framework frameworks language languages tool tools database databases system systems software platform
    platforms library libraries certification certificate certified licence license strong good solid hands-on proficiency
    proficient skills background technologies like such including eg e.g mit in von erfahrung kenntnisse kenntnissen einer
    eine ein de la le les du des en una un el los las con di da het een met van""".split()
)
_EXAMPLES = re.compile(
    r"(?:such as|e\.? ?g\.?,?|for example|for instance|(?:technologies|tools|languages|frameworks|platforms|systems|databases|software|packages|libraries|providers?|services) (?:like|including)|one of|any of|at least one|one or more|some of|either|wie(?: z\. ?b\.| beispielsweise)?|z\. ?b\.|zum beispiel|beispielsweise|mindestens eine\w?|par exemple|p\. ?ex\.|tels? que|telles? que|comme|au moins une?|como|por ejemplo|p\. ?ej\.|por exemplo|al menos un[oa]?|alguno? de|pelo menos uma?|come|ad esempio|almeno un[oa]?|zoals|bijv\.?|bijvoorbeeld|minimaal één|minstens één)[\s:(]*(?:of )?(?:the following)?[\s:(]*(?:\w+[ ,/-]{1,2}){0,3}$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?<!\w)(?:different|various|several|multiple|many|diverse|verschiedene[nr]?|mehrere[nr]?|plusieurs|divers|varios|diversos|diversi|verschillende)(?!\w)",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    r"^\W{0,3}(?:or|oder|ou|o|of) (?:an?(?:other|y)?|some|other|similar|equivalent|comparable|another|ähnlich|vergleichbar|équivalent|similaire|similar|equivalente|simil|vergelijkbaar|gelijkwaardig)",
    re.IGNORECASE,
)
_BOTH = frozenset([frozenset({"HTML", "CSS"}), frozenset({"HTML5", "CSS3"})])


def grouped(text: str, clause: Span, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, ...]]:
    """The `mentions` in the sentence at `clause`: alternatives together, everything else alone."""
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


def _split(text: str, clause: Span, chain: list[Mention], links: list[str]) -> Iterator[tuple[Mention, ...]]:
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


def _run(
    text: str, clause: Span, run: list[Mention], ties: list[str], *, closed_by_and: bool
) -> Iterator[tuple[Mention, ...]]:
    """A run without `and`: one group where `or`, a slash or `such as` makes alternatives of it, else one by one."""
    alternatives = "or" in ties
    before = text[max(clause.start, run[0].span.start - 60) : run[0].span.start]
    if not alternatives and not closed_by_and:
        after = text[run[-1].span.end : min(clause.end, run[-1].span.end + 30)]
        examples = _EXAMPLES.search(before) is not None and not _SEVERAL.search(before)
        alternatives = examples or _AND_OTHERS.match(after) is not None
    slashes = "/" in ties and all(tie == "/" for tie in ties)
    if slashes and frozenset(mention.skill for mention in run) not in _BOTH:
        alternatives = True
    if alternatives and len({mention.skill for mention in run}) > 1:
        yield tuple(run)
        return
    for mention in run:
        yield (mention,)
