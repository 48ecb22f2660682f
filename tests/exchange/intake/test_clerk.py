"""Only who may write here starts anything: asked of the host for the author and for the sender, before a word of the issue is read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.exchange.intake import clerk
from scripts.store.project import ROOT

from ...hosting import Host, truth
from .filling import GOOD, body, event

RIGHTS = {"clerk": "write", "chief": "admin", "triager": "read", "citizen": "read"}
JOBS = yaml.load((ROOT / ".github/workflows/record.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["jobs"]
TEXT = body(GOOD["发现问题"])


def asked(folder: Path, data: bytes, repository: str = "county/ledger", fails: list[str] | None = None) -> tuple[str, list[list[str]]]:
    """Run it as the workflow does, with nothing but the standard library (-S); gives what it leaves and what the host was asked."""
    host = Host(folder / "host", dict(RIGHTS))
    host.keep({**host.kept, "fails": fails})
    (folder / "event.json").write_bytes(data)
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from scripts.exchange.intake.clerk import main; main(*sys.argv[1:4])",
    ]
    answers = folder / "answers"
    subprocess.run(
        [*command, str(folder / "event.json"), repository, str(answers)], env=host.surroundings(), check=True, capture_output=True
    )
    return answers.read_text(encoding="utf-8"), host.kept["asked"]


@pytest.mark.parametrize(
    ("author", "sender", "may"),
    [
        ("clerk", "clerk", True),
        ("clerk", "chief", True),
        ("citizen", "citizen", False),
        ("citizen", "chief", False),  # a colleague who mends a citizen's issue does not make it his own
        ("clerk", "citizen", False),
        ("triager", "triager", False),
        ("nobody", "nobody", False),
    ],
)
def test_both_must_be_allowed_to_write(author: str, sender: str, may: bool, tmp_path: Path) -> None:
    """By the host's word; whom it does not know is nobody.  Each is asked for once, as one argument."""
    answer, questions = asked(tmp_path, event(TEXT, author=author, sender=sender))
    assert answer == f"may={'yes' if may else 'no'}\n"
    assert next(each[1] for each in questions) == f"repos/county/ledger/collaborators/{author}/permission"
    assert len(questions) <= len({author, sender})


def changed(**parts: Any) -> bytes:
    """An event of a clerk with parts replaced."""
    return json.dumps({**json.loads(event(TEXT)), **parts}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        changed(sender=None),
        changed(sender={"login": "clerk", "type": "Bot"}),
        changed(sender={"login": "../../orgs/x", "type": "User"}),
        changed(sender={"login": "clerk; touch HACKED", "type": "User"}),
        changed(sender={"login": "--help", "type": "User"}),
        changed(sender={"login": ["clerk"], "type": "User"}),
        changed(issue={}),
    ],
)
def test_whatever_is_not_surely_a_yes_is_a_no(data: bytes, tmp_path: Path) -> None:
    """Broken files, programs, names that are none: the host is not even asked for them."""
    answer, questions = asked(tmp_path, data)
    assert answer == "may=no\n" and not [each for each in questions if "clerk/permission" not in each[1]]


def test_where_the_host_does_not_answer_it_is_a_no(tmp_path: Path) -> None:
    assert asked(tmp_path, event(TEXT), fails=["api", "repos/county/ledger/collaborators/clerk/permission"])[0] == "may=no\n"


def test_a_repository_that_is_no_name_is_a_no() -> None:
    assert not clerk.allowed(json.loads(event(TEXT)), "county/ledger/../../x")


# ---------------------------------------------------------------- the conditions of the workflow


@pytest.mark.parametrize(
    ("issue", "starts"),
    [
        ({"state": "open", "body": TEXT}, True),
        ({"state": "closed", "body": TEXT}, False),
        ({"state": "open", "body": "### 哪一页\n\nhttps://example.org"}, False),
        ({"state": "open", "body": ""}, False),
        ({"state": "open", "body": None}, False),
    ],
)
def test_only_an_open_issue_with_one_of_our_forms_is_asked_about(issue: dict[str, Any], starts: bool) -> None:
    """The form for citizens, an issue without a form, one that is done: no machine starts."""
    assert truth(JOBS["who"]["if"], {"github": {"event": {"issue": issue}}}) == starts


@pytest.mark.parametrize(("may", "reads"), [("yes", True), ("no", False), ("", False), (None, False)])
def test_nothing_is_read_without_a_yes(may: str | None, reads: bool) -> None:
    """Nor asked for, for what follows needs what was read."""
    assert truth(JOBS["read"]["if"], {"needs": {"who": {"outputs": {"may": may}}}}) == reads
    assert JOBS["read"]["needs"] == "who" and JOBS["answer"]["needs"] == "read" and "if" not in JOBS["answer"]
