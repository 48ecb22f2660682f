"""What the site is built with is pinned, can be looked up, and is listed for whoever takes a release."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from scripts.store.project import ROOT

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = {
    "requirements.lock": PROJECT["project"]["dependencies"],
    "requirements-test.lock": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"],
    "requirements-audit.lock": PROJECT["dependency-groups"]["audit"],
}


def pins(lock: str) -> dict[str, str]:
    """Every package of a lock file, with its version."""
    return dict(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def test_every_lock_file_is_known() -> None:
    """A fourth one comes with what it pins."""
    assert {path.name for path in ROOT.glob("requirements*.lock")} == set(WANTED)


@pytest.mark.parametrize("lock", WANTED)
def test_what_is_asked_for_is_pinned_by_hash(lock: str) -> None:
    """`make lock` was run after the last change: each name is there, at the version asked for, and no pin is without a hash."""
    found = pins(lock)
    for wanted in WANTED[lock]:
        name, _, version = wanted.partition("==")
        assert found[name.lower()] == version or not version, f"{wanted}: run make lock"
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [each for each in entries if PIN.match(each) and "--hash=sha256:" not in each] == []


@pytest.mark.slow
def test_the_list_of_parts_names_every_part(tmp_path: Path) -> None:
    """`make sbom`: CycloneDX, every pinned package of the site with version and checksums, the same bytes each time, nothing of this machine."""
    made = []
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    for name in ("one", "two"):
        command = ["make", "-s", f"AUDIT={ROOT / '.cache/audit'}", f"SBOM={tmp_path / name}", "sbom"]
        subprocess.run(command, cwd=ROOT, env=clean, check=True, capture_output=True)
        made.append((tmp_path / name).read_text(encoding="utf-8"))
    assert made[0] == made[1] and str(ROOT) not in made[0] and str(Path.home()) not in made[0]
    bom = json.loads(made[0])
    assert (bom["bomFormat"], bom["metadata"]["component"]["name"]) == ("CycloneDX", PROJECT["project"]["name"])
    assert {each["name"]: each["version"] for each in bom["components"]} == pins("requirements.lock")
    assert all(each["purl"] and each["externalReferences"][0]["hashes"] for each in bom["components"])
