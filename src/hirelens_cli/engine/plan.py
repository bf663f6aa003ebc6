"""What a run is to do: who is screened as of when, for which jobs, and under which fingerprints its parts are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TypeVar

from hirelens_cli.config import Limits, RunConfig
from hirelens_cli.documents.discover import Discovery
from hirelens_cli.engine.manifest import Application, Manifest, applies
from hirelens_cli.errors import InputError
from hirelens_cli.model.codec import encode
from hirelens_cli.model.corrections import Correction
from hirelens_cli.model.documents import SourceFile
from hirelens_cli.model.jobs import Job

T = TypeVar("T")

PACKAGE = Path(__file__).parent.parent

LIBRARIES = {
    "documents": ("lxml", "pdfplumber", "pikepdf", "pypdfium2", "python-docx"),
    "profiles": ("rapidfuzz",),
    "scores": ("numpy", "polars"),
}
"""Libraries whose version may change what a stage makes."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """One document to screen."""

    source: SourceFile
    as_of: str
    """ISO date."""
    applications: tuple[Application, ...] = ()
    """From the manifest; empty without one, and then the document is screened for every job."""
    corrections: tuple[Correction, ...] = ()
    """What the person had put right."""

    @property
    def mark(self) -> str:
        """What corrections add to the key of a profile; empty without any."""
        return "+" + hashlib.sha256(encode(self.corrections)).hexdigest()[:16] if self.corrections else ""

    def applied_to(self, job_name: str) -> bool:
        """Whether the document is to be scored for the job."""
        return not self.applications or any(applies(item, job_name) for item in self.applications)


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Each changes whenever what its stage makes may change."""

    documents: str
    profiles: str
    vectors: str
    jobs: str
    scores: str


def applicants(found: Discovery, manifest: Manifest | None, as_of: str) -> tuple[tuple[Applicant, ...], int]:
    """Who is to be screened, by doc_id, and how many documents the manifest does not name and so leaves out."""
    chosen, left_out = [], 0
    for source in found.sources:
        if manifest is None:
            chosen.append(Applicant(source, as_of))
            continue
        lines = manifest.of((source.name, *source.also))
        if not lines:
            left_out += 1 + len(source.also)
            continue
        dates = sorted(item.received_on for item in lines if item.received_on)
        chosen.append(Applicant(source, dates[-1] if dates else as_of, lines))
    return tuple(sorted(chosen, key=lambda item: item.source.doc_id)), left_out


def fingerprints(config: RunConfig, embedder: str) -> Fingerprints:
    """The fingerprints under one configuration; `embedder` is the embedder's own.

    Raises InputError where a skill file of the user's cannot be read.
    """
    documents = documents_print(config.limits, config.forensics, config.accept_any)
    profiles = profiles_print(config.taxonomy, config.redact_institutions)
    vectors = vectors_print(embedder)
    jobs = _digest("profiles", documents, profiles, vectors)
    scores = _digest("scores", documents, profiles, vectors, _digest("shortlists"), encode(config.weights).decode())
    return Fingerprints(documents, profiles, vectors, jobs, scores)


def documents_print(limits: Limits, forensics: str, accept_any: bool) -> str:
    """The fingerprint of reading under these settings, by the code and libraries of this process.

    Raises MissingExtraError where they ask for OCR and it is not installed.
    """
    ocr: tuple[str, ...] = ()
    if limits.ocr_pages:
        from hirelens_cli.documents.ocr import versions

        ocr = versions()
    return _digest("documents", encode(limits).decode(), forensics, str(accept_any), *ocr)


def profiles_print(taxonomy: Sequence[str], redact_institutions: bool) -> str:
    """The fingerprint of understanding; raises InputError where a skill file cannot be read."""
    return _digest("profiles", *map(_file_digest, taxonomy), str(redact_institutions))


def vectors_print(embedder: str) -> str:
    """The fingerprint of embedding by the embedder with this fingerprint of its own."""
    return _digest("embeddings", embedder)


def _file_digest(path: str) -> str:
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"cannot read the skill file {path}", "check the path") from error


def _digest(stage: str, *made_of: str) -> str:
    """16 hex digits over a stage's own code and data, its libraries' versions, and what else it is made of."""
    digest = hashlib.sha256("\0".join(made_of).encode())
    for folder in (stage, "model"):
        for path in sorted((PACKAGE / folder).rglob("*")):
            name = path.relative_to(PACKAGE)
            if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in name.parts):
                digest.update(name.as_posix().encode())
                digest.update(path.read_bytes())
    for library in LIBRARIES.get(stage, ()):
        digest.update(f"{library}={metadata.version(library)}\n".encode())
    return digest.hexdigest()[:16]


def run_id(people: Sequence[Applicant], rejected: Sequence[str], jobs: Sequence[Job], config: str, scores: str) -> str:
    """16 hex digits of the inputs (names, contents, dates, applications), the jobs, the configuration and the code."""
    digest = hashlib.sha256()
    for person in people:
        digest.update(encode(person.source.doc_id))
        digest.update(encode((person.source.name, person.source.also, person.as_of, person.applications)))
        digest.update(person.mark.encode())
    for name in rejected:
        digest.update(encode(name))
    for job in jobs:
        digest.update(encode((job.job_id, job.name, job.requirements)))
    digest.update(encode((config, scores)))
    return digest.hexdigest()[:16]


LARGEST, PARTS = 2_000, 200
"""A large batch is read in about so many parts, up to so many documents each: every part has to be opened for every new job,
and one that a killed worker had under way is read again."""


def chunked(items: Sequence[T], chunk: int) -> list[tuple[T, ...]]:
    """Chunks of `chunk` items, of more where there are many."""
    size = max(chunk, min(len(items) // PARTS + 1, LARGEST))
    return [tuple(items[start : start + size]) for start in range(0, len(items), size)]
