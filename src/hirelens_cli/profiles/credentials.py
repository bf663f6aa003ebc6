"""Whether a certificate or licence is held, or only prepared for: `studying for the CPA examination`, `PMP (in progress)`."""

from __future__ import annotations

import re

from hirelens_cli.model.documents import Span

_REACH = 80
"""Characters of the same clause, on either side, that are looked at."""
_CLAUSE_END = re.compile(r"[.;:•|](?:\s|$)|\n(?=[^a-z])")
_BEFORE = re.compile(
    r"(?:\b(?:study(?:ing)?|studies|prepar(?:e|ing)|sit(?:ting)?|scheduled|registered|enrolled|eligib(?:le|ility)|candidate|"
    r"plan(?:s|ning)?|applied|waiting) (?:for|in|to(?:wards?| sit(?: for)?| take| obtain| earn)?)"
    r"|\b(?:work(?:ing)? (?:towards?|on)|pursuing|in pursuit of|studying|awaiting|expected|pending|future|aspiring"
    r"|vorbereitung auf(?: d(?:ie|en|as))?|prépar(?:e|ant|ation (?:de|du|à))|preparando|preparación (?:de|para)"
    r"|preparazione (?:a|per)|voorbereiding op|preparação para))"
    # One to four words may stand between: `for the AWS`, `my second`; no comma, which begins another thing.
    r"(?: [\w'’&-]+){0,4} ?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[ ]?[-–—,(/]?[ ]?(?:(?:exam(?:ination)?s?|test|certification|certificate|licen[cs](?:e|ing|ure)|designation|level [i\d]+)[ ]?[-–—,(]?[ ]?)?"
    r"(?:(?:currently |still )?(?:in (?:progress|process|preparation|vorbereitung|corso|voorbereiding)|en (?:cours|curso|preparación|préparation)"
    r"|em (?:curso|andamento|preparação)|pending|candidate|eligible|expected|anticipated|scheduled|not yet)\b)",
    re.IGNORECASE,
)


def is_pursued(text: str, mention: Span) -> bool:
    """Whether the words around the name of a credential say that it is still to come."""
    begin = max(0, mention.start - _REACH)
    for end in _CLAUSE_END.finditer(text, begin, mention.start):
        begin = end.end()
    before = " ".join(text[begin : mention.start].split()) + " "
    after = " ".join(text[mention.end : mention.end + _REACH].split("\n\n")[0].split(" "))
    return _BEFORE.search(before) is not None or _AFTER.match(after) is not None
