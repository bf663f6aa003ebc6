"""Job descriptions in: read like any document, or taken as the TOML file that a person has edited."""

from __future__ import annotations

from hirelens_cli.documents.discover import Discovery, open_source
from hirelens_cli.engine.stages import Bench, Verdict, load_documents
from hirelens_cli.errors import InputError
from hirelens_cli.model.documents import SourceFile
from hirelens_cli.model.jobs import Job
from hirelens_cli.profiles.job import parse_job
from hirelens_cli.profiles.job_toml import from_toml, is_job_toml
from hirelens_cli.profiles.taxonomy import Taxonomy


def load_jobs(bench: Bench, found: Discovery, taxonomy: Taxonomy) -> tuple[Job, ...]:
    """The jobs under the paths that were given, by name. `bench` must accept any document.

    Raises InputError for the first that cannot be opened, read or understood: a run for fewer jobs than were asked would
    look complete.
    """
    for name, issue in found.rejected:
        raise InputError(f"cannot use the job {name}: {issue.message}", issue.hint)
    if not found.sources:
        raise InputError("no job description found", "give a file, or a folder of files, to --job")
    edited = {source.doc_id: text for source in found.sources if (text := _toml(bench, source)) is not None}
    described = [source for source in found.sources if source.doc_id not in edited]
    documents = load_documents(bench, described)
    jobs = [from_toml(edited[source.doc_id], source.name) for source in found.sources if source.doc_id in edited]
    for source in described:
        document = documents[source.doc_id]
        if isinstance(document, Verdict):
            raise InputError(f"cannot use the job {source.name}: {document.message}", document.hint)
        outcome = parse_job(document, source.name, taxonomy)
        if outcome.value is None:
            message = outcome.issues[0].message if outcome.issues else "nothing in it asks for anything"
            raise InputError(f"cannot use the job {source.name}: {message}")
        jobs.append(outcome.value)
    return tuple(sorted(jobs, key=lambda job: job.name))


def _toml(bench: Bench, source: SourceFile) -> str | None:
    """The text of a job file that a person has edited; None for anything else."""
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
