"""Degrees and courses of study: what was earned, in what, where and when."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from hirelens_cli.model.documents import Span
from hirelens_cli.model.profiles import Education, SectionKind
from hirelens_cli.profiles.dates import find_years
from hirelens_cli.profiles.employers import set_apart
from hirelens_cli.profiles.lines import Line
from hirelens_cli.profiles.sections import Part, is_prose

_D = r"[. ]{0,2}"
"""What may stand between the letters of an abbreviated degree."""

_PATTERNS: tuple[tuple[int, str], ...] = (
    (5, r"Ph\.? ?D\.?|PHD|D\.?Phil\.?|Doctor(?:ate)? (?:of|in) [A-Z]\w+|Doctorate|Doctoral [Dd]egree|Dr\. ?(?:rer|phil|med|jur|oec|-Ing)\.?(?: ?nat\.?)?|Promotion(?=[ ,:(]|$)|Doktor(?:at|grad)?|Doctorat|Doctorado|Doutora(?:do|mento)|Dottorato(?: di [Rr]icerca)?|M\.D\.|MD(?=[ ,(]|$)|J\.D\.|JD(?=[ ,(]|$)|Juris Doctor|Ed\.D\.|DNP|Pharm\.? ?D\.?|D\.D\.S\.|DDS|DVM"),
    (4, r"(?i:masters?['’]?s?(?: degree)?(?: of| in))(?![A-Za-z])(?! (?:[Cc]eremon|[Dd]isaster))|(?i:master['’]s|masters['’]?)(?i: degree)?|Master(?=,? ?\(|, [A-Z]| (?!Data|Chef|Electric|Plumb|Card|Schedul|Plan|Mason|Mechanic|Techni|Carpent|Barber|Class|File|Key|Trainer|Sergeant|Chief|Gardener|Baker|Black)[A-ZÀ-Þ][a-zà-ÿ]+)|Master[ -](?:[Dd]egree|[Ss]tudium|[Aa]bschluss)|Masterstudium|Post[ -]?[Gg]raduat(?:e|ion)(?: (?:[Dd](?:iploma|egree)|[Cc]ertificate))?(?: [Ii]n)?|P[oó]s-?[Gg]radua[cç][aã]o(?: em)?|Master [12](?=[ ,]|$)|Master di (?:I|II|1|2)[°º]? livello(?: in)?|PGD[BC]?[MA]A?|P\.G\.D\.[A-Z.]{1,5}|[Mm][-. ]{0,2}[Tt]ech\.?|M[-. ]{0,2}TECH|M[-. ]{0,2}[Ss]c\.?(?![a-z])|M\.S\.?(?=[ ,(:-]|$)(?![Oo]ffice| ?-? ?(?:Excel|Word|Office|SQL))|MS(?= (?:in|degree|CS)\b|, |$| ?\(| (?!Office|Excel|Word|Power|Project|Access|Outlook|Windows|Dynamics|Teams|Visio|Azure)[A-Z][a-z]{2})|MSC(?=[ ,]|$)|M[. ]?Eng\.?|M\.E\.?(?=[ ,(:-]|$)|ME(?= (?:in|\()|\()|M\.A\.|MA(?= (?:in|\()|, (?=[A-Z][a-z]{3})| [A-Z][a-z]{2})|MRes|MSt|PGCE|PGDE|M\.?B\.?A\.?(?![a-z])|M[-. ]{0,2}[Cc]om\.?(?![a-z])|M\.?C\.?A\.?(?=[ ,.(:-]|$)|M[. ]?Phil\.?|LL\.?M\.?|M\.?P\.?H\.?(?=[ ,.(-]|$)|MPA|MSW|MSN|M[. ]?Ed\.?(?=[ ,(]|$)|M\.?F\.?A\.?(?=[ ,(]|$)|M\.?Pharm\.?|M\.?Arch\.?|Executive MBA|Dipl(?:om)?\.?[ -]{0,2}(?:Ing(?:enieur(?:in)?)?|Inf(?:ormatiker(?:in)?)?|Kfm|Kauf(?:mann|frau)|Betriebswirt(?:in)?|Psych(?:ologe|ologin)?|Phys(?:iker)?|Volkswirt)\.?|Diplom(?=[ ,:(]| in|$)|Magister(?: Artium)?|Staatsexamen|Mast[eè]re(?: [Ss]p[eé]cialis[eé])?|Diplôme d['’][Ii]ng[eé]nieur|Dipl[oô]me d['’]ing[eé]nieur|DEA|DESS|Maîtrise|M[aá]ster [Uu]niversitario(?: en)?|M[aá]ster en|Máster|Maestr[ií]a|Mestrado|Laurea (?:[Mm]agistrale|[Ss]pecialistica)|Doctorandus|[Dd]rs\."),
    (3, r"(?i:bach[ea]?lor['’]?s?['’]?(?: degree)?(?: of| in)?)|Bachelorstudium|[Bb][-. ]{0,2}[Tt]ech\.?|B[-. ]{0,2}TECH|B[-. ]{0,2}[Ss]c\.?(?![a-z])|BSC(?=[ ,.(-]|$)|B\.S\.?(?=[ ,(:-]|$)|BS(?= (?:in|degree|CS)\b|, | ?\(|$| [A-Z][a-z]{2})|B\.A\.?(?=[ ,(:-]|$)|BA(?= (?:in|\(|Hons|degree)|, |$| ?\(| [A-Z][a-z]{2})|B[. ]?Eng\.?(?![a-z])|B\.? ?E\.?(?=[ ,(:/-]|$)|[Bb][-. ]{0,2}[Cc]om\.?(?![a-z])|B[-. ]{0,2}COM|B\.?B\.?A\.?(?=[ ,.(:-]|$)|B\.?C\.?A\.?(?=[ ,.(:-]|$)|B\.?B\.?M\.?(?=[ ,.(:-]|$)|B\.?C\.?S\.?(?=[ ,(:-]|$)|B[. ]?Ed\.?(?=[ ,(]|$)|B[. ]?Pharm(?:acy|a)?\.?|B\.?Arch\.?|MBBS|M\.B\.B\.S\.?|LL\.?B\.?|B\.?F\.?A\.?(?=[ ,(]|$)|BSN|B\.?D\.?S\.?(?=[ ,(]|$)|BHM|Under ?[Gg]raduate [Dd]egree|(?:Honou?rs|Engineering|College|University|Graduate) [Dd]egree(?: in)?|Degree in|Graduation(?: in)?|Graduate in|Licence [Pp]rofessionnelle|Studium(?= (?:der|des|im|in) )|Licence(?= (?:en|de|[Pp]rofessionnelle|[A-ZÀ-Þ])| d['’])|Licenciatura(?: en| em)?|Licenciad[oa](?: en| em)?|Ingenier[ií]a|Ingenier[oa](?= en| [A-Z])|Grado (?:en|[Uu]niversitario)|Graduad[oa] (?:en|em)|Gradua[cç][aã]o(?: em)?|Bacharel(?:ado|ato)?(?: em)?|Laurea(?: [Tt]riennale)?(?: in)?|HBO(?:-V)?(?:[- ][A-Z]\w+)?|Hochschulstudium|Fachhochschulstudium|Arquitectura|Diplomatura(?: en)?"),
    (2, r"Foundation Degree(?: in)?|Certificate (?:I{1,3}|IV|[1-4])(?= in)|Gesellenbrief|Gesellenprüfung|Examinierte[rn]? [A-Z]\w+|Brevet professionnel|FP (?:de )?[Gg]rado (?:[Mm]edio|[Ss]uperior)(?: en)?|Grado (?:[Mm]edio|[Ss]uperior)(?: en)?|T[eé]cnic[oa] (?:en|em)|Propedeuse|(?i:associate['’]?s?['’]? (?:degree|of|in)(?: in| of)?)(?! [a-z])|(?i:associate['’]s|associates)|Associate(?=,? [A-Z][a-z]+ [A-Z])|A\.A\.(?:S\.?)?|A\.S\.|AAS(?=[ ,]|$)|(?i:(?:advanced |national |higher |technical |vocational |polytechnic |graduate )?diploma(?: (?:in|of|en)(?= ?[a-z]))?)|HND|HNC|NVQ|BTEC|BTS|DUT|BUT(?= [A-Z])|BEP|CAP(?= [A-Zéè])|Dipl[oô]me d['’][EÉ]tat(?: d['’e]\w{0,2})?|DEUG|Titre [Pp]rofessionnel|Ausbildung (?:zum|zur|als|im)|Berufsausbildung|Lehre (?:als|zum|zur)|Meister(?:brief|prüfung|schule)?|Staatlich gepr[uü]fte?r? \w+|Fachwirt(?:in)?|T[eé]cnico [Ss]uperior(?: en)?|Ciclo [Ff]ormativo(?: de [Gg]rado (?:[Mm]edio|[Ss]uperior))?(?: en)?|Formaci[oó]n [Pp]rofesional|Curso [Tt][eé]cnico(?: em)?|T[eé]cnic[oa] em|Tecn[oó]logo|Tecn[oó]lic[oa]|I\.?T\.?I\.?(?=[ ,(]|$)|Polytechnic|MBO(?:[- ]?(?:niveau )?\d)?|Qualifica [Pp]rofessionale|Certificat d['’]aptitude|City (?:&|and) Guilds|Trade [Cc]ertificate|Apprenticeship"),
    (1, r"(?i:(?:senior |higher )?(?:high|secondary|sr\. secondary)[ -]?school(?: (?:diploma|certificate|graduate|leaving certificate|examination))?)|C\.?B\.?S\.?E\.?(?=[ ,(:-]|$)|I\.?C\.?S\.?E\.?(?=[ ,(:-]|$)|State Board|(?:Higher|Senior|Upper) Secondary(?: (?:Certificate|Education|Examination))?|H\.?S\.?C\.?(?=[ ,(:.-]|$)|S\.?S\.?C\.?(?=[ ,(:.-]|$)|SSLC|S\.S\.L\.C\.?|PUC|G\.?E\.?D\.?(?=[ ,(:.-]|$)|GCSEs?|A[- ][Ll]evels?|O[- ][Ll]evels?|(?:10|12)(?: ?th|\+2)(?: (?:[Ss]tandard|[Cc]lass|[Gg]rade|[Ss]td))?|Class (?:X|XII|10|12)(?![A-Za-z])|X(?:II)?(?: ?th)? (?:[Ss]tandard|CBSE|[Cc]lass)|Intermediate(?= (?:\(|from|in|[Ee]ducation|[Ss]tudies|Board)|[,.]|$)|Matriculation|Matric|Abitur|Allgemeine Hochschulreife|Fachabitur|Fachhochschulreife|Mittlere Reife|Realschulabschluss|Hauptschulabschluss|Matura|(?:International )?Baccalaur[eé]ate?(?: [A-Z]\w*)?|Leaving Certificate|Brevet des collèges|Bac (?:[SL]|ES|STMG|STI2D|[Pp]ro)\w*|Bachillerato|Graduado (?:en )?ESO|E\.?S\.?O\.?(?=[ ,(]|$)|Ensino [Mm][eé]dio|Ensino [Ss]ecund[aá]rio|12\.?º [Aa]no|Diploma di [Mm]aturit[aà]|Maturit[aà](?: [A-Za-z]+)?|Liceo(?: [A-Z]\w+)|Perito [A-Z]\w+|VWO|HAVO|VMBO|MAVO"),
)  # fmt: skip
_DEGREE = re.compile(
    r"(?<![\w&/'’.-])(?:" + "|".join(f"(?P<l{level}>{pattern})" for level, pattern in _PATTERNS) + r")(?![a-z])"
)
_QUICK = re.compile(
    r"\b(?:[BMPDHSIGLA][.A-Z-]|[bm][.-]?(?:tech|com|sc|e)\b|[Mm]aster|MASTER|M[aá]ster|[Bb]ach|BACH|[Dd]o[ck]|Dipl|DIPL|Ph|High|HIGH|Second|SECOND|Senior|Upper|Grad|GRAD|Assoc|ASSOC|Post|PG|1[02]|X|Class|CLASS|Inter|Matr|Abi|Fach|Real|Haupt|Mittl|Bac|Lic|LIC|Ing|ING|Laurea|LAUREA|Dott|Dout|Mest|Maes|Mast|Magi|Staat|Ausb|Beruf|Lehre|Meister|T[eé]c|Ciclo|Form|Curso|Poly|MBO|HBO|VWO|HAVO|Ensino|Liceo|Perito|Maturit|Qualif|Certificat|City|Trade|Appr|B\w|M\w|College|University|Honou?rs|Engineering|Degree|Under|Allg|Hochs|Jur|Arq|drs|Grado)"
)
_INSTITUTION = re.compile(
    r"(?<!\w)(?:universit\w*|college|institut\w*|school|schule|academy|akademie|acad[eé]mi[ea]|hochschule|fachhochschule|\w{0,20}hochschule|gymnasium|[eé]cole|lyc[eé]e|facult\w*|universidad\w*|universidade|faculdade|facultad|colegio|col[eé]gio|escola|escuela|politecnic\w*|polytechnic\w*|politécnic\w*|istituto|liceo|universiteit|hogeschool|roc|iut|iit|nit|iiit|bits|iim|mit|vidyalaya|vidya\w*|polytechnique|conservato\w*|seminary|berufsschule|berufskolleg|realschule|gesamtschule|\w{1,14}schule|cégep|cegep|kolleg|campus|board|cbse|icse)(?!\w)",
    re.IGNORECASE,
)
_SCHOOL = re.compile(
    r"(?<!\w)(?:(?:high|secondary|sec\.?|public|grammar|primary|middle|convent) school|lycée|gymnasium|liceo|colegio|realschule|gesamtschule)(?!\w)",
    re.IGNORECASE,
)
_FIELD_LEAD = re.compile(
    r"[ '’s.,:]{0,4}(?:\((?:Hons\.?|Honou?rs|hons|FH|BA|TU|DH|Univ\.?|LL\.?B\.?|B\.? ?A\.?|B\.? ?Sc\.?|M\.? ?A\.?|M\.? ?Sc\.?|BSN|BBA|BFA|MBA|B\.?S\.?|M\.?S\.?|Ph\.?D\.?|Dr\. [a-z. ]{3,12})\)[ ,]{0,2})?(?:(?:[Dd]egree|[Dd]iploma|[Ss]tudium)[ ,]{1,2})?(?:(?:in|of|en|em|im|für|der|in der|di|de|IN|OF|EN|-|–|:|with (?:a )?(?:major|specialization|concentration) in|Fachrichtung|opción|spécialité|mention|majoring in|major[: ]{1,2}|specialization in)[ ]{1,2}|\([ ]?|,[ ]?|(?=[A-ZÀ-Þ]))"
)
_FIELD_END = re.compile(
    r"[,;|(){}\[\]:\t]|ï1/4|ï¼| City(?= ?,)|[.](?:\s|$)| [-–—•] | (?:from|at|with|an der|bei|à l|à la|à|presso|na|aan de|aan het|FROM|AT|WITH|by|under|having|passed|CGPA|GPA|cgpa|gpa|university|University|College|Institute)(?!\w)|(?<!\w)(?:19|20)\d\d|\d{1,2}[/.]\d{2,4}|\s{3,}|\d{2}(?:\.\d+)?%"
)
_A_YEAR = re.compile(r"(?<!\w)(?:19|20)\d\d(?!\d)")
_NO_SCHOOL = re.compile(
    r"(?:City|State|City State|GPA|[A-Z]{2}|Jan\w*|Feb\w*|Mar\w*|Apr\w*|May|June?|July?|Aug\w*|Sep\w*|Oct\w*|Nov\w*|Dec\w*|Present|Current|Expected|Graduated|Completed)",
    re.IGNORECASE,
)
_MONTH_TAIL = re.compile(
    r"[ ,]{1,3}(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December)\.?$"
)
_DIPLOMA = re.compile(r"(?i:diploma|certificate|graduate|examination)")
_OPEN = re.compile(r" (?:of|OF|Of) ?$")
_JOINER = re.compile(r" (?:of|in|en|em|zum|zur|als|OF|IN|In|Of) ?$")
_NAMED_AFTER = re.compile(
    r" ?(?:(?i:business administration|computer applications?|applied sciences?|fine arts|public health|social work|science|arts|engineering|technology|commerce|laws?|education|medicine|pharmacy|architecture|nursing|music|philosophy|theology|divinity|design)(?!\w)"
    r"|[A-Z][A-Za-z]{1,30}(?= in | IN |,| ?\(| [-–] ))"
)
_SEGMENT = re.compile(
    r"[|;\t•]|,| [-–—] +| {3,}| (?:from|at|an der|bei der|presso|FROM|AT) |\(|\)|(?<=[a-z]{3})[.] (?=[A-Z])"
)


@dataclass(frozen=True, slots=True)
class _Hit:
    index: int
    start: int
    end: int
    level: int


def find_education(parts: Sequence[Part], as_of: datetime.date) -> tuple[Education, ...]:
    """Degrees in the order of the document, from the education sections.

    Where these give none, the other lines that are no sentences are searched.
    """
    found: list[Education] = []
    own = [part for part in parts if part.kind is SectionKind.EDUCATION]
    for part in own:
        found += _entries(part.lines, as_of, strict=False)
    if not found:
        for part in parts:
            if part.kind in (SectionKind.EDUCATION, SectionKind.REFERENCES, SectionKind.INTERESTS):
                continue
            if part.kind is SectionKind.SKILLS and "qualification" not in part.section.heading.lower():
                continue
            lines = [line for line in part.lines if len(line.text) < 160 and not is_prose(line.text)]
            found += _entries(lines, as_of, strict=True)
    return tuple(found)


def find_degree(text: str) -> tuple[Span, int] | None:
    """The first degree that `text` names, its field not included, and its level."""
    if not _QUICK.search(text):
        return None
    match = _DEGREE.search(text)
    return (Span(*match.span()), int((match.lastgroup or "l0")[1:])) if match else None


def _entries(lines: Sequence[Line], as_of: datetime.date, *, strict: bool) -> list[Education]:
    hits = [hit for index, line in enumerate(lines) for hit in _hits(index, line.text, strict)]
    if not hits:
        return [] if strict else _without_degree(lines, as_of)
    first = hits[0].index
    above = (
        not strict
        and any(_INSTITUTION.search(line.text) for line in lines[:first])
        and not _names_institution(lines[first], hits[0])
    )
    entries = []
    for at, hit in enumerate(hits):
        low = hits[at - 1].index + 1 if at else 0
        high = hits[at + 1].index if at + 1 < len(hits) else len(lines)
        if strict:
            low, high = hit.index, min(high, hit.index + 3)
        window = _window(hit, low, high, above)
        around = [near for near in hits[max(0, at - 3) : at + 4] if near is not hit]
        entries.append(_entry(lines, hit, window, as_of, around))
    return entries if strict else _with_schools(lines, entries, as_of)


def _with_schools(lines: Sequence[Line], entries: list[Education], as_of: datetime.date) -> list[Education]:
    """Schools that no degree has taken, each a course of its own."""
    taken = {item.institution for item in entries}
    order = sorted(entries, key=lambda item: item.span)
    starts = [item.span.start for item in order]
    free = []
    for line in lines:
        at = bisect_right(starts, line.start) - 1
        if len(line.text) < 120 and not (at >= 0 and line.start < order[at].span.end):
            free.append(line)
    schools = [item for item in _without_degree(free, as_of) if item.year or item.level]
    extra = [item for item in schools if item.institution not in taken]
    return sorted([*entries, *extra], key=lambda item: item.span)


def _names_institution(line: Line, hit: _Hit) -> bool:
    return (
        _INSTITUTION.search(line.text, hit.end) is not None or _INSTITUTION.search(line.text, 0, hit.start) is not None
    )


def _hits(index: int, text: str, strict: bool) -> list[_Hit]:
    """The degrees of one line, at most three; in prose and outside education only those that begin the line count."""
    if len(text) > 400 or (strict and not _QUICK.search(text)):
        return []
    found: list[_Hit] = []
    for match in _DEGREE.finditer(text):
        level = int((match.lastgroup or "l0")[1:])
        lead = text[: match.start()].strip(" •*-–|(\t0123456789./")
        if strict and (len(lead) > 40 or level < 3 or match[0] == "Promotion"):
            continue
        if len(match[0]) == 2 and match[0].isupper() and lead and not text[match.end() :].startswith((" in ", " (")):
            continue  # `Boston, MA Public Library`
        if found and (level == 1 or match[0].lower() == "diploma"):
            continue
        if found and match.start() - found[-1].end < 25 and level == found[-1].level:
            continue  # `Bachelor of Science (B.Sc.)` is one degree
        if (
            found
            and _FIELD_END.search(text, found[-1].end, match.start()) is None
            and match.start() - found[-1].end < 60
        ):
            continue
        if (
            level == 1
            and _INSTITUTION.search(match[0])
            and (lead or _later_degree(text, match.end()) or _DIPLOMA.search(match[0]) is None)
        ):
            continue  # the name of a school
        found.append(_Hit(index, match.start(), match.end(), level))
    return found[:3]


def _later_degree(text: str, end: int) -> bool:
    match = _DEGREE.search(text, end)
    return match is not None and match.lastgroup != "l1"


def _window(hit: _Hit, low: int, high: int, above: bool) -> list[int]:
    """The indexes of the lines that can say where and when, nearest first."""
    if above:
        return [
            hit.index,
            *range(hit.index - 1, max(low, hit.index - 4) - 1, -1),
            *range(hit.index + 1, min(high, hit.index + 2)),
        ]
    return [hit.index, *range(hit.index + 1, min(high, hit.index + 5))]


def _entry(lines: Sequence[Line], hit: _Hit, window: list[int], as_of: datetime.date, around: list[_Hit]) -> Education:
    beside = [other.start for other in around if other.index == hit.index]
    text = lines[hit.index].text
    degree, field, end = _degree_and_field(text, hit)
    if not field and hit.index + 1 in window and all(other.index != hit.index + 1 for other in around):
        field = _field_below(lines[hit.index + 1].text)
    institution, year, last = "", None, hit.index
    stop = min((start for start in beside if start > hit.start), default=len(text))
    for index in window:
        line = lines[index].text
        begin = hit.start if any(start < hit.start for start in beside) else 0
        piece = line[begin:stop] if index == hit.index and beside else line
        if not institution:
            hidden = text[hit.start : end] if index == hit.index else ""
            institution = _institution(piece.replace(hidden, " | ", 1) if hidden else piece)
            last = max(last, index) if institution else last
        if year is None and (years := find_years(piece, as_of)):
            year = years[-1][0]
            last = max(last, index)
        if institution and year is not None:
            break
    if not institution:
        institution = _plain_institution(lines, window, text[end:])
    first = min(
        [
            hit.index,
            *[index for index in window if index < hit.index and institution and institution in lines[index].text],
        ]
    )
    level = 0 if _UNFINISHED.search(text) else hit.level
    return Education(degree, level, field, institution, year, Span(lines[first].start, lines[last].end))


_UNFINISHED = re.compile(
    r"(?<!\w)(?:not (?:yet )?completed|did not (?:complete|finish|graduate)|incomplete|unfinished|discontinued|dropped out|withdr[ae]wn?|no degree(?: earned| awarded)?"
    r"|abgebrochen|ohne abschluss|non (?:terminée?|achevée?|obtenue?|conclus[oa]|completat[oa])|inachevée?|sin terminar|no terminad[oa]|inconclus[oa]|incomplet[oa]|interrott[oa]|niet (?:afgerond|voltooid)|zonder diploma)(?!\w)",
    re.IGNORECASE,
)
"""A degree that was begun and not earned: it is kept, and no evidence of its level."""


def _degree_and_field(text: str, hit: _Hit) -> tuple[str, str, int]:
    written = text[hit.start : hit.end].strip(" ,(")
    if hit.level == 1 and not text[hit.end : hit.end + 4].lower().startswith((" in ", " (")):
        return written, "", hit.end
    named = _NAMED_AFTER.match(text, hit.end) if _OPEN.search(text, hit.start, hit.end) else None
    if named:  # `Bachelor of Technology in ...`: the subject is a part of the degree's name
        written, hit = f"{written} {named[0].strip()}", _Hit(hit.index, hit.start, named.end(), hit.level)
    written = _JOINER.sub("", written)
    lead = _FIELD_LEAD.match(text, hit.end)
    ended_open = _JOINER.search(text, hit.start, hit.end) is not None and not named
    start = lead.end() if lead else hit.end
    if lead is None and not ended_open:
        return written, "", hit.end
    stop = _FIELD_END.search(text, start)
    end = stop.start() if stop else len(text)
    if stop is not None and stop[0].startswith(" ") and _INSTITUTION.search(stop[0]):
        end = max(start, text.rfind(" ", start, end))  # the word before `University` is its name
    field = _MONTH_TAIL.sub("", text[start:end].strip(" ,.-–:")).strip(" ,.-–:")
    words = field.split()
    if len(words) % 2 == 0 and words[: len(words) // 2] == words[len(words) // 2 :]:
        field = " ".join(words[: len(words) // 2])  # some templates say it twice
    schooled = stop is not None and _INSTITUTION.search(stop[0]) is not None and lead is not None and "," in lead[0]
    if schooled or not _is_field(field):
        return written, "", hit.end
    return written, field, end


_NOT_FIELD = re.compile(
    r"^(?:\d|gpa|cgpa|grade|percentage|passed|pursuing|graduat|complet|expected|year|with|from|and|the)|\[|(?:^|\s)(?:division|distinction|present|diploma|degree|class)$|"
    r"(?:^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?$)",
    re.IGNORECASE,
)


def _is_field(field: str) -> bool:
    return (
        1 < len(field) <= 70
        and len(field.split()) <= 8
        and not _NOT_FIELD.search(field)
        and not _INSTITUTION.search(field)
    )


def _field_below(text: str) -> str:
    """A field of study on the line below a bare degree: `Major: Physics`."""
    match = re.match(
        r"[ •*-]{0,4}(?:major|field|specialization|specialisation|concentration|subject|fachrichtung|schwerpunkt|branch)s?[ ]?[:-][ ]?(.{2,60})",
        text,
        re.IGNORECASE,
    )
    return match[1].split(",")[0].strip(" .") if match else ""


def _institution(text: str) -> str:
    """The segment of a line that names a school."""
    if not _INSTITUTION.search(text):
        return ""
    text = set_apart(text)
    start, best = 0, ""
    bounds = [(match.start(), match.end()) for match in _SEGMENT.finditer(text)]
    for left, right in [*bounds, (len(text), len(text))]:
        segment = text[start:left]
        if not best and _INSTITUTION.search(segment):
            best = segment
        start = right
    best = next((piece for piece in _A_YEAR.split(best) if _INSTITUTION.search(piece)), best)
    best = best.split("ï1/4")[0]
    best = _MONTH_TAIL.sub("", best.strip(" .,:-–—*•'"))
    return best.strip(" .,:-–—*•'")[:100]


_LOOSE_END = re.compile(r"(?: (?:with|from|in|at|and|of|securing|obtaining))+$")
"""What led to a mark or a year that was cut off."""


def _plain_institution(lines: Sequence[Line], window: list[int], rest: str) -> str:
    """A school that does not call itself one: the rest of the degree's line behind `from`, else the line below."""
    after = re.search(r"(?:\bfrom|\bat|,|-|–|\|)\s{1,3}([A-ZÀ-Þ][^,|()\d]{2,60})", rest)
    if after:
        name = _LOOSE_END.sub("", after[1].strip(" .,-–"))
        return "" if _NO_SCHOOL.fullmatch(name) else name
    for index in window[1:3]:
        text = lines[index].text.strip()
        if (
            2 < len(text) <= 80
            and text[0].isupper()
            and not is_prose(text)
            and not re.search(r"\d{2}%|GPA|CGPA|[Cc]oursework|[Tt]hesis", text)
        ):
            head = _SEGMENT.split(text)[0].strip(" .,:-–")
            if len(head) > 2 and not any(char.isdigit() for char in head) and not _NO_SCHOOL.fullmatch(head):
                return head
    return ""


def _without_degree(lines: Sequence[Line], as_of: datetime.date) -> list[Education]:
    """Schools with a year beside them, where no degree is named at all."""
    entries = []
    for index, line in enumerate(lines):
        institution = "" if is_prose(line.text) else _institution(line.text)
        if not institution:
            continue
        around = [line]
        for near in lines[index + 1 : index + 3]:
            if _institution(near.text):
                break
            around.append(near)
        year = next((years[-1][0] for near in around if (years := find_years(near.text, as_of))), None)
        last = next((near for near in around if find_years(near.text, as_of)), line)
        level = 1 if _SCHOOL.search(institution) else 0
        entries.append(Education("", level, "", institution, year, Span(line.start, last.end)))
    return entries
