"""A table as CSV: UTF-8 with a byte order mark, so that spreadsheets read Chinese; lines end in CR LF (RFC 4180)."""

from __future__ import annotations

import csv
import io

from scripts.tables.columns import Table
from scripts.tables.tidy import Frame

from .cells import csv_cell

MARK = "\ufeff"


def csv_bytes(table: Table, frame: Frame) -> bytes:
    """The whole file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([csv_cell(value) for value in row] for row in frame.itertuples(index=False, name=None))
    return (MARK + out.getvalue()).encode("utf-8")
