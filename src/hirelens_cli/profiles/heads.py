"""The lines at the top of a position: which can be one, and what title and employer they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from hirelens_cli.model.documents import BlockKind, Span
from hirelens_cli.profiles.employers import SURE, employer_score, has_place, pick_employer, segments, set_apart
from hirelens_cli.profiles.lines import Line
from hirelens_cli.profiles.sections import is_prose
from hirelens_cli.profiles.titles import find_title

BULLET = re.compile(r"[ \t]{0,40}(?:[•●▪◦‣·○■□▪◆❖►➢➤✓✔➔→*–—-][ \t]|o[ \t]+(?=[A-Z])|[•●▪◦‣·○■□▪◆❖►➢➤✓✔➔])")
ABBREVIATED_END = re.compile(
    r"(?:Inc|Ltd|Pvt|Co|Corp|LLC|L\.L\.C|S\.A|S\.L|S\.p\.A|S\.r\.l|B\.V|N\.V|e\.V|Lda|Ltda|P|V|Sr|Jr|St|U\.S|U\.K|KG|Cie|Bros|Mfg|Intl|Dept)\.$"
)
_BODY_LABEL = re.compile(
    r"[ \t•*-]{0,6}(?:responsibilit|role and|roles?(?: (?:&|and) resp)|environment|technolog|tools|tech stack|description|project|key (?:achiev|result|respons|deliver)|achievement|duties|accomplishment|aufgaben|tätigkeit|missions?|tareas|funciones|logros|atividades|funções|mansioni|attività|taken|werkzaamheden|team size|skills|summary|overview|domain|clients?\b|database|operating|languages|platform|software|hardware|achieved|reason)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[ \t•*-]{0,6}(?P<title>title|job title|position(?: held)?|designation|role|post|posición|puesto|cargo|poste|função|ruolo|posizione|funktion|stelle|functie|occupation or position held|profession|job position|current position|last designation)[ \t]{0,6}[:–-]{1,2}[ \t]{0,6}"
    r"|[ \t•*-]{0,6}(?P<employer>company(?: name)?|employer|organi[sz]ation(?: name)?|name of (?:the )?(?:company|organi[sz]ation|employer)|firm|arbeitgeber|firma|entreprise|société|empresa|azienda|datore di lavoro|werkgever|bedrijf|empregador|employeur|institution)(?:[ \t]{0,6}:[–-]?[ \t]{0,6}|(?<!name)[ \t]{1,6}[–-][ \t]{1,6})",
    re.IGNORECASE,
)
DURATION = re.compile(
    r"(?:\d{1,2} (?:years?|yrs?|jahre?|ans?|años?|anos?|anni|jaar),? ?)?(?:\d{1,2} (?:months?|mos?|monate?|mois|meses|mesi|maanden))?",
    re.IGNORECASE,
)
"""How long a job lasted, on a line of its own."""
WORK_SENTENCE = re.compile(
    r"(?<!\w)(?:work(?:ed|ing)|employed|serv(?:ed|ing)) (?:as|for|with|in|at)(?!\w)", re.IGNORECASE
)
"""What makes a sentence with a period the head of a position."""
_EUROPASS = re.compile(
    r"[ \t]{0,9}(?:(?P<title>occupation or position held|beruf oder funktion|fonction ou poste occupé|profesión o cargo desempeñado|lavoro o posizione ricoperti|função ou cargo ocupado|beroep of functie)"
    r"|(?P<employer>name and address of employer|name und adresse des arbeitgebers|nom et adresse de l['’]employeur|nombre y dirección de la empresa|nome e indirizzo del datore di lavoro|nome e morada do empregador|naam en adres van werkgever))[ \t:|]{0,9}",
    re.IGNORECASE,
)
_FORM_LINES = 14
"""Lines below a period within which the Europass form names the job."""
MAX_HEAD = 110
"""Longest line, its dates left out, that can be the head of a position."""


_DID = re.compile(
    r"(?:[A-Z][a-z]{2,20}ed|Led|Built|Ran|Taught|Made|Wrote|Sold|Kept|Grew|Oversaw|Drove|Held|Won|Met|Drew|Gave|Took) "
    r"(?=(?:[^ ]{1,40} ){0,12}(?!(?:and|of|for|the|in|at|by|on|to|with|an|de|du|des|und|et)\b)[a-z]{3})"
)
"""What was done: `Operated CNC lathes and mills`. A firm (`Associated Builders and Contractors`) has no other small words."""


class Order(NamedTuple):
    """Votes of the positions whose title is known; above 0 the title comes first."""

    above: int = 0
    """On the line above the employer's."""
    inline: int = 0
    """Before the employer on one line."""


def is_head_line(line: Line) -> bool:
    """Whether a line can hold a title or an employer: short, no bullet, no sentence, no label of the body."""
    if not is_short(line):
        return False
    text = line.text.strip()
    if title_in(text.rstrip(":")) is not None or DURATION.fullmatch(text):
        return True
    if text in ("[link]", "[email]", "[phone]") or _BODY_LABEL.match(text) or text.endswith(":") or _DID.match(text):
        return False
    return _named(text) or employer_score(text) >= 3 or _LABEL.match(text) is not None


def is_short(line: Line) -> bool:
    """Whether a line is short, no bullet and no sentence."""
    text = line.text.strip()
    if not text or len(text) > MAX_HEAD or line.kind is BlockKind.LIST_ITEM or BULLET.match(line.text):
        return False
    if text[0].islower() or len(text.split()) > 13 or is_prose(text):
        return False
    return text[-1] not in ".;" or ABBREVIATED_END.search(text) is not None


def read_head(rows: Sequence[str], order: Order) -> tuple[str, str]:
    """Title and employer of the head lines."""
    title, employer = "", ""
    loose: list[tuple[int, str]] = []
    titled: set[int] = set()
    for at, row in enumerate(rows):
        label = _LABEL.match(row)
        if label:
            value = segments(row[label.end() :])[:1]
            if label["title"] and value:
                title = title or value[0]
            elif value:
                employer = employer or value[0]
            continue
        row = _LINK.sub(" | ", _WORKED_AS.sub(" | ", set_apart(row)))
        span = None if title else title_in(row)
        if span is not None and _FIRM_LIKE.search(span.of(row)) and any(title_in(other) for other in rows[at + 1 :]):
            span = None
        if span is not None:
            span = whole_title(row, span)
            title = span.of(row)
            titled.add(at)
            row = row[: span.start] + " | " + row[span.end :]
        loose += [(at, piece) for piece in segments(row)]
    firsts = frozenset(
        [at for at, (row, _) in enumerate(loose) if row not in titled and (not at or loose[at - 1][0] != row)]
    )
    employer = employer or pick_employer([piece for _, piece in loose], firsts)
    if not title and employer and loose:
        title, employer = _unknown_title(loose, employer, order)
    return title, employer


def form_below(lines: Sequence[Line], start: int, stop: int) -> tuple[str, str]:
    """Title and employer from the labels of the Europass form, whose values stand beside or below them."""
    found = {"title": "", "employer": ""}
    for index in range(start, min(stop, start + _FORM_LINES)):
        label = _EUROPASS.match(lines[index].text)
        if label is None:
            continue
        value = lines[index].text[label.end() :].strip()
        if not value and index + 1 < stop and _EUROPASS.match(lines[index + 1].text) is None:
            value = lines[index + 1].text
        pieces = segments(value)
        if pieces and label.lastgroup:
            found[label.lastgroup] = found[label.lastgroup] or pieces[0]
    return found["title"], found["employer"]


_TITLE_LIKE = re.compile(
    r"(?!\w{3,20}ing\b)[A-ZÀ-Þ][\w.'’&/+-]{1,30}(?:[ ,]{1,2}(?:[A-ZÀ-Þ][\w.'’&/+-]{0,30}|of|and|de|du|des|der|für|en|el|la|do|da|di|e|y|et|und|van|voor|in|&|/|-)){0,5}"
)
"""Capitalised words with small ones between them; no gerund in front."""


def _unknown_title(loose: Sequence[tuple[int, str]], employer: str, order: Order) -> tuple[str, str]:
    """A title that no list knows, by where the section's other positions have theirs, or by the line that it has alone."""
    home = next((at for at, piece in enumerate(loose) if piece[1] == employer), 0)
    row = loose[home][0]
    beside = [piece for line, piece in loose if line == row]
    strength = employer_score(employer)
    if strength < 3:
        return _by_order(loose, employer, beside, order)
    before = [piece for piece in beside[: beside.index(employer)] if _like_title(piece)] if employer in beside else []
    if before and order.inline >= 0:
        return before[0], employer
    rows = [line for line, _ in loose]
    fits = [
        (line, piece)
        for line, piece in loose
        if piece != employer and (strength >= SURE or (line != row and rows.count(line) == 1)) and _like_title(piece)
    ]
    if not fits:
        return "", employer
    return (fits[0] if order.above >= 0 else fits[-1])[1], employer


def _by_order(loose: Sequence[tuple[int, str]], employer: str, beside: Sequence[str], order: Order) -> tuple[str, str]:
    """Title and employer of which neither is known, as the section's other positions order them."""
    if order.inline > 0 and beside and beside[0] == employer and _like_title(employer):
        other = next((piece for piece in beside[1:] if employer_score(piece) > 0 and not has_place(piece)), "")
        if other:
            return employer, other
    firsts = list(dict(reversed(loose)).values())[::-1]
    if order.above and len(firsts) >= 2:
        title, firm = firsts[:2] if order.above > 0 else (firsts[1], firsts[0])
        if _like_title(title) and employer_score(firm) > 0:
            return title, firm
    return "", employer


_NO_ROLE = re.compile(
    r"\b(?:tools?|process|training|projects?|courses?|program(?:me)?|servers?|software|systems?|platform|application|workshop|experience|resume|cv)$",
    re.IGNORECASE,
)


def _like_title(piece: str) -> bool:
    if _NO_ROLE.search(piece) or (" " not in piece and piece.isupper() and len(piece) > 5):
        return False
    return _TITLE_LIKE.fullmatch(piece) is not None and -1 < employer_score(piece) < 1 and not has_place(piece)


_LINK = re.compile(r" (?:with|at|bei|chez|presso|bij|no|na|nella|nel|@) (?=[A-ZÀ-Þ])")
_NO_TITLE = re.compile(
    r"(?i)\bservers\b|\b(?:sql|exchange|windows|web|app\w*|linux|mail|file|db|database|proxy|dns|\d{4}) server\b"
)
_FIRM_LIKE = re.compile(
    r"(?:agents|architects|consultants|engineers|builders|brothers|designers|contractors|planners|developers|solicitors|accountants|partners|advisers|advisors|surveyors|electricians|plumbers|dentists|opticians|recruiters|caterers)$",
    re.IGNORECASE,
)
"""Titles in the plural are firms where another line holds a title."""
_AND = re.compile(r" (?:and|et|und|y|e|en|&) |,")
_SINGLE = re.compile(r"[A-Za-zÀ-ÿ]{4,}")
_TITLE_WORD = re.compile(r"[^\W\d_][\w.'’&+-]*")
SMALL = frozenset(
    [
        "of", "and", "for", "de", "du", "des", "der", "für", "en", "el", "la", "do", "da", "di", "e", "y", "et",
        "und", "van", "voor", "in", "to", "the", "a", "d", "l", "del", "della", "dei", "an", "at", "m", "w", "f",
        "x",
    ]
)  # fmt: skip
_RANKS = frozenset(
    ["senior", "junior", "expert", "lead", "data", "professional", "contract", "member", "head", "chief"]
)
"""Alone they are no title."""


_FOR_FIRM = re.compile(
    r" (?:for|in|with|at) (?=[A-Z])| with (?=\d|over |more |an? |extensive|strong|experience|expertise)"
)
_KNOWN_FIRM = re.compile(
    r" (?:Microsoft|Google|Amazon|IBM|Oracle|Infosys|Wipro|Accenture|Deloitte|KPMG|PwC|Siemens|Bosch|Cognizant|Capgemini|Walmart|Starbucks)$"
)
_WORKING_AS = re.compile(
    r"(?:(?:currently|presently) )?(?:work(?:ing|ed)|employed|serving) as (?:an? |the )?", re.IGNORECASE
)
_FIRM_AHEAD = re.compile(r"(?:Ltd|Limited|Inc|LLC|LLP|GmbH|Corp|S\.A|B\.V)\.?,? (?=[A-Z])")
"""`Infosys Limited Senior Systems Engineer`: a legal form ends the firm's name."""
_RANK_OF = re.compile(
    r"(?:(?:Senior|Assistant|Associate|Deputy|Vice|Executive|Global|Regional|Managing) )?(?:President|Director|Head|Manager|Dean|Professor|Superintendent|Coordinator|Supervisor|Leader|VP|Chief) of (?:[A-Z&][\w&/+-]*(?: and| &|,)? ?){1,5}"
)
"""`Director of Guest Services`: a rank and what it is over, whatever that is."""


@lru_cache(maxsize=512)  # a line is asked about by each of the positions near it
def title_in(row: str) -> Span | None:
    """The title in a line of a position's head; a server that is a machine is none."""
    span = find_title(row)
    if span is None and (firm := _KNOWN_FIRM.search(row)):
        return find_title(row[: firm.start()])
    if span is None:
        rank = _RANK_OF.match(row)
        link = None if rank else _FOR_FIRM.search(row)
        if link is not None:
            return find_title(row[: link.start()])
        span = Span(0, len(rank[0].rstrip(" ,&"))) if rank else None
    if span is None or _NO_TITLE.search(row):
        return None
    ahead = _WORKING_AS.match(row, span.start, span.end) or _FIRM_AHEAD.search(row, span.start, span.end)
    if ahead is not None:
        behind = find_title(row[ahead.end() :])
        return behind.shifted(ahead.end()) if behind else None
    words = list(_TITLE_WORD.finditer(row, span.start, span.end))
    if len(words) == 1 and words[0][0].lower() in _RANKS:
        return None
    capitals = [match[0][0].isupper() or match[0] in SMALL for match in words]
    if capitals[0] and not all(capitals):
        cut = find_title(row[: words[capitals.index(False)].start()]) if any(capitals[1:-1]) else None
        if cut is not None or len(words) > 4:
            return cut
    return span


def _named(text: str) -> bool:
    """Whether most of the longer words begin with a capital, as names of firms and titles do."""
    found = _SINGLE.findall(text)
    capitals = sum(word[0].isupper() for word in found)
    return capitals * 5 >= len(found) * 3 or (capitals * 2 == len(found) == 2 and not _AND.search(text))


_WORKED_AS = re.compile(
    r"(?<!\w)(?:(?:i am |i have |have |has |was |am |been |currently |presently )*(?:work(?:ed|ing)?|employed|serv(?:ed|ing)|join(?:ed|ing)|act(?:ed|ing)|associated|engaged) (?:as|for|with|in|at|by)(?: an?| the)? |(?<=\w )as(?: an?| the)? (?=[A-Za-z]))",
    re.IGNORECASE,
)
_TITLE_END = re.compile(
    r" (?:for|with|at|to the|via|from|within|under) (?=[A-Z])| in (?=[A-Z][a-z]+ (?:Ltd|Limited|Inc|Technologies))"
)
_IN = re.compile(r" (?:en|em|na|no|dans|im|in) (?:el |la |le |las |los |the |der |dem )?(?=[A-ZÀ-Þ])")


def _firm_behind(row: str, span: Span) -> re.Match[str] | None:
    """`Camarera en Restaurante El Faro`: the word before a firm."""
    match = _IN.search(row, span.start, span.end)
    return match if match and employer_score(row[match.end() : span.end]) >= 3 else None


def whole_title(row: str, span: Span) -> Span:
    """The title without `for Acme` behind it, and with a second title behind a slash."""
    end = _TITLE_END.search(row, span.start, span.end) or _firm_behind(row, span)
    if end:
        return Span(span.start, end.start())
    if row[span.end : span.end + 3].lstrip().startswith("/"):
        after = row.index("/", span.end) + 1
        more = find_title(row[after:])
        if more is not None and not row[after : after + more.start].strip():
            return Span(span.start, after + more.end)
    return span
