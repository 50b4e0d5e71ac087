"""Tries again what may pass by waiting."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def with_retries(
    attempt: Callable[[], Awaitable[T]],
    retry_on: tuple[type[BaseException], ...],
    *,
    retries: int = 3,
    first_delay_seconds: float = 0.5,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> T:
    """Calls `attempt` up to 1 + retries times. Waits twice as long each time, with jitter; an error that tells
    `retry_after_seconds` is obeyed up to 30 s."""
    for number in range(retries + 1):
        try:
            return await attempt()
        except retry_on as error:
            if number == retries:
                raise
            told = getattr(error, "retry_after_seconds", None)
            delay = first_delay_seconds * 2**number * random.uniform(0.75, 1.25)
            await sleep(min(30.0, told) if told is not None else delay)
    raise AssertionError("unreachable")
