"""What a list of requirements names beyond the taxonomy: short items, taken as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.harvest import harvest
from hirelens_cli.profiles.job_clauses import Clause
from hirelens_cli.profiles.job_headings import Zone
from hirelens_cli.profiles.skills import find_skills
from hirelens_cli.profiles.taxonomy import Taxonomy

_LONGEST = 90
"""Characters; a longer line is a sentence, not a list."""
_LEAD = re.compile(
    r"(?:(?:(?:a|an|the|your|you|you've|you're|who|has|have|having|is|are|be|with|strong|solid|good|sound|basic|advanced|deep|some|excellent|current|valid|active|proven|hands-on|working|practical|prior|previous|thorough|in-depth|expert|daily|confident|comfortable|familiar|proficient|experienced|skilled|competent|competence|competency|proficiency|expertise|fluency|experience|experienced|knowledge|understanding|familiarity|grasp|command|use|background|training|trained|exposure|ability|able|skills?|record|certification|qualified|minimum|required|must|hold|possess|know|knowing|your way around|way around|read|reading|write|writing|run|running|operate|operating|handle|handling|of|in|with|to|using|on|as|and|or|ideally|preferably|preferred)"
    r"|(?:sehr|gute?|fundierte|sichere?r?|erste|idealerweise|kenntnisse|erfahrung(?:en)?|umgang|im|in|mit|von|der|die|den|dem|des|bereich|weiterbildung|nachweis|gültiger?|eine?)"
    r"|(?:une?|la|le|les|de|du|des|en|à|bonne?|connaissances?|maîtrise|expérience|notions|pratique|idéalement|d'|l')"
    r"|(?:conocimientos?|experiencia|manejo|dominio|en|con|de|del|la|el|los|las|un|una|buen|nivel|avanzad[oa])"
    r"|(?:conhecimentos?|experiência|domínio|em|com|do|da|dos|das|bons?|boa|sólidos?)"
    r"|(?:conoscenza|esperienza|buona|ottima|nell'uso|uso|di|del|della|dei|con|padronanza)"
    r"|(?:kennis|ervaring|goede|van|met|het|een|ruime|aantoonbare))\s+){1,8}",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?<!\w)(?:the|this|that|these|per|at|by|it|all|each|who|what|how|when|where|years?|jahre|ans|años|anos|anni|jaar|degree|diploma|able|ability|willing\w*|must|you|your|we|our|team|attitude|passion\w*|motivat\w+|communicat\w+|interpersonal|organi[sz]\w+|detail|flexib\w+|reliab\w+|friendly|positive|work|works|working|self|people|environment|weekends?|shifts?|travel|authori[sz]\w+|visa|driving record|least|minimum|based|higher|above|groups|disclosure|plus|similar|related|relevant|other|equivalent|required|preferred|desirable|helpful|advantage|essential|lift|stand|full|part|time|remote|hybrid|location|day|days|hours|salary|bonus|resume|cv|cover|letter|person|player|thinker|skills?|experience[ds]?|knowledge|good|strong|deutsch|englisch|vergleichbar\w*|qualifikation\w*|équivalen\w*|equivalen\w*|idéalement|idealmente|idealerweise|over|under|teamfähig\w*|zuverlässig\w*|selbst\w*|belastbar\w*|bereitschaft|freude|autonom\w*|rigueur|rigoureu\w+|sens|esprit|équipe|dynamique|proactiv\w*|capacidad|trabajo|equipo|responsab\w+|capacidade|trabalho|equipa|capacità|squadra|zelfstandig|enthousias\w+|flexibel)(?!\w)",
    re.IGNORECASE,
)
_TAIL = re.compile(r" (?:certifications?|training|environments?|teaching|programming)$", re.IGNORECASE)
_MONEY = re.compile(r"[$€£%]")
_VERB = re.compile(
    r"\s(?:(?:experience|knowledge|skills?|certification)\s)?(?:is|are|would|will|as|ist|sind|wäre|von vorteil|wünschenswert|est|sont|serait|es|son|será|é|è|sono|zijn|preferred|required|desired|desirable|needed|a must|a plus|appréciée?s?|exigée?s?|obligatoire|souhaitée?s?|vereist|gewenst|richiest[oa]|gradit[oa]|deseable|imprescindible|obligatorio|desejável)(?!\w)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"(?<=\w) (?:and|or|und|oder|et|ou|y|o|e|&) (?=\w)|\s?/\s?(?=\w{3})")


def unlisted(
    text: str, clauses: Sequence[Clause], taxonomy: Taxonomy, claimed: Sequence[Span], facts: Sequence[Span]
) -> Iterator[tuple[Clause, str, Span]]:
    """The short items of requirement lists in which nothing else was found, as (clause, words, span).

    `claimed` are the stretches that are understood already (skills, degrees, languages, questions); `facts` are those
    whose whole sentence is (years, degrees).
    """
    for clause in clauses:
        if clause.item.zone not in {Zone.REQUIRED, Zone.PREFERRED} or clause.item.label:
            continue
        if clause.span.end - clause.span.start > _LONGEST:
            continue
        if any(clause.span.start <= fact.start < clause.span.end for fact in facts):
            continue
        for piece in pieces(text, clause.span, claimed):
            if any(other.start < piece.end and piece.start < other.end for other in claimed):
                continue
            for words, span in harvest(text, piece, _known(text, piece, taxonomy)):
                words = _TAIL.sub("", words)
                if len(words) > 1 and not _PLAIN.search(words) and not _MONEY.search(words):
                    yield clause, words, span


def _known(text: str, piece: Span, taxonomy: Taxonomy) -> list[Span]:
    """Where known skills stand in a piece, read as an item of a list."""
    item = piece.of(text)
    found = find_skills(item, taxonomy, listy=(Span(0, len(item)),))
    return [mention.span.shifted(piece.start) for mention in found]


def pieces(text: str, clause: Span, claimed: Sequence[Span] = ()) -> Iterator[Span]:
    """The parts of a clause between commas and conjunctions, without words of degree ahead."""
    start = clause.start
    ends = [(match.start(), match.end()) for match in re.finditer(r"[,;:()]\s{0,3}", clause.of(text))]
    for begin, end in [*ends, (clause.end - clause.start, clause.end - clause.start)]:
        whole = Span(start, clause.start + begin)
        start = clause.start + end
        if text[whole.end : whole.end + 1] == "(" and any(whole.end < span.start < clause.end for span in claimed):
            continue  # `a cloud platform (AWS, Azure)`: what stands in brackets says it
        inner = whole.start
        for match in _SPLIT.finditer(whole.of(text)):
            yield _trimmed(text, Span(inner, whole.start + match.start()))
            inner = whole.start + match.end()
        yield _trimmed(text, Span(inner, whole.end))


def _trimmed(text: str, piece: Span) -> Span:
    lead = _LEAD.match(text, piece.start, piece.end)
    start = lead.end() if lead else piece.start
    verb = _VERB.search(text, start, piece.end)
    return Span(start, verb.start() if verb else piece.end)
