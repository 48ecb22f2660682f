"""Records on branches of requests that wait to be merged: so that no id is given twice and the same thing is not asked for twice."""

from __future__ import annotations

import typing
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from scripts.ledger.model.fields import models_in
from scripts.ledger.model.records import Record
from scripts.ledger.model.testimony import Records, record_file, record_of
from scripts.store import git, git_write
from scripts.store.yaml_reader import Unreadable, parse

from .compose import Waiting

BRANCHES = ("workbook-*", "record-*")
"""The branches that our workflows make, as their names begin."""


def waiting(data: Path, base: str, but: str = "", remote: str = "origin") -> Waiting:
    """The new records of all those branches, as this clone knows them, but for one (`but`); what is public by now is not waiting."""
    prefix = git.text(data, "rev-parse", "--show-prefix")
    records: dict[tuple[str, str, str], Record | None] = {}
    sources: dict[tuple[str, str, str], str] = {}
    for branch in git.branches(data, *(f"refs/remotes/{remote}/{name}" for name in BRANCHES)):
        name = branch.removeprefix(f"refs/remotes/{remote}/")
        if name == but:
            continue
        for file in git.added(data, base, branch):
            found = record_of(file.removeprefix(prefix))
            if found and file.startswith(prefix):
                found_id = (found.plan, found.kind, found.key)
                records.setdefault(found_id, _record(found.kind, git.run(data, "cat-file", "blob", f"{branch}:{file}")))
                sources.setdefault(found_id, f"分支 {name} ")
    return Waiting(records, sources)


def _record(kind: str, content: bytes) -> Record | None:
    """A record as its model reads it; None where none does."""
    try:
        value = parse(content).value
    except Unreadable:
        return None
    (_, member) = typing.get_args(Records.model_fields[kind].annotation)
    for model in models_in(member):
        try:
            found = model.model_validate(value)
        except ValidationError:
            continue
        assert isinstance(found, Record)
        return found
    return None


def clash(data: Path, base: str, files: Iterable[str], but: str, remote: str = "origin") -> str | None:
    """A file, below the data folder, that another request adds too, as the remote stands now: its id was given while this was being read.

    Reports are left out: their ids are no free numbers, and two of the same task are for a person to look at."""
    git_write.fetch(data, BRANCHES, remote)
    known = {record_file(*each) for each in waiting(data, base, but, remote).records if each[1] != "reports"}
    return next((file for file in files if file in known), None)
