"""The words that the parts share: chunks, hits, and what a vector store has to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Chunk:
    """A piece of a document as it is stored."""

    id: str  # the same for the same text at the same place, so that writing twice changes nothing
    document: str  # path or URL, shown as the source of an answer
    source: str  # the entry of SOURCES that the document came from
    version: str  # hash of the document's bytes and of how it was cut
    index: int  # from 0
    last: bool  # chunks are written in order, so a stored last chunk tells that the document is complete
    title: str
    text: str


@dataclass(frozen=True)
class Hit:
    """A found chunk. `score` is the cosine similarity, 1 for the same direction."""

    id: str
    document: str
    title: str
    text: str
    score: float


@dataclass
class StoredVersion:
    """How much of one version of a document a store holds."""

    chunks: int = 0
    complete: bool = False


@dataclass
class StoredDocument:
    source: str
    versions: dict[str, StoredVersion] = field(default_factory=dict)


@dataclass(frozen=True)
class CollectionInfo:
    """What was recorded when a collection was made."""

    embedding_model: str | None
    dimension: int | None


class Store(Protocol):
    """A vector store. Methods raise StoreUnavailable when it cannot be reached in time."""

    async def describe(self) -> CollectionInfo | None:
        """What the collection was made for, or None when there is none."""

    async def create(self) -> None:
        """Makes the collection and records embedding model and dimension."""

    async def documents(self) -> dict[str, StoredDocument]:
        """All documents that have chunks here, complete or not."""

    async def put(self, chunks: list[Chunk], vectors: list[list[float]]) -> None:
        """Writes chunks; one that is there already is replaced."""

    async def remove(self, document: str, version: str) -> None:
        """Takes away all chunks of one version of a document."""

    async def count(self) -> int:
        """Number of chunks."""

    async def search(self, vector: list[float], limit: int) -> list[Hit]:
        """The nearest chunks, best first."""

    async def close(self) -> None: ...
