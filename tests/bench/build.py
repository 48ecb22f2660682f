"""What a build costs: this project and mkdocs-material's ordinary way, the same words, side by side in one run.

    make bench-build            # 42 and 420 tasks, printed and kept in docs/bench.md; the times of a busy machine vary, the ratios less

Ours counts everything that `make site` does after the check: every page, the files of the search, downloads, answers of the API,
feeds, calendars, seals, and the check of every link; share cards are there from a build before.  The peer's pages are ours as plain Markdown (tests/bench/peer.py), its navigation and search the defaults.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from scripts.site.build import build_site, count_pages

from .county import write_county
from .keep import keep
from .peer import build_peer, write_peer

AS_OF = date(2026, 11, 23)
TIMES = (1, 10)


@dataclass(frozen=True)
class Cost:
    """What one build took: seconds on the clock and of processor, pages written."""

    wall: float
    processor: float
    pages: int


def measure(build: Callable[[], Path]) -> Cost:
    """Build once.  Processor time varies less than the clock on a shared machine."""
    before, started = _processor(), time.perf_counter()
    out = build()
    return Cost(time.perf_counter() - started, _processor() - before, count_pages(out)[""])


def _processor() -> float:
    """Seconds of processor so far, of this process and of those that it started (git; the yardstick's mkdocs)."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
    return sum(each.ru_utime + each.ru_stime for each in used)


def table() -> Iterator[str]:
    """The lines of the table."""
    yield "| 任务 | 网页 | 本站 秒（处理器） | material 秒（处理器） | 比（处理器） |"
    yield "| --- | --- | --- | --- | --- |"
    for times in TIMES:
        with tempfile.TemporaryDirectory(prefix="bench-build-") as name:
            folder = Path(name)
            tasks = len(write_county(folder / "data", times).current.tasks)
            _ours(folder)  # draws the share cards, which every later build finds kept
            ours = measure(partial(_ours, folder))
            write_peer(folder / "ours", folder / "peer")
            peer = measure(partial(build_peer, folder / "peer"))
        shown = f"{ours.wall:.1f}（{ours.processor:.1f}） | {peer.wall:.1f}（{peer.processor:.1f}） | {ours.processor / peer.processor:.2f}"
        yield f"| {tasks} | {ours.pages} | {shown} |"


def _ours(folder: Path) -> Path:
    return build_site(folder / "data", folder / "ours", AS_OF).out


def main() -> None:
    """Print the table as it grows, and keep it in its page."""
    lines = []
    for line in table():
        print(line, flush=True)
        lines.append(line)
    keep("build", lines)


if __name__ == "__main__":
    main()
