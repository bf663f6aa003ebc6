"""Which documents are not to be taken in again: kept as salted hashes, so that the list itself names nobody."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from hirelens_cli.documents.discover import Rejected
from hirelens_cli.engine.plan import Applicant
from hirelens_cli.engine.results import Terms
from hirelens_cli.engine.run import Batch
from hirelens_cli.engine.workspace import Workspace, write_atomically
from hirelens_cli.errors import StoreError
from hirelens_cli.model.codec import CodecError, decode, encode
from hirelens_cli.model.issues import Issue, Severity, Status

_WHY = {
    Status.ERASED: ("it was erased from this workspace", "a person asked for that; nothing of it was read"),
    Status.EXPIRED: ("the time for which it may be kept is over", "nothing of it was read"),
}


@dataclass(frozen=True, slots=True)
class Tombstones:
    """Hashes of document ids under the workspace's own salt."""

    salt: str = ""
    buried: Mapping[str, Status] | None = None

    def status(self, doc_id: str) -> Status | None:
        """Why a document is not to be taken in; None where it may be."""
        return self.buried.get(_hash(self.salt, doc_id)) if self.buried else None


def read_tombstones(workspace: Workspace) -> Tombstones:
    """The tombstones of a workspace; raises StoreError where they cannot be read: then nobody may be taken in."""
    try:
        return decode(workspace.tombstones.read_bytes(), Tombstones)
    except FileNotFoundError:
        return Tombstones()
    except (OSError, CodecError) as error:
        raise StoreError(
            f"{workspace.tombstones} is damaged", "restore it: it says whom not to take in again"
        ) from error


def bury(workspace: Workspace, doc_ids: Iterable[str], status: Status) -> None:
    """Have these documents refused from now on."""
    old = read_tombstones(workspace)
    salt = old.salt or secrets.token_hex(16)
    new = {_hash(salt, doc_id): status for doc_id in doc_ids}
    write_atomically(workspace.tombstones, encode(Tombstones(salt, {**(old.buried or {}), **new})))


def spared(batch: Batch, tombstones: Tombstones) -> Batch:
    """The batch with the buried among those that could not be opened, each under every name it was found by."""
    if not tombstones.buried:
        return batch
    people: list[Applicant] = []
    refused: list[Rejected] = []
    for person in batch.people:
        status = tombstones.status(person.source.doc_id)
        if status is None:
            people.append(person)
            continue
        message, hint = _WHY[status]
        names = (person.source.name, *person.source.also)
        refused += [Rejected(name, Issue(status.value, Severity.ERROR, name, message, hint)) for name in names]
    sources = tuple(source for source in batch.found.sources if tombstones.status(source.doc_id) is None)
    rejected = tuple(sorted((*batch.found.rejected, *refused), key=lambda item: item[0]))
    return replace(batch, people=tuple(people), found=replace(batch.found, sources=sources, rejected=rejected))


def without_names(terms: Terms, files: Collection[str] = ()) -> Terms:
    """The terms of a run without the names of files that were refused, nor of `files`: a name may be a person's."""
    refused = {item.resume for item in terms.unopened if item.status in _WHY and item.resume} | set(files)
    unopened = tuple(replace(item, resume="") if item.resume in refused else item for item in terms.unopened)
    return replace(terms, unopened=unopened, inputs=terms.inputs.without(refused))


def _hash(salt: str, doc_id: str) -> str:
    return hashlib.sha256(f"{salt}:{doc_id}".encode()).hexdigest()
