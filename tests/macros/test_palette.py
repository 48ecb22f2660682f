"""The five colours stay apart for every eye, and every letter and every line can be seen: computed from the style sheets themselves."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from scripts.ledger.model.rules import COLOURS
from scripts.store.project import ROOT

from .colours import SIGHTS, contrast, distance, lab, tones

LOOKS = ("light", "dark")
LEAST = {"light": 19.7, "dark": 14.4}
"""The palette was chosen for the largest worst distance between two of the five; it may not get worse."""
GREY_LEAST = 15.0
"""An uncoloured badge has the paper's colour and hatching; its nearest colour must still be told from it at a glance."""
SHARMA = """
50 2.6772 -79.7751 50 0 -82.7485 2.0425
50 3.1571 -77.2803 50 0 -82.7485 2.8615
50 2.8361 -74.0200 50 0 -82.7485 3.4412
50 -1.3802 -84.2814 50 0 -82.7485 1.0000
50 -1.1848 -84.8006 50 0 -82.7485 1.0000
50 -0.9009 -85.5211 50 0 -82.7485 1.0000
50 0 0 50 -1 2 2.3669
50 -1 2 50 0 0 2.3669
50 2.4900 -0.0010 50 -2.4900 0.0009 7.1792
50 2.4900 -0.0010 50 -2.4900 0.0010 7.1792
50 2.4900 -0.0010 50 -2.4900 0.0011 7.2195
50 2.4900 -0.0010 50 -2.4900 0.0012 7.2195
50 -0.0010 2.4900 50 0.0009 -2.4900 4.8045
50 -0.0010 2.4900 50 0.0010 -2.4900 4.8045
50 -0.0010 2.4900 50 0.0011 -2.4900 4.7461
50 2.5 0 50 0 -2.5 4.3065
50 2.5 0 73 25 -18 27.1492
50 2.5 0 61 -5 29 22.8977
50 2.5 0 56 -27 -3 31.9030
50 2.5 0 58 24 15 19.4535
50 2.5 0 50 3.1736 0.5854 1.0000
50 2.5 0 50 3.2972 0 1.0000
50 2.5 0 50 1.8634 0.5757 1.0000
50 2.5 0 50 3.2592 0.3350 1.0000
60.2574 -34.0099 36.2677 60.4626 -34.1751 39.4387 1.2644
63.0109 -31.0961 -5.8663 62.8187 -29.7946 -4.0864 1.2630
61.2901 3.7196 -5.3901 61.4292 2.2480 -4.9620 1.8731
35.0831 -44.1164 3.7933 35.0232 -40.0716 1.5901 1.8645
22.7233 20.0904 -46.6940 23.0331 14.9730 -42.5619 2.0373
36.4612 47.8580 18.3852 36.2715 50.5065 21.2231 1.4146
90.8027 -2.0831 1.4410 91.1528 -1.6435 0.0447 1.4441
90.9257 -0.5406 -0.9208 88.6381 -0.8985 -0.7239 1.5381
6.7747 -0.2908 -2.4247 5.8714 -0.0985 -2.2286 0.6377
2.0776 0.0795 -1.1350 0.9033 -0.0636 -0.5514 0.9082
"""
"""The test data of Sharma, Wu and Dalal, The CIEDE2000 color-difference formula (2005), table 1."""


@pytest.mark.parametrize("line", SHARMA.split("\n")[1:-1])
def test_the_distance_is_the_published_one(line: str) -> None:
    """All 34 pairs of the formula's authors, to the fourth place, either way round."""
    l1, a1, b1, l2, a2, b2, published = map(float, line.split())
    assert distance((l1, a1, b1), (l2, a2, b2)) == pytest.approx(published, abs=0.00006)
    assert distance((l2, a2, b2), (l1, a1, b1)) == pytest.approx(published, abs=0.00006)


def test_seeing_fewer_colours_leaves_grey_grey() -> None:
    """Whoever sees fewer colours sees black, grey and white as they are; whoever sees none sees nothing else."""
    for sight in SIGHTS:
        for grey in ("#000000", "#808080", "#ffffff"):
            assert distance(lab(grey), lab(grey, sight)) < 0.1, (sight, grey)
    assert all(abs(part) < 0.1 for colour in tones()["light"].values() for part in lab(colour, "achromat")[1:])


@pytest.mark.parametrize("look", LOOKS)
def test_the_five_colours_stay_apart_for_every_eye_that_sees_colour(look: str) -> None:
    """The worst pair of the five, under four kinds of sight, is as far apart as the palette was chosen to be."""
    tone = tones()[look]
    found = {
        (round(distance(lab(tone[one], sight), lab(tone[other], sight)), 1), sight, one, other)
        for sight in SIGHTS
        if sight != "achromat"
        for one, other in combinations(COLOURS, 2)
    }
    print("\n", look, min(found))
    assert min(found)[0] >= LEAST[look], min(found)


@pytest.mark.parametrize("look", LOOKS)
def test_no_colour_looks_like_none(look: str) -> None:
    """The ground of an uncoloured badge under all sights but the last, where hatching, shape and word tell."""
    tone = tones()[look]
    found = {(round(distance(lab(tone["paper"], s), lab(tone[c], s)), 1), s, c) for s in SIGHTS if s != "achromat" for c in COLOURS}
    print("\n", look, min(found))
    assert min(found)[0] >= GREY_LEAST, min(found)


def test_without_any_colour_some_would_be_taken_for_each_other() -> None:
    """Why each has a shape and a word: to an eye without colour two of the five are nearly the same grey, in light and in dark."""
    for look in LOOKS:
        tone = tones()[look]
        assert min(distance(lab(tone[a], "achromat"), lab(tone[b], "achromat")) for a, b in combinations(COLOURS, 2)) < 10


@pytest.mark.parametrize("look", LOOKS)
def test_every_letter_and_every_line_can_be_seen(look: str) -> None:
    """Text on its ground: at least 4.5, the main text 7.  Borders, beads and rods, and a badge's edge: at least 3 on paper and on a wash."""
    tone = tones()[look]
    for colour, ink in {"blue": "on", "green": "on", "red": "on", "yellow": "on2", "orange": "on2"}.items():
        assert contrast(tone[colour], tone[ink]) >= 4.5, (colour, ink)
    for ink, ground in (("ink2", "paper"), ("ink2", "wash"), ("on-bar", "bar"), ("bar2", "bar")):
        assert contrast(tone[ink], tone[ground]) >= 4.5, (ink, ground)
    for ground in ("paper", "wash"):
        assert contrast(tone["ink"], tone[ground]) >= 7
        assert contrast(tone["edge"], tone[ground]) >= 3, ground
    for colour in COLOURS:
        border = contrast(tone["on2"], tone["paper"])
        assert max(border, contrast(tone[colour], tone["paper"])) >= 3, colour


def test_dark_changes_colours_and_nothing_else() -> None:
    """In every style sheet: what holds only in the dark gives the names of colours other values; so dark moves nothing, and of axe it asks
    contrast alone (tests/browser/test_accessibility.py)."""
    told = 0
    for sheet in sorted((ROOT / "docs/assets").glob("*.css")):
        css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
        blocks = re.findall(r"@media[^{]*color-scheme[^{]*\{(.*?\})\s*\}", css, flags=re.S)
        assert len(blocks) == len(re.findall("@media[^{]*color-scheme", css)), sheet.name
        for block in blocks:
            rules = re.findall(r"([^{}]+)\{([^{}]*)\}", block)
            assert {selector.strip() for selector, _ in rules} == {":root"}, sheet.name
            values = [each.strip() for _, body in rules for each in body.split(";") if each.strip()]
            assert all(re.fullmatch(r"--[a-z0-9-]+:\s*#[0-9a-f]{3,6}", each) for each in values), (sheet.name, values)
            told += len(values)
    assert told > 20
