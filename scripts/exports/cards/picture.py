"""A share card drawn: ink on paper, a rod with its beads, colour only for a verdict.  A PNG of sixteen colours, always the same bytes.

Beads are drawn as they are on the site (macros/templates, docs/assets/*.css); shapes are drawn, not set in type, because the
typeface has no ✕.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from functools import cache
from math import cos, pi, sin
from pathlib import Path

import PIL
from PIL import Image, ImageDraw, features

from scripts.exports.cards.typeface import font, font_digest, printable

from .card import Card, CardBead, Shown

WIDTH, HEIGHT = 720, 580
EDGE, ROOM = 40, 640
"""Margin, and what is left between the margins."""
SCALE = 2
"""Lines and shapes are drawn at twice the size and brought down, so that their edges are smooth."""
PAPER, INK, INK2, RIM = "#fcfdfc", "#13202a", "#46555e", "#6f7f87"
TONES = {"red": "#a70209", "orange": "#d77f00", "yellow": "#ffec42", "green": "#2e7d61", "blue": "#003672", "grey": PAPER}
ON = {"red": "#ffffff", "green": "#ffffff", "blue": "#ffffff", "orange": "#1a1a1a", "yellow": "#1a1a1a", "grey": INK}
STEPS = 1
"""Shades between paper and ink, for the edges of letters."""
SHAPES: dict[str, list[tuple[float, float]]] = {
    "▲": [(0.0, -1.0), (1.0, 0.85), (-1.0, 0.85)],
    "◆": [(0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)],
    "★": [(sin(pi * i / 5) * r, -cos(pi * i / 5) * r) for i in range(10) for r in [1.15 if i % 2 == 0 else 0.5]],
}
"""Corners, one unit from the middle to the edge; ✕ and ● are no polygons."""
NOT_FIRST = "，。、；：！？）〕》」』”’…—·%"
"""What may not begin a line."""


def draw(card: Card) -> bytes:
    """The card as a PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    _strip(pen, card)
    y = _head(pen, card)
    y = _states(image, card, y)
    _rod(image, card, max(y + 66, 352))
    _foot(pen, card)
    return _png(image)


def picture_key(card: Card) -> str:
    """Everything that the bytes of a card depend on: what it says, this module, the typeface, the versions of what draws."""
    code = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    freetype = features.version("freetype2")
    return repr((card, code, font_digest(), PIL.__version__, freetype, features.version("zlib")))


def stamped(png: bytes, words: str) -> bytes:
    """The picture with the build's stamp inside, as a text chunk that picture programs show."""
    body = b"iTXtComment\0\0\0\0\0" + words.encode()
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    head = 8 + 25  # the signature and the header chunk
    return png[:head] + chunk + png[head:]


# ---------------------------------------------------------------- type


def _text(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, colour: str, anchor: str = "ls", bold: int = 0) -> None:
    pen.text(at, printable(text), fill=colour, font=font(size), anchor=anchor, stroke_width=bold, stroke_fill=colour)


def wrap(text: str, size: int, room: int, most: int) -> list[str]:
    """Text in at most `most` lines of `room` pixels; what does not fit ends in ……."""
    lines, rest = list[str](), printable(text[: most * room])  # no letter is narrower than a pixel: more is never seen
    while rest and len(lines) < most:
        end = next((i for i in range(1, len(rest)) if font(size).getlength(rest[: i + 1]) > room), len(rest))
        while 1 < end < len(rest) and rest[end] in NOT_FIRST:
            end -= 1
        lines.append(rest[:end])
        rest = rest[end:]
    if rest and lines:
        last = lines[-1]
        while font(size).getlength(last + "……") > room:
            last = last[:-1]
        lines[-1] = last + "……"
    return lines


def _line(text: str, size: int, room: int) -> str:
    return "".join(wrap(text, size, room, 1))


def _title(text: str) -> tuple[list[str], int]:
    """The title in the largest size that needs one line, then two lines of smaller ones; else three lines of the smallest."""
    for size, most in ((60, 1), (52, 2), (46, 2), (40, 2)):
        lines = wrap(text, size, ROOM, 3)
        if len(lines) <= most:
            return lines, size
    return wrap(text, 34, ROOM, 3), 34


# ---------------------------------------------------------------- parts


def _strip(pen: ImageDraw.ImageDraw, card: Card) -> None:
    pen.rectangle((0, 0, WIDTH, 56), fill=INK)
    if card.demo:
        pen.rectangle((EDGE, 13, EDGE + 124, 45), outline=PAPER, width=2)
        _text(pen, (EDGE + 62, 30), "虚构演示", 26, PAPER, "mm")
        _text(pen, (EDGE + 142, 30), "县、单位、数字都是编的", 24, PAPER, "lm")
    else:
        _text(pen, (EDGE, 30), _line(card.strip, 26, 470), 26, PAPER, "lm")
    _text(pen, (WIDTH - EDGE, 30), "民生台账", 26, PAPER, "rm")


def _head(pen: ImageDraw.ImageDraw, card: Card) -> int:
    """Above the title, and the title; gives where it ends."""
    _text(pen, (EDGE, 100), _line(card.over, 28, ROOM), 28, INK2)
    lines, size = _title(card.title)
    y = 102
    for line in lines:
        y += int(size * 1.22)
        _text(pen, (EDGE - 2, y), line, size, INK, bold=1)
    return y


def _states(image: Image.Image, card: Card, y: int) -> int:
    """The states side by side, as many as fit in a line, in two lines at most; gives where they end."""
    x, top = EDGE, y + 20
    for state in card.states:
        width = _state_width(state)
        if x > EDGE and x + width > WIDTH - EDGE:
            x, top = EDGE, top + 52
        _state(image, state, x, top)
        x += width + 14
    return top + 44


def _state_width(state: Shown) -> int:
    tone, shape, words = state
    return int(font(28).getlength(_state_words(words))) + (52 if tone and shape and tone != "grey" else 34) + (0 if tone else -6)


def _state_words(words: str) -> str:
    return _line(words, 28, ROOM - 60)


def _state(image: Image.Image, state: Shown, x: int, y: int) -> None:
    tone, shape, words = state
    pen = ImageDraw.Draw(image)
    if not tone:
        _hatched(image, x, y)
        _text(pen, (x + 26, y + 22), _line(words, 30, ROOM - 30), 30, INK, "lm")
        return
    width = _state_width(state)
    _rounded(image, (x, y, x + width, y + 44), 8, TONES[tone], INK if tone == "grey" else "#1a1a1a")
    at = x + 17
    if shape and tone != "grey":
        _shape(image, shape, x + 28, y + 22, 11, ON[tone])
        at = x + 46
    _text(pen, (at, y + 22), _state_words(words), 28, ON[tone], "lm")


def _hatched(image: Image.Image, x: int, y: int) -> None:
    """The hatched edge of a notice without a colour."""
    pen = ImageDraw.Draw(image)
    for step in range(0, 44, 8):
        pen.polygon([(x, y + step + 8), (x + 12, y + step), (x + 12, y + step + 4), (x, y + step + 12)], fill=RIM)


def _rod(image: Image.Image, card: Card, y: int) -> None:
    """The rod, its beads, the months above it."""
    if not card.heads:
        return
    pen, column = ImageDraw.Draw(image), ROOM / len(card.heads)
    pen.line((EDGE, y, WIDTH - EDGE, y), fill=RIM, width=3)
    if card.note:
        _text(pen, (EDGE, y - 30), _line(card.note, 22, ROOM), 22, INK2)
    for place, head in enumerate(card.heads):
        _text(pen, (EDGE + column * (place + 0.5), y - 30), _line(head, 22, int(column)), 22, INK2, "ms")
    _text(pen, (EDGE, y + 52), _line(card.key, 22, ROOM), 22, INK2)
    for bead in card.beads:
        _bead(image, bead, EDGE + column * bead.start, column * bead.columns, y)


def _bead(image: Image.Image, bead: CardBead, left: float, width: float, y: int) -> None:
    if bead.form == "none":
        return
    pen, middle = ImageDraw.Draw(image), left + width / 2
    half = {"yet": 10.0, "long": width / 2 - 8}.get(bead.form, min(26.0, width / 2 - 4))
    high = 10 if bead.form == "yet" else 19
    box = (middle - half, y - high, middle + half, y + high)
    _rounded(image, box, high, TONES.get(bead.tone, PAPER), RIM if bead.form in ("yet", "dashed") else INK, dashed=bead.form == "dashed")
    if bead.form == "verdict" and bead.tone != "grey":
        _shape(image, bead.label, middle, y, 11, ON[bead.tone])
    elif bead.label:
        _text(pen, (middle, y), bead.label, 22, INK, "mm")
    if bead.late:
        pen.line((middle - 12, y + 26, middle + 12, y + 26), fill=INK, width=4)


def _foot(pen: ImageDraw.ImageDraw, card: Card) -> None:
    y = HEIGHT - 28 - 33 * (len(card.foot) - 1)
    pen.line((EDGE, y - 40, WIDTH - EDGE, y - 40), fill=INK, width=3)
    for line in card.foot:
        size = next(
            (size for size in (25, 23, 21, 19, 17) if font(size).getlength(printable(line)) <= ROOM), 15
        )  # an address cut short is none
        _text(pen, (EDGE, y), _line(line, size, ROOM), size, INK2)
        y += 33


# ---------------------------------------------------------------- shapes


def _rounded(image: Image.Image, box: tuple[float, float, float, float], radius: float, fill: str, rim: str, dashed: bool = False) -> None:
    """A rounded box with a rim of 3 pixels; its edges smooth."""
    x, y = int(box[0]) - 2, int(box[1]) - 2
    wide, high = int(box[2]) + 3 - x, int(box[3]) + 3 - y
    patch = image.crop((x, y, x + wide, y + high)).resize((wide * SCALE, high * SCALE), Image.Resampling.NEAREST)
    inner = [(each - start) * SCALE for each, start in zip(box, (x, y, x, y), strict=True)]
    ImageDraw.Draw(patch).rounded_rectangle(tuple(inner), radius * SCALE, fill=fill, outline=rim, width=3 * SCALE)
    if dashed:
        pen = ImageDraw.Draw(patch)
        for at in range(int(inner[0]) + 14, int(inner[2]) - 10, 20):
            pen.rectangle((at, inner[1], at + 8, inner[1] + 3 * SCALE), fill=fill)
            pen.rectangle((at, inner[3] - 3 * SCALE, at + 8, inner[3]), fill=fill)
    image.paste(patch.resize((wide, high), Image.Resampling.BOX), (x, y))


def _shape(image: Image.Image, shape: str, x: float, y: float, size: float, colour: str) -> None:
    """One of the five shapes, `size` from its middle to its edge."""
    pen = ImageDraw.Draw(image)
    if shape == "✕":
        for side in (-1, 1):
            pen.line((x - size * 0.8, y - side * size * 0.8, x + size * 0.8, y + side * size * 0.8), fill=colour, width=4)
    elif shape == "●":
        pen.ellipse((x - size, y - size, x + size, y + size), fill=colour)
    else:
        points = SHAPES[shape]
        pen.polygon([(x + a * size, y + b * size) for a, b in points], fill=colour)


# ---------------------------------------------------------------- sixteen colours


@cache
def _palette() -> Image.Image:
    """Paper and ink with the shades between, the greys of rims, the five colours, black and white."""
    paper, ink = _rgb(PAPER), _rgb(INK)
    shades: list[tuple[int, ...]] = [
        tuple(round(p + (i - p) * s / (STEPS + 1)) for p, i in zip(paper, ink, strict=True)) for s in range(STEPS + 2)
    ]
    named = [
        _rgb(each) for each in (INK2, RIM, "#1a1a1a", "#ffffff", *(TONES[tone] for tone in ("red", "orange", "yellow", "green", "blue")))
    ]
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in [*shades, *named] for part in colour])
    return image


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(out, "PNG", optimize=True, bits=4)
    return out.getvalue()
