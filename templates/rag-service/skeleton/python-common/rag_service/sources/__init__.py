"""Where documents come from. Each entry of SOURCES is a path, a web address, or git+URL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import files, git, web


@dataclass(frozen=True)
class Found:
    """A document on disk. `name` is its path or URL, as answers show it."""

    name: str
    source: str
    path: Path
    html: bool = False


class SourceUnavailable(Exception):
    """A source cannot be listed now. What is known of it stays."""


def read_source(entry: str, workspace: Path) -> Iterator[Found]:
    """The documents of one entry; raises SourceUnavailable. Downloads go below `workspace`."""
    if entry.startswith("git+"):
        folder, label = git.clone(entry, workspace, SourceUnavailable)
        listed = files.walk(folder, label)
    elif entry.startswith(("http://", "https://")):
        listed = web.download(entry, workspace, SourceUnavailable)
    else:
        listed = files.listed(entry, SourceUnavailable)
    for name, path in listed:
        yield Found(name, entry, path, html=path.suffix.lower() in (".html", ".htm", ".xhtml"))
