"""The typeface of the pictures: Noto Sans SC out of the package zhplot, found without running any of that package's code."""

from __future__ import annotations

import hashlib
import importlib.util
from functools import cache
from pathlib import Path

from PIL import ImageFont

GETA = "〓"
"""What printers set where they have no type for a character; never an empty box."""


@cache
def font_folder() -> Path:
    """Where the font and its licence stand."""
    spec = importlib.util.find_spec("zhplot")
    if spec is None or spec.origin is None:
        raise LookupError("the package zhplot, which brings the font of the pictures, is not installed (see pyproject.toml)")
    return Path(spec.origin).parent / "fonts"


@cache
def font_bytes() -> bytes:
    """The font file."""
    return (font_folder() / "NotoSansSC-Regular.ttf").read_bytes()


@cache
def font_digest() -> str:
    """What tells one version of the font from another."""
    return hashlib.sha256(font_bytes()).hexdigest()


def licence() -> bytes:
    """The licence of the font (OFL), to stand beside what was made with it."""
    return (font_folder() / "OFL.txt").read_bytes()


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels; letters stand in the order of the text, whatever they are."""
    return ImageFont.truetype(str(font_folder() / "NotoSansSC-Regular.ttf"), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def has(letter: str) -> bool:
    """Whether the font can draw a character: a missing one comes out as its box for unknown characters."""
    if letter.isspace():
        return letter in " \u3000"
    small = font(24)
    box, drawn = small.getmask("\U0010fffd"), small.getmask(letter)
    return (drawn.size, bytes(drawn)) != (box.size, bytes(box))


def printable(text: str) -> str:
    """The text with 〓 for every character that the font does not have."""
    return "".join(letter if has(letter) else GETA for letter in text)
