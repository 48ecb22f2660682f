"""How the ledger looks: finished values to HTML.  `define_env` gives the same functions to pages that people write by hand."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """The macros of hand-written pages (front matter: `render_macros: true`).  Each returns one block of finished HTML."""
    from .engine import site_context
    from .pages import handwritten as cards

    def here() -> Any:
        return site_context(env.conf, env.page.url)

    for card in cards.CARDS:
        env.macro(_bound(card, here), card.__name__)


def _bound(card: Any, here: Any) -> Any:
    def macro(*args: Any) -> str:
        """Fill a card for the page that asks."""
        return cards_text(card(here(), *args))

    return macro


def cards_text(html: str) -> str:
    """HTML on one line, so that Markdown takes it for one block."""
    return " ".join(str(html).split())
