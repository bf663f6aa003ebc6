"""What is embedded of a resume and of a job."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from hirelens_cli.embeddings.background import BACKGROUND
from hirelens_cli.embeddings.encode import quantise
from hirelens_cli.model.jobs import Job, Requirement, RequirementKind
from hirelens_cli.model.tables import JobVectors
from hirelens_cli.ports import Embedder

MOST_LINES = 64
"""A job description of two pages has about so many."""

SHINGLE = 4
"""Words in a run: three in common are often chance, five miss what was lightly edited."""

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"(?<=[.;!?])\s|\n")
_PLACEHOLDER = re.compile(r"\[[a-z][a-z ]{1,30}\]")

BY_MEANING = frozenset(
    {
        RequirementKind.SKILL,
        RequirementKind.TITLE,
        RequirementKind.RESPONSIBILITY,
        RequirementKind.DOMAIN,
    }
)
"""Kinds whose text is matched against passages by meaning; the others get a row of zeros."""


_BACKGROUNDS: dict[str, NDArray[np.float32]] = {}
"""By fingerprint. A transformer takes seconds over them."""


def embedded_text(text: str) -> str:
    """A passage as the embedder sees it: without the placeholders of redaction, blanks collapsed."""
    return " ".join(_PLACEHOLDER.sub(" ", text).split())


def job_texts(job: Job) -> tuple[str, ...]:
    """The texts of a job in the order in which `job_vectors` uses them: requirements, title, whole."""
    return (*(_requirement_text(asked, job) for asked in job.requirements), _line(job.title), _line(job.text))


def shingles(text: str) -> tuple[int, ...]:
    """CRC-32 of each run of SHINGLE words, or of all words where they are fewer; without repeats, sorted.

    Two texts that share many share their wording. Blanks, case, punctuation and line breaks do not matter; the same on
    every machine.
    """
    words = _WORD.findall(text.lower())
    return _hashes(words, min(SHINGLE, len(words))) if words else ()


def job_shingles(text: str) -> tuple[int, ...]:
    """As `shingles`, with the shorter runs as well, so that a short line of a job is known again."""
    words = _WORD.findall(text.lower())
    return tuple(sorted({item for length in range(1, SHINGLE + 1) for item in _hashes(words, length)}))


def _hashes(words: list[str], length: int) -> tuple[int, ...]:
    runs = (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))
    return tuple(sorted({zlib.crc32(run.encode("utf-8", "replace")) for run in runs}))


def job_lines(text: str) -> tuple[str, ...]:
    """The first MOST_LINES different sentences or list items of a job's text that have at least three words."""
    found = (_line(piece) for piece in _SENTENCE.split(text))
    return tuple(dict.fromkeys(piece for piece in found if len(piece.split()) >= 3))[:MOST_LINES]


def job_vectors(job: Job, embedder: Embedder, terms: Callable[[str], Mapping[str, int]]) -> JobVectors:
    """The job as vectors, quantised like those of the passages, and as lexical terms, cut by `terms` like the resumes'."""
    lines = job_lines(job.text)
    rows = quantise(embedder.encode((*job_texts(job), *lines)))
    count = len(job.requirements)
    return JobVectors(
        requirements=rows[:count],
        title=rows[count],
        whole=rows[count + 1],
        background=_background(embedder),
        lines=rows[count + 2 :],
        requirement_terms=requirement_terms(job, terms),
        title_terms=tuple(sorted(terms(job.title))),
        terms=tuple(sorted(terms(job.text).items())),
        shingles=job_shingles(job.source_text),
    )


def requirement_terms(job: Job, terms: Callable[[str], Mapping[str, int]]) -> tuple[tuple[str, ...], ...]:
    """The distinct lexical terms of each requirement, sorted."""
    return tuple(tuple(sorted(terms(_asked(asked)))) for asked in job.requirements)


def _background(embedder: Embedder) -> NDArray[np.float32]:
    """The background's vectors, made once per process and embedder."""
    known = _BACKGROUNDS.get(embedder.fingerprint)
    if known is None:
        known = _BACKGROUNDS[embedder.fingerprint] = quantise(embedder.encode(BACKGROUND))
    return known


def _requirement_text(asked: Requirement, job: Job) -> str:
    if asked.kind not in BY_MEANING:
        return ""
    if asked.kind is RequirementKind.DOMAIN:
        return _line(f"{job.title} {job.text}")
    if asked.kind is RequirementKind.TITLE:
        return _line(job.title or asked.text)
    if asked.kind is RequirementKind.RESPONSIBILITY:
        # `Review the work of others` means another thing for a cook than for a lawyer.
        return _line(f"{job.title}: {asked.text}") if job.title else _line(asked.text)
    return _line(_asked(asked))


def _asked(asked: Requirement) -> str:
    """A skill or certificate by its names, anything else by the words of the job."""
    if asked.kind in (RequirementKind.SKILL, RequirementKind.CERTIFICATE) and asked.any_of:
        return ", ".join(asked.any_of)
    return asked.text


def _line(text: str) -> str:
    return " ".join(text.split())
