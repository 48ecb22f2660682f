"""What a message about addresses offers is done here, word for word, and works: lost addresses, redirects, the list itself, the folder of a site."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from scripts.ledger.checks.redirect_rules import check_redirects, misplaced
from scripts.ledger.model.permalinks import Permalinks
from scripts.ledger.model.redirects import Redirect
from scripts.site import permalinks
from scripts.site.build import BuildFailed, build_site, refuse_strangers
from scripts.site.built_site import read_site
from scripts.store import address_lists
from scripts.store.load import load
from scripts.store.yaml_reader import Unreadable

from ..conftest import AS_OF, BASE_URL

PLAN = "2031"
LOST = {
    f"{PLAN}/places/gone/": frozenset(["cite"]),
    f"embed/{PLAN}/places/gone/": frozenset[str](),
    f"{PLAN}/tasks/01/": frozenset(["9-9"]),
    "method/": frozenset(["gone"]),
    "notes/": frozenset[str](),
}
"""A page, its card, an anchor of a generated page, one of a page written by hand, a page of no year."""


def _told(data: Path, out: Path) -> str:
    with pytest.raises(BuildFailed) as failed:
        build_site(data, out, AS_OF, BASE_URL)
    return str(failed.value)


@pytest.mark.slow
def test_the_lines_that_are_offered_for_lost_addresses_make_them_answer(small: Path, tmp_path: Path) -> None:
    """Copied as printed into redirects.yml, they load, the site is built, each address answers, and the list has not been touched.  A file
    can only come back: the message says that too, and asks for no redirect of it."""
    given = Permalinks(AS_OF, LOST, frozenset([f"data/{PLAN}/gone.csv"]))
    file = small / "plans" / PLAN / address_lists.LIST
    file.write_text(address_lists.text(given), encoding="utf-8")
    told = _told(small, tmp_path / "site")
    assert "permalinks.txt 不动" in told and "文件没有办法转向，只能放回原处" in told
    lines = told.partition("再改 to 和 why：\n")[2]
    assert set(yaml.safe_load(lines)) == {
        f"{PLAN}/places/gone/",
        f"embed/{PLAN}/places/gone/",
        f"{PLAN}/tasks/01/#9-9",
        "method/#gone",
        "notes/",
    }
    (small / "redirects.yml").write_text(lines, encoding="utf-8")
    told = _told(small, tmp_path / "site")
    assert (
        f"有1个给出过的网址没有回音（在 plans/…/permalinks.txt 上的，别人可能已经引用，必须一直打得开）：\n  data/{PLAN}/gone.csv\n" in told
    )
    assert "redirects.yml" not in told and "放回原来的地方" in told
    file.write_text(address_lists.text(replace(given, files=frozenset())), encoding="utf-8")
    site = read_site(build_site(small, tmp_path / "site", AS_OF, BASE_URL).out)
    assert permalinks.unanswered([given], site, AS_OF) == [f"data/{PLAN}/gone.csv"]
    assert "gone" in site.pages["method/index.html"].ids and "moved" not in site.pages["method/index.html"].ids


def test_a_page_that_people_wrote_is_not_hidden_by_a_redirect() -> None:
    """Written by hand or made from data: a page that is there cannot be said to have moved."""
    entry = {"method/": Redirect(why="没有了。")}
    assert [problem.at.path for problem in misplaced(entry, {"method/"})] == [("method/",)]


PAGES = {"2031/places/", "2031/tasks/01/"}
REFUSED = {
    "neither where to nor why": ("2031/gone/: {}", "2031/gone/: {why: 两条写法是同一处，并成一条。}"),
    "in two steps": (
        "2031/a/: {to: 2031/b/}\n2031/b/: {to: 2031/places/}",
        "2031/a/: {to: 2031/places/}\n2031/b/: {to: 2031/places/}",
    ),
    "an anchor of a page that moved": ("2031/a/: {why: 没有了。}\n2031/a/#x: {why: 没有了。}", "2031/a/: {why: 没有了。}"),
    "an anchor of a page that is gone": ("2031/a/#x: {why: 没有了。}", "2031/a/: {why: 没有了。}"),
    "a page that is there": ("2031/tasks/01/: {why: 没有了。}", "{}"),
}
"""What is refused, and the same as the message says to write it."""


@pytest.mark.parametrize(("wrong", "right"), REFUSED.values(), ids=REFUSED)
def test_a_redirect_that_is_refused_is_taken_once_it_is_as_the_message_says(wrong: str, right: str) -> None:
    """Each refusal says what to write or to leave out; written so, nothing is said any more."""
    found = _said(wrong)
    assert found and all(re.search("要写|必须|删去这一条|就写那一页", each) for each in found), found
    assert _said(right) == []


def _said(text: str) -> list[str]:
    entries = {old: Redirect(**each) for old, each in (yaml.safe_load(text) or {}).items()}
    return [problem.must for problem in (*check_redirects(entries), *misplaced(entries, PAGES))]


def test_a_list_with_a_spoilt_first_line_is_read_again_with_the_line_that_is_offered(small: Path) -> None:
    file = small / "plans" / PLAN / address_lists.LIST
    file.write_text("2031/tasks/01/\n", encoding="utf-8")
    with pytest.raises(Unreadable) as told:
        address_lists.parse(file.read_bytes())
    assert told.value.example
    file.write_text(f"{told.value.example}\n2031/tasks/01/\n", encoding="utf-8")
    assert set(address_lists.parse(file.read_bytes()).pages) == {"2031/tasks/01/"}
    assert load(small).ledger is not None


def test_another_folder_is_taken_where_one_that_is_not_a_site_was_refused(tmp_path: Path) -> None:
    """As the message says: a new one, or an empty one."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/one.txt").write_text("a", encoding="utf-8")
    with pytest.raises(BuildFailed, match="请换一个新的或空的文件夹"):
        refuse_strangers(tmp_path / "letters")
    (tmp_path / "empty").mkdir()
    refuse_strangers(tmp_path / "empty")
    refuse_strangers(tmp_path / "new")
