"""Resumes and jobs as plain text, through the whole pipeline up to the scores."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable

import numpy as np
import pytest

from hirelens_cli.backends.embedders.static import StaticEmbedder
from hirelens_cli.config import Weights
from hirelens_cli.embeddings.encode import quantise
from hirelens_cli.embeddings.passages import embedded_text, job_vectors
from hirelens_cli.engine.columns import pool_of, profile_rows
from hirelens_cli.model.documents import Block, Document
from hirelens_cli.model.jobs import Job
from hirelens_cli.model.profiles import month_of
from hirelens_cli.model.tables import JobVectors, Pool, ScoredJob
from hirelens_cli.profiles.job import parse_job
from hirelens_cli.profiles.resume import profile_resume
from hirelens_cli.profiles.taxonomy import load_taxonomy
from hirelens_cli.profiles.tokens import terms
from hirelens_cli.scores.combine import score_job

AS_OF = datetime.date(2026, 11, 1)


@pytest.fixture(scope="session")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


def document(text: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(digest, "txt", tuple(Block(line.strip()) for line in text.splitlines() if line.strip()))


@pytest.fixture(scope="session")
def pool(embedder: StaticEmbedder) -> Callable[..., Pool]:
    """The pool of some resumes, given as texts, in the order given."""

    def make(*resumes: str) -> Pool:
        profiles = []
        for text in resumes:
            outcome = profile_resume(document(text), load_taxonomy(()), AS_OF)
            assert outcome.value is not None, outcome.issues
            profiles.append(outcome.value)
        now = month_of(AS_OF.year, AS_OF.month)
        rows = profile_rows((profile.doc_id, profile, now) for profile in profiles)
        passages = [embedded_text(passage.text) for profile in profiles for passage in profile.passages]
        return pool_of(rows, quantise(embedder.encode(passages)))

    return make


@pytest.fixture(scope="session")
def job(embedder: StaticEmbedder) -> Callable[[str], tuple[Job, JobVectors]]:
    """A job, given as text, and its vectors."""

    def make(text: str) -> tuple[Job, JobVectors]:
        parsed = parse_job(document(text), "job.txt", load_taxonomy(())).value
        assert parsed is not None
        return parsed, job_vectors(parsed, embedder, terms)

    return make


@pytest.fixture(scope="session")
def score(pool: Callable[..., Pool], job: Callable[[str], tuple[Job, JobVectors]]) -> Callable[..., ScoredJob]:
    """Some resumes scored for a job, all given as texts."""

    def make(described: str, *resumes: str) -> ScoredJob:
        parsed, vectors = job(described)
        scored = score_job(pool(*resumes), parsed, vectors, Weights())
        assert np.array_equal(scored.scores, scored.points.sum(axis=1))
        return scored

    return make
