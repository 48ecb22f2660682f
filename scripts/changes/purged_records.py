"""Records that were taken down and are still, or again, in the history: deleting a file leaves what it said in every clone.

A record of which a tombstone (withdrawals/) is public must not come back; a clone of before the purge brings it back with its old commits,
even where its files are in order.  While the history was never purged, the guard reminds.  The handbook's page leak.md says how.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.testimony import record_of
from scripts.store import git


def tombstones(files: Mapping[str, Any]) -> dict[str, str]:
    """The file of each record that was taken down → the file of its tombstone; both below the data folder.

    >>> tombstones({"plans/2023/withdrawals/W-01.yml": {"record": "statements/S-01"}})
    {'plans/2023/statements/S-01.yml': 'plans/2023/withdrawals/W-01.yml'}
    """
    found = {}
    for file, value in files.items():
        tomb = record_of(file)
        name = value.get("record") if tomb and tomb.kind == "withdrawals" and isinstance(value, dict) else None
        if tomb and isinstance(name, str) and not name.startswith("withdrawals/"):
            found[f"plans/{tomb.plan}/{name}.yml"] = file
    return found


def unburied(data: Path, public: str, buried: Mapping[str, str], after: Mapping[str, Any]) -> Iterator[Problem]:
    """An error for each record that commits after `public` bring back, a reminder for each that the history never lost.  Raises `GitFailed`.

    `buried`: see `tombstones`.  `after`: the files as they stand now.
    """
    again, ever = git.holders(data, f"{public}..HEAD", buried), git.holders(data, "HEAD", buried)
    for file, tomb in sorted(buried.items()):
        record = record_of(file)
        name = record.name if record else file
        at = next((Place(each) for each in (file, tomb) if each in after), Place(tomb))
        if file in again:
            yield Problem(at, RETURNED.format(name=name, commit=again[file][:9]), line=1)
        elif file in ever:
            yield Problem(at, KEPT.format(name=name), line=1, warning=True)


RETURNED = (
    "{name} 已经撤下，这里的历史又把它带了回来（提交 {commit}），多半来自清除以前取的副本。请不要合并、不要公布："
    "没有交的改动另存一份，旧副本整个删掉，重新取一份，再把改动放进去；已经推上去的，照手册“撤掉个人信息”再清除一次"
)
KEPT = "{name} 已经撤下，可是项目的历史里还有，拿到仓库的人都看得到；请照手册“撤掉个人信息”的第二步，从历史里清掉"
