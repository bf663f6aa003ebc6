import time

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents.text import read_text
from hirelens_cli.model.issues import Status


def read(text, **limits):
    data = text if isinstance(text, bytes) else text.encode()
    return read_text(data, "d" * 64, Limits(**limits), "auto")


def blocks(text):
    outcome = read(text)
    assert outcome.value is not None, outcome.issues
    return [(block.text, block.kind.value) for block in outcome.value.blocks]


def test_plain_text_is_a_block_per_line():
    text = "Ada Example\r\nEXPERIENCE\n==========\nEngineer   2019 - 2021\n- Led a team\n\u2022 Built it\n* Tested it\n\n-----\nC# and F#\n-5 degrees"
    assert read(text).value.format == "txt"
    assert blocks(text) == [
        ("Ada Example", "paragraph"), ("EXPERIENCE", "heading"), ("Engineer | 2019 - 2021", "paragraph"), ("Led a team", "list_item"),
        ("Built it", "list_item"), ("Tested it", "list_item"), ("C# and F#", "paragraph"), ("-5 degrees", "paragraph"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("05/2019 - 06/2021   Baker     Oven Ltd", "05/2019 - 06/2021 | Baker | Oven Ltd"),
        ("Oven Ltd, Leeds\tMay 2019", "Oven Ltd, Leeds | May 2019"),
        ("A D A   B L O O M", "A D A B L O O M"),
        ("spread   out   over   the   whole   line", "spread out over the whole line"),
        ("\u2022\tBaked", "Baked"),
    ],
)
def test_columns_of_a_line_are_told_apart(line, text):
    assert [shown for shown, _ in blocks(f"Ada Example\n{line}")][1:] == [text]


def test_form_feeds_end_pages():
    document = read("one\n\ftwo\n").value
    assert [block.page for block in document.blocks] == [1, 2]
    assert document.pages == 2


MARKDOWN = """# Ada Example

**Engineer** in *Leeds* <br> [ada@example.org](mailto:ada@example.org) | [code](https://example.org/ada)

## Skills
* Python, `C++`, snake_case_name
1. First
> quoted

| Skill | Years |
|-------|------:|
| Go    | 3     |

Projects
--------
![photo](me.png) 2 * 3 * 4 and \\*stars\\* <b>bold</b>
<!-- kubernetes -->
```
# not a heading
```
"""


def test_markdown_loses_its_marks():
    document = read(MARKDOWN).value
    assert document.format == "md"
    assert [(block.text, block.kind.value) for block in document.blocks] == [
        ("Ada Example", "heading"), ("Engineer in Leeds", "paragraph"), ("ada@example.org | code (https://example.org/ada)", "paragraph"),
        ("Skills", "heading"), ("Python, C++, snake_case_name", "list_item"), ("First", "list_item"), ("quoted", "paragraph"),
        ("Skill | Years", "table_row"), ("Go | 3", "table_row"), ("Projects", "heading"), ("2 * 3 * 4 and *stars* bold", "paragraph"),
        ("# not a heading", "paragraph"),
    ]  # fmt: skip
    assert document.hidden == ("kubernetes",)


@pytest.mark.parametrize(
    "text", ["# of projects: 3\nC# developer\n", "- one\n- two\n- three\nissue #4", "#1 in sales\n#2 in service"]
)
def test_plain_text_with_number_signs_is_no_markdown(text):
    assert read(text).value.format == "txt"


def test_zero_width_padding_is_reported():
    outcome = read("py\u200bthon ja\u200bva ku\u200bbernetes\nnormal\u200b end")
    assert outcome.value.text == "python java kubernetes\nnormal end"
    assert [issue.code for issue in outcome.issues] == ["zero_width"]
    assert read("a\u200b b \u200b c\u200b").issues == ()


def test_statuses():
    assert read("").status is Status.EMPTY
    assert read(" \n\u200b\n").status is Status.EMPTY
    assert read(bytes(range(1, 32)) * 50).status is Status.UNSUPPORTED
    assert read("word " * 100, max_chars=400).status is Status.TOO_LARGE
    assert read("x\n" * 100, max_objects=50).status is Status.TOO_LARGE


@pytest.mark.parametrize(
    "unit",
    ["a", "1", " ", "\n", "*", "**a", "_", "[", "[a](", "`", "|", "# ", "<!--", "<a ", "\\", "- ", "=", "\r", "- -"],
)
def test_time_is_linear(unit):
    started = time.process_time()
    read("# heading\n\n**a** [b](c)\n" + unit * (200_000 // len(unit)))
    assert time.process_time() - started < 1.5
