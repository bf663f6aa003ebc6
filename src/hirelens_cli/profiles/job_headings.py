"""What the headings of a job description announce, in seven languages (en de fr es pt it nl)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Zone(StrEnum):
    """What a part of a job description is about."""

    ROLE = "role"
    """The opening and whatever no heading claims."""
    DUTIES = "duties"
    REQUIRED = "required"
    PREFERRED = "preferred"
    FACTS = "facts"
    """Place, hours, pay, contract: questions, never matched."""
    COMPANY = "company"
    BENEFITS = "benefits"
    EQUAL = "equal opportunity"
    APPLY = "how to apply"


MATCHED = frozenset({Zone.ROLE, Zone.DUTIES, Zone.REQUIRED, Zone.PREFERRED})
"""The zones whose text is compared with resumes."""

_PHRASES: tuple[tuple[Zone, str], ...] = (
    (
        Zone.EQUAL,
        (
            r"equal (?:employment )?opportunit(?:y|ies)(?: employer| statement)?|eeo(?: statement)?|diversity(?:,? (?:equity|inclusion|and|&|belonging))*"
            r"|inclusion|accommodations?|our commitment to (?:diversity|inclusion|equality)|chancengleichheit|vielfalt|diversität"
            r"|égalité des chances|diversité|igualdad de oportunidades|diversidad|igualdade de oportunidades|diversidade"
            r"|pari opportunità|gelijke kansen|diversiteit|data protection|privacy(?: notice| policy| statement)?|datenschutz|disclaimer"
        ),
    ),
    (
        Zone.APPLY,
        (
            r"how to apply|to apply|apply now|application (?:process|procedure|deadline|instructions)|(?:the |our )?(?:hiring|interview|selection|recruitment) process"
            r"|next steps|contact(?: us| details| person| information)?|interested|closing date"
            r"|(?:so )?bewerben(?: sie sich)?(?: jetzt)?|ihre bewerbung|deine bewerbung|bewerbung|jetzt bewerben|bewerbungsprozess|kontakt|ansprechpartner(?:in)?|interesse(?: geweckt)?|haben wir ihr interesse geweckt"
            r"|(?:comment )?postuler|pour postuler|candidature|processus de recrutement|modalités de candidature|contact et candidature"
            r"|cómo (?:postular|aplicar|inscribirse)|inscripción|proceso de selección|contacto|¿te interesa"
            r"|como (?:se )?candidatar(?:-se)?|candidaturas?|processo seletivo|processo de (?:recrutamento|seleção)|contato"
            r"|come candidarsi|candidatura|candidature|processo di selezione|contatti|per candidarsi"
            r"|solliciteren|sollicitatie(?:procedure)?|hoe solliciteer je|interesse|meer weten"
        ),
    ),
    (
        Zone.PREFERRED,
        (
            r"nice[- ]to[- ]haves?|(?:it(?:'s| is| would be) )?(?:a )?(?:big |huge |real )?(?:plus(?:ses)?|bonus(?:es)?)(?: points?(?: (?:if|for)(?: you)?)?| skills?| if you have)?|considered (?:as )?a plus|(?:added|additional|big|strong) (?:advantages?|plus)|advantages?|you (?:may|might) (?:also )?have|(?:what )?would (?:make us smile|impress us|wow us|delight us)|what would (?:make us smile|impress us|wow us|delight us)"
            r"|preferred(?: but not required)?(?: (?:skills?|qualifications?|experience|requirements?|education|background|attributes|knowledge|criteria))*|(?:skills|qualifications|experience) preferred|good to have|great to have|nice extras?"
            r"|desir(?:able|ed)(?: (?:skills?|qualifications?|experience|criteria|requirements?|attributes|knowledge))*|optional(?: skills?)?|advantageous|an advantage|assets?|what would set you apart|what sets you apart|(?:what(?:'ll| will| would)? (?:help you )?)?stand out|brownie points|extra credit|even better(?: if)?|we'd love it if|ideally|additional (?:skills|qualifications)|(?:other )?useful (?:skills|experience)|beneficial"
            r"|von vorteil|wünschenswert|(?:das wäre|schön wäre(?:n)?|toll wäre(?:n)?) ?(?:schön|toll|super|ein plus)?|wäre (?:schön|toll|super|ein plus)|idealerweise|pluspunkte?|bonus|nice to have|optional|gerne auch|wünschenswerte (?:kenntnisse|qualifikationen)|ein plus|zusätzlich von vorteil"
            r"|(?:les )?(?:un )?(?:vrai )?(?:plus|atouts?)(?: appréciés?)?|ce serait un plus|souhaité(?:e?s)?|apprécié(?:e?s)?|compétences (?:souhaitées|appréciées)|idéalement"
            r"|(?:se )?valorará(?: positivamente)?|(?:requisitos |conocimientos |habilidades )?(?:deseables?|valorables?|valorados?|opcionales)|plus(?:es)?|deseable|se valora|sería un plus|puntos extra|imprescindible no"
            r"|diferencia(?:l|is)|(?:requisitos |conhecimentos )?(?:desejáve(?:l|is)|valorizados|preferenciais)|será um diferencial|valoriza-se|valorizamos|mais-valias?|fatores preferenciais"
            r"|(?:requisiti )?(?:preferenziali|graditi|desiderati|auspicabili|opzionali)|(?:costituisce |è |rappresenta )?(?:un |titolo )?(?:plus|preferenziale)|gradit[oaie]|nice to have|(?:saranno|sarà|sono|verranno) (?:considerat[oaie]|graditi?|apprezzat[oaie]) ?(?:un plus|come plus)?"
            r"|pré|pluspunten|een (?:plus|pré|pre)|mooi meegenomen|gewenst|wenselijk|bonuspunten"
        ),
    ),
    (
        Zone.REQUIRED,
        (
            r"(?:minimum |basic |key |core |essential |main |job |role |position |general |mandatory |technical |required |professional |candidate |specific |person |education(?:al)? |your |our |the |other )*(?:requirements?|qualifications?|requisites?|prerequisites?|competenc(?:ies|es)|criteria|must[- ]haves?|specification)(?: and (?:skills|experience|qualifications|requirements))?"
            r"|(?:required |essential |technical |key |core |hard |soft |professional |your |relevant |specific |minimum |mandatory |personal |it |computer )*(?:skills?|knowledge|experience|expertise|education|abilities|background|certifications?|certificates?|licen[cs]es?|licen[cs]ures?|languages?|tech(?:nology)? stack|technologies|tools)(?:(?:,| and| &|/|,? and) (?:\w+ )?(?:skills?|knowledge|experience|expertise|education|abilities|qualifications?|training|requirements?|certifications?|competenc(?:ies|es)|licen[cs]es?))*(?: requirements?| required| needed| and qualifications)?"
            r"|(?:strictly |absolutely )?(?:required|needed|essentials?|mandatory|minimum|necessary)|you(?:'ll)? (?:should|must|will|may be|might be|could be|are|would be) ?(?:also |probably )?(?:have|be|bring|need|an? (?:good |great |perfect |strong )?(?:fit|match)(?: if| for)?)?(?: if| who)?|(?:this (?:role|job) )?(?:is for you|you'll (?:thrive|love this|fit in)(?: here)?)(?: if)?|what matters|must[- ]haves?|(?:what )?you(?:'ll| will)? (?:need|bring|have)(?: to (?:have|succeed))?(?: to the table)?|what (?:you(?:'ll| will)? (?:need|bring)|we(?:'re| are) looking for|we need|we expect|we require|it takes|we look for|we ask)(?: from you| in you| of you| to have| to bring| to succeed)?|what you should have|who (?:you are|we(?:'re| are) looking for|we need|are you)|about you|your (?:profile|background|experience|skills|qualifications|strengths)|(?:the )?(?:ideal |successful )?candidate(?: profile)?|(?:the )?ideal candidate(?: (?:has|will have|is))?|(?:the )?successful candidate will(?: have)?|person specification|profile|do you have|we(?:'re| are) looking for|looking for|you are|you have|to be successful|to qualify|eligibility|who should apply|is this you|your toolbox|skills you(?:'ll| will) (?:need|bring)"
            r"|(?:ihr|dein|das|unser|gewünschtes|ihr fachliches) ?(?:profil|anforderungsprofil)|profil|anforderungen|anforderungsprofil|(?:ihre |deine |fachliche |ihre fachlichen |notwendige |erforderliche )*(?:qualifikation(?:en)?|kenntnisse|voraussetzungen|fähigkeiten|kompetenzen|stärken|erfahrung(?:en)?|sprachkenntnisse)(?: und (?:\w+ )?\w+)?|(?:das|was) (?:bringen sie|bringst du|sie|du|wir|solltest du|sollten sie)(?: mit(?:bringen|bringst)?| erwarten(?: von (?:ihnen|dir))?| uns wünschen| ?mitbringen| auszeichnet| auszeichnen)*|damit (?:überzeugen sie|begeisterst du|punkten sie)(?: uns)?|was wir (?:erwarten|uns wünschen|suchen)|zwingend|erforderlich|notwendig|pflicht|wir (?:erwarten|suchen|wünschen uns)|wen wir suchen|sie (?:haben|bringen mit)|du (?:hast|bringst mit)|muss|bildung|ausbildung"
            r"|(?:votre |le |profil |notre )*profil(?: recherché| requis| souhaité| du candidat| idéal)?|(?:vos |les )?(?:compétences|connaissances|qualifications|exigences|qualités|prérequis|pré-requis|aptitudes)(?: (?:requises|techniques|nécessaires|attendues|clés|exigées|demandées))*(?: et (?:\w+ )?\w+)?|ce que nous (?:recherchons|attendons)|vous (?:êtes|avez|possédez)|qui êtes-vous|formation(?: et (?:expérience|compétences))?|indispensables?|impératifs?|obligatoires?|exigés?|requis|expérience(?: requise)?|langues|diplômes?(?: requis)?"
            r"|(?:tu |el |su )?perfil(?: (?:buscado|requerido|del candidato|deseado))?|requisitos(?: (?:mínimos|imprescindibles|del puesto|indispensables|obligatorios|excluyentes|técnicos|necesarios))*|(?:conocimientos|competencias|habilidades|aptitudes|cualificaciones|formación|experiencia)(?: (?:requeridas?|requeridos|necesari[oa]s?|técnic[oa]s?|mínim[oa]s?|imprescindibles))*(?: y (?:\w+ )?\w+)?|qué (?:buscamos|necesitas|pedimos|esperamos|requerimos)(?: de ti)?|(?:lo )?que (?:buscamos|necesitas|pedimos|esperamos)(?: de ti)?|buscamos|idiomas|imprescindibles?|obligatorios?|indispensables?|excluyentes?|requerido|(?:qué )?(?:te )?pedimos"
            r"|(?:o teu |o seu |seu )?perfil(?: (?:pretendido|desejado|procurado|do candidato))?|requisitos(?: (?:obrigatórios|mínimos|necessários|técnicos|da vaga|exigidos))*|(?:conhecimentos|competências|habilidades|qualificações|formação|experiência|escolaridade)(?: (?:requerid[oa]s?|necessári[oa]s?|técnic[oa]s?|exigid[oa]s?|obrigatóri[oa]s?))*(?: e (?:\w+ )?\w+)?|(?:o )?que (?:procuramos|esperamos|buscamos|precisa(?:s|mos)?|você precisa(?: ter)?)(?: de (?:ti|si|você))?|o que você precisa(?: ter)?|pré-requisitos|obrigatórios?|imprescindíve(?:l|is)|indispensáve(?:l|is)"
            r"|(?:il tuo |il |tuo )?profilo(?: (?:ricercato|ideale|richiesto|del candidato))?|requisiti(?: (?:richiesti|minimi|necessari|obbligatori|fondamentali|tecnici|indispensabili))*|(?:competenze|conoscenze|qualifiche|capacità|esperienza|formazione|titolo di studio)(?: (?:richiest[ae]|tecniche|necessarie|linguistiche))*(?: e (?:\w+ )?\w+)?|(?:cosa|chi|che cosa) (?:cerchiamo|chiediamo|richiediamo|ci aspettiamo|stiamo cercando)(?: da te)?|(?:il )?candidato ideale|lingue|obbligatori?o?|indispensabil[ei]|richiesti?o?|necessari?o?"
            r"|(?:jouw |je |het |uw )?profiel|(?:functie-?)?eisen|functie-eisen|(?:jouw |je )?(?:kwalificaties|vaardigheden|competenties|kennis|opleiding|ervaring|talen)(?: en (?:\w+ )?\w+)?|wat (?:wij |we )?(?:vragen|verwachten|zoeken|breng je mee|neem je mee|jij meebrengt|je meebrengt|vragen wij(?: van jou)?|vragen we(?: van jou| van je)?)(?: wij| we)?(?: van (?:jou|je|u))?|wie (?:ben jij|ben je|jij bent|zoeken we|zoeken wij)|dit (?:breng je mee|ben jij|vragen wij|vragen we)|jij (?:hebt|bent)|vereisten|vereist|noodzakelijk|verplicht|wij vragen|wat neem jij mee"
        ),
    ),
    (
        Zone.DUTIES,
        (
            r"(?:key |main |primary |core |essential |principal |job |your |major |general |specific |day[- ]to[- ]day |typical |the |other )*(?:responsibilit(?:y|ies)|duties|tasks|accountabilities|functions|activities|job functions|deliverables|objectives)(?:(?:,| and| &|/|,? and) (?:\w+ )?(?:responsibilities|duties|tasks|accountabilities|activities|functions))*(?: (?:include|of the (?:role|position|job)|will include))?"
            r"|(?:what|how) you(?:'ll| will| would)? (?:do|be doing|be responsible for|work on|own|take on|lead|build|contribute|make an impact|accomplish|achieve|deliver|spend your time)(?: here| day[- ]to[- ]day)?|what (?:you do|you(?:'ll| will) be doing|will you do|does the job involve|the job involves|the role involves)|your (?:role|mission|impact|responsibilities|job|day|tasks)|the work|(?:a )?(?:typical )?day in the life|(?:a )?typical day|in this (?:role|position|job)(?:,? you will| you'll)?|you will|you'll|as (?:a|an) [\w /-]{3,40} you will|scope of (?:work|role)|role responsibilities|what we need you to do|job duties|work activities|how you'll make an impact|your challenge"
            r"|(?:ihre |deine |die |ihre neuen |deine neuen |das sind deine |das sind ihre )?(?:hauptaufgaben|aufgaben|aufgabengebiet|aufgabenbereich|tätigkeit(?:en)?|verantwortlichkeiten|verantwortung|tätigkeitsfeld|mission|rolle|herausforderung(?:en)?)(?: und (?:verantwortlichkeiten|verantwortung|tätigkeiten))?|ihr (?:aufgabengebiet|aufgabenbereich|tätigkeitsfeld|verantwortungsbereich)|dein (?:job|aufgabengebiet|verantwortungsbereich|tag|arbeitsalltag)|das (?:erwartet (?:sie|dich)|machst du|sind (?:ihre|deine) aufgaben|wirst du tun|tun sie)|was (?:sie|dich|du|machst du|erwartet (?:sie|dich))(?: (?:erwartet|tust|machst|tun))?|wofür wir sie suchen|stellenbeschreibung aufgaben|was dich erwartet"
            r"|(?:vos |les |tes |la |votre |principales |ta )*(?:missions?|responsabilités|tâches|activités|rôle|attributions)(?: (?:principales|et (?:responsabilités|activités|tâches|missions)|du poste|confiées))*|ce que vous ferez|votre quotidien|vos principales (?:missions|responsabilités)|au quotidien"
            r"|(?:tus |las |sus |principales )*(?:funciones|responsabilidades|tareas|misión|actividades)(?: (?:principales|del puesto|a realizar|y (?:responsabilidades|funciones|tareas)))*|qué harás|(?:lo )?que harás|tu (?:día a día|misión|rol)|¿?qué vas a hacer|en tu día a día"
            r"|(?:as tuas |as suas |suas |principais )*(?:funções|responsabilidades|atividades|tarefas|atribuições|missão)(?: (?:principais|do cargo|e (?:responsabilidades|atribuições|atividades|funções)))*|o que (?:vais|vai|você vai|você irá|irás) fazer|o teu dia a dia|seu dia a dia"
            r"|(?:le tue |i tuoi |principali |le )*(?:mansioni|responsabilità|compiti|attività|ruolo|funzioni)(?: (?:principali|e (?:responsabilità|attività|compiti)|previste))*|(?:di )?cosa (?:farai|ti occuperai)|il tuo ruolo|la (?:tua )?missione"
            r"|(?:jouw |je |de |uw |belangrijkste )*(?:taken|werkzaamheden|verantwoordelijkheden|functie|rol|taakomschrijving|takenpakket|activiteiten|dagelijkse taken)(?: en (?:verantwoordelijkheden|taken|werkzaamheden|bevoegdheden))?|wat (?:ga je doen|je gaat doen|ga jij doen|doe je|jij gaat doen|je doet|houdt de functie in)|dit ga je doen|jouw (?:uitdaging|werkdag|dag)"
        ),
    ),
    (
        Zone.BENEFITS,
        (
            r"(?:our |your |employee |company |the |key |main |what )*(?:benefits?|perks|compensation|remuneration|rewards?|salary(?: range)?|pay(?: range| rate| transparency)?|package)(?:(?:,| and| &|/) (?:\w+ )?(?:benefits?|perks|compensation|remuneration|rewards?|salary|bonus|package|culture))*(?: package| offered| include)?|what we(?:'ll)? (?:offer|provide|give you)(?: you)?|we offer(?: you)?|what's in it for you|what is in it for you|what you(?:'ll| will)? (?:get|receive|gain)(?: in return)?|why (?:join(?: us)?|work (?:with|for|at) (?:us|\w+)|us|you'll love (?:it|working) here|you should join)|in return|our offer|perks of the job|you will receive|life at \w+|working (?:here|at \w+)"
            r"|(?:wir|das) bieten(?: wir)?(?: ihnen| dir)?|(?:das|was) (?:bieten wir|wir (?:ihnen |dir )?bieten|bekommst du|bekommen sie|erhalten sie)(?: ihnen| dir)?|(?:unser|unsere|ihre|deine) (?:angebot|benefits|leistungen|vorteile)|(?:ihre|deine|unsere) vorteile(?: bei uns)?|benefits|warum (?:wir|zu uns)|unser angebot(?: an (?:sie|dich))?|vorteile|darauf (?:kannst du dich|können sie sich) freuen|vergütung|gehalt|wir bieten"
            r"|(?:nous|ce que nous|nos) (?:vous )?(?:offrons|proposons|avantages)|(?:les |vos )?avantages(?: sociaux)?|rémunération(?: et avantages)?|pourquoi nous rejoindre|ce que nous (?:vous )?(?:offrons|proposons)|conditions(?: et avantages)?|salaire"
            r"|(?:qué |lo que |te |nosotros )*ofrecemos|beneficios|(?:se )?ofrece(?:mos)?|ventajas|qué te ofrecemos|condiciones|salario|por qué (?:nosotros|unirte)|retribución"
            r"|(?:o que )?oferecemos|(?:o que )?(?:temos para oferecer|te oferecemos)|benefícios|vantagens|remuneração|salário|condições|porquê (?:nós|juntar-te)"
            r"|(?:cosa )?(?:ti )?offriamo|(?:si )?offre|(?:i )?(?:benefit|vantaggi)|retribuzione|cosa offriamo|perché (?:noi|scegliere noi|unirti a noi)|condizioni|inquadramento"
            r"|wat (?:wij |we )?(?:bieden|krijg je|bieden wij|bieden we|mag je verwachten|jij krijgt|je krijgt)(?: (?:wij|we))?(?: (?:jou|je|u))?|(?:ons )?aanbod|(?:jouw )?arbeidsvoorwaarden|wij bieden|dit bieden (?:wij|we)(?: jou)?|salaris|voordelen|waarom (?:wij|kiezen voor)"
        ),
    ),
    (
        Zone.FACTS,
        (
            r"(?:job |work(?:ing)? |office )?location|(?:job|contract|employment|position) type|type of (?:contract|employment)|(?:your )?job type|(?:working |work )?hours|schedule|shifts?|reports to|reporting (?:to|line)|department|start date|duration|(?:job )?reference(?: number)?|job id|requisition(?: id)?|posted|travel(?: requirements?)?|work (?:environment|authorization|conditions|arrangement|setting)|working conditions|physical (?:demands|requirements)|visa|clearance|employment|workplace|grade|division|direct reports|contract"
            r"|(?:arbeits|dienst|einsatz)ort|standort|arbeitszeit(?:en)?|vertragsart|beginn|eintrittsdatum|anstellungsart|befristung|referenznummer|abteilung"
            r"|lieu(?: de travail)?|localisation|type de contrat|horaires?|date de début|durée|rattachement|contrat"
            r"|ubicación|lugar de trabajo|tipo de contrato|jornada(?: laboral)?|horario|modalidad|contrato"
            r"|localização|local(?: de trabalho)?|tipo de contrato|horário|modalidade|regime|contrato"
            r"|sede(?: di lavoro)?|luogo di lavoro|tipo di contratto|orario(?: di lavoro)?|contratto"
            r"|locatie|standplaats|werkplek|dienstverband|uren|werktijden|contract"
        ),
    ),
    (
        Zone.ROLE,
        (
            r"(?:about )?(?:the|this) (?:role|job|position|opportunity|vacancy|post)|(?:job |role |position )(?:description|summary|overview|purpose|brief|profile|details)|summary|overview|description|purpose(?: of the (?:role|job|post|position))?|(?:the )?opportunity|introduction|job details|main purpose|about the (?:team|project)|your team|the challenge|who (?:we are looking for)|position"
            r"|(?:die |ihre )?(?:stelle|position)|stellenbeschreibung|(?:zur|über die) (?:stelle|position|rolle)|stellenprofil|berufsbild"
            r"|(?:le |votre |description du |à propos du |fiche de |intitulé du )*poste|descriptif(?: du poste)?|contexte|description(?: de l'offre| du poste)?|présentation du poste"
            r"|(?:descripción|resumen)(?: (?:del|de la) (?:puesto|oferta|cargo|posición|vacante))?|sobre el (?:puesto|rol)|el puesto|la posición|la oferta"
            r"|(?:descrição|resumo)(?: (?:da|do) (?:vaga|cargo|função|posição))?|sobre (?:a vaga|a função|o cargo)|a (?:vaga|função)"
            r"|descrizione(?: (?:del ruolo|della posizione|dell'offerta|del lavoro))?|(?:la )?posizione|il ruolo"
            r"|functie-?omschrijving|over de (?:functie|rol|vacature)|vacature|de functie|functiebeschrijving|omschrijving"
        ),
    ),
    (
        Zone.COMPANY,
        (
            r"(?:about|who is|meet|discover|get to know|introducing) (?!you\b|the (?:role|job|position|opportunity)\b)[^\s].{0,50}|who we are|what we do|our (?:company|mission|story|values|culture|team|vision|history|purpose|clients?|people)|company(?: (?:description|overview|profile|info(?:rmation)?|background|culture|summary))?|the (?:company|client|organi[sz]ation|employer|team|business|school|firm)|join (?:us|our team)|mission|values|culture|business unit"
            r"|über (?:uns|das unternehmen|[\w. &-]{2,40})|wer wir sind|(?:das|unser|ihr) (?:unternehmen|team|arbeitgeber)|unternehmensprofil|wir über uns|wir sind|unser kunde|unternehmen"
            r"|(?:à propos|qui sommes)(?:[ -]nous| de .{2,40}| d'.{2,40})?|(?:l'|notre )?(?:entreprise|société|équipe|client|groupe)|présentation de (?:l'entreprise|la société)|l'entreprise"
            r"|(?:sobre|acerca de) (?:nosotros|la empresa|la compañía|[\w. &-]{2,40})|quiénes somos|(?:la |nuestra )?empresa|nuestro (?:cliente|equipo)"
            r"|sobre (?:nós|a empresa|[\w. &-]{2,40})|quem somos|(?:a |nossa )?empresa"
            r"|chi siamo|(?:l'|la nostra )?azienda|su di noi|il (?:nostro )?(?:cliente|team)|l'azienda"
            r"|over (?:ons|het bedrijf|[\w. &-]{2,40})|wie (?:wij zijn|we zijn|zijn wij|zijn we)|(?:het |ons )?(?:bedrijf|team|opdrachtgever)|organisatie"
        ),
    ),
)

_PATTERNS = tuple((zone, re.compile(rf"(?:{phrase})(?!\w)")) for zone, phrase in _PHRASES)

_SHARE = 0.45
_PRONOUNS = frozenset({"you", "du", "sie", "vous", "toi", "tú", "usted", "você", "tu", "jij", "je", "u"})
"""A heading of this one word introduces the person who is looked for."""

MAX_HEADING = 70
"""Characters; a longer line is prose."""

_EDGES = " \t:：*#_=~|>•●▪■◆►➢✓✔❖→-–—.?!…"


def normalised(line: str) -> str:
    """`line` as headings are compared: folded case, straight quotes, single spaces, no decoration."""
    folded = line.replace("’", "'").replace("‘", "'").casefold()
    return " ".join(_DECORATION.sub("", folded).split()).strip(_EDGES)


_DECORATION = re.compile(
    r"^\s*(?:\d{1,2}[.)]|[ivx]{1,4}[.)]|[a-h][.)])\s+|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F¿¡]"
)


def zone_of(line: str, *, marked: bool) -> Zone | None:
    """The zone that a heading opens; None where the line is no heading that is known.

    `marked` says that the line looks like a heading (colon, capitals, typography): then a known phrase need only make
    up a good part of it; otherwise all.
    """
    text = normalised(line)
    return _zone(text, marked) if text and len(text) <= MAX_HEADING else None


@lru_cache(maxsize=4096)
def _zone(text: str, marked: bool) -> Zone | None:
    if marked and text in _PRONOUNS:
        return Zone.REQUIRED
    for zone, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            return zone
    if not marked:
        return None
    best: tuple[float, int, Zone] | None = None
    for order, (zone, pattern) in enumerate(_PATTERNS):
        for match in pattern.finditer(text):
            if match.start() and text[match.start() - 1].isalnum():
                continue
            share = (match.end() - match.start()) / len(text)
            if best is None or (share, -order) > (best[0], best[1]):
                best = (share, -order, zone)
    if best is None:
        return None
    return best[2] if best[0] >= _SHARE else None
