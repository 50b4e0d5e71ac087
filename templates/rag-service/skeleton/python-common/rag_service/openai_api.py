"""The same answers behind OpenAI's API, so that chat programs and the portal can ask this service like a model."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Literal

from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel

from .answer import Answer, Answerer
from .faults import ServiceFault
from .prompt import Message
from .telemetry import REQUESTS, span

ROUTE = "/v1/chat/completions"


class Part(BaseModel):
    type: str
    text: str = ""


class ChatMessage(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[Part] | None = None

    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class ChatRequest(BaseModel):
    """Fields that do not matter here, such as temperature, are taken and left alone as other servers do."""

    messages: list[ChatMessage]
    model: str | None = None
    stream: bool = False
    stream_options: dict | None = None


class InvalidChat(ServiceFault):
    code, status = "InvalidRequest", 400


def add_openai_routes(app: FastAPI, answerer: Answerer, dependencies: list) -> None:
    model = answerer.settings.service_name

    @app.get("/v1/models", dependencies=dependencies)
    async def models() -> dict:
        return {"object": "list", "data": [{"id": model, "object": "model", "created": 0, "owned_by": "rag-service"}]}

    @app.post(ROUTE, dependencies=dependencies)
    async def chat(body: ChatRequest) -> Response:
        question, history = split_messages(body.messages)
        events = answerer.answer(question, history=history)
        head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": model}
        if body.stream:
            usage = bool((body.stream_options or {}).get("include_usage"))
            return StreamingResponse(_chunks(events, head, usage), media_type="text/event-stream")
        with span("rag.query"):
            answer = [event async for event in events][-1]
        REQUESTS.labels(ROUTE, "ok").inc()
        message = {"role": "assistant", "content": answer.text}
        return JSONResponse(
            {
                **head,
                "object": "chat.completion",
                "choices": [{"index": 0, "message": message, "finish_reason": answer.finish_reason}],
                "usage": _usage(answer),
                "citations": [asdict(citation) for citation in answer.citations],
            }
        )


def split_messages(messages: list[ChatMessage]) -> tuple[str, list[Message]]:
    """The last question, and the talk before it. System messages of callers have no say here: the rules are ours."""
    talk = [{"role": m.role, "content": m.text()} for m in messages if m.role in ("user", "assistant") and m.text()]
    if not talk or talk[-1]["role"] != "user":
        raise InvalidChat("The last message must be a question of the user.")
    return talk[-1]["content"], talk[:-1]


def _usage(answer: Answer) -> dict | None:
    if answer.prompt_tokens is None or answer.answer_tokens is None:
        return None
    return {
        "prompt_tokens": answer.prompt_tokens,
        "completion_tokens": answer.answer_tokens,
        "total_tokens": answer.prompt_tokens + answer.answer_tokens,
    }


async def _chunks(events: AsyncIterator, head: dict, with_usage: bool) -> AsyncIterator[str]:
    def chunk(delta: dict, finish_reason: str | None = None, **more) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        return _data({**head, "object": "chat.completion.chunk", "choices": [choice], **more})

    try:
        async for event in events:
            if isinstance(event, str):
                yield chunk({"content": event})
            elif isinstance(event, Answer):
                REQUESTS.labels(ROUTE, "ok").inc()
                yield chunk({}, event.finish_reason)
                if with_usage:
                    yield _data({**head, "object": "chat.completion.chunk", "choices": [], "usage": _usage(event)})
            else:
                cited = [asdict(citation) for citation in event]
                yield chunk({"role": "assistant", "content": ""}, citations=cited)
    except ServiceFault as fault:
        REQUESTS.labels(ROUTE, fault.code).inc()
        yield _data({"error": {"code": fault.code, "message": fault.message, "type": "server_error"}})
    yield "data: [DONE]\n\n"


def _data(data: dict) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
