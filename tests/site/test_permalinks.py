"""An address that was given out answers for ever: the committed list, the build that holds to it, what stands at an old address."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
import yaml

from scripts.ledger.checks.redirect_rules import check_redirects, misplaced
from scripts.ledger.model.redirects import Redirect
from scripts.site import permalinks
from scripts.site.build import build_site
from scripts.store import address_lists
from scripts.store.load import load
from scripts.store.project import ROOT
from scripts.store.yaml_reader import Unreadable

from ..conftest import AS_OF, BASE_URL, plant

HEAD = address_lists.head_line(AS_OF)


def _slug_of(folder: Path) -> str:
    """A place of the small county."""
    return next(iter(load(folder).ledger.current.sites))  # type: ignore[union-attr]


def _rename(folder: Path, plan: str, old: str, new: str) -> None:
    places = folder / "plans" / plan / "places.yml"
    text = places.read_text(encoding="utf-8")
    assert text.count(f"{old}:\n") == 1
    places.write_text(text.replace(f"{old}:\n", f"{new}:\n"), encoding="utf-8")


# ---------------------------------------------------------------- the list as a file


def test_a_list_is_read_as_it_was_written_and_never_loses_an_address() -> None:
    old = permalinks.Permalinks(
        AS_OF, {"2023/a/": frozenset(["10-1", "2-1"]), "2023/gone/": frozenset()}, frozenset(["data/2023/gone.csv"])
    )
    new = permalinks.Permalinks(
        AS_OF.replace(year=2025), {"2023/a/": frozenset(["3-1"]), "data/": frozenset()}, frozenset(["feeds/all.xml"])
    )
    whole = address_lists.merged(old, new)
    pages = "2023/a/ #2-1 #3-1 #10-1\n2023/gone/\ndata/\n"
    assert address_lists.text(whole) == f"{HEAD}\n{pages}{address_lists.FILES}\ndata/2023/gone.csv\nfeeds/all.xml\n"
    assert address_lists.parse(address_lists.text(whole).encode()) == whole


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2023/a/\n", 1),
        (HEAD.replace("-11-", "-13-") + "\n", 1),
        (f"{HEAD}\n2023/a\n", 2),
        (f"{HEAD}\n../a/\n", 2),
        (f"{HEAD}\n2023/a/ 2-1\n", 2),
        (f"{HEAD}\n2023/a/\n2023/a/\n", 3),
        (f"{HEAD}\n\n", 2),
        (f"{HEAD}\n2023/a/\n{address_lists.FILES}\n2023/b/\n", 4),
        (f"{HEAD}\n{address_lists.FILES}\ndata/a.csv\ndata/a.csv\n", 4),
        (f"{HEAD}\n{address_lists.FILES}\n../a.csv\n", 3),
        (f"{HEAD}\ndata/2023/a.csv\n", 2),
    ],
)
def test_a_spoilt_list_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable) as told:
        address_lists.parse(text.encode())
    assert told.value.line == line


# ---------------------------------------------------------------- redirects


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("2023/a/: {}\n", "to（搬到了哪里）或 why"),
        ("2023/a/: {to: 2023/b/}\n2023/b/: {to: 2023/c/}\n", "一步到现在的网址"),
        ("2023/a: {to: 2023/b/}\n", "以 / 结尾"),
        ("https://example.org/2023/: {to: 2023/b/}\n", "以 / 结尾"),
        ("2023/../a/: {to: 2023/b/}\n", "以 / 结尾"),
        ("2023/a/: {to: https://example.org/}\n", "以 / 结尾"),
        ("2023/a/: {to: //example.org/}\n", "以 / 结尾"),
        ("2023/a/: {why: <b>没有了</b>}\n", "不能含"),
        ("2023/a/: {when: 2023-05-31}\n", "when"),
    ],
)
def test_a_wrong_redirect_is_refused_where_it_stands(small: Path, text: str, must: str) -> None:
    (small / "redirects.yml").write_text(text, encoding="utf-8")
    loaded = load(small)
    assert loaded.ledger is None
    assert any("redirects.yml:1" in message and must in message for message in loaded.messages()), loaded.messages()


def test_a_redirect_hides_no_page() -> None:
    """A page that is there, a card that is there, an anchor without its page, an anchor of a page that moved: all refused."""
    redirect = Redirect(why="没有了。")
    olds = ["2023/a/", "embed/2023/a/", "2023/none/#x", "2023/moved/", "2023/moved/#x", "2023/b/#x"]
    redirects = dict.fromkeys(olds, redirect)
    assert [problem.at.path for problem in misplaced(redirects, {"2023/a/", "2023/b/"})] == [(old,) for old in (*olds[:3], olds[4])]
    assert not list(check_redirects(redirects))


# ---------------------------------------------------------------- a whole county


@pytest.mark.slow
def test_a_renamed_place_fails_the_build_until_the_old_address_answers(tmp_path: Path) -> None:
    """A renamed place stops the build by its old addresses and leaves the list alone; redirects let it through and answer at each, with
    a visible link, kept out of search engines; the verb then adds the new addresses and keeps the old."""
    folder = plant(tmp_path / "small")
    current = load(folder).ledger.current  # type: ignore[union-attr]
    plan, old, new = current.id, _slug_of(folder), "new-name"
    task = current.sites[old].tasks[0]
    page, anchor = f"{plan}/places/{old}/", f"{plan}/tasks/{task:02}/#line-{old}-{task}"
    file = folder / "plans" / plan / address_lists.LIST
    where, _, mark = anchor.partition("#")
    first = permalinks.Permalinks(AS_OF, {page: frozenset(["cite"]), f"embed/{page}": frozenset(), where: frozenset([mark])})
    file.write_text(address_lists.text(first), encoding="utf-8")
    table, feed = f"data/{plan}/tasks.csv", "feeds/all.xml"

    _rename(folder, plan, old, new)
    code, said = _verb(folder)
    assert code == 1 and file.read_text(encoding="utf-8") == address_lists.text(first)
    assert all(f"  {each}\n" in said for each in (page, f"embed/{page}", anchor)) and "redirects.yml" in said

    moved = {each: {"to": each.replace(old, new), "why": "改了写法。"} for each in (page, f"embed/{page}", anchor)}
    moved[f"{plan}/units/gone/"] = {"why": "这个单位取消了。"}
    moved["notes/"] = {"to": "data/", "why": "并到数据下载。"}
    (folder / "redirects.yml").write_text(yaml.safe_dump(moved, allow_unicode=True), encoding="utf-8")
    out = build_site(folder, tmp_path / "site", AS_OF, BASE_URL).out
    told = _page(out, page)
    assert f"../{new}/" in told.xpath("//*[@id='moved']//a/@href") and "改了写法。" in told.text_content()
    assert told.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "../data/" in _page(out, "notes/").xpath("//*[@id='moved']//a/@href")
    gone = _page(out, f"{plan}/units/gone/").text_content()
    assert "这一页没有了" in gone and "这个单位取消了。" in gone and "这个网址换了" not in gone
    [line] = _page(out, where).xpath("//li[@id=$mark]", mark=mark)
    assert line.xpath(".//a/@href") == [f"#{mark.replace(old, new)}"]

    code, said = _verb(folder)
    second = address_lists.parse(file.read_bytes())
    assert code == 0 and f"新增{len(second.addresses) - len(first.addresses)}个网址" in said
    assert first.addresses < second.addresses and f"{plan}/places/{new}/" in second.pages
    assert {table, feed, f"api/v1/{plan}/tasks/T01.json", "SHA256SUMS", "manifest.json"} <= second.files and "data/" in second.pages
    assert not [name for name in second.files if name.startswith(("assets/", "api/v1/tasks/")) or name.endswith((".ics", ".html"))]

    lost = replace(second, files=second.files | {f"data/{plan}/lost.csv"})
    file.write_text(address_lists.text(lost), encoding="utf-8")
    code, said = _verb(folder)
    assert code == 1 and f"  data/{plan}/lost.csv\n" in said and "放回原来的地方" in said and "redirects.yml" not in said


def _page(out: Path, path: str) -> lxml.html.HtmlElement:
    return lxml.html.parse(str(out / path / "index.html")).getroot()


def _verb(folder: Path) -> tuple[int, str]:
    """`python -m scripts permalinks`, as a person runs it: its exit code and what it prints."""
    command = [sys.executable, "-m", "scripts", "permalinks", "--data", str(folder), "--as-of", AS_OF.isoformat(), "--base-url", BASE_URL]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout


# ---------------------------------------------------------------- citing the programs


def test_the_programs_say_how_they_are_cited() -> None:
    """CITATION.cff has what CFF 1.2.0 requires and nothing that could be untrue: no address; version and day are the release's (tests/cli/test_release.py)."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cff["cff-version"] == "1.2.0" and cff["type"] == "software" and cff["license"] == "MIT"
    assert cff["title"] and cff["message"] and cff["abstract"] and all(author["name"] for author in cff["authors"])
    assert not {"doi", "url", "repository-code"} & set(cff)
