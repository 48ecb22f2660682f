"""A county a hundred times as large, for measuring: the real plan's clauses drawn anew, with other names and numbers in them.

It is a little harder to compress than a real plan would be (every tenth character is another), so sizes are upper bounds.

    python -m tests.real_plan.search.scale        # the table of decision 0006
"""

from __future__ import annotations

import gzip
import random
import re
import time
from datetime import date

from scripts.exports import search
from scripts.ledger.model.promise import Ledger, Milestone, Promise, Site, Task
from scripts.ledger.series.day import day_of
from scripts.pages.registry import PageSpec, pages
from scripts.store.load import load

from ...conftest import DATA

CLAUSE = re.compile(r"[^，。；、]+[，。；、]?")
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3_000)]


def large(ledger: Ledger, times: int) -> Ledger:
    """The county with `times` as many tasks and places; the first round is the real one."""
    promise = ledger.current
    chance = random.Random(20_230_313)
    pool = [clause for task in promise.tasks.values() for text in _texts(task) for clause in CLAUSE.findall(text)]
    tasks, sites = dict(promise.tasks), dict(promise.sites)
    step = len(tasks)
    for turn in range(1, times):
        tasks |= {number + turn * step: _another(task, pool, chance) for number, task in promise.tasks.items()}
        sites |= {f"{slug}-{turn}": _elsewhere(site, turn * step, chance) for slug, site in promise.sites.items()}
    grown = Promise.model_construct(id=promise.id, plan=promise.plan, tasks=tasks, sites=sites)
    return ledger.model_copy(update={"promises": {promise.id: grown}})


def _texts(task: Task) -> list[str]:
    return [task.pledge, *(cell.text for cell in task.milestones)]


def _another(task: Task, pool: list[str], chance: random.Random) -> Task:
    cells = tuple(
        Milestone.model_construct(**(dict(cell) | {"text": _drawn(cell.text, pool, chance), "deliverables": ()}))
        for cell in task.milestones
    )
    return Task.model_construct(
        **(dict(task) | {"title": _altered(task.title, chance), "pledge": _drawn(task.pledge, pool, chance), "milestones": cells})
    )


def _drawn(text: str, pool: list[str], chance: random.Random) -> str:
    drawn = ""
    while len(drawn) < len(text):
        drawn += _altered(chance.choice(pool), chance)
    return drawn


def _altered(text: str, chance: random.Random) -> str:
    """Every tenth Chinese character another, every digit by chance."""
    return "".join(
        chance.choice("123456789") if letter.isdigit() else chance.choice(HAN) if letter > "一" and chance.random() < 0.1 else letter
        for letter in text
    )


def _elsewhere(site: Site, shift: int, chance: random.Random) -> Site:
    name = "".join(chance.choices(HAN, k=2)) + site.name[2:]
    return Site.model_construct(**(dict(site) | {"name": name, "names": (), "tasks": tuple(number + shift for number in site.tasks)}))


def specs(ledger: Ledger) -> list[PageSpec]:
    """The pages of a county."""
    return pages(ledger, {plan: day_of(ledger, plan, date(2026, 11, 23)) for plan in ledger.promises})


def zipped(text: str) -> int:
    """Bytes as a server sends them."""
    return len(gzip.compress(text.encode(), 9, mtime=0))


def main() -> None:
    """Print sizes and times at 42, 420 and 4,200 tasks."""
    ledger = load(DATA).ledger
    assert ledger is not None
    print("tasks  records  whole KB gz  files  first KB gz  words KB gz (middle, largest)  texts KB gz (middle)  seconds")
    for times in (1, 10, 100):
        grown = large(ledger, times)
        own = [spec for spec in specs(ledger) if spec.kind not in search.NOT_PAGES]
        started = time.process_time()
        found = search.records(grown, own)
        whole = search.files(found, 10**9)
        between = time.process_time()
        shards = search.files(found, 0)
        ended = time.process_time()
        sizes = {name.removeprefix(search.FOLDER): zipped(text) / 1024 for name, text in shards.items()}
        words = sorted(size for name, size in sizes.items() if name.startswith("b"))
        texts = sorted(size for name, size in sizes.items() if name.startswith("t"))
        print(
            f"{len(grown.current.tasks)}  {len(found)}  {sum(map(zipped, whole.values())) / 1024:.0f}  {len(shards)}  {sizes['index.json']:.1f}"
            f"  {words[len(words) // 2]:.1f}, {words[-1]:.1f}  {texts[len(texts) // 2]:.1f}  {between - started:.2f} whole, {ended - between:.2f} shards"
        )


if __name__ == "__main__":
    main()
