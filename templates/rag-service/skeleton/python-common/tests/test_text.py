import hashlib

from rag_service.text import BLOCK_CHARACTERS, blocks, inspect, read_text, title_of
from rag_service.tokens import count_tokens, shorten


def test_a_block_ends_where_a_paragraph_ends_and_nothing_is_lost():
    text = "".join(f"Paragraph {n} with some words.\n\n" for n in range(10_000))
    pieces = [text[i : i + 1000] for i in range(0, len(text), 1000)]
    cut = list(blocks(iter(pieces)))
    assert "".join(cut) == text
    assert max(map(len, cut)) <= BLOCK_CHARACTERS
    assert all(block.startswith("\n\nParagraph") for block in cut[1:])


def test_a_text_without_any_space_is_cut_too():
    assert sum(len(block) for block in blocks(iter(["x" * 200_000]))) == 200_000


def test_hashes_and_inspects_a_file_in_pieces(tmp_path):
    path = tmp_path / "big.txt"
    content = ("ä" * 999 + "\n").encode() * 2000
    path.write_bytes(content)
    seen = inspect(path)
    assert (seen.sha256, seen.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (seen.encoding, seen.guessed) == ("utf-8", False)


def test_reads_of_a_page_what_its_reader_sees(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>Our  page</title><style>p{}</style><body><nav>Menu</nav>"
        "<h1>Head</h1><p>One &amp; two<script>alert(1)</script></p></html>"
    )
    text = "".join(read_text(path, "utf-8", html=True))
    assert text.split() == ["Head", "One", "&", "two"]
    assert title_of(path, "utf-8", html=True, fallback="page") == "Our page"


def test_a_title_is_the_first_heading_or_the_name(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("intro\n# The title\n")
    assert title_of(path, "utf-8", html=False, fallback="a.md") == "The title"
    path.write_text("no heading")
    assert title_of(path, "utf-8", html=False, fallback="a.md") == "a.md"


def test_estimates_tokens_cautiously():
    assert count_tokens("internationalization") == 5
    assert count_tokens("日本語") == 3
    assert count_tokens("a, b") == 3
    assert shorten("one two three", 2) == "one two …"
