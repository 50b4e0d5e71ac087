"""Everything that may go wrong and has a name. `code` is what callers and dashboards see."""

from __future__ import annotations


class ServiceFault(Exception):
    """A known fault: a code that stays the same, a sentence for people, the HTTP status it becomes."""

    code = "ServiceFault"
    status = 500

    def __init__(self, message: str, *, retry_after_seconds: int | None = None):
        super().__init__(message)
        self.message = message
        self.retry_after_seconds = retry_after_seconds


class ConfigurationFault(ServiceFault):
    """The configuration cannot work. `faults` names every variable that is wrong, not the first alone."""

    code = "ConfigurationInvalid"

    def __init__(self, faults: list[str]):
        super().__init__("The configuration is not valid:\n" + "\n".join(f"- {fault}" for fault in faults))
        self.faults = faults


class StoreUnavailable(ServiceFault):
    code, status = "StoreUnavailable", 503


class CollectionMissing(ServiceFault):
    code, status = "CollectionMissing", 503


class CollectionMismatch(ServiceFault):
    """The collection was made with another embedding model or dimension: its answers would be noise."""

    code, status = "CollectionMismatch", 503


class EmbeddingUnavailable(ServiceFault):
    code, status = "EmbeddingUnavailable", 503


class EmbeddingMismatch(ServiceFault):
    """The embedding server serves another model, or vectors of another length, than configured."""

    code, status = "EmbeddingMismatch", 503


class TextTooLong(ServiceFault):
    """A text is longer than the embedding model reads."""

    code, status = "TextTooLong", 413


class PromptTooLong(ServiceFault):
    code, status = "PromptTooLong", 413


class LlmBusy(ServiceFault):
    code, status = "LlmBusy", 503


class LlmFailed(ServiceFault):
    code, status = "LlmFailed", 502


class LlmTimeout(ServiceFault):
    code, status = "LlmTimeout", 504


class LlmStreamBroken(ServiceFault):
    """The model server's stream could not be read, or ended before the answer was complete."""

    code, status = "LlmStreamBroken", 502


class NothingToIngest(ServiceFault):
    code = "NothingToIngest"
