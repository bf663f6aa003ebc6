"""The sentences of a job description that are matched, each with what its heading and its own words demand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.job_cues import Cue, Demand, cues, demand_at
from hirelens_cli.profiles.job_headings import MATCHED, Zone
from hirelens_cli.profiles.job_lines import Item, Outline

_ELSEWHERE = re.compile(
    r"(?<!\w)(?:equal[- ]opportunit|equal employment|(?:without|irrespective|regardless|independent|any) (?:of |to )?(?:\w+ ){0,3}?(?:regard|race|gender|sex|age|religion|ethnic|disabilit|their race)|regard to race|protected (?:veteran|class|characteristic)|affirmative action|reasonable (?:accommodation|adjustment)s?|we (?:celebrate|value|embrace|welcome|encourage) (?:\w+ ){0,2}(?:diversity|differences|applica)|all qualified applicants|diverse and inclusive|committed to (?:\w+ ){0,3}(?:equality|diversity|inclusion|equity)|welcomes? applica\w+|(?:does|do) not discriminate|inclusive (?:workplace|environment|employer)|disability confident|background checks? (?:will|are)"
    r"|we (?:offer|provide|pay)(?! our| a (?:full )?(?:range of )?(?:services|solutions|products)| (?:services|solutions))|(?:competitive|attractive|generous) (?:salary|pay|compensation|package|benefits|remuneration|holiday)|health (?:insurance|care plan)|(?:medical|dental|vision|life)(?: insurance)?,? (?:and )?(?:dental|vision|insurance)|401\(?k\)?|paid (?:time off|holidays?|vacation|leave|parental)|pension (?:scheme|plan)|stock options|days'? (?:of )?(?:annual leave|holidays?|vacation|pto)|base salary|salary (?:range|of|from|between|is|up to)|pay range|(?:per|an) (?:hour|annum)|[$€£] ?\d{2,3}(?:[.,]\d{3}|k)|\d{2,3}[.,]?\d{3} ?(?:€|eur|usd|gbp|chf)|free (?:parking|lunch|fruit|coffee|meals)|gym membership|(?:staff|employee|product) discounts?"
    r"|(?:to apply|please (?:apply|send|submit|email|contact|note that|include)|apply (?:now|today|online|via|by|through|with|here)|send (?:us )?your|submit (?:your|a) (?:cv|résumé|resume|application|cover)|your application|your cv|we look forward|only (?:shortlisted|successful) (?:candidates|applicants)|closing date|interested\?|(?:if|sound) (?:this )?sounds? like you|cover letter)"
    r"|(?:our mission is|our vision|founded in|(?:was|were) founded|established in|headquartered|headquarters|our (?:clients|customers) (?:include|range|are)|we(?:'re| are) (?:an? |the |one of )(?!looking)(?:\w+[ -]){0,6}?(?:company|firm|provider|leader|startup|start-up|agency|organi[sz]ation|manufacturer|business|retailer|charity|studio|platform|consultancy|bank|hospital|group|practice|employer|school|supplier|restaurant|hotel|family|team)|(?:is|are) (?:an? |the |one of )(?:\w+[ ,'’-]{1,2}){0,8}?(?:company|firm|provider of|leader in|startup|start-up|agency|manufacturer|retailer|charity|consultancy|software house|supplier of|employer of choice|non-profit|chain of|family[- ]owned|producer of)|we (?:have|employ) (?:over |more than |around |about |nearly )?\d[\d.,]*\+? (?:years|employees|people|offices|staff|customers|stores|locations)|(?:our|the) (?:company|firm) (?:is|has|was|offers|provides)|join (?:us|our (?:team|growing|dynamic))(?: and|!|$))"
    r"|wir bieten|bieten wir|wir sind (?:ein|eine|das|der|die|seit|als)|als (?:eines?r?|führende[rs]?|mittelständische[rs]?) (?:\w+ ){0,5}(?:unternehmen|anbieter|hersteller|betrieb)|(?:ist|sind) (?:ein|eine|einer der|eines der) (?:\w+ ){0,5}(?:unternehmen|anbieter|hersteller|betrieb|konzern|agentur|kanzlei)|betriebliche altersvorsorge|urlaubstage|(?:attraktive|faire|leistungsgerechte) (?:vergütung|bezahlung)|ihre (?:aussagekräftige )?bewerbung|deine bewerbung|bewerben sie sich|bewirb dich|wir freuen uns auf|gehaltsvorstellung|unabhängig von (?:geschlecht|alter|herkunft|\w+ (?:herkunft|identität))|schwerbehindert"
    r"|nous (?:offrons|proposons|vous offrons|vous proposons|sommes (?:un|une|le|la))|notre (?:entreprise|société|groupe|client) (?:est|compte|propose)|(?:est|sommes) (?:un|une|le|la|l'un des|l'une des) (?:\w+ ){0,4}(?:entreprise|société|leader|groupe|acteur|pme|start-up|cabinet|fabricant)|tickets?[ -]restaurants?|mutuelle|rémunération|envoyez|merci d'(?:adresser|envoyer)|postulez|adressez|égalité des chances|quel que soit|situation de handicap"
    r"|(?:te |le )?ofrecemos|se ofrece|somos (?:una?|la|el|líderes)|(?:es|son) una? (?:\w+ ){0,4}(?:empresa|compañía|consultora|multinacional|cadena) |nuestra empresa|salario (?:competitivo|bruto)|envía(?:nos)? tu|inscríbete|igualdad de oportunidades|sin distinción|independientemente de"
    r"|oferecemos|somos uma?|é uma? (?:\w+ ){0,4}(?:empresa|multinacional|consultora|cadeia) |a nossa empresa|salário (?:compatível|competitivo)|envie o seu|envia o teu|candidata-te|candidate-se|igualdade de oportunidades|vale[- ](?:refeição|transporte|alimentação)|plano de saúde"
    r"|offriamo|si offre|siamo (?:un|una|un'|leader)|è (?:un'|una|un) (?:\w+ ){0,4}(?:azienda|società|gruppo|multinazionale)|la nostra azienda|inviare (?:il )?(?:cv|curriculum)|invia (?:il tuo|la tua|il)|candidati (?:ora|subito)|ambosessi|l\. ?903/77|buoni pasto|retribuzione|ral (?:di|fino)"
    r"|wij bieden|we bieden|wij zijn (?:een|de|het)|we zijn (?:een|de|het)|is een (?:\w+ ){0,4}(?:bedrijf|organisatie|onderneming|bureau)|ons bedrijf|solliciteer|stuur (?:je|jouw|uw)|vakantiedagen|pensioenregeling|reiskostenvergoeding|(?:goed|marktconform|bruto) salaris|ongeacht)",
    re.IGNORECASE,
)
_ABOUT_THE_PERSON = re.compile(
    r"(?<!\w)(?:you(?:'ll| will| have| are|r (?:role|tasks|responsib\w+|experience|job|duties))|candidates?|(?:must|should) (?:have|be)|required|(?:looking|seeking|searching) (?:for)?|responsible for|years|experience (?:in|with|of|as)|degree|wir suchen|suchen wir|sie |du |nous recherchons|vous |buscamos|procuramos|cerchiamo|zoeken)(?!\w)",
    re.IGNORECASE,
)


_ASKS = re.compile(
    r"(?<!\w)(?:experienced? (?:in|with|of|using)|knowledge (?:of|in)|proficien(?:t|cy) (?:in|with)|familiar(?:ity)? with|expertise in|skilled in|fluen(?:t|cy) in|must|you (?:have|know|bring|hold)|you've|strong \w+ skills|understanding of|erfahrung(?:en)? (?:in|mit|im)|kenntnisse|sie (?:haben|bringen|verfügen)|du (?:hast|bringst)|expérience (?:en|dans|de)|maîtrise|connaissances? (?:de|en)|experiencia (?:en|con)|conocimientos? (?:de|en)|experiência (?:em|com)|conhecimentos? (?:de|em)|esperienza (?:in|con|nel)|conoscenza d|ervaring (?:met|in)|kennis van)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence that is matched."""

    span: Span
    item: Item
    default: Demand
    """What the heading demands."""
    cues: tuple[Cue, ...]

    def demand(self, where: Span, *, fact: bool = False) -> Demand:
        """What is demanded of the stretch `where` of this sentence: its own cue, else the heading's.

        A `fact` (years, degree, language) is a condition wherever it is said, unless the heading says preferred.
        """
        said = demand_at(self.cues, where)
        if said is None and fact and self.item.zone is not Zone.PREFERRED:
            return Demand.REQUIRED
        return said or self.default


def clauses(outline: Outline) -> tuple[Clause, ...]:
    """The sentences of the matched zones without those on the company, benefits, equal opportunity and applying."""
    found = tuple(_clauses(outline, MATCHED))
    if sum(clause.span.end - clause.span.start for clause in found) >= 40:
        return found
    # Everything stands under a heading such as "About us": better matched whole than not at all.
    return tuple(_clauses(outline, frozenset(Zone), keep_all=True))


def _clauses(outline: Outline, zones: frozenset[Zone], *, keep_all: bool = False) -> Iterator[Clause]:
    for item in outline.items:
        if item.zone not in zones:
            continue
        for sentence in item.sentences:
            default = _default(outline, item, sentence)
            if not keep_all and _is_elsewhere(outline.text, sentence, item):
                continue
            found = cues(outline.text, sentence)
            if item.zone is Zone.PREFERRED:
                # Under `nice to have` a `(not required)` in brackets only repeats the heading.
                found = tuple(cue for cue in found if not (cue.aside and cue.demand is Demand.CANCELLED))
            yield Clause(sentence, item, default, found)


def _default(outline: Outline, item: Item, sentence: Span) -> Demand:
    """Required unless the heading says otherwise.

    Where a job has a section of requirements of its own, what only its duties and its opening mention is context, not a
    condition, unless the sentence asks: preferred.
    """
    if item.zone is Zone.PREFERRED:
        return Demand.PREFERRED
    if item.zone is Zone.REQUIRED or not outline.sectioned or _ASKS.search(sentence.of(outline.text)):
        return Demand.REQUIRED
    return Demand.PREFERRED


def _is_elsewhere(text: str, sentence: Span, item: Item) -> bool:
    """About the company, benefits, equal opportunity or applying, although no heading says so."""
    if item.bullet and item.zone in {Zone.REQUIRED, Zone.PREFERRED, Zone.DUTIES}:
        return False
    written = sentence.of(text).replace("’", "'").replace("\n", " ")
    match = _ELSEWHERE.search(written)
    return match is not None and not _ABOUT_THE_PERSON.search(written, match.end())
