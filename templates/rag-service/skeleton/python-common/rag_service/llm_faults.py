"""Names for what a model server may do. Both frameworks call it with OpenAI's client, so its errors are the same."""

from __future__ import annotations

import openai

from .config import LlmSettings
from .faults import LlmBusy, LlmFailed, LlmStreamBroken, LlmTimeout, PromptTooLong, ServiceFault

_LENGTH_WORDS = ("context length", "context_length", "too long", "too many tokens", "exceeds the available context")


def llm_fault(error: Exception, settings: LlmSettings, *, begun: bool) -> ServiceFault:
    """The fault that an error of the client stands for; `begun` when a part of the answer had come."""
    if isinstance(error, openai.APITimeoutError):
        return LlmTimeout(f"The model server did not answer within {settings.timeout_seconds:g} s.")
    if isinstance(error, openai.RateLimitError):
        told = error.response.headers.get("retry-after", "")
        return LlmBusy(
            "The model server takes no more requests now (429).",
            retry_after_seconds=int(told) if told.isdigit() else 5,
        )
    if isinstance(error, openai.APIStatusError):
        said = str(error.message)[:300]
        if error.status_code in (400, 413, 422) and any(words in said.lower() for words in _LENGTH_WORDS):
            return PromptTooLong(f"The prompt is longer than the model reads. Is LLM_CONTEXT_TOKENS right? {said}")
        return LlmFailed(f"The model server answered {error.status_code}: {said}")
    if isinstance(error, openai.APIConnectionError) and not begun:
        return LlmFailed("The model server cannot be reached.")
    return LlmStreamBroken(f"The model server's answer cannot be read ({type(error).__name__}).")
