"""The share cards as files of the site, drawn anew only where what they say has changed, with the licence of their typeface."""

from __future__ import annotations

from scripts.exports.cards.card import Card
from scripts.exports.cards.picture import draw, picture_key, stamped
from scripts.exports.cards.typeface import licence
from scripts.store.picture_cache import CardCache
from scripts.store.stamp import Stamp

from ..context import Context
from .share_card import FOLDER, cards

LICENCE = f"{FOLDER}OFL.txt"


def card_files(contexts: list[Context], cache: CardCache, stamp: Stamp) -> dict[str, bytes]:
    """Path → bytes for the cards of all plans, the build's stamp inside each picture."""
    found = {LICENCE: licence()}
    for context in contexts:
        found |= {path: stamped(_picture(card, cache), f"民生台账 {stamp.sentence}") for path, card in cards(context).items()}
    cache.prune()
    return found


def _picture(card: Card, cache: CardCache) -> bytes:
    return cache.picture(picture_key(card), lambda: draw(card))
