"""An address that was given out answers for ever: the committed list, the build that holds to it, what stands at an old address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest
import yaml

from scripts import permalinks
from scripts.build import ROOT, BuildFailed, build_site
from scripts.ledger.redirects import Redirect, check_redirects, misplaced
from scripts.load import load
from scripts.yamltext import Unreadable

from .conftest import AS_OF, BASE_URL, DATA, plant

HEAD = permalinks.head_line(AS_OF)


def _slug_of(folder: Path) -> str:
    """A place of the small county."""
    return next(iter(load(folder).ledger.current.sites))  # type: ignore[union-attr]


def _rename(folder: Path, plan: str, old: str, new: str) -> None:
    places = folder / "plans" / plan / "places.yml"
    text = places.read_text(encoding="utf-8")
    assert text.count(f"{old}:\n") == 1
    places.write_text(text.replace(f"{old}:\n", f"{new}:\n"), encoding="utf-8")


# ---------------------------------------------------------------- the real site


def test_the_real_site_answers_at_every_address_of_its_list(site: Path) -> None:
    """The list is there, long, and holds; what the site has and the list has not is none."""
    links = permalinks.lists(DATA)["2023"]
    assert len(links.addresses) > 1500 and {"2023/tasks/24/#2023-09", "2023/tasks/24/#2-1", "2023/source/#item-24"} <= links.addresses
    assert permalinks.unanswered([links], site, AS_OF) == []
    new = permalinks.of_site(site, "2023", AS_OF).addresses - links.addresses
    assert not new, f"run `make permalinks`: {sorted(new)[:5]}"


@pytest.mark.parametrize("gone", ["2023/tasks/99/", "2023/tasks/24/#9-9", "embed/2023/places/nowhere/"])
def test_an_address_that_is_gone_is_named(site: Path, gone: str) -> None:
    """A page, an anchor, a card for other people's pages; the message says how to mend it."""
    page, _, anchor = gone.partition("#")
    links = permalinks.Permalinks(AS_OF, {page: frozenset([anchor] if anchor else [])})
    assert permalinks.unanswered([links], site, AS_OF) == [gone]
    said = permalinks.words([gone])
    assert gone in said and "redirects.yml" in said and "编号改回" in said
    assert set(yaml.safe_load(said[said.index('  "') :])) == {gone}


def test_a_site_of_an_earlier_day_is_not_held_to_a_later_list(site: Path) -> None:
    """Addresses that came with later reports are not there yet on an earlier day."""
    links = permalinks.Permalinks(AS_OF, {"2023/later/": frozenset()})
    assert permalinks.unanswered([links], site, AS_OF.replace(year=2023)) == []


# ---------------------------------------------------------------- the list as a file


def test_a_list_is_read_as_it_was_written_and_never_loses_an_address() -> None:
    old = permalinks.Permalinks(AS_OF, {"2023/a/": frozenset(["10-1", "2-1"]), "2023/gone/": frozenset()})
    new = permalinks.Permalinks(AS_OF.replace(year=2025), {"2023/a/": frozenset(["3-1"]), "2023/b/": frozenset()})
    whole = permalinks.merged(old, new)
    assert permalinks.text(whole) == f"{HEAD}\n2023/a/ #2-1 #3-1 #10-1\n2023/b/\n2023/gone/\n"
    assert permalinks.parse(permalinks.text(whole).encode()) == whole


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
    ],
)
def test_a_spoilt_list_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable) as told:
        permalinks.parse(text.encode())
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
    """The verb writes the list; a renamed place stops the build by its old addresses; redirects let it through and answer at each,
    with a visible link, kept out of search engines; the verb then adds the new addresses and keeps the old."""
    folder = plant(tmp_path / "small")
    plan, old, new = load(folder).ledger.current.id, _slug_of(folder), "new-name"  # type: ignore[union-attr]
    file = folder / "plans" / plan / permalinks.LIST
    _verb(folder)
    first = permalinks.parse(file.read_bytes())
    assert f"{plan}/places/{old}/" in first.pages and load(folder).ledger is not None

    _rename(folder, plan, old, new)
    with pytest.raises(BuildFailed) as told:
        build_site(folder, tmp_path / "site", AS_OF, BASE_URL)
    assert f"  {plan}/places/{old}/\n" in str(told.value) and "redirects.yml" in str(told.value) and not (tmp_path / "site").exists()

    lost = [each for each in sorted(first.addresses) if old in each and not each.startswith(f"{plan}/places/{old}/#")]
    lost = [each for each in lost if "#" not in each or f"/{old}/" not in each]
    moved = {each: {"to": each.replace(old, new), "why": "改了写法。"} for each in lost}
    moved[f"{plan}/units/gone/"] = {"why": "这个单位撤销了。"}
    (folder / "redirects.yml").write_text(yaml.safe_dump(moved, allow_unicode=True), encoding="utf-8")
    out = build_site(folder, tmp_path / "site", AS_OF, BASE_URL).out
    page = lxml.html.parse(str(out / plan / "places" / old / "index.html")).getroot()
    assert f"../{new}/" in page.xpath("//*[@id='moved']//a/@href") and "改了写法。" in page.text_content()
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    gone = lxml.html.parse(str(out / plan / "units" / "gone" / "index.html")).getroot().text_content()
    assert "这一页没有了" in gone and "这个单位撤销了。" in gone and "这个网址换了" not in gone
    for address in (each for each in lost if "#" in each):
        where, _, anchor = address.partition("#")
        [line] = lxml.html.parse(str(out / where / "index.html")).getroot().xpath("//li[@id=$a]", a=anchor)
        assert line.xpath(".//a/@href") == [f"#{anchor.replace(old, new)}"]

    second = permalinks.merged(first, permalinks.of_site(out, plan, AS_OF))
    assert first.addresses < second.addresses and f"{plan}/places/{new}/" in second.pages


def _verb(folder: Path) -> None:
    """`python -m scripts permalinks`, as a person runs it."""
    command = [sys.executable, "-m", "scripts", "permalinks", "--data", str(folder), "--as-of", AS_OF.isoformat(), "--base-url", BASE_URL]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "新增" in done.stdout


# ---------------------------------------------------------------- citing the programs


def test_the_programs_say_how_they_are_cited() -> None:
    """CITATION.cff has what CFF 1.2.0 requires and nothing that could be untrue: no version, no date, no address."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cff["cff-version"] == "1.2.0" and cff["type"] == "software" and cff["license"] == "MIT"
    assert cff["title"] and cff["message"] and cff["abstract"] and all(author["name"] for author in cff["authors"])
    assert not {"version", "date-released", "doi", "url", "repository-code"} & set(cff)
