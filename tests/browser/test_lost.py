"""The page for an address that is not there works wherever the site is put, whether or not it was told where."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.site.build import build_site

from ..conftest import Quiet, plant

DAY = date(2031, 6, 1)
FOLDER = "deep/mount"


class Host(Quiet):
    """A host that answers what it has not with the site's own page, as hosts of pages do."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """404.html, under the code that it has."""
        body = (Path(self.directory) / FOLDER / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else body)


@pytest.fixture(scope="module", params=["", "base_url: https://elsewhere.example.org/another/\n"], ids=["no address", "another address"])
def mounted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small county's site under two folders, built for no address or for another; gives the address of its root."""
    root = tmp_path_factory.mktemp("host")
    settings = plant(root / "data") / "site.yml"
    settings.write_text(re.sub(r"base_url: .*\n", request.param, settings.read_text(encoding="utf-8")), encoding="utf-8")
    build_site(root / "data", root / FOLDER, DAY)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{FOLDER}/"
    server.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize("lost", ["nowhere", "2031/tasks/99/nowhere/", "a/b/c/d/e/?q=1#x"])
def test_a_lost_address_leads_home_wherever_the_site_stands(lost: str, mounted: str, browser: Browser) -> None:
    """At any depth: styled without asking for a file that is not there, every link of its head and foot leads to a page, the large view works,
    and the policy of the page holds."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = page.goto(mounted + lost)
    assert answer and answer.status == 404 and page.inner_text("h1") == "没有这一页"
    page.wait_for_selector("#big:not([hidden])")
    assert page.get_attribute("#home", "href") == "/" + FOLDER + "/"
    links = page.eval_on_selector_all(".nav a, .foot a, .mark, #home", "all => all.map(each => each.href)")
    assert len(links) > 10 and all(each.startswith(mounted) for each in links)
    assert {each: page.request.get(each).status for each in links} == dict.fromkeys(links, 200)
    assert page.evaluate("getComputedStyle(document.querySelector('.foot')).display") != "inline"
    sheets = page.evaluate("[...document.styleSheets].map(each => each.cssRules.length)")
    assert len(sheets) == 2 and min(sheets) > 20
    assert [each for each in said if "Content Security Policy" in each or "404" not in each] == []
    page.click("#home")
    page.wait_for_url(mounted)
    assert "民生" in page.inner_text("h1")
    page.close()
