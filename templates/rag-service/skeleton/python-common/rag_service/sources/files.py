"""Files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

SKIPPED_FOLDERS = {"node_modules", "__pycache__", "venv"}


def walk(folder: Path, label: str) -> Iterator[tuple[str, Path]]:
    """All files below a folder in a fixed order, without hidden ones and without following links out of it."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS)
        for name in sorted(names):
            path = Path(at, name)
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield f"{label}/{path.relative_to(folder).as_posix()}", path


def listed(entry: str, unavailable: type[Exception]) -> Iterator[tuple[str, Path]]:
    path = Path(entry)
    if path.is_file():
        yield path.as_posix(), path
    elif path.is_dir():
        yield from walk(path, path.as_posix().rstrip("/"))
    else:
        # A volume that is not mounted looks the same as deleted files, so nothing is concluded from it.
        raise unavailable(f"{entry} does not exist")
