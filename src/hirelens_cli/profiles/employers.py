"""Which piece of a position's head lines is the employer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hirelens_cli.profiles.personal import words
from hirelens_cli.profiles.tokens import fold

_CUT = re.compile(
    r"[|\t•·●;()\[\]]|,(?! (?:Inc|LLC|Ltd|Llc|L\.L\.C|S\.A|LLP|PLC|Co|Corp|P\.C|N\.A)\b)| [-–—]+(?= |$)|^[-–—]+ | {3,}|(?<=\w)[–—](?=[A-Z])| @ |(?:^| )(?:at|bei|chez|presso|en la|bij|of|for|with)(?= [A-Z]) |: | / |-  "
)
_FIRM = re.compile(
    r"(?<!\w)(?:inc|llc|ltd|limited|gmbh|ag|kg|se|plc|llp|corp|corporation|co|company|s\.?a\.?|s\.?l\.?|s\.?r\.?l\.?|s\.?p\.?a\.?|b\.?v\.?|n\.?v\.?|sarl|sas|lda|ltda|pvt|pte|pty|ohg|ug|e\.v|mbh|& co|cie|gruppe|groupe|grupo|gruppo|groep|holding|holdings|"
    r"technologies|technology|solutions|systems|services|software|consulting|consultancy|consultants|associates|partners|industries|enterprises|international|global|group|labs|laboratories|motors|airlines|airways|hotel|hotels|resort|hospital|hospitals|clinic|klinik|klinikum|medical center|medical centre|healthcare|health system|pharmacy|apotheke|bank|banco|banque|insurance|"
    r"versicherung|university|universität|université|universidad|universidade|università|universiteit|college|school|schools|schule|school district|academy|institute|school board|department of|ministry|council|county|city of|state of|government|agency|bureau|authority|commission|foundation|stiftung|society|association|verein|church|restaurant|ristorante|restaurante|café|cafe|bakery|bar|grill|kitchen|"
    r"stores|store|supermarket|market|retail|construction|builders|contractors|engineering|electric|plumbing|logistics|transport|shipping|freight|motor|auto|automotive|energy|power|oil|gas|steel|media|studio|studios|publishing|press|news|records|entertainment|capital|finance|financial|investments|securities|realty|properties|real estate|law firm|law office|kanzlei|"
    r"networks|telecom|communications|mobile|digital|infotech|info|infosystems|tech|bpo|infosys|wipro|tcs|accenture|ibm|oracle|microsoft|google|amazon|deloitte|kpmg|pwc|siemens|bosch|cognizant|capgemini|navy|army|air force|marines|police|nhs|hospice|nursing home|care home|pflegeheim|seniorenheim|altenheim|spa|gym|fitness|farm|farms|winery|brewery|museum|library|theatre|theater|zoo|airport|warehouse|manufacturing|works|mills|foods|beverages|pharma|pharmaceuticals|biotech|chemicals|plastics|textiles|apparel|fashions?|jewelers|salon|dental|veterinary|company name)(?!\w)\.?",
    re.IGNORECASE,
)
_NOT_EMPLOYER = re.compile(
    r"(?:full[- ]?time|part[- ]?time|contract(?:or)?|freelance|remote|hybrid|permanent|temporary|internship|vollzeit|teilzeit|cdi|cdd|temps plein|temps partiel|tiempo completo|media jornada|current|present|city ?,? ?state|city|state|onsite|\d.*|(?:\d{1,2}|one|two|three|four|five|six) (?:years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois|años?|meses|anos?|anni|mesi|jaar|maanden).*|less than.*|location.*|duration.*|period.*|from|to|since|till|until|date|dates?|responsibilit.*|till date|work(?:ed|ing)?|as|and|the|team size.*|key .*|projects?|seit|von|bis|depuis|desde|dal|sinds|n/?a|hours? per week.*|salary.*|months?|years?)",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:(?:currently|presently|previously|now|also|have|has|been|was) )*(?:work(?:ed|ing)|employed|associated|intern(?:ed|ing)?) (?:as [\w /-]{3,40} )?(?:in|at|with|for|by) |^(?:at|in|with|for|from|bei|chez|presso) ",
    re.IGNORECASE,
)
_TRAIL = re.compile(r" (?:from|since|as|on|in|at|during|between|till|until|for|and|as an?)$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[[a-z][a-z ]{0,30}\]")
_ANONYMOUS = re.compile(r"company ?name\W?", re.IGNORECASE)
_STATE = re.compile(r"[A-Z]{2}(?: \d{5})?|[A-Z]\.[A-Z]\.?(?:[A-Z]\.?)?")


def segments(text: str) -> list[str]:
    """The pieces of a head line between separators, placeholders and bare signs left out."""
    pieces, start = [], 0
    plain = _PLACEHOLDER.sub(" | ", text)
    anonymous = _ANONYMOUS.search(plain)
    if anonymous:
        plain = f"{plain[: anonymous.start()]} | {anonymous[0]} | {plain[anonymous.end() :]}"
    for match in _CUT.finditer(plain):
        pieces.append(plain[start : match.start()])
        start = match.end()
    pieces.append(plain[start:])
    cleaned = [piece.strip(" \t-–—,:.•*|/'\"") if not piece.strip().endswith((".",)) else piece.strip(" \t-–—,:•*|/'\"") for piece in pieces]
    return [piece for piece in cleaned if len(piece) > 1 and any(char.isalpha() for char in piece)]


def employer_score(piece: str) -> float:
    """How much a piece looks like a firm: 3 and more for one that says so (Ltd, Hospital), below 0 for places and terms of employment."""
    stripped = piece.strip()
    if not stripped or _NOT_EMPLOYER.fullmatch(stripped):
        return -3.0
    if _ANONYMOUS.fullmatch(stripped):
        return 4.0
    score = 0.0
    if _FIRM.search(stripped):
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


def pick_employer(pieces: Sequence[str]) -> str:
    """The piece that looks most like a firm, the first of equals; empty where all are places or terms of employment."""
    best, best_score = "", 0.0
    for piece in pieces:
        score = employer_score(piece)
        if score > best_score + 0.01:
            best, best_score = piece, score
    best = _LEAD_IN.sub("", re.sub(r"\s{2,}", " ", best))
    return _TRAIL.sub("", best).strip(" ,-–")
