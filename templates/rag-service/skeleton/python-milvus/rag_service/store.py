"""Milvus, or Milvus Lite behind its server."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from typing import TypeVar

from pymilvus import DataType, MilvusClient
from pymilvus.exceptions import MilvusException

from .config import Settings, StoreRules
from .contract import Chunk, CollectionInfo, Hit, StoredDocument, StoredVersion
from .faults import CollectionMissing, StoreUnavailable

T = TypeVar("T")

RULES = StoreRules(url_variable="MILVUS_URL", url_schemes=("http", "https", "tcp"), max_dimension=32768)

PAGE = 1000
# Milvus' limit of a VARCHAR, in bytes. Chunks are far shorter.
MAX_TEXT, MAX_NAME = 65535, 4096
MODEL_PROPERTY = "rag.embedding_model"
NOT_FOUND = 100  # Milvus' code for a collection that does not exist


def open_store(settings: Settings) -> MilvusStore:
    return MilvusStore(settings)


def _key(document: str) -> str:
    """Names of documents may hold quotes; what stands in a filter is hexadecimal."""
    return hashlib.sha256(document.encode()).hexdigest()[:32]


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode(errors="ignore")


class MilvusStore:
    """One collection. The client is synchronous and runs in threads."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.name = settings.collection
        self._client: MilvusClient | None = None

    async def _run(self, work: Callable[[MilvusClient], T], *, patience: int = 1) -> T:
        """Runs calls of the client, bounded in time, and names their faults."""
        limit = self.settings.store_timeout_seconds * patience
        try:
            return await asyncio.wait_for(asyncio.to_thread(lambda: work(self._connect())), limit)
        except TimeoutError as error:
            raise StoreUnavailable(f"Milvus did not answer within {limit:g} s.") from error
        except MilvusException as error:
            if error.code == NOT_FOUND or "collection not found" in str(error.message).lower():
                raise CollectionMissing(f'Collection "{self.name}" is not there any more.') from error
            raise StoreUnavailable(f"Milvus cannot be used: {error.message}") from error

    def _connect(self) -> MilvusClient:
        if self._client is None:
            self._client = MilvusClient(
                uri=self.settings.store_url,
                token=self.settings.store_token or "",
                timeout=self.settings.store_timeout_seconds,
            )
        return self._client

    async def describe(self) -> CollectionInfo | None:
        def read(client: MilvusClient) -> CollectionInfo | None:
            if not client.has_collection(self.name):
                return None
            # A collection that was released cannot be searched; loading one that is loaded does nothing.
            client.load_collection(self.name)
            told = client.describe_collection(self.name)
            dimension = next((f["params"].get("dim") for f in told["fields"] if f["name"] == "embedding"), None)
            model = (told.get("properties") or {}).get(MODEL_PROPERTY)
            return CollectionInfo(model, int(dimension) if dimension else None)

        return await self._run(read)

    async def create(self) -> None:
        def make(client: MilvusClient) -> None:
            schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=64)
            schema.add_field("embedding", DataType.FLOAT_VECTOR, dim=self.settings.embedding.dimension)
            schema.add_field("document_key", DataType.VARCHAR, max_length=64)
            schema.add_field("version", DataType.VARCHAR, max_length=64)
            schema.add_field("document", DataType.VARCHAR, max_length=MAX_NAME)
            schema.add_field("source", DataType.VARCHAR, max_length=MAX_NAME)
            schema.add_field("title", DataType.VARCHAR, max_length=MAX_NAME)
            schema.add_field("content", DataType.VARCHAR, max_length=MAX_TEXT)
            schema.add_field("position", DataType.INT64)
            schema.add_field("is_last", DataType.BOOL)
            index = client.prepare_index_params()
            index.add_index("embedding", index_type="AUTOINDEX", metric_type="COSINE")
            # A property and not the description, which Milvus Lite does not keep.
            properties = {MODEL_PROPERTY: self.settings.embedding.model}
            client.create_collection(self.name, schema=schema, index_params=index, properties=properties)
            client.load_collection(self.name)

        await self._run(make, patience=6)

    async def documents(self) -> dict[str, StoredDocument]:
        def read(client: MilvusClient) -> dict[str, StoredDocument]:
            found: dict[str, StoredDocument] = {}
            pages = client.query_iterator(
                self.name,
                batch_size=PAGE,
                output_fields=["document", "source", "version", "is_last"],
                # An ingestion that was killed a moment ago has to be seen completely.
                consistency_level="Strong",
            )
            while rows := pages.next():
                for row in rows:
                    document = found.setdefault(row["document"], StoredDocument(row["source"]))
                    version = document.versions.setdefault(row["version"], StoredVersion())
                    version.chunks += 1
                    version.complete = version.complete or bool(row["is_last"])
            pages.close()
            return found

        return await self._run(read, patience=60)

    async def put(self, chunks: list[Chunk], vectors: list[list[float]]) -> None:
        rows = [
            {
                "id": chunk.id,
                "embedding": vector,
                "document_key": _key(chunk.document),
                "version": chunk.version,
                "document": _cut(chunk.document, MAX_NAME),
                "source": _cut(chunk.source, MAX_NAME),
                "title": _cut(chunk.title, MAX_NAME),
                "content": _cut(chunk.text, MAX_TEXT),
                "position": chunk.index,
                "is_last": chunk.last,
            }
            for chunk, vector in zip(chunks, vectors, strict=True)
        ]
        await self._run(lambda client: client.upsert(self.name, rows))

    async def remove(self, document: str, version: str) -> None:
        which = f'document_key == "{_key(document)}" and version == "{version}"'
        await self._run(lambda client: client.delete(self.name, filter=which))

    async def count(self) -> int:
        rows = await self._run(
            lambda client: client.query(self.name, filter="", output_fields=["count(*)"], consistency_level="Strong")
        )
        return int(rows[0]["count(*)"])

    async def search(self, vector: list[float], limit: int) -> list[Hit]:
        answer = await self._run(
            lambda client: client.search(
                self.name,
                data=[vector],
                anns_field="embedding",
                limit=limit,
                search_params={"metric_type": "COSINE"},
                output_fields=["document", "title", "content"],
            )
        )
        return [
            Hit(
                id=str(row["id"]),
                document=row["entity"]["document"],
                title=row["entity"]["title"],
                text=row["entity"]["content"],
                score=float(row["distance"]),
            )
            for row in answer[0]
        ]

    async def close(self) -> None:
        if self._client is not None:
            await asyncio.to_thread(self._client.close)
            self._client = None
