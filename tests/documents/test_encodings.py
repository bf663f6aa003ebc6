import time

import pytest

from hirelens_cli.documents.encodings import decoded

WESTERN = "Jos\u00e9 M\u00fcller \u2013 Stra\u00dfe 5, \u20ac 40.000, fa\u00e7ade"
RUSSIAN = "Опыт работы: инженер по тестированию, Москва. Образование высшее, знание английского языка."
POLISH = "Doświadczenie zawodowe: kierował zespołem, współpraca z działem sprzedaży, umiejętności"
GREEK = "Εργασιακή εμπειρία: μηχανικός λογισμικού στην Αθήνα, γνώσεις και σπουδές"
JAPANESE = "職務経歴書 私はソフトウェアの開発とテストを担当しました。チームのリーダーです。"
KOREAN = "경력 사항 소프트웨어 개발자로 서울에서 근무하였습니다 학력 기술"
CHINESE = "工作经历 软件工程师 负责系统的开发和测试工作 教育背景 大学本科 计算机科学与技术"
TAIWANESE = "工作經歷 軟體工程師 負責系統的開發與測試工作 教育背景 大學 電腦科學"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WESTERN, "utf-8"),
        (WESTERN, "utf-8-sig"),
        (WESTERN, "utf-16"),
        (WESTERN, "utf-16-le"),
        (WESTERN, "utf-16-be"),
        (WESTERN, "utf-32"),
        (WESTERN, "cp1252"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (GREEK, "cp1253"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"),
        (CHINESE, "gb18030"),
        (TAIWANESE, "big5"),
    ],
)
def test_text_is_read_whatever_wrote_it(text, encoding):
    assert decoded(text.encode(encoding)).lstrip("\ufeff") == text


def test_a_declaration_decides_where_bytes_do_not():
    assert decoded("na\u0142".encode("iso8859_2"), "iso-8859-2") == "na\u0142"
    assert decoded("na\u00efve".encode("cp1252"), "no-such-codec") == "na\u00efve"


def test_a_broken_byte_costs_one_character():
    assert decoded("r\u00e9sum\u00e9 ".encode() * 300 + b"\xc3") == "r\u00e9sum\u00e9 " * 300 + "\ufffd"


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe", b"\xff", bytes(range(256)) * 20, b"\x81\x8d\x8f\x90\x9d"])
def test_nothing_fails(data):
    decoded(data).encode("utf-8", "surrogatepass")


def test_time_is_linear():
    started = time.process_time()
    for unit in (b"\xff", b"a\xb3", b"\xe0\xe1 ", b"\x00a"):
        decoded(unit * 100_000)
    assert time.process_time() - started < 1
