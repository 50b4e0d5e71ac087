"""Readiness: can this replica answer now? Each check is bounded, and its last result serves for a few seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from .answer import Answerer
from .faults import LlmFailed, ServiceFault
from .telemetry import READY

TIMEOUT_SECONDS = 3.0
FRESH_SECONDS = 5.0


@dataclass(frozen=True)
class Check:
    """Like the checks of the portal: outcome Pass, Fail or Unknown, with the reason."""

    name: str
    outcome: str
    required: bool
    reason: str | None = None
    message: str | None = None
    latency_ms: float | None = None


class Readiness:
    """Runs the checks, at most once in FRESH_SECONDS, however often it is asked."""

    def __init__(self, answerer: Answerer, *, clock: Callable[[], float] = time.monotonic):
        self.answerer = answerer
        self.clock = clock
        self.lock = asyncio.Lock()
        self.checked_at: float | None = None
        self.checks: list[Check] = []

    async def read(self) -> list[Check]:
        async with self.lock:
            if self.checked_at is None or self.clock() - self.checked_at >= FRESH_SECONDS:
                self.checks = await self._run()
                self.checked_at = self.clock()
            return self.checks

    async def _run(self) -> list[Check]:
        parts = self.answerer
        checks = [
            _bounded("store", parts.check_store()),
            _bounded("embeddings", parts.embedder.check()),
            _bounded("llm", check_llm(parts.settings.llm.url, parts.settings.llm.api_key)),
        ]
        if parts.history.on:
            checks.append(_bounded("history", _history(parts), required=False))
        return list(await asyncio.gather(*checks))


async def check_llm(url: str, api_key: str | None) -> None:
    """Asks for the list of models: it costs no tokens, and a server that loads a model does not answer it."""
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False) as client:
            response = await client.get(url + "/models", headers=headers)
    except httpx.HTTPError as error:
        raise LlmFailed(f"The model server cannot be reached: {error or type(error).__name__}") from error
    if not response.is_success:
        raise LlmFailed(f"The model server answered {response.status_code} to /models.")


async def _history(parts: Answerer) -> None:
    if not await parts.history.check():
        raise ServiceFault("The chat history is unavailable; answers go on without it.")


async def _bounded(name: str, work: Awaitable[None], *, required: bool = True) -> Check:
    began = time.perf_counter()
    reason = message = None
    try:
        await asyncio.wait_for(work, TIMEOUT_SECONDS)
    except TimeoutError:
        reason, message = "Timeout", f"No answer within {TIMEOUT_SECONDS:g} s."
    except ServiceFault as fault:
        reason, message = fault.code, fault.message
    except Exception as error:  # a check never takes the service down
        reason, message = "Unknown", f"{type(error).__name__}: {error}"
    READY.labels(name).set(0 if reason else 1)
    return Check(
        name=name,
        outcome="Fail" if reason else "Pass",
        required=required,
        reason=reason,
        message=message,
        latency_ms=round((time.perf_counter() - began) * 1000, 1),
    )
