"""The side of the preview that asks: one worker at a time, started anew when it has died or the programs have changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypedDict

from scripts.store.project import ROOT

LOG = "worker.log"
LINES_OF_LOG = 40
KEPT = 2
"""Folders that stay: the one that is shown, and the one before, which a request may still be reading."""


class Order(TypedDict):
    """What is asked of the worker: a folder to build into; whether the pages are enough."""

    out: str
    pages_only: bool


class Answer(TypedDict):
    """What became of a build: `failed` None where the site is there, else a heading; `messages` what to mend, or what mkdocs remarked."""

    failed: str | None
    messages: list[str]


@dataclass
class Builder:
    """Builds the site of `data`, each time into a new folder below `work`."""

    data: Path
    as_of: date
    base_url: str | None
    work: Path
    _worker: subprocess.Popen[str] | None = None
    _count: int = 0
    _sites: list[Path] = field(default_factory=list)

    def build(self, pages_only: bool) -> tuple[Path, Answer]:
        """Build, and say what came of it; a worker that dies is told with the end of its log."""
        self._count += 1
        out = self.work / str(self._count)
        answer = self._ask({"out": str(out), "pages_only": pages_only})
        self._sites.append(out)
        return out, answer

    def tidy(self) -> None:
        """Remove what is no longer shown: to be called once the newest is, for it may take as long as a build."""
        for old in self._sites[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)
        self._sites = self._sites[-KEPT:]

    def end_worker(self) -> None:
        """End the worker at once; the next build starts another, with the programs as they are then."""
        if self._worker:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None

    def _ask(self, order: Order) -> Answer:
        worker = self._worker = self._worker or self._start()
        assert worker.stdin and worker.stdout
        try:
            print(json.dumps(order), file=worker.stdin, flush=True)
            line = worker.stdout.readline()
        except BrokenPipeError:
            line = ""
        if line:
            answer: Answer = json.loads(line)
            return answer
        self.end_worker()
        said = (self.work / LOG).read_text(encoding="utf-8", errors="replace").splitlines()
        return {"failed": "没有生成网页：程序中断了。", "messages": said[-LINES_OF_LOG:]}

    def _start(self) -> subprocess.Popen[str]:
        paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        command = [sys.executable, "-m", f"{__package__}.worker", str(self.data), self.as_of.isoformat(), self.base_url or ""]
        with (self.work / LOG).open("wb") as log:
            return subprocess.Popen(
                command,
                env=os.environ | {"PYTHONPATH": paths},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
                start_new_session=True,  # Ctrl+C is for whoever asked; the worker ends with its standard input
            )
