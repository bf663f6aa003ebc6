"""Traces reach a collector on this machine, hold the run's id, and a collector that is gone costs a note."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from hirelens_cli.backends.telemetry.traces import Traces
from hirelens_cli.errors import MissingExtraError
from hirelens_cli.ports import Fact, NoProgress, Queue


class Notes(NoProgress):
    def __init__(self) -> None:
        self.said: list[str] = []

    def note(self, message: str, name: str = "") -> None:
        self.said.append(message)


@pytest.fixture
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """An OTLP collector: its address, and the bodies that were posted to /v1/traces."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/v1/traces":
                bodies.append(data)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", bodies
    server.shutdown()
    thread.join()
    server.server_close()


def work(traces: Traces) -> None:
    traces.start("reading", 32, Queue.READING)
    traces.advance(16, 1, 0.5)
    traces.advance(16, 0, 0.25)
    traces.start("scoring", 31, Queue.MATCHING)
    traces.note("the manifest names {}, which is not there", "Zebulon Quackenbush.pdf")
    traces.tell(Fact.RUN, label="ab12")
    traces.tell(Fact.UNSCREENED, 1, "encrypted")
    traces.close()


@pytest.mark.extras
def test_a_run_is_a_tree_of_spans(collector: tuple[str, list[bytes]]) -> None:
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    address, bodies = collector
    notes = Notes()
    work(Traces(address, "rank", notes))
    assert notes.said == []
    requests = [ExportTraceServiceRequest.FromString(body) for body in bodies]
    spans = [
        span
        for request in requests
        for resource in request.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    named = {span.name: span for span in spans}
    root = named["hirelens rank"]
    attributes = {item.key: item.value.string_value or item.value.int_value for item in root.attributes}
    assert attributes == {"hirelens.run": "ab12", "hirelens.unscreened.encrypted": 1}
    assert len({span.trace_id for span in spans}) == 1
    assert named["reading"].parent_span_id == named["scoring"].parent_span_id == root.span_id
    tasks = [span for span in spans if span.name == "task"]
    assert [task.parent_span_id for task in tasks] == [named["reading"].span_id] * 2
    assert sorted(task.end_time_unix_nano - task.start_time_unix_nano for task in tasks) == [250_000_000, 500_000_000]
    assert not any(b"Quackenbush" in body for body in bodies)


@pytest.mark.extras
def test_a_collector_that_is_gone_costs_a_note() -> None:
    notes = Notes()
    work(Traces("http://127.0.0.1:9", "rank", notes))
    assert notes.said == ["5 spans of the trace did not reach the collector at http://127.0.0.1:9"]


def test_without_the_extra_its_name_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(MissingExtraError) as raised:
        Traces("http://127.0.0.1:9", "rank", NoProgress())
    assert "hirelens[otel]" in raised.value.hint
