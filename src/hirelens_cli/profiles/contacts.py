"""Who the candidate is: name, e-mail addresses, telephone numbers, links and postal addresses, with the places they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hirelens_cli.model.documents import Document, Span
from hirelens_cli.model.profiles import Identity, SectionKind
from hirelens_cli.profiles.addresses import find_addresses
from hirelens_cli.profiles.lines import Line, lines_of
from hirelens_cli.profiles.names import find_name
from hirelens_cli.profiles.personal import Labelled, Piece, find_labelled, find_personal
from hirelens_cli.profiles.sections import Part, find_parts


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
_WHOLE_HOST = re.compile(r"[·|•] ?([A-Za-z0-9-]{2,40}(?:\.[A-Za-z0-9-]{2,40}){1,3})(?= ?(?:[·|•\n]|$))", re.MULTILINE)
"""Beside an e-mail address a piece that is a host and nothing else is the candidate's site, whatever it ends in."""
_IDEOGRAPHS = re.compile(
    r"[(（]?[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,6}(?:[ 　·][\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,6}){0,2}[)）]?"
)
_SITES = (
    "linkedin.", "github.", "gitlab.", "bitbucket.", "behance.", "dribbble.", "medium.", "twitter.", "facebook.", "instagram.",
    "stackoverflow.", "kaggle.", "xing.", "indeed.", "hackerrank.", "leetcode.", "youtube.", "about.", "t.me/", "x.com/", "vimeo.",
    "soundcloud.", "orcid.", "researchgate.", "codepen.", "devpost.", "linktr.",
)  # fmt: skip
_LINK_TAIL = re.compile(r"[\w./?=&%-]{2,200}")
_NOT_HOSTS = frozenset(
    [
        "asp.net", "vb.net", "ado.net", "socket.io", "node.js", "b.com", "m.com", "ml.net", "b.tech", "m.tech",
        "b.de", "m.de", "b.it", "m.it", "draw.io",
    ]
)  # fmt: skip

_NEAR_TOP = 25
"""Lines from the top in which a contact makes its line a part of the header."""


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
    addresses = find_addresses(text, lines, labels, zone, sorted([*taken, *name_spans]))
    pieces = [Piece(span, "email") for span in emails]
    pieces += [Piece(span, "phone") for span in phones]
    pieces += [Piece(span, "link") for span in links]
    pieces += [Piece(span, "name") for span in (*name_spans, *_other_script(lines, zone))]
    pieces += [Piece(span, "address") for span in addresses]
    pieces += find_personal(text, lines, labels, zone, document.language)
    pieces += _referees(parts)
    others = [part.span for part in parts if part.kind is SectionKind.REFERENCES]
    identity = Identity(
        name,
        _distinct(span.of(text).lower() for span in _outside(emails, others)),
        _numbers(span.of(text).strip() for span in _outside(phones, others)),
        _distinct(span.of(text).rstrip(".)") for span in links),
        _distinct(span.of(text) for span in addresses),
    )
    return Found(identity, tuple(sorted(pieces)))


def _other_script(lines: Sequence[Line], zone: frozenset[int]) -> list[Span]:
    """A name written once more in Chinese, Japanese or Korean at the top of a resume."""
    found = []
    for index in sorted(zone)[:5]:
        match = _IDEOGRAPHS.fullmatch(lines[index].text.strip())
        if match:
            found.append(lines[index].span)
    return found


def _not_ids(phones: list[Span], labels: Sequence[Labelled]) -> list[Span]:
    """Without the numbers that a label says to be a passport, a birthday or the like."""
    ids = [item.value for item in labels if item.kind in ("id number", "date of birth", "body")]
    return _outside(phones, ids)


def _outside(spans: list[Span], regions: Sequence[Span]) -> list[Span]:
    """The spans that begin in none of the regions."""
    return [span for span in spans if not any(region.start <= span.start < region.end for region in regions)]


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _numbers(values: Iterable[str]) -> tuple[str, ...]:
    """Each telephone number once, by its last nine digits; the form with a country code where there is one."""
    found: dict[str, str] = {}
    for value in values:
        key = "".join(filter(str.isdigit, value))[-9:]
        if key not in found or ("+" in value and "+" not in found[key]):
            found[key] = value
    return tuple(found.values())


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
    low = text.lower() if len(text.lower()) == len(text) else text
    found = [Span(*match.span()) for at in _places(low, ("http", "www.")) if (match := _URL.match(text, at))]
    for at in _places(low, _SITES):
        start = at
        while start > 0 and at - start < 4 and (text[start - 1].isalnum() or text[start - 1] == "."):
            start -= 1
        match = _SITE.match(text, start) or _SITE.match(text, at)
        if match:
            found.append(Span(*match.span()))
    for start, end in _offsets(lines, zone):
        hosts = [match for match in _HOST.finditer(text, start, end) if match[0].lower() not in _NOT_HOSTS]
        found += [Span(*match.span()) for match in hosts]
        if "@" in text[start:end]:
            found += [Span(*match.span(1)) for match in _WHOLE_HOST.finditer(text, start, end)]
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


def _places(low: str, needles: Sequence[str]) -> list[int]:
    """Where the needles stand; a plain search costs a tenth of a pattern that tries every character."""
    places = []
    for needle in needles:
        at = low.find(needle)
        while at >= 0:
            places.append(at)
            at = low.find(needle, at + len(needle))
    return places


def _referees(parts: Sequence[Part]) -> list[Piece]:
    """Who vouches for the candidate is named in the references; nothing there is about the work."""
    pieces = []
    for part in parts:
        if part.kind is SectionKind.REFERENCES:
            named = [line for line in part.lines if line.text.strip() and "request" not in line.text.lower()]
            pieces += [Piece(line.span, "referee") for line in named]
    return pieces
