"""What is saved is seen in the open browser, and so is what is wrong with it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from .running import AT_ONCE, PATIENCE, Preview, known

TASK = "2023/tasks/07/"
REPORT = "data/plans/2023/reports/2023-07/07.yml"
WITHIN = PATIENCE * 1000


@pytest.fixture
def page(browser: Browser, shared: Preview) -> Iterator[Page]:
    """The page of a task, open in a browser, with all that the browser complained of kept from being overlooked."""
    opened = browser.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)
    shared.until(TASK, 200)
    opened.goto(shared.address + TASK)
    yield opened
    opened.close()
    assert complaints == []


@pytest.fixture
def edit(house: Path, shared: Preview) -> Iterator[Callable[[str, Callable[[str], str]], None]]:
    """Saves a file with other words in it; at the end everything is put back and shown."""
    before: dict[Path, str] = {}

    def save(name: str, change: Callable[[str], str]) -> None:
        path = house / name
        before.setdefault(path, path.read_text(encoding="utf-8"))
        path.write_text(change(before[path]), encoding="utf-8")

    yield save
    changed = {path: text for path, text in before.items() if path.read_text(encoding="utf-8") != text}
    shown = shared.version()
    for path, text in changed.items():
        path.write_text(text, encoding="utf-8")
    while changed and shared.version() == shown:
        time.sleep(0.1)
    shared.until("", 200)


def appended(words: str) -> Callable[[str], str]:
    return lambda text: text + words


EDITS = {
    "a report": (TASK, REPORT, lambda text: text.replace("summary: ", "summary: 新写的话。", 1)),
    "a template": (TASK, "macros/templates/pages/task.html.j2", appended("<p>新写的话。</p>")),
    "the skeleton of all pages": (TASK, "docs/overrides/base.html", lambda text: text.replace("跳到正文", "新写的话。")),
    "a page of the handbook": ("guide/", "docs/guide/index.md", appended("\n\n新写的话。\n")),
    "a program": (TASK, "scripts/ledger/model/fields.py", appended("\n")),
}


@pytest.mark.parametrize("what", EDITS)
def test_what_is_saved_is_seen_in_the_open_page(what: str, shared: Preview, page: Page, edit: Callable[..., None]) -> None:
    """Nobody presses a key.  The bar is three seconds on a quiet machine; how long it took is printed."""
    path, file, change = EDITS[what]
    page.goto(shared.address + path)
    page.evaluate("document.body.dataset.old = ''")
    edit(file, change)
    started = time.monotonic()
    page.wait_for_selector("body:not([data-old]) main", timeout=WITHIN)
    if what != "a program":
        expect(page.get_by_text("新写的话。").first).to_be_attached(timeout=WITHIN)
    print(f"\n{what}: seen after {time.monotonic() - started:.2f} s")


@pytest.mark.parametrize(("sheet", "width"), [("ledger.css", "7px"), ("first.css", "9px")])
def test_a_style_that_is_saved_is_seen_too(sheet: str, width: str, page: Page, edit: Callable[..., None]) -> None:
    """The one that is a file, and the one that stands in each page under its policy."""
    expect(page.locator("body")).to_have_css("outline-offset", "0px")
    edit(f"docs/assets/{sheet}", appended(f"\nbody {{ outline-offset: {width} }}\n"))
    started = time.monotonic()
    expect(page.locator("body")).to_have_css("outline-offset", width, timeout=WITHIN)
    print(f"\n{sheet}: seen after {time.monotonic() - started:.2f} s")


def test_what_is_wrong_in_the_data_stands_in_the_page_until_it_is_mended(
    house: Path, shared: Preview, page: Page, edit: Callable[..., None]
) -> None:
    """Each message of `check` with its file and line, on whatever page is open; every address answers meanwhile; the page comes back by itself."""
    edit(REPORT, appended("funding: [<b>\n"))
    heading = page.get_by_role("heading", name="数据有错误")
    expect(heading).to_be_visible(timeout=WITHIN)
    command = [sys.executable, "-m", "scripts", "check", "--data", "data"]
    check = subprocess.run(command, cwd=house, env=known(shared.temporary), capture_output=True, text=True, check=False)
    shown = page.locator("li").all_inner_texts()
    assert check.returncode == 1 and f"{REPORT}:" in check.stdout
    assert shown[:-1] == check.stdout.splitlines() and shown[-1].startswith("共")
    for path in ("", "guide/", "data/", "assets/ledger.css", "api/v1/index.json", "没有/"):
        started = time.monotonic()
        status, body = shared.get(quote(path))
        assert status == 503 and "数据有错误" in body.decode() and time.monotonic() - started < AT_ONCE
    edit(REPORT, lambda text: text)
    expect(page.locator("main h1")).to_be_visible(timeout=WITHIN)
    assert page.url == shared.address + TASK and heading.count() == 0


BROKEN = {
    "a template": ("macros/templates/pages/task.html.j2", "{% if %}", "task.html.j2"),
    "a page of the handbook": ("docs/guide/index.md", "\n\n[x](no-such-page.md)\n", "no-such-page.md"),
    "how pages look": ("macros/parts/task_list.py", "\n)\n", "task_list.py"),
    "what the data mean": ("scripts/store/load.py", "\n)\n", "load.py"),
    "the configuration": ("mkdocs.yml", "\nplugins: [\n", "mkdocs.yml"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_any_other_failure_is_told_in_the_page_and_gone_when_mended(
    what: str, shared: Preview, page: Page, edit: Callable[..., None]
) -> None:
    """Even one that keeps the builder from starting: the page says that there is no site, and names the file."""
    file, words, named = BROKEN[what]
    edit(file, appended(words))
    expect(page.get_by_role("heading", name="没有生成网页")).to_be_visible(timeout=WITHIN)
    expect(page.locator("ul")).to_contain_text(named)
    edit(file, lambda text: text)
    expect(page.locator("main h1")).to_be_visible(timeout=WITHIN)
