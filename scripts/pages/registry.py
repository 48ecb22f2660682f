"""Which pages exist: path, title, description, the data behind each.  Decides, writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scripts.ledger.model.plan_files import plan_file, task_file
from scripts.ledger.model.promise import Ledger, Promise
from scripts.ledger.model.redirects import FILE as REDIRECTS
from scripts.ledger.phrases.formats import interval_sentence, interval_words, month_words
from scripts.ledger.plan.place_lines import steps
from scripts.ledger.plan.units import plan_units
from scripts.ledger.series.briefs import compared, has_brief
from scripts.ledger.series.day import Day

from . import paths
from .record_pages import existing, kept

MOVED = "moved"
"""The kind of page that stands at an old address."""


@dataclass(frozen=True)
class PageSpec:
    """One generated page.

    `path` is the URL below the site's root, ending in `/` (empty: the home page); `kind` names the view that fills it and
    `key` what it is about (task number, slug, checkpoint); `plan` is the plan's id; `section` the entry of the navigation that
    it belongs to; `crumbs` the pages above it as (words, path); `source` its data file below the data folder.
    """

    path: str
    kind: str
    title: str
    description: str
    source: str
    plan: str
    section: str
    key: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()


#: The entries of the navigation: words and path, `{plan}` standing for the current plan's id, `{interval}` for how often it has a checkpoint.
SECTIONS = (
    ("首页", ""),
    ("身边的事", "{plan}/places/"),
    ("全部任务", "{plan}/tasks/"),
    ("谁负责", "{plan}/units/"),
    ("{interval}节点", "{plan}/checkpoints/"),
    ("文件原文", "{plan}/source/"),
    ("说明与数据", "about/"),
    ("搜索", "search/"),
)


def sections(ledger: Ledger) -> list[tuple[str, str]]:
    """The navigation for the current plan: (words, path)."""
    plan = ledger.current.plan
    return [(words.format(interval=interval_words(plan)), path.format(plan=ledger.current.id)) for words, path in SECTIONS]


def pages(ledger: Ledger, days: Mapping[str, Day]) -> list[PageSpec]:
    """Every generated page, in reading order.  `days`: each plan as judged, by its id."""
    current = ledger.current
    home = PageSpec("", "home", f"{current.plan.county}民生台账", _home_description(current), plan_file(current.id), current.id, "首页")
    return [
        home,
        _search_page(current),
        _data_page(current),
        _changes_page(current),
        *(page for promise in ledger.promises.values() for page in _plan_pages(ledger, days[promise.id])),
        *_moved_pages(ledger),
    ]


def _moved_pages(ledger: Ledger) -> Iterator[PageSpec]:
    """What answers at the addresses of pages that moved."""
    for old, redirect in ledger.redirects.items():
        if "#" not in old:
            plan = next((part for part in old.split("/") if part in ledger.promises), ledger.current.id)
            title = "这一页没有了" if redirect.to is None else "这个网址换了"
            yield PageSpec(old, MOVED, title, "旧网址的去处。", REDIRECTS, plan, "说明与数据", old, (("首页", ""),))


def _changes_page(promise: Promise) -> PageSpec:
    words = "什么时候公开了什么、更正了什么，数据文件哪天改过、由哪次提交改的；更正单列。"
    return PageSpec(paths.changes_path(), "changes", "更新记录", words, "site.yml", promise.id, "说明与数据", crumbs=(("首页", ""),))


def _search_page(promise: Promise) -> PageSpec:
    words = f"在{promise.plan.county}民生台账里搜任务编号、学校、医院、乡镇、单位，或者文件里的任何词。"
    return PageSpec(paths.search_path(), "search", "搜索", words, "site.yml", promise.id, "搜索", crumbs=(("首页", ""),))


def _data_page(promise: Promise) -> PageSpec:
    words = f"{promise.plan.county}民生台账的全部数据：CSV、工作簿、数据包、接口，每个字段的含义，怎样核对。"
    return PageSpec(
        paths.data_path(), "data", "数据下载", words, "README.md", promise.id, "说明与数据", crumbs=(("首页", ""), ("说明与数据", "about/"))
    )


def _home_description(promise: Promise) -> str:
    plan = promise.plan
    return f"{plan.year}年，{plan.county}答应办的{len(promise.tasks)}项民生任务：办什么、何时做到哪一步、谁牵头，都照文件原文。"


def _plan_pages(ledger: Ledger, day: Day) -> Iterator[PageSpec]:
    promise = day.promise
    yield from _place_pages(promise)
    yield from _task_pages(promise)
    yield from _unit_pages(ledger, promise)
    yield from _checkpoint_pages(day, f"{interval_words(ledger.current.plan)}节点")
    yield from _document_pages(promise)
    yield from _record_pages(day)


def _place_pages(promise: Promise) -> Iterator[PageSpec]:
    plan, file = promise.id, f"plans/{promise.id}/places.yml"
    here = (("首页", ""), ("身边的事", f"{plan}/places/"))
    yield PageSpec(
        f"{plan}/places/",
        "places",
        f"身边的事：{len(promise.sites)}处",
        f"{promise.plan.county}{promise.plan.year}年民生任务里点名的学校、医院、市场、道路，各处进度。",
        file,
        plan,
        "身边的事",
        crumbs=here[:1],
    )
    for slug, site in promise.sites.items():
        words = f"文件答应{site.name}什么时候做到哪一步，原文照录。"
        yield PageSpec(paths.place_path(plan, slug), "place", site.name, words, file, plan, "身边的事", slug, here)
        if steps(site, promise):
            yield PageSpec(
                paths.place_path(plan, slug) + "sheet/",
                "sheet",
                f"现场对照单：{site.name}",
                f"一页纸，打印了到{site.name}现场对照。",
                file,
                plan,
                "身边的事",
                slug,
                (*here, (site.name, paths.place_path(plan, slug))),
            )


def _task_pages(promise: Promise) -> Iterator[PageSpec]:
    plan = promise.id
    here = (("首页", ""), ("全部任务", f"{plan}/tasks/"))
    yield PageSpec(
        f"{plan}/tasks/",
        "tasks",
        f"全部{len(promise.tasks)}项任务",
        _home_description(promise),
        plan_file(plan),
        plan,
        "全部任务",
        crumbs=here[:1],
    )
    yield PageSpec(
        f"{plan}/indicators/",
        "indicators",
        "文件里的每一个数",
        "文件承诺的全部数字：印成什么样、哪个节点到期、哪些没有节点。",
        plan_file(plan),
        plan,
        "全部任务",
        crumbs=here,
    )
    yield PageSpec(
        f"{plan}/timeline/",
        "timeline",
        "全年时间轴",
        "全部任务的每一格目标，放在同一条时间轴上。",
        plan_file(plan),
        plan,
        "全部任务",
        crumbs=here,
    )
    for chapter in promise.plan.chapters:
        if any(task.chapter == chapter.id for task in promise.tasks.values()):
            yield PageSpec(
                paths.chapter_path(plan, chapter.id),
                "chapter",
                chapter.heading,
                f"文件第“{chapter.heading}”章的任务。",
                plan_file(plan),
                plan,
                "全部任务",
                chapter.id,
                here,
            )
    headings = {chapter.id: chapter.heading for chapter in promise.plan.chapters}
    for number, task in sorted(promise.tasks.items()):
        crumbs = (*here, (headings[task.chapter], paths.chapter_path(plan, task.chapter)))
        words = f"第{number}项，{'、'.join(task.lead)}牵头。{task.pledge}"
        yield PageSpec(
            paths.task_path(plan, number),
            "task",
            f"第{number}项 {task.title}",
            _short(words),
            task_file(plan, number),
            plan,
            "全部任务",
            str(number),
            crumbs,
        )


def _short(words: str, limit: int = 110) -> str:
    return words if len(words) <= limit else words[: limit - 1] + "…"


def _unit_pages(ledger: Ledger, promise: Promise) -> Iterator[PageSpec]:
    plan = promise.id
    here = (("首页", ""), ("谁负责", f"{plan}/units/"))
    names = plan_units(promise)
    yield PageSpec(
        f"{plan}/units/",
        "units",
        f"谁负责：{len(names)}个单位",
        "每个单位牵头哪几项、配合哪几项，照文件原文。",
        "units.yml",
        plan,
        "谁负责",
        crumbs=here[:1],
    )
    for name in names:
        unit = ledger.units[name]
        yield PageSpec(
            paths.unit_path(plan, unit.slug),
            "unit",
            name,
            f"{unit.full_name or name}在{promise.plan.year}年民生计划里牵头、配合的任务。",
            "units.yml",
            plan,
            "谁负责",
            name,
            here,
        )


def _checkpoint_pages(day: Day, section: str) -> Iterator[PageSpec]:
    promise, plan = day.promise, day.promise.id
    words = f"{interval_words(promise.plan)}节点"
    here = (("首页", ""), (words, f"{plan}/checkpoints/"))
    yield PageSpec(
        f"{plan}/checkpoints/",
        "checkpoints",
        f"{words}：共{len(promise.plan.checkpoints)}个",
        f"{interval_sentence(promise.plan)}到每个节点，该做到哪一步。",
        plan_file(plan),
        plan,
        section,
        crumbs=here[:1],
    )
    for position, point in enumerate(promise.plan.checkpoints):
        month, out = month_words(point.id), has_brief(day, position)
        told = f"{promise.plan.county}{month}节点简报：各单位的数、与文件目标的差距、比上期的变化，自动生成，非公文。"
        yield PageSpec(
            paths.checkpoint_path(plan, point.id),
            "checkpoint",
            f"{month}节点简报" if out else f"{month}节点",
            told if out else f"照文件，到{month}，哪些任务该做到哪一步。",
            plan_file(plan),
            plan,
            section,
            point.id,
            here,
        )
    for position in compared(day):
        now, before = promise.plan.checkpoints[position].id, promise.plan.checkpoints[position - 1].id
        yield PageSpec(
            paths.compare_path(plan, now),
            "compare",
            f"{month_words(before)}和{month_words(now)}对照",
            f"{promise.plan.county}各项任务在两个节点首次公布的结果，逐项对照：好转、变差、不变、新评定。",
            plan_file(plan),
            plan,
            section,
            now,
            (*here, (f"{month_words(now)}节点简报", paths.checkpoint_path(plan, now))),
        )


def _document_pages(promise: Promise) -> Iterator[PageSpec]:
    plan, document = promise.id, promise.plan.document
    here = (("首页", ""),)
    yield PageSpec(
        paths.source_path(plan),
        "source",
        f"文件原文 {document.number}",
        f"《{document.plan}》全文，逐字照录。",
        f"plans/{plan}/source.txt",
        plan,
        "文件原文",
        crumbs=here,
    )
    if promise.plan.mechanisms:
        yield PageSpec(
            paths.mechanisms_path(plan),
            "mechanisms",
            "机制要求",
            "文件还答应怎么管：调度、督查、考核、资金。",
            plan_file(plan),
            plan,
            "文件原文",
            crumbs=(*here, ("文件原文", paths.source_path(plan))),
        )


def _record_pages(day: Day) -> Iterator[PageSpec]:
    """The pages about the machinery: each once there is something that it can show."""
    promise, plan = day.promise, day.promise.id
    here = (("首页", ""), *((("机制要求", paths.mechanisms_path(plan)),) if promise.plan.mechanisms else ()))
    for page in existing(day):
        yield PageSpec(f"{plan}/{page.kind}/", page.kind, page.title, page.description, plan_file(plan), plan, "谁负责", crumbs=here)
    for item in promise.plan.mechanisms if kept(day) else ():
        words = _short(f"文件第{item.number}项：{item.text}")
        path, title = paths.mechanism_path(plan, item.number), f"第{item.number}项 {item.title}"
        yield PageSpec(path, "mechanism", title, words, plan_file(plan), plan, "文件原文", str(item.number), here)
