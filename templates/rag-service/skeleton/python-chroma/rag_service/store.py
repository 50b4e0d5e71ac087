"""Chroma. Its server has no authentication of its own: a NetworkPolicy or a proxy has to guard it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api import AsyncClientAPI
from chromadb.api.models.AsyncCollection import AsyncCollection
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError

from .config import Settings, StoreRules
from .contract import Chunk, CollectionInfo, Hit, StoredDocument, StoredVersion
from .faults import CollectionMissing, StoreUnavailable

T = TypeVar("T")

RULES = StoreRules(url_variable="CHROMA_URL", url_schemes=("http", "https"))

# Chroma's default limit of a page and of a write; a larger read costs the server memory.
PAGE = 1000


def open_store(settings: Settings) -> ChromaStore:
    return ChromaStore(settings)


class ChromaStore:
    """One collection on a Chroma server."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self._client: AsyncClientAPI | None = None
        self._collection: AsyncCollection | None = None

    async def _guard(self, work: Awaitable[T]) -> T:
        """Bounds a call in time and names its faults."""
        limit = self.settings.store_timeout_seconds
        try:
            return await asyncio.wait_for(work, limit)
        except TimeoutError as error:
            raise StoreUnavailable(f"Chroma did not answer within {limit:g} s.") from error
        except NotFoundError as error:
            # Dropped and made again by somebody: the id changes, so look it up the next time.
            self._collection = None
            raise CollectionMissing(f'Collection "{self.settings.collection}" is not there any more.') from error
        except (ChromaError, httpx.HTTPError, ValueError) as error:
            raise StoreUnavailable(f"Chroma cannot be used: {error or type(error).__name__}") from error

    async def _connect(self) -> AsyncClientAPI:
        if self._client is None:
            url = urlsplit(self.settings.store_url)
            token = self.settings.store_token
            self._client = await self._guard(
                chromadb.AsyncHttpClient(
                    host=url.hostname or "",
                    port=url.port or (443 if url.scheme == "https" else 80),
                    ssl=url.scheme == "https",
                    headers={"Authorization": f"Bearer {token}"} if token else {},
                    settings=ChromaSettings(anonymized_telemetry=False),
                )
            )
        return self._client

    async def _open(self) -> AsyncCollection:
        if self._collection is None:
            client = await self._connect()
            self._collection = await self._guard(
                client.get_collection(self.settings.collection, embedding_function=None)
            )
        return self._collection

    async def describe(self) -> CollectionInfo | None:
        # Always asked anew: somebody may have put another collection in its place.
        self._collection = None
        try:
            collection = await self._open()
        except CollectionMissing:
            return None
        recorded = collection.metadata or {}
        return CollectionInfo(recorded.get("embedding_model"), recorded.get("dimension"))

    async def create(self) -> None:
        client = await self._connect()
        embedding = self.settings.embedding
        self._collection = await self._guard(
            client.get_or_create_collection(
                self.settings.collection,
                metadata={"embedding_model": embedding.model, "dimension": embedding.dimension},
                configuration={"hnsw": {"space": "cosine"}},
                embedding_function=None,
            )
        )

    async def documents(self) -> dict[str, StoredDocument]:
        collection = await self._open()
        found: dict[str, StoredDocument] = {}
        offset = 0
        while True:
            page = await self._guard(collection.get(limit=PAGE, offset=offset, include=["metadatas"]))
            for row in page["metadatas"] or []:
                document = found.setdefault(str(row["document"]), StoredDocument(str(row["source"])))
                version = document.versions.setdefault(str(row["version"]), StoredVersion())
                version.chunks += 1
                version.complete = version.complete or bool(row["last"])
            if len(page["ids"]) < PAGE:
                return found
            offset += PAGE

    async def put(self, chunks: list[Chunk], vectors: list[list[float]]) -> None:
        collection = await self._open()
        await self._guard(
            collection.upsert(
                ids=[chunk.id for chunk in chunks],
                embeddings=vectors,
                documents=[chunk.text for chunk in chunks],
                metadatas=[
                    {
                        "document": chunk.document,
                        "source": chunk.source,
                        "version": chunk.version,
                        "index": chunk.index,
                        "last": chunk.last,
                        "title": chunk.title,
                    }
                    for chunk in chunks
                ],
            )
        )

    async def remove(self, document: str, version: str) -> None:
        collection = await self._open()
        await self._guard(collection.delete(where={"$and": [{"document": document}, {"version": version}]}))

    async def count(self) -> int:
        return await self._guard((await self._open()).count())

    async def search(self, vector: list[float], limit: int) -> list[Hit]:
        collection = await self._open()
        answer = await self._guard(
            collection.query(
                query_embeddings=[vector], n_results=limit, include=["documents", "metadatas", "distances"]
            )
        )
        rows = zip(
            answer["ids"][0], answer["documents"][0], answer["metadatas"][0], answer["distances"][0], strict=True
        )
        return [
            Hit(id=key, document=str(row["document"]), title=str(row["title"]), text=text, score=1 - distance)
            for key, text, row, distance in rows
        ]

    async def close(self) -> None:
        self._client = self._collection = None
