"""Opens the collection, and refuses one that was made for other vectors."""

from __future__ import annotations

from .config import Settings
from .contract import CollectionInfo, Store
from .faults import CollectionMismatch, CollectionMissing


def mismatch(settings: Settings, info: CollectionInfo) -> str | None:
    """Why the collection cannot be used with this configuration, or None."""
    wanted = settings.embedding
    name = f'Collection "{settings.collection}"'
    again = "Set the old model again, or ingest into a new COLLECTION and switch to it."
    if info.dimension is not None and info.dimension != wanted.dimension:
        return (
            f"{name} holds vectors of {info.dimension} dimensions, EMBEDDING_DIMENSION is {wanted.dimension}. {again}"
        )
    if info.embedding_model is None:
        return (
            f"{name} does not tell which embedding model made it, so it is not this service's. "
            "Choose another COLLECTION."
        )
    if info.embedding_model != wanted.model:
        return (
            f"{name} was made with the embedding model {info.embedding_model}, EMBEDDING_MODEL is {wanted.model}: "
            f"vectors of two models cannot be compared. {again}"
        )
    return None


async def open_collection(settings: Settings, store: Store, *, create: bool) -> None:
    """Checks the collection, or makes it. Raises CollectionMissing, CollectionMismatch or StoreUnavailable."""
    info = await store.describe()
    if info is None and create:
        await store.create()
        return
    if info is None:
        raise CollectionMissing(f'Collection "{settings.collection}" does not exist yet: run the ingestion first.')
    reason = mismatch(settings, info)
    if reason:
        raise CollectionMismatch(reason)
