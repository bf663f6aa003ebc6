"""What is unclear, contradictory, unlawful or biased in a job description, each with the rule it rests on.

It points at words, it is no legal advice: what is lawful depends on the place and the post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hirelens_cli.model.documents import Span
from hirelens_cli.model.issues import Severity
from hirelens_cli.model.jobs import Job, Requirement, RequirementKind

MANY_MUSTS = 12
"""Skills that are each a must; beyond that few real people have them all."""
FEW_WORDS = 40

_AGE = "Age: US ADEA 29 USC 623(e), EU Directive 2000/78/EC, UK Equality Act 2010, German AGG §§ 1, 11"
_SEX = "Sex: US Title VII 42 USC 2000e-3(b), EU Directive 2006/54/EC, UK Equality Act 2010, German AGG §§ 1, 11"
_ORIGIN = "Origin: US Title VII 42 USC 2000e-3(b), EU Directive 2000/43/EC, UK Equality Act 2010, German AGG §§ 1, 11"
_CITIZEN = "Citizenship: US INA 8 USC 1324b; EU Regulation 492/2011 for EU nationals"
_BELIEF = "Religion and belief: US Title VII 42 USC 2000e-3(b), EU Directive 2000/78/EC, UK Equality Act 2010"
_HEALTH = "Disability and health: US ADA 42 USC 12112, EU Directive 2000/78/EC, UK Equality Act 2010"
_FAMILY = "Family status and pregnancy: US Title VII 42 USC 2000e(k), EU Directive 2006/54/EC"
_LOOKS = "Appearance: an indirect sign of age, sex and origin; same laws as those"
_PLACE = "Place as a proxy: Illinois Human Rights Act as amended by HB 3773 (no ZIP code as a proxy)"
_PAY = "Pay history: EU Directive 2023/970 art. 5 and the laws of many US states"
_RECORD = "Criminal record: fair-chance laws of many US states and cities; GDPR art. 10"
_CODED = "Gendered wording: Gaucher, Friesen and Kay (2011) found that such words turn women away"
_PLAIN = "Plain language: a requirement that cannot be checked cannot be defended"
_LOGIC = "Consistency: one half of the description denies the other"
_MEASURE = "Validity: what is asked must be needed for the work (US UGESP 29 CFR 1607)"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a careful recruiter would change."""

    code: str
    severity: Severity
    """error: likely unlawful in many places; warning: biased or contradictory; info: unclear."""
    message: str
    hint: str
    rule: str
    """What it rests on: a law, a study, or a principle of the house."""
    span: Span | None = None
    """In the job's source text; None for what concerns the whole."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """Words that are looked for anywhere in the description."""

    code: str
    severity: Severity
    message: str
    hint: str
    rule: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    """Harmless where this is found within a few words."""


def _wording(
    code: str, severity: Severity, message: str, hint: str, rule: str, pattern: str, unless: str = ""
) -> _Wording:
    return _Wording(
        code,
        severity,
        message,
        hint,
        rule,
        re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE),
        re.compile(unless, re.IGNORECASE) if unless else None,
    )


_WORDINGS = (
    _wording(
        "age",
        Severity.ERROR,
        "asks for an age",
        "ask for what the work needs; a legal minimum age may be named",
        _AGE,
        r"(?:aged?|ages|age range:?|between) (?:between )?\d\d ?(?:-|–|to|and) ?\d\d(?: years)?(?= (?:years )?(?:old|of age)|[ ,.;)]|$)|(?:under|below|not older than|no older than|maximum age(?: of| is|:)?|max age:?|up to) \d\d(?: years (?:old|of age))?(?= years (?:old|of age)| only|[.,;\n]|$)"
        r"|young (?:and (?:\w+ )?)?(?:\w+ )?(?:team|people|person|man|woman|men|women|professionals?|candidates?|talent|company|graduates?|minds)|youthful|digital natives?|recent (?:college |university |high school )?graduates?|mature (?:person|candidate|individual|lady|gentleman)|retirees?|graduated (?:within|in) the (?:last|past) \w+ years?|graduated (?:no|not) more than \w+ years? ago|over[- ]?qualified (?:candidates|applicants|people)"
        r"|junges? (?:und \w+ )?(?:\w+ )?team|(?:nicht älter als|höchstens|maximal|bis) \d\d jahre(?: alt)?|zwischen \d\d und \d\d jahren|jung(?:e|er|en) (?:mitarbeiter|kolleg|frau|mann|leute|menschen)\w*"
        r"|jeune (?:équipe|diplômée?|homme|femme)|(?:âgée?s? )?(?:de )?moins de \d\d ans|entre \d\d et \d\d ans|équipe jeune"
        r"|(?:edad|idade) (?:máxima|entre|hasta|até)|entre \d\d (?:y|e) \d\d (?:años|anos)|menor(?:es)? de \d\d|equipo joven|equipa? jovem|jóvenes|età (?:massima|compresa|tra)|giovane (?:team|dinamic\w+|età)|massimo \d\d anni|jong (?:en \w+ )?team|leeftijd (?:tussen|tot|maximaal)|maximaal \d\d jaar",
        unless=r"experience|erfahrung|expérience|experiencia|experiência|esperienza|ervaring|hours|customers|clients|children|pupils|students aged|minutes|%",
    ),
    _wording(
        "gender",
        Severity.ERROR,
        "asks for a man or a woman",
        "name the work, not the sex; both may apply",
        _SEX,
        r"(?:male|female)s? (?:candidates?|applicants?|only|preferred|staff|employees?|assistants?|drivers?|receptionists?|nurses?)|(?:only )?(?:men|women|ladies|gentlemen) (?:only|preferred)|must be (?:male|female|a man|a woman)|(?:young|attractive|pretty|nice) (?:lady|girl|woman|man|gentleman)|girl friday|cleaning lady"
        r"|nur (?:männer|frauen)|(?:männliche|weibliche)r? (?:bewerber|kandidat|mitarbeiter)\w*|homme uniquement|femme uniquement|solo (?:hombres|mujeres|uomini|donne)|sexo (?:masculino|femenino|feminino)|sesso (?:maschile|femminile)|alleen (?:mannen|vrouwen)",
    ),
    _wording(
        "gendered-title",
        Severity.WARNING,
        "uses a word that names one sex",
        "use the neutral word: salesperson, chair, waiting staff, handyperson",
        _SEX,
        r"sales(?:man|men|girl|lady)|(?:chair|fore|handy|repair|doormen|door|fire|police|trades?|crafts?|camera|delivery|watch)(?:man|men)|waitress(?:es)?|stewardess(?:es)?|barmaid|barman|hostess(?:es)?|actress|seamstress|businessman|businessmen|manpower|man[- ]hours|housewife|(?:working )?mothers?(?= returning)|(?<!\w)(?:he|his|him|she|her) (?:will|must|should|has|is|or she)",
        unless=r"he or she|she or he|he/she|s/he|his or her|his/her|him or her",
    ),
    _wording(
        "coded-wording",
        Severity.INFO,
        "uses a word that is known to put people off",
        "say what is done: `builds`, `decides`, `meets the deadline`",
        _CODED,
        r"ninjas?|rock ?stars?|gurus?|wizards?|hackers?(?= (?:mindset|mentality|wanted))|dominate|dominant|crush(?:es|ing)? (?:it|targets|quota)|aggressive(?:ly)?|killer instinct|alpha|fearless|work hard,? play hard|thick[- ]skinned|hustle|hungry|beast mode|bro culture|man up|war room",
        unless=r"configuration wizard|setup wizard",
    ),
    _wording(
        "native-speaker",
        Severity.ERROR,
        "asks for a native speaker",
        "ask for the level that the work needs, for example C1 or C2",
        _ORIGIN,
        r"native(?:[- ]level)? (?:\w+ )?(?:speakers?|speaking)|native (?:english|german|french|spanish|italian|dutch|portuguese)|mother tongue|native tongue|(?:without|no|neutral) (?:\w+ )?accent|accent[- ]free|muttersprach\w*|langue maternelle|lengua materna|nativos?(?= de)|(?:inglés|español|alemán|francés) nativo|língua materna|madrelingua|moedertaal|akzentfrei\w*",
    ),
    _wording(
        "origin",
        Severity.ERROR,
        "names race, colour or national origin",
        "leave it out",
        _ORIGIN,
        r"(?:caucasian|white|black|asian|hispanic|arab|european|western|indian|african|american|british|german|french)s? (?:candidates?|applicants?|only|preferred|descent|origin|looking|appearance)|(?:of|from) (?:european|asian|african|western|german) (?:origin|descent)|(?:deutscher|europäischer) herkunft|d'origine (?:européenne|française)|ethnic background (?:required|preferred)",
        unless=r"regardless|irrespective|without regard|all |discriminat|history|literature|market|studies|cuisine|african american (?:history|studies)",
    ),
    _wording(
        "citizenship",
        Severity.WARNING,
        "asks for a citizenship",
        "ask for the right to work, unless a law or a clearance demands the citizenship; then name it",
        _CITIZEN,
        r"(?:u\.?s\.?a?|american|us|british|uk|eu|german|french|spanish|italian|dutch|canadian|australian) (?:citizens?(?:hip)?|nationals?)(?: only| required)?|(?:must be|be) (?:a )?citizens?(?: of)?|citizens only|deutsche staatsangehörigkeit|nationalité française|nacionalidad española|nacionalidade portuguesa|cittadinanza italiana|nederlandse nationaliteit",
        unless=r"clearance|itar|export control|or (?:a )?(?:permanent|lawful)|regardless",
    ),
    _wording(
        "belief",
        Severity.ERROR,
        "asks for a religion",
        "leave it out, unless the employer is a religious body and the post demands it",
        _BELIEF,
        r"(?:christian|catholic|protestant|muslim|jewish|hindu|church[- ]going|god[- ]fearing|practi[sc]ing \w+) (?:candidates?|applicants?|only|preferred|faith required|believers?)|(?:must|should) be (?:christian|catholic|muslim|jewish|religious)|konfession(?:szugehörigkeit)?(?: \w+){0,2} (?:erforderlich|vorausgesetzt|erwartet)|zugehörigkeit zur (?:\w+ )?kirche|religion:",
        unless=r"regardless|irrespective|without regard|discriminat",
    ),
    _wording(
        "health",
        Severity.ERROR,
        "asks for a healthy or able body as such",
        "name the task (`carries boxes of 15 kg`) and say that adjustments can be made",
        _HEALTH,
        r"able[- ]bodied|physically fit|(?:good|excellent|perfect) (?:physical )?health(?= |\.|,|;|$)(?! (?:insurance|care|plan|benefits|outcomes|service))|no (?:disabilit(?:y|ies)|health (?:problems|issues)|medical conditions)|mentally (?:stable|fit)|körperlich (?:fit|gesund)|gesundheitlich fit|bonne (?:santé|condition physique)|buena salud|boa saúde|buona salute|sana e robusta costituzione|goede gezondheid|non[- ]smokers?|nichtraucher(?:in)?",
        unless=r"population|patients|public",
    ),
    _wording(
        "family",
        Severity.ERROR,
        "asks about family, marriage or children",
        "leave it out; say when and where the work is done",
        _FAMILY,
        r"unmarried|family man|(?:single|married)(?: (?:candidates?|applicants?|persons?|women|men|only|preferred))|no (?:children|kids|family (?:commitments|obligations|ties))|without (?:children|family (?:commitments|obligations))|marital status|not pregnant|ungebunden|ledig|familienstand|sans enfants?|célibataire|soltero|soltera|sin hijos|estado civil|sem filhos|solteir[oa]|senza figli|nubile|celibe|stato civile|burgerlijke staat",
        unless=r"regardless|irrespective|without regard|discriminat|protected|based on|basis of|unabhängig|ungeachtet|indépendamment|sin distinción|independientemente|ongeacht",
    ),
    _wording(
        "appearance",
        Severity.WARNING,
        "asks for looks or a photo",
        "leave it out; where clothes matter, say which are worn",
        _LOOKS,
        r"(?:attractive|good[- ]looking|well[- ]groomed|presentable|pleasant(?:[- ]looking)?|neat|handsome|beautiful|slim)(?: (?:appearance|looks?|person(?:ality)?|individual|candidates?|lady|receptionist))|good[- ]looking|(?:recent |attach (?:a |your )?|with (?:a |your )?|include (?:a |your )?)(?:photo(?:graph)?|picture)(?: of (?:yourself|you))?|photo(?:graph)? (?:is )?(?:required|mandatory)|gepflegtes (?:äußeres|erscheinungsbild|auftreten)|lichtbild|bewerbungsfoto|(?:cv|candidature) avec photo|bonne présentation|buena presencia|con (?:foto|fotografía)|boa (?:aparência|apresentação)|bella presenza|con foto|representatief uiterlijk|met (?:pas)?foto",
    ),
    _wording(
        "postcode",
        Severity.WARNING,
        "uses a ZIP code or a neighbourhood as a condition",
        "ask whether the person can be at the place at the hours",
        _PLACE,
        r"(?:live|living|reside|residing|residents?|located|based)(?: \w+){0,4} (?:zip|postal|post) ?codes?(?: \w+)?|zip ?codes?|(?:local|nearby) (?:residents?|candidates?) only|must (?:live|reside) (?:within|in|near)|residents of \w+ only|wohnort(?: \w+){0,3} (?:umkreis|nähe)|domicilié à|residir en|residenza in zona|woonachtig in",
    ),
    _wording(
        "pay-history",
        Severity.ERROR,
        "asks for present or former pay",
        "name the range that you pay; ask what the person expects, if you must",
        _PAY,
        r"(?:current|previous|present|last|past) (?:salary|pay|compensation|wage|ctc)|salary history|letztes gehalt|bisheriges gehalt|salaire (?:actuel|précédent)|salario (?:actual|anterior)|salário (?:atual|anterior)|retribuzione attuale|ral attuale|huidig salaris",
    ),
    _wording(
        "record",
        Severity.WARNING,
        "shuts out everyone with a record",
        "say which offences matter for the post and when a check is made",
        _RECORD,
        r"(?:no|clean|clear) criminal (?:record|history|background)|no (?:felonies|felony|convictions?|criminal convictions?)|felons need not apply|casier judiciaire vierge|sin antecedentes penales|sem antecedentes criminais|fedina penale pulita",
    ),
    _wording(
        "employed-only",
        Severity.WARNING,
        "shuts out people who are out of work",
        "leave it out",
        _MEASURE,
        r"(?:must be |only )?currently employed(?: (?:only|candidates|applicants))?|no (?:employment |career |resume |cv )?gaps|unemployed (?:need not apply|candidates will not)|ungekündigte[rsnm]?(?: \w+)? (?:stellung|anstellung)",
    ),
    _wording(
        "own-car",
        Severity.INFO,
        "asks for a car of one's own",
        "ask whether the person can be where the work is; ask for a licence where driving is the work",
        _MEASURE,
        r"(?:own|have|having|possess) (?:a |your |their |an? own |own )?(?:reliable )?(?:car|vehicle|transportation)(?= |[.,;\n]|$)(?! (?:insurance|industry|sales|maintenance|fleet))|own (?:a )?(?:car|vehicle|transport(?:ation)?)|eigene[sn]? (?:auto|pkw|fahrzeug)|véhicule personnel|voiture personnelle|(?:coche|vehículo|carro|veículo) propio?|veículo próprio|auto propria|automunit[oaie]|eigen (?:auto|vervoer)",
    ),
    _wording(
        "vague",
        Severity.INFO,
        "cannot be checked",
        "give a number, a tool or an example",
        _PLAIN,
        r"several years|etc|(?:some|sufficient|enough|adequate|relevant|suitable|appropriate|extensive|significant|considerable) (?:\w+ )?experience|and so on|and more|mehrjährige (?:\w+ )?(?:berufs)?erfahrung|einschlägige erfahrung|plusieurs années|expérience significative|varios años|experiencia demostrable|vários anos|pluriennale esperienza|enkele jaren|ruime ervaring|other duties as assigned|wear many hats|fast[- ]paced|self[- ]starter|go[- ]getter|culture fit|cultural fit",
    ),
)


def lint(job: Job) -> tuple[Finding, ...]:
    """What is worth changing in `job`: wording in the order of the text, then what concerns the whole."""
    found = sorted(_worded(job), key=lambda finding: (finding.span or Span(0, 0), finding.code))
    return (*found, *_one_sex(job), *_contradictions(job), *_unclear(job))


def _worded(job: Job) -> Iterator[Finding]:
    text = job.source_text.replace("’", "'")
    for wording in _WORDINGS:
        for match in wording.pattern.finditer(text):
            around = text[max(0, match.start() - 60) : match.end() + 60]
            if wording.unless is not None and wording.unless.search(around):
                continue
            if wording.code == "age" and _is_minimum_age(text, match):
                continue
            yield Finding(
                wording.code, wording.severity, wording.message, wording.hint, wording.rule, Span(*match.span())
            )


_ALL_SEXES = re.compile(
    r"(?<!\w)[mwdxf](?:\s?[/|]\s?[mwdxf]){1,2}(?!\w)|(?:[/:*_·]-?in(?:nen)?|kraft|kräfte|hilfe|leitung|person|assistenz)(?!\w)"
    r"|all genders|alle geschlechter",
    re.IGNORECASE,
)


def _one_sex(job: Job) -> Iterator[Finding]:
    """A German title in the masculine alone."""
    if job.language == "de" and job.source_text and not _ALL_SEXES.search(job.source_text):
        yield Finding(
            "title-for-one-sex",
            Severity.WARNING,
            f"the title {job.title} names one sex, and nothing says that it is meant for all",
            "add (m/w/d) or write the title in a neutral form",
            _SEX,
        )


def _is_minimum_age(text: str, match: re.Match[str]) -> bool:
    """`At least 18`, `21 or older`: a legal minimum may be named."""
    around = text[max(0, match.start() - 25) : match.end() + 20].casefold()
    return any(word in around for word in ("at least", "minimum", "or older", "and over", "mindestens", "au moins"))


_NO_DEGREE = re.compile(
    r"(?<!\w)no (?:\w+ ){0,2}degree (?:is )?(?:required|necessary|needed)|(?<!\w)degree (?:is )?not (?:required|necessary|needed)"
    r"|kein (?:studium|abschluss) (?:erforderlich|nötig)|sans diplôme|aucun diplôme (?:requis|exigé)|sin titulación|sem diploma|senza laurea|geen diploma (?:vereist|nodig)",
    re.IGNORECASE,
)


def _contradictions(job: Job) -> Iterator[Finding]:
    def finding(code: str, message: str, hint: str, asked: Requirement | None = None) -> Finding:
        return Finding(code, Severity.WARNING, message, hint, _LOGIC, asked.span if asked else None)

    years = [asked for asked in job.requirements if asked.kind is RequirementKind.YEARS and asked.must]
    title = next((asked for asked in job.requirements if asked.kind is RequirementKind.SENIORITY), None)
    for asked in years:
        if title is not None and title.minimum <= 2 and asked.minimum >= 36:
            yield finding(
                "junior-with-years", f"a junior title, yet {asked.text}", "lower the years or change the title", asked
            )
        elif asked.minimum >= 36 and re.search(r"(?<!\w)entry[- ]level(?!\w)", job.source_text, re.IGNORECASE):
            yield finding(
                "junior-with-years", f"entry level, yet {asked.text}", "lower the years or change the level", asked
            )
        if title is not None and title.minimum == 4 and asked.maximum and asked.maximum <= 24:
            yield finding(
                "senior-without-years",
                f"a senior title, yet {asked.text}",
                "raise the years or change the title",
                asked,
            )
        if asked.maximum and asked.minimum > asked.maximum:
            yield finding("range", f"{asked.text}: the minimum is above the maximum", "swap them", asked)
        if asked.maximum:
            yield Finding(
                "years-capped",
                Severity.WARNING,
                f"{asked.text}: an upper end shuts out older people",
                "ask for a minimum alone",
                _AGE,
                asked.span,
            )
        for skill in job.requirements:
            if skill.months and asked.maximum and skill.months > asked.maximum:
                message = f"{skill.months // 12} years of {skill.text}, yet {asked.text} in all"
                yield finding("skill-longer", message, "lower one or raise the other", skill)
    none_needed = re.search(
        r"(?<!\w)no (?:\w+ ){0,2}experience (?:is )?(?:required|necessary|needed)|keine (?:\w+ )?erfahrung (?:erforderlich|nötig)"
        r"|sans expérience|sin experiencia|sem experiência|senza esperienza|geen ervaring (?:vereist|nodig)",
        job.source_text,
        re.IGNORECASE,
    )
    if none_needed and any(asked.minimum >= 12 for asked in years):
        asked = years[0]
        yield finding("experience-denied", f"says that none is needed, yet asks for {asked.text}", "keep one", asked)
    degree = next((asked for asked in job.requirements if asked.kind is RequirementKind.DEGREE and asked.must), None)
    if degree is not None and _NO_DEGREE.search(job.source_text):
        yield finding("degree-denied", f"says that none is needed, yet asks for {degree.text}", "keep one", degree)
    lowered = job.source_text.casefold()
    if re.search(r"(?:fully|100 ?%) remote", lowered) and re.search(
        r"(?:fully|100 ?%|5 days) (?:on-?site|in[- ]office)", lowered
    ):
        yield finding("place-denied", "says both fully remote and fully on site", "keep one")


def _unclear(job: Job) -> Iterator[Finding]:
    musts = [asked for asked in job.requirements if asked.must and asked.kind is RequirementKind.SKILL]
    if len(musts) > MANY_MUSTS:
        yield Finding(
            "many-musts",
            Severity.WARNING,
            f"{len(musts)} skills are each a must",
            "keep what the first month needs; make the rest an advantage",
            _MEASURE,
        )
    scored = {RequirementKind.SKILL, RequirementKind.CERTIFICATE, RequirementKind.YEARS, RequirementKind.DEGREE}
    if not any(asked.kind in scored for asked in job.requirements):
        yield Finding(
            "nothing-asked",
            Severity.WARNING,
            "no skill, certificate, years or degree was recognised",
            "say what a person must know or have done; `hirelens job parse` shows what was understood",
            _PLAIN,
        )
    if not any(asked.kind is RequirementKind.RESPONSIBILITY for asked in job.requirements):
        yield Finding(
            "no-duties", Severity.INFO, "does not say what the person will do", "add three to eight duties", _PLAIN
        )
    if len(job.text.split()) < FEW_WORDS:
        yield Finding(
            "short",
            Severity.INFO,
            f"fewer than {FEW_WORDS} words to compare with",
            "describe the work and its tools",
            _PLAIN,
        )
    for asked in job.requirements:
        if asked.kind is RequirementKind.DEGREE and asked.must and not asked.or_equivalent:
            yield Finding(
                "degree-only",
                Severity.INFO,
                f"{asked.text} is a must, and no experience stands in for it",
                "where no law demands the degree, add `or equivalent experience`",
                _MEASURE,
                asked.span,
            )
