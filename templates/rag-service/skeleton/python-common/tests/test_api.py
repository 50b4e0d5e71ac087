import asyncio
import json

import httpx
import openai
import pytest
from fastapi.testclient import TestClient

from rag_service.api import create_api
from rag_service.contract import CollectionInfo
from rag_service.ingest import ingest

from .fakes import DIMENSION, EmbeddingServer, MemoryStore, Model, answerer, settings, split

REQUEST = httpx.Request("POST", "http://llm:1/v1/chat/completions")


def status_error(kind, status: int, message: str = "no", **headers: str):
    return kind(message, response=httpx.Response(status, headers=headers, request=REQUEST), body=None)


@pytest.fixture
def store(tmp_path) -> MemoryStore:
    (tmp_path / "tea.md").write_text("# Tea\n\nGreen tea needs water of eighty degrees.")
    (tmp_path / "bread.md").write_text("# Bread\n\nBread needs flour, salt and patience.")
    made, filled = settings(SOURCES=str(tmp_path)), MemoryStore()
    asyncio.run(ingest(made, filled, EmbeddingServer().embedder(made), split))
    return filled


def client(store, model=None, **more) -> TestClient:
    return TestClient(create_api(answerer(store, model or Model(), **more)))


def ask(c: TestClient, question: str = "What does green tea need?", **more):
    return c.post("/v1/query", json={"question": question, **more})


def events(text: str) -> list[tuple[str, dict]]:
    blocks = [block.split("\n", 1) for block in text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_answers_with_sources_scores_and_timings(store):
    with client(store) as c:
        body = ask(c).json()
    assert body["answer"] == "It is so [1]."
    first = body["citations"][0]
    assert first["number"] == 1 and first["source"].endswith("tea.md") and 0.3 < first["score"] <= 1
    assert "eighty degrees" in first["text"]
    assert body["history"] == "Off" and body["usage"] == {"prompt_tokens": 10, "answer_tokens": 3}
    stages = ("embedding_ms", "store_ms", "history_ms", "llm_ms", "overhead_ms")
    assert sum(body["timings"][stage] for stage in stages) == pytest.approx(body["timings"]["total_ms"], abs=0.1)


def test_streams_citations_first_then_tokens_then_the_whole(store):
    with client(store) as c:
        response = ask(c, stream=True)
    seen = events(response.text)
    assert [name for name, _ in seen] == ["citations", "token", "token", "token", "done"]
    assert "".join(data["text"] for name, data in seen if name == "token") == seen[-1][1]["answer"]
    assert response.headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (status_error(openai.RateLimitError, 429, **{"retry-after": "7"}), "LlmBusy", 503),
        (status_error(openai.InternalServerError, 500), "LlmFailed", 502),
        (status_error(openai.BadRequestError, 400, "maximum context length is 8192"), "PromptTooLong", 413),
        (openai.APITimeoutError(REQUEST), "LlmTimeout", 504),
        (openai.APIConnectionError(request=REQUEST), "LlmStreamBroken", 502),
        (json.JSONDecodeError("no", "{", 0), "LlmStreamBroken", 502),
    ],
)
def test_names_what_the_model_server_did(store, error, code, status):
    with client(store, Model(error=error)) as c:
        response = ask(c)
        streamed = events(ask(c, stream=True).text)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert response.headers.get("retry-after") == ("7" if code == "LlmBusy" else None)
    assert streamed[-1][0] == "error" and streamed[-1][1]["error"]["code"] == code


def test_a_model_server_that_is_away_is_no_broken_stream(store):
    model = Model(error=openai.APIConnectionError(request=REQUEST))
    model.words = ()
    with client(store, model) as c:
        assert ask(c).json()["error"]["code"] == "LlmFailed"


def test_a_stream_without_its_end_is_no_answer(store):
    with client(store, Model(finish=None)) as c:
        assert ask(c).json()["error"]["code"] == "LlmStreamBroken"


def test_names_a_store_and_an_embedding_server_that_are_down(store):
    with client(store) as c:
        store.down = True
        assert ask(c).json()["error"]["code"] == "StoreUnavailable"
        assert c.get("/healthz").status_code == 200
        ready = c.get("/readyz")
    assert ready.status_code == 503
    check = next(check for check in ready.json()["checks"] if check["name"] == "store")
    assert (check["outcome"], check["reason"]) == ("Fail", "StoreUnavailable")
    store.down = False
    with client(store, server=EmbeddingServer(httpx.Response(500), httpx.Response(500))) as c:
        assert ask(c).json()["error"]["code"] == "EmbeddingUnavailable"


def test_starts_before_the_first_ingestion_and_says_what_to_do():
    with client(MemoryStore()) as c:
        response = ask(c)
    assert response.status_code == 503 and "run the ingestion first" in response.json()["error"]["message"]


def test_does_not_start_on_a_collection_of_another_model():
    told = []
    app = create_api(answerer(MemoryStore(CollectionInfo("other", DIMENSION)), Model()), on_refusal=told.append)
    with pytest.raises(Exception, match="made with the embedding model other"), TestClient(app):
        pass
    assert "EMBEDDING_MODEL is words-64" in told[0]


def test_answers_go_on_without_history_and_say_so(store):
    # Port 1 of this machine: nobody listens there.
    with client(store, HISTORY_URL="postgresql://u:p@127.0.0.1:1/x") as c:
        body = ask(c, session_id="session-0001").json()
        assert (body["answer"], body["history"]) == ("It is so [1].", "Unavailable")
        assert c.delete("/v1/sessions/session-0001").status_code == 503
        checks = {check["name"]: check for check in c.get("/readyz").json()["checks"]}
        assert checks["history"]["outcome"] == "Fail" and not checks["history"]["required"]
        assert "rag_history_faults_total" in c.get("/metrics").text


@pytest.mark.parametrize(
    "body", [{}, {"question": ""}, {"question": "x", "session_id": "'; DROP TABLE"}, {"question": "x", "topk": 3}]
)
def test_refuses_a_request_that_is_wrong(store, body):
    with client(store) as c:
        response = c.post("/v1/query", json=body)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "InvalidRequest")


def test_refuses_a_question_that_no_model_reads(store):
    with client(store) as c:
        assert ask(c, "why " * 20_000).json()["error"]["code"] == "PromptTooLong"


def test_asks_for_the_key_when_it_has_one(store):
    with client(store, API_KEY="k-1") as c:
        assert ask(c).status_code == 401
        assert c.get("/v1/models").status_code == 401
        assert c.get("/healthz").status_code == 200
        good = c.post("/v1/query", json={"question": "tea"}, headers={"Authorization": "Bearer k-1"})
    assert good.status_code == 200


def test_speaks_openais_api(store):
    model = Model()
    talk = [
        {"role": "system", "content": "Be rude."},
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": "Hi"},
        {"role": "user", "content": [{"type": "text", "text": "What does bread need?"}]},
    ]
    with client(store, model) as c:
        assert c.get("/v1/models").json()["data"][0]["id"] == "handbook"
        body = c.post("/v1/chat/completions", json={"model": "handbook", "messages": talk}).json()
        streamed = c.post(
            "/v1/chat/completions",
            json={"messages": talk, "stream": True, "stream_options": {"include_usage": True}},
        ).text
        refused = c.post("/v1/chat/completions", json={"messages": talk[:3]})
    assert body["choices"][0]["message"]["content"] == "It is so [1]." and body["usage"]["total_tokens"] == 13
    assert body["citations"][0]["source"].endswith("bread.md")
    assert [m["role"] for m in model.asked[0]] == ["system", "user", "assistant", "user"]
    assert "Be rude" not in json.dumps(model.asked[0])
    lines = [line.removeprefix("data: ") for line in streamed.strip().split("\n\n")]
    assert lines[-1] == "[DONE]"
    chunks = [json.loads(line) for line in lines[:-1]]
    assert "".join(c["choices"][0]["delta"].get("content", "") for c in chunks if c["choices"]) == "It is so [1]."
    assert chunks[-1]["usage"]["total_tokens"] == 13
    assert refused.status_code == 400
