"""Names that stay: the `tag:` URI of whatever a feed or a calendar speaks of, made from the data alone.

A reader's program knows an entry by its name, so a name must not change when the site moves: the address is no part of it.  The county
and the year keep counties apart; a publisher may put a domain of its own in front (`feed_tag` in site.yml), once and for ever.
"""

from __future__ import annotations

from urllib.parse import quote

from scripts.ledger.model.promise import Ledger

NOBODYS = "livelihood-ledger.invalid,2023"
"""Of a publisher without a domain of its own: `.invalid` is reserved, so it is nobody's and can never become somebody's."""


def tag(ledger: Ledger, county: str, *parts: str) -> str:
    """The name of a thing of a county: `tag:AUTHORITY,YEAR:COUNTY/PART/…`, in ASCII (RFC 4151)."""
    return f"tag:{ledger.settings.feed_tag or NOBODYS}:" + "/".join(quote(part, safe="/") for part in (county, *parts))
