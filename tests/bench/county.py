"""A county with as many tasks as wanted, on disk: the real plan's tasks again and again under new numbers, its text put together anew."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from scripts.ledger.model.plan_files import plan_file, source_file, task_file
from scripts.ledger.model.promise import Ledger, Plan, Promise
from scripts.ledger.plan.source import compose
from scripts.store.address_lists import LIST
from scripts.store.load import load

from ..conftest import DATA

SITE = re.compile(r",\s+site: (?:\[[^\]]*\]|[^},]+)")


def write_county(folder: Path, times: int) -> Ledger:
    """`times` as many tasks in `folder`, a data folder that passes every check.  The places of the first round stay; the
    copies name none."""
    original = load(DATA).ledger
    assert original is not None
    promise, plan = original.current, original.current.id
    step = len(promise.tasks)
    shutil.copytree(DATA, folder)
    for turn in range(1, times):
        for number in promise.tasks:
            task = (DATA / task_file(plan, number)).read_text(encoding="utf-8")
            (folder / task_file(plan, number + turn * step)).write_text(_renamed(SITE.sub("", task), turn), encoding="utf-8")
    moved = {item.number: item.number + (times - 1) * step for item in promise.plan.mechanisms}
    path = folder / plan_file(plan)
    text = re.sub(
        r"(?m)^(\s*(?:- )?number: )(\d+)$", lambda found: found[1] + str(moved.get(int(found[2]), found[2])), path.read_text("utf-8")
    )
    path.write_text(text, encoding="utf-8")
    listed = folder / "plans" / plan / LIST
    renumbered = re.sub(r"(?<=#item-)\d+", lambda found: str(moved.get(int(found[0]), found[0])), listed.read_text("utf-8"))
    listed.write_text(renumbered, encoding="utf-8")
    (folder / source_file(plan)).write_text(_official(promise, times, moved), encoding="utf-8")
    grown = load(folder)
    if grown.ledger is None:
        raise ValueError("\n".join(grown.messages()[:10]))
    return grown.ledger


def _renamed(task: str, turn: int) -> str:
    """A copy's file with a title of its own."""
    return re.sub(r"(?m)^title: (.*)$", lambda found: f"title: {found[1][:16]}第{turn}", task, count=1)


def _official(promise: Promise, times: int, moved: dict[int, int]) -> str:
    """The official text of the larger county, line by line."""
    mechanisms = tuple(item.model_copy(update={"number": moved[item.number]}) for item in promise.plan.mechanisms)
    plan: Plan = promise.plan.model_copy(update={"mechanisms": mechanisms})
    step = len(promise.tasks)
    tasks = {number + turn * step: task for turn in range(times) for number, task in promise.tasks.items()}
    return "\n".join(line.text for line in compose(Promise.model_construct(id=promise.id, plan=plan, tasks=tasks, sites={}))) + "\n"
