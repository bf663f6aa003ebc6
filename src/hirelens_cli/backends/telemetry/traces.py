"""A run as an OpenTelemetry trace over OTLP (extra `otel`): a span for the command, its stages and their tasks."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Any

from hirelens_cli import __version__
from hirelens_cli.errors import MissingExtraError
from hirelens_cli.ports import Fact, NoProgress, Progress, Queue

PATIENCE = 5
"""Seconds that a collector has for one answer: a run must not wait for whoever watches it."""


class Traces(NoProgress):
    """Sends spans in the background; they hold numbers, ids and our own words, never a name or a text."""

    def __init__(self, endpoint: str, command: str, listener: Progress) -> None:
        """`listener` is told at the end where a collector did not take all. Raises MissingExtraError."""
        self._endpoint = endpoint
        self._listener = listener
        self._exporter, self._provider = _provider(endpoint)
        self._tracer = self._provider.get_tracer("hirelens", __version__)
        self._root = self._tracer.start_span(f"hirelens {command}".strip())
        self._stage: Any = None

    def start(self, stage: str, total: int, queue: Queue | None = None) -> None:
        """A span below the command's."""
        self._end_stage()
        attributes = {"hirelens.units": total, **({"hirelens.queue": queue.value} if queue else {})}
        self._stage = self._tracer.start_span(stage, context=_within(self._root), attributes=attributes)

    def advance(self, units: int = 1, failed: int = 0, seconds: float = 0.0) -> None:
        """A span below the stage's for a task that was measured; it ends now."""
        if self._stage is None or not seconds:
            return
        now = time.time_ns()
        task = self._tracer.start_span(
            "task",
            context=_within(self._stage),
            start_time=now - int(seconds * 1e9),
            attributes={"hirelens.units": units, "hirelens.failed": failed},
        )
        task.end(now)

    def tell(self, fact: Fact, value: int = 1, label: str = "") -> None:
        """An attribute of the command's span: `hirelens.run` is the id, `hirelens.kept.documents` a number."""
        name = f"hirelens.{fact.value}"
        if fact is Fact.DONE:
            self._end_stage()
        if fact is Fact.RUN:
            self._root.set_attribute(name, label)
        else:
            self._root.set_attribute(f"{name}.{label}" if label else name, value)

    def close(self) -> None:
        """The spans end, and what is left is sent."""
        self._end_stage()
        self._root.end()
        self._provider.shutdown()
        if self._exporter.lost:
            self._listener.note(
                f"{self._exporter.lost} spans of the trace did not reach the collector at {self._endpoint}"
            )

    def _end_stage(self) -> None:
        if self._stage is not None:
            self._stage.end()
            self._stage = None


def _within(span: Any) -> Any:
    from opentelemetry.trace import set_span_in_context

    return set_span_in_context(span)


class _Counting:
    """An exporter that counts the spans which another could not deliver."""

    def __init__(self, exporter: Any) -> None:
        self._exporter = exporter
        self.lost = 0

    def export(self, spans: Sequence[Any]) -> Any:
        """What the other says."""
        result = self._exporter.export(spans)
        if result.name != "SUCCESS":
            self.lost += len(spans)
        return result

    def shutdown(self) -> None:
        """Passed on."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Passed on."""
        return bool(self._exporter.force_flush(timeout_millis))


def _provider(endpoint: str) -> tuple[_Counting, Any]:
    """The exporter and the provider that feeds it."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise MissingExtraError("traces need OpenTelemetry", "pip install 'hirelens[otel]'") from error
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)  # what matters is said in our own words
    exporter = _Counting(OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=PATIENCE))
    resource = Resource.create({"service.name": "hirelens", "service.version": __version__})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return exporter, provider
