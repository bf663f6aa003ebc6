from __future__ import annotations

import importlib.util
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from hirelens_cli.config import Limits
from hirelens_cli.documents import confine, ocr
from hirelens_cli.documents.confine import HelperNeeded, Profile
from hirelens_cli.documents.read import read_bytes
from hirelens_cli.documents.sandbox import Sandbox
from hirelens_cli.errors import MissingExtraError
from hirelens_cli.model.issues import Status

spec = importlib.util.spec_from_file_location("scans", Path(__file__).with_name("scans.py"))
assert spec
assert spec.loader
scans = importlib.util.module_from_spec(spec)
spec.loader.exec_module(scans)
drawn, scan_of = scans.drawn, scans.scan_of

LIMITS = Limits(ocr_pages=3)
LINES = ("Mara Quintero", "Experience", "Nurse at Harbour Clinic, 2015 - 2021", "Looked after 30 patients a day")
PAGE = [(60.0, 780.0 - 20 * row, text) for row, text in enumerate(LINES)]
TEXT = tuple(f"Wrote the manual of machine number {row}" for row in range(8))


@dataclass
class Engine:
    """Stands for RapidOCR: reads the same two lines on every page of 200 by 300 pixels."""

    pages: int = 0
    empty: bool = False
    text: str = "page {}"

    def __call__(self, picture: bytes) -> SimpleNamespace:
        self.pages += 1
        boxes = [[(20, 10 + at), (120, 10 + at), (120, 25 + at), (20, 25 + at)] for at in (0, 30)]
        found = SimpleNamespace(tolist=lambda: boxes)
        return SimpleNamespace(
            boxes=None if self.empty else found,
            txts=("Mara Quintero", self.text.format(self.pages)),
            scores=(0.9, 0.6),
            img=SimpleNamespace(shape=(300, 200, 3)),
        )


@pytest.fixture
def engine(monkeypatch):
    made = Engine()
    monkeypatch.setattr(ocr, "_engine", made)
    return made


def read(data, limits=LIMITS):
    return read_bytes(data, "a", limits, accept_any=True)


def codes(outcome):
    return [issue.code for issue in outcome.issues]


@pytest.mark.parametrize("data", [scan_of(PAGE), drawn(PAGE)], ids=["pdf", "png"])
def test_without_being_asked_a_scan_is_not_read_and_the_way_is_named(data, engine):
    outcome = read(data, Limits())
    assert outcome.status is Status.IMAGE_ONLY
    assert "pip install 'hirelens[ocr]'" in outcome.issues[0].hint
    assert "hirelens retry --ocr" in outcome.issues[0].hint
    assert engine.pages == 0


def test_what_was_read_says_so_with_how_sure_it_is(engine):
    outcome = read(scan_of(PAGE))
    assert outcome.value.text == "Mara Quintero\npage 1"
    (issue,) = outcome.issues
    assert issue.code == "ocr"
    assert issue.message == "1 page read by OCR, mean confidence 0.81"  # 13 letters at .9, 6 at .6
    assert outcome.value.blocks[0].bbox == (59.5, 28.1, 357.0, 70.2)


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("mara.q @mail.example | Leeds", "mara.q@mail.example | Leeds"),
        ("mara_q@ mail.example", "mara_q@mail.example"),
        ("paid 3 @ 2.50 a piece", "paid 3 @ 2.50 a piece"),
    ],
)
def test_an_address_that_was_torn_apart_is_one_again(engine, seen, meant):
    engine.text = seen
    assert read(scan_of(PAGE)).value.text.splitlines()[1] == meant


def test_a_picture_is_a_page(engine):
    outcome = read(drawn(PAGE))
    assert (outcome.value.format, outcome.value.pages) == ("image", 1)


def test_pages_with_text_are_left_as_they_are(engine):
    outcome = read(scan_of(PAGE, PAGE, text=TEXT))
    assert engine.pages == 2
    assert outcome.value.text.splitlines() == [*TEXT, "Mara Quintero", "page 1", "Mara Quintero", "page 2"]
    assert [block.page for block in outcome.value.blocks][-4:] == [2, 2, 3, 3]
    assert codes(outcome) == ["ocr"]  # and no longer image_pages


def test_the_limit_of_pages_is_kept_and_said(engine):
    outcome = read(scan_of(*[PAGE] * 5))
    assert engine.pages == 3
    assert codes(outcome) == ["ocr", "page_limit"]
    assert "3 of 5" in outcome.issues[1].message


def test_a_scan_in_which_nothing_is_found_stays_unread(engine):
    engine.empty = True
    assert read(scan_of(PAGE)).status is Status.IMAGE_ONLY
    assert codes(read(scan_of(PAGE, text=TEXT))) == ["image_pages"]


def test_a_confined_reader_asks_for_the_one_with_ocr(monkeypatch):
    monkeypatch.setattr(confine, "applied", Profile.READER)
    monkeypatch.setattr(ocr, "installed", lambda: True)
    with pytest.raises(HelperNeeded) as needed:
        read(scan_of(PAGE))
    assert needed.value.command == ocr.COMMAND
    monkeypatch.setattr(ocr, "installed", lambda: False)
    assert read(scan_of(PAGE)).status is Status.IMAGE_ONLY


def test_without_the_extra_the_command_that_installs_it_is_named(monkeypatch):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    with pytest.raises(MissingExtraError) as error:
        ocr.versions()
    assert error.value.hint == "pip install 'hirelens[ocr]'"


def in_sandbox(data, limits=LIMITS):
    with Sandbox(limits, accept_any=True) as sandbox:
        return next(outcome for _, outcome in sandbox.read_many([(sha256(data).hexdigest(), "", data)]))


@pytest.mark.extras
def test_a_scan_is_read_in_a_confined_process_and_twice_the_same():
    first = in_sandbox(scan_of(PAGE))
    assert first.value.text.splitlines() == list(LINES)
    assert float(first.issues[0].message.rpartition(" ")[2]) > 0.9
    assert in_sandbox(scan_of(PAGE)) == first


@pytest.mark.extras
def test_columns_of_a_scan_are_kept_apart():
    left = [(50.0, 700.0 - 18 * row, f"Skill number {row}") for row in range(6)]
    right = [(280.0, 700.0 - 18 * row, f"Did the work of year {row} well") for row in range(6)]
    assert in_sandbox(scan_of(left + right)).value.text.splitlines() == [text for _, _, text in left + right]


@pytest.mark.extras
def test_ocr_has_a_limit_of_cpu_time_of_its_own():
    outcome = in_sandbox(scan_of(*[PAGE] * 3), replace(LIMITS, ocr_cpu_seconds=1, cpu_seconds=1))
    assert outcome.status is Status.TIMEOUT
    assert "limits.ocr_cpu_seconds (1)" in outcome.issues[0].message


@pytest.mark.extras
def test_models_come_with_the_library():
    assert ocr.installed()
    assert {path.suffix for path in ocr.models()} == {".onnx"}
    assert len(ocr.versions()) == 3
