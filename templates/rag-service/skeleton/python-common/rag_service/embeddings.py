"""Vectors from an embedding server: Text Embeddings Inference, or anything with OpenAI's route."""

from __future__ import annotations

import httpx

from .config import EmbeddingSettings
from .faults import EmbeddingMismatch, EmbeddingUnavailable, TextTooLong
from .retry import with_retries
from .telemetry import span

# How servers say that a text is too long: TEI with 413 or 422, vLLM and others with 400.
_LENGTH_WORDS = ("must have less than", "maximum context length", "too long", "too many tokens", "input length")


class Embedder:
    """Turns texts into vectors, with retries; one client for the life of the process."""

    def __init__(self, settings: EmbeddingSettings, transport: httpx.AsyncBaseTransport | None = None):
        self.settings = settings
        headers = {"Authorization": f"Bearer {settings.api_key}"} if settings.api_key else {}
        self.client = httpx.AsyncClient(
            timeout=settings.timeout_seconds, headers=headers, transport=transport, trust_env=False
        )

    async def query(self, text: str) -> list[float]:
        """The vector of a question. A question that is too long is a TextTooLong."""
        with span("rag.embed", count=1):
            return (await self._embed([self.settings.query_prefix + text], retries=1))[0]

    async def passages(self, texts: list[str]) -> list[list[float]]:
        """The vectors of chunks, in their order. Nothing is cut off: the estimate of tokens may be wrong for rare
        scripts, and then the vector of a chunk is the mean of the vectors of its halves."""
        prefixed = [self.settings.passage_prefix + text for text in texts]
        try:
            return await self._embed(prefixed, retries=3)
        except TextTooLong:
            return [await self._embed_halving(text) for text in prefixed]

    async def _embed_halving(self, text: str) -> list[float]:
        try:
            return (await self._embed([text], retries=3))[0]
        except TextTooLong:
            if len(text) < 32:
                raise
            middle = len(text) // 2
            halves = [await self._embed_halving(half) for half in (text[:middle], text[middle:])]
            return [(a + b) / 2 for a, b in zip(*halves, strict=True)]

    async def _embed(self, texts: list[str], *, retries: int) -> list[list[float]]:
        vectors = await with_retries(lambda: self._ask(texts), (EmbeddingUnavailable,), retries=retries)
        for vector in vectors:
            if len(vector) != self.settings.dimension:
                raise EmbeddingMismatch(
                    f"The embedding server answers with {len(vector)} dimensions, "
                    f"EMBEDDING_DIMENSION is {self.settings.dimension}."
                )
        return vectors

    async def _ask(self, texts: list[str]) -> list[list[float]]:
        tei = self.settings.api == "tei"
        path = "/embed" if tei else "/embeddings"
        body = {"inputs": texts, "truncate": False} if tei else {"input": texts, "model": self.settings.model}
        response = await self._send("POST", path, json=body)
        try:
            answer = response.json()
            rows = answer if tei else [row["embedding"] for row in sorted(answer["data"], key=lambda row: row["index"])]
            if len(rows) != len(texts):
                raise ValueError
            return [[float(number) for number in row] for row in rows]
        except (ValueError, KeyError, TypeError) as error:
            raise EmbeddingUnavailable(
                f"The embedding server's answer to {path} is not what its API promises."
            ) from error

    async def _send(self, method: str, path: str, **options) -> httpx.Response:
        url = self.settings.url + path
        try:
            response = await self.client.request(method, url, **options)
        except httpx.TimeoutException as error:
            raise EmbeddingUnavailable(
                f"The embedding server did not answer within {self.settings.timeout_seconds:g} s."
            ) from error
        except httpx.HTTPError as error:
            raise EmbeddingUnavailable(f"The embedding server cannot be reached: {error}") from error
        if response.is_success:
            return response
        said = response.text[:300]
        if response.status_code in (400, 413, 422) and any(words in said.lower() for words in _LENGTH_WORDS):
            raise TextTooLong(f"The text is longer than the embedding model reads: {said}")
        retry_after = response.headers.get("retry-after", "")
        raise EmbeddingUnavailable(
            f"The embedding server answered {response.status_code} to {path}: {said}",
            retry_after_seconds=int(retry_after) if retry_after.isdigit() else None,
        )

    async def check(self) -> None:
        """Raises when the server cannot embed, or embeds with another model or dimension."""
        await self.check_model()
        await self._embed(["ready"], retries=0)

    async def check_model(self) -> int | None:
        """Compares the configured model with the served one, where the server tells. Returns the tokens it reads."""
        if self.settings.api != "tei":
            return None
        try:
            info = (await self._send("GET", "/info")).json()
        except (EmbeddingUnavailable, ValueError):
            # Not every server behind the route has it; whether it works is told by embedding.
            return None
        if not isinstance(info, dict):
            return None
        served = info.get("model_id")
        # A model from a mounted volume is known by its folder only.
        if served and not served.startswith("/") and served != self.settings.model:
            raise EmbeddingMismatch(
                f"The embedding server serves {served}, EMBEDDING_MODEL is {self.settings.model}: "
                "vectors of two models cannot be compared."
            )
        limit = info.get("max_input_length")
        return limit if isinstance(limit, int) else None

    async def close(self) -> None:
        await self.client.aclose()
