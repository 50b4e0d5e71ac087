"""Chat history in PostgreSQL. Answers never depend on it: when it is down they go on, and say so."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Literal, TypeVar

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from .config import HistorySettings
from .prompt import Message
from .telemetry import HISTORY_FAULTS, span

log = logging.getLogger("rag_service.history")

# Kept: read and written. Unavailable: configured, but down. Off: not configured, or no session asked for.
HistoryState = Literal["Kept", "Unavailable", "Off"]

TIMEOUT_SECONDS = 2.0
PAUSE_SECONDS = 10.0  # after a fault, so that a database that is down does not slow every answer

# One transaction for all: two replicas may start at the same moment, and CREATE IF NOT EXISTS alone may clash.
SCHEMA = """
BEGIN;
SELECT pg_advisory_xact_lock(7261676873);
CREATE TABLE IF NOT EXISTS rag_messages (
  id bigserial PRIMARY KEY,
  session_id text NOT NULL,
  role text NOT NULL CHECK (role IN ('user', 'assistant')),
  content text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS rag_messages_session ON rag_messages (session_id, id);
CREATE INDEX IF NOT EXISTS rag_messages_created ON rag_messages (created_at);
COMMIT;
"""

T = TypeVar("T")


class History:
    """The messages of sessions; `HISTORY_URL` unset turns it off."""

    def __init__(self, settings: HistorySettings, *, clock: Callable[[], float] = time.monotonic):
        self.settings = settings
        self.clock = clock
        self.closed_until = 0.0
        self.has_schema = False
        self.pool = (
            AsyncConnectionPool(
                settings.url,
                open=False,
                min_size=0,
                max_size=5,
                timeout=TIMEOUT_SECONDS,
                kwargs={"autocommit": True, "connect_timeout": 2, "prepare_threshold": None},
            )
            if settings.url
            else None
        )

    @property
    def on(self) -> bool:
        return self.pool is not None

    async def open(self) -> None:
        if self.pool:
            await self.pool.open(wait=False)

    async def close(self) -> None:
        if self.pool:
            await self.pool.close(timeout=TIMEOUT_SECONDS)

    async def recent(self, session_id: str) -> list[Message] | None:
        """The last messages of a session, oldest first; None when the history is down."""

        async def read(connection: psycopg.AsyncConnection) -> list[Message]:
            cursor = await connection.execute(
                "SELECT role, content FROM rag_messages WHERE session_id = %s "
                "AND created_at > now() - make_interval(days => %s) ORDER BY id DESC LIMIT %s",
                (session_id, self.settings.retention_days, self.settings.messages),
            )
            rows = await cursor.fetchall()
            return [{"role": role, "content": content} for role, content in reversed(rows)]

        return await self._try(read)

    async def append(self, session_id: str, question: str, answer: str) -> bool:
        """Keeps a question with its answer, both or none. False when the history is down."""

        async def write(connection: psycopg.AsyncConnection) -> bool:
            await connection.execute(
                "INSERT INTO rag_messages (session_id, role, content) VALUES (%s, 'user', %s), (%s, 'assistant', %s)",
                (session_id, question.replace("\0", ""), session_id, answer.replace("\0", "")),
            )
            return True

        return bool(await self._try(write))

    async def forget(self, session_id: str) -> int | None:
        """Deletes a session. Returns the number of messages, None when the history is down."""

        async def delete(connection: psycopg.AsyncConnection) -> int:
            return (await connection.execute("DELETE FROM rag_messages WHERE session_id = %s", (session_id,))).rowcount

        return await self._try(delete)

    async def purge(self) -> int | None:
        """Deletes what is older than the retention. Returns the number of messages, None when the history is down."""

        async def delete(connection: psycopg.AsyncConnection) -> int:
            cursor = await connection.execute(
                "DELETE FROM rag_messages WHERE created_at <= now() - make_interval(days => %s)",
                (self.settings.retention_days,),
            )
            return cursor.rowcount

        return await self._try(delete)

    async def check(self) -> bool:
        """Whether the history works now."""

        async def ask(connection: psycopg.AsyncConnection) -> bool:
            await connection.execute("SELECT 1 FROM rag_messages LIMIT 1")
            return True

        return bool(await self._try(ask))

    async def _try(self, work: Callable[[psycopg.AsyncConnection], Awaitable[T]]) -> T | None:
        if self.pool is None or self.clock() < self.closed_until:
            return None
        try:
            with span("rag.history"):
                async with self.pool.connection(timeout=TIMEOUT_SECONDS) as connection:
                    if not self.has_schema:
                        await connection.execute(SCHEMA)
                        self.has_schema = True
                    return await work(connection)
        except (psycopg.Error, PoolTimeout, OSError) as error:
            HISTORY_FAULTS.inc()
            # The table may have gone with a restored database.
            self.has_schema = False
            self.closed_until = self.clock() + PAUSE_SECONDS
            log.warning("The chat history is unavailable, answers go on without it: %s", str(error).strip())
            return None
