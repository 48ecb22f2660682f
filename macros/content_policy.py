"""The content policy of a page: its own files, and just the inline scripts and styles that the templates write.

What else stands in a finished page was put there by something that should not have: it is never signed, and the build stops.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

INLINE = re.compile(r"<(script|style)\b(?![^>]*\ssrc\s*=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>(.*?)</\1\s*>", re.S | re.I)
MARK = "<!--content-policy-->"
FILLED = re.compile(r"\{\{|\{%")


class ForeignCode(Exception):
    """A page holds a script or a style that no template wrote."""


def written_by(templates: Path, filled: Iterable[str]) -> frozenset[str]:
    """The inline scripts and styles that the page's skeleton writes: those that stand in it as they are, and those `filled` in."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(templates.glob("*.html")))
    bodies = {body.strip() for text in texts for _, body in INLINE.findall(text) if not FILLED.search(body)}
    return frozenset(bodies | {each.strip() for each in filled})


def content_policy(html: str, own: frozenset[str]) -> str:
    """The policy of a finished page.  Raises `ForeignCode` where it holds what is not among the templates' `own`."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for tag, body in INLINE.findall(html):
        if body.strip() not in own:
            raise ForeignCode(f"网页里有一段不是模板写的 <{tag.lower()}>：{' '.join(body.split())[:60]}")
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        hashes[tag.lower()].append(f"'sha256-{digest}'")
    scripts, styles = (" ".join(["'self'", *dict.fromkeys(hashes[tag])]) for tag in ("script", "style"))
    return f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"


def with_policy(html: str, own: frozenset[str]) -> str:
    """A page with its content policy in place of the mark.  Raises `ForeignCode`."""
    return html.replace(MARK, f'<meta http-equiv="Content-Security-Policy" content="{content_policy(html, own)}">')
