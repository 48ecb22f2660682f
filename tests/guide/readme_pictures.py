"""The two pictures of the README: the real home page, and the fictional county's in the middle of its year.  `make readme-pictures`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.store.project import ROOT

from ..browser.install import chromium
from ..conftest import DATA, FLAGS, SAMPLE
from .pictures import opened, save

FOLDER = ROOT / ".github/pictures"
"""Beside the site, not in it: only the README shows them."""
WIDTH, HEIGHT = 1120, 1180
MOST_BYTES = 60_000


@dataclass(frozen=True)
class Front:
    """`name` of the file; the data folder whose home page it shows; the day judged, empty for today."""

    name: str
    data: Path
    as_of: str = ""


FRONTS = (Front("home", DATA), Front("demo", SAMPLE, "2023-08-11"))


def main() -> int:
    """Take both."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for front in FRONTS:
            site = _built(front, Path(folder) / front.name)
            with opened(browser, site, "", WIDTH) as page:
                page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
                save(page.screenshot(), FOLDER / f"{front.name}.png")
            print(f"{front.name}.png", (FOLDER / f"{front.name}.png").stat().st_size)
        browser.close()
    return 0


def _built(front: Front, site: Path) -> Path:
    wishes = {"DATA": str(front.data), "OUT": str(site)} | ({"AS_OF": front.as_of} if front.as_of else {})
    subprocess.run([sys.executable, "-m", "scripts", "site"], cwd=ROOT, env=os.environ | wishes, check=True, capture_output=True)
    return site


if __name__ == "__main__":
    sys.exit(main())
