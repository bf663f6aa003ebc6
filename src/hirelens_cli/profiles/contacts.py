"""Who the candidate is: name, e-mail addresses, telephone numbers, links and postal addresses, with the places they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hirelens_cli.model.documents import Document, Span
from hirelens_cli.model.profiles import Identity, SectionKind
from hirelens_cli.profiles.dates import MONTHS
from hirelens_cli.profiles.lines import Line, lines_of
from hirelens_cli.profiles.names import find_name
from hirelens_cli.profiles.personal import Labelled, Piece, find_labelled, find_personal, words
from hirelens_cli.profiles.sections import Part, find_parts, is_prose
from hirelens_cli.profiles.titles import find_title
from hirelens_cli.profiles.tokens import fold


@dataclass(frozen=True, slots=True)
class Found:
    """The identity and every piece of the text that gives it away, the name's further occurrences excepted."""

    identity: Identity
    pieces: tuple[Piece, ...]
    """Sorted; they may overlap."""


_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-'")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![A-Za-z])")
_SPELLED_AT = re.compile(r"[(\[{] ?(?:at|AT|@) ?[)\]}]")
_SPELLED_DOMAIN = re.compile(
    r" ?[A-Za-z0-9-]{1,63}(?: ?(?:[(\[{] ?(?:dot|DOT|\.) ?[)\]}]| dot |\.) ?[A-Za-z0-9-]{2,63}){1,3}", re.IGNORECASE
)
_MAIL_HOSTS = ("gmail", "yahoo", "hotmail", "outlook", "icloud", "rediffmail", "live", "gmx", "aol", "proton", "web")

_PHONE = re.compile(r"(?<![\w/$€£₹.,+#-])[+(]{0,2}\d(?:[ \u00a0.\-–/()]{0,3}\d){6,14}+(?![\w%]|[.,]\d|[-–/.]\d)")
_PHONE_CUE = re.compile(
    r"(?:phone|tel|mob|mobile|cell|contact|call|fax|ph|handy|telefon|telefono|teléfono|telefone|móvil|movil|celular|cellulare|mobil|gsm|portable|whatsapp|telefoon|mobiel|no|nos|number|nummer|☎|✆|📞|📱|[mtphc])[ .:)\]–-]{0,4}\Z",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\(?\d{3}\)?[ .–-]{1,2}\d{3}[ .–-]\d{4}")
_DIGITS = re.compile(r"\d+")

_URL = re.compile(r"(?:https?[:/][ ]?//?|www\.)[^\s<>\"|,;\[\]]{2,300}", re.IGNORECASE)
_SITE = re.compile(
    r"(?<![\w@./-])(?:[a-z]{2,3}\.)?(?:linkedin|github|gitlab|bitbucket|behance|dribbble|medium|twitter|facebook|instagram|stackoverflow|kaggle|xing|indeed|hackerrank|leetcode|youtube|about|t|x|vimeo|soundcloud|orcid|researchgate|codepen|devpost|linktr)\.(?:com|net|org|io|me|ee|de)/[^\s<>\"|,;\[\]]{1,300}",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?<![\w@./-])(?:[A-Za-z0-9-]{1,40}\.){1,3}(?:com|org|io|dev|me|in|de|fr|es|it|pt|nl|br|co|uk|us|ca|ai|app|info|eu|be|ch|at|design|tech|site|online|net|page|xyz)(?:/[^\s<>\"|,;\[\]]{0,200})?(?![\w@])"
)
_LINK_TAIL = re.compile(r"[\w./?=&%-]{2,200}")
_NOT_HOSTS = frozenset(
    [
        "asp.net",
        "vb.net",
        "ado.net",
        "socket.io",
        "node.js",
        "b.com",
        "m.com",
        "ml.net",
        "b.tech",
        "m.tech",
        "b.de",
        "m.de",
        "b.it",
        "m.it",
        "draw.io",
    ]
)

_POSTCODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{5}(?:-\d{3,4})?|(?:[A-Z]{1,2}-)\d{4,5}|\d{4} ?[A-Z]{2}|\d{4}-\d{3}|[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d|\d{3} ?\d{3}|\d{4}(?= [A-ZÀ-Þ][a-zà-ÿ]))(?![\w-])"
)
_CITY_STATE_ZIP = re.compile(
    r"(?<!\w)(?:[A-ZÀ-Þ][\w.'’-]{1,25} ){0,3}[A-ZÀ-Þ][\w.'’-]{1,25},? {1,2}(?:[A-Z]{2}|[A-Z][a-z]{3,14}) {1,2}\d{5}(?:-\d{4})?(?!\w)"
)
_STREET = re.compile(
    r"(?<![\w.])\d{1,5}[A-Za-z]?,? (?:[A-ZÀ-Þ0-9][\w.'’-]{0,20},? ){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Way|Terrace|Close|Crescent|Highway|Parkway|Square)(?![\w])\.?"
    r"|(?<![\w.])(?:[A-ZÀ-Þ][\w.'’-]{0,25} ?){0,2}(?:straße|strasse|str\.|[Ss]tra(?:ß|ss)e|weg|allee|platz|gasse|laan|straat|gracht|plein) {0,2}\d{1,4} ?[a-z]?(?!\w)"
    r"|(?<!\w)(?:\d{1,4}(?: ?(?:bis|ter))?,? )?(?:rue|avenue|boulevard|chemin|impasse|allée|quai|place|cours|Rue|Avenue|Via|Viale|Piazza|Corso|Calle|C/|Avenida|Av\.|Plaza|Paseo|Rua|Travessa|Praça|Carrera) ?(?:[^\W\d_][\w.'’-]{0,25} ?){1,5},?(?: ?(?:n[º°.]? ?)?\d{1,5}[A-Za-z]?)?(?!\w)"
)
_NEAR_TOP = 25
"""Lines from the top in which a contact makes its line a part of the header."""
_SEPARATED = re.compile(r"(?:(?! {3})[^|•·●▪■◆;\t])+")
_EDGES = " ,.-–:()*"


def find_identity(document: Document, lines: Sequence[Line] | None = None) -> Found:
    """The candidate's identity as far as the document gives it, from the text as read."""
    text = document.text
    lines = lines_of(document) if lines is None else lines
    parts = find_parts(lines)
    zone = _zone(parts, lines)
    labels = find_labelled(lines)
    emails, phones = find_emails(text), _not_ids(find_phones(text, lines, zone), labels)
    links = find_links(text, lines, labels, zone)
    zone |= _beside([*emails, *phones, *links], lines)
    taken = sorted(emails + phones + links)
    name, name_spans = find_name(
        lines, labels, zone, [span.of(text) for span in emails], [span.of(text) for span in links]
    )
    addresses = _addresses(text, lines, labels, zone, sorted([*taken, *name_spans]))
    pieces = [Piece(span, "email") for span in emails]
    pieces += [Piece(span, "phone") for span in phones]
    pieces += [Piece(span, "link") for span in links]
    pieces += [Piece(span, "name") for span in name_spans]
    pieces += [Piece(span, "address") for span in addresses]
    pieces += find_personal(text, lines, labels, zone, document.language)
    pieces += _referees(parts)
    others = [part.span for part in parts if part.kind is SectionKind.REFERENCES]
    identity = Identity(
        name,
        _distinct(span.of(text).lower() for span in _outside(emails, others)),
        _distinct(span.of(text).strip() for span in _outside(phones, others)),
        _distinct(span.of(text).rstrip(".)") for span in links),
        _distinct(span.of(text) for span in addresses),
    )
    return Found(identity, tuple(sorted(pieces)))


def _not_ids(phones: list[Span], labels: Sequence[Labelled]) -> list[Span]:
    """Without the numbers that a label says to be a passport, a birthday or the like."""
    ids = [item.value for item in labels if item.kind in ("id number", "date of birth", "body")]
    return _outside(phones, ids)


def _outside(spans: list[Span], regions: Sequence[Span]) -> list[Span]:
    """The spans that begin in none of the regions."""
    return [span for span in spans if not any(region.start <= span.start < region.end for region in regions)]


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _zone(parts: Sequence[Part], lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of the lines in which contacts stand: the header and the sections of personal details."""
    starts = {line.start: index for index, line in enumerate(lines)}
    inside: set[int] = set()
    for part in parts:
        if part.kind is SectionKind.HEADER:
            inside.update(starts[line.start] for line in part.lines[:40] if line.start in starts)
    return frozenset(inside)


def _beside(contacts: Sequence[Span], lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of the short lines near the top that a contact stands in."""
    starts = [line.start for line in lines[:_NEAR_TOP]]
    rows = {
        bisect_right(starts, span.start) - 1 for span in contacts if starts and span.start < lines[len(starts) - 1].end
    }
    return frozenset([row for row in rows if len(lines[row].text) <= 200])


def find_emails(text: str) -> list[Span]:
    """Places of e-mail addresses, also of those written `name (at) host dot com`."""
    found, at = [], text.find("@")
    while at >= 0:
        start = at
        while start > 0 and at - start < 64 and text[start - 1] in _LOCAL:
            start -= 1
        while start < at and text[start] in ".'-%+":
            start += 1
        domain = _DOMAIN.match(text, at + 1) or (_DOMAIN.match(text, at + 2) if text[at + 1 : at + 2] == " " else None)
        if domain and start == at and text[at - 1 : at] == " " and domain[0].lower().startswith(_MAIL_HOSTS):
            start = text.rfind(" ", max(0, at - 60), at - 1) + 1
            start = max(start, text.rfind("\n", 0, at) + 1, text.rfind(":", max(0, at - 60), at) + 1)
        if domain and start < at and (domain.start() == at + 1 or domain[0].lower().startswith(_MAIL_HOSTS)):
            found.append(Span(start, domain.end()))
        at = text.find("@", at + 1)
    for match in _SPELLED_AT.finditer(text):
        begin = match.start() - (text[match.start() - 1 : match.start()] == " ")
        start = begin
        while start > 0 and begin - start < 64 and text[start - 1] in _LOCAL:
            start -= 1
        domain = _SPELLED_DOMAIN.match(text, match.end())
        if domain and start < begin:
            found.append(Span(start, domain.end()))
    return sorted(found)


def find_phones(text: str, lines: Sequence[Line], zone: frozenset[int]) -> list[Span]:
    """Places of telephone numbers: by their label, their form, or in the header their length; dates and ids are not."""
    header = _offsets(lines, zone)
    found = []
    for match in _PHONE.finditer(text):
        groups = _DIGITS.findall(match[0])
        digits = sum(map(len, groups))
        cue = _PHONE_CUE.search(text, max(0, match.start() - 16), match.start()) is not None
        if _is_dates(groups) and not (cue and digits >= 9) and match[0][0] != "+":
            continue
        shaped = match[0][0] in "+(" or match[0].startswith("00") or _GROUPED.fullmatch(match[0]) is not None
        if (
            cue
            or (shaped and digits >= 8)
            or (digits >= 9 and any(a <= match.start() < b for a, b in header))
            or _mobile(groups, digits)
        ):
            found.append(Span(*match.span()))
    return found


def _mobile(groups: list[str], digits: int) -> bool:
    """Ten digits in one or two groups, as Indian mobile numbers are written."""
    return digits == 10 and len(groups) <= 2 and groups[0][0] in "6789"


def _is_dates(groups: list[str]) -> bool:
    """Whether the groups of digits can be the days, months and years of one or two dates."""
    years = sum(len(group) == 4 and group[:2] in ("19", "20") for group in groups)
    small = sum(len(group) <= 2 and int(group) <= 31 for group in groups)
    return (years >= 1 and years + small == len(groups)) or (
        len(groups) == 1 and len(groups[0]) == 8 and groups[0][:2] in ("19", "20")
    )


def _offsets(lines: Sequence[Line], zone: frozenset[int]) -> list[tuple[int, int]]:
    return [(lines[index].start, lines[index].end) for index in sorted(zone)]


def find_links(text: str, lines: Sequence[Line], labels: Sequence[Labelled], zone: frozenset[int]) -> list[Span]:
    """Places of web addresses; a bare host counts in the header alone. One that a line break has cut is two places."""
    found = [Span(*match.span()) for pattern in (_URL, _SITE) for match in pattern.finditer(text)]
    for start, end in _offsets(lines, zone):
        hosts = [match for match in _HOST.finditer(text, start, end) if match[0].lower() not in _NOT_HOSTS]
        found += [Span(*match.span()) for match in hosts]
    for kind, span, index in labels:
        value = span.of(text)
        if kind == "link" and index in zone and value and " " not in value.strip():
            found.append(span)
    tails = []
    for span in found:
        if text[span.end - 1] in "-/" and text[span.end : span.end + 1] == "\n":
            tail = _LINK_TAIL.match(text, span.end + 1)
            if tail and ("/" in tail[0] or any(char.isdigit() for char in tail[0])):
                tails.append(Span(*tail.span()))
    return sorted(set(found + tails))


def _referees(parts: Sequence[Part]) -> list[Piece]:
    """Who vouches for the candidate is named in the references; nothing there is about the work."""
    pieces = []
    for part in parts:
        if part.kind is SectionKind.REFERENCES:
            named = [line for line in part.lines if line.text.strip() and "request" not in line.text.lower()]
            pieces += [Piece(line.span, "referee") for line in named]
    return pieces


def _addresses(
    text: str, lines: Sequence[Line], labels: Sequence[Labelled], zone: frozenset[int], busy: Sequence[Span]
) -> list[Span]:
    """Places of postal addresses: labelled ones anywhere, streets with a postcode anywhere, towns in the header."""
    found = [Span(*match.span()) for match in _CITY_STATE_ZIP.finditer(text)]
    said: dict[int, list[Span]] = {}
    for kind, span, index in labels:
        said.setdefault(index, []).append(Span(lines[index].start, span.end))
        if kind == "address" and (index in zone or _anywhere(lines, index)) and span.end > span.start:
            found.append(span)
            found += _continued(lines, index + 1, zone)
        elif kind == "address" and index in zone and span.end == span.start:
            found += _continued(lines, index + 1, zone)
    for index in sorted(zone):
        line = lines[index]
        if len(line.text) > 240:
            continue
        found += [Span(line.start + m.start(), line.start + m.end()) for m in _STREET.finditer(line.text)]
        taken = [span for span in busy if span.start < line.end and span.end > line.start]
        found += _towns(line, sorted([*taken, *said.get(index, ())]))
    return sorted(set(found))


_ANYWHERE = (
    "address",
    "anschrift",
    "adresse",
    "dirección",
    "direccion",
    "endereço",
    "indirizzo",
    "adres",
    "morada",
    "place",
    "ort",
    "lieu",
    "lugar",
    "luogo",
    "plaats",
    "willing to relocate",
    "relocat",
    "domicil",
)


def _anywhere(lines: Sequence[Line], index: int) -> bool:
    """Whether an address label counts outside the header: one that is not also said of a job's place or of a server."""
    text = lines[index].text.lower().lstrip(" •*-\t")
    return text.startswith(_ANYWHERE) or any(
        f"{word} address" in text for word in ("permanent", "home", "present", "current", "postal", "residential")
    )


def _continued(lines: Sequence[Line], start: int, zone: frozenset[int]) -> list[Span]:
    """Up to three further lines of a labelled address: short, without a label, with a number, a comma or a known place."""
    spans = []
    for index in range(start, min(start + 3, len(lines))):
        text = lines[index].text.strip()
        if index not in zone or not text or len(text) > 70 or ":" in text or "@" in text or is_prose(text):
            break
        if not (any(char.isdigit() for char in text) or "," in text or _has_place(text)):
            break
        spans.append(lines[index].span)
    return spans


def _has_place(text: str) -> bool:
    known = words()
    return any(word in known.places or word in known.streets for word in re.findall(r"[^\W\d_]+", fold(text)))


def _towns(line: Line, busy: Sequence[Span]) -> list[Span]:
    """Segments of a header line that read like a place: what contacts and name leave over, cut at separators."""
    spans = []
    for start, end in _free(line, busy):
        for match in _SEPARATED.finditer(line.text, start, end):
            value = match[0].strip(_EDGES)
            if value and _is_place(value, bool(busy)):
                at = match.start() + match[0].index(value)
                spans.append(Span(line.start + at, line.start + at + len(value)))
    return spans


def _free(line: Line, busy: list[Span]) -> list[tuple[int, int]]:
    """The stretches of the line that no span in `busy` covers, as offsets in the line."""
    free, at = [], 0
    for span in busy:
        start = span.start - line.start
        if start > at:
            free.append((at, start))
        at = max(at, span.end - line.start)
    if at < len(line.text):
        free.append((at, len(line.text)))
    return free


_FOUR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _dated(value: str, folded: list[str]) -> bool:
    """Whether the segment holds a date: a year beside a month, a dash or another number."""
    years = _FOUR.findall(value)
    return bool(years) and (
        len(_DIGITS.findall(value)) > 1 or any(word in MONTHS for word in folded) or value.strip() == years[0]
    )


_PLACE_PART = re.compile(
    r"[A-ZÀ-Þ0-9][\w.'’-]*(?:[ -](?:[A-ZÀ-Þ0-9(][\w.'’)-]*|de|la|le|les|du|del|of|sur|am|an|der|do|da|dos|di|upon|el|y|Do)){0,4}"
)
_TAIL = re.compile(r" ?[-–] ?(?:email|e-mail|mail|phone|tel|mobile|contact).{0,40}$", re.IGNORECASE)


def _is_place(segment: str, beside_contact: bool) -> bool:
    """Whether a header's segment is an address or a town.

    Its parts are capitalised and short, and a postcode, a street word, a known place or the form `City, ST` says so; beside
    a contact it is enough that it is nothing else.
    """
    value = _TAIL.sub("", segment).strip(" ,.-–:()*")
    if not 2 < len(value) <= 120 or "[" in value:
        return False
    known = words()
    folded = re.findall(r"[^\W\d_]+", fold(value))
    if not folded or all(known.labels.get(word) for word in folded) or known.labels.get(" ".join(folded)):
        return False
    worded = any(word in known.not_name - known.places - known.streets for word in folded)
    has_place = any(word in known.places for word in folded)
    if len(folded) > 14 or is_prose(value) or find_title(value) is not None or _dated(value, folded):
        return False
    number = any(char.isdigit() for char in value)
    if number and (_POSTCODE.search(value) or any(word in known.streets for word in folded)):
        return not worded or has_place or "," in value
    parts = [part.strip() for part in re.split(r",| [-–/] ", value) if part.strip()]
    shaped = 1 <= len(parts) <= 4 and all(_PLACE_PART.fullmatch(part) for part in parts)
    if not shaped or worded:
        return False
    last = folded[-1]
    if last in known.places or folded[0] in known.places:
        return True
    if len(parts) >= 2 and (len(parts[-1]) == 2 and parts[-1].isupper()):
        return True
    return beside_contact and (len(parts) == 2 or (len(parts) == 1 and len(folded) <= 2 and not value.isupper()))
