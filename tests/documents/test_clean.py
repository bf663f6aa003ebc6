import sys
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hirelens_cli.documents.clean import clean


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("plain text", "plain text"),
        ("  many   spaces\t\n here ", "many spaces here"),
        ("zero\u200bwidth\u200d and\u2060 join\ufeffers", "zerowidth and joiners"),
        ("right\u202eto\u202cleft", "righttoleft"),
        ("soft\u00adhyphen", "softhyphen"),
        ("ef\ufb01cient \ufb02ow o\ufb03ce", "efficient flow office"),
        ("\u00a0no\u2003break\u3000spaces\u202f", "no break spaces"),
        ("\uf0b7 Led a team", "• Led a team"),
        ("\uf0a7\tBuilt it", "• Built it"),
        ("\u25cfManaged", "• Managed"),
        ("\u27a2 Arrow", "• Arrow"),
        ("\u2713 Done", "• Done"),
        ("· first", "• first"),
        ("col·lega", "col·lega"),
        ("o not a bullet", "o not a bullet"),
        ("English \u25cf\u25cf\u25cf\u25cb\u25cb", "English \u25cf\u25cf\u25cf\u25cb\u25cb"),
        ("\uf095 phone icon", "phone icon"),
        ("bell\x07 and null\x00", "bell and null"),
        ("Java\u2122 and Scrum\u2120", "Java and Scrum"),
        ("3\u00bd years", "3 1/2 years"),
        ("e\u2011mail the team\u2019s lead", "e-mail the team's lead"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("\uff30\uff59\uff54\uff48\uff4f\uff4e", "Python"),
        ("cafe\u0301", "caf\u00e9"),
        ("tag\U000e0041\U000e0042ged", "tagged"),
        ("2019 – 2021 — now", "2019 – 2021 — now"),
        ("", ""),
        ("\u200b", ""),
        # UTF-8 that was read as Windows-1252, once or twice, and what lost bytes leave of it.
        ("â€¢ rÃ©sumÃ© â€“ MÃœNCHEN â€œfastâ€", "• résumé – MÜNCHEN “fast”"),
        ("Ã¢â‚¬Â¢ twice", "• twice"),
        ("Acme ï¼ Leeds", "Acme - Leeds"),
        ("ðŸ“§ a@b.org", "📧 a@b.org"),
        ("planningÂ and ÂÂ  moreÂ.", "planning and more ."),
        ("L'Âge, NÃO, MAÇÃ, PÂTÉ, ÂMBITO, naïve “café…»", "L'Âge, NÃO, MAÇÃ, PÂTÉ, ÂMBITO, naïve “café...»"),
    ],
)
def test_one_spelling(raw, expected):
    assert clean(raw) == expected


ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u200b\u00ad\u0301\u0338=<>a1\u00bd·•●○ \u00a0\uf0b7\ufb01\u2122\u00b4\u1100\u1161\u1160\ufdfa\u2044"
            "ÂÃâïð€™œ¢©¼Ÿ"
        ),
    ),
    max_size=40,
)


@given(ODD)
@example("\u00b4\u200b\u0301")
@example("1\u200b\u00bd")
@example("\u25cf\u200b\u25cf \u25cb")
@example("\u00c3\u200b\u00a9")
def test_cleaning_twice_is_cleaning_once(raw):
    assert clean(clean(raw)) == clean(raw)


@given(ODD)
def test_result_is_one_printable_line(raw):
    text = clean(raw)
    text.encode("utf-8")
    assert text == text.strip()
    assert "  " not in text
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Co", "Zl", "Zp"} for char in text)


def test_nothing_grows_more_than_sixfold():
    growing = (chr(code) for code in range(0x80, sys.maxunicode + 1))
    growing = (char for char in growing if unicodedata.normalize("NFKC", char) != char)
    assert max(len(clean(char * 8)) for char in growing) <= 8 * 6


@pytest.mark.parametrize("unit", ["a", " ", "\n", "•", "●", "\u200b", "1\u00bd", "\ufdfa", "· ", "\u0301", "\u00b4"])
def test_time_is_linear(unit):
    raw = unit * 100_000
    started = time.process_time()
    clean(raw)
    assert time.process_time() - started < 1
