"""A git repository: git+https://host/group/repository.git@branch#folder; branch and folder may be left out."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from pathlib import Path

TIMEOUT_SECONDS = 600
# The host may be given with a user before an @, so only an @ after the first slash of the path begins a branch.
_ENTRY = re.compile(
    r"^git\+(?P<url>(?:https?|ssh|file)://[^/\s#]*/[^@#\s]+)(?:@(?P<ref>[\w./-]+))?(?:#(?P<folder>[^#\s]+))?$"
)


def clone(entry: str, workspace: Path, unavailable: type[Exception]) -> tuple[Path, str]:
    """Fetches the newest state alone. Returns the folder to read and the name that answers show for it."""
    match = _ENTRY.match(entry)
    if not match or (match["ref"] or "").startswith("-"):
        raise unavailable(f"{entry} is not of the form git+https://host/repository.git@branch#folder")
    target = workspace / hashlib.sha256(entry.encode()).hexdigest()
    command = ["git", "clone", "--quiet", "--depth", "1", "--single-branch"]
    if match["ref"]:
        command += ["--branch", match["ref"]]
    try:
        subprocess.run(
            [*command, "--", match["url"], str(target)],
            check=True,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            # Without this git would wait for a name and a password at the terminal.
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
        )
    except FileNotFoundError as error:
        raise unavailable("the program git is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise unavailable(f"{entry} was not cloned within {TIMEOUT_SECONDS} s") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise unavailable(f"{entry} cannot be cloned: {said[-1] if said else 'git tells no reason'}") from error
    folder = (target / (match["folder"] or "")).resolve()
    if not folder.is_relative_to(target.resolve()) or not folder.is_dir():
        raise unavailable(f"{entry}: the repository has no folder {match['folder']}")
    # Credentials in the URL are not for readers of answers.
    label = re.sub(r"//[^/@]*@", "//", match["url"]).removesuffix(".git")
    return folder, f"{label}/{match['folder'].strip('/')}" if match["folder"] else label
