"""A store in memory, an embedding server and a model without a network."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import AsyncIterator

import httpx

from rag_service.answer import Answerer, Delta
from rag_service.config import Settings, StoreRules, load_settings
from rag_service.contract import Chunk, CollectionInfo, Hit, StoredDocument, StoredVersion
from rag_service.embeddings import Embedder
from rag_service.faults import StoreUnavailable
from rag_service.history import History

DIMENSION = 64
RULES = StoreRules("STORE_URL", ("http",), max_dimension=4000)
ENV = {
    "COLLECTION": "handbook",
    "STORE_URL": "http://store:1",
    "EMBEDDING_URL": "http://tei:1",
    "EMBEDDING_MODEL": "words-64",
    "EMBEDDING_DIMENSION": str(DIMENSION),
    "EMBEDDING_BATCH_SIZE": "4",
    "LLM_URL": "http://llm:1/v1",
    "LLM_MODEL": "echo",
    "SERVICE_NAME": "handbook",
}


def settings(**changes: str) -> Settings:
    return load_settings({**ENV, **changes}, RULES)


def embed(text: str) -> list[float]:
    vector = [0.0] * DIMENSION
    for word in text.lower().split():
        vector[zlib.crc32(word.strip(".,?!#").encode()) % DIMENSION] += 1.0
    length = math.sqrt(sum(n * n for n in vector)) or 1.0
    return [n / length for n in vector]


class EmbeddingServer:
    """Answers like TEI. `answers` are given first, one for each call of /embed."""

    def __init__(self, *answers: httpx.Response, max_words: int = 512, model: str = "words-64"):
        self.answers = list(answers)
        self.max_words = max_words
        self.model = model
        self.texts: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/info":
            return httpx.Response(200, json={"model_id": self.model, "max_input_length": self.max_words})
        if self.answers:
            return self.answers.pop(0)
        texts = json.loads(request.content)["inputs"]
        if any(len(text.split()) > self.max_words for text in texts):
            return httpx.Response(413, json={"error": f"`inputs` must have less than {self.max_words} tokens"})
        self.texts += texts
        return httpx.Response(200, json=[embed(text) for text in texts])

    def embedder(self, settings: Settings) -> Embedder:
        return Embedder(settings.embedding, httpx.MockTransport(self))


class MemoryStore:
    """Keeps chunks in a dict. It may be down, or break after some writes."""

    def __init__(self, info: CollectionInfo | None = None):
        self.info = info
        self.rows: dict[str, tuple[Chunk, list[float]]] = {}
        self.writes = 0
        self.break_after: int | None = None
        self.down = False

    async def describe(self) -> CollectionInfo | None:
        if self.down:
            raise StoreUnavailable("the store is down")
        return self.info

    async def create(self) -> None:
        self.info = CollectionInfo("words-64", DIMENSION)

    async def documents(self) -> dict[str, StoredDocument]:
        found: dict[str, StoredDocument] = {}
        for chunk, _ in self.rows.values():
            document = found.setdefault(chunk.document, StoredDocument(chunk.source))
            version = document.versions.setdefault(chunk.version, StoredVersion())
            version.chunks += 1
            version.complete = version.complete or chunk.last
        return found

    async def put(self, chunks: list[Chunk], vectors: list[list[float]]) -> None:
        if self.break_after is not None and self.writes >= self.break_after:
            raise KeyboardInterrupt  # what a kill looks like from within
        self.writes += 1
        for chunk, vector in zip(chunks, vectors, strict=True):
            self.rows[chunk.id] = (chunk, vector)

    async def remove(self, document: str, version: str) -> None:
        self.rows = {
            key: row for key, row in self.rows.items() if (row[0].document, row[0].version) != (document, version)
        }

    async def count(self) -> int:
        return len(self.rows)

    async def search(self, vector: list[float], limit: int) -> list[Hit]:
        if self.down:
            raise StoreUnavailable("the store is down")
        hits = [
            Hit(c.id, c.document, c.title, c.text, sum(a * b for a, b in zip(vector, v, strict=True)))
            for c, v in self.rows.values()
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    async def close(self) -> None:
        pass


class Model:
    """Streams fixed words, or raises. Keeps the messages it was given."""

    def __init__(self, *words: str, error: Exception | None = None, finish: str | None = "stop"):
        self.words = words or ("It ", "is ", "so [1].")
        self.error = error
        self.finish = finish
        self.asked: list[list[dict[str, str]]] = []

    async def __call__(self, messages: list[dict[str, str]]) -> AsyncIterator[Delta]:
        self.asked.append(messages)
        for word in self.words:
            yield Delta(word)
        if self.error:
            raise self.error
        yield Delta(finish_reason=self.finish, prompt_tokens=10, answer_tokens=3)


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n")]


def answerer(
    store: MemoryStore, model: Model, *, server: EmbeddingServer | None = None, history: History | None = None, **env
) -> Answerer:
    made = settings(**env)
    return Answerer(
        made,
        store,
        (server or EmbeddingServer()).embedder(made),
        history or History(made.history),
        lambda find: find,
        model,
    )
