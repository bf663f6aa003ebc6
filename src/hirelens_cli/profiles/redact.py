"""The text without the person: every piece of identity replaced by a fixed placeholder, whatever it said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hirelens_cli.model.documents import Document, Span
from hirelens_cli.model.profiles import Identity
from hirelens_cli.profiles.contacts import find_identity
from hirelens_cli.profiles.date_reader import MONTHS
from hirelens_cli.profiles.lines import Line, lines_of
from hirelens_cli.profiles.personal import Piece, words
from hirelens_cli.profiles.stopwords import STOP_WORDS
from hirelens_cli.profiles.tokens import fold


@dataclass(frozen=True, slots=True)
class Redacted:
    """What may be understood, embedded and counted."""

    text: str
    lines: tuple[Line, ...]
    """The lines of `text`, with how they were set."""
    page_starts: tuple[int, ...]
    """Offset in `text` at which each page begins."""


_WORD = re.compile(r"[^\W\d_]+")
_RANKING = (
    "left out", "referee", "email", "phone", "link", "family", "name", "date of birth", "birthplace", "marital status", "gender", "nationality",
    "religion", "id number", "body", "photo", "address",
)  # fmt: skip
_SALUTED = re.compile(
    r"(?:Mr|Mrs|Ms|MR|MRS|MS|Miss|Herr|Herrn|Frau|M|Mme|Mlle|Monsieur|Madame|Señor|Señora|Sr|Sra|Srta|Senhor|Senhora|Sig|Sig\.ra|Signor|Signora|Dhr|Mevr|Mevrouw|Dr|Prof|Don|Doña)\.? $"
)
_INITIALS = re.compile(r",? ([A-Z]{2,3})(?![^\W_])")
_INITIALS_AHEAD = re.compile(r"(?<![^\W_])(?:[A-Z]\.[ -]?){1,3}$")
_PARTICLES_AHEAD = re.compile(r"(?<![^\W_])(?:[^\W\d_]{1,4}['’ ])(?:[^\W\d_]{1,4}[ ])?$")
_NEXT_SENTENCE = re.compile(r"[.] [A-Z] [a-zà-ÿ]")
_IN_SENTENCE = re.compile(r"[a-zà-ÿ,] [\"'“„«]?$")
_PLACEHOLDERS = re.compile(r"(\[[a-z][a-z ]{0,30}\])(?:[ ,.'’-]{0,3}\1)+")


def redact(
    document: Document,
    identity: Identity,
    pieces: Sequence[Piece] | None = None,
    lines: Sequence[Line] | None = None,
) -> Redacted:
    """`document` without `identity` and without the personal details in it; equal for two candidates who differ in these alone.

    `pieces` are what `find_identity` found in the document, `lines` its lines; they are made again where they are not given.
    """
    text = document.text
    lines = lines_of(document) if lines is None else lines
    known = find_identity(document, lines).pieces if pieces is None else pieces
    flagged = [Piece(span, "left out") for span in document.flagged]
    hidden = _merged([*known, *_names(text, identity.name, known), *_given(text, identity), *flagged], text)
    out: list[Line] = []
    offset, at = 0, 0
    for line in lines:
        start = at
        while at < len(hidden) and hidden[at].span.start < line.end:
            at += 1
        mine = hidden[start:at]
        written = _replaced(line, mine) if mine else line.text
        out.append(Line(written, offset, line.page, line.kind, line.size, line.bold))
        offset += len(written) + 1
    redacted = "\n".join([line.text for line in out])
    return Redacted(redacted, tuple(out), _page_starts(out, document.pages, len(redacted)))


def _replaced(line: Line, pieces: Sequence[Piece]) -> str:
    parts, at = [], 0
    for piece in pieces:
        parts += [line.text[at : piece.span.start - line.start], f"[{piece.label}]"]
        at = piece.span.end - line.start
    parts.append(line.text[at:])
    return _PLACEHOLDERS.sub(r"\1", "".join(parts))


def _merged(pieces: list[Piece], text: str) -> list[Piece]:
    """Without overlaps and line breaks: of two pieces that overlap, the surer gives the placeholder."""
    single: list[Piece] = []
    for piece in pieces:
        start, end = piece.span.start, piece.span.end
        while (stop := text.find("\n", start, end)) >= 0:
            single.append(Piece(Span(start, stop), piece.label))
            start = stop + 1
        single.append(Piece(Span(start, end), piece.label))
    merged: list[Piece] = []
    rank = {label: at for at, label in enumerate(_RANKING)}
    for piece in sorted(single, key=lambda item: (item.span.start, -item.span.end, item.label)):
        if piece.span.end <= piece.span.start:
            continue
        if merged and piece.span.start < merged[-1].span.end:
            last = merged[-1]
            label = min(last.label, piece.label, key=lambda label: (rank.get(label, len(rank)), label))
            merged[-1] = Piece(Span(last.span.start, max(last.span.end, piece.span.end)), label)
        else:
            merged.append(piece)
    return merged


def _page_starts(lines: Sequence[Line], pages: int, end: int) -> tuple[int, ...]:
    first: dict[int, int] = {}
    for line in lines:
        first.setdefault(line.page, line.start)
    starts, following = [], end
    for page in range(pages, 0, -1):
        following = min(following, first.get(page, following))
        starts.append(following)
    return tuple(reversed(starts))


def name_tokens(name: str) -> tuple[str, ...]:
    """The words of a name that identify, folded: particles, credentials and initials are left out."""
    known = words()
    tokens = [fold(word) for word in _WORD.findall(name)]
    return tuple(
        dict.fromkeys(t for t in tokens if len(t) > 1 and t not in known.particles and t not in known.credentials)
    )


def _names(text: str, name: str, known: Sequence[Piece]) -> list[Piece]:
    """Every further occurrence of the name.

    Two of its words side by side always count, one alone where it is no ordinary word, and words glued together, as
    handles have them.
    """
    squeezed = name.replace(" ", "")
    tokens = name_tokens(name) or ((fold(squeezed),) if len(squeezed) > 1 else ())
    if not tokens:
        return []
    written = [(fold(part), _flat(part)) for part in _WORD.findall(name)]
    tokens += tuple([kept for folded, kept in written if kept != folded and folded in tokens])  # Groß, folded to gross
    flat = text.lower() if text.isascii() else _flat(text)
    if not _elsewhere(flat, tokens, known):
        return []
    word = "|".join(sorted(map(re.escape, tokens), key=lambda token: (-len(token), token)))
    small = "|".join(sorted(words().particles | {"st."}))
    run = re.compile(
        rf"(?<![^\W_])(?:(?:o|d|l|de|al|el|mac|mc)['’-]?)?(?:{word})(?:['’]?s)?(?![^\W\d_])"
        rf"(?:[ .,'’_-]{{1,3}}(?:(?:(?:{small})[ '’-]{{1,2}}){{0,2}}(?:{word})(?![^\W\d_])|[a-z](?:\.|(?![\w'’]))))*"
    )
    single = re.compile(rf"(?:(?:o|d|l|de|al|el|mac|mc)['’-]?)?(?:{word})")
    initials = {part[0] for part in fold(name).split()}
    pieces = []
    for match in run.finditer(flat):
        inside = [token for token in _WORD.findall(match[0]) if token in tokens]
        end = match.end()
        letters = [part for part in _WORD.findall(match[0]) if len(part) == 1 and part in initials]
        start = _ahead(text, match.start(), name, initials)
        if len(set(inside)) == 1 and not letters:
            own = single.match(flat, match.start())
            end = own.end() if own else end
            lettered = "." in text[start : match.start()]
            if not lettered and not _alone_counts(text, match.start(), end, inside[0]):
                continue
        if _NEXT_SENTENCE.match(text, end - 3) and end - 3 > match.start():
            end -= 3
        end -= text[end - 1] == "."
        signed = _INITIALS.match(text, end)
        if signed and set(signed[1].lower()) <= initials | {part[0] for token in tokens for part in token.split("-")}:
            end = signed.end()  # `Moreau JP`, as authors are cited
        pieces.append(Piece(Span(start, end), "name"))
    return pieces + _glued(flat, tokens)


def _ahead(text: str, start: int, name: str, initials: set[str]) -> int:
    """Where an occurrence begins with the name's own particles and initials: `P. van den Berg`, `G. Chance`."""
    particles = _PARTICLES_AHEAD.search(text, max(0, start - 12), start)
    if particles and particles[0].strip().casefold() in name.casefold():
        start = particles.start()
    letters = _INITIALS_AHEAD.search(text, max(0, start - 12), start)
    if letters and set(_WORD.findall(fold(letters[0]))) <= initials:
        start = letters.start()
    return start


def _elsewhere(flat: str, tokens: tuple[str, ...], known: Sequence[Piece]) -> bool:
    """Whether a word of the name stands outside the known pieces; for most resumes none does, and no pattern is needed."""
    taken = [piece.span for piece in known]
    for token in tokens:
        at = flat.find(token)
        while at >= 0:
            if not any(span.start <= at and at + len(token) <= span.end for span in taken):
                return True
            at = flat.find(token, at + len(token))
    return False


def _alone_counts(text: str, start: int, end: int, token: str) -> bool:
    """Whether one word of the name, met alone, is the person: written with a capital and no ordinary word."""
    written = text[start:end]
    if written.islower():
        return False
    if _SALUTED.search(text, max(0, start - 12), start):
        return True
    if token in STOP_WORDS or token in MONTHS:
        return False
    known = words()
    if token in known.common or token in known.not_name or token in known.places:
        quiet = token in known.not_name or token in known.places or written.isupper()
        return not quiet and _amid_sentence(text, start, end)
    return len(token) > 2 or not written.isupper()


def _amid_sentence(text: str, start: int, end: int) -> bool:
    """Whether an ordinary word stands with a capital between words without: `colleagues call Grace when it is late`."""
    before = _IN_SENTENCE.search(text, max(0, start - 4), start) is not None
    after = text[end : end + 2]
    return before and len(after) == 2 and after[0] == " " and after[1].islower()


def _glued(flat: str, tokens: tuple[str, ...]) -> list[Piece]:
    """`janedoe`, `doe.jane92`: two words of the name run together, with the digits behind them."""
    long = [token for token in tokens if len(token) > 2]
    if len(long) < 2:
        return []
    pieces = []
    for pair in sorted({first + second for first in long for second in long if first != second}):
        at = flat.find(pair)
        while at >= 0:
            start, end = at, at + len(pair)
            while start > 0 and at - start < 12 and (flat[start - 1].isalnum() or flat[start - 1] in "_@"):
                start -= 1
            while end < len(flat) and end - at < len(pair) + 12 and (flat[end].isalnum() or flat[end] == "_"):
                end += 1
            pieces.append(Piece(Span(start, end), "name"))
            at = flat.find(pair, at + len(pair))
    return pieces


class _Flattening(dict[int, str]):
    """Each character in lower case without its accent, one character for one."""

    def __missing__(self, code: int) -> str:
        flat = fold(chr(code))
        self[code] = flat if len(flat) == 1 else chr(code)
        return self[code]


_FLATTENING = _Flattening()


def _flat(text: str) -> str:
    return text.translate(_FLATTENING)


def _given(text: str, identity: Identity) -> list[Piece]:
    """Further occurrences of the contacts that the identity names."""
    pieces = []
    for label, values in (("email", identity.emails), ("phone", identity.phones), ("link", identity.links)):
        for value in values:
            at = text.find(value) if len(value) > 4 else -1
            while at >= 0:
                pieces.append(Piece(Span(at, at + len(value)), label))
                at = text.find(value, at + len(value))
    return pieces
