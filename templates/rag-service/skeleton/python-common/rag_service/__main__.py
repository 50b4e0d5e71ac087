"""python -m rag_service serve | ingest | evaluate | purge-history"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import sys
from dataclasses import asdict
from pathlib import Path

from . import framework, store
from .answer import Answerer
from .config import Settings, load_settings
from .embeddings import Embedder
from .evaluate import evaluate, read_questions
from .faults import ServiceFault
from .history import History
from .ingest import as_json, ingest
from .telemetry import start_tracing

# Ends of a command: a fault, and an ingestion that could not read all of its sources.
FAULT, INCOMPLETE = 1, 2


def build_answerer(settings: Settings) -> Answerer:
    """Wires the parts together."""
    return Answerer(
        settings,
        store.open_store(settings),
        Embedder(settings.embedding),
        History(settings.history),
        framework.make_retriever,
        framework.make_generator(settings.llm),
    )


def serve(settings: Settings) -> int:
    import uvicorn

    from .api import create_api

    server = uvicorn.Server(
        uvicorn.Config(
            create_api(build_answerer(settings), on_refusal=lambda why: print(why, file=sys.stderr)),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            timeout_graceful_shutdown=20,
        )
    )
    server.run()
    return 0 if server.started else FAULT


async def run_ingest(settings: Settings) -> int:
    opened, embedder = store.open_store(settings), Embedder(settings.embedding)
    split = framework.make_splitter(settings.chunk_tokens, settings.chunk_overlap_tokens)
    try:
        report = await ingest(settings, opened, embedder, split)
    finally:
        await embedder.close()
        await opened.close()
    print(json.dumps(as_json(report), ensure_ascii=False))
    return INCOMPLETE if report.unavailable else 0


async def run_evaluate(settings: Settings, path: Path, least_hit_rate: float) -> int:
    answerer = build_answerer(settings)
    try:
        result = await evaluate(read_questions(path), answerer.retrieve, settings.top_k)
    finally:
        await answerer.embedder.close()
        await answerer.store.close()
    print(json.dumps(asdict(result), ensure_ascii=False))
    if result.hit_rate < least_hit_rate:
        print(f"The hit rate {result.hit_rate} is under {least_hit_rate}.", file=sys.stderr)
        return FAULT
    return 0


async def run_purge(settings: Settings) -> int:
    history = History(settings.history)
    await history.open()
    try:
        deleted = await history.purge()
    finally:
        await history.close()
    if deleted is None:
        print("The chat history is unavailable or HISTORY_URL is not set.", file=sys.stderr)
        return FAULT
    print(json.dumps({"deleted_messages": deleted}))
    return 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="rag_service")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="answer questions over HTTP")
    commands.add_parser("ingest", help="bring the documents of SOURCES into the collection")
    golden = commands.add_parser("evaluate", help="measure retrieval with questions whose source is known")
    golden.add_argument("--questions", type=Path, default=Path("evaluation/questions.jsonl"))
    golden.add_argument("--least-hit-rate", type=float, default=0.0)
    commands.add_parser("purge-history", help="delete messages older than HISTORY_RETENTION_DAYS")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=os.environ.get("LOG_LEVEL", "INFO").upper(), format="%(asctime)s %(name)s %(message)s")
    # One line for each request of a client is no news.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        settings = load_settings(os.environ, store.RULES)
        start_tracing(settings.service_name)
        if chosen.command == "serve":
            return serve(settings)
        if chosen.command == "ingest":
            return asyncio.run(run_ingest(settings))
        if chosen.command == "evaluate":
            return asyncio.run(run_evaluate(settings, chosen.questions, chosen.least_hit_rate))
        return asyncio.run(run_purge(settings))
    except ServiceFault as fault:
        print(fault.message, file=sys.stderr)
        return FAULT


if __name__ == "__main__":
    sys.exit(main())
