"""The hook that the engine calls (mkdocs): puts generated pages on the build, gives the theme what it needs, sets the content policy.

Loaded as a hook (mkdocs.yml).  Generated pages are finished HTML on a `Page` subclass: never Markdown, never a template.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.content_policy import ForeignCode, with_policy, written_by
from macros.context import Context
from macros.first_paint import after_hero, first_style, rest_style
from macros.pages.handwritten import CARDS
from macros.pages.moved import moved_anchors
from macros.pages.registry import VIEWS
from macros.parts.embedded import embed_files
from macros.parts.share_card import card, card_of
from macros.parts.share_card_files import card_files
from macros.parts.subscriptions import head_links
from macros.parts.taken_down import taken_down
from macros.sandbox import Pages
from scripts.changes.history import history
from scripts.exchange.intake.book_out import record_files
from scripts.exchange.workbooks.offered import sheet_files
from scripts.exports import search
from scripts.exports.calendars import calendar_files
from scripts.exports.docx_brief import brief_files
from scripts.exports.downloads.catalogue import Shelf, shelve
from scripts.exports.downloads.edition import Edition
from scripts.exports.feeds import feed_files
from scripts.ledger.checks.redirect_rules import misplaced
from scripts.ledger.model.promise import Ledger
from scripts.ledger.model.rules import COLOURS
from scripts.ledger.phrases.problems import told
from scripts.ledger.series.day import day_of
from scripts.pages import head as page_head
from scripts.pages import registry as pages
from scripts.site import manifest
from scripts.site.engine import ORDER, Order
from scripts.store.picture_cache import CardCache

log = logging.getLogger("mkdocs.plugins.ledger")

HEADING = re.compile(r'<(h[23])[^>]*? id="([^"]+)"[^>]*>(.*?)</\1>', re.S)


class GeneratedPage(Page):
    """A page whose content is finished HTML, made from data by a view."""

    def __init__(self, spec: pages.PageSpec, context: Context, file: File, config: MkDocsConfig) -> None:
        super().__init__(spec.title, file, config)
        self.spec = spec
        self.context = context
        self.edit_url = _edit_url(config, spec.source)

    @property
    def left_out(self) -> bool:
        """The page of the downloads, which shows their sizes, where there are none."""
        return self.spec.kind == "data" and self.context.shelf is None

    def read_source(self, config: MkDocsConfig) -> None:
        """No Markdown: only what the theme reads from a page's front matter."""
        self.markdown = ""
        self.meta = {
            "title": self.spec.title,
            "description": self.spec.description,
            "section": self.spec.section,
            "crumbs": self.spec.crumbs,
            "kind": self.spec.kind,
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Fill the page by its view."""
        view = Markup() if self.left_out else VIEWS[self.spec.kind](self.context, self.spec.key)
        self.content = str(view + taken_down(self.context, self.spec.kind, view) + moved_anchors(self.context))
        self.toc = _toc(self.content)
        self.present_anchor_ids = set(re.findall(r' id="([^"]+)"', self.content))


def _toc(html: str) -> TableOfContents:
    items: list[AnchorLink] = []
    for tag, anchor, words in HEADING.findall(html):
        link = AnchorLink(re.sub(r"<small.*?</small>|<[^>]+>", "", words).strip(), anchor, int(tag[1]))
        (items[-1].children if tag == "h3" and items else items).append(link)
    return TableOfContents(items)


def _edit_url(config: MkDocsConfig, source: str) -> str | None:
    return f"{config.repo_url.rstrip('/')}/edit/main/data/{source}" if config.repo_url else None


def _order(config: MkDocsConfig) -> Order:
    """What is built, as whoever started the engine gave it."""
    order: Order = config.extra[ORDER]
    return order


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The data names the site: its county, its address."""
    order = _order(config)
    ledger = order.ledger
    config.extra["history"] = history(order.data)
    config.extra["days"] = {plan: day_of(ledger, plan, order.stamp.as_of) for plan in ledger.promises}
    config.site_name = f"{ledger.current.plan.county}民生台账"
    _close(config)
    if ledger.settings.base_url:
        config.site_url = ledger.settings.base_url.rstrip("/") + "/"
    return config


def _close(config: MkDocsConfig) -> None:
    """Pages written by hand are filled where only our macros are at hand: no configuration, no environment, no file."""
    plugin: Any = config.plugins["macros"]
    plugin._env = Pages({card.__name__: plugin.macros[card.__name__] for card in CARDS})
    plugin.variables.clear()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every generated page; drop the theme's own scripts and style sheets, which no page of ours uses."""
    for file in list(files):
        if file.src_uri.startswith("assets/") and file.abs_src_path and not Path(file.abs_src_path).is_relative_to(config.docs_dir):
            files.remove(file)
    ledger = _order(config).ledger
    days = config.extra["days"]
    shelf = None if _order(config).pages_only else _shelf(config)
    by_hand = {file.url for file in files.documentation_pages()}
    specs = pages.pages(ledger, days)
    _refuse_misplaced(ledger, by_hand | {spec.path for spec in specs if spec.kind != pages.MOVED})
    for spec in specs:
        file = File.generated(config, f"{spec.path}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
        around = Context(ledger, days[spec.plan], spec.path, _order(config).data_day, shelf, days, config.extra["history"])
        GeneratedPage(spec, around, file, config)
        files.append(file)
    for path, content in (*_page_files(config), *(_documents(config, shelf) if shelf else ())):
        files.append(File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def _page_files(config: MkDocsConfig) -> Iterator[tuple[str, str | bytes]]:
    """What pages need beside themselves: the stamp that they were made from, and their small form inside other sites."""
    ledger = _order(config).ledger
    yield manifest.MANIFEST, json.dumps(manifest.head(_order(config).stamp, ledger.settings.base_url))
    for day in config.extra["days"].values():
        for path, html in embed_files(Context(ledger, day, "", _order(config).data_day)).items():
            yield path, with_policy(html, frozenset())


def _documents(config: MkDocsConfig, shelf: Shelf) -> Iterator[tuple[str, str | bytes]]:
    """What is taken away from a site: feeds, calendars, briefs, workbooks, downloads, share cards."""
    ledger = _order(config).ledger
    days = config.extra["days"]
    yield from feed_files(ledger, days)
    for day in days.values():
        yield from calendar_files(ledger, day)
        yield from brief_files(day, bool(ledger.settings.fictional), Context(ledger, day).identity)
        yield from sheet_files(ledger, day)
    yield from record_files(ledger, days)
    yield from shelf.files.items()
    contexts = [Context(ledger, day, "", _order(config).data_day) for day in days.values()]
    yield from card_files(
        contexts, CardCache(Path(config.config_file_path).parent / str(config.extra["cache"]) / "cards"), _order(config).stamp
    ).items()


def _refuse_misplaced(ledger: Ledger, known: set[str]) -> None:
    """A redirect that does not fit the pages, by their paths, stops the build: nothing may be hidden by it."""
    found = [f"{problem.at.file}: {told(problem)}" for problem in misplaced(ledger.redirects, known)]
    for words in found:
        log.error(words)
    if found:
        raise Abort("\n".join(found))


def _shelf(config: MkDocsConfig) -> Shelf:
    """Every download, made once."""
    ledger = _order(config).ledger
    found = sorted(config.extra["days"].items())
    return shelve([Edition(ledger, day, _order(config).stamp, Context(ledger, day).identity) for _, day in found])


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """A page that people wrote answers at its old anchors too."""
    return html if isinstance(page, GeneratedPage) else html + str(moved_anchors(site_context(config, page.url)))


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    """What the page skeleton shows around the content."""
    here = page.url
    context["c"] = page.context if isinstance(page, GeneratedPage) else site_context(config, here)
    context["feeds"] = (
        head_links(context["c"], page.spec.kind, page.spec.key) if isinstance(page, GeneratedPage) else head_links(context["c"])
    )
    context["sections"] = pages.sections(_order(config).ledger)
    context["page_title"] = config.extra["titles"][here]
    if any(f'class="badge {colour}"' in (page.content or "") for colour in COLOURS):
        context["first_style"] = first_style(Path(config.docs_dir) / "assets", coloured=True)
    context["tags"] = page_head.tags(_about(page, context["c"]), _order(config).ledger, str(config.site_name))
    return context


def _about(page: Page, context: Context) -> page_head.About:
    """What a page's head says of it; a page that people wrote has no day."""
    spec = page.spec if isinstance(page, GeneratedPage) else None
    picture = card_of(spec, context.promise.id)
    address, seen = context.absolute(context.here), card(context, picture).seen
    if spec:
        return page_head.about(spec, context.ledger, context.day, address, context.absolute(picture), seen)
    words = str(page.title), str(page.meta.get("description", ""))
    return page_head.About(*words, address, context.absolute(picture), seen, str(page.meta.get("section", "")), article=True)


def site_context(config: MkDocsConfig, here: str) -> Context:
    """The surroundings of a page that people wrote by hand."""
    ledger = _order(config).ledger
    return Context(
        ledger,
        config.extra["days"][ledger.current.id],
        here,
        _order(config).data_day,
        days=config.extra["days"],
        history=config.extra["history"],
    )


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """The page that answers for missing addresses has no page of its own.  Now that every page is known, so is what can be found."""
    env.globals.update(feeds=[], c=site_context(config, ""), sections=pages.sections(_order(config).ledger), tags=[])
    config.extra["titles"] = _titles(files, config)
    env.globals["page_title"] = config.extra["titles"]["404.html"]
    opened = any(day.opened for day in config.extra["days"].values())
    env.globals["first_style"] = first_style(Path(config.docs_dir) / "assets", opened)
    env.globals["rest_style"] = rest_style(Path(config.docs_dir) / "assets")
    env.filters["after_hero"] = after_hero
    overrides = Path(config.config_file_path).parent / "docs/overrides"
    assets = Path(config.docs_dir) / "assets"
    filled = (*(first_style(assets, coloured) for coloured in (False, True)), env.globals["rest_style"])
    config.extra["own_code"] = written_by(overrides, filled)
    for path, text in _search_index(files, config).items():
        files.append(File.generated(config, path, content=text))
    return env


def _titles(files: Files, config: MkDocsConfig) -> dict[str, str]:
    """The whole title of every page, by its address."""
    found = [file.page for file in files.documentation_pages() if file.page is not None]
    ledger = _order(config).ledger
    words = [(p.url, page_head.page_words(p.spec, ledger) if isinstance(p, GeneratedPage) else str(p.title)) for p in found]
    return page_head.titles([*words, ("404.html", "没有这一页")], str(config.site_name))


def _search_index(files: Files, config: MkDocsConfig) -> dict[str, str]:
    """The files of the search, by path: generated pages from the ledger, pages written by hand by title and description."""
    found = [file.page for file in files.documentation_pages() if file.page is not None]
    specs = [page.spec for page in found if isinstance(page, GeneratedPage)]
    others = [(p.url, str(p.title), str(p.meta.get("description", ""))) for p in found if not isinstance(p, GeneratedPage)]
    return search.files(search.records(_order(config).ledger, specs, others))


def _with_policy(html: str, config: MkDocsConfig, name: str) -> str:
    """A page with its content policy; one with code that is not ours stops the build."""
    try:
        return with_policy(html, config.extra["own_code"])
    except ForeignCode as error:
        raise Abort(f"{name}: {error}；请删去它，要加脚本或样式，写进 docs/assets 和模板") from error


def on_post_page(output: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Every page gets its policy; one that was left out is not written."""
    return "" if isinstance(page, GeneratedPage) and page.left_out else _with_policy(output, config, page.file.src_uri)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig, **_: Any) -> str:
    """So does the page for missing addresses."""
    return _with_policy(output_content, config, template_name) if template_name.endswith(".html") else output_content
