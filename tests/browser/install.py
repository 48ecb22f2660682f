"""Makes sure that a real Chromium and Chinese fonts are there; says plainly what to do where it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

FONTS = "fonts-noto-cjk"
BROWSERS = ("chromium-headless-shell", "chromium")
"""Debian's packages, the first that there is: the shell is the same engine without windows, which cost more than the pages in them."""
NAMES = (*BROWSERS, "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The path of a Chromium, or None.  CHROMIUM names another one."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Whether some installed font has Chinese characters."""
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False).stdout.strip())


def main() -> int:
    """Install what is missing where that is possible; 1 with one helpful line where it is not."""
    if chromium() and has_chinese_font():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium and Chinese fonts for the browser tests …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)
        known = [
            name for name in BROWSERS if subprocess.run(["apt-cache", "show", name], stderr=subprocess.DEVNULL, **quiet).returncode == 0
        ]
        wanted = [] if chromium() else known[:1] or [BROWSERS[-1]]
        subprocess.run(["apt-get", "install", "-y", "-qq", *wanted, FONTS], check=True, **quiet)
        return 0
    print(
        f"The browser tests need Chromium and Chinese fonts. Run this, then make test again:\n  sudo apt-get install {BROWSERS[-1]} {FONTS}",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
