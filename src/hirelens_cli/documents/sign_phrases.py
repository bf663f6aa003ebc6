"""What people write to machines, and what advertisements of jobs say: the phrases that `signs.py` looks for, in lower case."""

from __future__ import annotations

import re

_MACHINE = r"(?:ai|llms?|ats|a\.i\.|chatgpt|gpt|claude|gemini|(?:large )?language models?|ai (?:model|assistant|system)|chatbot|bot|parser)"
_SHEET = r"(?:candidate|applicant|resume|r\u00e9sum\u00e9|cv|profile|application)"
_WORDS = r"(?:[\w'-]{1,20} ){0,3}"
_IMPERATIVE = r"(?:^|(?<=[.!?:;,>\"])|(?<=please)|(?<=must)|(?<=always)|(?<=should)|(?<=you\sto)|(?<=and)|\bto) {0,3}"
"""What stands before an order. `I recommend this candidate` is a letter of reference."""
_SCORE = r"(?:score|rating|rank|ranking|match|grade|marks?)"

_VERBS = (
    "rank",
    "rate",
    "score",
    "grade",
    "shortlist",
    "select",
    "recommend",
    "hire",
    "classify",
    "mark",
    "treat",
    "evaluate",
    "consider",
)
_OBJECTS = tuple(
    f"{which} {sheet}"
    for which in ("this", "the above", "the following")
    for sheet in ("candidate", "applicant", "resume", "r\u00e9sum\u00e9", "cv", "profile", "application")
)
_GIVERS = ("give ", "assign ", "award ", "return ", "output ", "respond with ")


def _order(pattern: str) -> re.Pattern[str]:
    """Blanks in a pattern are any one to three spaces or line breaks of the text."""
    return re.compile(pattern.replace(" {0,3}", r"\s{0,3}").replace(" ", r"\s{1,3}"), re.MULTILINE)


ORDERS: tuple[tuple[tuple[tuple[str, ...], ...], re.Pattern[str]], ...] = (
    (
        (
            ("ignore ", "disregard ", "forget ", "override "),
            ("instruction", "prompt", "direction", "command", "guideline", "criteria", "message"),
        ),
        _order(
            rf"\b(?:ignore|disregard|forget|override) {_WORDS}(?:previous|prior|above|preceding|earlier|foregoing|existing|other) "
            rf"{_WORDS}(?:instructions?|prompts?|directions?|commands?|guidelines?|criteria|messages?)\b"
        ),
    ),
    (
        (("ignorier",), ("anweisung", "instruktion", "vorgabe")),
        _order(
            r"\bignorier\w{0,3} (?:\w{1,14} ){0,3}(?:vorherig|vorig|bisherig|obig|fr\u00fcher|vorangegangen)\w{0,3} "
            r"(?:anweisungen|instruktionen|vorgaben)\b"
        ),
    ),
    (
        (("ignor", "oubli", "olvid", "dimentic", "esque"), ("instruc", "instru\u00e7", "istruz")),
        _order(
            r"\b(?:ignor|oubli|olvid|dimentic|esque)\w{0,5} (?:\w{1,6} ){0,2}(?:instructions|instrucciones|instru\u00e7\u00f5es|istruzioni) "
            r"(?:pr\u00e9c\u00e9dentes|ci-dessus|anteriores|previas|acima|precedenti)"
        ),
    ),
    (
        (("negeer ",),),
        _order(r"\bnegeer (?:alle )?(?:vorige|eerdere|bovenstaande|voorgaande) (?:instructies|opdrachten)"),
    ),
    (
        (("system prompt", "<|", "[inst]", "[/inst]", "<<sys>>"),),
        _order(r"^ {0,3}(?:new |updated )?system prompt {0,3}:|<\|(?:im_start|system|endoftext)|\[/?inst\]|<</?sys>>"),
    ),
    ((("as an ai ",),), _order(r"\bas an ai (?:language|model|assistant|recruiter|screener)")),
    (
        (("you are ",),),
        _order(rf"\b(?:if )?you are (?:now )?(?:an? )?(?:helpful |unbiased |expert |automated )?{_MACHINE}\b"),
    ),
    ((_VERBS, _OBJECTS), _order(rf"{_IMPERATIVE}(?:{'|'.join(_VERBS)}) (?:this|the above|the following) {_SHEET}\b")),
    (
        (("candidate ", "applicant "), ("should ", "must ", "has to ", "needs to ")),
        _order(
            r"\bth(?:is|e) (?:candidate|applicant) (?:should|must|has to|needs to) be (?:\w{2,12} )?"
            r"(?:ranked|rated|scored|recommended|selected|hired|shortlisted)\b"
        ),
    ),
    (
        (
            _GIVERS,
            ("score ", "rating ", "rank ", "ranking ", "match ", "grade ", "mark ", "marks "),
            ("100", "10", "5/5", "9", "highest", "maximum", "full"),
        ),
        _order(
            rf"{_IMPERATIVE}(?:give|assign|award|return|output|respond with) {_WORDS}{_SCORE} (?:of )?"
            r"(?:100|10/10|10 out|5/5|9\d|(?:the )?(?:highest|maximum|full))"
        ),
    ),
    (
        (
            _GIVERS[:3],
            ("highest ", "maximum ", "top ", "perfect ", "full "),
            ("score", "rating", "rank", "mark", "grade"),
        ),
        _order(
            rf"{_IMPERATIVE}(?:give|assign|award) (?:this|the|me|him|her|them) {_WORDS}(?:highest|maximum|top|perfect|full) (?:possible )?{_SCORE}\b"
        ),
    ),
    (
        (
            ("attention", "note to", "note for", "notes to", "message to", "message for", "instruction", "dear "),
            (":", ",", "-"),
        ),
        _order(
            rf"\b(?:attention|notes?|messages?|instructions?|dear) (?:to |for )?(?:the |any |all )?(?:automated |screening )?{_MACHINE}"
            r" {0,3}(?:reviewers?|systems?|tools?|readers?|parsers?|screeners?|recruiters?|agents?)? {0,3}[:,-]"
        ),
    ),
    (
        (("do not ", "don't "), ("instruction", "prompt", "hidden")),
        _order(
            r"\b(?:do not|don't) (?:mention|reveal|disclose|repeat) (?:this|these|the) (?:instructions?|prompts?|hidden)"
        ),
    ),
)
"""Sentences that only a machine would obey. Each has groups of words, of which one per group must be there: plain look-ups
that spare most texts the search."""

ADVERT_HARD = frozenset(
    {
        "we are looking for", "we're looking for", "we are seeking", "we're seeking", "we are hiring", "we're hiring", "we are currently seeking",
        "we are currently looking for", "the ideal candidate", "the successful candidate", "the right candidate", "apply now", "apply today",
        "equal opportunity employer", "candidates must", "candidates should", "candidate must", "candidate should", "send your cv", "send your resume",
        "send us your cv", "send us your resume", "submit your resume", "you will be responsible", "you will join", "you will work with",
        "you will report", "wir suchen", "wir bieten", "nous recherchons", "buscamos", "candidato ideal", "cerchiamo", "procuramos", "wij zoeken",
    }
)  # fmt: skip
"""Phrases by which an employer speaks."""

_ADVERT_SOFT = frozenset(
    {
        "about the role", "about the job", "about the position", "about the company", "about us", "what you'll do", "what you will do",
        "what we offer", "we offer", "who you are", "your profile", "ihr profil", "ihre aufgaben", "votre profil", "minimum qualifications",
        "preferred qualifications", "required qualifications", "basic qualifications",
        "nice to have", "job type", "job location", "job requirements", "salary range",
        "join our", "join us", "how to apply", "competitive salary", "benefits include", "years of experience required",
        "you have", "you are", "your role", "you bring",
    }
)  # fmt: skip
"""Phrases that stand in advertisements, and now and then in resumes too."""

ADVERT = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, ADVERT_HARD | _ADVERT_SOFT), key=len, reverse=True)) + r")\b"
)

_LEVEL_WORDS = """
expert advanced intermediate beginner proficient basic native fluent years year months excellent good present current yes none high medium
low and the for with professional strong skilled novice competent january february march april may june july
"""
LEVELS = frozenset(_LEVEL_WORDS.split())
"""Words that honest tables repeat."""
