"""Which plan a verb means: the one that is named, else the only one that has the checkpoint, else the newest."""

from __future__ import annotations

import argparse

from scripts.exchange.forms.kinds import Refused
from scripts.ledger.model.promise import Ledger
from scripts.store.load import Loaded


def add_plan(parser: argparse.ArgumentParser) -> None:
    """The option that names the plan."""
    parser.add_argument("--plan", metavar="年度", help="哪一年的计划；不写就是有这个节点的，没有写节点的是最新的")


def chosen(loaded: Loaded, wished: str | None, command: str = "", checkpoint: str | None = None) -> str:
    """The plan's year.  `command`: what was typed, to be typed again with `--plan`.  Raises `Refused`."""
    assert loaded.ledger is not None
    promises = loaded.ledger.promises
    having = [name for name, each in promises.items() if checkpoint in [point.id for point in each.plan.checkpoints]]
    if wished in promises:
        return str(wished)
    if wished in loaded.drafts:
        raise Refused(f"{wished}年的计划还是草稿，公布以后才有记录；核完各处，删去 plans/{wished}/plan.yml 里 draft: true 那一行。")
    if wished is not None:
        raise Refused(f"没有 {wished} 年的计划；现有 {'、'.join(promises)}。例：--plan {loaded.ledger.current.id}")
    if len(having) > 1:
        ways = "，或 ".join(f"{command} --plan {name}" for name in sorted(having))
        raise Refused(f"{checkpoint} 在{'、'.join(f'{name}年' for name in sorted(having))}的计划里都是节点；请写明哪一年：{ways}")
    if checkpoint and not having and len(promises) > 1:
        points = "；".join(f"{name}年 {'、'.join(point.id for point in each.plan.checkpoints)}" for name, each in sorted(promises.items()))
        raise Refused(f"哪一年的计划都没有“{checkpoint}”这个节点；只能是 {points}。")
    return having[0] if having else loaded.ledger.current.id


def named(ledger: Ledger, plan: str) -> str:
    """What a printed command needs to name a plan: nothing where there is but one.

    It stands behind the command: ` --plan 2024`.
    """
    return f" --plan {plan}" if len(ledger.promises) > 1 else ""
