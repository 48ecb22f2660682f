"""QR codes as inline SVG."""

from __future__ import annotations

from functools import cache

import segno
from markupsafe import Markup

from ..context import Context
from ..render import render


def qr(context: Context, path: str) -> Markup | None:
    """The QR code of a page's full address as inline SVG; None as long as the address is not known."""
    address = context.absolute(path)
    if address is None:
        return None
    size, path = _drawing(address)
    return render("parts/qr.html.j2", size=size, path=path)


@cache
def _drawing(address: str) -> tuple[int, str]:
    """The width in modules, quiet zone included, and the SVG path of an address' code; kept, for a preview asks again at every change."""
    code = segno.make(address, error="m", micro=False)
    size = int(code.symbol_size(scale=1, border=2)[0])
    return size, "".join(_row_path(y, row) for y, row in enumerate(code.matrix))


def _row_path(y: int, row: bytes | bytearray) -> str:
    """One row of a QR matrix as SVG path data, runs of dark modules joined."""
    out, x = "", 0
    while x < len(row):
        width = next((i for i in range(x, len(row)) if not row[i]), len(row)) - x
        if width:
            out += f"M{x} {y}h{width}v1h-{width}z"
        x += max(width, 1)
    return out
