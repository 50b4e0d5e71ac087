import asyncio

import pytest

from rag_service.contract import Hit
from rag_service.evaluate import GoldenQuestion, evaluate, read_questions
from rag_service.faults import ConfigurationFault


async def retrieve(question: str) -> list[Hit]:
    return [Hit(str(n), f"docs/{n}.md", "", "", 1.0) for n in range(1, 6)]


def test_counts_hits_and_reciprocal_ranks():
    golden = [GoldenQuestion("a", ("1.md",)), GoldenQuestion("b", ("9.md", "/2.md")), GoldenQuestion("c", ("5.md",))]
    result = asyncio.run(evaluate(golden, retrieve, 3))
    assert (result.hit_rate, result.mrr, result.missed) == (pytest.approx(2 / 3, abs=1e-4), 0.5, ["c"])


def test_names_the_line_that_is_no_question(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text('{"question": "a", "sources": ["x"]}\n\n{"question": "b"}\nnothing\n')
    with pytest.raises(ConfigurationFault) as caught:
        read_questions(path)
    assert [fault.split(" ")[0] for fault in caught.value.faults] == [f"{path}:3", f"{path}:4"]
