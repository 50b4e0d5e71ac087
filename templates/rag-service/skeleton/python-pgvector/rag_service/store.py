"""pgvector in PostgreSQL: one table for the chunks of a collection, one row that tells what made it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import psycopg
from psycopg import sql
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from .config import Settings, StoreRules
from .contract import Chunk, CollectionInfo, Hit, StoredDocument, StoredVersion
from .faults import CollectionMissing, StoreUnavailable

T = TypeVar("T")

# An HNSW index takes vectors of up to 2,000 dimensions, and of up to 4,000 in half precision.
VECTOR_LIMIT, HALFVEC_LIMIT = 2000, 4000
RULES = StoreRules(url_variable="PGVECTOR_URL", url_schemes=("postgresql", "postgres"), max_dimension=HALFVEC_LIMIT)

# What the index looks at for one search unless told; it never finds more than this.
DEFAULT_EF_SEARCH = 40
# Reading all of a large table takes longer than a question may.
LONG_READ = 30

REGISTRY = """
CREATE TABLE IF NOT EXISTS rag_collections (
  name text PRIMARY KEY,
  embedding_model text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
)
"""

TABLE = """
CREATE TABLE IF NOT EXISTS {table} (
  id text PRIMARY KEY,
  document text NOT NULL,
  source text NOT NULL,
  version text NOT NULL,
  position integer NOT NULL,
  is_last boolean NOT NULL,
  title text NOT NULL,
  content text NOT NULL,
  embedding {type}({dimension}) NOT NULL
)
"""

# A record whose table was dropped is no collection. The modifier of a vector's type is its dimension.
DESCRIBE = """
SELECT c.embedding_model, a.atttypmod
FROM rag_collections c
JOIN pg_attribute a ON a.attrelid = to_regclass(quote_ident(%s)) AND a.attname = 'embedding'
WHERE c.name = %s
"""

PUT = """
INSERT INTO {table} (id, document, source, version, position, is_last, title, content, embedding)
SELECT i, d, s, v, p, l, t, c, e::{type}
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::int[], %s::bool[], %s::text[], %s::text[], %s::text[])
  AS rows(i, d, s, v, p, l, t, c, e)
ON CONFLICT (id) DO UPDATE SET content = excluded.content, title = excluded.title, embedding = excluded.embedding
"""

# The index serves only ORDER BY with the operator that it was made for, and LIMIT.
SEARCH = """
SELECT id, document, title, content, 1 - (embedding <=> %s::{type})
FROM {table} ORDER BY embedding <=> %s::{type} LIMIT %s
"""


def open_store(settings: Settings) -> PgvectorStore:
    return PgvectorStore(settings)


def _literal(vector: list[float]) -> str:
    return "[" + ",".join(f"{number:.7g}" for number in vector) + "]"


class PgvectorStore:
    """One collection in a PostgreSQL database."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.name = f"rag_chunks_{settings.collection}"
        self.type = "vector" if settings.embedding.dimension <= VECTOR_LIMIT else "halfvec"
        self._opened = False
        self._pool = AsyncConnectionPool(
            settings.store_url,
            open=False,
            min_size=0,
            max_size=8,
            timeout=settings.store_timeout_seconds,
            # Prepared statements would break behind a pooler in transaction mode.
            kwargs={"autocommit": True, "connect_timeout": 3, "prepare_threshold": None},
        )

    def _sql(self, text: str, **more: sql.Composable) -> sql.Composed:
        return sql.SQL(text).format(table=sql.Identifier(self.name), type=sql.SQL(self.type), **more)

    async def _run(self, work: Callable[[psycopg.AsyncConnection], Awaitable[T]], *, patience: int = 1) -> T:
        """Runs statements on a connection, bounded in time, and names their faults."""
        limit = self.settings.store_timeout_seconds * patience
        if not self._opened:
            await self._pool.open(wait=False)
            self._opened = True

        async def connected() -> T:
            async with self._pool.connection() as connection:
                return await work(connection)

        try:
            return await asyncio.wait_for(connected(), limit)
        except (TimeoutError, PoolTimeout) as error:
            raise StoreUnavailable(f"PostgreSQL did not answer within {limit:g} s.") from error
        except psycopg.errors.UndefinedTable as error:
            raise CollectionMissing(f'Collection "{self.settings.collection}" is not there any more.') from error
        except psycopg.Error as error:
            raise StoreUnavailable(f"PostgreSQL cannot be used: {str(error).strip()}") from error

    async def describe(self) -> CollectionInfo | None:
        async def read(connection: psycopg.AsyncConnection) -> CollectionInfo | None:
            cursor = await connection.execute(DESCRIBE, (self.name, self.settings.collection))
            row = await cursor.fetchone()
            return CollectionInfo(row[0], row[1]) if row else None

        try:
            return await self._run(read)
        except CollectionMissing:
            return None

    async def create(self) -> None:
        async def make(connection: psycopg.AsyncConnection) -> None:
            await self._ensure_extension(connection)
            async with connection.transaction():
                # Two ingestions may start at the same moment, and IF NOT EXISTS alone may clash.
                await connection.execute("SELECT pg_advisory_xact_lock(7261676874)")
                await connection.execute(REGISTRY)
                await connection.execute(self._sql(TABLE, dimension=sql.Literal(self.settings.embedding.dimension)))
                await connection.execute(
                    self._sql(
                        "CREATE INDEX IF NOT EXISTS {index} ON {table} USING hnsw (embedding {operators})",
                        index=sql.Identifier(f"{self.name}_vec"),
                        operators=sql.SQL(f"{self.type}_cosine_ops"),
                    )
                )
                await connection.execute(
                    self._sql(
                        "CREATE INDEX IF NOT EXISTS {index} ON {table} (document, version)",
                        index=sql.Identifier(f"{self.name}_doc"),
                    )
                )
                await connection.execute(
                    "INSERT INTO rag_collections (name, embedding_model) VALUES (%s, %s) "
                    "ON CONFLICT (name) DO UPDATE SET embedding_model = excluded.embedding_model",
                    (self.settings.collection, self.settings.embedding.model),
                )

        await self._run(make)

    async def _ensure_extension(self, connection: psycopg.AsyncConnection) -> None:
        cursor = await connection.execute("SELECT 1 FROM pg_extension WHERE extname = 'vector'")
        if await cursor.fetchone():
            return
        try:
            await connection.execute("CREATE EXTENSION vector")
        except psycopg.Error as error:
            raise StoreUnavailable(
                "The database has no extension vector, and this user may not create it: let an administrator run "
                f"CREATE EXTENSION vector. PostgreSQL says: {str(error).strip()}"
            ) from error

    async def documents(self) -> dict[str, StoredDocument]:
        async def read(connection: psycopg.AsyncConnection) -> list[tuple]:
            cursor = await connection.execute(
                self._sql("SELECT document, source, version, count(*), bool_or(is_last) FROM {table} GROUP BY 1, 2, 3")
            )
            return await cursor.fetchall()

        found: dict[str, StoredDocument] = {}
        for document, source, version, chunks, complete in await self._run(read, patience=LONG_READ):
            stored = found.setdefault(document, StoredDocument(source))
            stored.versions[version] = StoredVersion(chunks, complete)
        return found

    async def put(self, chunks: list[Chunk], vectors: list[list[float]]) -> None:
        columns = (
            [chunk.id for chunk in chunks],
            [chunk.document for chunk in chunks],
            [chunk.source for chunk in chunks],
            [chunk.version for chunk in chunks],
            [chunk.index for chunk in chunks],
            [chunk.last for chunk in chunks],
            [chunk.title for chunk in chunks],
            [chunk.text for chunk in chunks],
            [_literal(vector) for vector in vectors],
        )

        async def write(connection: psycopg.AsyncConnection) -> None:
            await connection.execute(self._sql(PUT), columns)

        await self._run(write)

    async def remove(self, document: str, version: str) -> None:
        async def delete(connection: psycopg.AsyncConnection) -> None:
            await connection.execute(
                self._sql("DELETE FROM {table} WHERE document = %s AND version = %s"), (document, version)
            )

        await self._run(delete, patience=LONG_READ)

    async def count(self) -> int:
        async def read(connection: psycopg.AsyncConnection) -> int:
            row = await (await connection.execute(self._sql("SELECT count(*) FROM {table}"))).fetchone()
            return row[0] if row else 0

        return await self._run(read, patience=LONG_READ)

    async def search(self, vector: list[float], limit: int) -> list[Hit]:
        literal = _literal(vector)

        async def read(connection: psycopg.AsyncConnection) -> list[tuple]:
            async with connection.transaction():
                if limit > DEFAULT_EF_SEARCH:
                    await connection.execute(sql.SQL("SET LOCAL hnsw.ef_search = {}").format(sql.Literal(limit)))
                return await (await connection.execute(self._sql(SEARCH), (literal, literal, limit))).fetchall()

        return [Hit(*row) for row in await self._run(read)]

    async def close(self) -> None:
        await self._pool.close(timeout=2)
