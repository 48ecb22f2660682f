"""The README is there for three readers; what it shows and where it leads exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from scripts.store.project import ROOT

from ..conftest import MAKEFILE
from .readme_pictures import FOLDER, FRONTS, HEIGHT, MOST_BYTES, WIDTH, Front

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_three_readers_are_named_in_their_own_language() -> None:
    """Citizens and journalists, then clerks, then developers; the two commands stand in the developers' part."""
    heads = re.findall(r"^## (.*)$", README, re.MULTILINE)
    assert [head.partition("：")[0] for head in heads] == ["群众和记者", "填报和管网站的人", "Developers"]
    assert README.index("## Developers") < README.index("make site") < README.index("### The map of the house")


@pytest.mark.parametrize("target", sorted(each for each in set(re.findall(r"\]\(([^)]+)\)", README)) if not each.startswith("data/")))
def test_what_the_readme_leads_to_exists(target: str) -> None:
    """Links and pictures are files of this project: nothing is fetched from elsewhere.  What stands in data/ is a county's own."""
    assert (ROOT / target).is_file()


@pytest.mark.parametrize("front", FRONTS, ids=lambda front: front.name)
def test_a_picture_is_small_and_described(front: Front) -> None:
    """Of the size that the script makes, with a palette, light enough for a phone, with words for those who cannot see it."""
    path = FOLDER / f"{front.name}.png"
    with Image.open(path) as picture:
        assert (picture.size, picture.mode) == ((WIDTH, HEIGHT), "P")
    assert path.stat().st_size <= MOST_BYTES
    assert re.search(rf"!\[[^\]]{{20,}}\]\({path.relative_to(ROOT)}\)", README)


def test_the_map_names_every_room_and_nothing_else() -> None:
    """The folders of scripts/ and macros/ as they are, each under the one that it stands in."""
    places, above = set[Path](), list[tuple[int, Path]]()
    for line in README[README.index("### The map") :].split("```")[1].splitlines():
        if found := re.match(r"( *)([a-z_]+)/ ", line):
            deep = len(found[1])
            above = [each for each in above if each[0] < deep]
            place = (above[-1][1] if above else ROOT) / found[2]
            above.append((deep, place))
            places.add(place)
    rooms = {each.parent for each in ROOT.glob("scripts/*/__init__.py")} | {
        each.parent for each in ROOT.glob("scripts/ledger/*/__init__.py")
    }
    rooms |= {each for each in (ROOT / "macros").iterdir() if each.is_dir() and each.name != "__pycache__"}
    assert places == rooms | {ROOT / each for each in ("data", "scripts", "macros", "docs", "tests")}


def test_every_make_target_that_the_readme_names_exists() -> None:
    """With a line in `make help`."""
    named = set(re.findall(r"`(?:[A-Z_]+=\S+ )*make ([a-z-]+)`", README))
    assert len(named) > 10 and [name for name in named if not re.search(rf"^{name}:.*## ", MAKEFILE, re.MULTILINE)] == []
