"""LlamaIndex's part: cutting texts, the retriever, and the call of the model."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable

from llama_index.core.base.llms.types import ChatMessage
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.llms.openai_like import OpenAILike

from .answer import Delta, Generate, Retrieve
from .config import LlmSettings
from .contract import Hit
from .prompt import Message
from .tokens import count_tokens

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")


def _sentences(text: str) -> list[str]:
    """Sentences with the space behind them. LlamaIndex's own splitter loads data of NLTK at the first use."""
    parts = _SENTENCE_END.split(text)
    return [part if number == len(parts) - 1 else part + " " for number, part in enumerate(parts)]


def make_splitter(chunk_tokens: int, overlap_tokens: int) -> Callable[[str], list[str]]:
    """Cuts at paragraphs, sentences and words, in this order of preference."""
    splitter = SentenceSplitter(
        chunk_size=chunk_tokens,
        chunk_overlap=overlap_tokens,
        # Asked for the length alone.
        tokenizer=lambda text: [0] * count_tokens(text),
        chunking_tokenizer_fn=_sentences,
        paragraph_separator="\n\n",
    )
    return splitter.split_text


class StoreRetriever(BaseRetriever):
    """The collection as a LlamaIndex retriever, for use in any query engine."""

    def __init__(self, find: Retrieve):
        self.find = find
        super().__init__()

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [
            NodeWithScore(
                node=TextNode(id_=hit.id, text=hit.text, metadata={"document": hit.document, "title": hit.title}),
                score=hit.score,
            )
            for hit in await self.find(query_bundle.query_str)
        ]

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        raise NotImplementedError("This service is asynchronous: use aretrieve.")


def make_retriever(find: Retrieve) -> Retrieve:
    """Asks through the retriever. Postprocessors and query transforms of LlamaIndex go around it here."""
    retriever = StoreRetriever(find)

    async def retrieve(question: str) -> list[Hit]:
        return [
            Hit(id=found.node_id, text=found.text, score=found.score or 0.0, **found.metadata)
            for found in await retriever.aretrieve(question)
        ]

    return retrieve


def make_generator(settings: LlmSettings) -> Generate:
    """Streams answers of an OpenAI-compatible server."""
    llm = OpenAILike(
        api_base=settings.url,
        api_key=settings.api_key or "not-needed",
        model=settings.model,
        is_chat_model=True,
        context_window=settings.context_tokens,
        temperature=settings.temperature,
        max_tokens=settings.max_answer_tokens,
        timeout=settings.timeout_seconds,
        max_retries=settings.retries,
        additional_kwargs={"stream_options": {"include_usage": True}},
    )

    async def generate(messages: list[Message]) -> AsyncIterator[Delta]:
        stream = await llm.astream_chat([ChatMessage(role=m["role"], content=m["content"]) for m in messages])
        async for part in stream:
            choices = getattr(part.raw, "choices", None) or []
            usage = getattr(part.raw, "usage", None)
            yield Delta(
                text=part.delta or "",
                finish_reason=choices[0].finish_reason if choices else None,
                prompt_tokens=usage.prompt_tokens if usage else None,
                answer_tokens=usage.completion_tokens if usage else None,
            )

    return generate
