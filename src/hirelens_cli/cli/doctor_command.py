"""`hirelens doctor`: what is installed, what protects, what is missing, and the fix for each finding."""

from __future__ import annotations

import os
import platform
import shutil
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hirelens_cli.cli import options
from hirelens_cli.errors import ExitCode

if TYPE_CHECKING:
    from hirelens_cli.config import Cluster
    from hirelens_cli.engine.workspace import Workspace

EXAMPLES = """\b
Examples:
  hirelens doctor
  hirelens doctor --format json
  hirelens doctor --scheduler tls://scheduler:8786 --tls-ca ca.pem --tls-cert me.pem --tls-key me.key
"""

LIBRARIES = ("duckdb", "polars", "numpy", "pdfplumber", "pypdfium2", "python-docx", "lxml", "joblib", "tokenizers")
_PATIENCE = 5.0
"""Seconds that a scheduler has to answer."""
FREE_BYTES = 1_000_000_000
"""Below this much free space the workspace is reported."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    state: str
    """ok, absent (an extra or a protection that is not there), or problem."""
    detail: str
    fix: str = ""


def doctor(
    format: options.PlainFormat = options.DataFormat.TABLE,  # noqa: A002
    workspace: options.Workspace = None,
    scheduler: options.Scheduler = None,
    tls_ca: options.TlsCa = None,
    tls_cert: options.TlsCert = None,
    tls_key: options.TlsKey = None,
    config: options.ConfigFile = None,
) -> int:
    """Look at versions, models, readers, the sandbox, the workspace and the cluster, and name the fix for each finding.

    Exits with 9 where something that the base install needs is missing or damaged.
    """
    import json

    from hirelens_cli.cli.output import write_result
    from hirelens_cli.cli.tables import draw_rows, drawn
    from hirelens_cli.engine.workspace import Workspace

    cluster = options.cluster_flags(None, scheduler, tls_ca, tls_cert, tls_key, None)
    settings = options.configure(config, workspace=workspace, **cluster)
    place = Workspace.of(settings)
    findings = [*_versions(), *_models(), *_readers(), *_sandbox(), *_workspace(place.root)]
    findings += [*_store(place), *_cluster(settings.cluster)]
    if format is options.DataFormat.JSON:
        write_result((json.dumps([asdict(finding) for finding in findings], indent=2) + "\n").encode(), None)
    else:
        rows = [
            (item.state, item.check, f"{item.detail}\n→ {item.fix}" if item.fix else item.detail) for item in findings
        ]
        lines = [
            (state, check, line) for state, check, text in rows for state, check, line in _lines(state, check, text)
        ]
        write_result(
            drawn(lambda console: draw_rows(console, ("State", "Check", "Finding"), lines), to_file=False), None
        )
    return ExitCode.MISSING_EXTRA if any(item.state == "problem" for item in findings) else ExitCode.DONE


def _lines(state: str, check: str, text: str) -> Iterator[tuple[str, str, str]]:
    """A row per line: cells hold one line each, because line breaks in them are escaped."""
    first, _, rest = text.partition("\n")
    yield state, check, first
    if rest:
        yield "", "", rest


def _versions() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    from hirelens_cli import __version__

    yield Finding("hirelens", "ok", __version__)
    yield Finding("python", "ok", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    for name in LIBRARIES:
        try:
            yield Finding(name, "ok", version(name))
        except PackageNotFoundError:
            yield Finding(name, "problem", "not installed", "pip install --force-reinstall hirelens")


def _models() -> Iterator[Finding]:
    from hirelens_cli.backends.embedders.factory import NAMES
    from hirelens_cli.backends.embedders.inspection import checked

    states = {"ready": "ok", "absent": "absent", "damaged": "problem"}
    for name in NAMES:
        found = checked(name)
        yield Finding(f"embedder {name}", states[found.state], found.detail, found.fix)


def _readers() -> Iterator[Finding]:
    """What reads documents beyond our own readers."""
    from hashlib import sha256

    from hirelens_cli.documents import converters, ocr

    if ocr.installed():
        models = ", ".join(f"{path.stem} {sha256(path.read_bytes()).hexdigest()[:12]}" for path in ocr.models())
        yield Finding("ocr", "ok", f"{', '.join(ocr.versions())}; {models}")
    else:
        yield Finding("ocr", "absent", "pages that are images are not read", ocr.INSTALL)
    program = converters.installed()
    if program:
        yield Finding("converter", "ok", f"{program.path}, for old Word files that our own reader gives up")
    else:
        yield Finding("converter", "absent", "for old Word files that our own reader gives up", "install catdoc")


def _store(place: Workspace) -> Iterator[Finding]:
    from hirelens_cli.backends.duckdb.publish import finished_runs, published_snapshot
    from hirelens_cli.errors import StoreError

    if not place.database.is_file():
        return
    try:
        published_snapshot(place.database)
    except StoreError as error:
        yield Finding("store", "problem", error.message, error.hint)
    else:
        count = len(finished_runs(place.parts / "runs"))
        yield Finding("store", "ok", f"{place.database.name} can be read; {count} finished runs")


def _cluster(cluster: Cluster) -> Iterator[Finding]:
    """Whether the scheduler answers at all; nothing where none is named."""
    import socket
    from urllib.parse import urlsplit

    from hirelens_cli.backends.dask.address import require_safe
    from hirelens_cli.errors import UsageError

    if not cluster.scheduler:
        return
    try:
        require_safe(cluster)
        parts = urlsplit(cluster.scheduler)
        with socket.create_connection((parts.hostname or "", parts.port or 0), _PATIENCE):
            yield Finding("cluster", "ok", f"{cluster.scheduler} takes connections")
    except UsageError as error:
        yield Finding("cluster", "problem", error.message, error.hint)
    except OSError as error:
        fix = "start it, or check the address and the network between"
        yield Finding("cluster", "problem", f"{cluster.scheduler} does not answer ({error})", fix)


def _sandbox() -> Iterator[Finding]:
    from hirelens_cli.documents.sandbox import protections

    for name, active, detail in protections():
        fix = "" if active else "read files of strangers on Linux, or in a container with a memory limit"
        yield Finding(f"sandbox {name}", "ok" if active else "absent", detail, fix)


def _workspace(root: Path) -> Iterator[Finding]:
    if not root.exists():
        yield Finding("workspace", "ok", f"{root} is not there yet; the first run makes it")
    elif not os.access(root, os.W_OK):
        yield Finding("workspace", "problem", f"{root} is not writable", "name another folder with --workspace")
    elif root.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding("workspace", "problem", f"others can look into {root}", f"chmod 700 {root}")
    else:
        yield Finding("workspace", "ok", f"{root}, for its owner alone")
    place = next((folder for folder in (root, *root.absolute().parents) if folder.exists()), Path("/"))
    free = shutil.disk_usage(place).free
    state = "ok" if free >= FREE_BYTES else "problem"
    fix = "" if state == "ok" else "free some space, or name another folder with --workspace"
    yield Finding("disk", state, f"{free / 1e9:.1f} GB free", fix)
