"""Answers the browser: every request at once, from the last finished site or with what is wrong; every page asks whether there is a newer one.

The published policy of a page allows scripts and requests of its own site, so the script that reloads comes from here, under
`/_preview/`, and the pages keep their policy.  Only this machine is answered.
"""

from __future__ import annotations

import html
import mimetypes
import posixpath
import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote, unquote, urlsplit

HOST = "127.0.0.1"
OURS = "/_preview/"
HERE = Path(__file__).parent
PATIENCE = 20
"""Seconds that a request for a file waits until the files are made."""


@dataclass(frozen=True)
class Site:
    """A finished site to show; `whole`: with the files to take away, not only the pages."""

    folder: Path
    version: str
    whole: bool


@dataclass(frozen=True)
class Notice:
    """No site to show: why, in a heading; what to mend, line by line."""

    heading: str
    lines: tuple[str, ...]
    version: str


WAITING = Notice("正在生成网页", ("好了会自己出现，不用刷新。",), "0")


class Server(ThreadingHTTPServer):
    """Shows `shown`, the site or what is wrong with it.  Raises `OSError` where the port cannot be had."""

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), Handler)
        self.shown: Site | Notice = WAITING
        self.wanted = threading.Event()
        """Somebody waits for a file that only a whole site has."""
        self._news = threading.Condition()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def show(self, shown: Site | Notice) -> None:
        """Show this from now on."""
        with self._news:
            self.shown = shown
            self._news.notify_all()

    def whole(self) -> Site | Notice:
        """What is shown, once it is not pages alone; as it is after `PATIENCE` seconds."""
        with self._news:
            self._news.wait_for(self._enough, PATIENCE)
            return self.shown

    def _enough(self) -> bool:
        if isinstance(self.shown, Notice) or self.shown.whole:
            return True
        self.wanted.set()
        return False

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no event."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_GET(self) -> None:
        path, shown = unquote(urlsplit(self.path).path), self.server.shown
        if path == f"{OURS}version":
            self._answer(HTTPStatus.OK, "text/plain", shown.version.encode())
        elif path == f"{OURS}reload.js":
            self._answer(HTTPStatus.OK, "text/javascript", (HERE / "reload.js").read_bytes())
        elif (isinstance(shown, Site) and (shown.whole or _found(shown, path))) or isinstance(shown := self.server.whole(), Site):
            self._file(shown, path)
        else:
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, "text/html", with_script(notice_page(shown), shown.version))

    do_HEAD = do_GET

    def _file(self, site: Site, path: str) -> None:
        found = _found(site, path)
        if found and found.is_dir():
            self._answer(HTTPStatus.FOUND, "text/plain", b"", quote(f"{path}/"))
        else:
            self._send(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND, site, found or site.folder / "404.html")

    def _send(self, status: HTTPStatus, site: Site, file: Path) -> None:
        content = file.read_bytes()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self._answer(status, kind, with_script(content, site.version) if file.suffix == ".html" else content)

    def _answer(self, status: HTTPStatus, kind: str, content: bytes, location: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        if location is not None:
            self.send_header("Location", location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not worth a line."""


def _found(site: Site, path: str) -> Path | None:
    """What stands at a path: a file, or a folder with a page that is asked for without its last stroke."""
    found = inside(site.folder, path)
    page = found / "index.html"
    if page.is_file():
        return page if path.endswith("/") else found
    return found if found.is_file() and not path.endswith("/") else None


def inside(folder: Path, path: str) -> Path:
    """A file below the folder, whatever the path says.

    >>> inside(Path("/site"), "/../../etc/passwd").as_posix()
    '/site/etc/passwd'
    """
    return folder / posixpath.normpath("/" + path.replace("\0", "")).lstrip("/")


def with_script(page: bytes, version: str) -> bytes:
    """A page with the script that reloads it, at its end; all other bytes as they were."""
    body, end, rest = page.rpartition(b"</body>")
    script = f'<script src="{OURS}reload.js?{version}" defer></script>'.encode()
    return body + script + end + rest if end else page + script


def notice_page(notice: Notice) -> bytes:
    """The page that says what is wrong; what the data say is shown as text."""
    lines = "\n".join(f"<li>{html.escape(line)}</li>" for line in notice.lines)
    page = Template((HERE / "notice.html").read_text(encoding="utf-8"))
    return page.substitute(heading=html.escape(notice.heading), lines=lines).encode()
