"""Which language a resume is written in, from its commonest words or its script; cheap enough to run on each."""

from __future__ import annotations

import re

_SAMPLE = 4_000
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 3
"""Words of a language that must be found, and how many times as many as of any other (1.3)."""

_WORDS: dict[str, str] = {
    "en": (
        "the and of to in for with from by on as at an is are was were using used have has which this that i my "
        "experience education skills work summary profile projects references languages developed managed responsible "
        "team years university present management professional including"
    ),
    "de": (
        "der die das und von zu mit für im den des dem ein eine einer bei auf als ist sind wurde sowie bis seit nach zur zum durch "
        "lebenslauf berufserfahrung ausbildung kenntnisse sprachen praktikum fähigkeiten persönliche studium entwicklung "
        "leitung heute berufliche abschluss deutsch englisch geburtsdatum"
    ),
    "fr": (
        "le la les des du de et à au aux un une en dans pour par sur avec est sont chez depuis ans que qui ou "
        "expérience expériences formation compétences langues diplôme stage français anglais gestion développement "
        "professionnelle professionnelles équipe projets université"
    ),
    "es": (
        "el la los las de del y en un una para por con que se al como es desde hasta años su "
        "experiencia educación formación habilidades idiomas laboral empresa gestión desarrollo inglés español actualidad "
        "perfil conocimientos universidad proyectos título"
    ),
    "it": (
        "il lo la gli le di del della dei delle e in un una per con che al alla presso dal nel anni è sono "
        "esperienza istruzione formazione competenze lingue lavoro italiano inglese università laurea gestione "
        "sviluppo esperienze lavorative capacità progetti azienda"
    ),
    "pt": (
        "o a os as de do da dos das e em um uma para por com que no na nos nas ao como são até desde "
        "experiência educação formação habilidades idiomas competências português inglês gestão desenvolvimento "
        "profissional empresa universidade anos projetos atual conhecimentos"
    ),
    "nl": (
        "de het een en van in op te met voor bij aan als is zijn door tot naar over heb ik mijn "
        "werkervaring opleiding opleidingen vaardigheden talen ervaring heden nederlands engels persoonlijke gegevens "
        "profiel werkzaamheden functie kennis diploma jaar ontwikkeling"
    ),
}
_KNOWN = {code: frozenset(words.split()) for code, words in _WORDS.items()}
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
"""One language stands for each script; Japanese comes first, as it is written with Chinese characters too."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_UKRAINIAN = re.compile("[їєґЇЄҐ]")


def detect(text: str) -> str:
    """ISO 639-1 code of the language of `text`; empty where undecided.

    Knows en, de, fr, es, it, pt, nl by their words, and ru, uk, zh, ja, ko, ar, he, el, th, hi by script. Looks at the
    first 4,000 characters.
    """
    sample = text[:_SAMPLE]
    if not sample.isascii() and (code := _by_script(sample)):
        return code
    words = _WORD.findall(sample.lower())
    counts = sorted(((sum(map(known.__contains__, words)), code) for code, known in _KNOWN.items()), reverse=True)
    (best, code), (second, _), *_ = counts
    if best < _LEAST or best < 1.3 * second or best < 0.02 * len(words):
        return ""
    return code


def _by_script(sample: str) -> str:
    """The language whose script most letters are in; empty for Latin."""
    latin = len(_LATIN.findall(sample))
    for code, script in _SCRIPTS:
        count = len(script.findall(sample))
        if code == "ja" and count * 8 > latin and count > 20:
            return code
        # A Chinese character says as much as two Latin letters; names of technologies stay Latin in every language.
        if count > (0.3 if code in ("zh", "ko") else 0.7) * latin and count >= 10:
            return "uk" if code == "ru" and len(_UKRAINIAN.findall(sample)) * 100 > count else code
    return ""
