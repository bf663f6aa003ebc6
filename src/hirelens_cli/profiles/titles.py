"""Job titles: which family they belong to, how senior they are, and whether a line is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from hirelens_cli.model.documents import Span
from hirelens_cli.profiles.ranks import root, roots, seniority
from hirelens_cli.profiles.tokens import Token, tokenize

__all__ = [
    "close_families",
    "find_title",
    "is_title",
    "practised_skills",
    "seniority",
    "title_families",
    "title_family",
]

_DATA = Path(__file__).parent / "data" / "titles"

_GENERAL_HEADS = frozenset(
    """manager director head officer executive specialist coordinator administrator assistant associate analyst consultant
    supervisor lead leader representative agent advisor adviser engineer technician intern trainee apprentice clerk
    professional expert vp chief president principal superintendent inspector operator worker planner scientist
    controller instructor strategist generalist partner chair secretary aide helper chairman volunteer
    leiter leiterin referent referentin berater mitarbeiter mitarbeiterin fachkraft assistent assistentin praktikant
    medewerker hoofd adviseur stagiair medewerkster""".split()
)
_ROMANCE_HEADS = frozenset(
    """responsable directeur directrice chargé chargée assistante technicien technicienne ingénieur stagiaire agent agente
    gerente jefe jefa director directora técnico técnica auxiliar asistente analista ingeniero ingeniera especialista
    diretor diretora coordenador coordenadora assistente engenheiro engenheira estagiário coordinador coordinadora encargado
    responsabile direttore tecnico addetto addetta impiegato impiegata tirocinante ingegnere stagista becario
    chef cheffe estagiária oficial ayudante operario operaria ajudante operatore operatrice""".split()
)
"""Words that head titles of any trade, the Romance ones in front; they tell a family only beside one of its field words."""

_GERMANIC_HEADS = frozenset(
    """leiter leiterin teamleiter teamleiterin schichtleiter abteilungsleiter bereichsleiter projektleiter projektleiterin
    sachbearbeiter sachbearbeiterin mitarbeiter mitarbeiterin referent referentin fachkraft assistenz
    medewerker medewerkster teamleider leerkracht docent hoofd adviseur verpleegkundige verzorgende begeleider""".split()
)
"""German and Dutch ones that stand in front as well: `Leiterin Controlling`, `Medewerker klantenservice`."""

_SUFFIXES = tuple(
    """entwickler ingenieur techniker mechaniker verkaufer berater leiter assistent fachkraft pfleger kaufmann kauffrau
    lehrer manager arbeiter monteur schlosser fahrer helfer meister arzt ingenieurin assistentin entwicklerin leiterin
    beraterin pflegerin lehrerin verkauferin fachfrau fachmann mitarbeiter referent beheerder medewerker chauffeur
    bauer maler koch elektroniker sachbearbeiter fuhrer leider leerkracht student verzorgende bezorger maakster""".split()
)
"""Ends of German and Dutch compounds that are titles, folded."""

_NOT_PERSON = frozenset(
    """inc ltd llc llp gmbh ag corp corporation co company plc pvt limited sa srl bv nv university universitat universite
    universidad college school hospital bank department group solution solutions services association center centre
    institute institut academy clinic foundation agency restaurant hotel program course training certification
    certificate degree diploma award license licence management engineering development administration support
    team firm store office society board club resort church ministry""".split()
)
"""A segment that ends so names an employer, a course or a subject, even where it holds a head noun."""

_SEGMENT = re.compile(
    r"[|–—•·●▪\t(),;:ª]| - | -|- | @ | / | at | bei | chez | presso | en la | bij | {3,8}"
    r"|\b(?:[A-Za-zäéû]{3,10}\.? )?(?:\d{1,2}[/.])?(?:19|20)\d\d\b"
)
_COMMAS = 5
"""Most commas of a line that may hold a title; a line with more is a list."""
_DEGREE = re.compile(
    r"(?:associate|associates|bachelor|bachelors|master|masters|doctor|post[- ]?graduate|graduate)(?:['’]s)? (?:of|in|degree|from)",
    re.IGNORECASE,
)
_WORDS = 7
_LONGEST = 160
"""Most words of a title, and most characters of a line that may hold one."""


_NOT_HEADS = frozenset(
    """operation marketing finance resource sale support service payable receivable charge law training class it hr ii
    finanzen bau gastronomie back care belt building page crew staff pit personal second femme general fiscal partie
    cuisine person pair production safety host model business automazione auto kfz commercial comercial commerciale
    community data druck flug geschaftsleitung horeca klimatechnik musica produktion seguranca traffic ton web werkschutz
    hand lady personnel cdl relacoe militar police policia policial grafica salva sous garde conseil caixa baba candidate
    image principal scout member master customer account teaching sage arc cra""".split()
)
"""Words at the end (or, in Romance titles, the start) of known titles that head none by themselves."""

_SENTENCE = frozenset(
    "the my our their his her was were is are have had been which who that this these from into".split()
)
_PARTICIPLES = frozenset(
    """registered certified licensed chartered experienced accredited qualified skilled advanced embedded limited
    applied unlicensed distributed integrated enrolled armed unarmed retired combined paid self-employed""".split()
)
"""Words in -ed that may begin a title; any other begins a sentence (`Managed a team of engineers`)."""


@dataclass(frozen=True, slots=True)
class _Families:
    """The data on titles, indexed."""

    phrases: dict[tuple[str, ...], str]
    lengths: dict[str, tuple[int, ...]]
    fields: dict[tuple[str, ...], str]
    heads: frozenset[str]
    """Roots that end a title, or stand before `of` and the like."""
    first_heads: frozenset[str]
    """Roots that begin a Romance title."""
    names: tuple[str, ...]
    near: frozenset[tuple[str, str]]
    practised: dict[str, tuple[str, ...]]


def title_families() -> tuple[str, ...]:
    """Every family of titles that is known, sorted."""
    return _families().names


def title_family(title: str) -> str:
    """The family of a title: `software engineer`, `accountant`, `nurse`, ...; empty where unknown.

    The longest known title in it decides, then the earliest; a general head (manager, assistant, ...) takes its family
    from a field word beside it.
    """
    data = _families()
    words = roots(title)
    best, best_rank = "", (0.0, 0)
    for index, size, family in _matches(data, words):
        general = size == 1 and words[index] in _general_heads()
        rank = (0.5 if general else float(size), -index)
        if rank > best_rank:
            best, best_rank = family, rank
    if best_rank[0] < 2 and not _general_heads().isdisjoint(words):
        field = _field_family(data, words)
        if field and (best_rank[0] < 1 or best in {"manager", "executive"}):
            return field
    if not best:
        best = _compound_family(data, words)
    return best


def close_families(family: str) -> tuple[str, ...]:
    """The families that the data names as close to one (an auditor to an accountant), sorted; none where it is unknown."""
    return tuple(sorted(other for first, other in _families().near if first == family))


def practised_skills(family: str) -> tuple[str, ...]:
    """The skills that nearly all who hold a title of the family practise (Accounting for an accountant); may be none."""
    return _families().practised.get(family, ())


def is_title(line: str) -> bool:
    """Whether the line is a job title and nothing else but a place, an employer or dates beside it."""
    return find_title(line) is not None


@lru_cache(maxsize=512)
def find_title(line: str) -> Span | None:
    """Where a line of a resume names a job title: the first short piece of it with a head noun; None where it does not."""
    if len(line) > _LONGEST or line.rstrip().endswith((".", "?", "!")) or line.count(",") > _COMMAS:
        return None
    data = _families()
    start = 0
    bounds = [(match.start(), match.end()) for match in _SEGMENT.finditer(line)]
    for left, right in [*bounds, (len(line), len(line))]:
        span = _title_in(data, line, start, left)
        if span is not None:
            return span
        start = right
    return None


def _title_in(data: _Families, line: str, start: int, end: int) -> Span | None:
    tokens = [token for token in tokenize(line[start:end]) if not token.folded.isdigit()]
    if not 1 <= len(tokens) <= _WORDS:
        return None
    stems = [root(token.folded) for token in tokens]
    if tuple(stems) not in data.phrases and (
        tokens[-1].folded in _NOT_PERSON
        or not any(_is_head(data, tokens, stems, at) for at in range(len(tokens)))
        or _is_sentence(tokens, end - start == len(line))
        or _DEGREE.match(line, start + tokens[0].start)
    ):
        return None
    return Span(start + tokens[0].start, start + tokens[-1].end)


def _is_sentence(tokens: list[Token], whole: bool) -> bool:
    """Whether the words are part of a sentence rather than a title."""
    first = tokens[0]
    if first.text[0].islower() and (len(tokens) > 3 or not whole):
        return True
    if first.folded.endswith("ed") and len(first.folded) > 4 and first.folded not in _PARTICIPLES:
        return True
    return any(
        token.folded in _SENTENCE and tokens[at - 1].folded not in {"to", "of"} for at, token in enumerate(tokens) if at
    )


def _is_head(data: _Families, tokens: list[Token], stems: list[str], at: int) -> bool:
    """Whether token `at` heads a title: last in its group, before `of`, `in`, `for`, a level, or first in Romance ones."""
    word = stems[at]
    if at == 0 and len(tokens) > 1 and word in data.first_heads:
        return True
    if word not in data.heads and not word.endswith(_SUFFIXES) and (len(tokens) > 1 or word not in data.first_heads):
        return False
    return at == len(tokens) - 1 or tokens[at + 1].folded in _AFTER_HEAD


_AFTER_HEAD = frozenset(
    "of in for to i ii iii iv v and & junior senior jr sr de du des d di della del da do en fur der im und et y e a level".split()
)


def _matches(data: _Families, words: list[str]) -> list[tuple[int, int, str]]:
    """(index, size, family) of every known title in the words, longest first at each place."""
    found, index = [], 0
    while index < len(words):
        step = 1
        for size in data.lengths.get(words[index], ()):
            family = data.phrases.get(tuple(words[index : index + size]))
            if family and index + size <= len(words):
                found.append((index, size, family))
                step = size
                break
        index += step
    return found


def _field_family(data: _Families, words: list[str]) -> str:
    for size in (3, 2, 1):
        for index in range(len(words) - size + 1):
            family = data.fields.get(tuple(words[index : index + size]))
            if family:
                return family
    return ""


def _compound_family(data: _Families, words: list[str]) -> str:
    """For compounds in German and Dutch: the longest known one-word title that ends a word."""
    for word in words:
        if word.endswith(_SUFFIXES):
            for cut in range(3, len(word) - 3):
                family = data.phrases.get((word[cut:],))
                if family:
                    return family
    return ""


@lru_cache(maxsize=1)
def _general_heads() -> frozenset[str]:
    return frozenset([word for head in _GENERAL_HEADS | _ROMANCE_HEADS for word in roots(head)])


@lru_cache(maxsize=1)
def _families() -> _Families:
    phrases: dict[tuple[str, ...], str] = {}
    fields: dict[tuple[str, ...], str] = {}
    heads = {word for head in _GENERAL_HEADS for word in roots(head)}
    first_heads = {word for head in _ROMANCE_HEADS | _GERMANIC_HEADS for word in roots(head)}
    names: set[str] = set()
    near: set[tuple[str, str]] = set()
    practised: dict[str, tuple[str, ...]] = {}
    later: list[tuple[str, str]] = []
    for path in sorted(_DATA.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and line[0] not in "#@":
                family, *parts = [part.strip() for part in line.split("|")]
                names.add(family)
                later += [(family, part) for part in parts if part[:1] == "%"]
                for part in parts:
                    if part[:1] == ">":
                        practised[family] = tuple([name.strip() for name in part[1:].split(",")])
                    elif part[:1] != "%":
                        _read_part(family, part, phrases, fields, heads, near)
    for family, part in later:
        _read_part(family, part, phrases, fields, first_heads, near)
    lengths: dict[str, set[int]] = {}
    for phrase in phrases:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return _Families(
        phrases,
        {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()},
        fields,
        frozenset(heads),
        frozenset(first_heads),
        tuple(sorted(names)),
        frozenset(near),
        practised,
    )


def _read_part(
    family: str,
    part: str,
    phrases: dict[tuple[str, ...], str],
    fields: dict[tuple[str, ...], str],
    heads: set[str],
    near: set[tuple[str, str]],
) -> None:
    sign = part[:1] if part[:1] in {"%", "+", "~"} else ""
    items = [item.strip() for item in part[len(sign) :].split(",") if item.strip()]
    if sign == "~":
        near |= {pair for other in items for pair in ((family, other), (other, family))}
        return
    for item in items:
        stems = tuple(roots(item))
        if sign == "+":
            fields.setdefault(stems, family)
            continue
        phrases.setdefault(stems, family)
        head = stems[0] if sign == "%" or " of " in item or " für " in item or " im " in item else stems[-1]
        if head not in _NOT_HEADS:
            heads.add(head)
