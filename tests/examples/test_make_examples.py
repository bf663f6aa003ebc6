"""The committed examples are what the script writes."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, made again."""
    pytest.importorskip("reportlab")
    folder = tmp_path_factory.mktemp("examples")
    subprocess.run([sys.executable, FOLDER / "make_examples.py", folder], check=True, capture_output=True)
    return folder


def files(folder: Path) -> list[str]:
    return sorted(
        str(path.relative_to(folder))
        for kind in ("resumes", "jobs")
        for path in (folder / kind).rglob("*")
        if path.is_file()
    )


def content(data: bytes) -> object:
    """A DOCX as its members, because compressed bytes depend on the zlib at hand; anything else as its bytes."""
    if data[:2] != b"PK":
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, info.date_time, archive.read(info)) for info in archive.infolist()]


def test_the_files_are_fresh(fresh):
    assert files(fresh) == files(FOLDER)
    stale = [
        name
        for name in files(FOLDER)
        if "scan" not in name and content((fresh / name).read_bytes()) != content((FOLDER / name).read_bytes())
    ]
    assert stale == [], "run `make examples`"


def test_the_scan_is_a_picture_without_text(fresh):
    pypdfium2 = pytest.importorskip("pypdfium2")
    for folder in (fresh, FOLDER):
        document = pypdfium2.PdfDocument(next(folder.glob("resumes/*scan.pdf")))
        page = document[0]
        assert page.get_textpage().get_text_range().strip() == ""
        assert len(list(page.get_objects())) >= 1
        document.close()


def test_one_is_there_twice_and_one_hides_words(fresh):
    duplicate = (FOLDER / "resumes/via-agency/candidate-7.pdf").read_bytes()
    assert duplicate == (FOLDER / "resumes/grace-abernathy-cole.pdf").read_bytes()
    stuffed = (FOLDER / "resumes/viktor-halloran.pdf").read_bytes()
    assert b"1 1 1 rg" in stuffed
    assert b"Kubernetes" in stuffed


def test_the_readme_names_every_kind(fresh):
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in files(FOLDER) if name.startswith("resumes") and Path(name).name not in text] == []
