"""What a job is called: a labelled line, a short line at the top, a sentence that says whom one looks for, or the file's name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.job_headings import Zone, zone_of
from hirelens_cli.profiles.job_lines import Outline
from hirelens_cli.profiles.titles import is_title, title_family

_LABEL = re.compile(
    r"^\W{0,4}(?:(?:job|position|role|vacancy|post)(?: title)?|title|job role|stellenbezeichnung|stellentitel|position|stelle|intitulé(?: du poste| de l'offre)?|poste|titre(?: du poste)?|puesto(?: de trabajo)?|título(?: del puesto| da vaga)?|cargo|vacante|oferta|vaga|função|posizione(?: aperta)?|ruolo|titolo(?: della posizione)?|figura(?: ricercata)?|functie(?:titel|naam)?|vacature)\s{0,3}[:：|–-]\s{1,4}(?=\S)",
    re.IGNORECASE,
)
_PERSON = r"(?:an? |our (?:next )?|another |the |\d+ |one |two |three |several |experienced |talented |skilled |motivated |passionate |enthusiastic |dedicated |reliable |friendly |dynamic |highly )*"
_SOUGHT = re.compile(
    r"(?<!\w)(?:(?:(?:we(?:'re| are)|(?:is|are)|currently) (?:currently |now |actively )?(?:looking for|looking to (?:hire|recruit|appoint|add)|seeking(?: for)?|hiring(?: for)?|recruiting(?: for)?|searching for|in search of|in need of)|we (?:seek|need|want|require)|(?:seeks|hires|needs|requires|wants|has an opening for|have an opening for|has a vacancy for|have a vacancy for)|seeking|looking for|wanted:?|now hiring:?|we're hiring:?|hiring:?|join (?:us|our team|\w+) as|opportunity for|role of|position of|post of|as) "
    + _PERSON
    + r"|(?:wir suchen|sucht|suchen wir|gesucht:?|verstärkung(?: als)?:?)(?: (?:zum nächstmöglichen zeitpunkt|ab sofort|für unser team|für unseren standort \w+|zur verstärkung unseres teams|per sofort|dich als|sie als|eine?n?|eine|einen|engagierte?n?|erfahrene?n?|motivierte?n?|qualifizierte?n?|zuverlässige?n?|freundliche?n?|als|unbefristet|in vollzeit|in teilzeit|ab \w+))*(?: \(?(?:/n|/r|e/n|n/e)\)?)? "
    r"|(?:nous recherchons|recherche(?:ons)?|recrute|nous recrutons|recherchons|cherche)(?: (?:activement|actuellement|pour \w+ \w+))? (?:un\(e\)|une?|son|sa|des|notre|nos)(?: future?)? "
    r"|(?:buscamos|busca|precisamos|seleccionamos|selecciona|necesitamos|buscando|incorporar)(?: a)? (?:un/a|un\(a\)|una?|nuestr[oa]|dos) "
    r"|(?:procuramos|procura|buscamos|contratamos|contrata|está a contratar|recrutamos|recruta)(?: um\(a\)| um/a| uma?)? "
    r"|(?:cerchiamo|cerca|ricerca|ricerchiamo|stiamo cercando|seleziona|selezioniamo)(?: per \w+ \w+)?(?: un/una| un/a| un'| una?| uno)? ?"
    r"|(?:wij zoeken|zoeken wij|we zoeken|zoekt|op zoek naar|zoeken naar|gezocht:?)(?: (?:per direct|een|enthousiaste?|ervaren|gemotiveerde?|nieuwe|voor \w+ \w+))* )",
    re.IGNORECASE,
)
_SOUGHT_END = re.compile(
    r"[.,;:!?(\n–]| - | (?:to|who|with|for|that|in|at|on|based|working|whose|able|responsible|(?<=\w )and (?:a|an)|reporting|having|capable|within|based|from|willing|you|and will|and you|near|mit|für|in|im|am|zur|zum|der|die|das|welche\w?|ab|bei|pour|qui|afin|dans|au|à|avec|basée?|para|que|con|en|com|no|na|per|che|da inserire|presso|met|voor|die|dat|te|om|naar|bij)(?!\w)",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r" ?\((?:[mwfdxhv]\s?[/|*]\s?){1,3}[mwfdxhv]\)| ?\((?:all genders?|gn|h/f|f/h|m/f|m/v|v/m|m/k|w/m/d|f/m/d|m/w|remote|hybrid|on-?site|full[- ]time|part[- ]time|contract|permanent|temporary|internship|homme/femme|tous genres|hybride|télétravail|vollzeit|teilzeit|unbefristet|fulltime|parttime|\d{1,3}\s?%|\d{1,2}[- ]\d{1,2} (?:uur|hours?)|\d{1,2} (?:uur|h(?:ours?)?))[^)]{0,20}\)| ?\([^()]{0,40}(?:cover|contract|month|temporary|fixed|term|grades?|hours|\d)[^()]{0,40}\)$| (?:[mwfdx]/){1,2}[mwfdx]\b| [HhFf]/[HhFf]\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r" ?(?:[|•·]|,\s(?=(?:full|part)[- ]time|remote|hybrid|permanent|contract)|\s@\s|\s(?:at|bei|chez|bij)\s(?=(?-i:[A-ZÀ-Þ])\S+(?: (?-i:[A-ZÀ-Þ&])\S*)*$)|,\s(?=\d|grades?\s|band\s)|\s(?:in|à|en|a) (?:teilzeit|vollzeit|temps (?:partiel|plein)|media jornada|jornada completa|deeltijd|voltijd)\b|\s(?:gesucht|wanted|gezocht)\b|\sto the\s|(?<!fachkraft)(?<!kaufmann)(?<!kauffrau)(?<!angestellte)(?<!fachmann)\sfür\s|\s(?:pour|para|voor)\s|\(ref|\s(?:ref\.?|req|job id|id)[ :#.]).*$",
    re.IGNORECASE | re.DOTALL,
)
_DASHED = re.compile(r"\s[–—-]\s.*$", re.DOTALL)
_PREFIX = re.compile(
    r"^(?:we(?:'re| are) (?:hiring|looking for|recruiting)[:!]?\s?(?:an? )?|now hiring[:!]?\s?|hiring[:!]\s?|vacancy[:!]?\s?|job (?:description|posting|advert(?:isement)?|opening|offer|ad)\s?(?:[:–-]|for(?: the (?:role|position|post) of)?:?|of)\s?(?:an? |the )?|wanted[:!]\s?|stellenangebot[:!]?\s?|stellenausschreibung[:!]?\s?|offre d'emploi\s?[:–-]?\s?|oferta de (?:empleo|trabajo)\s?[:–-]?\s?|vaga\s?[:–-]\s?|vacature[:!]?\s?|offerta di lavoro\s?[:–-]?\s?|urgent[:!]\s?|careers?\s?[:–-]\s?|wir suchen[:!]?\s?|gesucht[:!]?\s?)",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:job|jobs|jd|job ?desc(?:ription)?|description|posting|vacancy|role|position|advert|ad|untitled|document|doc|file|stelle|stellenanzeige|offre|oferta|vaga|vacature|test|new|copy|draft|final|the|a|of|\W|v|pdf|docx?|txt|job posting|job ad)+$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?;]$|[.!?]\s")
_SENTENCE_LIKE = re.compile(
    r"[.!?]$|(?<!\w)(?:we|you|is|are|will|our|your|wir|sie|du|nous|vous|nosotros|noi|wij|www|http|apply|welcome)(?!\w)|[@€$£]|\d{4}",
    re.IGNORECASE,
)


def job_title(outline: Outline, name: str) -> tuple[str, Span | None]:
    """The title and where it stands (None where it comes from the file's `name`).

    In this order: a labelled line; a short line of the top that reads like a title; `We are looking for a ...`; the
    file's stem; and where that says nothing, the first short line.
    """
    text = outline.text
    for item in outline.items[:12]:
        line = _line_at(text, item.span)
        label = _LABEL.match(line.of(text))
        if label and len(line.of(text)) <= 120:
            title = cleaned(line.of(text)[label.end() :], keep_tail=True)
            if title and not _GENERIC.match(title):
                return title, line
    for span in outline.titles:
        label = _LABEL.match(span.of(text))
        title = cleaned(span.of(text)[label.end() if label else 0 :], keep_tail=label is not None)
        if title and (label or (_reads_like_title(title) and not _ENDED.search(span.of(text)))):
            return title, span
    sought = _sought(outline)
    if sought:
        return sought
    stem = title_of_name(name)
    first = outline.titles[0] if outline.titles else None
    short = cleaned(first.of(text)) if first else ""
    if (
        short
        and first
        and len(short.split()) <= 6
        and len(outline.items) > 1
        and zone_of(short, marked=True) is None
        and not _SENTENCE_LIKE.search(short)
    ):
        return short, first
    return stem or short or "Untitled job", None


_WANTED = re.compile(
    r"\W{0,4}(?P<title>[^.,;:!?\n]{3,50}?)\s(?:wanted|needed|required|gesucht|gezocht)(?!\w)", re.IGNORECASE
)
_MARKED = re.compile(r"[^.,;:!?(\n]{3,60}(\((?:[mwfdx]\s?[/|*]\s?){1,3}[mwfdx]\))")
"""A title up to its mark of gender: `Fachkraft für Lagerlogistik (m/w/d)`."""
_ACCUSATIVE = re.compile(r"(?<=[a-zäöüß])en (?=[A-ZÄÖÜ])")


def _line_at(text: str, span: Span) -> Span:
    """The whole first line of an item, a heading on the same line included."""
    end = text.find("\n", span.start, span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, end if end >= 0 else span.end)


def _reads_like_title(title: str) -> bool:
    """Short, no sentence, no heading, and a known family of titles or a word of rank in it."""
    if len(title.split()) > 10 or len(title) > 80 or _SENTENCE_LIKE.search(title) or _GENERIC.match(title):
        return False
    if zone_of(title, marked=True) not in {None, Zone.COMPANY}:
        return False
    return bool(title_family(title))


def sought_spans(outline: Outline) -> list[Span]:
    """The words that say that somebody is looked for: `Our practice is hiring a` names no skill."""
    return [
        Span(match.start(), match.end())
        for item in outline.items[:8]
        for match in _SOUGHT.finditer(outline.text, item.span.start, item.span.end)
    ]


def _sought(outline: Outline) -> tuple[str, Span] | None:
    """Whom a sentence says is looked for."""
    for item in outline.items[:8]:
        for sentence in item.sentences[:6]:
            written = sentence.of(outline.text).replace("’", "'").replace("\n", " ")
            wanted = _WANTED.match(written)
            if wanted and is_title(wanted["title"]):
                return cleaned(wanted["title"]), sentence
            for match in _SOUGHT.finditer(written):
                end = _MARKED.match(written, match.end()) or _SOUGHT_END.search(written, match.end())
                title = cleaned(written[match.end() : end.start(end.lastindex or 0) if end else len(written)])
                if match.group().rstrip().casefold().endswith("einen"):
                    title = _ACCUSATIVE.sub("er ", title, count=1)
                if title and len(title.split()) <= 7 and (title_family(title) or is_title(title)):
                    return title, sentence
    return None


def cleaned(written: str, *, keep_tail: bool = False) -> str:
    """A title without gender marks, hours, references, and unless `keep_tail` without what follows a dash."""
    title = " ".join(_SIGNS.sub(" ", written.replace("’", "'")).split())
    title = _PREFIX.sub("", title)
    title = _FEMALE.sub("", _NOISE.sub("", title))
    title = _TAIL.sub("", title)
    title = title if keep_tail else _DASHED.sub("", title)
    title = title.strip(" \t:;,.|–—-_\"'“”«»")
    letters = [char for char in title if char.isalpha()]
    if len(letters) > 3 and all(char.isupper() for char in letters) and " " in title:
        title = " ".join(word if len(word) <= 3 and word not in _SMALL else word.capitalize() for word in title.split())
    return title


_FEMALE = re.compile(r"(?<=[a-zäöüß])(?:/-?|[:*_·])in(?:nen)?(?!\w)")
_SIGNS = re.compile(r"[*#\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]")
_SMALL = frozenset({"AND", "FOR", "OF", "THE", "IN", "DE", "DER", "DU", "LA", "UND", "ET"})


def title_of_name(name: str) -> str:
    """`jobs/senior_data-engineer_0042.pdf` as `senior data engineer`; empty where nothing is left."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    words = re.sub(r"[_\-.+~\s]+", " ", stem).split()
    kept = [
        word for word in words if not re.fullmatch(r"[0-9a-f]{8,64}|[(\[]?v?\d+[)\]]?|[A-Z]{0,4}\d{3,}[A-Z]{0,3}", word)
    ]
    title = " ".join(kept).strip()
    if _GENERIC.match(title):
        return ""
    return re.sub(
        r"^(?:jd|job|job description|vacancy|posting)\s+|\s+(?:jd|job|job description|vacancy|posting|job posting)$",
        "",
        title,
        flags=re.IGNORECASE,
    )


_PERSONS = {
    "accounting": "accountant",
    "administration": "administrator",
    "analysis": "analyst",
    "analytics": "analyst",
    "consulting": "consultant",
    "design": "designer",
    "development": "developer",
    "engineering": "engineer",
    "management": "manager",
    "marketing": "marketer",
    "nursing": "nurse",
    "recruiting": "recruiter",
    "teaching": "teacher",
}
"""Titles that name the work (`Machine Learning Engineering`), to the person who does it."""


def family_of(title: str) -> str:
    """The family of a job's title, also where it names the work; empty where unknown."""
    family = title_family(title)
    words = title.split()
    if not family and words and words[-1].casefold() in _PERSONS:
        family = title_family(" ".join([*words[:-1], _PERSONS[words[-1].casefold()]]))
    return family
