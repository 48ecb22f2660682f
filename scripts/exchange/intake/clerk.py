"""Whether whoever wrote an issue, and whoever sent it, may write to the repository: asked of the host before anything of it is read.

`python -m scripts.exchange.intake.clerk EVENT REPOSITORY ANSWERS` adds `may=yes` or `may=no` to the file ANSWERS.  It needs nothing but the standard
library, because it runs before anything is installed; what it is told by the event goes to the host's program as one argument, in letters
that a name can have.  Whatever is not surely a yes is a no.

The host's `author_association` will not do: it does not know members of an organization who keep that to themselves.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}", re.ASCII)
REPOSITORY = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+", re.ASCII)
MAY_WRITE = frozenset({"admin", "write"})
"""What the host calls the rights of those who may; it tells `maintain` as write, `triage` as read."""


def people(event: Any) -> list[str]:
    """Who wrote the issue and who caused the event, without repetition; empty where that is not told in the way it should be."""
    try:
        named = [event["issue"]["user"], event["sender"]]
        logins = [each["login"] for each in named if each["type"] == "User"]
    except (KeyError, TypeError):
        return []
    fit = len(logins) == len(named) and all(isinstance(each, str) and LOGIN.fullmatch(each) for each in logins)
    return list(dict.fromkeys(logins)) if fit else []


def may_write(login: str, repository: str) -> bool:
    """Whether the host says that somebody may write."""
    command = ["gh", "api", f"repos/{repository}/collaborators/{login}/permission", "--jq", ".permission"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode == 0 and done.stdout.strip() in MAY_WRITE


def allowed(event: Any, repository: str) -> bool:
    """Whether everybody who had a hand in it may write."""
    named = people(event)
    return bool(named) and bool(REPOSITORY.fullmatch(repository)) and all(may_write(each, repository) for each in named)


def main(event: str, repository: str, answers: str) -> None:
    """Ask, and leave the answer."""
    try:
        told = json.loads(Path(event).read_bytes())
    except (OSError, ValueError, RecursionError):
        told = None
    may = allowed(told, repository)
    print("有写入权限，接着收。" if may else "写的人或者提交的人没有写入权限，不收。")
    with Path(answers).open("a", encoding="utf-8") as file:
        file.write(f"may={'yes' if may else 'no'}\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
