# Names of files are bytes here, which pathlib does not take.
# ruff: noqa: PTH112, PTH114, PTH116, PTH118, PTH119, PTH120, PTH207
"""Files in: folders, files, globs, archives and object stores become SourceFiles; what cannot be opened is named with its reason.

Every input document ends in exactly one place: it is a source, one of a source's further names (`also`: the same bytes
were found before), or rejected. Not documents, and passed over: names that begin with a dot or `~$` below a given folder
(hidden files, editors' and Office's lock files), `Thumbs.db`, `desktop.ini`, and `__MACOSX` in archives.

A link inside a folder is followed where it leads to a file inside that folder; a link to a folder inside it adds
nothing, because its files are found anyway; any other link is rejected. A link that the user names is followed.
"""

from __future__ import annotations

import difflib
import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

from hirelens_cli.config import Limits
from hirelens_cli.documents import archives
from hirelens_cli.documents.archives import SourceError
from hirelens_cli.documents.files import open_file, read_file, reason
from hirelens_cli.documents.formats import format_of
from hirelens_cli.documents.names import display_name
from hirelens_cli.errors import InputError
from hirelens_cli.model.documents import SourceFile
from hirelens_cli.model.issues import Issue, Outcome, Severity, Status, failed
from hirelens_cli.objects import Listed, contents, is_url, listed, opened, version_of


class Rejected(NamedTuple):
    """A document that could not be opened."""

    name: str
    issue: Issue


@dataclass(frozen=True, slots=True)
class Discovery:
    """All that was found under the paths given."""

    sources: tuple[SourceFile, ...]
    """Sorted by doc_id."""
    rejected: tuple[Rejected, ...]
    """Sorted by name; the issue's code is a Status."""

    @property
    def duplicates(self) -> int:
        """How many documents repeat the bytes of another."""
        return sum(len(source.also) for source in self.sources)

    @property
    def found(self) -> int:
        """All documents: sources, duplicates and rejected."""
        return len(self.sources) + self.duplicates + len(self.rejected)


@dataclass(frozen=True, slots=True)
class _Found:
    """One document at one place, before names are made unique and equal contents are joined."""

    root: bytes
    """Absolute folder that the name counts from."""
    name: bytes
    """Relative to the root."""
    location: bytes = b""
    member: str = ""
    doc_id: str = ""
    size: int = 0
    issue: Issue | None = None
    """Why it is rejected."""


def discover(
    paths: Sequence[str | os.PathLike[str]],
    limits: Limits,
    seen: dict[str, str] | None = None,
    *,
    but: str | os.PathLike[str] = "",
) -> Discovery:
    """Every document under `paths`: folders (recursive), files, globs, .zip archives and s3:// URLs, by content.

    The result depends on the paths and the files' bytes, not on the order of either. `seen` says the content's hash of
    objects that need not be fetched, by `object_key`, and learns those that were. The folder `but` is passed over. Raises InputError where a path does not
    exist, a pattern matches nothing, or a named folder or store cannot be listed.
    """
    found: dict[tuple[bytes, str], _Found] = {}
    skipped = os.path.realpath(os.fsencode(but)) if but else b""
    for path in paths:
        text = os.fspath(path)
        for item in _stored(text, limits, seen) if is_url(text) else _named(os.fsencode(path), limits, skipped):
            place = (os.path.join(item.root, item.name), item.member)
            known = found.get(place)
            if known is None or item.name < known.name:  # folders that overlap: the same file is one document
                found[place] = item
    return _joined(_unique_names(list(found.values())))


def open_source(source: SourceFile, limits: Limits) -> Outcome[bytes]:
    """The bytes that `source.doc_id` is the hash of; without a value where they are gone, unreadable or changed."""
    try:
        if source.member:
            data = _member(source, limits)
        elif is_url(source.location):
            data = _fetched(source.location)
        else:
            data = _whole(os.fsencode(source.location), limits)
    except SourceError as error:
        return failed(error.status, source.doc_id, error.message)
    except OSError as error:
        return failed(Status.UNREADABLE, source.doc_id, reason(error))
    if sha256(data).hexdigest() != source.doc_id:
        return failed(
            Status.UNREADABLE, source.doc_id, "changed while being read", "run again when nobody writes to it"
        )
    return Outcome(data)


def _near(path: bytes) -> str:
    """What to do about a path that leads nowhere: the neighbour that is spelled nearly so, if there is one."""
    above, name = os.path.split(path.rstrip(b"/"))
    try:
        names = [os.fsdecode(entry.name) for entry in os.scandir(above or b".")]
    except OSError:
        return f"there is no folder {display_name(above)} either"
    near = difflib.get_close_matches(os.fsdecode(name), sorted(names), 1, 0.6)
    return f"did you mean {display_name(os.path.join(above, os.fsencode(near[0])))}?" if near else "check the path"


def _named(path: bytes, limits: Limits, skipped: bytes) -> Iterator[_Found]:
    """The documents under one path that the user gave."""
    shown = display_name(path)
    if os.path.isdir(path):
        yield from _below(os.path.realpath(path), b"", limits, skipped)
    elif os.path.lexists(path):
        location = os.path.realpath(path)
        if not os.path.lexists(location):
            raise InputError(f"{shown} is a link that leads nowhere")
        root = os.path.realpath(os.path.dirname(path) or b".")
        yield from _inspect(_Found(root, os.path.basename(path), location), limits, alone=True)
    elif glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            raise InputError(f"nothing matches {shown}", "quote the pattern or check the folder")
        root = os.path.realpath(_fixed_part(path))
        for match in matches:
            below = os.path.relpath(os.path.realpath(os.path.dirname(match) or b"."), root)
            name = os.path.normpath(os.path.join(below, os.path.basename(match)))
            yield from _below(root, b"", limits, skipped) if name == b"." else _entry(root, name, limits, skipped)
    else:
        raise InputError(f"no file or folder at {shown}", _near(path))


def object_key(item: Listed) -> str:
    """What a store says of an object: where this is the same, so is the content."""
    return f"{item.url} {item.size} {item.version}"


def _stored(url: str, limits: Limits, known: dict[str, str] | None) -> Iterator[_Found]:
    """The documents in an object store; one that a limit keeps out is not even fetched.

    An archive may be of any size where its name ends in .zip: of it only what is read is fetched.
    """
    wanted: list[tuple[Listed, _Found]] = []
    for item in listed(url):
        if any(_is_passed_over(part) for part in os.fsencode(item.key).split(b"/")):
            continue
        root = os.fsencode(item.url.removesuffix(item.key).rstrip("/"))
        found = _Found(root, os.fsencode(item.key), os.fsencode(item.url), size=item.size)
        members = _stored_members(found, url, limits) if item.key.lower().endswith(".zip") else None
        if members is not None:
            yield from members
        elif item.size > limits.max_bytes:
            message = f"{item.size:,} bytes, more than limits.max_bytes allows ({limits.max_bytes:,})"
            yield _rejected(found, Status.TOO_LARGE, message)
        elif known is not None and object_key(item) in known:
            yield replace(found, doc_id=known[object_key(item)])
        else:
            wanted.append((item, found))
    for (item, found), data in zip(wanted, contents([item.url for item, _ in wanted]), strict=True):
        if isinstance(data, Exception):
            yield _rejected(found, Status.UNREADABLE, _refusal(data))
        elif data.startswith(b"PK") and format_of(data) == "zip":
            members = _stored_members(found, url, limits)
            yield from [_rejected(found, Status.MALFORMED, "a broken archive")] if members is None else members
        else:
            doc_id = sha256(data).hexdigest()
            if known is not None and item.version:
                known[object_key(item)] = doc_id
            yield replace(found, doc_id=doc_id, size=len(data))


def _stored_members(item: _Found, url: str, limits: Limits) -> list[_Found] | None:
    """What an archive in an object store holds; None where it is a document itself, or broken. `url` is what the user named."""
    location = os.fsdecode(item.location)
    # Stores differ in how they write the slashes before a key.
    alone = location.partition("://")[2].strip("/") == url.partition("://")[2].strip("/")
    try:
        with opened(location) as file:
            archive = archives.open_archive(file, limits)
            return None if archive is None else list(_unpacked(item, archive, limits, alone))
    except SourceError as error:
        return [_rejected(item, error.status, error.message)]
    except (FileNotFoundError, PermissionError) as error:
        return [_rejected(item, Status.UNREADABLE, _refusal(error))]


def _fetched(url: str) -> bytes:
    (data,) = contents([url])
    if isinstance(data, Exception):
        raise SourceError(Status.UNREADABLE, _refusal(data))
    return data


def _refusal(error: Exception) -> str:
    return "permission denied" if isinstance(error, PermissionError) else "no longer in the object store"


def _fixed_part(pattern: bytes) -> bytes:
    """The folder above the first component with a wildcard."""
    head = pattern
    while glob.has_magic(head):
        head = os.path.dirname(head)
    return head or b"."


def _below(root: bytes, start: bytes, limits: Limits, skipped: bytes) -> Iterator[_Found]:
    """The documents in a folder and the folders in it, but for the one `skipped`; loops cannot happen because no link to a folder is followed."""
    folders = [start]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as entries:
                listed = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
        except OSError as error:
            if folder == b"":
                raise InputError(
                    f"cannot list {display_name(root)}: {reason(error)}", "check its permissions"
                ) from error
            yield _rejected(_Found(root, folder), Status.UNREADABLE, f"a folder that cannot be listed: {reason(error)}")
            continue
        for base, is_folder in listed:
            name = os.path.join(folder, base)
            if _is_passed_over(base) or (is_folder and os.path.join(root, name) == skipped):
                continue
            if is_folder:
                folders.append(name)
            else:
                yield from _entry(root, name, limits, skipped)


def _entry(root: bytes, name: bytes, limits: Limits, skipped: bytes) -> Iterator[_Found]:
    """The documents at one name below a root; a link must not lead out of the root."""
    path = os.path.join(root, name)
    location = os.path.realpath(path) if os.path.islink(path) else path
    item = _Found(root, name, location)
    if location not in (path, root) and not location.startswith(os.path.join(root, b"")):
        yield _rejected(item, Status.UNREADABLE, "a link that leads out of the folder")
    elif not os.path.isdir(location):
        yield from _inspect(item, limits)
    elif location == path:
        yield from _below(root, name, limits, skipped)


def _is_passed_over(base: bytes) -> bool:
    return base.startswith((b".", b"~$")) or base.lower() in (b"thumbs.db", b"desktop.ini")


def _inspect(item: _Found, limits: Limits, *, alone: bool = False) -> Iterator[_Found]:
    """One file: itself, or the members of the archive that it is. `alone`: the user named this very file."""
    try:
        with open_file(item.location) as file:
            archive = None
            if os.pread(file.fileno(), 2, 0) == b"PK":
                archive = archives.open_archive(file, limits)
            if archive is not None:
                yield from _unpacked(item, archive, limits, alone)
                return
            data = read_file(file, limits)
    except SourceError as error:
        yield _rejected(item, error.status, error.message)
    except OSError as error:
        yield _rejected(item, Status.UNREADABLE, reason(error))
    else:
        if data.startswith(b"PK") and format_of(data) == "zip":
            yield _rejected(item, Status.MALFORMED, "a broken archive")
        else:
            yield replace(item, doc_id=sha256(data).hexdigest(), size=len(data))


def _unpacked(item: _Found, archive: ZipFile, limits: Limits, alone: bool) -> Iterator[_Found]:
    """The members of an archive; one that the user named is a root of its own."""
    left = limits.archive_bytes
    for name, info in archives.entries(archive).items():
        stored = name.encode("utf-8", "surrogateescape")
        parts = stored.split(b"/")
        if b"__MACOSX" in parts or any(_is_passed_over(part) and part not in (b".", b"..") for part in parts):
            continue
        found = replace(item, name=os.path.join(item.name, stored.lstrip(b"/")), member=name)
        if alone:
            found = replace(found, root=os.path.join(item.root, item.name), name=stored)
        try:
            data = archives.contents(archive, info, limits, left)
        except SourceError as error:
            yield _rejected(found, error.status, error.message)
            continue
        left -= len(data)
        if data.startswith(b"PK") and format_of(data) == "zip":
            yield _rejected(found, Status.UNSUPPORTED, "an archive inside an archive")
        else:
            yield replace(found, doc_id=sha256(data).hexdigest(), size=len(data))


def _rejected(item: _Found, status: Status, message: str) -> _Found:
    issue = Issue(status.value, Severity.ERROR, display_name(item.name), message)
    return replace(item, issue=issue)


def _unique_names(found: list[_Found]) -> list[_Found]:
    """The same documents with names that differ: where two are alike, the folders above the root are put before them."""
    named = {index: item.name for index, item in enumerate(found)}
    for depth in range(1, 64):
        counts = Counter(named.values())
        alike = [index for index, name in named.items() if counts[name] > 1]
        if not alike:
            break
        for index in alike:
            above = found[index].root.strip(b"/").split(b"/")[-depth:]
            named[index] = b"/".join((*above, found[index].name))
    return [replace(item, name=named[index]) for index, item in enumerate(found)]


def _joined(found: list[_Found]) -> Discovery:
    """Equal contents as one source under its smallest name."""
    groups: dict[str, list[_Found]] = {}
    rejected = []
    for item in sorted(found, key=lambda item: (item.name, item.location, item.member)):
        if item.issue is None:
            groups.setdefault(item.doc_id, []).append(item)
        else:
            name = display_name(item.name)
            rejected.append(Rejected(name, replace(item.issue, subject=name)))
    sources = []
    for doc_id, (first, *others) in sorted(groups.items()):
        also = tuple(display_name(other.name) for other in others)
        location = os.fsdecode(first.location)
        sources.append(SourceFile(doc_id, display_name(first.name), location, first.member, first.size, also))
    return Discovery(tuple(sources), tuple(rejected))


def _whole(location: bytes, limits: Limits) -> bytes:
    with open_file(location) as file:
        return read_file(file, limits)


def _member(source: SourceFile, limits: Limits) -> bytes:
    archive, entries = _archive(source.location, _identity(source.location), limits)
    info = entries.get(source.member)
    if info is None:
        raise SourceError(Status.UNREADABLE, "no longer in its archive")
    return archives.contents(archive, info, limits, limits.archive_bytes)


def _identity(location: str) -> tuple[object, ...]:
    """What changes when an archive does."""
    if is_url(location):
        try:
            return (version_of(location),)
        except (FileNotFoundError, PermissionError) as error:
            raise SourceError(Status.UNREADABLE, _refusal(error)) from error
    status = os.stat(location)
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


@lru_cache(maxsize=1)
def _archive(location: str, _identity: tuple[object, ...], limits: Limits) -> tuple[ZipFile, dict[str, ZipInfo]]:
    """The archive stays open for its next member, because reading its directory is slow."""
    file = opened(location) if is_url(location) else open_file(os.fsencode(location))
    archive = archives.open_archive(file, limits)
    if archive is None:
        raise SourceError(Status.UNREADABLE, "its archive can no longer be opened")
    return archive, archives.entries(archive)
