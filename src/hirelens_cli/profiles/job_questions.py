"""What only a conversation can settle: place, remote work, visa, clearance, travel, shifts. Shown, never scored."""

from __future__ import annotations

import re

from hirelens_cli.model.documents import Span

_TOPICS: tuple[tuple[str, str], ...] = (
    (
        "Work permit",
        r"visas?|sponsorship|right to work|work (?:permit|authori[sz]ation)|(?:legally )?authori[sz]ed to work|eligib\w+ to work|citizen(?:s|ship)?|permanent residents?|green card|arbeitserlaubnis|aufenthaltstitel|permis de travail|autorisation de travail|permiso de trabajo|autorização de trabalho|permesso di (?:lavoro|soggiorno)|werkvergunning",
    ),
    (
        "Clearance and checks",
        r"(?:security |secret |ts/sci |sc |dv )clearance|top secret|background (?:check|screening|investigation)|criminal record|dbs(?: check)?|drug (?:test|screen)\w*|police check|disclosure and barring|vetting|sicherheitsüberprüfung|führungszeugnis|habilitation (?:secret|confidentiel)\w*|casier judiciaire|antecedentes penales|registo criminal|antecedentes criminais|certificato penale|verklaring omtrent (?:het )?gedrag|vog(?=\W)",
    ),
    (
        "Travel",
        r"(?:willing(?:ness)?|able|ability|required|need|prepared|ready|flexib\w+|availab\w+)(?: \w+){0,2} travel|travel (?:up to|required|is required|requirements?|may|occasionally|regularly|domestically|internationally|nationally|extensively|between|to (?:client|customer|other|our))|(?:occasional|frequent|regular|domestic|international|business|some|extensive|overnight|national|limited) travel|\d{1,3} ?% (?:of )?travel|reisebereitschaft|dienstreisen|reisetätigkeit|déplacements?|disponibilidad (?:para|de) viajar|viajes|disponibilidade para (?:viajar|viagens|deslocações)|trasferte|disponibilità a (?:trasferte|viaggiare|spostamenti)|reisbereid\w*|bereid (?:om )?te reizen",
    ),
    (
        "Shifts and hours",
        r"shift ?work|(?:night|rotating|evening|early|late|weekend|day|split|early morning|12-hour|on-call|second|third|1st|2nd|3rd|swing) shifts?|shifts?(?= (?:pattern|rota|work|availab))|on[- ]call|weekends?(?: and| or| work|,| availability)|week-ends?|(?:evenings|nights|bank holidays|public holidays)|overtime|24/7|unsocial hours|schicht\w*|nachtdienst\w*|wochenend\w*|rufbereitschaft|bereitschaftsdienst\w*|überstunden|horaires décalés|travail de nuit|astreintes?|3x8|2x8|turnos?(?= )|nocturnos?|fines de semana|fins? de semana|guardias|turni|notturn[oi]|festivi|reperibilità|ploegendienst\w*|nachtdienst\w*|weekenddienst\w*|onregelmatige (?:diensten|werktijden)|avonddienst\w*",
    ),
    (
        "Remote or on site",
        r"(?:fully |100% |partly |partially )?remote(?:ly)?(?! (?:sensing|control|monitoring|support|access|desktop|teams?|stakeholders|server|diagnos|sites?|areas?|communit))|hybrid(?! (?:cloud|vehicle|app|mobile|cars?|model of|electric|power|infrastructure|retrieval))|on-?site(?= (?:\d|work|role|position|presence|in|at|only|required|days))|work(?:ing)? from home|wfh|home ?office|in[- ]office|days? (?:a|per) week in|mobiles arbeiten|télétravail|présentiel|teletrabajo|remoto|presencial|teletrabalho|híbrido|smart working|da remoto|in presenza|thuiswerken|op kantoor",
    ),
    (
        "Relocation",
        r"relocat(?:e|ion|ing)|umzugsbereitschaft|mobilité géographique|disponibilidad para (?:cambio de residencia|reubicarse)|disponibilidade para mudança|disponibilità al trasferimento",
    ),
    (
        "Own vehicle",
        r"(?:own|reliable|access to a) (?:car|vehicle|transport(?:ation)?)|eigener? pkw|véhicule (?:personnel|propre)|vehículo propio|coche propio|viatura própria|veículo próprio|automunit[oa]|eigen (?:auto|vervoer)",
    ),
    (
        "Physical demands",
        r"lift(?:ing)? (?:and carry |up to |at least |heavy |objects|\d)|\d{2} ?(?:lbs|pounds|kg)|stand(?:ing)? for (?:long|extended|prolonged)|physically (?:fit|demanding|able)|körperliche belastbarkeit|schwindelfrei\w*|port de charges|esfuerzo físico|fysiek zwaar",
    ),
)
_TOPIC = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<t{index}>{pattern})" for index, (_, pattern) in enumerate(_TOPICS)) + r")(?!\w)",
    re.IGNORECASE,
)
_CHECKS = re.compile(rf"(?<!\w)(?:{_TOPICS[1][1]})(?!\w)", re.IGNORECASE)
_PLACE = re.compile(
    r"^\W{0,4}(?:job |work |office |primary )?(?:location|place of work|based in|arbeitsort|einsatzort|standort|dienstort|lieu(?: de travail)?|localisation|ubicación|lugar(?: de trabajo)?|localização|local(?: de trabalho)?|sede(?: di lavoro)?|luogo(?: di lavoro)?|locatie|standplaats|plaats)\s{0,3}[:：|–-]\s{0,4}(?=\S)",
    re.IGNORECASE,
)


def questions(text: str, sentence: Span, heading: str = "") -> tuple[str, ...]:
    """The topics of `sentence`, under `heading`, that are to be asked, in a fixed order, without repeats."""
    written = sentence.of(text).replace("’", "'").replace("\n", " ")
    topics = {match.lastgroup for match in _TOPIC.finditer(written)}
    found = ["Location"] if _PLACE.match(written) or _PLACE.match(f"{heading.rstrip(' :：')}: {written}") else []
    return tuple(found + [name for index, (name, _) in enumerate(_TOPICS) if f"t{index}" in topics])


def check_spans(text: str, sentence: Span) -> tuple[Span, ...]:
    """Where `sentence` asks for a clearance or a check of the person, which is no skill; spans count in `text`."""
    return tuple([Span(*match.span()) for match in _CHECKS.finditer(text, sentence.start, sentence.end)])
