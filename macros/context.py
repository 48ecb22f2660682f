"""What every view is given: the data, the day, where it stands, and how to link from there."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from scripts.changes.versions import NO_HISTORY, History
from scripts.exports.downloads.catalogue import Shelf
from scripts.ledger.model.promise import Ledger, Promise, Task
from scripts.ledger.phrases import voices
from scripts.ledger.phrases.formats import interval_sentence, interval_words, month_short, month_words, number_words, whole
from scripts.ledger.plan.schedule import ends, head_date
from scripts.ledger.series.day import Day
from scripts.pages import paths, record_pages

from .render import render


@dataclass(frozen=True)
class Context:
    """The surroundings of one page: `day` is its plan as judged on a day, `here` its path below the site's root, `data_day` since when
    the data is public (None: not known, the day judged stands for it), `days` all plans, `history` the log of the data folder."""

    ledger: Ledger
    day: Day
    here: str = ""
    data_day: date | None = None
    shelf: Shelf | None = None
    """All downloads of the site, for the page about them."""
    days: Mapping[str, Day] = field(default_factory=dict)
    history: History = NO_HISTORY

    @property
    def whole(self) -> str:
        """What all of the county is called: 全县, 全区."""
        return whole(self.promise.plan.county)

    @property
    def promise(self) -> Promise:
        """The plan."""
        return self.day.promise

    @property
    def as_of(self) -> date:
        """The day judged."""
        return self.day.as_of

    @property
    def public(self) -> date:
        """公开日期, as a citation names it."""
        return self.data_day or self.day.known

    def to(self, path: str) -> str:
        """A relative link from this page to another (`2023/tasks/24/#2023-09`), so that the site works under any folder."""
        target, mark, anchor = path.partition("#")
        if target == self.here and mark:
            return mark + anchor
        start = self.here if self.here.endswith("/") or not self.here else posixpath.dirname(self.here) + "/"
        relative = posixpath.relpath("/" + target, "/" + start)
        return ("./" if relative == "." else relative + "/" * (target.endswith("/") or not target)) + mark + anchor

    def absolute(self, path: str) -> str | None:
        """The full address of a page; None as long as the publisher has not said where the site stands."""
        base = self.ledger.settings.base_url
        return None if base is None else base.rstrip("/") + "/" + path

    def commit(self, id: str) -> str | None:
        """The address of a commit where the publisher has said where the data stands in public (the same path on the hosts in use:
        GitHub, Gitee, GitLab, Gitea, Forgejo); else None."""
        base = self.ledger.settings.repository
        return None if base is None else f"{base.rstrip('/').removesuffix('.git')}/commit/{id}"

    def task(self, number: int, anchor: str = "") -> str:
        """Link to a task's page."""
        return self.to(paths.task_path(self.promise.id, number) + (f"#{anchor}" if anchor else ""))

    def unit(self, name: str) -> str:
        """Link to a unit's page."""
        return self.to(paths.unit_path(self.promise.id, self.ledger.units[name].slug))

    def place(self, slug: str, sheet: bool = False) -> str:
        """Link to a place's page, or to its sheet."""
        return self.to(paths.place_path(self.promise.id, slug) + ("sheet/" if sheet else ""))

    def source(self, anchor: str = "") -> str:
        """Link to a paragraph, row or cell of the official text."""
        return self.to(paths.source_path(self.promise.id) + (f"#{anchor}" if anchor else ""))

    def checkpoint(self, checkpoint: str) -> str:
        """Link to a checkpoint's page."""
        return self.to(paths.checkpoint_path(self.promise.id, checkpoint))

    def chapter(self, chapter: str) -> str:
        """Link to a chapter's page."""
        return self.to(paths.chapter_path(self.promise.id, chapter))

    def part(self, name: str) -> str:
        """Link to one of the plan's own pages: tasks, units, places, indicators, timeline, mechanisms, checkpoints."""
        return self.to(f"{self.promise.id}/{name}/")

    @property
    def record_pages(self) -> list[tuple[str, str]]:
        """The pages about the machinery that have something to show: (words, path)."""
        return [(page.words, f"{self.promise.id}/{page.kind}/") for page in record_pages.existing(self.day)]

    def unit_names(self, printed: str, names: tuple[str, ...]) -> Markup:
        """An official cell of units, verbatim, each unit linked to its page."""
        forms = {alias: name for name in names for alias in (name, *self.ledger.units[name].aliases)}
        return render("parts/unit_names.html.j2", c=self, pieces=_pieces(printed, forms))

    def fixed_word(self, *tasks: Task) -> str:
        """The date that opens the last cell of a task whose widths are lost, as printed (12月底); empty where none is."""
        lasts = [task.milestones[-1] for task in tasks if task.span]
        return next((word for cell in lasts if cell.due and (word := head_date(cell.text))), "")

    @property
    def points(self) -> list[tuple[str, str]]:
        """The plan's checkpoints: (id, short words)."""
        plan = self.promise.plan
        return [(point.id, month_short(point.id, plan.year)) for point in plan.checkpoints]

    @property
    def interval(self) -> str:
        """How often the plan has a checkpoint, before 节点: 每两月."""
        return interval_words(self.promise.plan)

    @property
    def rhythm(self) -> str:
        """“文件每两个月定一个节点，共6个。”"""
        return interval_sentence(self.promise.plan)

    @property
    def beads(self) -> list[tuple[str, str]]:
        """The beads of the wordmark, one per checkpoint: (x, width) in its picture, which is 118 wide."""
        count = min(len(self.promise.plan.checkpoints), 12)
        width = Decimal(12) if count <= 7 else Decimal(7)
        step = Decimal(95) / max(count - 1, 1) if count <= 7 else Decimal(108) / (count - 1)
        first = (Decimal(118) - width - step * (count - 1)) / 2
        return [(number_words(round(first + step * i, 1)), number_words(width)) for i in range(count)]

    @property
    def last_passed(self) -> str:
        """“文件最后一个节点（2024年1月）已过。”, or nothing while it lies ahead."""
        last = self.promise.plan.checkpoints[-1].id
        return f"文件最后一个节点（{month_words(last)}）已过。" if ends(last) < self.as_of else ""

    @property
    def publisher(self) -> str:
        """Who runs the site, or a placeholder that says that it is still to be named."""
        return self.ledger.settings.publisher.name or "〔发布者待填〕"

    @property
    def contact(self) -> tuple[str, ...]:
        """How to reach the publisher: telephone, e-mail, as far as given."""
        publisher = self.ledger.settings.publisher
        return tuple(way for way in (publisher.phone, publisher.email) if way)

    @property
    def whose(self) -> str:
        """Whose site this is, in one sentence."""
        return self.day.speech.say(voices.IDENTITY, name=self.publisher)

    @property
    def identity(self) -> str:
        """The sentence that every page and printout of an independent site carries."""
        document = self.promise.plan.document
        return (
            f"{self.whose}任务原文出自《{document.plan}》（{document.number}）；颜色由本站按公开规则计算，"
            "不是政府结论，也不评价任何人。以文件原件和主管单位答复为准。"
        )


def _pieces(printed: str, forms: dict[str, str]) -> list[tuple[str, str | None]]:
    """`printed` cut into (text, unit or None), each unit once, the longest names first."""
    cuts: list[tuple[int, int, str]] = []
    for form in sorted(forms, key=len, reverse=True):
        start = printed.find(form)
        if start >= 0 and all(start + len(form) <= a or start >= b for a, b, _ in cuts):
            cuts.append((start, start + len(form), forms[form]))
    pieces: list[tuple[str, str | None]] = []
    at = 0
    for start, end, name in sorted(cuts):
        pieces += [(printed[at:start], None), (printed[start:end], name)]
        at = end
    return [piece for piece in (*pieces, (printed[at:], None)) if piece[0]]
