"""The pictures of the handbook: what a page's reader would see after doing what it says.  `make guide-pictures` makes them anew.

Each page of the handbook is lived through in an office of its own, a site is built there, and a part of one of its pages is taken.
"""

from __future__ import annotations

import functools
import io
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.store.project import ROOT

from ..browser.install import chromium
from ..conftest import FLAGS, Quiet
from .office import environment, live, open_office

GUIDE = ROOT / "docs/guide"
COLOURS = 32
"""Enough for ink, paper and five colours with soft edges; keeps a picture at some 20 KB."""


@dataclass(frozen=True)
class Picture:
    """`name` of the file; the handbook page lived before; the site's page, the part of it that is taken, and the day judged."""

    name: str
    lived: str
    page: str
    part: str
    as_of: str = "2023-12-05"
    width: int = 720


PICTURES = (
    Picture("correct", "correct.md", "2023/tasks/02/", "#changes"),
    Picture("revise", "revise.md", "2023/tasks/11/", ".hero"),
    Picture("problem", "problem.md", "2023/tasks/15/", '.trouble:has-text("P-20")'),
    Picture("brief", "brief.md", "2023/checkpoints/2023-09/", ".hero", "2023-10-12"),
)


def main() -> int:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        start = open_office(Path(folder) / "start")
        for picture in PICTURES:
            office = Path(shutil.copytree(start, Path(folder) / picture.name / "ledger", symlinks=True))
            wrong = live((GUIDE / picture.lived).read_text(encoding="utf-8"), office)
            assert wrong == [], wrong
            built = subprocess.run(
                [sys.executable, "-m", "scripts", "site"],
                cwd=office,
                env=environment() | {"AS_OF": picture.as_of},
                capture_output=True,
                check=False,
            )
            assert built.returncode == 0, built.stdout.decode() + built.stderr.decode()
            _take(browser, office / "site", picture)
            print(f"{picture.name}.png", (GUIDE / "img" / f"{picture.name}.png").stat().st_size)
        browser.close()
    return 0


def _take(browser: Browser, site: Path, picture: Picture) -> None:
    with opened(browser, site, picture.page, picture.width) as page:
        box = page.locator(picture.part).first.bounding_box()
        assert box is not None
        clip = {"x": 0, "y": box["y"] - 8, "width": picture.width, "height": min(box["height"] + 16, 900)}
        save(page.screenshot(clip=clip, full_page=True), GUIDE / "img" / f"{picture.name}.png")  # type: ignore[arg-type]


@contextmanager
def opened(browser: Browser, site: Path, address: str, width: int) -> Iterator[Page]:
    """A page of a built site in a window of that width."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page(viewport={"width": width, "height": 1000}, device_scale_factor=1)
    page.goto(f"http://127.0.0.1:{server.server_port}/{address}")
    yield page
    page.close()
    server.shutdown()


def save(shot: bytes, to: Path) -> None:
    """A screenshot as a small picture, its folder made."""
    to.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        to, optimize=True
    )


if __name__ == "__main__":
    sys.exit(main())
