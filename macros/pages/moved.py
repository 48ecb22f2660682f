"""What answers at an address that moved: a page of its own, or a line on the page that lost an anchor."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.model.redirects import split

from ..context import Context
from ..render import render


def moved(context: Context, key: str) -> Markup:
    """The page at an old address: where it went, or why it is gone.  `key`: the old address."""
    return render("pages/moved.html.j2", c=context, old=key, redirect=context.ledger.redirects[key])


def moved_anchors(context: Context) -> Markup:
    """The old anchors of the page here, each with its line; empty where there are none."""
    found = [(split(old)[1], each) for old, each in context.ledger.redirects.items() if split(old)[0] == context.here and "#" in old]
    return render("pages/moved_anchors.html.j2", c=context, found=found) if found else Markup()
