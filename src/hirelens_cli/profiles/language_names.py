"""The names of human languages in the seven languages."""

from __future__ import annotations

import re

from hirelens_cli.profiles.tokens import fold

_NAMES = """
English: english englisch englischkenntnisse anglais ingles inglese engels
German: german deutsch deutschkenntnisse allemand aleman alemao tedesco duits
French: french franzosisch francais frances francese frans
Spanish: spanish spanisch espagnol espanol espanhol castellano spagnolo spaans
Portuguese: portuguese portugiesisch portugais portugues portoghese portugees
Italian: italian italienisch italien italiano italiaans
Dutch: dutch niederlandisch neerlandais neerlandes holandes olandese nederlands holandes
Polish: polish polnisch polonais polaco polacco pools
Russian: russian russisch russe ruso russo
Ukrainian: ukrainian ukrainisch ukrainien ucraniano ucraino oekraiens
Turkish: turkish turkisch turc turco turks
Arabic: arabic arabisch arabe arabo
Mandarin: mandarin chinese chinesisch chinois chino chines cinese chinees mandarim cantonese
Japanese: japanese japanisch japonais japones giapponese japans
Korean: korean koreanisch coreen coreano koreaans
Hindi: hindi
Urdu: urdu
Punjabi: punjabi panjabi
Bengali: bengali bangla
Tamil: tamil
Telugu: telugu
Kannada: kannada
Malayalam: malayalam
Marathi: marathi
Gujarati: gujarati
Odia: odia oriya
Assamese: assamese
Konkani: konkani
Nepali: nepali
Sinhala: sinhala sinhalese
Persian: persian farsi persisch
Hebrew: hebrew hebraisch hebreu hebreo ebraico hebreeuws
Swedish: swedish schwedisch suedois sueco svedese zweeds
Norwegian: norwegian norwegisch norvegien noruego noruegues norvegese noors
Danish: danish danisch danois danes danese deens
Finnish: finnish finnisch finnois fines finlandes finlandese fins
Czech: czech tschechisch tcheque checo ceco tsjechisch
Slovak: slovak slowakisch
Hungarian: hungarian ungarisch hongrois hungaro ungherese hongaars
Romanian: romanian rumanisch roumain rumano romeno rumeno roemeens
Bulgarian: bulgarian bulgarisch
Serbian: serbian serbisch
Croatian: croatian kroatisch croate
Albanian: albanian albanisch albanese
Greek: greek griechisch grec griego grego greco grieks
Catalan: catalan catala catalao catalano
Basque: basque euskera
Galician: galician gallego galego
Vietnamese: vietnamese vietnamesisch vietnamien
Thai: thai
Indonesian: indonesian bahasa
Malay: malay
Tagalog: tagalog filipino
Swahili: swahili
Yoruba: yoruba
Igbo: igbo
Hausa: hausa
Amharic: amharic
Somali: somali
Welsh: welsh
Breton: breton bretao
Frisian: frisian fries friesisch
Icelandic: icelandic
Estonian: estonian
Latvian: latvian
Lithuanian: lithuanian
Slovenian: slovenian slovene
Macedonian: macedonian
Bosnian: bosnian bosnisch
Belarusian: belarusian
Georgian: georgian
Armenian: armenian armenisch
Azerbaijani: azerbaijani
Kazakh: kazakh
Uzbek: uzbek
Mongolian: mongolian
Burmese: burmese
Khmer: khmer
Lao: lao
Pashto: pashto
Dari: dari
Kurdish: kurdish kurdisch
Tigrinya: tigrinya
Zulu: zulu isizulu
Xhosa: xhosa isixhosa
Afrikaans: afrikaans
Shona: shona
Twi: twi
Wolof: wolof
Lingala: lingala
Quechua: quechua
Maltese: maltese
Luxembourgish: luxembourgish luxemburgisch
Irish: irish gaelic
Latin: latin latein
Sanskrit: sanskrit
American Sign Language: asl
"""
NAMES: dict[str, str] = {
    word: line.partition(":")[0] for line in _NAMES.strip().splitlines() for word in line.partition(":")[2].split()
}
"""The folded word for a language in any of the seven languages, to its English name."""

_WORD = re.compile(r"[^\W\d_]+")


def names_human_language(text: str) -> bool:
    """Whether `text` names a human language."""
    return any(word in NAMES for word in _WORD.findall(fold(text)))
