"""Asking the host of the repository through its own program (gh): the only module that runs it once everything is installed.

Every argument is one argument; no shell reads any.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass


class HostFailed(Exception):
    """The host refused or could not be asked; the words are its own, on one line."""


@dataclass(frozen=True)
class Request:
    """A pull request: its address, and whether it is OPEN, CLOSED or MERGED."""

    url: str
    state: str


def _gh(*arguments: str, given: str = "") -> str:
    try:
        done = subprocess.run(["gh", *arguments], input=given, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise HostFailed("没有 gh 这个程序") from None
    if done.returncode:
        raise HostFailed((done.stderr.strip().splitlines() or ["没有说原因"])[-1])
    return done.stdout.strip()


def requests_of(branch: str) -> list[Request]:
    """The pull requests that were ever made of a branch.  Raises `HostFailed`."""
    told = _gh("pr", "list", "--head", branch, "--state", "all", "--json", "url,state")
    return [Request(each["url"], each["state"]) for each in json.loads(told or "[]")]


def open_request(base: str, branch: str, title: str, body: str) -> str:
    """Ask for a branch to be merged; gives the address.  Raises `HostFailed`."""
    return _gh("pr", "create", "--base", base, "--head", branch, "--title", title, "--body-file", "-", given=body)


def rewrite_request(url: str, body: str) -> None:
    """Say anew what a request is about.  Raises `HostFailed`."""
    _gh("pr", "edit", url, "--body-file", "-", given=body)


def comment(issue: int, body: str) -> None:
    """Say something below an issue.  Raises `HostFailed`."""
    _gh("issue", "comment", str(issue), "--body-file", "-", given=body)
