"""The options about watching the work, which reach a command as one value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import typer


class LogFormat(StrEnum):
    """What stderr carries."""

    TEXT = "text"
    JSON = "json"


LogFormatOption = Annotated[
    LogFormat | None,
    typer.Option(
        "--log-format",
        help="What stderr carries: text, or JSON lines without a name or a path. [default: text]",
        show_default=False,
    ),
]
MetricsFile = Annotated[
    str | None,
    typer.Option(
        "--metrics-file",
        metavar="FILE",
        help="Keep metrics for Prometheus there, also while it runs.",
        show_default=False,
    ),
]
Otlp = Annotated[
    str | None,
    typer.Option(
        "--otlp",
        metavar="URL",
        help="Send a trace to this OpenTelemetry collector (extra [otel]), as http://localhost:4318.",
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True)
class Watch:
    """What the options about watching the work say together."""

    quiet: bool = False
    verbose: bool = False
    log_format: LogFormat | None = None
    metrics_file: str | None = None
    otlp: str | None = None
    command: str = ""
    """The words of the command that is watched."""

    @property
    def flags(self) -> dict[str, Any]:
        """The settings among them."""
        return {
            "telemetry.log_format": self.log_format.value if self.log_format else None,
            "telemetry.metrics_file": self.metrics_file,
            "telemetry.otlp": self.otlp,
        }


UNWATCHED = Watch()
