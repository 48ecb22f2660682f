"""Rules of addresses that moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.problems import Place, Problem
from ..model.redirects import FILE, Redirect, split


def check_redirects(redirects: Mapping[str, Redirect]) -> Iterator[Problem]:
    """Each entry says where to or why, and none leads on to another."""
    for old, redirect in redirects.items():
        at = Place(FILE, (old,))
        if redirect.to is None and redirect.why is None:
            yield Problem(at, "要写 to（搬到了哪里）或 why（为什么没有了）", example="why: 两条写法是同一处，并成一条。")
        elif redirect.to is not None and (redirect.to in redirects or split(redirect.to)[0] in redirects):
            yield Problem(at / "to", "必须一步到现在的网址，不能指向另一个改过的网址", redirect.to)


def misplaced(redirects: Mapping[str, Redirect], pages: set[str]) -> Iterator[Problem]:
    """What does not fit the pages that the site has: `pages` are the paths of the generated ones."""
    for old in redirects:
        page, anchor = split(old)
        if anchor and page in redirects:
            yield Problem(Place(FILE, (old,)), "整页已经写了改到哪里，不必再写页内的锚点；删去这一条", old)
        elif anchor and page not in pages:
            yield Problem(Place(FILE, (old,)), "锚点所在的那一页必须还在；整页没有了，就写那一页的网址", old, example=page)
        elif not anchor and page.removeprefix("embed/") in pages:
            yield Problem(Place(FILE, (old,)), "这一页现在就有，不能同时写成改过的网址；删去这一条", old)
