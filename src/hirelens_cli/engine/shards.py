"""Shards: a plan frozen in a folder, its documents dealt out by content, each shard prepared on its own, anywhere.

    PLAN/plan.json                   the terms, and the digest of every list of documents; written last
    PLAN/shards/3/documents.json     who belongs to shard 3
    PLAN/shards/3/parts/             what was made of them, as in a workspace
    PLAN/done/3.json                 shard 3 is whole, with the digest of its parts; written last
    PLAN/parts/jobs/                 the jobs, as they were understood when planned
    PLAN/taxonomy/                   copies of the user's skill files

A shard writes only below its own folder and then its marker, so shards do not disturb each other; a merge copies their
parts into a workspace and is an ordinary run there, with nothing left to make.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from hirelens_cli import __version__
from hirelens_cli.config import RunConfig
from hirelens_cli.documents.discover import Discovery, Rejected
from hirelens_cli.engine.plan import Applicant, Fingerprints
from hirelens_cli.engine.results import Inputs
from hirelens_cli.engine.run import Batch
from hirelens_cli.engine.workspace import write_atomically
from hirelens_cli.errors import InputError, OutputError, StoreError
from hirelens_cli.model.codec import CodecError, decode, encode, indented
from hirelens_cli.model.documents import SourceFile
from hirelens_cli.objects import Place, is_url

SCHEMA = "hirelens.plan/1"

PLAIN = "".join(chr(code) for code in range(32, 127) if chr(code) != "%")
"""What stands for itself in a stored path; all else is percent-encoded, because a path need not be text."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much one shard holds."""

    documents: int
    sha256: str
    """Of its list."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, and under which terms."""

    version: str
    config: RunConfig
    config_hash: str
    prints: Fingerprints
    root: str
    """Folder that the documents' locations count from."""
    inputs: Inputs
    jobs: tuple[SourceFile, ...]
    """Without locations: what was understood of them is kept in the plan."""
    rejected: tuple[Rejected, ...]
    """Documents that could not be opened when planned."""
    left_out: int
    shares: tuple[Share, ...]
    """Shard n is shares[n - 1]."""

    @property
    def documents(self) -> int:
        """Distinct documents to screen."""
        return sum(share.documents for share in self.shares)


@dataclass(frozen=True, slots=True)
class _Header:
    schema: str


@dataclass(frozen=True, slots=True)
class _Frozen:
    """The file plan.json."""

    schema: str
    sha256: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class PlanFolder:
    """A frozen plan and where it lies."""

    root: Place
    plan: Plan
    digest: str

    def folder(self, shard: int) -> Place:
        """All that belongs to one shard."""
        return self.root / "shards" / str(shard)

    def parts(self, shard: int) -> Place:
        """Where a shard keeps its parts."""
        return self.folder(shard) / "parts"

    def settings(self, settings: RunConfig, scratch: Path) -> RunConfig:
        """The plan's configuration with the place, workers and chunk of `settings`, and skill files from the plan.

        Those of a plan in an object store are copied to `scratch` first.
        """
        config = self.plan.config.placed_as(settings)
        copies = tuple(str(self._skills(index, name, scratch)) for index, name in enumerate(config.taxonomy))
        return replace(config, taxonomy=copies, workers=settings.workers, chunk=settings.chunk)

    def _skills(self, index: int, name: str, scratch: Path) -> Path:
        kept = _skill_copy(self.root, index, name)
        if isinstance(kept, Path):
            return kept
        copy = _skill_copy(scratch, index, name)
        assert isinstance(copy, Path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(copy, kept.read_bytes())
        return copy

    def people(self, shard: int, root: str | None = None) -> tuple[Applicant, ...]:
        """Who belongs to a shard, with files below `root` (default: where they were planned).

        Raises StoreError where the list is not what was planned.
        """
        try:
            data = _list_of(self.root, shard).read_bytes()
        except OSError:
            data = b""
        if hashlib.sha256(data).hexdigest() != self.plan.shares[shard - 1].sha256:
            raise StoreError(f"the plan {self.root} is damaged: the list of shard {shard} was changed", "plan again")
        base = os.fsencode(root) if root is not None else _bytes(self.plan.root)
        return tuple(_resolved(person, base) for person in decode(data, tuple[Applicant, ...]))

    def job_shelf(self) -> Place:
        """Where what was understood of the jobs lies."""
        return job_shelf(self.root, self.plan.prints)

    def batch(self, shards: Sequence[int]) -> Batch:
        """The documents of these shards and those that could not be opened, as one run sees them."""
        people = [person for shard in shards for person in self.people(shard)]
        return _batch(people, self.plan.rejected, self.plan.left_out)

    def share(self, people: Sequence[Applicant]) -> Batch:
        """The documents of one shard alone."""
        return _batch(people, (), 0)

    def require(self, prints: Fingerprints) -> None:
        """Raises InputError where this version, its libraries or its model would make something else than was planned."""
        differ = differences(self.plan.prints, prints)
        if differ:
            made = "" if self.plan.version == __version__ else f" (hirelens {self.plan.version}; this is {__version__})"
            raise InputError(
                f"the plan {self.root} was made by another version{made}: {', '.join(differ)} differ",
                "use the same version, libraries and model everywhere, or plan again",
            )


def job_shelf(folder: Place, prints: Fingerprints) -> Place:
    """Where the jobs of a plan are kept."""
    return folder / "parts" / "jobs" / prints.jobs


def freeze(
    folder: Place,
    batch: Batch,
    jobs: Discovery,
    count: int,
    *,
    config: RunConfig,
    prints: Fingerprints,
    inputs: Inputs,
) -> PlanFolder:
    """Write the plan of `count` shards; the same plan once more changes nothing.

    Raises InputError where the folder holds another plan, OutputError where it cannot be written.
    """
    root = _root_of(batch, inputs.resumes)
    dealt: list[list[Applicant]] = [[] for _ in range(count)]
    for person in batch.people:
        dealt[shard_of(person.source.doc_id, count) - 1].append(person)
    lists = [encode(tuple(_relative(person, root) for person in people)) for people in dealt]
    plan = Plan(
        version=__version__,
        config=replace(config, workspace=RunConfig().workspace, publish_to="", workers=0),
        config_hash=config.hash(),
        prints=prints,
        root=_text(root),
        inputs=inputs,
        jobs=tuple(replace(source, location="", member="") for source in jobs.sources),
        rejected=batch.found.rejected,
        left_out=batch.left_out,
        shares=tuple(
            Share(len(people), hashlib.sha256(data).hexdigest()) for people, data in zip(dealt, lists, strict=True)
        ),
    )
    digest = hashlib.sha256(encode(plan)).hexdigest()
    place = PlanFolder(folder, plan, digest)
    if (folder / "plan.json").exists():
        if open_plan(folder).digest != digest:
            raise InputError(f"{folder} holds another plan", "name another folder with --out, or remove that one")
        return place
    try:
        _write(place, lists)
    except OSError as error:
        raise OutputError(f"cannot write the plan to {folder}: {error.strerror}", "name another folder") from error
    return place


def _write(place: PlanFolder, lists: Sequence[bytes]) -> None:
    """Skill files and lists, and then the plan that vouches for them."""
    for index, name in enumerate(place.plan.config.taxonomy):
        copy = _skill_copy(place.root, index, name)
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(copy, Path(name).read_bytes())
    (place.root / "done").mkdir(exist_ok=True)
    for shard, data in enumerate(lists, 1):
        place.folder(shard).mkdir(parents=True, exist_ok=True)
        write_atomically(_list_of(place.root, shard), data)
    frozen = _Frozen(SCHEMA, place.digest, place.plan)
    write_atomically(place.root / "plan.json", indented(encode(frozen)) + b"\n")


def open_plan(folder: Place) -> PlanFolder:
    """The plan in a folder; raises InputError where there is none, StoreError where it is not what was frozen."""
    try:
        data = (folder / "plan.json").read_bytes()
    except OSError as error:
        raise InputError(f"no plan in {folder}", "make one: hirelens shard plan RESUMES --job JD --out PLAN") from error
    try:
        if decode(data, _Header).schema != SCHEMA:
            raise StoreError(f"the plan {folder} was made by a newer version of hirelens", "upgrade hirelens")
        frozen = decode(data, _Frozen)
    except CodecError as error:
        raise StoreError(f"the plan {folder} is damaged", "plan again, into another folder") from error
    if hashlib.sha256(encode(frozen.plan)).hexdigest() != frozen.sha256:
        raise StoreError(f"the plan {folder} was changed after it was made", "plan again, into another folder")
    return PlanFolder(folder, frozen.plan, frozen.sha256)


def shard_of(doc_id: str, count: int) -> int:
    """The shard, 1 to `count`, that a content belongs to."""
    return int(doc_id[:16], 16) % count + 1


def require_root(place: PlanFolder, people: Sequence[Applicant], root: str | None) -> None:
    """Raises InputError where the folder of the documents is not on this machine: each would be called unreadable."""
    base = Path(os.fsdecode(os.fsencode(root) if root is not None else _bytes(place.plan.root)))
    here = [person for person in people if not is_url(person.source.location)]
    if here and not base.is_dir():
        raise InputError(
            f"the documents are not at {base} on this machine", "name the folder they lie in with --root DIR"
        )


def differences(planned: Fingerprints, here: Fingerprints) -> list[str]:
    """What would be made otherwise, in plain words; a later stage that differs only through an earlier one is left out."""
    words = {
        "documents": "reading",
        "profiles": "understanding",
        "vectors": "embedding",
        "scores": "scoring",
        "jobs": "jobs",
    }
    before, now = asdict(planned), asdict(here)
    differ = [word for stage, word in words.items() if before[stage] != now[stage]]
    own = [word for word in differ if word in {"reading", "understanding", "embedding"}]
    return own or differ


def _batch(people: Sequence[Applicant], rejected: tuple[Rejected, ...], left_out: int) -> Batch:
    ordered = tuple(sorted(people, key=lambda person: person.source.doc_id))
    return Batch(ordered, Discovery(tuple(person.source for person in ordered), rejected), left_out)


def _root_of(batch: Batch, resumes: Sequence[str]) -> bytes:
    """The deepest folder that holds the given folders and all documents."""
    locations = [person.source.location for person in batch.people if not is_url(person.source.location)]
    folders = {os.path.dirname(os.fsencode(location)) for location in locations}  # noqa: PTH120
    folders |= {os.path.realpath(os.fsencode(path)) for path in resumes if Path(path).is_dir()}
    return os.path.commonpath(folders) if folders else b""


def _relative(person: Applicant, root: bytes) -> Applicant:
    source = person.source
    if is_url(source.location):
        return person
    location = _text(os.path.relpath(os.fsencode(source.location), root))
    return replace(person, source=replace(source, location=location, member=_member_text(source.member)))


def _resolved(person: Applicant, root: bytes) -> Applicant:
    source = person.source
    if is_url(source.location):
        return person
    location = os.fsdecode(os.path.join(root, _bytes(source.location)))  # noqa: PTH118
    member = _bytes(source.member).decode("utf-8", "surrogateescape")
    return replace(person, source=replace(source, location=location, member=member))


def _text(path: bytes) -> str:
    return quote(path, safe=PLAIN)


def _member_text(name: str) -> str:
    return quote(name.encode("utf-8", "surrogateescape"), safe=PLAIN)


def _bytes(text: str) -> bytes:
    return unquote_to_bytes(text)


def _list_of(root: Place, shard: int) -> Place:
    return root / "shards" / str(shard) / "documents.json"


def _skill_copy(root: Place, index: int, name: str) -> Place:
    """The file's own name is kept, because its ending says how to read it."""
    return root / "taxonomy" / str(index) / Path(name).name
