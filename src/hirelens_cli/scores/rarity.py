"""How much a word says: a frozen table, so that no candidate's score depends on who else is in the pool.

The words below are those that resumes and job descriptions of every trade share, in tiers by the share of
documents that hold them, from most to few. They were written down for this purpose, not counted in anyone's documents. A word
that is not listed is taken to be rare, as most words of a trade are. Changing a tier changes scores.
"""

from __future__ import annotations

from functools import lru_cache

_TIERS: tuple[tuple[int, str], ...] = (
    (
        50,
        """
        ability able address and assist assisted assistant based best city company communication contact country current
        currently customer daily date day develop developed development duties education email ensure excellent experience
        experienced good great handle help high history include including information job join keep knowledge level looking
        maintain maintained manage managed management manager month month name need new number office offer opportunity
        people perform performed performance phone position present previous professional profile provide provided
        providing qualification qualified references report reporting require required requirement responsibility
        responsible responsibilities resume role school service skill skills staff state strong summary support task team
        time title train training university various week work worked worker working year years
        january february march april june july august september october november december jan feb mar apr jun jul aug
        sep sept oct nov dec monday friday
        """,
    ),
    (
        120,
        """
        accomplishment achieve achieved achievement activity additional administration administrative advanced area
        analysis analyze analyse answer apply appropriate attention award bachelor basic build built business candidate
        career center centre change client close college community complete completed computer conduct conducted control
        coordinate coordinated coordination course create created daily data degree deliver delivered department design
        designed detail detailed direct directed document documentation drive effective effectively efficiency efficient
        employee employer employment environment establish established evaluate event excel expert external facility field
        file follow full general goal group growth hand health highly hire hour identify implement implemented
        implementation important improve improved improvement increase increased individual industry initiative internal
        international involve issue key language large lead leader leadership leading learn learning local main
        major market master meet meeting member microsoft monitor monthly national network objective operate operation
        operations operational opportunity order organization organisation organize organise organizational oral order
        outstanding overall part participate personal plan planned planning player point policy prepare prepared
        presentation prior problem procedure process processes produce product production productivity professional
        program programme project projects proper proven public quality range receive record reduce regular related
        relation relationship request research resolve resource result review safety sale sales schedule science
        secondary senior serve set show site small social solution solve solving special specific standard start strategic
        strategy student study successful successfully superior supervise supervised supervisor supervision system
        systems team technical technology test tool track update user value verbal weekly word write writing written
        """,
    ),
    (
        190,
        """
        academic accept access account accounts accuracy accurate act action active actively adapt adaptable adhere
        advise agency agreement aid allocate analyst analytical application applicant appointment approach approval
        approve approximately arrange assess assessment asset assign assigned assignment associate association assure
        attend audit authority available average background base benefit board bring budget calendar call campaign case
        cash challenge charge check class clean coach collaborate collaboration collaborative collect combine commercial
        commit commitment communicate compare competitive complaint complex compliance comply concept concern condition
        conference confidential consistent consistently construction consult consultant consultation content contract
        contribute contribution core corporate correct cost cover creative credit critical cross culture curriculum
        database deadline deal decision dedicated define demonstrate demonstrated dependable determine diploma director
        discuss distribute distribution diverse division driven driver duty dynamic economic edge effort electronic
        eliminate emphasis encourage end energetic engage engagement english enhance enter entry equipment error
        essential estimate ethic execute executive existing expand expectation expense expertise extensive facilitate
        fast feedback final finance financial flexible floor focus focused food form format foster function functional
        fund future gain generate global government graduate guest guidance guide guideline hard head home honor honour
        ideal impact incident income independent independently influence initial innovative input insight inspect install
        insurance integrate integrity interact interaction interest interface interpersonal interview introduce inventory
        investigate invoice involve law legal letter library license licence life line link list live location log
        logistics long loss mail maintenance manual material matter maximize measure media medical mentor method metric
        milestone minimize minimum model modern modify motivate motivated multi multiple multitask natural necessary
        negotiate negotiation numerous objective obtain offer online open operator oral organized organised originate
        outcome outlook outside oversaw oversee package paper participation partner party passion patient payment peer
        phase physical pipeline place platform positive post potential powerpoint practice practical present presented
        pressure prevent price primary print prioritize priority proactive productive proficiency proficient profit
        profitability progress promote promoted promotion proposal protocol purchase purchasing purpose qualify quarter
        quarterly question quick quickly real recognize recommend recommendation recruit recruiting regard region regional
        register regulation regulatory reliable repair representative represent respond response retail retain retention
        return revenue rule run satisfaction save school score secure security select self sell series server session
        setting share shift sign significant similar single skilled society software sort source space speak specialist
        specification speed spreadsheet stakeholder statement status store stock streamline strength stress structure
        subject submit success suggestion supplier supply survey target teach teacher teamwork technique
        telephone term theory thorough timely top topic total trade transaction transfer transition travel treatment trend
        troubleshoot troubleshooting turn type understand understanding unique unit utilize utilise valid variety vendor
        verify version view vision visit volume volunteer web website
        """,
    ),
    (
        270,
        """
        accountability accountable accounting acquire acquisition administer administrator ad adult advertise advertising
        advice advisor adviser affair aim alert align allow alternative ambitious annual annually anticipate apparel art
        article assemble assembly assurance attendance attract attitude author authorize automate automated automation
        awareness balance bank banking benchmark bill billing bind board body book bookkeeping box brand branch brochure
        building cable care cashier catalog category certificate certification certified chain channel chart chief child
        children civil claim classroom clerical clerk clinic clinical code collection commission commissioning committee
        compile component comprehensive conceptual confidence configuration configure conflict connect consumer contractor
        convert cooperate copy counsel counsel county craft crew criteria cycle debt defect demand demonstration deploy
        deployment deposit description desk destination device diagnose diagnostic digital diligent direction disciplinary
        discipline display dispute donor draft draw drawing earn eager economics editor elementary emergency enable energy
        engineer engineering enterprise entertainment entrepreneur equity evaluation evidence exam examination exceed
        exception exchange exhibit experiment explain explore export extend fabric faculty family fashion federal fee firm
        fiscal fit flow fluent forecast forecasting formal formulate forum foundation framework front fundraising furniture
        game gap gather goods grade grant graphic ground guard handbook hardware hazard healthcare hospital hotel house
        housing human illustrate image import incoming index infrastructure inquiry inspection inspire installation
        institute institution instruct instruction instructor instrument integration intelligence interior intern
        internship inventory invest investigation investment journal judgment keyboard lab laboratory labor labour land
        layout leads lean lease lesson liaise liaison loan loyalty machine magazine mechanical mechanic membership
        merchandise merchandising merge message military mission mobile module money morale motivation music negotiable
        news newsletter nurse object observe occupational office onboarding oracle outreach overhead pack panel parent
        patient payable payroll pension personnel perspective photo pilot plant portfolio post power practitioner precise
        premium press principal principle private probation procurement profession property prospect prospective protect
        prototype provider psychology publication publish raise rate ratio raw read receivable reception reconcile
        reconciliation recruitment refer referral reliability remote rental replace residential resident resolution
        restaurant restore revise reward risk road route routine safe salary sample satisfy scale scan scope screen script
        search secretary section sector segment seminar sensitive ship shipment shipping shop simple simulation situation
        solid sound speaker specialize specialise spirit sport spot square stable staffing station statistic statistics
        statistical stay storage stream subcontractor substitute suite summer surface sustain symptom synthesis table
        talent tax technician technological terminal territory text theatre therapy throughput ticket toward traffic
        transform transport transportation trust tutor upgrade urban utility vacation validate validation vehicle video
        visitor visual vocational voice wage warehouse warranty waste water wide window win workflow workforce workplace
        workshop worldwide young youth
        """,
    ),
)
RARE = 400
"""Hundredths of a natural-log unit, as are the tiers: log of one over the share of documents that hold the word."""
COMMON = 50
"""The most common tier, and whatever is only digits (years above all)."""


def rarity(term: str) -> int:
    """How much finding `term` says, from COMMON to RARE."""
    if term.isdigit():
        return COMMON
    return _table().get(term, RARE)


def _tiers() -> list[tuple[int, list[str]]]:
    return [(tier, words.split()) for tier, words in _TIERS]


@lru_cache(maxsize=1)
def _table() -> dict[str, int]:
    """By every form that stripping a word's ending may leave; the more common tier holds where forms meet."""
    table: dict[str, int] = {}
    for tier, words in _tiers():
        for word in words:
            for form in _forms(word):
                table.setdefault(form, tier)
    return table


def _forms(word: str) -> list[str]:
    forms = [word]
    for ending, rest in (("ies", "y"), ("s", ""), ("ing", ""), ("ed", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 4 - bool(rest):
            forms.append(word[: -len(ending)] + rest)
    # stopped, stopp, stop; service, servic
    forms += [form[:-1] for form in forms[1:] if form[-1] == form[-2]]
    return forms + [form[:-1] for form in forms if form.endswith("e") and len(form) > 5]
