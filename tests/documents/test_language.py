import time

import pytest

from hirelens_cli.documents.language import detect

TEXTS = {
    "en": "Software engineer with ten years of experience in the design of services. Managed a team of five and worked on the platform.",
    "de": "Lebenslauf. Berufserfahrung: Leitung der Entwicklung mit einem Team von fünf Personen, seit 2019 bis heute. Kenntnisse und Ausbildung.",
    "fr": "Expérience professionnelle : responsable de la gestion des projets dans une équipe de dix personnes. Formation et compétences.",
    "es": "Experiencia laboral: responsable de la gestión de los proyectos y del desarrollo de la empresa desde 2015 hasta la actualidad.",
    "it": "Esperienze lavorative: responsabile della gestione dei progetti presso una azienda di Milano. Istruzione e competenze.",
    "pt": "Experiência profissional: responsável pela gestão dos projetos na empresa. Formação, habilidades e conhecimentos em português.",
    "nl": "Werkervaring: verantwoordelijk voor het beheer van de projecten bij een bedrijf in Utrecht. Opleiding en vaardigheden.",
    "ru": "Опыт работы: инженер по тестированию в Москве, Python, SQL, Docker. Образование высшее.",
    "uk": "Досвід роботи: інженер з тестування у Києві, її проєкти. Освіта вища, володіння англійською, їздив.",
    "zh": "工作经历 软件工程师 负责系统的开发和测试工作 Python Java SQL 教育背景",
    "ja": "職務経歴 ソフトウェアの開発を担当しました。Python と SQL を使いました。チームのリーダーでした。",
    "ko": "경력 사항 소프트웨어 개발자로 서울에서 근무하였습니다 Python SQL 학력",
    "ar": "الخبرة العملية مهندس برمجيات في شركة كبيرة Python SQL التعليم",
    "el": "Εργασιακή εμπειρία μηχανικός λογισμικού Python SQL στην Αθήνα",
}


@pytest.mark.parametrize("code", TEXTS)
def test_languages_are_told_apart(code):
    assert detect(TEXTS[code]) == code


@pytest.mark.parametrize("text", ["", "Python Java SQL", "12345 67890", "Müller", "x" * 5000])
def test_too_little_is_undecided(text):
    assert detect(text) == ""


def test_four_kilobytes_take_under_a_millisecond():
    text = (TEXTS["en"] + " ") * 40
    detect(text)
    started = time.process_time()
    for _ in range(20):
        detect(text)
    assert (time.process_time() - started) / 20 < 0.002
