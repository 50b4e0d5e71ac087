import pytest

from rag_service.config import load_settings
from rag_service.faults import ConfigurationFault

from .fakes import ENV, RULES, settings


def faults(**changes: str) -> list[str]:
    with pytest.raises(ConfigurationFault) as caught:
        settings(**changes)
    return caught.value.faults


def test_tells_every_missing_variable_at_once():
    with pytest.raises(ConfigurationFault) as caught:
        load_settings({}, RULES)
    named = {fault.split()[0] for fault in caught.value.faults}
    assert named == set(ENV) - {"SERVICE_NAME", "EMBEDDING_BATCH_SIZE"}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("COLLECTION", 'x"; DROP TABLE users; --', "COLLECTION must be"),
        ("EMBEDDING_DIMENSION", "many", "EMBEDDING_DIMENSION must be a number"),
        ("EMBEDDING_DIMENSION", "4001", "the most that this vector store can index"),
        ("EMBEDDING_API", "cohere", "EMBEDDING_API must be one of tei, openai"),
        ("TOP_K", "0", "TOP_K must be a number from 1"),
        ("LLM_TEMPERATURE", "nan", "LLM_TEMPERATURE must be a number"),
        ("LLM_URL", "llm:8000", "LLM_URL must be a URL"),
        ("CHUNK_TOKENS", "600", "must not be over EMBEDDING_MAX_TOKENS"),
        ("CHUNK_OVERLAP_TOKENS", "300", "at most half of CHUNK_TOKENS"),
        ("LLM_MAX_ANSWER_TOKENS", "8000", "must leave half"),
    ],
)
def test_names_the_variable_that_is_wrong(name, value, said):
    assert len(faults(**{name: value})) == 1
    assert said in faults(**{name: value})[0]


def test_does_not_repeat_a_url_that_may_hold_a_password():
    assert "secret" not in faults(HISTORY_URL="mysql://me:secret@db/x")[0]


def test_keeps_secrets_out_of_its_text():
    text = repr(settings(API_KEY="k-1", LLM_API_KEY="k-2", HISTORY_URL="postgresql://u:k-3@db/x"))
    assert not any(secret in text for secret in ("k-1", "k-2", "k-3"))
