from email.message import EmailMessage

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.mail import attachments, read_mail
from hirelens_cli.model.issues import Status


def message(plain=None, html=None, files=()):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "Application"
    if plain is not None:
        mail.set_content(plain)
    if html is not None:
        mail.add_alternative(html, subtype="html") if plain is not None else mail.set_content(html, subtype="html")
    for name, kind, content in files:
        main, sub = kind.split("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail


def read(data, **limits):
    return read_mail(bytes(data), "d" * 64, Limits(**limits), "auto")


def test_the_plain_body_is_read():
    document = read(message("Hello\n- Python\n- J\u00e9r\u00f4me")).value
    assert document.format == "eml"
    assert [(block.text, block.kind.value) for block in document.blocks] == [
        ("Hello", "paragraph"), ("Python", "list_item"), ("J\u00e9r\u00f4me", "list_item"),
    ]  # fmt: skip


def test_html_is_preferred_and_its_hidden_words_left_out():
    outcome = read(message("plain", "<p>Seen</p><p style='display:none'>kubernetes</p>"))
    assert outcome.value.text == "Seen"
    assert outcome.value.hidden == ("kubernetes",)


def test_an_empty_html_part_gives_way_to_the_text():
    assert read(message("words", "<p></p>")).value.text == "words"


def test_attachments_come_in_order_with_their_names():
    files = [("cv.pdf", "application/pdf", b"%PDF-1.7"), ("../x.docx", "application/octet-stream", b"PK")]
    assert attachments(bytes(message("see attached", "<b>see</b>", files))) == (
        ("cv.pdf", b"%PDF-1.7"),
        ("../x.docx", b"PK"),
    )
    assert attachments(bytes(message("nothing"))) == ()


def test_text_files_are_attachments_and_inline_pictures_are_not():
    mail = message("body")
    mail.add_attachment("my resume", filename="cv.txt")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", cid="<logo>")
    assert attachments(bytes(mail)) == (("cv.txt", b"my resume\n"),)
    assert read(mail).value.text == "body"


def test_a_message_within_a_message_is_an_attachment():
    outer = message("outer body")
    outer.add_attachment(message("inner body", files=[("cv.pdf", "application/pdf", b"%PDF-1.7")]))
    ((name, content),) = attachments(bytes(outer))
    assert name == "message.eml"
    assert attachments(content) == (("cv.pdf", b"%PDF-1.7"),)
    assert read(outer).value.text == "outer body"


def test_a_body_that_is_a_file_is_an_attachment():
    mail = EmailMessage()
    mail["From"] = "scanner@example.org"
    mail.set_content(b"%PDF-1.7", maintype="application", subtype="pdf")
    assert attachments(bytes(mail)) == (("", b"%PDF-1.7"),)
    assert read(mail).status is Status.EMPTY


def test_character_sets_are_kept():
    raw = b"From: a\nContent-Type: text/plain; charset=iso-8859-2\nContent-Transfer-Encoding: 8bit\n\n\xb3\xf3d\xbc"
    assert read(raw).value.text == "\u0142\u00f3d\u017a"
    lying = b"From: a\nContent-Type: text/plain; charset=nonsense\nContent-Transfer-Encoding: 8bit\n\nna\xefve"
    assert read(lying).value.text == "na\u00efve"


@pytest.mark.parametrize("cut", range(0, 700, 23))
def test_damage_is_survived(cut):
    whole = bytes(message("body", "<p>body</p>", [("cv.pdf", "application/pdf", b"%PDF-1.7" * 20)]))
    for data in (whole[:cut], whole[:cut] + b"\xff\x00--=" + whole[cut + 9 :]):
        read(data)
        attachments(data)


def test_nested_parts_end():
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n" for number in range(300))
    assert read(("From: a\n" + head).encode()).value is None
