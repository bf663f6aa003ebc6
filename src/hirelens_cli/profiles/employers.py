"""Which piece of a position's head lines is the employer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hirelens_cli.profiles.personal import words
from hirelens_cli.profiles.titles import find_title
from hirelens_cli.profiles.tokens import fold

_CUT = re.compile(
    r"[|\t•·●;()\[\]]|,(?! (?:Inc|LLC|Ltd|Llc|L\.L\.C|S\.A|LLP|PLC|Co|Corp|P\.C|N\.A)\b)| [-–—]+(?= |$)|^[-–—]+ | {3,}|(?<=\w)[–—](?=[A-Z])| @ | as (?=an? |[A-Z])|(?:^| )(?:at|bei|chez|presso|en la|bij|with)(?= [A-Z]) |: | / |-  "
)
_FIRM = re.compile(
    r"(?<![\w-])(?:inc|llc|ltd|limited|gmbh|ag|kg|plc|llp|corp|corporation|& co|s\.?a\.?r\.?l|s\.a\.?(?:s\.?)?|s\.l\.?(?:u\.?)?|s\.?r\.?l\.?s?|s\.?p\.?a\.?|b\.?v\.?|n\.v\.?|sarl|sas|lda|ltda|pvt|pte|pty|ohg|ug|e\.v|mbh|gruppe|groupe|grupo|gruppo|groep|"
    r"hospital|hospitals|klinik|klinikum|clinic|clínica|clinique|hôpital|ospedale|ziekenhuis|krankenhaus|medical cent(?:er|re)|health system|pharmacy|apotheke|pharmacie|farmacia|bank|banco|banque|sparkasse|versicherung|assurances?|"
    r"university|universität|université|universidad|universidade|università|universiteit|hochschule|college|school|schools|schule|grundschule|gymnasium|école|lycée|collège|colegio|escola|escuela|scuola|liceo|kindergarten|kita|school district|academy|institute|institut|instituto|department of|ministry|ministère|ministerio|city council|county|city of|state of|stadt|mairie|ville de|ayuntamiento|comune di|gemeente|foundation|stiftung|fundación|fondation|"
    r"spedition|\w{2,}(?:schule|school|klinik|verlag|kontor|zentrum|praxis|bedrijf|centrum|ziekenhuis|werkstatt|bäckerei|gärtnerei|spedition|brauerei|druckerei|kanzlei|apotheke|werke)|cabinet|garage|hotel|hôtel|hotels|resort|restaurant|ristorante|restaurante|café|bistro|brasserie|trattoria|bäckerei|boulangerie|autohaus|kanzlei|pflegeheim|seniorenheim|altenheim|seniorenzentrum|ehpad|church|navy|army|air force|marines|police department|nhs|hospice|nursing home|care home|museum|airport|airlines|airways|company name|"
    r"microsoft|google|amazon|ibm|oracle|infosys|wipro|accenture|deloitte|kpmg|pwc|siemens|bosch|cognizant|capgemini|walmart|target|starbucks|mcdonald['’]s)(?!\w)\.?",
    re.IGNORECASE,
)
"""Words that only a firm or an office has in its name."""
_FIRM_END = re.compile(
    r"(?<!\w)(?:co|company|se|technologies|technology|solutions|systems|services|software|consulting|consultancy|consultants|associates|partners|industries|enterprises|international|global|group|holdings?|labs|laboratories|motors|healthcare|health|insurance|agency|bureau|authority|commission|society|association|verein|bakery|bar|grill|kitchen|stores?|supermarkets?|market|retail|construction|builders|contractors|engineering|electric|plumbing|logistics|transport|transports|shipping|freight|"
    r"auto|automotive|energy|power|oil|gas|steel|media|studios?|publishing|press|news|records|entertainment|capital|finance|financial|investments|securities|realty|properties|real estate|law firm|law office|networks|telecom|communications|digital|infotech|infosystems|tech|bpo|tcs|spa|gym|fitness|farms?|winery|brewery|library|theatre|theater|zoo|warehouse|manufacturing|works|mills|foods|beverages|pharma|pharmaceuticals|biotech|chemicals|plastics|textiles|apparel|fashions?|jewelers|salon|dental|veterinary|centre|center|office|pvt|bau|technik|logistik|handel|tech|designs?|interiors|events|travel|tours|council|government|club|landscaping|roofing|catering|cleaners|security|staffing|trading|exports|impex)(?: (?:india|usa|uk|europe|america|deutschland|france|españa|italia|brasil|portugal|nederland|worldwide))?\.?$",
    re.IGNORECASE,
)
"""Words that end a firm's name and stand anywhere in titles and subjects."""
_LEGAL = re.compile(
    r"(?<!\w)(?:inc|llc|ltd|limited|gmbh|ag|plc|llp|corp|corporation|s\.?a\.?r\.?l|s\.a|s\.l|s\.?r\.?l|s\.?p\.?a|b\.v|lda|ltda|pvt|pty|kg)\.?$",
    re.IGNORECASE,
)
SURE = 4.0
"""The score of what anonymised resumes put for a firm."""
_NOT_EMPLOYER = re.compile(
    r"(?:full[- ]?time|part[- ]?time|contract(?:or)?|freelance|remote|hybrid|permanent|temporary|internship|vollzeit|teilzeit|cdi|cdd|temps plein|temps partiel|tiempo completo|media jornada|current|present|city ?,? ?state|city|state|onsite|\d.*|(?:\d{1,2}|one|two|three|four|five|six) (?:years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois|años?|meses|anos?|anni|mesi|jaar|maanden).*|less than.*|location.*|duration.*|period.*|from|to|since|till|until|date|dates?|responsibilit.*|till date|work(?:ed|ing)?|as|and|the|team size.*|key .*|projects?|seit|von|bis|depuis|desde|dal|sinds|n/?a|resume|associated|ltd\.?|pvt\.?|limited|jan(?:uary)?|feb(?:ruary)?|march|april|june|july|aug(?:ust)?|sept(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|hours? per week.*|salary.*|months?|years?)",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:end )?clients?:? (?=[A-Z])|^(?:training|internship|apprenticeship|job profile|employment|trainee|project) (?:in|at|with|for) (?=[A-Z])|^(?:(?:currently|presently|previously|now|also|have|has|been|was) )*(?:work(?:ed|ing)|employed|associated|intern(?:ed|ing)?) (?:as [\w /-]{3,40} )?(?:in|at|with|for|by) |^(?:at|in|with|for|from|bei|chez|presso) ",
    re.IGNORECASE,
)
_JOINT = re.compile(r" (?:in|for|at|with|through|of) (?=[A-Z])")
"""`Systems Engineer in Infosys Limited`: between a title and its firm."""
_TRAIL = re.compile(r" (?:from|since|as|on|in|at|during|between|till|until|for|and|as an?)$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[[a-z][a-z ]{0,30}\]")
_ANONYMOUS = re.compile(r"company ?name\W?", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,2}[.)] ")
_CITY_STATE = re.compile(r"(?:ï1/4|ï¼Œ?)? ?\bCity ?, ?State\b")
_STATE = re.compile(r"[A-Z]{2}(?: \d{5})?|[A-Z]\.[A-Z]\.?(?:[A-Z]\.?)?")


def segments(text: str) -> list[str]:
    """The pieces of a head line between separators, placeholders and bare signs left out."""
    pieces, start = [], 0
    plain = set_apart(text)
    for match in _CUT.finditer(plain):
        pieces.append(plain[start : match.start()])
        start = match.end()
    pieces.append(plain[start:])
    cleaned = [
        piece.strip(" \t-–—,:.•*|/'\"") if not piece.strip().endswith((".",)) else piece.strip(" \t-–—,:•*|/'\"")
        for piece in pieces
    ]
    return [piece for piece in cleaned if len(piece) > 1 and any(char.isalpha() for char in piece)]


def set_apart(text: str) -> str:
    """The line with bars around the words that anonymised resumes put for a firm and its town, and for placeholders."""
    plain = _PLACEHOLDER.sub(" | ", text) if "[" in text else text
    if plain[:1].isdigit():
        plain = _NUMBERED.sub("", plain, 1)
    if "City" in plain:
        plain = _CITY_STATE.sub(" | ", plain)
    anonymous = _ANONYMOUS.search(plain)
    return f"{plain[: anonymous.start()]} | {anonymous[0]} | {plain[anonymous.end() :]}" if anonymous else plain


def employer_score(piece: str) -> float:
    """How much a piece looks like a firm: 3 and more for one that says so (Ltd, Hospital), below 0 for places and terms of employment."""
    stripped = piece.strip()
    if not stripped or _NOT_EMPLOYER.fullmatch(stripped):
        return -3.0
    if _ANONYMOUS.fullmatch(stripped):
        return SURE
    score = 0.0
    if _FIRM.search(stripped) or (" " in stripped and _FIRM_END.search(stripped)):
        score += 3.0
    parts = stripped.split()
    folded = [fold(part).strip(".,") for part in parts]
    if all(word in words().places for word in folded) or _STATE.fullmatch(stripped):
        score -= 3.0
    elif folded[-1] in words().places and len(parts) <= 2 and score == 0:
        score -= 1.0
    if stripped[0].isupper() or stripped[0].isdigit():
        score += 0.5
    if len(parts) > 8:
        score -= 2.0
    return score


def has_place(piece: str) -> bool:
    """Whether one of its words is a known town, region or country."""
    return any(fold(word).strip(".,") in words().places for word in piece.split())


def pick_employer(pieces: Sequence[str], leading: frozenset[int] = frozenset()) -> str:
    """The piece that looks most like a firm, the first of equals; empty where all are places or terms of employment.

    `leading` are the indexes of the pieces that begin a line without a title, where employers stand.
    """
    best, best_score = "", 0.0
    for at, piece in enumerate(pieces):
        score = employer_score(piece)
        if 0 < score < 3 and find_title(piece) is not None:
            score = 0.0 if piece.split()[-1].islower() else 0.25
        if score > 0:
            score += 0.4 * (at in leading) + 0.6 * (_LEGAL.search(piece) is not None)
        if score > best_score + 0.01:
            best, best_score = piece, score
    best = _LEAD_IN.sub("", re.sub(r"\s{2,}", " ", best))
    joint = _JOINT.search(best)
    if joint and find_title(best[: joint.start()]) is not None:
        best = best[joint.end() :]
    return _TRAIL.sub("", best).strip(" ,-–")
