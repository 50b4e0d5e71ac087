"""From a question to an answer with its sources."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from .collection import open_collection
from .config import Settings
from .contract import Hit, Store
from .embeddings import Embedder
from .faults import LlmStreamBroken, PromptTooLong, ServiceFault, TextTooLong
from .history import History, HistoryState
from .llm_faults import llm_fault
from .prompt import Message, build_prompt
from .telemetry import EMPTY_RETRIEVALS, FIRST_TOKEN_SECONDS, STAGE_SECONDS, TOKENS, span


@dataclass(frozen=True)
class Delta:
    """A piece of the model's answer. The last one tells why it ended and what it cost."""

    text: str = ""
    finish_reason: str | None = None
    prompt_tokens: int | None = None
    answer_tokens: int | None = None


@dataclass(frozen=True)
class Citation:
    """A passage that was given to the model, under the number by which the answer names it."""

    number: int
    source: str
    title: str
    score: float
    text: str


@dataclass
class Timings:
    """Milliseconds of one answer. `overhead_ms` is what this service itself took."""

    total_ms: float = 0.0
    embedding_ms: float = 0.0
    store_ms: float = 0.0
    history_ms: float = 0.0
    llm_ms: float = 0.0
    overhead_ms: float = 0.0


@dataclass
class Answer:
    citations: list[Citation] = field(default_factory=list)
    text: str = ""
    finish_reason: str = "stop"
    history: HistoryState = "Off"
    prompt_tokens: int | None = None
    answer_tokens: int | None = None
    timings: Timings = field(default_factory=Timings)


Generate = Callable[[list[Message]], AsyncIterator[Delta]]
Retrieve = Callable[[str], Awaitable[list[Hit]]]
# What an answer yields, in this order: its citations once, pieces of text, the whole answer once.
Event = list[Citation] | str | Answer


class _Watch:
    """Adds up the time of stages."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.spent: dict[str, float] = {}

    async def time(self, stage: str, work: Awaitable):
        began = time.perf_counter()
        try:
            return await work
        finally:
            self.add(stage, time.perf_counter() - began)

    def add(self, stage: str, seconds: float) -> None:
        self.spent[stage] = self.spent.get(stage, 0.0) + seconds

    def timings(self) -> Timings:
        total = time.perf_counter() - self.started
        for stage, seconds in self.spent.items():
            STAGE_SECONDS.labels(stage).observe(seconds)
        STAGE_SECONDS.labels("total").observe(total)
        ms = {stage: round(seconds * 1000, 3) for stage, seconds in self.spent.items()}
        return Timings(
            total_ms=round(total * 1000, 3),
            embedding_ms=ms.get("embedding", 0.0),
            store_ms=ms.get("store", 0.0),
            history_ms=ms.get("history", 0.0),
            llm_ms=ms.get("llm", 0.0),
            overhead_ms=round((total - sum(self.spent.values())) * 1000, 3),
        )


class Answerer:
    """Holds what answers need. `make_retriever` is the framework's part: it wraps the search of the store."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        embedder: Embedder,
        history: History,
        make_retriever: Callable[[Retrieve], Retrieve],
        generate: Generate,
    ):
        self.settings = settings
        self.store = store
        self.embedder = embedder
        self.history = history
        self.make_retriever = make_retriever
        self.generate = generate
        self.collection_is_checked = False

    async def ensure_collection(self) -> None:
        """Checks the collection once; after a refusal every question asks again, since it may have been mended."""
        if not self.collection_is_checked:
            await open_collection(self.settings, self.store, create=False)
            self.collection_is_checked = True

    async def check_store(self) -> None:
        """Raises when the collection cannot answer now."""
        await open_collection(self.settings, self.store, create=False)

    async def retrieve(self, question: str, watch: _Watch | None = None) -> list[Hit]:
        """The passages for a question, best first."""
        watch = watch or _Watch()
        await watch.time("store", self.ensure_collection())

        async def find(query: str) -> list[Hit]:
            try:
                vector = await watch.time("embedding", self.embedder.query(query))
            except TextTooLong as error:
                raise PromptTooLong(
                    f"The question is longer than the embedding model reads: {error.message}"
                ) from error
            with span("rag.search", limit=self.settings.top_k):
                hits = await watch.time("store", self.store.search(vector, self.settings.top_k))
            return [hit for hit in hits if hit.score >= self.settings.min_score]

        hits = await self.make_retriever(find)(question)
        if not hits:
            EMPTY_RETRIEVALS.inc()
        return hits

    async def answer(
        self, question: str, *, session_id: str | None = None, history: list[Message] | None = None
    ) -> AsyncIterator[Event]:
        """Yields citations, text as it comes, and the whole answer at the end. Raises ServiceFault."""
        watch = _Watch()
        result = Answer()
        before = history or []
        if session_id and self.history.on:
            kept = await watch.time("history", self.history.recent(session_id))
            result.history = "Unavailable" if kept is None else "Kept"
            before = kept or []
        hits = await self.retrieve(question, watch)
        prompt = build_prompt(self.settings.llm, question, hits, before)
        result.citations = [
            Citation(number, hit.document, hit.title, round(hit.score, 4), hit.text)
            for number, hit in enumerate(prompt.hits, start=1)
        ]
        yield result.citations
        async for text in self._generate(prompt.messages, result, watch):
            yield text
        if session_id and result.history == "Kept":
            written = await watch.time("history", self.history.append(session_id, question, result.text))
            result.history = "Kept" if written else "Unavailable"
        result.timings = watch.timings()
        yield result

    async def _generate(self, messages: list[Message], result: Answer, watch: _Watch) -> AsyncIterator[str]:
        finish_reason = None
        parts: list[str] = []
        stream = self.generate(messages)
        try:
            while True:
                delta = await watch.time("llm", anext(stream, None))
                if delta is None:
                    break
                finish_reason = delta.finish_reason or finish_reason
                for kind in ("prompt", "answer"):
                    count = getattr(delta, f"{kind}_tokens")
                    if count is not None:
                        setattr(result, f"{kind}_tokens", count)
                if delta.text:
                    if not parts:
                        FIRST_TOKEN_SECONDS.observe(time.perf_counter() - watch.started)
                    parts.append(delta.text)
                    yield delta.text
        except ServiceFault:
            raise
        except Exception as error:
            raise llm_fault(error, self.settings.llm, begun=bool(parts)) from error
        finally:
            await stream.aclose()
        if finish_reason is None:
            raise LlmStreamBroken("The model server's stream ended before the answer was complete.")
        for kind in ("prompt", "answer"):
            if (count := getattr(result, f"{kind}_tokens")) is not None:
                TOKENS.labels(kind).inc(count)
        result.text = "".join(parts)
        result.finish_reason = finish_reason
