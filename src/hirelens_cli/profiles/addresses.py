"""Postal addresses: labelled ones, streets with a number, and towns in the header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.date_reader import MONTHS
from hirelens_cli.profiles.lines import Line
from hirelens_cli.profiles.personal import Labelled, words
from hirelens_cli.profiles.sections import is_prose
from hirelens_cli.profiles.titles import find_title
from hirelens_cli.profiles.tokens import fold

_DIGITS = re.compile(r"\d+")
_POSTCODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{5}(?:-\d{3,4})?|(?:[A-Z]{1,2}-)\d{4,5}|\d{4} ?[A-Z]{2}|\d{4}-\d{3}|[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d|\d{3} ?\d{3}|\d{4}(?= [A-ZÀ-Þ][a-zà-ÿ]))(?![\w-])"
)
_CITY_STATE_ZIP = re.compile(
    r"(?<!\w)(?:[A-ZÀ-Þ][\w.'’-]{1,25} ){0,3}[A-ZÀ-Þ][\w.'’-]{1,25},? {1,2}(?:[A-Z]{2}|[A-Z][a-z]{3,14}) {1,2}\d{5}(?:-\d{4})?(?!\w)"
)
_ZIP = re.compile(r"\d{5}(?!\d)(?:(?<=[A-Za-z] \d{5})|(?<=[A-Za-z]  \d{5}))")
_STREET = re.compile(
    r"(?<![\w.])\d{1,5}[A-Za-z]?,? (?:[A-ZÀ-Þ0-9][\w.'’-]{0,20},? ){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Way|Terrace|Close|Crescent|Highway|Parkway|Square)(?![\w])\.?"
    r"|(?<![\w.])(?:[A-ZÀ-Þ][\w.'’-]{0,25} ?){0,2}(?:straße|strasse|str\.|[Ss]tra(?:ß|ss)e|weg|allee|platz|gasse|laan|straat|gracht|plein) {0,2}\d{1,4} ?[a-z]?(?!\w)"
    r"|(?<!\w)(?:Am|An der|An den|Im|In der|Auf dem|Auf der|Zum|Zur|Unter den|Hinter der|Beim) [A-ZÀ-Þ][\w-]{2,25}(?: [A-ZÀ-Þ][\w-]{2,25})? \d{1,4} ?[a-z]?(?!\w)"
    r"|(?<!\w)(?:\d{1,4}(?: ?(?:bis|ter))?,? )?(?:rue|avenue|boulevard|chemin|impasse|allée|quai|place|cours|Rue|Avenue|Via|Viale|Piazza|Corso|Calle|C/|Avenida|Av\.|Plaza|Paseo|Rua|Travessa|Praça|Carrera) ?(?:[^\W\d_][\w.'’-]{0,25} ?){1,5},?(?: ?(?:n[º°.]? ?)?\d{1,5}[A-Za-z]?)?(?!\w)"
)
_STATES = frozenset(
    """AL AK AZ AR CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA ME MI MN MO MT NC ND NE NH NJ NM NV NY OH OK OR RI SC SD TN TX UT VA VT
    WA WI WV WY AB BC MB NB NL NS ON PE QC SK""".split()
)
"""States and provinces; those that are also degrees or licences (MA, MD, MS, PA) are left to the other signs."""
_TOWN_AND_STATE = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]{1,20} ){0,2}[A-ZÀ-Þ][\w.'’-]{1,20}, ?([A-Z]{2})")
_CONTACT_HEADINGS = frozenset(
    [
        "contact", "contacts", "contact details", "contact information", "contact info", "get in touch", "reach me",
        "kontakt", "kontaktdaten", "contacto", "datos de contacto", "contato", "contactos", "contatti", "recapiti",
        "coordonnees", "contactgegevens",
    ]
)  # fmt: skip
_SEPARATED = re.compile(r"(?:(?! {3})[^|•·●▪■◆;\t])+")
_EDGES = " ,.-–:()*"


def find_addresses(
    text: str, lines: Sequence[Line], labels: Sequence[Labelled], zone: frozenset[int], busy: Sequence[Span]
) -> list[Span]:
    """Places of postal addresses: labelled ones anywhere, streets with a postcode anywhere, towns in the header."""
    found = [Span(*match.span()) for match in _CITY_STATE_ZIP.finditer(text)] if _ZIP.search(text) else []
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
        found += [
            Span(line.start + m.start(), line.start + _street_end(line.text, m)) for m in _STREET.finditer(line.text)
        ]
        taken = [span for span in busy if span.start < line.end and span.end > line.start]
        beside = bool(taken) or _under_contact(lines, index, zone)
        found += _towns(line, sorted([*taken, *said.get(index, ())]), beside)
    return sorted(set(found))


_FLOOR_AND_TOWN = re.compile(r"[^|•·●;\t@:\[\]]{0,40}\d{4,5}(?:[^|•·●;\t@:\[\]\d]{0,40}[^|•·●;\t@:\[\]\d\s])?")


def _street_end(text: str, street: re.Match[str]) -> int:
    """Behind the floor, the postcode and the town that follow a street: `C/ Mayor, 15, 3º B, 28013 Madrid`."""
    rest = _FLOOR_AND_TOWN.match(text, street.end())
    return rest.end() if rest else street.end()


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


def _under_contact(lines: Sequence[Line], index: int, zone: frozenset[int]) -> bool:
    """Whether a heading such as `Contact` stands at most four lines above, with nothing but short lines between."""
    for above in range(index - 1, max(-1, index - 5), -1):
        if len(lines[above].text) > 60:
            return False
        if " ".join(re.findall(r"[^\W\d_]+", fold(lines[above].text))) in _CONTACT_HEADINGS:
            return True
        if above not in zone:
            return False
    return False


def _towns(line: Line, busy: Sequence[Span], beside_contact: bool) -> list[Span]:
    """Segments of a header line that read like a place: what contacts and name leave over, cut at separators."""
    spans = []
    for start, end in _free(line, busy):
        for match in _SEPARATED.finditer(line.text, start, end):
            value = match[0].strip(_EDGES)
            if value and _is_place(value, beside_contact):
                at = match.start() + match[0].index(value)
                spans.append(Span(line.start + at, line.start + at + len(value)))
    return spans


def _free(line: Line, busy: Sequence[Span]) -> list[tuple[int, int]]:
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
    town = _TOWN_AND_STATE.fullmatch(value)
    if town and town[1] in _STATES:
        return True
    known = words()
    folded = re.findall(r"[^\W\d_]+", fold(_POSTCODE.sub(" ", value)))
    if not folded or all(known.labels.get(word) for word in folded) or known.labels.get(" ".join(folded)):
        return False
    worded = any(word in known.not_name and word not in known.places and word not in known.streets for word in folded)
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
