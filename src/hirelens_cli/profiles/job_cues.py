"""How a sentence says that something is required, only preferred, or not required at all, in seven languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from hirelens_cli.model.documents import Span


class Demand(StrEnum):
    """How strongly a thing is asked."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    CANCELLED = "cancelled"
    """`Not required`: no requirement at all."""


_CANCEL = (
    r"(?:not|isn't|aren't|n't) (?:\w+ )?(?:required|necessary|needed|essential|mandatory|a must|expected|a requirement)(?!,? but)"
    r"|(?:is|are) not a (?:requirement|prerequisite)|no (?:[\w-]+ ){0,4}(?:is |are )?(?:required|necessary|needed)|don't (?:need|have to have)|do not (?:need|have to have)|unnecessary|without (?:any )?(?:prior|previous)"
    r"|(?:nicht|keine?) (?:[\w-]+ ){0,4}(?:erforderlich|notwendig|nötig|vorausgesetzt|zwingend|voraussetzung|muss)"
    r"|(?:pas|aucune?) (?:[\w-]+ ){0,3}(?:exigée?s?|requise?s?|nécessaires?|obligatoires?|indispensables?)"
    r"|no (?:es |son |se )?(?:[\w-]+ ){0,3}(?:necesari[oa]s?|imprescindibles?|obligatori[oa]s?|requier\w{1,3}|indispensables?)"
    r"|não (?:é |são |sendo )?(?:[\w-]+ ){0,2}(?:necessári[oa]s?|obrigatóri[oa]s?|exigid[oa]s?|indispensáve(?:l|is))"
    r"|non (?:è |sono )?(?:[\w-]+ ){0,2}(?:richiest[oaie]|necessari[oae]?|obbligatori[oae]?|indispensabil[ei])"
    r"|(?:niet|geen) (?:[\w-]+ ){0,3}(?:vereist|nodig|noodzakelijk|verplicht)"
)
_PREFER_AHEAD = (
    r"ideally|preferabl[ey]|nice[- ]to[- ]haves?|bonus(?: points?)?(?: (?:if|for))?|(?:big |huge )?plus(?:ses)?(?: if|:)|we(?:'d| would) (?:also )?(?:love|like|prefer|appreciate)(?: it)?(?: if)?|even better(?: if)?|extra points|desirable(?: skills?)?:|desired:|preferred(?: qualifications| skills| experience)?:|optional(?:ly)?:|advantageous:|you may also|it(?:'s| is| would be)? (?:\w+ )?(?:great|helpful|useful|desirable|beneficial|advantageous|good|nice|a (?:big |huge |real )?(?:plus|bonus|advantage)) if|(?:would be |is )?(?:great|good) to have|prefer(?:ence)? (?:\w+ ){0,2}(?:for|to|given|candidates?|someone|people|with)|preference|strong preference|preferred (?:but )?(?=experience|knowledge|skills)"
    r"|idealerweise|bestenfalls|vorzugsweise|wünschenswert(?: (?:sind|ist|wäre(?:n)?))|von vorteil (?:sind|ist|wäre(?:n)?)|gerne auch|optional:|nice to have|optimalerweise|im idealfall|wir freuen uns über"
    r"|idéalement|de préférence|préférablement|si possible|l'idéal|serai(?:en)?t un (?:vrai )?(?:plus|atout) :|(?:les )?(?:plus|atouts) :"
    r"|idealmente|preferiblemente|preferentemente|se valorarán?|valoramos|valoraremos|deseable(?:s)?:|de preferencia|será un plus|sería ideal|valorable:"
    r"|preferencialmente|de preferência|valoriza(?:-se|mos)|desejável:|diferencia(?:l|is):|idealmente|dá-se preferência"
    r"|idealmente|preferibilmente|gradit[oaie](?=:| (?:il|la|lo|l'|i|le|un|una|anche|diploma|conoscenza|esperienza|conoscenze))|meglio se|possibilmente|costituisce (?:un )?(?:plus|titolo preferenziale)|è gradit[oa]|sono gradit[eio]|è preferibile|si valuta positivamente"
    r"|bij voorkeur|liefst|idealiter|het liefst|pluspunt(?:en)?:|een pré is|pré:"
)
_PREFER_BEHIND = (
    r"preferred|prefered|desirable|desired|(?:is|are|as|be|considered|seen as|viewed as|definitely|also|\(|–|-|,) ?(?:also )?(?:considered )?(?:as )?(?:an? )?(?:\w+ )?(?:plus(?:es)?|bonus(?:es)?|benefit|asset|advantage|nice[- ]to[- ]have)|a (?:\w+ )?plus|an? (?:\w+ )?(?:asset|advantage|bonus)|nice[- ]to[- ]have|(?:would be|is|are|be) (?:\w+ )?(?:advantageous|beneficial|helpful|useful|welcome|appreciated|valued|optional)|would be (?:\w+ )?(?:great|nice|good|ideal)|advantageous|beneficial|helpful|optional|not (?:required|necessary|essential|mandatory|needed|expected|a must),? but|appreciated|good to have|would help(?: you)?|come in handy|sets? you apart"
    r"|(?:von|ein(?:en)?) (?:\w+ )?(?:vorteil|plus(?:punkt)?|pluspunkt)|wünschenswert|erwünscht|gewünscht|vorteilhaft|hilfreich|gern(?:e)? gesehen|willkommen|optional|runden (?:\w+ ){1,2}profil ab|rundet (?:\w+ ){1,2}profil ab|begrüßenswert"
    r"|(?:est|sont|serai(?:en)?t|constitue(?:nt|rai(?:en)?t)?|sera|seront) (?:un |une |des )?(?:\w+ )?(?:plus|atouts?|avantages?|appréciée?s?|souhaitée?s?|bienvenue?s?|valorisée?s?|souhaitables?)|souhaitée?s?|appréciée?s?|souhaitables?|un (?:vrai |réel )?plus|un (?:véritable )?atout"
    r"|deseables?|valorables?|(?:se )?valorar[áa]n?(?: positivamente)?|(?:es |son |será |serán |sería )?(?:un )?plus|(?:será|serán|son|es) (?:muy )?(?:valorad[oa]s?|valorables?)|valorad[oa]s?|opcional(?:es)?|un punto a favor|ventaja"
    r"|desejáve(?:l|is)|(?:é |são |será |serão )?(?:um )?(?:diferencia(?:l|is)|plus|mais-valia|vantagem)|valorizad[oa]s?|preferencia(?:l|is)|opciona(?:l|is)"
    r"|gradit[oaie]|preferenzial[ei]|preferibil[ei]|auspicabil[ei]|(?:costituisc\w{1,4}|rappresent\w{1,4}|è|sono|sarà|saranno) (?:un |titolo )?(?:plus|preferenziale|vantaggio|apprezzat[oaie]|considerat[oaie])|un plus|apprezzat[oaie]|opzional[ei]|titolo preferenziale"
    r"|(?:is |zijn )?(?:een )?(?:pré|pluspunt|plus|voordeel)|gewenst|wenselijk|mooi meegenomen|meegenomen|optioneel|strekt tot aanbeveling"
)
_REQUIRE_AHEAD = (
    r"must(?:[- ]haves?| have| be(?: able)?| hold| possess| know| speak)?|you(?:'ll| will)? need|required(?: skills| qualifications| experience)?:|requires?|mandatory:|essential:|minimum(?: of)?|at least"
    r"|zwingend:|erforderlich (?:ist|sind)|voraussetzung (?:ist|sind)|(?:wir|stelle) (?:setzen|setzt) (?:\w+ ){0,3}voraus|mindestens|unbedingt"
    r"|(?:il faut|vous devez)|impératif :|exigé :|au moins|minimum"
    r"|imprescindible:?|obligatorio:|requisito:|se requiere|mínimo|al menos|necesitas"
    r"|obrigatório:|exige-se|é necessário|requer-se|no mínimo|pelo menos"
    r"|obbligatorio:|si richied(?:e|ono)|è richiest[oa]|sono richiest[ei]|almeno|indispensabile:"
    r"|vereist:|je moet|minimaal|ten minste|minstens"
)
_REQUIRE_BEHIND = (
    r"(?<!as )(?<!when )(?<!if )(?<!not )required|(?:is|are) (?:a )?(?:must|mandatory|essential|necessary|needed|imperative|compulsory|key|critical|non-negotiable)|mandatory|a must|essential(?! (?:duties|functions|job|part|role|tasks))|non-negotiable|compulsory"
    r"|erforderlich|zwingend|notwendig|vorausgesetzt|(?:ist|sind) (?:ein )?(?:muss|voraussetzung|pflicht)|voraussetzung|unabdingbar|unerlässlich|ein muss|setzen wir voraus"
    r"|exigée?s?|requise?s?|obligatoires?|indispensables?|impérati(?:f|ve)s?|impérativement|nécessaires?"
    r"|imprescindibles?|obligatori[oa]s?|requerid[oa]s?|indispensables?|excluyentes?|necesari[oa]s?"
    r"|obrigatóri[oa]s?|indispensáve(?:l|is)|exigid[oa]s?|necessári[oa]s?|imprescindíve(?:l|is)|eliminatóri[oa]s?"
    r"|obbligatori[oae]?|indispensabil[ei]|richiest[oaie]|necessari[oae]?|imprescindibil[ei]|fondamental[ei]"
    r"|vereist|verplicht|noodzakelijk|een must|een vereiste|onmisbaar"
)

_CUE = re.compile(
    rf"(?<!\w)(?:(?P<cancel>{_CANCEL})|(?P<prefer_ahead>{_PREFER_AHEAD})|(?P<prefer_behind>{_PREFER_BEHIND})"
    rf"|(?P<require_ahead>{_REQUIRE_AHEAD})|(?P<require_behind>{_REQUIRE_BEHIND}))(?!\w)"
)

_MORE = re.compile(r"(?:(?<!\w )(?<![\w~])|(?<=\d ))plus(?= (?!if )\w)|(?<!\w)plus(?= de | d'| que )")
"""A plus that only adds or compares: `Python, plus Terraform`, `5 plus years`, `plus de 3 ans`; blanked before cues are looked for."""

_DEMAND = {
    "cancel": Demand.CANCELLED,
    "prefer_ahead": Demand.PREFERRED,
    "prefer_behind": Demand.PREFERRED,
    "require_ahead": Demand.REQUIRED,
    "require_behind": Demand.REQUIRED,
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of a sentence for which a demand is said."""

    span: Span
    demand: Demand
    aside: bool = False
    """Said in brackets."""


def cues(text: str, sentence: Span) -> tuple[Cue, ...]:
    """The stretches of `sentence` that carry a cue of their own, in order; spans count in `text`.

    A cue ahead (`ideally Go`) reaches to the next cue or the end; a cue behind (`Go is a plus`) back to the cue before
    it or the start; one in brackets (`Go (preferred)`) back to the last comma.
    """
    lowered = text[sentence.start : sentence.end].replace("’", "'").replace("\n", " ").lower()
    if len(lowered) != sentence.end - sentence.start:  # a few capitals have longer lower cases (İ)
        lowered = text[sentence.start : sentence.end]
    lowered = _MORE.sub("~~~~", lowered)
    found: list[Cue] = []
    matches = list(_CUE.finditer(lowered))
    reached = 0
    for index, match in enumerate(matches):
        following = matches[index + 1].start() if index + 1 < len(matches) else len(lowered)
        kind = match.lastgroup or ""
        if kind.endswith("ahead") and not _closes(lowered, match):
            last = index + 1 == len(matches) or matches[index + 1].lastgroup == kind
            end = (
                following
                if last or not (matches[index + 1].lastgroup or "").endswith(("behind", "cancel"))
                else _middle(lowered, match.end(), following)
            )
            start = match.start()
        else:
            start, end = _back(lowered, match, reached), match.end()
        if kind.endswith("behind") and index + 1 == len(matches) and _LIKEWISE.fullmatch(lowered, match.end()):
            end = len(lowered)
        reached = max(reached, end)
        aside = lowered[: match.start()].endswith("(")
        found.append(Cue(Span(sentence.start + start, sentence.start + end), _DEMAND[kind], aside))
    return tuple(found)


_LIKEWISE = re.compile(
    r"(?:,| and|;)? (?:as (?:is|are|would|does)(?!\w)[^.;]{1,60}|[^.;]{1,50}(?: |, )(?:too|also|as well|likewise|également|aussi|ebenfalls|ebenso|auch|también|também|anche|pure|ook|eveneens))[ .!]{0,3}"
)
"""What says the same of one thing more: `Pastry is a plus, as is vegan cooking`."""


def _closes(lowered: str, match: re.Match[str]) -> bool:
    """A cue ahead with nothing behind it is one behind: `Go, ideally.`."""
    rest = lowered[match.end() :].strip(" .)!:")
    return not rest


def _middle(lowered: str, start: int, end: int) -> int:
    """Where a stretch ahead ends when the next cue reaches back: at the last clause break between them, else nowhere."""
    cut = max(lowered.rfind(sign, start, end) for sign in (", ", "; ", " – ", " - ", " but ", " and ", " aber "))
    return cut if cut > start else end


_ITEM_BREAK = re.compile(r"[,;/]| and | or | und | oder | et | ou | y | o | e | en | of ")


def _back(lowered: str, match: re.Match[str], reached: int) -> int:
    """Where the reach of a cue behind begins."""
    opened = lowered.rfind("(", 0, match.start() + 1)
    if opened >= 0 and ")" not in lowered[opened : match.start()] and opened >= reached:
        inside = lowered[opened + 1 : match.start()].strip()
        if len(inside) > 2:
            return opened
        before = [found.end() for found in _ITEM_BREAK.finditer(lowered, reached, opened)]
        return before[-1] if before else reached
    return reached


def demand_at(found: tuple[Cue, ...], where: Span) -> Demand | None:
    """What the cues of a sentence say of the stretch `where`; a preference outweighs, `not required` yields to it."""
    said = {cue.demand for cue in found if cue.span.start < where.end and where.start < cue.span.end}
    for demand in (Demand.PREFERRED, Demand.CANCELLED, Demand.REQUIRED):
        if demand in said:
            return demand
    return None
