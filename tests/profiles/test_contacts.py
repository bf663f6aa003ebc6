import pytest

from hirelens_cli.profiles.contacts import find_identity


def identity(document, text, **options):
    return find_identity(document(text, **options)).identity


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("Ada Bloom\nada.bloom+cv@mail.example", "ada.bloom+cv@mail.example"),
        ("Ada Bloom\nE-mail:ada@bloom.example.", "ada@bloom.example"),
        ("Ada Bloom\nada (at) bloom (dot) example", "ada (at) bloom (dot) example"),
        ("Ada Bloom\nada [at] bloom.example", "ada [at] bloom.example"),
    ],
)
def test_emails(document, text, email):
    assert identity(document, text).emails == (email,)


@pytest.mark.parametrize(
    ("line", "digits"),
    [
        ("Tel: +44 20 7946 0321", "442079460321"),
        ("(312) 555-0147", "3125550147"),
        ("+49 (0) 151 1234 5678", "4901511234 5678".replace(" ", "")),
        ("Mobile - 9840012345", "9840012345"),
        ("06 12 34 56 78", "0612345678"),
        ("503.555.0110", "5035550110"),
    ],
)
def test_phones(document, line, digits):
    (phone,) = identity(document, f"Ada Bloom\n{line}\nada@bloom.example").phones
    assert "".join(filter(str.isdigit, phone)) == digits


@pytest.mark.parametrize(
    "line", ["2012 - 2014", "01/2012 - 05/2014", "12.05.1990", "Passport No: 123456789", "ISBN 978-3-16-148410-0x"]
)
def test_numbers_that_are_no_phones(document, line):
    assert identity(document, f"Ada Bloom\n{line}").phones == ()


def test_links(document):
    found = identity(
        document,
        "Ada Bloom\nlinkedin.com/in/ada | www.ada.example/work | bloom.dev\nSkills\nNode.js, ASP.NET, socket.io",
    )
    assert set(found.links) == {"linkedin.com/in/ada", "www.ada.example/work", "bloom.dev"}


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ("12 Elm Street, Springfield, IL 62704 | ada@bloom.example", "12 Elm Street, Springfield, IL 62704"),
        ("Leeds LS6 2QB", "Leeds LS6 2QB"),
        ("Anschrift: Ahornweg 7, 50823 Köln", "Ahornweg 7, 50823 Köln"),
        ("27 rue des Lilas, 69003 Lyon", "27 rue des Lilas, 69003 Lyon"),
        ("Berlin, Germany", "Berlin, Germany"),
        ("ada@bloom.example · Porto Alegre - RS", "Porto Alegre - RS"),
        ("ada@bloom.example | Portland, OR", "Portland, OR"),
        ("Reading, GA", "Reading, GA"),
        ("Coventry CV3 4FP", "Coventry CV3 4FP"),
        ("Contact\nada@bloom.example\nGothenburg", "Gothenburg"),
    ],
)
def test_addresses(document, header, address):
    assert address in identity(document, f"Ada Bloom\n{header}\nSkills\nWelding").addresses


@pytest.mark.parametrize(
    "line",
    [
        "Store Manager, Hearth & Home, Portland OR, June 2020 to present",
        "Registered Nurse",
        "Experience with 2000 users",
        "Sept 2021 - Feb 2023",
    ],
)
def test_work_in_the_header_is_no_address(document, line):
    assert identity(document, f"Ada Bloom\n{line}").addresses == ()


def test_referees_are_not_the_candidate(document):
    found = identity(document, "Ada Bloom\nada@bloom.example\nReferences\nMr P. Venter, 082 555 0199, pv@farm.example")
    assert found.emails == ("ada@bloom.example",)
    assert found.phones == ()
