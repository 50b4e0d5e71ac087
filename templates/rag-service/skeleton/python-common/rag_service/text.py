"""Text of documents, read in pieces: a document of any size needs the memory of one piece."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

READ_BYTES = 1 << 20
BLOCK_CHARACTERS = 64_000

_LONG_GAP = re.compile(r"\s{17,}")
_BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]


@dataclass(frozen=True)
class Inspection:
    """What one pass over a file's bytes tells. `encoding` is None for a binary file."""

    sha256: str
    bytes: int
    encoding: str | None
    guessed: bool  # neither UTF-8 nor marked: read as Windows-1252, in which every byte is a character


def inspect(path: Path) -> Inspection:
    """Hashes a file and finds its encoding in one streaming pass."""
    digest = hashlib.sha256()
    size = 0
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, is_binary, marked = True, False, None
    with path.open("rb") as file:
        while data := file.read(READ_BYTES):
            if size == 0:
                marked = next((name for bom, name in _BOMS if data.startswith(bom)), None)
                is_binary = data.startswith(b"%PDF-")
            digest.update(data)
            size += len(data)
            is_binary = is_binary or (b"\0" in data and marked != "utf-16")
            if is_utf8:
                try:
                    utf8.decode(data)
                except UnicodeDecodeError:
                    is_utf8 = False
    if is_utf8:
        try:
            utf8.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf8 = False
    encoding = None if is_binary else marked or ("utf-8" if is_utf8 else "cp1252")
    return Inspection(digest.hexdigest(), size, encoding, encoding == "cp1252")


def _pieces(path: Path, encoding: str) -> Iterator[str]:
    with path.open("r", encoding=encoding, errors="replace", newline=None) as file:
        while piece := file.read(BLOCK_CHARACTERS):
            # PostgreSQL cannot store NUL, and no reader misses it; a run of spaces has no tokens and so no end.
            yield _LONG_GAP.sub(lambda gap: gap.group()[:16], piece.replace("\0", ""))


class _VisibleText(HTMLParser):
    """Keeps what a reader of the page sees."""

    _HIDDEN = frozenset(("script", "style", "noscript", "template", "svg", "nav", "head"))
    _BREAKS = frozenset(("p", "div", "br", "li", "tr", "section", "article", "pre", "h1", "h2", "h3", "h4", "h5", "h6"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title = ""
        self.hidden: list[str] = []
        self.in_title = False

    def handle_starttag(self, tag: str, attrs) -> None:
        self.in_title = tag == "title"
        if tag in self._HIDDEN:
            self.hidden.append(tag)
        elif tag in self._BREAKS:
            self.parts.append("\n")
        # A page's <head> often has no end tag; its <body> ends it.
        if tag == "body":
            self.hidden.clear()

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        if tag in self.hidden:
            while self.hidden.pop() != tag:
                pass
        elif tag in self._BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title += data
        elif not self.hidden:
            self.parts.append(data)

    def take(self) -> str:
        text = "".join(self.parts)
        self.parts.clear()
        return text


def read_text(path: Path, encoding: str, *, html: bool) -> Iterator[str]:
    """The text of a document in pieces."""
    if not html:
        yield from _pieces(path, encoding)
        return
    parser = _VisibleText()
    for piece in _pieces(path, encoding):
        parser.feed(piece)
        yield parser.take()
    parser.close()
    yield parser.take()


def blocks(pieces: Iterator[str]) -> Iterator[str]:
    """Joins pieces and cuts them where a paragraph, a line or a word ends, so that no cut is felt."""
    held = ""
    for piece in pieces:
        held += piece
        while len(held) >= BLOCK_CHARACTERS:
            window = held[:BLOCK_CHARACTERS]
            cut = max(window.rfind("\n\n"), -1)
            for mark in ("\n", " "):
                if cut < BLOCK_CHARACTERS // 2:
                    cut = max(cut, window.rfind(mark))
            if cut <= 0:
                cut = BLOCK_CHARACTERS
            yield held[:cut]
            held = held[cut:]
    if held.strip():
        yield held


def title_of(path: Path, encoding: str, *, html: bool, fallback: str) -> str:
    """The first heading of a document, or its name."""
    start = next(_pieces(path, encoding), "")[:BLOCK_CHARACTERS]
    if html:
        parser = _VisibleText()
        parser.feed(start)
        return " ".join(parser.title.split())[:200] or fallback
    for line in start.splitlines()[:40]:
        if line.startswith("# ") and line[2:].strip():
            return line[2:].strip()[:200]
    return fallback
