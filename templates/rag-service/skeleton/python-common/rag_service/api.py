"""The HTTP API."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, ConfigDict, Field

from .answer import Answer, Answerer
from .faults import CollectionMismatch, ServiceFault
from .health import Readiness
from .openai_api import add_openai_routes
from .telemetry import REQUESTS, span

log = logging.getLogger("rag_service.api")

PURGE_EVERY_SECONDS = 3600.0


class Question(BaseModel):
    """A question; with a session its earlier questions and answers are remembered."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, Field(min_length=1, max_length=100_000)]
    session_id: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")] = None
    new_session: bool = False
    stream: bool = False


def create_api(answerer: Answerer, on_refusal: Callable[[str], None] | None = None) -> FastAPI:
    """The application. `on_refusal` is told when the collection was found to be another model's at start."""
    settings = answerer.settings
    readiness = Readiness(answerer)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await answerer.ensure_collection()
        except CollectionMismatch as fault:
            if on_refusal:
                on_refusal(fault.message)
            raise
        except ServiceFault as fault:
            # The store may start later than this service. /readyz tells, and the first question tries again.
            log.warning("Not ready yet: %s", fault.message)
        await answerer.history.open()
        purging = asyncio.create_task(_purge_for_ever(answerer))
        yield
        purging.cancel()
        await answerer.history.close()
        await answerer.embedder.close()
        await answerer.store.close()

    app = FastAPI(title=settings.service_name, lifespan=lifespan)

    async def authorized(request: Request) -> None:
        if settings.api_key is None:
            return
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not secrets.compare_digest(given.encode(), settings.api_key.encode()):
            raise Unauthorized("Send the key of this service as a bearer token.")

    @app.exception_handler(ServiceFault)
    async def on_fault(request: Request, fault: ServiceFault) -> JSONResponse:
        REQUESTS.labels(_route(request), fault.code).inc()
        wait = fault.retry_after_seconds
        headers = {"Retry-After": str(wait)} if wait is not None else {}
        return JSONResponse(as_error(fault), status_code=fault.status, headers=headers)

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        REQUESTS.labels(_route(request), "InvalidRequest").inc()
        said = "; ".join(f"{'.'.join(map(str, e['loc'][1:])) or 'body'}: {e['msg']}" for e in error.errors())
        return JSONResponse({"error": {"code": "InvalidRequest", "message": said}}, status_code=400)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        """The process runs. Says nothing of what it depends on, so that nobody restarts it for another's fault."""
        return {"status": "ok"}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        checks = await readiness.read()
        ready = all(check.outcome == "Pass" for check in checks if check.required)
        return JSONResponse(
            {"ready": ready, "checks": [asdict(check) for check in checks]}, status_code=200 if ready else 503
        )

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    @app.post("/v1/query", dependencies=[Depends(authorized)])
    async def query(body: Question) -> Response:
        session = body.session_id or (uuid.uuid4().hex if body.new_session else None)
        events = answerer.answer(body.question, session_id=session)
        if not body.stream:
            with span("rag.query"):
                answer = [event async for event in events][-1]
            REQUESTS.labels("/v1/query", "ok").inc()
            return JSONResponse(as_json(answer, session))
        return StreamingResponse(_sse(events, session), media_type="text/event-stream", headers=NO_BUFFERING)

    @app.delete("/v1/sessions/{session_id}", dependencies=[Depends(authorized)])
    async def forget(session_id: str) -> JSONResponse:
        deleted = await answerer.history.forget(session_id)
        if deleted is None:
            raise HistoryUnavailable("The chat history is unavailable, nothing was deleted. Try again later.")
        return JSONResponse({"deleted_messages": deleted})

    add_openai_routes(app, answerer, [Depends(authorized)])
    return app


# Proxies such as nginx collect an answer before they pass it on, unless told.
NO_BUFFERING = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


class Unauthorized(ServiceFault):
    code, status = "Unauthorized", 401


class HistoryUnavailable(ServiceFault):
    code, status = "HistoryUnavailable", 503


def as_error(fault: ServiceFault) -> dict:
    return {"error": {"code": fault.code, "message": fault.message}}


def as_json(answer: Answer, session_id: str | None) -> dict:
    return {
        "answer": answer.text,
        "citations": [asdict(citation) for citation in answer.citations],
        "session_id": session_id,
        "history": answer.history,
        "finish_reason": answer.finish_reason,
        "usage": {"prompt_tokens": answer.prompt_tokens, "answer_tokens": answer.answer_tokens},
        "timings": asdict(answer.timings),
    }


async def _sse(events: AsyncIterator, session_id: str | None) -> AsyncIterator[str]:
    """The events `citations`, `token` many times, then `done` or `error`."""
    try:
        with span("rag.query"):
            async for event in events:
                if isinstance(event, str):
                    yield _event("token", {"text": event})
                elif isinstance(event, Answer):
                    REQUESTS.labels("/v1/query", "ok").inc()
                    yield _event("done", as_json(event, session_id))
                else:
                    yield _event("citations", {"citations": [asdict(citation) for citation in event]})
    except ServiceFault as fault:
        REQUESTS.labels("/v1/query", fault.code).inc()
        yield _event("error", as_error(fault))


def _event(name: str, data: dict) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _route(request: Request) -> str:
    route = request.scope.get("route")
    return getattr(route, "path", "unknown")


async def _purge_for_ever(answerer: Answerer, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    while answerer.history.on:
        deleted = await answerer.history.purge()
        if deleted:
            log.info("Deleted %d messages older than %d days", deleted, answerer.settings.history.retention_days)
        await sleep(PURGE_EVERY_SECONDS)
