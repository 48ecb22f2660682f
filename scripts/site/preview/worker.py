"""The process that builds for a preview: the engine and all it needs stay loaded, so that the next build takes a part of the first.

For each line of JSON on standard input, an `Order`, it builds the site and answers with one line, an `Answer`.  When standard input
ends it ends, even in the middle of a build: whoever asked is no longer there.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import traceback
from dataclasses import replace
from datetime import date
from pathlib import Path

from scripts.store import disk_errors as disk
from scripts.store.commits import code_stamp
from scripts.store.load import load
from scripts.store.project import ROOT

from ..build import BuildFailed, order_of, remarks_of
from ..engine import make_pages
from ..manifest import seal
from .builder import Answer, Order


def build(data: Path, as_of: date, base_url: str | None, order: Order) -> Answer:
    """The same site as `build_site` makes, or only its pages, without the checks of links and permalinks, which need all of it."""
    loaded = load(data)
    if loaded.ledger is None:
        return {"failed": "数据有错误，改好才能生成网页。", "messages": [*loaded.brief(), "".join(loaded.counted())]}
    out = Path(order["out"])
    done = make_pages(replace(order_of(loaded.ledger, data, as_of, base_url), pages_only=order["pages_only"]), out)
    try:
        remarks = remarks_of(done)
        if not order["pages_only"]:
            seal(out, code_stamp())
    except BuildFailed as error:
        return _failure(str(error).splitlines(), None if isinstance(done.stopped, SystemExit) else done.stopped)
    except OSError as error:
        return _failure([], error)
    return {"failed": None, "messages": remarks}


def _failure(said: list[str], unforeseen: BaseException | None) -> Answer:
    """What was said, and where it happened."""
    where = [_where(unforeseen)] if unforeseen else []
    return {"failed": "没有生成网页：模板、文字或程序里有错。", "messages": [*said, *where]}


def _where(error: BaseException) -> str:
    """“macros/templates/pages/task.html.j2:7: unexpected end”: the file of ours that cannot be read, or else the last of ours on the way."""
    if isinstance(error, Exception) and (words := disk.reason(error)):
        return f"{words}。"
    steps = [(step.filename, step.lineno) for step in traceback.extract_tb(error.__traceback__)]
    named = [(str(getattr(error, "filename", "")), getattr(error, "lineno", None))]
    ours = [(Path(file), line) for file, line in steps + named if Path(file).is_relative_to(ROOT) and "site-packages" not in file]
    place = "".join(f"{file.relative_to(ROOT)}:{line}: " for file, line in ours[-1:])
    return place + (str(error) or type(error).__name__)


def main(data: str, as_of: str, base_url: str) -> None:
    """Build for each line, until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what anything prints goes to the log
    wanted: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(wanted,), daemon=True).start()
    while True:
        answer = build(Path(data), date.fromisoformat(as_of), base_url or None, json.loads(wanted.get()))
        print(json.dumps(answer), file=answers, flush=True)


def _listen(wanted: queue.Queue[str]) -> None:
    for line in os.fdopen(os.dup(0), encoding="utf-8"):
        wanted.put(line)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
