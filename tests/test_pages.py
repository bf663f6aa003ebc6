"""docs/tutorial.md and docs/library.md: every block does what the page says, in the order of the page."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from hirelens_cli.cli.main import main
from hirelens_cli.errors import ExitCode

DOCS = Path(__file__).parent.parent / "docs"


def blocks(page: str) -> list[tuple[str, str]]:
    return re.findall(r"^```(\w+)\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.slow
def test_the_tutorial(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    typed = 0
    for kind, text in blocks("tutorial.md"):
        assert kind == "sh"
        for line in text.splitlines():
            program, *words = shlex.split(line)
            if program == "cd":
                monkeypatch.chdir(words[0])
            else:
                assert main(words) == ExitCode.DONE, (line, capsys.readouterr().err)
                typed += 1
    assert typed >= 12
    out, err = capsys.readouterr()
    assert "Amara Okonjo-Reyes" in out
    assert "hidden words, not scored:" in err
    assert Path("report.html").stat().st_size > 10_000
    assert Path("shortlist.csv").read_text().startswith("job,title")


@pytest.mark.slow
def test_the_library(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    main(["init", "trial", "--example"])
    found = blocks("library.md")
    assert [kind for kind, _ in found] == ["python", "python"]
    names: dict[str, object] = {}
    for _, text in found:
        assert len(text.splitlines()) <= 10
        exec(compile(text, "library.md", "exec"), names)
    table = names["table"]
    assert table["status"].to_list() == ["scored"] * 8 + ["image_only", "malformed"]
    assert table["resume"][0] == "amara-okonjo-reyes.pdf"
    assert "image_only" in capsys.readouterr().out


def test_the_index_leads_to_every_page_and_none_is_missing():
    text = (DOCS / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([\w/.-]+)\)", text))
    assert [link for link in sorted(linked) if not (DOCS / link).exists()] == []
    assert {path.name for path in DOCS.glob("*.md")} - {"README.md"} <= linked
