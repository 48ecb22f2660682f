"""What the preview serves is the site that would be published."""

from __future__ import annotations

import http.client
import itertools
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from scripts.site.preview.server import Site, inside, with_script
from scripts.site.preview.watch import PAUSE, Watch

from .running import PATIENCE, Preview, known, preview

SCRIPT = re.compile(rb'<script src="/_preview/reload\.js\?[0-9a-f]+" defer></script>')

pytestmark = pytest.mark.slow


def test_every_file_is_that_of_the_published_site_and_pages_have_one_script_more(house: Path, shared: Preview, tmp_path: Path) -> None:
    """Byte for byte, over the wire: pages, their policy with them, tables, workbooks, briefs, pictures, checksums.  Nothing of the
    preview is in what `site` makes."""
    out = tmp_path / "site"
    command = [sys.executable, "-m", "scripts", "site", "--data", "data", "--out", str(out)]
    subprocess.run(command, cwd=house, env=known(shared.temporary), check=True, capture_output=True)
    files = [path.relative_to(out).as_posix() for path in sorted(out.rglob("*")) if path.is_file()]
    assert {Path(name).suffix for name in files} >= {".html", ".css", ".js", ".csv", ".xlsx", ".docx", ".json", ".xml", ".png"}
    wrong = []
    for name in files:
        status, body = shared.get(quote(name), PATIENCE)
        served, scripts = SCRIPT.subn(b"", body)
        if (status, served, scripts) != (200, (out / name).read_bytes(), int(name.endswith(".html"))):
            wrong.append(name)
    assert wrong == [] and not [name for name in files if b"_preview" in (out / name).read_bytes()]


def test_addresses_answer_as_a_web_server_answers(shared: Preview) -> None:
    """A folder by its page, without its stroke by a redirect; what is not there by the site's own page for it, as what it is."""
    assert shared.get("guide/") == shared.get("guide/index.html")
    host = urlsplit(shared.address)
    asked = http.client.HTTPConnection(host.hostname or "", host.port, timeout=PATIENCE)
    asked.request("GET", "/2023/tasks/07")
    answer = asked.getresponse()
    assert (answer.status, answer.getheader("Location")) == (302, "/2023/tasks/07/")
    status, body = shared.get("no/such/page/", PATIENCE)
    assert status == 404 and "没有这一页" in body.decode() and SCRIPT.search(body)


@pytest.mark.parametrize("path", ["../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "assets/..%2f..%2f..%2fetc/passwd", "%00"])
def test_nothing_outside_the_site_is_served(path: str, shared: Preview) -> None:
    """Whatever the address says."""
    host = urlsplit(shared.address)
    asked = http.client.HTTPConnection(host.hostname or "", host.port, timeout=PATIENCE)
    asked.request("GET", f"/{path}")
    body = asked.getresponse().read()
    assert b"root:" not in body and inside(Path("/site"), path).is_relative_to("/site")


def test_a_county_elsewhere_under_an_address_with_a_path(house: Path, browser: Browser, tmp_path: Path) -> None:
    """DATA and BASE_URL mean what they mean for `site`; the page for missing addresses leads home all the same."""
    (tmp_path / "county").symlink_to(house / "data")
    with preview(house, tmp_path / "tmp", DATA=str(tmp_path / "county"), BASE_URL="https://example.org/ledger/") as running:
        assert b'"https://example.org/ledger/"' in running.until("", 200)
        page = browser.new_page()
        page.goto(f"{running.address}nothing/at/all/")
        page.locator("#home[href='/']").click(timeout=PATIENCE * 1000)
        expect(page).to_have_url(running.address)
        page.close()


def test_a_page_without_an_end_gets_the_script_at_its_end() -> None:
    """Else it would never be loaded again."""
    assert with_script(b"<p>", "1") == b'<p><script src="/_preview/reload.js?1" defer></script>'
    assert with_script(b"</body></body>x", "1").count(b"<script") == 1
    assert Site(Path(), "1", True) != Site(Path(), "2", True)


# ---------------------------------------------------------------- what counts as saved


def test_what_editors_leave_for_themselves_is_no_change(tmp_path: Path) -> None:
    """Swap files, lock files, git's own, Python's."""
    watch = Watch((tmp_path,))
    before = watch.stamps()
    for name in (".07.yml.swp", ".#07.yml", ".git/index", "__pycache__/x.pyc", ".~lock.07.xlsx#"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert watch.stamps() == before


def test_every_other_change_is_one(tmp_path: Path) -> None:
    """New words of the same length, a file put in another's place with its time, a new folder, one removed; links in a circle end."""
    file, watch = tmp_path / "a.yml", Watch((tmp_path, tmp_path / "not there"))
    (tmp_path / "circle").symlink_to(tmp_path)
    seen = [watch.stamps()]
    for change in (
        lambda: file.write_text("1", encoding="utf-8"),
        lambda: file.write_text("2", encoding="utf-8"),
        lambda: (tmp_path / "reports").mkdir(),
        lambda: file.rename(tmp_path / "b.yml"),
        lambda: (tmp_path / "b.yml").unlink(),
    ):
        change()
        seen.append(watch.stamps())
    assert all(one != other for one, other in itertools.pairwise(seen))


def test_a_change_is_told_when_it_has_come_to_rest(tmp_path: Path) -> None:
    """An editor that moves a file away and writes a new one has changed one file, not removed it."""
    file, watch = tmp_path / "a.yml", Watch((tmp_path,))
    file.write_text("1", encoding="utf-8")
    steps = iter((lambda: file.rename(tmp_path / "a.yml~"), lambda: file.write_text("2", encoding="utf-8"), (tmp_path / "a.yml~").unlink))
    looks: list[int] = []

    def stamps(self: Watch) -> dict[str, tuple[int, int, int]]:
        looks.append(1)
        next(steps, lambda: None)()
        return dict(Watch.stamps(self))

    class Watched(Watch):
        pass

    Watched.stamps = stamps  # type: ignore[method-assign]
    _, changed = Watched((tmp_path,)).next_change(watch.stamps(), lambda: None)
    assert changed == {str(file)} and len(looks) > 3 and PAUSE < 0.5
