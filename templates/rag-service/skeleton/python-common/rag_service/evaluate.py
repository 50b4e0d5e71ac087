"""How well retrieval finds: hit rate at k and mean reciprocal rank over questions whose source is known."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from .contract import Hit
from .faults import ConfigurationFault


@dataclass(frozen=True)
class GoldenQuestion:
    question: str
    sources: tuple[str, ...]  # ends of document names, any of which is right


@dataclass(frozen=True)
class Evaluation:
    questions: int
    k: int
    hit_rate: float
    mrr: float
    missed: list[str]


def read_questions(path: Path) -> list[GoldenQuestion]:
    """Reads JSON lines such as {"question": "...", "sources": ["docs/index.md"]}; names the line that is wrong."""
    questions, faults = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            questions.append(GoldenQuestion(str(row["question"]), tuple(map(str, row["sources"]))))
        except (ValueError, KeyError, TypeError):
            faults.append(f'{path}:{number} is not {{"question": "...", "sources": ["..."]}}')
    if not questions and not faults:
        faults.append(f"{path} has no questions")
    if faults:
        raise ConfigurationFault(faults)
    return questions


async def evaluate(
    questions: list[GoldenQuestion], retrieve: Callable[[str], Awaitable[list[Hit]]], k: int
) -> Evaluation:
    """Asks each question once. The rank is that of the first chunk from a right document."""
    reciprocal: list[float] = []
    missed: list[str] = []
    for golden in questions:
        hits = (await retrieve(golden.question))[:k]
        rank = next((n for n, hit in enumerate(hits, start=1) if hit.document.endswith(golden.sources)), None)
        reciprocal.append(1 / rank if rank else 0.0)
        if rank is None:
            missed.append(golden.question)
    count = len(questions)
    return Evaluation(count, k, round(1 - len(missed) / count, 4), round(sum(reciprocal) / count, 4), missed)
