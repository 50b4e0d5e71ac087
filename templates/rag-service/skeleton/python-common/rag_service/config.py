"""Configuration from the environment, read once. docs/configuration.md explains every variable."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

from .faults import ConfigurationFault

T = TypeVar("T")

# The strictest of the stores (Milvus) allows letters, digits and underscores; Chroma wants three or more.
COLLECTION_NAME = re.compile(r"^[a-z][a-z0-9_]{2,47}$")


@dataclass(frozen=True)
class EmbeddingSettings:
    url: str
    api: str  # tei: POST /embed, never cut silently; openai: POST /embeddings
    model: str
    dimension: int
    max_tokens: int
    batch_size: int
    concurrency: int
    timeout_seconds: float
    query_prefix: str
    passage_prefix: str
    api_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class LlmSettings:
    url: str
    model: str
    context_tokens: int
    max_answer_tokens: int
    temperature: float
    timeout_seconds: float
    retries: int
    api_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class HistorySettings:
    url: str | None = field(repr=False)
    retention_days: int
    messages: int


@dataclass(frozen=True)
class Settings:
    service_name: str
    collection: str
    store_url: str = field(repr=False)
    store_token: str | None = field(repr=False)
    store_timeout_seconds: float
    embedding: EmbeddingSettings
    llm: LlmSettings
    history: HistorySettings
    sources: tuple[str, ...]
    chunk_tokens: int
    chunk_overlap_tokens: int
    max_document_mb: int
    top_k: int
    min_score: float
    host: str
    port: int
    api_key: str | None = field(repr=False)


@dataclass(frozen=True)
class StoreRules:
    """What the chosen vector store demands of the configuration; each store module has one."""

    url_variable: str
    url_schemes: tuple[str, ...]
    max_dimension: int | None = None


class _Reader:
    """Reads variables and gathers what is wrong with them, so that one start tells everything."""

    def __init__(self, env: Mapping[str, str]):
        self.env = env
        self.faults: list[str] = []

    def text(self, name: str, default: str | None = None, *, required: bool = True) -> str:
        value = self.env.get(name, "").strip() or default
        if value is None and required:
            self.faults.append(f"{name} is not set")
        return value or ""

    def secret(self, name: str) -> str | None:
        return self.env.get(name, "").strip() or None

    def number(self, name: str, default: T | None, kind: Callable[[str], T], low: float, high: float) -> T:
        given = self.env.get(name, "").strip()
        if not given:
            if default is None:
                self.faults.append(f"{name} is not set")
                return kind(str(int(low)))
            return default
        try:
            value = kind(given)
        except ValueError:
            value = None
        if value is None or not low <= value <= high:  # type: ignore[operator]
            self.faults.append(f"{name} must be a number from {low:g} to {high:g}, not {given!r}")
            return kind(str(int(low)))
        return value

    def url(self, name: str, schemes: tuple[str, ...], *, required: bool = True) -> str:
        value = self.text(name, required=required)
        if value:
            try:
                parts = urlsplit(value)
                fine = parts.scheme in schemes and bool(parts.hostname)
            except ValueError:
                fine = False
            if not fine:
                # The value may carry a password, so it is not repeated.
                self.faults.append(f"{name} must be a URL that starts with {' or '.join(s + '://' for s in schemes)}")
        return value.rstrip("/")

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        value = self.text(name, options[0])
        if value not in options:
            self.faults.append(f"{name} must be one of {', '.join(options)}, not {value!r}")
        return value


def load_settings(env: Mapping[str, str], rules: StoreRules) -> Settings:
    """Reads and checks all variables; raises ConfigurationFault with every fault found."""
    read = _Reader(env)
    web = ("http", "https")
    collection = read.text("COLLECTION")
    if collection and not COLLECTION_NAME.match(collection):
        read.faults.append(
            f"COLLECTION must be 3 to 48 lower-case letters, digits and underscores and start with a letter, "
            f"not {collection!r}"
        )
    embedding = EmbeddingSettings(
        url=read.url("EMBEDDING_URL", web),
        api=read.choice("EMBEDDING_API", ("tei", "openai")),
        model=read.text("EMBEDDING_MODEL"),
        dimension=read.number("EMBEDDING_DIMENSION", None, int, 1, 32768),
        max_tokens=read.number("EMBEDDING_MAX_TOKENS", 512, int, 32, 131072),
        batch_size=read.number("EMBEDDING_BATCH_SIZE", 32, int, 1, 1024),
        concurrency=read.number("EMBEDDING_CONCURRENCY", 2, int, 1, 32),
        timeout_seconds=read.number("EMBEDDING_TIMEOUT_SECONDS", 30.0, float, 0.1, 600),
        query_prefix=env.get("EMBEDDING_QUERY_PREFIX", ""),
        passage_prefix=env.get("EMBEDDING_PASSAGE_PREFIX", ""),
        api_key=read.secret("EMBEDDING_API_KEY"),
    )
    llm = LlmSettings(
        url=read.url("LLM_URL", web),
        model=read.text("LLM_MODEL"),
        context_tokens=read.number("LLM_CONTEXT_TOKENS", 8192, int, 512, 10_000_000),
        max_answer_tokens=read.number("LLM_MAX_ANSWER_TOKENS", 1024, int, 16, 1_000_000),
        temperature=read.number("LLM_TEMPERATURE", 0.1, float, 0, 2),
        timeout_seconds=read.number("LLM_TIMEOUT_SECONDS", 60.0, float, 0.1, 3600),
        retries=read.number("LLM_RETRIES", 2, int, 0, 10),
        api_key=read.secret("LLM_API_KEY"),
    )
    chunk_tokens = read.number("CHUNK_TOKENS", min(400, embedding.max_tokens - 16), int, 16, 8192)
    overlap = read.number("CHUNK_OVERLAP_TOKENS", chunk_tokens // 10, int, 0, 4096)
    settings = Settings(
        service_name=read.text("SERVICE_NAME", "rag-service"),
        collection=collection,
        store_url=read.url(rules.url_variable, rules.url_schemes),
        store_token=read.secret("STORE_TOKEN"),
        store_timeout_seconds=read.number("STORE_TIMEOUT_SECONDS", 10.0, float, 0.1, 600),
        embedding=embedding,
        llm=llm,
        history=HistorySettings(
            url=read.url("HISTORY_URL", ("postgresql", "postgres"), required=False) or None,
            retention_days=read.number("HISTORY_RETENTION_DAYS", 30, int, 1, 3650),
            messages=read.number("HISTORY_MESSAGES", 10, int, 0, 200),
        ),
        sources=tuple(entry for entry in re.split(r"[,\s]+", env.get("SOURCES", "")) if entry),
        chunk_tokens=chunk_tokens,
        chunk_overlap_tokens=overlap,
        max_document_mb=read.number("MAX_DOCUMENT_MB", 256, int, 1, 4096),
        top_k=read.number("TOP_K", 5, int, 1, 100),
        min_score=read.number("MIN_SCORE", 0.0, float, -1, 1),
        host=read.text("HOST", "0.0.0.0"),
        port=read.number("PORT", 8080, int, 1, 65535),
        api_key=read.secret("API_KEY"),
    )
    read.faults += _contradictions(settings, rules)
    if read.faults:
        raise ConfigurationFault(read.faults)
    return settings


def _contradictions(settings: Settings, rules: StoreRules) -> list[str]:
    """Values that are fine alone and cannot work together."""
    faults = []
    if settings.chunk_tokens > settings.embedding.max_tokens:
        faults.append(
            f"CHUNK_TOKENS ({settings.chunk_tokens}) must not be over EMBEDDING_MAX_TOKENS "
            f"({settings.embedding.max_tokens}): the model would not read the end of a chunk"
        )
    if settings.chunk_overlap_tokens * 2 > settings.chunk_tokens:
        faults.append("CHUNK_OVERLAP_TOKENS must be at most half of CHUNK_TOKENS")
    if settings.llm.max_answer_tokens * 2 > settings.llm.context_tokens:
        faults.append("LLM_MAX_ANSWER_TOKENS must leave half of LLM_CONTEXT_TOKENS for the prompt")
    if rules.max_dimension and settings.embedding.dimension > rules.max_dimension:
        faults.append(
            f"EMBEDDING_DIMENSION ({settings.embedding.dimension}) is over {rules.max_dimension}, "
            "the most that this vector store can index"
        )
    return faults
