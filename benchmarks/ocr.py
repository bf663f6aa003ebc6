"""How well scans are read: `python benchmarks/ocr.py [PDF...] [--dpi 100 150 200 300]`; needs the extra [ocr].

Draws PDFs whose text is known (by default the example resumes, and pages written by hirelens_cli.engine.specimens) at
several resolutions, clean and as a poor scanner gives them (turned by two thirds of a degree, on grey paper, with noise,
as a JPEG of low quality), reads the pictures by OCR in the sandbox, and compares with the text of the PDFs: character
error rate (edit distance over length, blanks as one), the share of words found, and what is understood of both: e-mail
addresses, known skills, and positions with the same dates. CPU seconds per page include starting the reader of each
document, which loads the models.
"""

from __future__ import annotations

import argparse
import datetime
import io
import random
import resource
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image
from rapidfuzz.distance import Levenshtein

from hirelens_cli import app
from hirelens_cli.config import Limits, RunConfig
from hirelens_cli.engine.specimens import pdf, resume
from hirelens_cli.model.documents import Document
from hirelens_cli.model.profiles import Known, Profile
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.taxonomy import load_taxonomy

ROOT = Path(__file__).resolve().parents[1]
AS_OF = datetime.date(2026, 11, 23)
GENERATED = 4
OCR = RunConfig(limits=Limits(ocr_pages=20), accept_any=True)


@dataclass
class Tally:
    """What was read right, summed over the documents."""

    pages: int = 0
    edits: int = 0
    letters: int = 0
    found: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    unread: int = 0

    def share(self, what: str) -> str:
        """How much of it was found."""
        return f"{self.found[what] / self.there[what]:.3f}" if self.there[what] else "-"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path, help="PDFs with text")
    options.add_argument("--dpi", type=int, nargs="+", default=[100, 150, 200, 300])
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        files = given.files or list(own_files(Path(name)))
        truths = [(path, document) for path in files if (document := app.read_file(str(path), OCR).value) is not None]
        print(f"{len(truths)} documents")
        print("dpi  scan     CER  words  e-mail  skills  positions  CPU s/page  unread")
        for dpi in given.dpi:
            for poor in (False, True):
                tally = Tally()
                for path, truth in truths:
                    measure(tally, truth, scan(path, dpi, poor), dpi, Path(name))
                print(
                    f"{dpi:3d}  {'poor' if poor else 'clean':5s}  {tally.edits / max(tally.letters, 1):6.4f}  {tally.share('words')}"
                    f"   {tally.share('e-mail')}   {tally.share('skills')}      {tally.share('positions')}"
                    f"  {tally.seconds / max(tally.pages, 1):10.2f}  {tally.unread:6d}",
                    flush=True,
                )


def own_files(folder: Path) -> Iterator[Path]:
    """The example resumes in PDF that hold text, and some generated ones."""
    yield from (path for path in sorted((ROOT / "examples" / "resumes").glob("*.pdf")) if "scan" not in path.name)
    chance = random.Random(7)  # noqa: S311 - the same pages every time
    for number in range(GENERATED):
        path = folder / f"generated-{number}.pdf"
        path.write_bytes(pdf(resume(chance, number, positions=3, deeds=4, skills=6)))
        yield path


def scan(path: Path, dpi: int, poor: bool) -> list[Image.Image]:
    """The pages as pictures of that many dots per inch."""
    chance = np.random.default_rng(7)
    pages = []
    for page in pypdfium2.PdfDocument(path):
        image = page.render(scale=dpi / 72).to_pil().convert("L")
        if poor:
            image = image.rotate(0.66, resample=Image.Resampling.BICUBIC, fillcolor=255)
            dots = np.asarray(image, dtype=np.float64) * 0.82 + 25 + chance.normal(0, 9, (image.height, image.width))
            image = Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))
            packed = io.BytesIO()
            image.save(packed, "JPEG", quality=35)
            image = Image.open(packed).convert("L")
        pages.append(image)
    return pages


def measure(tally: Tally, truth: Document, pages: Sequence[Image.Image], dpi: int, folder: Path) -> None:
    """Read the pictures and add what was found."""
    path = folder / "scan.pdf"
    pages[0].save(path, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    before = used()
    document = app.read_file(str(path), OCR).value
    tally.seconds += used() - before
    tally.pages += len(pages)
    if document is None:
        tally.unread += 1
        document = replace(truth, blocks=())
    wanted, got = text_of(truth), text_of(document)
    tally.edits += Levenshtein.distance(wanted, got)
    tally.letters += len(wanted)
    for what, facts in facts_of(truth).items():
        read = facts_of(document)[what] if document.blocks else Counter()
        tally.there[what] += facts.total()
        tally.found[what] += (facts & read).total()


def used() -> float:
    """CPU seconds of this process and of those that have ended."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def text_of(document: Document) -> str:
    return " ".join(" ".join(block.text for block in document.blocks).split())


def facts_of(document: Document) -> dict[str, Counter[str]]:
    """What is compared, each as often as it stands there."""
    profile = profile_resume(document, load_taxonomy(), AS_OF).value
    assert profile is not None
    return {
        "words": Counter(text_of(document).casefold().split()),
        "e-mail": Counter(profile.identity.emails),
        "skills": Counter(item.skill for item in profile.skills if item.how is not Known.UNLISTED),
        "positions": Counter(_held(profile)),
    }


def _held(profile: Profile) -> Iterator[str]:
    return (f"{item.start}-{item.end}" for item in profile.positions if item.months)


if __name__ == "__main__":
    main()
