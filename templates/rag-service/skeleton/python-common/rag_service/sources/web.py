"""Web pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx

TIMEOUT_SECONDS = 30.0
MAX_BYTES = 1 << 30
GONE = (404, 410)


def download(url: str, workspace: Path, unavailable: type[Exception]) -> Iterator[tuple[str, Path]]:
    """Saves one page. A page that is gone for good is no document; one that fails is an unavailable source."""
    name = hashlib.sha256(url.encode()).hexdigest()
    try:
        with httpx.stream("GET", url, timeout=TIMEOUT_SECONDS, follow_redirects=True) as response:
            if response.status_code in GONE:
                return
            if not response.is_success:
                raise unavailable(f"{url} answers {response.status_code}")
            kind = response.headers.get("content-type", "")
            path = workspace / (name + (".html" if "html" in kind else ".txt"))
            size = 0
            with path.open("wb") as file:
                for data in response.iter_bytes():
                    size += len(data)
                    if size > MAX_BYTES:
                        raise unavailable(f"{url} sends more than {MAX_BYTES} bytes")
                    file.write(data)
    except httpx.HTTPError as error:
        raise unavailable(f"{url} cannot be read: {error}") from error
    yield url, path
