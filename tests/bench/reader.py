"""What a reader waits for: bytes, requests and the largest paint on a slow phone, ours and a plain mkdocs-material site side by side.

    make bench-reader           # prints the table and writes it into docs/bench.md

The same run, the same browser, the same words (tests/bench/peer.py).  Slow 4G as Chromium's own tools define it, processor four times
slower, nothing in the cache.  Seconds vary with the machine; read the ratios.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import sys
import tempfile
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.site.build import build_site

from ..browser.install import chromium
from ..conftest import DATA, SAMPLE
from .keep import keep
from .peer import build_peer, write_peer

SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1.6e6 / 8 * 0.9, "uploadThroughput": 750e3 / 8 * 0.9}
CPU = 4
HEAD = 200
"""Bytes of an answer's head, about."""
RUNS = 3
BESIDE = "\u00a0／\u00a0"
"""Between two figures that stay side by side."""
REAL = (("首页", ""), ("一项任务", "2023/tasks/24/"), ("一个单位", "2023/units/jiaowei/"))
DEMO = (("首页，有数据", ""), ("一项任务，有数据", "2023/tasks/02/"), ("节点简报", "2023/checkpoints/2023-05/"))
PAINT = """() => new Promise(done => { let last = 0;
    new PerformanceObserver(list => { for (const each of list.getEntries()) last = each.startTime; })
        .observe({type: "largest-contentful-paint", buffered: true});
    setTimeout(() => done(last), 1500); })"""


class Packing(http.server.SimpleHTTPRequestHandler):
    """A server that packs what can be packed, as the servers of published sites do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file, gzip where it helps."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content, kind = path.read_bytes(), self.guess_type(str(path))
        packs = kind.startswith(("text/", "application/j", "image/svg"))
        body = gzip.compress(content, 6, mtime=0) if packs else content
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if packs:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        sent = self.server
        assert isinstance(sent, Counting)
        sent.sizes.append(len(body) + HEAD)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Counting(http.server.ThreadingHTTPServer):
    """A server that knows what it sent: what a page's background threads fetch is on the scales too, which the page's own tools do not tell."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(Packing, directory=str(folder)))
        self.sizes: list[int] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up has what it wanted; anything else is told."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Visit:
    """One first visit: kilobytes on the way, requests, seconds to the largest paint."""

    kilobytes: float
    requests: int
    paint: float


def visit(browser: Browser, server: Counting, path: str) -> Visit:
    """A first visit on a slow phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, device_scale_factor=2)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    server.sizes.clear()
    page.goto(server.root + path, wait_until="networkidle")
    paint = float(page.evaluate(PAINT)) / 1000
    context.close()
    return Visit(sum(server.sizes) / 1024, len(server.sizes), paint)


def middle(browser: Browser, server: Counting, path: str) -> Visit:
    """The visit with the middle paint of a few."""
    seen = sorted((visit(browser, server, path) for _ in range(RUNS)), key=lambda each: each.paint)
    return Visit(max(each.kilobytes for each in seen), max(each.requests for each in seen), seen[len(seen) // 2].paint)


def row(words: str, ours: Visit, peer: Visit) -> str:
    """One line of the table: ours ／ theirs, and their ratio where it says something."""
    sizes, paints = (ours.kilobytes, peer.kilobytes), (ours.paint, peer.paint)
    return (
        f"| {words} | {sizes[0]:.0f}{BESIDE}{sizes[1]:.0f}（{sizes[0] / sizes[1]:.2f}） | {ours.requests}{BESIDE}{peer.requests} "
        f"| {paints[0]:.1f}{BESIDE}{paints[1]:.1f}（{paints[0] / paints[1]:.2f}） |"
    )


def table() -> list[str]:
    """Build both sites of both counties, visit all pages, give the lines of the table."""
    path = chromium()
    if path is None:
        raise SystemExit("no Chromium: run `make browser`")
    lines = [
        "| 本站 ／ material（比） | 流量 KB | 请求 | LCP 秒 |",
        "| --- | --- | --- | --- |",
    ]
    counties = ((DATA, date(2026, 11, 23), REAL), (SAMPLE, date(2023, 8, 11), DEMO))
    with tempfile.TemporaryDirectory(prefix="bench-reader-") as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for index, (data, day, pages) in enumerate(counties):
            folder = Path(name) / str(index)
            ours = build_site(data, folder / "ours", day, "https://ledger.example.org/").out
            write_peer(ours, folder / "peer")
            our_server, peer_server = Counting(ours), Counting(build_peer(folder / "peer"))
            for words, page in pages:
                lines.append(row(words, middle(browser, our_server, page), middle(browser, peer_server, page)))
                print(lines[-1], flush=True)
        browser.close()
    return lines


def main() -> None:
    """Print the table and keep it in its page."""
    keep("reader", table())


if __name__ == "__main__":
    main()
