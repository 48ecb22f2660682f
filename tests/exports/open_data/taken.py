"""Reading what was taken away: a published table, an answer of the API."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

FOLDER = "data/2023"


def rows(site: Path, table: str) -> list[dict[str, str]]:
    """A published CSV."""
    text = (site / FOLDER / f"{table}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def answer(site: Path, path: str) -> Any:
    """The data of an answer of the API."""
    return json.loads((site / "api/v1" / path).read_text(encoding="utf-8"))["data"]
