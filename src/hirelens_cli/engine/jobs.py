"""Job descriptions in: read like any document, or taken as the TOML file that a person has edited.

What was understood and embedded is kept, so that the next run for the same job does neither again.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hirelens_cli.documents.discover import Discovery, open_source
from hirelens_cli.engine.stages import Bench, Verdict, load_documents
from hirelens_cli.engine.tasks import readers
from hirelens_cli.engine.workspace import write_atomically
from hirelens_cli.errors import InputError, StoreError
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.documents import Document, SourceFile
from hirelens_cli.model.issues import Outcome
from hirelens_cli.model.jobs import Job, RequirementKind
from hirelens_cli.model.tables import JobVectors
from hirelens_cli.objects import Place
from hirelens_cli.ports import Embedder
from hirelens_cli.profiles.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Wanted:
    """A job as scoring wants it."""

    job: Job
    vectors: JobVectors


def load_jobs(bench: Bench, found: Discovery, embedder: Embedder, shelf: Place) -> tuple[Wanted, ...]:
    """The jobs under the paths that were given, by name; `bench` must accept any document, `shelf` keeps what was made.

    Raises InputError for the first that cannot be opened, read or understood: a run for fewer jobs than were asked would
    look complete.
    """
    for name, issue in found.rejected:
        raise InputError(f"cannot use the job {name}: {issue.message}", issue.hint)
    kept = {source.doc_id: _kept(_place(shelf, source.doc_id, source.name)) for source in found.sources}
    missing = [source for source in found.sources if kept[source.doc_id] is None]
    made = _make(bench, missing, embedder) if missing else {}
    shelf.mkdir(parents=True, exist_ok=True)
    for source in missing:
        _keep(_place(shelf, source.doc_id, source.name), made[source.doc_id])
    wanted = [kept[source.doc_id] or made[source.doc_id] for source in found.sources]
    return tuple(sorted(wanted, key=lambda item: item.job.name))


def kept_jobs(sources: Sequence[SourceFile], shelf: Place) -> tuple[Wanted, ...]:
    """The jobs that `load_jobs` kept on a shelf, in its order; raises StoreError where one is not what was kept."""
    kept = [_kept(_place(shelf, source.doc_id, source.name)) for source in sources]
    found = [item for item in kept if item is not None]
    if len(found) < len(kept):
        raise StoreError(f"a job kept in {shelf} is damaged or gone", "plan again, into another folder")
    return tuple(sorted(found, key=lambda item: item.job.name))


def embedded_by(jobs: Sequence[Wanted], embedder: Embedder, shelf: Place) -> tuple[Wanted, ...]:
    """The same jobs with the vectors of another embedder; `shelf` keeps them as well."""
    from hirelens_cli.embeddings.passages import job_vectors
    from hirelens_cli.profiles.tokens import terms

    shelf.mkdir(parents=True, exist_ok=True)
    again = []
    for item in jobs:
        path = _place(shelf, item.job.job_id, item.job.name)
        kept = _kept(path)
        if kept is None or kept.job != item.job:
            kept = Wanted(item.job, job_vectors(item.job, embedder, terms))
            _keep(path, kept)
        again.append(kept)
    return tuple(again)


def _make(bench: Bench, sources: Sequence[SourceFile], embedder: Embedder) -> dict[str, Wanted]:
    edited = {source.doc_id: text for source in sources if (text := _toml(bench, source)) is not None}
    if len(edited) < len(sources):
        readers().warm_up()
    # Imported here: the rules for jobs take a fifth of a second to load, which a known job need not pay.
    from hirelens_cli.embeddings.passages import job_vectors
    from hirelens_cli.profiles.job import parse_job
    from hirelens_cli.profiles.job_toml import from_toml
    from hirelens_cli.profiles.taxonomy import load_taxonomy
    from hirelens_cli.profiles.tokens import terms

    taxonomy = load_taxonomy(bench.config.taxonomy)  # while the readers start
    documents = load_documents(bench, [source for source in sources if source.doc_id not in edited])
    made = {}
    for source in sources:
        if source.doc_id in edited:
            job = from_toml(edited[source.doc_id], source.name, taxonomy)
            _note_unknown(bench, job, taxonomy)
        else:
            job = _understood(source, parse_job(_read(source, documents[source.doc_id]), source.name, taxonomy))
        made[source.doc_id] = Wanted(job, job_vectors(job, embedder, terms))
    return made


def _note_unknown(bench: Bench, job: Job, taxonomy: Taxonomy) -> None:
    """Say which skills that a person wrote down are none that is known, where one is spelled nearly so."""
    for asked in job.requirements:
        for name in asked.any_of if asked.kind in (RequirementKind.SKILL, RequirementKind.CERTIFICATE) else ():
            near = () if taxonomy.canonical(name) else taxonomy.nearest(name)
            if near:
                meant = f"{job.name} asks {name}, which is no known skill; did you mean {' or '.join(near)}?"
                bench.progress.note("{}", meant)


def _read(source: SourceFile, document: Document | Verdict) -> Document:
    if isinstance(document, Verdict):
        raise InputError(f"cannot use the job {source.name}: {document.message}", document.hint)
    return document


def _understood(source: SourceFile, outcome: Outcome[Job]) -> Job:
    if outcome.value is None:
        message = outcome.issues[0].message if outcome.issues else "nothing in it asks for anything"
        raise InputError(f"cannot use the job {source.name}: {message}")
    return outcome.value


def _toml(bench: Bench, source: SourceFile) -> str | None:
    """The text of a job file that a person has edited; None for anything else."""
    from hirelens_cli.profiles.job_toml import is_job_toml

    if source.size > bench.config.limits.max_chars:
        return None
    data = open_source(source, bench.config.limits).value
    if data is None:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text if is_job_toml(text) else None


def job_file(job_id: str, name: str) -> str:
    """What the file of a kept job is called. The name counts too: it is the title of a job that gives none."""
    return hashlib.sha256(encode((job_id, name))).hexdigest()[:16] + ".json"


def _place(shelf: Place, job_id: str, name: str) -> Place:
    return shelf / job_file(job_id, name)


def _keep(path: Place, wanted: Wanted) -> None:
    data = encode(wanted, _plain)
    write_atomically(path, hashlib.sha256(data).hexdigest().encode() + b"\n" + data)


def _kept(path: Place) -> Wanted | None:
    """What was kept, or None where there is nothing or its bytes are not those that were written."""
    try:
        digest, _, data = path.read_bytes().partition(b"\n")
        if hashlib.sha256(data).hexdigest().encode() == digest:
            return decode(data, Wanted, _array)
    except (OSError, CodecError):
        pass
    return None


def _plain(array: Any) -> list[object]:
    return [list(array.shape), base64.b64encode(array.astype("<i2").tobytes()).decode()]


def _array(_kind: type, plain: Any) -> Any:
    return np.frombuffer(base64.b64decode(plain[1]), "<i2").reshape(plain[0]).astype(np.float32)
