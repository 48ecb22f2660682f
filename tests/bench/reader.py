"""What a reader waits for: bytes, requests and the largest paint on a slow phone, ours and a plain mkdocs-material site side by side.

    make bench-reader           # prints the table and writes it into docs/bench.md

The same run, the same browser, the same words (tests/bench/peer.py).  Slow 4G as Chromium's own tools define it, processor four times
slower, nothing in the cache.  Seconds vary with the machine; read the ratios.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import statistics
import tempfile
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.build import ROOT, build_site

from ..browser.install import chromium
from .keep import keep
from .peer import build_peer, write_peer

SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1.6e6 / 8 * 0.9, "uploadThroughput": 750e3 / 8 * 0.9}
CPU = 4
RUNS = 3
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

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Visit:
    """One first visit: kilobytes on the way, requests, seconds to the largest paint."""

    kilobytes: float
    requests: int
    paint: float


def visit(browser: Browser, address: str) -> Visit:
    """A first visit on a slow phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, device_scale_factor=2)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    sizes: list[float] = []
    tools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    page.goto(address, wait_until="networkidle")
    paint = float(page.evaluate(PAINT)) / 1000
    context.close()
    return Visit(sum(sizes) / 1024, len(sizes), paint)


def middle(browser: Browser, address: str) -> Visit:
    """The visit with the middle paint of a few."""
    seen = sorted((visit(browser, address) for _ in range(RUNS)), key=lambda each: each.paint)
    return Visit(statistics.median(each.kilobytes for each in seen), seen[0].requests, seen[len(seen) // 2].paint)


def row(words: str, ours: Visit, peer: Visit) -> str:
    """One line of the table."""
    return (
        f"| {words} | {ours.kilobytes:.0f} | {peer.kilobytes:.0f} | {ours.kilobytes / peer.kilobytes:.2f} "
        f"| {ours.requests} | {peer.requests} | {ours.paint:.1f} | {peer.paint:.1f} | {ours.paint / peer.paint:.2f} |"
    )


def serve(folder: Path) -> str:
    """The address of a folder's site."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Packing, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def table() -> list[str]:
    """Build both sites of both counties, visit all pages, give the lines of the table."""
    path = chromium()
    if path is None:
        raise SystemExit("no Chromium: run `make browser`")
    lines = [
        "| 页面 | 本站 KB | material KB | 比 | 本站请求 | material 请求 | 本站 LCP 秒 | material LCP 秒 | 比 |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    counties = ((ROOT / "data", date(2026, 11, 23), REAL), (ROOT / "tests/fixtures/sample", date(2023, 8, 11), DEMO))
    with tempfile.TemporaryDirectory(prefix="bench-reader-") as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for index, (data, day, pages) in enumerate(counties):
            folder = Path(name) / str(index)
            ours = build_site(data, folder / "ours", day, "https://ledger.example.org/").out
            write_peer(ours, folder / "peer")
            our_root, peer_root = serve(ours), serve(build_peer(folder / "peer"))
            for words, page in pages:
                lines.append(row(words, middle(browser, our_root + page), middle(browser, peer_root + page)))
                print(lines[-1], flush=True)
        browser.close()
    return lines


def main() -> None:
    """Print the table and keep it in its page."""
    keep("reader", table())


if __name__ == "__main__":
    main()
