import pytest

from hirelens_cli.profiles.employers import employer_score, pick_employer, segments


@pytest.mark.parametrize(
    ("line", "employer"),
    [
        ("Cisco Systems -  Bengaluru, Karnataka -", "Cisco Systems"),
        ("London, Holt & Ferris LLP", "Holt & Ferris LLP"),
        ("Remote | Quillstack", "Quillstack"),
        ("Department for Rural Affairs", "Department for Rural Affairs"),
        ("Klinikum Südharz", "Klinikum Südharz"),
        ("Rathin Pumps Pvt. Ltd., Chennai", "Rathin Pumps Pvt. Ltd."),
        ("Full-time, Berlin", ""),
        ("3 years 2 months", ""),
        ("[name] Bakery, Leeds", "Bakery"),
        ("Currently working with Vantara Infotech", "Vantara Infotech"),
    ],
)
def test_employers(line, employer):
    assert pick_employer(segments(line)) == employer


def test_firms_score_above_places_and_titles():
    assert employer_score("Sparkle Services Ltd") > employer_score("Quillstack") > employer_score("Berlin")
    assert employer_score("Systems Engineer") < 1
