"""The same words the ordinary way: a plain mkdocs-material site with its defaults, its text taken from a site of ours, page by page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import lxml.html

CONFIG = """site_name: peer
site_url: https://peer.example.org/
theme:
  name: material
  language: zh
  font: false
plugins:
  - search:
      lang: zh
      separator: '[\\s\\u200b\\-，。；：、（）“”“”]'
"""
MARKS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- "}
BLOCKS = ("h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "td", "summary", "caption")
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+!|~$])")


def write_peer(site: Path, folder: Path) -> int:
    """Write a source folder for mkdocs from a built site, cards for other people's pages left out; gives the number of pages."""
    pages = sorted(page for page in site.rglob("index.html") if "embed" not in page.relative_to(site).parts)
    for page in pages:
        target = folder / "docs" / page.relative_to(site).with_name("index.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n\n".join(_markdown(page)) + "\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return len(pages)


def _markdown(page: Path) -> Iterator[str]:
    """The blocks of a page's main part that hold no other block."""
    main = lxml.html.fromstring(page.read_text(encoding="utf-8")).get_element_by_id("main")
    for element in main.iter(*BLOCKS):
        words = re.sub(r"\s+", " ", element.text_content()).strip()
        if words and next(element.iterdescendants(*BLOCKS), None) is None:
            yield MARKS.get(element.tag, "") + SPECIAL.sub(r"\\\1", words)


def build_peer(folder: Path, *, extra_path: Path | None = None) -> Path:
    """Build it; gives the folder of the site.  `extra_path`: where jieba is, which material's Chinese search needs and ours does not."""
    path = os.pathsep.join(filter(None, (str(extra_path) if extra_path else "", os.environ.get("PYTHONPATH", ""))))
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "site"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": path}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return folder / "site"
