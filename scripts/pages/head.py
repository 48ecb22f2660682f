"""What the head of a page says about it: its title, and the metadata that search engines, chat programs and inspections read.

Sources: 国办发〔2017〕47号《政府网站发展指引》, 网页设计规范, for the tags of site, column and article, spelt as it spells them; Open Graph; the
microdata that WeChat and QQ read.  A tag without a value is left out: nothing is invented.  Every date is one of the data's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from scripts.ledger.model.promise import Ledger, Promise
from scripts.ledger.phrases.formats import month_words
from scripts.ledger.series.briefs import frozen_on, has_brief
from scripts.ledger.series.day import Day

from .registry import SECTIONS, PageSpec

LONGEST = 30
"""Characters of a whole title: WeChat cuts what is longer."""
SHORT = "民生台账"
COLUMN_TYPES = {"文件原文": "政策文件", "身边的事": "数据发布", "全部任务": "数据发布", "谁负责": "数据发布", "每两月节点": "数据发布"}
"""ColumnType by entry of the navigation; help and search are no column of information."""
SITE_CODES = ("网站标识码", "政府网站标识码", "标识码")
"""Under which of these names of site.yml's footer a publisher gives the code of a government site."""
CARD_SIZE = (720, 580)
"""Width and height of a share card, in pixels."""


@dataclass(frozen=True)
class Tag:
    """One element of the head: `kind` is the attribute that names it (name, property, itemprop)."""

    kind: str
    name: str
    value: str


@dataclass(frozen=True)
class About:
    """What a page says about itself: words (its heading), description, full address (None: not known), the same of its picture, the
    words for those who do not see the picture, its entry of the navigation; `article` is None for pages that are lists, else its day."""

    words: str
    description: str
    address: str | None
    picture: str | None
    seen: str
    section: str
    home: bool = False
    article: bool = False
    public: date | None = None
    keywords: tuple[str, ...] = ()


# ---------------------------------------------------------------- titles


def titles(pages: Iterable[tuple[str, str]], site: str) -> dict[str, str]:
    """The whole title of every page, by path: (path, words) with the site's name behind, at most LONGEST characters, no two alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for path, words in pages:
        title = next(each for each in _candidates(words, site, path) if each not in taken)
        taken.add(title)
        found[path] = title
    return found


def _candidates(words: str, site: str, path: str) -> Iterator[str]:
    """From the fullest title to ever more distinct ones."""
    if not path:
        yield _cut(words)
    for tail in (f"｜{site}", f"｜{SHORT}", ""):
        if len(words + tail) <= LONGEST:
            yield words + tail
    yield _cut(words)
    for number in range(2, 10_000):
        yield _cut(words, f"（{number}）")


def _cut(words: str, tail: str = "") -> str:
    room = LONGEST - len(tail)
    return (words if len(words) <= room else words[: room - 1] + "…") + tail


def page_words(spec: PageSpec, ledger: Ledger) -> str:
    """A page's own words in its title: those of an earlier plan begin with its year."""
    return spec.title if spec.plan == ledger.current.id else f"{spec.plan}年{spec.title}"


# ---------------------------------------------------------------- what a generated page is about


def about(spec: PageSpec, ledger: Ledger, day: Day, address: str | None, picture: str | None, seen: str) -> About:
    """A generated page."""
    columns = {path.format(plan=spec.plan) for _, path in SECTIONS}
    return About(
        words=spec.title,
        description=spec.description,
        address=address,
        picture=picture,
        seen=seen,
        section=spec.section,
        home=not spec.path,
        article=spec.path not in columns,
        public=public_day(spec, day),
        keywords=_keywords(spec, day.promise),
    )


def public_day(spec: PageSpec, day: Day) -> date:
    """PubDate: the day of the newest public report of the page's tasks; a brief's day; the document's day where nothing came after it."""
    document = day.promise.plan.document.dated
    if spec.kind == "checkpoint":
        position = [point.id for point in day.promise.plan.checkpoints].index(spec.key)
        return frozen_on(day, position) if has_brief(day, position) else document
    if spec.kind in ("source", "mechanisms", "indicators", "timeline", "sheet"):
        return document
    numbers = _tasks(spec, day.promise)
    if numbers is None:
        return max(filter(None, (day.newest, document)))
    return max([document, *(filing.report.published for n in numbers for filing in day.seen[n].filings)])


def _tasks(spec: PageSpec, promise: Promise) -> list[int] | None:
    """The tasks that a page speaks of; None: all."""
    if spec.kind == "task":
        return [int(spec.key)]
    if spec.kind == "place":
        return list(promise.sites[spec.key].tasks)
    if spec.kind == "unit":
        return [n for n, task in promise.tasks.items() if spec.key in (*task.lead, *task.cooperating.units)]
    return None


def _keywords(spec: PageSpec, promise: Promise) -> tuple[str, ...]:
    plan, found = promise.plan, list[str]()
    if spec.kind == "task":
        task = promise.tasks[int(spec.key)]
        found = [task.title, *(site.name for site in promise.sites.values() if int(spec.key) in site.tasks), *task.lead]
    elif spec.kind in ("place", "sheet"):
        site = promise.sites[spec.key]
        found = [*(site.name, *site.names), *(promise.tasks[n].title for n in site.tasks)]
    elif spec.kind == "unit":
        found = [spec.key]
    elif spec.kind == "checkpoint":
        found = [f"{month_words(spec.key)}节点"]
    return tuple(dict.fromkeys((*found, plan.county, f"{plan.year}年民生计划")))


# ---------------------------------------------------------------- tags


def tags(page: About, ledger: Ledger, site: str) -> list[Tag]:
    """All tags of a page, those without a value left out."""
    found = [*_site(ledger, site), *_column(page), *_article(page, ledger), *_shared(page, site)]
    return [tag for tag in found if tag.value]


def _site(ledger: Ledger, site: str) -> Iterator[Tag]:
    settings = ledger.settings
    yield Tag("name", "SiteName", site)
    yield Tag("name", "SiteDomain", urlsplit(settings.base_url or "").netloc)
    yield Tag("name", "SiteIDCode", next((settings.footer[name] for name in SITE_CODES if name in settings.footer), ""))


def _column(page: About) -> Iterator[Tag]:
    if not page.home:
        yield Tag("name", "ColumnName", page.section)
        yield Tag("name", "ColumnType", COLUMN_TYPES.get(page.section, ""))
        if not page.article:
            yield Tag("name", "ColumnDescription", page.description)
            yield Tag("name", "ColumnKeywords", ",".join(page.keywords))


def _article(page: About, ledger: Ledger) -> Iterator[Tag]:
    """The tags of an article; every page has keywords, a description, its address and its picture."""
    document = ledger.current.plan.document
    if page.article:
        yield Tag("name", "ArticleTitle", page.words)
        yield Tag("name", "PubDate", page.public.isoformat() if page.public else "")
        yield Tag("name", "ContentSource", f"{document.issuer} {document.number}" if page.public else "")
        yield Tag("name", "Author", ledger.settings.publisher.name or "")
    yield Tag("name", "Keywords", ",".join(page.keywords))
    yield Tag("name", "Description", page.description)
    yield Tag("name", "Image", page.picture or "")
    yield Tag("name", "Url", page.address or "")


def _shared(page: About, site: str) -> Iterator[Tag]:
    """Open Graph, and the microdata of WeChat and QQ."""
    fields: Mapping[str, str] = {
        "type": "article" if page.article else "website",
        "locale": "zh_CN",
        "site_name": site,
        "title": page.words,
        "description": page.description,
        "url": page.address or "",
        "image": page.picture or "",
    }
    yield from (Tag("property", f"og:{name}", value) for name, value in fields.items())
    if page.picture:
        yield Tag("property", "og:image:type", "image/png")
        yield Tag("property", "og:image:width", str(CARD_SIZE[0]))
        yield Tag("property", "og:image:height", str(CARD_SIZE[1]))
        yield Tag("property", "og:image:alt", page.seen)
    yield Tag("itemprop", "name", page.words)
    yield Tag("itemprop", "description", page.description)
    yield Tag("itemprop", "image", page.picture or "")
