"""The degree that a job asks: level, fields of study, and whether equivalent experience will do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hirelens_cli.model.documents import Span

_LEVELS: tuple[tuple[int, str], ...] = (
    (
        5,
        r"ph\.? ?d\.?s?|d\.?phil|doctora(?:te|l degree|l)|doctor of [a-z]+|promotion in|promoviert\w*|doktorgrad|doctorat|doctorado|doutoramento|doutorado|dottorato(?: di ricerca)?|gepromoveerd|bac ?\+ ?8",
    ),
    (
        4,
        r"master(?:'?s|s')?(?= (?:degree|in\b|of\b|level|or\b|and\b|preferred|required|qualification|thesis|program|studium|abschluss))|master(?:'s|s')(?!\w)|masters? degree|master(?:studium|abschluss|grad)|(?<=or )master(?:'?s)?|(?<=/)master(?:'?s)?|m\.? ?sc\.?|msc|m\.s\.?|(?-i:MS)(?= (?:degree|in|or PhD|preferred|required|desired|a plus)\b|/)|(?<=/)(?-i:MS)|m\.?b\.?a\.?|m\.?eng\.?|(?-i:MCA)|m\.ed\.?|m\.a\.|(?-i:MA)(?= in\b)|llm|m\.?p\.?h\.?(?= )|post-?graduate degree|graduate degree|advanced degree|juris doctor|j\.d\.|(?-i:JD)(?= )|diplom(?:a\b(?=-))?(?= (?:in\b|der|des|oder)|-?ingenieur|studium)|staatsexamen|bac ?\+ ?5|ingénieur diplômé|diplôme d'ingénieur|école d'ingénieurs?|école de commerce|máster|mestrado|laurea (?:magistrale|specialistica)|wo[- ](?:niveau|master|opleiding|diploma|werk)|(?-i:WO)(?=\b)",
    ),
    (
        3,
        r"bachelor(?:'?s|s'|studium|abschluss)?(?: degree| of [a-z]+)?|b\.? ?sc\.?(?!\w)|(?<!\w)b\.s\.?(?!\w)|(?-i:BS)(?= (?:degree|in|or)\b|/)|b\.a\.|(?-i:BA)(?= (?:degree|in|or)\b|/)|b\.?tech|b\.?eng\.?|b\.?com(?!\w)|b\.ed\.?|bba|(?-i:BCA|B\.E\.?)|undergraduate degree|(?:university|college|four[- ]year|4[- ]year|honours|honors|relevant|technical|engineering|science|business|law|nursing|teaching|accredited|related|stem|post-secondary|tertiary|academic|recognised|recognized|finance|accounting|marketing) degree|university (?:education|graduate|diploma|qualification)|college graduate|(?:a|an|your|hold a|the|have a) degree|degree(?= (?:in\b|or equivalent|qualified|level|from|preferred|required|educated|is\b|with))|degree-?(?:level|qualified|educated)|graduate(?= (?:in|of)\b)|registered nurse degree|bsn|bachelors|(?:abgeschlossenes |technisches |wirtschaftswissenschaftliches |erfolgreich )*(?:hochschul|fachhochschul|universitäts)?(?:studium|studienabschluss)|hochschulabschluss|akademischer abschluss|licence(?= (?:en\b|professionnelle|de\b|bac))|bac ?\+ ?[34]|diplôme universitaire|(?:titulación|título|grado|estudios|formación) universitari[oa]s?|grado(?= en\b)|grado universitario|licenciatura|licenciad[oa]|(?:titulación|carrera) (?:superior|profesional)|ingeniería(?= en\b)|ensino superior|(?:formação|curso|graduação) superior|graduação(?: em)?|superior completo|laurea(?: triennale)?|hbo(?:[- ](?:niveau|bachelor|opleiding|diploma|werk))?",
    ),
    (
        2,
        r"associate(?:'?s|s')? degree|associate's|(?:vocational|technical) (?:qualification|diploma|training|degree|certificate|education|school)|trade (?:qualification|certificate|school)|apprenticeship|(?:time[- ]served|completed apprenticeship)|two-year degree|2-year degree|nvq|btec|hnd|hnc|city (?:&|and) guilds|diploma in|(?:berufs|fach|kaufmännische |technische |handwerkliche |abgeschlossene |medizinische |gewerbliche )*ausbildung|berufsabschluss|lehre als|gesellenbrief|meister(?:brief|titel)|bac ?\+ ?2|bts|dut|(?:un )?cap(?= (?:en|cuisine|pâtissier|électri\w+|de|petite))|titre professionnel|fp (?:de )?(?:grado )?(?:superior|medio)|(?:ciclo formativo|formación profesional)(?: de grado (?:superior|medio))?|grado (?:superior|medio)|curso técnico|ensino técnico|formação profissional|técnico (?:em|completo)|diploma (?:tecnico|professionale|di perito)|qualifica professionale|mbo(?:[- ](?:niveau|opleiding|diploma|werk|4|3|2))?(?:[- ]?[1-4])?|vakdiploma",
    ),
    (
        1,
        r"(?:high[- ]school|secondary[- ]school|secondary education)(?: (?:diploma|degree|graduates?|education|equivalency|certificate|completion|qualification)|(?= or (?:equivalent|ged|higher)| required| preferred|,? ged))|hs diploma|g\.?e\.?d\.?(?!\w)|gcses?|(?-i:A)[- ][Ll]evels?(?! [0-9])|school leaving certificate|matriculation|abitur|fachabitur|mittlere reife|realschulabschluss|hauptschulabschluss|schulabschluss|baccalauréat|niveau bac|(?<!\w)bac(?= (?:pro|exigé|requis))|bachillerato|e\.?s\.?o\.?(?= )|graduado escolar|ensino (?:médio|secundário|básico)|12\.?º ano|diploma di (?:maturità|scuola superiore)|diploma superiore|licenza media|vmbo|havo|vwo",
    ),
)
_DEGREE = re.compile(
    r"(?<![\w&])(?:"
    + "|".join(f"(?P<l{level}>{pattern})" for level, pattern in _LEVELS)
    + r")(?!\w)(?:'s?)?(?: degree(?!\w))?",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"degree|bachelor|master|m[áa]ster|ph\.? ?d|doct|dott|dout|promo|gradua|diplom|stud|abschlu|ausbildung|gesell|lehre|meister|examen"
    r"|licen|ingeni|bac|univers|titul|t[íi]tulo|titre|grado|grad |carrera|form|ensino|superior|laurea|qualif|school|secondary|level"
    r"|educat|apprentic|time[- ]served|trade|associate|abitur|reife|ciclo|curso|t[ée]cnico|matur|media|mestrado|ma[îi]trise|juris|\d\.º"
    r"|(?<!\w)(?:b\.?|m\.?|j\.?) ?(?:a|s|sc|e|d|ed|eng|com|tech|ph|b\.?a|c\.?a)(?!\w)|(?:hbo|wo|mbo|havo|vwo|vmbo|ged|gcse|nvq|btec|hnd|hnc|llm|bsn|bba|bts|dut|cap|fp|e\.?s\.?o)|city"
)
"""A sentence without any of these names no degree: saves nine tenths of the time."""
_NOT_A_DEGREE = re.compile(
    r"(?:high|large|great|certain|some|strong|significant|varying|considerable|reasonable|\d) degree|degree (?:of|celsius|fahrenheit|view)|scrum master|web ?master|master (?:data|scheduler?|chef|electrician|plumber|carpenter|file|key|plan|baker|technician|mechanic)|(?:during|while in|after|in) (?:their |your )?studium|studium(?:s)? (?:oder|von)? ?(?:der )?(?:unterlagen|pläne)",
    re.IGNORECASE,
)
_EQUIVALENT = re.compile(
    r"(?<!\w)(?:or (?:an? )?(?:\w+ ){0,3}?(?:equivalent|equal|comparable|similar|relevant|commensurate|proven|practical)(?: \w+){0,3} (?:experience|background|training|education|qualifications?|combination|work|skills)|or (?:\w+ )?(?:equivalent|equivalency)|or (?:the )?(?:relevant|related|practical|professional|work|industry|hands-on|military|significant|years of|\d+\+? years)(?: \w+){0,2} ?experience|(?:equivalent|comparable|relevant) (?:\w+ ){0,2}(?:experience|combination)|in lieu of|(?:or|any) (?:an? )?equivalent combination|qualified by experience|equivalent (?:work )?experience"
    r"|oder (?:\w+ ){0,3}(?:vergleichbar\w*|gleichwertig\w*|ähnlich\w*|entsprechend\w* (?:berufs)?erfahrung)|(?:vergleichbar|gleichwertig)e \w+"
    r"|ou (?:\w+ ){0,3}(?:équivalent\w*)|ou expérience (?:équivalente|significative)"
    r"|o (?:\w+ ){0,3}(?:equivalente|similar)|o experiencia equivalente|ou (?:\w+ ){0,3}equivalente|ou experiência (?:equivalente|comprovada)"
    r"|o (?:\w+ ){0,3}equivalente|o esperienza equivalente|of (?:\w+ ){0,3}(?:gelijkwaardig\w*|vergelijkbaar\w*|vergelijkbare)|werk- en denkniveau)(?!\w)",
    re.IGNORECASE,
)
_FIELDS_AHEAD = re.compile(
    r"'?s?\.?,?(?: ?\([A-Za-z. /]{1,20}\))?(?:,? (?:or|and|/|oder|ou|o|of|und|et) (?:a )?(?:master|bachelor|higher|advanced|phd|ph\.d|doctorate|máster|mestrado|laurea|msc|bsc|mba)\w*(?:'s)?(?: degree)?)?(?: degree| diploma| qualification| level| abschluss| studium| completo| completa| magistrale| triennale)?(?: required| preferred)?(?: or (?:higher|above|equivalent|better))?,? ?(?:\(or equivalent\) ?)?"
    r"(?:in (?:der|den|dem)|in het|in de|of|in|im bereich(?: der| des)?|der fachrichtung|der|des|en|em|em áreas como|in der|im|als|zum|zur|di|de|du|d'|spécialisée? en|option|with a (?:major|concentration|focus) in|-)\s(?:the (?:field|area)s? of )?(?:(?:(?:an?|any) )?(?:\w+ ){0,3}(?:field|discipline|subject|area)s? ?(?:such as|like|including|\(e\.g\.,?|\(i\.e\.,?|\(|,) ?|an? )?",
    re.IGNORECASE,
)
_FIELDS_END = re.compile(
    r"[.;:()\n]|,? (?:or|and|oder|ou|o|of) (?:(?:an?|any|another|other|the|einem?|einer?|eine|un|une|uma?|una?|een)? ?(?:equivalent|related|similar|relevant|comparable|closely|other|associated|adjacent|technical discipline|vergleichbar|verwandt|ähnlich|équivalent|similaire|connexe|afín|afines|relacionad|equivalente|similar|affin|simil|vergelijkbar|gelijkwaardig|aanverwant))"
    r"| (?:with|plus|from|is|are|required|preferred|or equivalent|mit|avec|con|com|met|erforderlich|requis|desirable|highly|strongly|and (?:at least|a minimum|\d|minimum|strong|experience|relevant|proven)|ideally|preferably|wünschenswert|von vorteil|exigid|requerid|completa|completo)(?!\w)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r",\s?(?:(?:and|or|und|oder|et|ou|y|o|e|en|of)\s)?|\s?/\s?|\s(?:and/or|or|oder|ou|o|of)\s")
_BAD_FIELD = re.compile(
    r"^(?:an?|the|any|related|relevant|similar|equivalent|one of|field|discipline|subject|area|\d|your|our|bachelor|master|degree|higher|experience|this|der|die|das|unser|un|une)(?!\w)|(?:experience|equivalent|degree|field|years?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree that a sentence asks."""

    span: Span
    """The words that name it, its fields included."""
    level: int
    """1 school, 2 vocational or associate, 3 bachelor, 4 master, 5 doctorate: the lowest that is enough."""
    fields: tuple[str, ...]
    or_equivalent: bool


def degrees(text: str, sentence: Span) -> tuple[Degree, ...]:
    """The degrees named in `sentence`; neighbours joined by `or` are one demand of the lower level."""
    whole = sentence.of(text).replace("’", "'").replace("\n", " ")
    if not _HINT.search(whole.lower()):
        return ()
    found: list[Degree] = []
    others = [Span(*match.span()) for match in _NOT_A_DEGREE.finditer(whole)]
    equivalent = _EQUIVALENT.search(whole) is not None
    for match in _DEGREE.finditer(whole):
        if any(other.start < match.end() and match.start() < other.end for other in others):
            continue
        level = int((match.lastgroup or "l0")[1:])
        names, end = _fields(whole, match.end())
        span = Span(sentence.start + match.start(), sentence.start + end)
        if found and _same_demand(whole, found[-1].span.end - sentence.start, match.start()):
            before = found.pop()
            names = tuple(dict.fromkeys((*before.fields, *names)))
            level = min(level, before.level)
            span = Span(before.span.start, max(span.end, before.span.end))
        elif found and span.start < found[-1].span.end:
            continue
        # "High school diploma or equivalent" means another diploma, not experience.
        found.append(Degree(span, level, names, equivalent and (level > 1 or "experience" in whole)))
    return tuple(found)


_JOIN = re.compile(
    r"'?s?\s{0,2}(?:degree)?\s?(?:,|/|or|oder|ou|o|of|and/or|or a|or an|, or|and|\+|-)?\s?(?:a|an|ein|einen)?\s?",
    re.IGNORECASE,
)


def _same_demand(whole: str, end: int, start: int) -> bool:
    """Whether only a joining word stands between two degrees."""
    return start <= end or _JOIN.fullmatch(whole, end, start) is not None


def _fields(whole: str, start: int) -> tuple[tuple[str, ...], int]:
    """The fields of study named after a degree, and where they end."""
    ahead = _FIELDS_AHEAD.match(whole, start)
    if ahead is None:
        return (), start
    limit = min(len(whole), ahead.end() + 140)
    stop = _FIELDS_END.search(whole, ahead.end(), limit)
    end = stop.start() if stop else limit
    names = []
    for part in _SEPARATOR.split(whole[ahead.end() : end]):
        name = part.strip(" ,.-")
        if 2 < len(name) <= 50 and len(name.split()) <= 5 and not _BAD_FIELD.search(name):
            names.append(name)
        elif names:
            break
    return (tuple(names), end) if names else ((), start)
