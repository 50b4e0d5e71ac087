"""Metrics for Prometheus, traces for OpenTelemetry. Without OTEL_EXPORTER_OTLP_ENDPOINT traces cost nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)

REQUESTS = Counter("rag_requests_total", "Answered requests", ["route", "outcome"])
STAGE_SECONDS = Histogram("rag_stage_seconds", "Time of a stage of an answer", ["stage"], buckets=_SECONDS)
FIRST_TOKEN_SECONDS = Histogram("rag_first_token_seconds", "Request to first token", buckets=_SECONDS)
TOKENS = Counter("rag_llm_tokens_total", "Tokens as the model server counts them", ["kind"])
EMPTY_RETRIEVALS = Counter("rag_empty_retrievals_total", "Questions for which no passage was found")
HISTORY_FAULTS = Counter("rag_history_faults_total", "Answers given while the chat history was unavailable")
READY = Gauge("rag_ready", "Outcome of the last check: 1 passes, 0 fails", ["check"])

_tracer = None


def start_tracing(service_name: str) -> None:
    """Sends traces where OTEL_EXPORTER_OTLP_ENDPOINT says; the other OTEL_ variables work as usual."""
    global _tracer
    if not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        return
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": service_name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    _tracer = trace.get_tracer("rag_service")


@contextmanager
def span(name: str, **attributes: str | int | float) -> Iterator[None]:
    """A span of the current trace. Texts of questions and documents do not belong into attributes."""
    if _tracer is None:
        yield
        return
    with _tracer.start_as_current_span(name, attributes=attributes):
        yield
