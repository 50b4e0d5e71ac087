"""LangChain's part: cutting texts, the retriever, and the call of the model."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.messages import convert_to_messages
from langchain_core.retrievers import BaseRetriever
from langchain_openai import ChatOpenAI
from langchain_text_splitters import RecursiveCharacterTextSplitter

from .answer import Delta, Generate, Retrieve
from .config import LlmSettings
from .contract import Hit
from .prompt import Message
from .tokens import count_tokens


def make_splitter(chunk_tokens: int, overlap_tokens: int) -> Callable[[str], list[str]]:
    """Cuts at headings, paragraphs, lines, sentences and words, in this order of preference."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=chunk_tokens,
        chunk_overlap=overlap_tokens,
        length_function=count_tokens,
        separators=["\n# ", "\n## ", "\n### ", "\n\n", "\n", ". ", " ", ""],
    )
    return splitter.split_text


class StoreRetriever(BaseRetriever):
    """The collection as a LangChain retriever, for use in any chain."""

    find: Retrieve

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [
            Document(
                id=hit.id,
                page_content=hit.text,
                metadata={"document": hit.document, "title": hit.title, "score": hit.score},
            )
            for hit in await self.find(query)
        ]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        raise NotImplementedError("This service is asynchronous: use ainvoke.")


def make_retriever(find: Retrieve) -> Retrieve:
    """Asks through the retriever. Rerankers and query rewriters of LangChain go around it here."""
    retriever = StoreRetriever(find=find)

    async def retrieve(question: str) -> list[Hit]:
        return [
            Hit(id=found.id or "", text=found.page_content, **found.metadata)
            for found in await retriever.ainvoke(question)
        ]

    return retrieve


def make_generator(settings: LlmSettings) -> Generate:
    """Streams answers of an OpenAI-compatible server."""
    llm = ChatOpenAI(
        base_url=settings.url,
        api_key=settings.api_key or "not-needed",
        model=settings.model,
        temperature=settings.temperature,
        max_completion_tokens=settings.max_answer_tokens,
        timeout=settings.timeout_seconds,
        max_retries=settings.retries,
        stream_usage=True,
    )

    async def generate(messages: list[Message]) -> AsyncIterator[Delta]:
        async for chunk in llm.astream(convert_to_messages(messages)):
            usage = chunk.usage_metadata
            yield Delta(
                text=chunk.text,
                finish_reason=chunk.response_metadata.get("finish_reason"),
                prompt_tokens=usage["input_tokens"] if usage else None,
                answer_tokens=usage["output_tokens"] if usage else None,
            )

    return generate
