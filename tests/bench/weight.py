"""What a page weighs on the first visit, counted on disk: itself and every file that it names for the browser to fetch."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html

PACKED = {".png", ".jpg", ".webp", ".woff2", ".ico"}
"""Kinds of files that a server sends as they are; all others it sends packed."""

NAMED = (("link", "href"), ("script", "src"), ("img", "src"), ("source", "srcset"), ("iframe", "src"), ("object", "data"))
FETCHED = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


def files_of(site: Path, path: str) -> list[Path]:
    """The page and all that a browser fetches with it."""
    page = site / path / "index.html"
    root = lxml.html.fromstring(page.read_text(encoding="utf-8"))
    found = [page]
    for tag, attribute in NAMED:
        for element in root.iter(tag):
            wanted = element.get(attribute)
            if wanted and (tag != "link" or FETCHED & set((element.get("rel") or "").split())) and not wanted.startswith("data:"):
                address = urlsplit(urljoin(f"https://here/{path}", wanted))
                if address.netloc != "here":
                    raise ValueError(f"{path} fetches {wanted} from elsewhere")
                found.append(site / unquote(address.path).lstrip("/"))
    return list(dict.fromkeys(found))


def sent(file: Path) -> int:
    """Bytes on the way, as a server with gzip sends them (level 6, as most do)."""
    content = file.read_bytes()
    return len(content) if file.suffix in PACKED else len(gzip.compress(content, 6, mtime=0))


def weight(site: Path, path: str) -> tuple[int, int]:
    """Bytes and requests of a first visit."""
    found = files_of(site, path)
    return sum(map(sent, found)), len(found)
