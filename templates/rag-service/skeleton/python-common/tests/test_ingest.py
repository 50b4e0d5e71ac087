import asyncio
import subprocess

import httpx
import pytest

from rag_service.contract import CollectionInfo
from rag_service.faults import CollectionMismatch, ConfigurationFault, EmbeddingMismatch, NothingToIngest
from rag_service.ingest import ingest

from .fakes import DIMENSION, EmbeddingServer, MemoryStore, settings, split


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(6):
        text = f"# Page {number}\n\nApples {number}.\n\nPears {number}.\n\nPlums {number}."
        (folder / f"{number}.md").write_text(text)
    return folder


def run(store, sources, server=None, **env):
    made = settings(SOURCES=str(sources), **env)
    return asyncio.run(ingest(made, store, (server or EmbeddingServer()).embedder(made), split))


def names(store):
    return sorted({row[0].document.rsplit("/", 1)[-1] for row in store.rows.values()})


def test_writes_all_and_the_second_time_nothing(docs):
    store = MemoryStore()
    first = run(store, docs)
    assert (first.new, first.chunks_written, len(store.rows)) == (6, 24, 24)
    before = dict(store.rows)
    second = run(store, docs)
    assert (second.unchanged, second.chunks_written, second.removed) == (6, 0, 0)
    assert store.rows == before


def test_replaces_what_changed_and_removes_what_is_gone(docs):
    store = MemoryStore()
    run(store, docs)
    (docs / "0.md").write_text("# Page 0\n\nOnly cherries.")
    (docs / "1.md").unlink()
    report = run(store, docs)
    assert (report.changed, report.removed, report.unchanged) == (1, 1, 4)
    assert "1.md" not in names(store)
    assert [r[0].text for r in store.rows.values() if r[0].document.endswith("0.md")] == ["# Page 0", "Only cherries."]


def test_goes_on_where_a_killed_run_stopped(docs):
    store = MemoryStore()
    store.break_after = 1
    with pytest.raises(KeyboardInterrupt):
        run(store, docs)
    written = len(store.rows)
    assert 0 < written < 24
    store.break_after = None
    server = EmbeddingServer()
    report = run(store, docs, server)
    assert len(store.rows) == 24
    assert len(server.texts) == report.chunks_written == 24 - written
    assert all(len(document.versions) == 1 for document in asyncio.run(store.documents()).values())


def test_a_kill_between_new_and_old_leaves_no_old_version_for_ever(docs):
    store = MemoryStore()
    run(store, docs)
    (docs / "0.md").write_text("New.")
    remove, store.remove = store.remove, None
    with pytest.raises(TypeError):
        run(store, docs)
    store.remove = remove
    run(store, docs)
    assert [r[0].text for r in store.rows.values() if r[0].document.endswith("0.md")] == ["New."]


def test_tells_binaries_duplicates_empty_and_oversized_files(docs):
    (docs / "a.bin").write_bytes(b"text\0more")
    (docs / "b.pdf").write_bytes(b"%PDF-1.7 text")
    (docs / "c.md").write_bytes((docs / "0.md").read_bytes())
    (docs / "d.md").write_text("  \n")
    (docs / "e.txt").write_bytes(b"x" * ((1 << 20) + 1))
    report = run(MemoryStore(), docs, MAX_DOCUMENT_MB="1")
    reasons = {row["document"].rsplit("/", 1)[-1]: row["reason"].split(":")[0] for row in report.skipped}
    assert reasons == {
        "a.bin": "binary",
        "b.pdf": "binary",
        "d.md": "empty",
        "e.txt": "larger than MAX_DOCUMENT_MB (1)",
    }
    assert report.duplicates[0]["document"].endswith("c.md")
    assert report.duplicates[0]["same_as"].endswith("0.md")


def test_reads_what_is_not_utf_8_and_says_so(docs):
    (docs / "old.txt").write_bytes("Köln".encode("cp1252"))
    (docs / "wide.txt").write_bytes("Zürich".encode("utf-16"))
    store = MemoryStore()
    report = run(store, docs)
    texts = {row[0].text for row in store.rows.values()}
    assert {"Köln", "Zürich"} <= texts
    assert [note["document"].rsplit("/", 1)[-1] for note in report.notes] == ["old.txt"]


def test_an_empty_corpus_changes_nothing(docs, tmp_path):
    store = MemoryStore()
    run(store, docs)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NothingToIngest, match="nothing was changed"):
        run(store, empty)
    assert len(store.rows) == 24


def test_a_source_that_is_missing_loses_nothing(docs, tmp_path):
    store = MemoryStore()
    more = tmp_path / "more.md"
    more.write_text("More.")
    run(store, f"{docs} {more}")
    docs.rename(tmp_path / "unmounted")
    report = run(store, f"{docs} {more}")
    assert report.removed == 0
    assert report.unavailable[0]["source"] == str(docs)
    assert len(names(store)) == 7


def test_a_source_that_was_taken_out_goes(docs, tmp_path):
    store = MemoryStore()
    more = tmp_path / "more.md"
    more.write_text("More.")
    run(store, f"{docs} {more}")
    assert run(store, more).removed == 6
    assert names(store) == ["more.md"]


def test_reads_a_git_repository_and_its_folder(docs):
    who = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    git = ["git", "-C", str(docs), *who, "-c", "init.defaultBranch=main"]
    (docs / "guide").mkdir()
    (docs / "guide" / "start.md").write_text("Start here.")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "docs"]):
        subprocess.run([*git, *command], check=True)
    store = MemoryStore()
    run(store, f"git+file://{docs}@main#guide")
    assert [row[0].document for row in store.rows.values()] == [f"file://{docs}/guide/start.md"]
    report = run(store, f"git+file://{docs}@nowhere#guide")
    assert "nowhere" in report.unavailable[0]["reason"]


def test_refuses_a_collection_of_another_model_or_dimension(docs):
    with pytest.raises(CollectionMismatch, match=r"made with the embedding model other"):
        run(MemoryStore(CollectionInfo("other", DIMENSION)), docs)
    with pytest.raises(CollectionMismatch, match="holds vectors of 384 dimensions, EMBEDDING_DIMENSION is 64"):
        run(MemoryStore(CollectionInfo("words-64", 384)), docs)
    with pytest.raises(CollectionMismatch, match="does not tell"):
        run(MemoryStore(CollectionInfo(None, None)), docs)


def test_refuses_another_model_and_longer_chunks_than_the_server_reads(docs):
    with pytest.raises(EmbeddingMismatch, match="serves other"):
        run(MemoryStore(), docs, EmbeddingServer(model="other"))
    with pytest.raises(ConfigurationFault, match="over the 256 tokens"):
        run(MemoryStore(), docs, EmbeddingServer(max_words=256), CHUNK_TOKENS="300")


def test_tries_an_embedding_server_again(docs):
    server = EmbeddingServer(
        httpx.Response(429, headers={"Retry-After": "0"}), httpx.Response(503, headers={"Retry-After": "0"})
    )
    assert run(MemoryStore(), docs, server).chunks_written == 24


def test_cuts_nothing_off_when_the_model_reads_less_than_estimated(tmp_path):
    (tmp_path / "long.txt").write_text(" ".join(f"word{n}" for n in range(300)))
    store, server = MemoryStore(), EmbeddingServer(max_words=128)
    run(store, tmp_path, server, CHUNK_TOKENS="100")
    assert len(store.rows) == 1
    assert sum(len(text.split()) for text in server.texts) >= 300
