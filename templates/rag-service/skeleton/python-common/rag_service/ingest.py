"""Brings the documents of SOURCES into the collection, and takes out what is gone.

The store itself knows what is done: every chunk carries its document, version and place. So a run that was killed is
continued by the next one, and a run without changes writes nothing. A new version is written completely before the old
one is removed; nobody who asks meanwhile misses a document.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

from .collection import open_collection
from .config import Settings
from .contract import Chunk, Store, StoredDocument
from .embeddings import Embedder
from .faults import ConfigurationFault, NothingToIngest, StoreUnavailable
from .retry import with_retries
from .sources import Found, SourceUnavailable, read_source
from .text import blocks, inspect, read_text, title_of

log = logging.getLogger("rag_service.ingest")

PROGRESS_SECONDS = 5.0
Split = Callable[[str], list[str]]


@dataclass
class Report:
    """What a run did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    duplicates: list[dict[str, str]] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    unavailable: list[dict[str, str]] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)
    chunks_written: int = 0
    chunks_resumed: int = 0
    seconds: float = 0.0
    chunks_per_second: float = 0.0


@dataclass(frozen=True)
class Job:
    """A document that has to be written, from chunk number `done` on."""

    found: Found
    version: str
    encoding: str
    done: int


async def ingest(settings: Settings, store: Store, embedder: Embedder, split: Split) -> Report:
    """One run. Raises NothingToIngest, before anything is removed, when no source has any document."""
    started = time.monotonic()
    report = Report()
    await _check_limit(settings, embedder)
    await open_collection(settings, store, create=True)
    known = await store.documents()
    with tempfile.TemporaryDirectory(prefix="rag-ingest-") as workspace:
        found = _list_documents(settings.sources, Path(workspace), report)
        jobs, present = _plan(settings, found, known, report)
        if not present and not report.unavailable:
            raise NothingToIngest(
                "No documents found in SOURCES, so nothing was changed. "
                f"SOURCES is {' '.join(settings.sources) or 'empty'}; {len(report.skipped)} files were skipped."
            )
        await _write(settings, store, embedder, _chunks(jobs, split), len(jobs), known, report)
    await _remove_gone(store, known, present, settings.sources, report)
    report.seconds = round(time.monotonic() - started, 3)
    report.chunks_per_second = round(report.chunks_written / report.seconds, 1) if report.seconds else 0.0
    return report


async def _check_limit(settings: Settings, embedder: Embedder) -> None:
    limit = await embedder.check_model()
    if limit is not None and settings.chunk_tokens > limit:
        raise ConfigurationFault(
            [f"CHUNK_TOKENS ({settings.chunk_tokens}) is over the {limit} tokens that the embedding model reads"]
        )


def _list_documents(entries: Iterable[str], workspace: Path, report: Report) -> Iterator[Found]:
    for entry in entries:
        try:
            yield from read_source(entry, workspace)
        except SourceUnavailable as error:
            log.warning("Source %s is not available, what is known of it stays: %s", entry, error)
            report.unavailable.append({"source": entry, "reason": str(error)})


def _plan(
    settings: Settings, found: Iterable[Found], known: dict[str, StoredDocument], report: Report
) -> tuple[list[Job], dict[str, str | None]]:
    """What has to be written, and the version of each document that should be there; None keeps what is stored."""
    cut = f"{settings.chunk_tokens}/{settings.chunk_overlap_tokens}"
    jobs: list[Job] = []
    by_version: dict[str, str] = {}
    present: dict[str, str | None] = {}
    for document in found:
        if document.name in present:
            continue
        skip = lambda reason, name=document.name: report.skipped.append({"document": name, "reason": reason})  # noqa: E731
        try:
            if document.path.stat().st_size > settings.max_document_mb << 20:
                skip(f"larger than MAX_DOCUMENT_MB ({settings.max_document_mb})")
                continue
            seen = inspect(document.path)
        except OSError as error:
            skip(f"cannot be read, what is stored of it stays: {error.strerror}")
            present[document.name] = None
            continue
        if seen.encoding is None:
            skip("binary: only text, Markdown and HTML are read")
            continue
        if seen.guessed:
            report.notes.append({"document": document.name, "note": "not UTF-8, read as Windows-1252"})
        version = hashlib.sha256(f"{seen.sha256}/{cut}".encode()).hexdigest()[:32]
        if version in by_version:
            report.duplicates.append({"document": document.name, "same_as": by_version[version]})
            continue
        if not any(piece.strip() for piece in read_text(document.path, seen.encoding, html=document.html)):
            skip("empty")
            continue
        by_version[version] = document.name
        present[document.name] = version
        stored = known.get(document.name)
        state = stored.versions.get(version) if stored else None
        if state and state.complete:
            report.unchanged += 1
            continue
        if stored and any(held.complete for held in stored.versions.values()):
            report.changed += 1
        else:
            report.new += 1
        jobs.append(Job(document, version, seen.encoding, state.chunks if state else 0))
    return jobs, present


def _chunks(jobs: Iterable[Job], split: Split) -> Iterator[Chunk | None]:
    """All chunks to write, in order; None for one that an earlier run wrote."""
    for job in jobs:
        html = job.found.html
        title = title_of(job.found.path, job.encoding, html=html, fallback=job.found.name.rsplit("/", 1)[-1])
        texts = (
            text
            for block in blocks(read_text(job.found.path, job.encoding, html=html))
            for text in split(block)
            if text.strip()
        )
        # One text is held back, because only the next one tells whether it was the last.
        held = next(texts, None)
        index = 0
        while held is not None:
            following = next(texts, None)
            if index < job.done:
                yield None
            else:
                key = hashlib.sha256(f"{job.found.name}\0{job.version}\0{index}".encode()).hexdigest()[:32]
                yield Chunk(
                    id=key,
                    document=job.found.name,
                    source=job.found.source,
                    version=job.version,
                    index=index,
                    last=following is None,
                    title=title,
                    text=held,
                )
            held = following
            index += 1


async def _write(
    settings: Settings,
    store: Store,
    embedder: Embedder,
    chunks: Iterator[Chunk | None],
    documents: int,
    known: dict[str, StoredDocument],
    report: Report,
) -> None:
    size, parallel = settings.embedding.batch_size, settings.embedding.concurrency
    finished, told = 0, time.monotonic()
    while taken := list(islice(chunks, size * parallel)):
        batch = [chunk for chunk in taken if chunk is not None]
        report.chunks_resumed += len(taken) - len(batch)
        parts = [batch[start : start + size] for start in range(0, len(batch), size)]
        answers = await asyncio.gather(*(embedder.passages([chunk.text for chunk in part]) for part in parts))
        vectors = [vector for answer in answers for vector in answer]
        if batch:
            await with_retries(lambda: store.put(batch, vectors), (StoreUnavailable,), retries=4)  # noqa: B023
        report.chunks_written += len(batch)
        for chunk in batch:
            if chunk.last:
                finished += 1
                await _remove_old(store, known, chunk)
        if time.monotonic() - told >= PROGRESS_SECONDS:
            told = time.monotonic()
            log.info("%d of %d documents, %d chunks", finished, documents, report.chunks_written)


async def _remove_old(store: Store, known: dict[str, StoredDocument], chunk: Chunk) -> None:
    stored = known.get(chunk.document)
    if stored:
        await _remove_others(store, chunk.document, stored, chunk.version)


async def _remove_others(store: Store, name: str, stored: StoredDocument, keep: str | None) -> None:
    for version in [version for version in stored.versions if version != keep]:
        await with_retries(lambda: store.remove(name, version), (StoreUnavailable,), retries=4)  # noqa: B023
        del stored.versions[version]


async def _remove_gone(
    store: Store,
    known: dict[str, StoredDocument],
    present: dict[str, str | None],
    sources: tuple[str, ...],
    report: Report,
) -> None:
    unlisted = {entry["source"] for entry in report.unavailable}
    for name, stored in known.items():
        if name in present:
            # A run that was killed between writing and removing leaves an old version behind.
            if present[name] is not None:
                await _remove_others(store, name, stored, present[name])
        elif not (stored.source in unlisted and stored.source in sources):
            await _remove_others(store, name, stored, None)
            report.removed += 1


def as_json(report: Report) -> dict:
    """The report as it is printed."""
    return asdict(report)
