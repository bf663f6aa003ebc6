"""The options that several commands share, and how they become a RunConfig."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from shlex import quote
from typing import Annotated, Any

import typer

from hirelens_cli.config import RunConfig, load
from hirelens_cli.errors import UsageError


class Format(StrEnum):
    """How a shortlist is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"
    XLSX = "xlsx"
    PARQUET = "parquet"
    ARROW = "arrow"
    HTML = "html"
    JUNIT = "junit"


BINARY = frozenset({Format.XLSX, Format.PARQUET, Format.ARROW})
"""What a terminal cannot show."""

ENDINGS = {f".{form.value}": form for form in Format if form not in (Format.TABLE, Format.JUNIT)} | {
    ".ndjson": Format.JSONL,
    ".feather": Format.ARROW,
    ".htm": Format.HTML,
    ".xml": Format.JUNIT,
}


class DataFormat(StrEnum):
    """How anything else that is data is written."""

    TABLE = "table"
    JSON = "json"


class GateFormat(StrEnum):
    """How anything is written that can fail a build."""

    TABLE = "table"
    JSON = "json"
    JUNIT = "junit"


class TextFormat(StrEnum):
    """How what was found in one file is written."""

    TEXT = "text"
    JSON = "json"


class PageFormat(StrEnum):
    """How a page about one thing is written."""

    TABLE = "table"
    JSON = "json"
    MD = "md"


class EmbedderName(StrEnum):
    """Which embedder reads the passages."""

    AUTO = "auto"
    STATIC = "static"
    MINILM_INT8 = "minilm-int8"
    MINILM = "minilm"
    CASCADE = "cascade"


class DeviceName(StrEnum):
    """Where the embedder computes."""

    CPU = "cpu"
    CUDA = "cuda"
    AUTO = "auto"


class EngineName(StrEnum):
    """Who does the work."""

    LOCAL = "local"
    DASK = "dask"


Resumes = Annotated[
    list[str],
    typer.Argument(
        metavar="RESUMES", help="Folders (read recursively), files, globs or .zip archives.", show_default=False
    ),
]
Jobs = Annotated[
    list[str],
    typer.Option(
        "--job", "-j", metavar="JD", help="Job description, or a folder of them; repeat for more.", show_default=False
    ),
]
Manifest = Annotated[
    str | None,
    typer.Option(
        "--manifest",
        metavar="CSV",
        help="Ties files to applicants: columns file, applicant_id, job, received_on; further ones are kept.",
        show_default=False,
    ),
]
Top = Annotated[
    int | None,
    typer.Option(
        "--top", "-n", metavar="N", help="Candidates shown per job; 0 for all. [default: 20]", show_default=False
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the result there, whole or not at all, instead of to stdout.",
        show_default=False,
    ),
]
ShortlistFormat = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="[default: by the ending of --output, else table]", show_default=False),
]
FileFormat = Annotated[TextFormat, typer.Option("--format", "-f", help="How the result is written.")]
GateOption = Annotated[
    GateFormat, typer.Option("--format", "-f", help="How the result is written; junit holds the gates alone.")
]
PlainFormat = Annotated[DataFormat, typer.Option("--format", "-f", help="How the result is written.")]
By = Annotated[
    str, typer.Option("--by", metavar="NAME", help="Who does it. [default: the account's name]", show_default=False)
]
PageForm = Annotated[
    PageFormat | None,
    typer.Option("--format", "-f", help="[default: by the ending of --output, else table]", show_default=False),
]


@dataclass(frozen=True, slots=True)
class Place:
    """What --workspace, --tenant and --region say together; None where not given."""

    workspace: str | None = None
    tenant: str | None = None
    region: str | None = None


Workspace = Annotated[
    Place | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        parser=Place,
        help="Results and caches. [default: .hirelens]",
        show_default=False,
    ),
]
Tenant = Annotated[
    str | None,
    typer.Option("--tenant", metavar="NAME", help="Whose data it is: nothing is shared.", show_default=False),
]
Region = Annotated[
    str | None,
    typer.Option("--region", metavar="NAME", help="Where it belongs: nothing is shared.", show_default=False),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        metavar="FILE",
        help="Settings in TOML. [default: ./hirelens.toml, if there]",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The day that stands for today, as 2026-11-23. [default: today]",
        show_default=False,
    ),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", help="Processes; 0 for one per core. [default: 0]", show_default=False),
]
Embedder = Annotated[
    EmbedderName | None,
    typer.Option(
        "--embedder",
        help="auto is minilm-int8 where it is built (see `hirelens models`), else static; cascade is static for all, then "
        "minilm-int8 for the best; minilm needs the extra [transformers]. [default: auto]",
        show_default=False,
    ),
]
Device = Annotated[
    DeviceName | None,
    typer.Option(
        "--device",
        help="Where minilm and minilm-int8 compute; auto takes a GPU where there is one. [default: cpu]",
        show_default=False,
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="MODEL",
        help="For minilm: a local folder or hub name. [default: the installed all-MiniLM-L6-v2]",
        show_default=False,
    ),
]
Weight = Annotated[
    list[str] | None,
    typer.Option("--weight", metavar="CRITERION=N", help="As skills=50; repeat for more.", show_default=False),
]
Forensics = Annotated[
    str | None,
    typer.Option(
        "--forensics", metavar="auto|all|off", help="Look for hidden text. [default: auto]", show_default=False
    ),
]
AcceptAny = Annotated[
    bool | None, typer.Option("--accept-any", help="Screen also what does not look like a resume.", show_default=False)
]
Ocr = Annotated[
    bool | None,
    typer.Option("--ocr", help="Read pages that are images by OCR, and say so (extra [ocr]).", show_default=False),
]
Blind = Annotated[bool | None, typer.Option("--blind", help="Ids instead of names and paths.", show_default=False)]
AllowUnscreened = Annotated[
    bool, typer.Option("--allow-unscreened", help="Exit with 0, not 3, where some documents could not be screened.")
]
Run = Annotated[
    str | None,
    typer.Option(
        "--run",
        metavar="RUN",
        help="The beginning of a run's id, or latest. [default: the latest run with that job]",
        show_default=False,
    ),
]
Open = Annotated[bool, typer.Option("--open", help="Show the report of it in the browser (blind).")]
Engine = Annotated[
    EngineName | None,
    typer.Option(
        "--engine", help="dask needs the extra [cluster]. [default: local, dask with --scheduler]", show_default=False
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler", metavar="URL", help="Dask scheduler to work with, as tls://host:8786.", show_default=False
    ),
]
TlsCa = Annotated[
    str | None,
    typer.Option("--tls-ca", metavar="FILE", help="Who signed the cluster's certificate.", show_default=False),
]
TlsCert = Annotated[
    str | None,
    typer.Option("--tls-cert", metavar="FILE", help="Certificate to show to the cluster.", show_default=False),
]
TlsKey = Annotated[
    str | None, typer.Option("--tls-key", metavar="FILE", help="Key of that certificate.", show_default=False)
]
Priority = Annotated[
    int | None,
    typer.Option(
        "--priority", metavar="N", help="On a shared cluster: the higher goes first. [default: 0]", show_default=False
    ),
]
Labels = Annotated[
    str, typer.Argument(metavar="LABELS", help="CSV with the columns job, resume, relevance (graded, or 0 and 1).")
]
LabelledRun = Annotated[
    str | None,
    typer.Option("--run", metavar="RUN", help="[default: the latest run with a labelled job]", show_default=False),
]
LabelledOnly = Annotated[
    bool, typer.Option("--labelled-only", help="Leave out candidates without a label; else they count as 0.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only the result, and errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more about the work, one line per stage.")]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the result goes and how it is written."""

    format: Format
    path: Path | None
    allow_unscreened: bool = False
    """Documents that could not be screened are no failure."""

    @property
    def folder(self) -> Path | None:
        """Where the result is a folder of Parquet files: any path but one that ends in .parquet."""
        several = self.format is Format.PARQUET and self.path is not None and self.path.suffix.lower() != ".parquet"
        return self.path if several else None


def destination(form: Format | None, output: Path | None, *, allow_unscreened: bool = False) -> Destination:
    """The format that was asked for: --format, else by the ending of --output, else a table. `-` is stdout.

    Raises UsageError where a terminal would be sent what is no text.
    """
    path = None if output is None or str(output) == "-" else output
    if form is None and path is not None:
        form = ENDINGS.get(path.suffix.lower())
    if form in BINARY and path is None and sys.stdout.isatty():
        raise UsageError(f"{form} is no text for a terminal", f"name a file: --output result.{form}")
    return Destination(form or Format.TABLE, path, allow_unscreened)


OCR_PAGES = 10
"""Pages of one document that --ocr reads."""


def configure(config: Path | None = None, weights: Sequence[str] | None = None, **flags: object) -> RunConfig:
    """The configuration in force: `flags` (RunConfig keys; None where not given) over environment, file and defaults."""
    return configured(config, flags | weight_flags(weights or ()))


def configured(config: Path | None, flags: dict[str, object]) -> RunConfig:
    """The same for flags with dotted keys, such as `limits.max_pages`.

    The flag `ocr` stands for OCR_PAGES where the rest asks for no OCR.
    """
    ocr = flags.get("ocr")
    flags = {key: value for key, value in flags.items() if key != "ocr"}
    place = flags.get("workspace")
    if isinstance(place, Place):
        flags = flags | asdict(place)
    settings = load(config, flags=flags)[0]
    if ocr and not settings.limits.ocr_pages:
        return replace(settings, limits=replace(settings.limits, ocr_pages=OCR_PAGES))
    return settings


def place_words(config: RunConfig) -> str:
    """The options that lead to the same workspace again, for a command line that is shown; empty for the default."""
    usual = RunConfig()
    given = [(key, getattr(config, key)) for key in ("workspace", "tenant", "region")]
    return "".join(f" --{key} {quote(value)}" for key, value in given if value != getattr(usual, key))


def cluster_flags(
    engine: EngineName | None,
    scheduler: str | None,
    tls_ca: str | None,
    tls_cert: str | None,
    tls_key: str | None,
    priority: int | None,
) -> dict[str, Any]:
    """The settings of where the work is done; naming a scheduler means the engine dask."""
    name = engine.value if engine else None
    return {
        "engine": name or ("dask" if scheduler else None),
        "cluster.scheduler": scheduler,
        "cluster.tls_ca": tls_ca,
        "cluster.tls_cert": tls_cert,
        "cluster.tls_key": tls_key,
        "cluster.priority": priority,
    }


def weight_flags(weights: Sequence[str]) -> dict[str, object]:
    """`skills=50` as the setting `weights.skills`; raises UsageError for anything else."""
    flags: dict[str, object] = {}
    for text in weights:
        name, equals, number = text.partition("=")
        if not equals or not name.strip() or not number.strip():
            raise UsageError(f"--weight {text!r} is not CRITERION=NUMBER", "for example --weight skills=50")
        flags[f"weights.{name.strip()}"] = number.strip()
    return flags
