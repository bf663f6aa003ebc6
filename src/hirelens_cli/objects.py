"""Object stores by URL (s3://bucket/key, and whatever else fsspec knows), with as much of pathlib as parts and plans need."""

from __future__ import annotations

import contextlib
import fnmatch
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from hirelens_cli.errors import InputError, MissingExtraError, OutputError

_URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://")
_TOGETHER = 32
"""Objects fetched at a time: an answer takes tens of milliseconds, whatever its size."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One object as the store lists it, without its content."""

    url: str
    key: str
    """Below the URL that was listed."""
    size: int
    version: str
    """ETag, checksum or time of change: what the store itself says of the content."""


@dataclass(frozen=True, slots=True)
class ObjectPath:
    """A key, or all keys below it. Writing is whole or not at all, as object stores do it."""

    url: str

    def __truediv__(self, name: str) -> ObjectPath:
        return ObjectPath(f"{self.url.rstrip('/')}/{name}")

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The last part of the key."""
        return self.url.rsplit("/", 1)[-1]

    @property
    def parent(self) -> ObjectPath:
        """All keys beside this one."""
        return ObjectPath(self.url.rsplit("/", 1)[0])

    def with_name(self, name: str) -> ObjectPath:
        """The key beside this one with another last part."""
        return self.parent / name

    def read_bytes(self) -> bytes:
        """The content; raises FileNotFoundError where there is none."""
        with _said_plainly(self.url):
            data: bytes = _store(self.url).cat_file(self.url)
            return data

    def write_bytes(self, data: bytes) -> None:
        """Put the content there, in place of any other; raises OutputError where that is not allowed."""
        with _said_plainly(self.url, writing=True):
            _store(self.url).pipe_file(self.url, data)

    def create(self, data: bytes) -> bool:
        """Put the content there unless there is one (If-None-Match: *); whether it was put."""
        try:
            with _said_plainly(self.url, writing=True):
                _store(self.url).pipe_file(self.url, data, mode="create")
        except FileExistsError:
            return False
        return True

    def is_file(self) -> bool:
        """Whether there is content at this very key."""
        with _said_plainly(self.url):
            found: bool = _store(self.url).isfile(self.url)
            return found

    exists = is_file

    def glob(self, pattern: str) -> Iterator[ObjectPath]:
        """The keys right below that match, `*` for any characters."""
        with _said_plainly(self.url), contextlib.suppress(FileNotFoundError):
            names = [str(path).rsplit("/", 1)[-1] for path in _store(self.url).ls(self.url, detail=False)]
            yield from (self / name for name in names if fnmatch.fnmatchcase(name, pattern))

    def mkdir(self, **_: object) -> None:
        """Nothing to do: a key needs no folder."""

    def unlink(self, missing_ok: bool = False) -> None:
        """Remove the content at this very key."""
        try:
            with _said_plainly(self.url, writing=True):
                _store(self.url).rm_file(self.url)
        except FileNotFoundError:
            if not missing_ok:
                raise


Place = Path | ObjectPath
"""Where something lies."""


def place_of(text: str) -> Place:
    """A folder of this machine, or a place in an object store where `text` is a URL."""
    return ObjectPath(text.rstrip("/")) if is_url(text) else Path(text)


def is_url(text: str) -> bool:
    """Whether `text` names an object store; a path never does."""
    return _URL.match(text) is not None


def listed(url: str) -> list[Listed]:
    """All objects at or below a URL, by key; raises InputError where there are none or the store does not answer."""
    with _said_plainly(url):
        store = _store(url)
        found: dict[str, dict[str, Any]] = store.find(url, detail=True)
        root = store._strip_protocol(url)
    if not found:
        raise InputError(f"nothing at {url}", "check the bucket and the prefix")
    above = root.rsplit("/", 1)[0] if root in found else root
    return [
        Listed(store.unstrip_protocol(path), path[len(above) :].lstrip("/"), int(info.get("size") or 0), _version(info))
        for path, info in sorted(found.items())
    ]


def opened(url: str) -> BinaryIO:
    """The object as a file of which only what is read is fetched; raises FileNotFoundError, PermissionError."""
    with _said_plainly(url, alone=False):
        file: BinaryIO = _store(url).open(url, "rb")
        return file


def version_of(url: str) -> str:
    """What the store says of the object's content now; raises FileNotFoundError, PermissionError."""
    with _said_plainly(url, alone=False):
        info = _store(url).info(url)
        return f"{info.get('size')} {_version(info)}"


def contents(urls: Sequence[str]) -> Iterator[bytes | FileNotFoundError | PermissionError]:
    """The content of each object in order, or why this one cannot be read; some are fetched at a time."""
    for start in range(0, len(urls), _TOGETHER):
        chunk = list(urls[start : start + _TOGETHER])
        with _said_plainly(chunk[0]):
            store = _store(chunk[0])
            answers = store.cat(chunk, on_error="return")
            for url in chunk:
                answer = answers[store._strip_protocol(url)]
                if isinstance(answer, Exception) and not isinstance(answer, (FileNotFoundError, PermissionError)):
                    raise answer
                yield answer


def read_all(folder: Place, pattern: str) -> Iterator[bytes]:
    """The content of everything in a folder that matches, by name; what is gone by then is left out."""
    if isinstance(folder, ObjectPath):
        urls = sorted(path.url for path in folder.glob(pattern))
        yield from (data for data in contents(urls) if isinstance(data, bytes))
        return
    for path in sorted(folder.glob(pattern)):
        with contextlib.suppress(OSError):
            yield path.read_bytes()


def _version(info: dict[str, Any]) -> str:
    return str(
        next(
            (info[key] for key in ("ETag", "etag", "md5Hash", "checksum", "LastModified", "created") if info.get(key)),
            "",
        )
    )


def _store(url: str) -> Any:
    """The file system behind a URL, told to remember no listing: others write to it as well."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingExtraError("object stores need fsspec", "pip install 'hirelens[s3]'") from error
    try:
        return url_to_fs(url, use_listings_cache=False)[0]
    except (ImportError, ValueError) as error:
        scheme = url.partition("://")[0]
        raise MissingExtraError(f"{scheme}:// is not installed", "pip install 'hirelens[s3]' reads s3://") from error


@contextlib.contextmanager
def _said_plainly(url: str, *, writing: bool = False, alone: bool = True) -> Iterator[None]:
    """What a store refuses, in words that name the URL and the remedy; a missing key stays a FileNotFoundError.

    Of an object that is not `alone` but one of many, a refusal stays a PermissionError.
    """
    error_class = OutputError if writing else InputError
    bucket = "/".join(url.split("/")[:3])
    try:
        yield
    except PermissionError as error:
        if not alone:
            raise
        raise error_class(
            f"{bucket} refuses access to {url}", "check the credentials and the bucket's policy"
        ) from error
    except FileNotFoundError as error:
        if "bucket does not exist" in str(error):
            raise error_class(f"there is no bucket {bucket}", "check its name, and the region of the client") from error
        raise
    except FileExistsError:
        raise
    except Exception as error:
        name = type(error).__name__
        if "Credential" in name:
            raise error_class(
                f"no credentials for {bucket}", "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            ) from error
        if "PreconditionFailed" in str(error) or getattr(error, "errno", None) == 412:
            raise FileExistsError(url) from error
        if isinstance(error, (OSError, ValueError)) or type(error).__module__.partition(".")[0] in {
            "botocore",
            "aiohttp",
        }:
            raise error_class(
                f"{bucket} does not answer as it should ({name})", "check the address and the network"
            ) from error
        raise
