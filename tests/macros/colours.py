"""Colours as eyes see them: contrast (WCAG 2.2), distance (CIEDE2000), and three ways of seeing fewer colours (Machado, Oliveira, Fernandes 2009).

A colour is `#rrggbb`; linear RGB and Lab are triples, white at D65.  Nothing here knows the ledger but `tones`, which reads its style sheets.
"""

from __future__ import annotations

import re
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

from macros.first_paint import FIRST, VERDICTS
from scripts.store.project import ROOT

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

SIGHTS: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "achromat": ((0.2126, 0.7152, 0.0722),) * 3,
}
"""From linear RGB to linear RGB, severity 1.0; the last keeps the luminance alone."""
TO_XYZ: Matrix = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE: Triple = (0.95047, 1.0, 1.08883)


def tones() -> dict[str, dict[str, str]]:
    """The colours that the style sheets name, in `light` and in `dark`: read from the sheets themselves."""
    css = "".join((ROOT / "docs/assets" / name).read_text(encoding="utf-8") for name in (FIRST, VERDICTS))
    blocks = {
        "light": re.findall(r"^:root\{(.*?)\}", css, re.S | re.M),
        "dark": re.findall(r"prefers-color-scheme:dark\)\{\s*:root\{(.*?)\}", css, re.S),
    }
    named = {look: re.findall(r"--([a-z0-9-]+):(#[0-9a-fA-F]{3,6})\b", "".join(found)) for look, found in blocks.items()}
    return {
        look: {name: value if len(value) == 7 else "#" + "".join(2 * c for c in value[1:]) for name, value in each}
        for look, each in named.items()
    }


def linear(colour: str) -> Triple:
    """The light that a screen gives off for a colour, each channel 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def _times(matrix: Matrix, vector: Triple) -> Triple:
    a, b, c = (sum(x * y for x, y in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    return _times(SIGHTS["achromat"], linear(colour))[0]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, sight: str = "normal") -> Triple:
    """CIELAB of a colour as it is seen; what a screen cannot show is cut off, as simulators do."""
    r, g, b = (min(max(each, 0.0), 1.0) for each in _times(SIGHTS[sight], linear(colour)))
    x, y, z = (_cube_root(each / white) for each, white in zip(_times(TO_XYZ, (r, g, b)), WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube_root(part: float) -> float:
    return part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29


def _hue(a: float, b: float) -> float:
    return degrees(atan2(b, a)) % 360 if a or b else 0.0


def distance(one: Triple, other: Triple) -> float:
    """CIEDE2000 between two Lab triples, step by step as in Sharma, Wu, Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    stretch = 1 + 0.5 * (1 - sqrt(mean**7 / (mean**7 + 25**7)))
    c1, c2 = hypot(a1 * stretch, b1), hypot(a2 * stretch, b2)
    h1, h2 = _hue(a1 * stretch, b1), _hue(a2 * stretch, b2)
    turn = 0.0 if not c1 * c2 else (h2 - h1 + 180) % 360 - 180 if abs(h2 - h1) != 180 else h2 - h1
    light, chroma, hue = l2 - l1, c2 - c1, 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    middle, full = (l1 + l2) / 2, (c1 + c2) / 2
    if not c1 * c2:
        at = h1 + h2
    elif abs(h1 - h2) <= 180:
        at = (h1 + h2) / 2
    else:
        at = (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2
    wave = (
        1 - 0.17 * cos(radians(at - 30)) + 0.24 * cos(radians(2 * at)) + 0.32 * cos(radians(3 * at + 6)) - 0.2 * cos(radians(4 * at - 63))
    )
    turned = -2 * sqrt(full**7 / (full**7 + 25**7)) * sin(radians(60 * exp(-(((at - 275) / 25) ** 2))))
    by_light = light / (1 + 0.015 * (middle - 50) ** 2 / sqrt(20 + (middle - 50) ** 2))
    by_chroma, by_hue = chroma / (1 + 0.045 * full), hue / (1 + 0.015 * full * wave)
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + turned * by_chroma * by_hue)
